// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/ascii.h"
#include "base/encoding.h"
#include "base/quote.h"
#include "template/functions/families.h"
#include "template/functions/goaddress.h"
#include "template/functions/gourl.h"
#include "template/functions/support.h"

#include <optional>

namespace pk::tmpl {

using namespace sprig;

namespace {

// The rules are those of Go's net/url, whose words the errors have.

enum class Part { Host, Path, UserPassword, Fragment };

bool isIn(char c, std::string_view set)
{
    return set.find(c) != set.npos;
}

bool mustEscape(char c, Part part)
{
    if (ascii::isAlphanumeric(c) || isIn(c, "-_.~"))
        return false;
    if (part == Part::Host && isIn(c, "!$&'()*+,;=:[]<>\""))
        return false;
    if (isIn(c, "$&+,/:;=?@")) {
        switch (part) {
        case Part::Path:
            return c == '?';
        case Part::UserPassword:
            return isIn(c, "@/?:");
        case Part::Fragment:
            return false;
        case Part::Host:
            return true;
        }
    }
    return part != Part::Fragment || !isIn(c, "!()*");
}

std::string escaped(std::string_view text, Part part)
{
    std::string result;
    for (const char c : text) {
        if (mustEscape(c, part))
            appendPercent(result, static_cast<unsigned char>(c));
        else
            result += c;
    }
    return result;
}

Result<std::string> unescaped(std::string_view text, Part part)
{
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            const bool ascii = static_cast<unsigned char>(text[i]) < 0x80;
            if (part == Part::Host && ascii && mustEscape(text[i], part))
                return failure("invalid character " + goQuote(text.substr(i, 1)) + " in host name");
            result += text[i];
            continue;
        }
        const std::string_view escape = text.substr(i, 3);
        const bool valid = escape.size() == 3 && ascii::hexOf(escape[1]) >= 0 && ascii::hexOf(escape[2]) >= 0;
        // A host may hold escapes of bytes above ASCII only, but for the percent sign of a zone.
        if (!valid || (part == Part::Host && ascii::hexOf(escape[1]) < 8 && escape != "%25"))
            return failure("invalid URL escape " + goQuote(escape));
        result += static_cast<char>(ascii::hexOf(escape[1]) * 16 + ascii::hexOf(escape[2]));
        i += 2;
    }
    return result;
}

struct User
{
    std::string name;
    std::optional<std::string> password;

    std::string toString() const
    {
        std::string text = escaped(name, Part::UserPassword);
        if (password)
            text += ':' + escaped(*password, Part::UserPassword);
        return text;
    }
};

struct Url
{
    std::string scheme;
    std::string opaque;
    std::optional<User> user;
    std::string host;
    std::string path;
    std::string rawPath; ///< Where the path is not written as Go would write it.
    std::string query;
    std::string fragment;
};

bool isOptionalPort(std::string_view port)
{
    if (port.empty())
        return true;
    return port[0] == ':' && std::all_of(port.begin() + 1, port.end(), ascii::isDigit);
}

std::pair<std::string_view, std::string_view> cut(std::string_view text, char separator)
{
    const std::size_t at = text.find(separator);
    return {text.substr(0, at), at == text.npos ? std::string_view() : text.substr(at + 1)};
}

/// What stands in brackets: an IPv6 address, maybe with a zone.
Result<std::string> parseLiteral(std::string_view host)
{
    const std::size_t bracket = host.rfind(']');
    if (bracket == host.npos)
        return failure("missing ']' in host");
    const std::string_view port = host.substr(bracket + 1);
    if (!isOptionalPort(port))
        return failure("invalid port " + goQuote(port) + " after host");
    Result<std::string> address = unescaped(host.substr(1, bracket - 1), Part::Host);
    if (!address)
        return address;
    AddressKind kind;
    if (const std::string wrong = addressProblem(*address, kind); !wrong.empty())
        return failure("invalid host: " + wrong);
    if (kind.isShort)
        return failure("invalid IP-literal");
    return '[' + *address + ']' + std::string(port);
}

