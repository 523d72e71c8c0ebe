// SPDX-License-Identifier: GPL-3.0-or-later
#include "repo/weburl.h"

#include "base/ascii.h"
#include "base/gopath.h"
#include "chart/gotext.h"

#include <algorithm>
#include <vector>

namespace pk::repo {

namespace {

std::string decoded(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && ascii::hexOf(text[i + 1]) >= 0 && ascii::hexOf(text[i + 2]) >= 0) {
            out += static_cast<char>(ascii::hexOf(text[i + 1]) * 16 + ascii::hexOf(text[i + 2]));
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

Error parseError(std::string_view text, const std::string &why)
{
    return {.code = Error::Code::InvalidInput, .message = "parse " + goQuote(text) + ": " + why};
}

/// The scheme before a colon; npos when the colon comes first, 0 when there is none.
std::size_t schemeLength(std::string_view text)
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (ascii::isLetter(c))
            continue;
        if (ascii::isDigit(c) || c == '+' || c == '-' || c == '.') {
            if (i == 0)
                return 0;
            continue;
        }
        return c == ':' ? (i == 0 ? text.npos : i) : 0;
    }
    return 0;
}

/// RFC 3986 5.2.4 as Go does it: "." and ".." gone, one slash in front.
std::string withoutDots(const std::string &path)
{
    std::vector<std::string> parts;
    std::string_view rest = path;
    bool folder = false;
    while (true) {
        const auto slash = rest.find('/');
        const std::string_view part = rest.substr(0, slash);
        folder = part == "." || part == "..";
        if (part == ".." && !parts.empty())
            parts.pop_back();
        else if (!folder)
            parts.emplace_back(part);
        if (slash == rest.npos)
            break;
        rest.remove_prefix(slash + 1);
    }
    std::string out;
    for (const std::string &part : parts)
        out += (out.empty() && part.empty() && &part == &parts.front() ? "" : "/") + part;
    if (folder)
        out += '/';
    return "/" + out.substr(out.find_first_not_of('/') == out.npos ? out.size() : out.find_first_not_of('/'));
}

} // namespace

Result<WebUrl> WebUrl::parse(std::string_view whole)
{
    WebUrl url;
    std::string_view text = whole;
    if (std::ranges::any_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7F; }))
        return parseError(whole, "net/url: invalid control character in URL");
    if (const auto hash = text.find('#'); hash != text.npos) {
        url.fragment = text.substr(hash + 1);
        text = text.substr(0, hash);
    }
    const std::size_t length = schemeLength(text);
    if (length == text.npos)
        return parseError(whole, "missing protocol scheme");
    if (length > 0) {
        url.scheme = ascii::toLower(text.substr(0, length));
        text.remove_prefix(length + 1);
    }
    if (const auto question = text.find('?'); question != text.npos) {
        url.query = text.substr(question + 1);
        text = text.substr(0, question);
    }
    if (url.scheme.empty() && !text.starts_with('/')
        && text.substr(0, text.find('/')).find(':') != std::string_view::npos)
        return parseError(whole, "first path segment in URL cannot contain colon");
    if (text.starts_with("//") && (!url.scheme.empty() || !text.starts_with("///"))) {
        text.remove_prefix(2);
        std::string_view authority = text.substr(0, text.find('/'));
        text.remove_prefix(authority.size());
        if (const auto at = authority.rfind('@'); at != authority.npos) {
            const std::string_view user = authority.substr(0, at);
            const auto colon = user.find(':');
            url.hasUser = true;
            url.user = decoded(user.substr(0, colon));
            url.password = colon == user.npos ? std::string() : decoded(user.substr(colon + 1));
            authority.remove_prefix(at + 1);
        }
        const auto colon = authority.rfind(':');
        if (colon != authority.npos && authority.find(']', colon) == authority.npos
            && authority.find_first_not_of("0123456789", colon + 1) != authority.npos)
            return parseError(whole, "invalid port " + goQuote(authority.substr(colon)) + " after host");
        if (authority.starts_with('[') && authority.find(']') == authority.npos)
            return parseError(whole, "missing ']' in host");
        url.host = authority;
    }
    for (std::size_t i = 0; (i = text.find('%', i)) != text.npos; i += 3) {
        if (i + 2 >= text.size() || ascii::hexOf(text[i + 1]) < 0 || ascii::hexOf(text[i + 2]) < 0)
            return parseError(whole, "invalid URL escape " + goQuote(text.substr(i, 3)));
    }
    url.path = text;
    return url;
}

std::string WebUrl::withoutUser() const
{
    std::string out = scheme.empty() ? "" : scheme + ":";
    if (!scheme.empty() || !host.empty())
        out += host.empty() ? "" : "//" + host;
    if (!host.empty() && !path.empty() && path.front() != '/')
        out += '/';
    out += path;
    if (!query.empty())
        out += "?" + query;
    return fragment.empty() ? out : out + "#" + fragment;
}

std::string WebUrl::hostName() const
{
    if (host.starts_with('['))
        return host.substr(1, host.find(']') - 1);
    return host.substr(0, host.rfind(':'));
}

Result<std::string> resolveReference(const std::string &base, const std::string &reference)
{
    const auto to = WebUrl::parse(reference);
    if (!to)
        return to.error().wrapped("failed to parse " + reference + " as URL: ");
    if (to->isAbsolute())
        return reference;
    const auto from = WebUrl::parse(base);
    if (!from)
        return from.error().wrapped("failed to parse " + base + " as URL: ");
    // Signed links keep their secrets in the query, and user and password stand before the host.
    WebUrl out = *from;
    const std::string folder = (from->path.ends_with('/') ? from->path : from->path + "/");
    if (!to->host.empty()) {
        out.host = to->host;
        out.hasUser = to->hasUser;
        out.path = to->path;
    } else if (!to->path.empty()) {
        out.path = withoutDots(to->path.front() == '/' ? to->path : folder + to->path);
    } else {
        out.path = folder;
    }
    out.fragment = to->fragment;
    std::string text = out.withoutUser();
    if (out.hasUser) { // As it was written, to be used and never shown.
        const auto begin = base.find("//") + 2;
        text.insert(text.find("//") + 2, base.substr(begin, base.rfind('@', base.find('/', begin)) + 1 - begin));
    }
    return text;
}

std::string shownUrl(const std::string &url)
{
    const auto parsed = WebUrl::parse(url);
    return parsed && parsed->hasUser ? parsed->withoutUser() : url;
}

bool sameUrl(const std::string &a, const std::string &b)
{
    const auto left = WebUrl::parse(a);
    const auto right = WebUrl::parse(b);
    if (!left)
        return a == b;
    if (!right)
        return false;
    const auto cleaned = [](WebUrl url) {
        url.path = pathClean(url.path.empty() ? "/" : url.path);
        return url.withoutUser();
    };
    return cleaned(*left) == cleaned(*right) && left->user == right->user && left->password == right->password;
}

} // namespace pk::repo
