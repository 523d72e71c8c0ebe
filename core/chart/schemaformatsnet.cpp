// SPDX-License-Identifier: GPL-3.0-or-later
// Formats of addresses, names and URLs, with the words of Go and of Helm's JSON Schema library.
#include "base/ascii.h"
#include "base/quote.h"
#include "base/split.h"
#include "chart/gotext.h"
#include "chart/schemaformats.h"
#include "template/functions/goaddress.h"
#include "template/functions/gourl.h"

#include <algorithm>

namespace pk::chart::schema {

namespace {

/// The URL, or what is wrong with it.
std::string urlProblem(std::string_view text, tmpl::sprig::GoUrl &url)
{
    auto parsed = tmpl::sprig::parseGoUrl(text);
    if (!parsed)
        return parsed.error().message;
    url = *std::move(parsed);
    if (url.hostname.find(':') == std::string::npos)
        return {};
    if (url.host.find('[') == std::string::npos || url.host.find(']') == std::string::npos)
        return "ipv6 address not enclosed in brackets";
    const std::string wrong = checkIpv6(url.hostname);
    return wrong.empty() ? wrong : "invalid ipv6 address: " + wrong;
}

} // namespace

std::string invalidCharacter(std::string_view text)
{
    return "invalid character " + goQuoteRune(decodeRune(text).code);
}

std::string checkIpv4(std::string_view text)
{
    if (std::ranges::count(text, '.') != 3)
        return "expected four decimals";
    for (const std::string_view part : split(text, ".")) {
        if (part.size() > 1 && part.front() == '0')
            return "leading zeros";
        int number = 0;
        std::string error;
        if (!goAtoi(part, number, error))
            return error;
        if (number < 0 || number > 255)
            return "decimal must be between 0 and 255";
    }
    return {};
}

std::string checkIpv6(std::string_view text)
{
    if (text.find(':') == std::string_view::npos)
        return "missing colon";
    tmpl::sprig::AddressKind kind;
    const std::string wrong = tmpl::sprig::addressProblem(text, kind);
    return wrong.empty() && kind.hasZone ? "zone id is not a part of ipv6 address" : wrong;
}

std::string checkHostname(std::string_view text)
{
    if (text.ends_with('.'))
        text.remove_suffix(1);
    if (text.size() > 253)
        return "more than 253 characters long";
    for (const std::string_view label : split(text, ".")) {
        if (label.empty() || label.size() > 63)
            return "label must be 1 to 63 characters long";
        if (label.starts_with('-'))
            return "label starts with hyphen";
        if (label.ends_with('-'))
            return "label ends with hyphen";
        for (std::size_t i = 0; i < label.size(); ++i) {
            if (!ascii::isAlphanumeric(label[i]) && label[i] != '-')
                return invalidCharacter(label.substr(i));
        }
    }
    return {};
}

std::string checkEmail(std::string_view text)
{
    if (text.size() > 254)
        return "more than 255 characters long";
    const auto at = text.rfind('@');
    if (at == std::string_view::npos)
        return "missing @";
    const std::string_view local = text.substr(0, at);
    const std::string_view domain = text.substr(at + 1);
    if (local.size() > 64)
        return "local part more than 64 characters long";
    if (local.size() > 1 && local.starts_with('"') && local.ends_with('"')) {
        if (local.substr(1, local.size() - 2).find_first_of("\\\"") != std::string_view::npos)
            return "backslash and quote are not allowed within quoted local part";
    } else {
        if (local.starts_with('.'))
            return "starts with dot";
        if (local.ends_with('.'))
            return "ends with dot";
        if (local.find("..") != std::string_view::npos)
            return "consecutive dots";
        for (std::size_t i = 0; i < local.size(); ++i) {
            if (!ascii::isAlphanumeric(local[i])
                && std::string_view(".!#$%&'*+-/=?^_`{|}~").find(local[i]) == std::string_view::npos)
                return invalidCharacter(local.substr(i));
        }
    }
    if (domain.starts_with('[') && domain.ends_with(']')) {
        const std::string_view address = domain.substr(1, domain.size() - 2);
        const bool isLong = address.starts_with("IPv6:");
        const std::string wrong = isLong ? checkIpv6(address.substr(5)) : checkIpv4(address);
        return wrong.empty() ? wrong : std::string("invalid ipv") + (isLong ? "6" : "4") + " address: " + wrong;
    }
    const std::string wrong = checkHostname(domain);
    return wrong.empty() ? wrong : "invalid domain: " + wrong;
}

std::string checkUri(std::string_view text)
{
    tmpl::sprig::GoUrl url;
    if (const std::string wrong = urlProblem(text, url); !wrong.empty())
        return wrong;
    return url.absolute ? "" : "relative url";
}

std::string checkUriReference(std::string_view text)
{
    if (text.find('\\') != std::string_view::npos)
        return "contains \\";
    tmpl::sprig::GoUrl url;
    return urlProblem(text, url);
}

std::string checkUriTemplate(std::string_view text)
{
    tmpl::sprig::GoUrl url;
    if (const std::string wrong = urlProblem(text, url); !wrong.empty())
        return wrong;
    bool open = false;
    for (std::size_t i = 0; i < url.rawPath.size(); ++i) {
        char c = url.rawPath[i];
        if (c == '/') {
            if (open)
                return "no matching closing brace";
            continue;
        }
        if (c == '%' && i + 2 < url.rawPath.size()) {
            c = static_cast<char>(ascii::hexOf(url.rawPath[i + 1]) * 16 + ascii::hexOf(url.rawPath[i + 2]));
            i += 2;
        }
        if (c != '{' && c != '}')
            continue;
        if ((c == '{') == open)
            return "nested curly braces";
        open = !open;
    }
    return open ? "no matching closing brace" : "";
}

} // namespace pk::chart::schema