Result<std::string> parseHost(std::string_view scheme, std::string_view host)
{
    const std::size_t bracket = host.rfind('[');
    if (bracket != host.npos)
        return bracket == 0 ? parseLiteral(host) : failure("invalid IP-literal");
    // Elsewhere hosts of databases may have colons.
    const bool strict = scheme == "http" || scheme == "https";
    const std::size_t colon = strict ? host.find(':') : host.rfind(':');
    if (colon != host.npos && !isOptionalPort(host.substr(colon)))
        return failure("invalid port " + goQuote(host.substr(colon)) + " after host");
    return unescaped(host, Part::Host);
}

Result<void> parseAuthority(std::string_view authority, Url &url)
{
    const std::size_t at = authority.rfind('@');
    Result<std::string> host = parseHost(url.scheme, at == authority.npos ? authority : authority.substr(at + 1));
    if (!host)
        return host.error();
    url.host = std::move(*host);
    if (at == authority.npos)
        return {};
    const std::string_view info = authority.substr(0, at);
    if (!std::all_of(
            info.begin(), info.end(), [](char c) { return ascii::isAlphanumeric(c) || isIn(c, "-._:~!$&'()*+,;=%@"); }))
        return failure("net/url: invalid userinfo");
    const auto [rawName, rawPassword] = cut(info, ':');
    Result<std::string> name = unescaped(rawName, Part::UserPassword);
    if (!name)
        return name.error();
    url.user = User{std::move(*name), std::nullopt};
    if (info.find(':') == info.npos)
        return {};
    Result<std::string> password = unescaped(rawPassword, Part::UserPassword);
    if (!password)
        return password.error();
    url.user->password = std::move(*password);
    return {};
}

/// Cuts "https:" off; a text that cannot begin with a scheme is left alone.
Result<std::string> takeScheme(std::string_view &rest)
{
    for (std::size_t i = 0; i < rest.size(); ++i) {
        const char c = rest[i];
        const bool letter = ascii::isLetter(c);
        if (letter || (i > 0 && (ascii::isAlphanumeric(c) || isIn(c, "+-."))))
            continue;
        if (c != ':')
            break;
        if (i == 0)
            return failure("missing protocol scheme");
        std::string scheme = ascii::toLower(rest.substr(0, i));
        rest.remove_prefix(i + 1);
        return scheme;
    }
    return std::string();
}

Result<Url> parseWithoutFragment(std::string_view rest)
{
    Url url;
    if (std::any_of(rest.begin(), rest.end(), [](char c) { return (c >= 0 && c < ' ') || c == 0x7F; }))
        return failure("net/url: invalid control character in URL");
    if (rest == "*") {
        url.path = "*";
        return url;
    }
    Result<std::string> scheme = takeScheme(rest);
    if (!scheme)
        return scheme.error();
    url.scheme = std::move(*scheme);
    const auto [beforeQuery, query] = cut(rest, '?');
    url.query = query;
    rest = beforeQuery;
    if (!rest.starts_with('/')) {
        if (!url.scheme.empty()) {
            url.opaque = rest;
            return url;
        }
        if (cut(rest, '/').first.find(':') != std::string_view::npos)
            return failure("first path segment in URL cannot contain colon");
    }
    if (rest.starts_with("//") && (!url.scheme.empty() || !rest.starts_with("///"))) {
        rest.remove_prefix(2);
        const std::size_t slash = rest.find('/');
        if (const Result<void> parsed = parseAuthority(rest.substr(0, slash), url); !parsed)
            return parsed.error();
        rest = slash == rest.npos ? std::string_view() : rest.substr(slash);
    }
    Result<std::string> path = unescaped(rest, Part::Path);
    if (!path)
        return path.error();
    url.path = std::move(*path);
    if (escaped(url.path, Part::Path) != rest)
        url.rawPath = rest;
    return url;
}

