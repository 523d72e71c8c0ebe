// SPDX-License-Identifier: GPL-3.0-or-later
#include "repo/challenge.h"

#include "base/ascii.h"
#include "base/encoding.h"
#include "base/quote.h"
#include "repo/weburl.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <set>

namespace pk::repo {

namespace {

bool isTokenChar(char c)
{
    return ascii::isAlphanumeric(c) || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

std::string takeToken(std::string_view &text)
{
    const auto end = std::ranges::find_if_not(text, isTokenChar) - text.begin();
    std::string token(text.substr(0, static_cast<std::size_t>(end)));
    text.remove_prefix(static_cast<std::size_t>(end));
    return token;
}

void skipBlanks(std::string_view &text)
{
    text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
}

/// A quoted string; false when it does not end.
bool takeQuoted(std::string_view &text, std::string &value)
{
    value.clear();
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i] == '"') {
            text.remove_prefix(i + 1);
            return true;
        }
        if (text[i] == '\\' && i + 1 < text.size())
            ++i;
        value += text[i];
    }
    return false;
}

bool isInnerAddress(const std::string &host)
{
    std::array<unsigned char, 16> bytes = {};
    if (inet_pton(AF_INET, host.c_str(), bytes.data()) == 1) {
        const int a = bytes[0], b = bytes[1];
        return a == 127 || a == 10 || a == 0 || (a == 172 && b >= 16 && b < 32) || (a == 192 && b == 168)
            || (a == 169 && b == 254);
    }
    if (inet_pton(AF_INET6, host.c_str(), bytes.data()) != 1)
        return false;
    const bool zeros = std::all_of(bytes.begin(), bytes.begin() + 15, [](unsigned char byte) { return byte == 0; });
    const bool mapped = std::all_of(bytes.begin(), bytes.begin() + 10, [](unsigned char byte) { return byte == 0; })
        && bytes[10] == 0xFF && bytes[11] == 0xFF;
    if (mapped)
        return isInnerAddress(std::to_string(bytes[12]) + "." + std::to_string(bytes[13]) + "."
            + std::to_string(bytes[14]) + "." + std::to_string(bytes[15]));
    return (zeros && bytes[15] <= 1) || (bytes[0] & 0xFE) == 0xFC || (bytes[0] == 0xFE && (bytes[1] & 0xC0) == 0x80);
}

} // namespace

Challenge Challenge::parse(std::string_view header)
{
    Challenge out;
    const std::string scheme = takeToken(header);
    if (ascii::equalFold(scheme, "basic"))
        out.scheme = Scheme::Basic;
    if (!ascii::equalFold(scheme, "bearer"))
        return out;
    out.scheme = Scheme::Bearer;
    while (true) {
        skipBlanks(header);
        const std::string key = takeToken(header);
        skipBlanks(header);
        if (key.empty() || !header.starts_with('='))
            return out;
        header.remove_prefix(1);
        skipBlanks(header);
        std::string value;
        if (header.starts_with('"')) {
            if (!takeQuoted(header, value))
                return out;
        } else if (value = takeToken(header); value.empty()) {
            return out;
        }
        out.parameters[key] = value;
        skipBlanks(header);
        if (!header.starts_with(','))
            return out;
        header.remove_prefix(1);
    }
}

std::vector<std::string> cleanScopes(std::vector<std::string> scopes)
{
    std::map<std::string, std::set<std::string>> actions; // By "type:name".
    std::set<std::string> others;
    for (const std::string &scope : scopes) {
        const auto colon = scope.rfind(':');
        if (colon == scope.npos || scope.find(':') == colon) {
            if (!scope.empty())
                others.insert(scope);
            continue;
        }
        std::string_view list = std::string_view(scope).substr(colon + 1);
        while (!list.empty()) {
            const auto comma = std::min(list.find(','), list.size());
            actions[scope.substr(0, colon)].emplace(list.substr(0, comma));
            list.remove_prefix(std::min(comma + 1, list.size()));
        }
    }
    std::vector<std::string> out(others.begin(), others.end());
    for (const auto &[resource, names] : actions) {
        std::string joined;
        for (const std::string &name : names.contains("*") ? std::set<std::string>{"*"} : names)
            joined += (joined.empty() ? "" : ",") + name;
        out.push_back(resource + ":" + joined);
    }
    std::ranges::sort(out);
    return out;
}

std::string tokenUrl(const Challenge &challenge, const std::vector<std::string> &scopes)
{
    const auto parameter = [&challenge](const char *name) {
        const auto found = challenge.parameters.find(name);
        return found == challenge.parameters.end() ? std::string() : found->second;
    };
    std::string query;
    for (const std::string &scope : scopes)
        query += (query.empty() ? "" : "&") + ("scope=" + queryEscape(scope));
    if (const std::string service = parameter("service"); !service.empty())
        query += (query.empty() ? "" : "&") + ("service=" + queryEscape(service));
    const std::string realm = parameter("realm");
    return query.empty() ? realm : realm + (realm.find('?') == realm.npos ? "?" : "&") + query;
}

Result<void> checkRealm(const std::string &realm, const std::string &registryUrl)
{
    const auto refuse = [](std::string text) { return Error{.code = Error::Code::Denied, .message = std::move(text)}; };
    if (realm.empty())
        return {};
    const auto to = WebUrl::parse(realm);
    const auto from = WebUrl::parse(registryUrl);
    const std::string quoted = goQuote(realm);
    if (!to)
        return refuse("failed to parse bearer realm " + quoted + ": " + to.error().message);
    if (to->scheme == "http" && from && from->scheme == "https")
        return refuse("bearer realm " + quoted + " uses http but registry was contacted over https");
    if (to->scheme != "http" && to->scheme != "https")
        return refuse("bearer realm " + quoted + " uses unsupported scheme " + goQuote(to->scheme));
    if (isInnerAddress(to->hostName()) && (!from || from->hostName() != to->hostName()))
        return refuse("bearer realm host " + goQuote(to->hostName())
            + " is a loopback, link-local, private, or unspecified address");
    return {};
}

} // namespace pk::repo