Result<Url> parseUrl(std::string_view text)
{
    const auto [before, rawFragment] = cut(text, '#');
    Result<Url> url = parseWithoutFragment(before);
    if (!url)
        return url.error().wrapped("parse " + goQuote(before) + ": ");
    Result<std::string> fragment = unescaped(rawFragment, Part::Fragment);
    if (!fragment)
        return fragment.error().wrapped("parse " + goQuote(text) + ": ");
    url->fragment = std::move(*fragment);
    return url;
}

std::string hostnameOf(std::string_view host)
{
    const std::size_t colon = host.rfind(':');
    if (colon != host.npos && isOptionalPort(host.substr(colon)))
        host = host.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']'))
        host = host.substr(1, host.size() - 2);
    return std::string(host);
}

Result<Value> urlParse(CallContext &, Arguments a)
{
    const Result<Url> url = parseUrl(a[0].toString());
    if (!url)
        return url.error().wrapped("unable to parse url: ");
    return Value::map({
        {"fragment", Value::string(url->fragment)},
        {"host", Value::string(url->host)},
        {"hostname", Value::string(hostnameOf(url->host))},
        {"opaque", Value::string(url->opaque)},
        {"path", Value::string(url->path)},
        {"query", Value::string(url->query)},
        {"scheme", Value::string(url->scheme)},
        {"userinfo", Value::string(url->user ? url->user->toString() : "")},
    });
}

std::string toText(const Url &url)
{
    std::string text = url.scheme.empty() ? "" : url.scheme + ':';
    if (!url.opaque.empty()) {
        text += url.opaque;
    } else {
        if (!url.host.empty() || url.user || (!url.scheme.empty() && !url.path.empty()))
            text += "//";
        if (url.user)
            text += url.user->toString() + '@';
        text += escaped(url.host, Part::Host);
        const std::string path = url.path == "*" ? "*" : escaped(url.path, Part::Path);
        if (!path.empty() && path[0] != '/' && !url.host.empty())
            text += '/';
        // Else the first step of the path would read as a scheme.
        if (text.empty() && cut(path, '/').first.find(':') != std::string_view::npos)
            text += "./";
        text += path;
    }
    if (!url.query.empty())
        text += '?' + url.query;
    if (!url.fragment.empty())
        text += '#' + escaped(url.fragment, Part::Fragment);
    return text;
}

Result<Value> urlJoin(CallContext &, Arguments a)
{
    Url url;
    std::string userinfo;
    const std::pair<std::string_view, std::string *> fields[] = {{"scheme", &url.scheme}, {"host", &url.host},
        {"path", &url.path}, {"query", &url.query}, {"opaque", &url.opaque}, {"fragment", &url.fragment},
        {"userinfo", &userinfo}};
    for (const auto &[key, target] : fields) {
        const Value *const value = readableMap(a[0]).find(key);
        if (!value)
            continue;
        if (value->isNil())
            return nilPointer();
        if (!value->isString())
            return failure("unable to parse " + std::string(key) + " key, must be of type string, but "
                + kindName(*value) + " found");
        *target = value->toString();
    }
    if (!userinfo.empty()) {
        const Result<Url> wrapper = parseUrl("proto://" + userinfo + "@host");
        if (!wrapper)
            return wrapper.error().wrapped("unable to parse userinfo in dict: ");
        url.user = wrapper->user;
    }
    return Value::string(toText(url));
}

} // namespace

Result<sprig::GoUrl> sprig::parseGoUrl(std::string_view text)
{
    Result<Url> url = parseUrl(text);
    if (!url)
        return url.error();
    return GoUrl{!url->scheme.empty(), url->host, hostnameOf(url->host), url->rawPath};
}

std::span<const Function> urlFunctions()
{
    static const Function family[] = {
        {"urlJoin", {Param::Map}, false, urlJoin},
        {"urlParse", {Param::String}, false, urlParse},
    };
    return family;
}

} // namespace pk::tmpl
