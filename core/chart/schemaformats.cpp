// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/gotext.h"
#include "chart/schemaparts.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace pk::chart::schema {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isHex(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// strconv.QuoteRune of what is at most a byte.
std::string quotedChar(char c)
{
    return "'" + std::string(1, c) + "'";
}

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// The number that fixed digits spell, or -1.
int digits(std::string_view text, std::size_t at, std::size_t count)
{
    int number = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        if (i >= text.size() || !isDigit(text[i]))
            return -1;
        number = number * 10 + (text[i] - '0');
    }
    return number;
}

std::string parseTimeError(std::string_view text, std::string_view layout, std::string_view rest, std::string_view part)
{
    return "parsing time " + goQuote(text) + " as " + goQuote(layout) + ": cannot parse " + goQuote(rest) + " as "
        + goQuote(part);
}

std::string checkDate(std::string_view text)
{
    const int year = digits(text, 0, 4);
    if (year < 0)
        return parseTimeError(text, "2006-01-02", text, "2006");
    if (text.substr(4, 1) != "-")
        return parseTimeError(text, "2006-01-02", text.substr(4), "-");
    const int month = digits(text, 5, 2);
    if (month < 0)
        return parseTimeError(text, "2006-01-02", text.substr(5), "01");
    if (month < 1 || month > 12)
        return "parsing time " + goQuote(text) + ": month out of range";
    if (text.substr(7, 1) != "-")
        return parseTimeError(text, "2006-01-02", text.substr(7), "-");
    const int day = digits(text, 8, 2);
    if (day < 0)
        return parseTimeError(text, "2006-01-02", text.substr(8), "02");
    static constexpr std::array lengths = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    const int last = lengths[static_cast<std::size_t>(month - 1)] + (month == 2 && leap ? 1 : 0);
    if (day < 1 || day > last)
        return "parsing time " + goQuote(text) + ": day out of range";
    if (text.size() > 10)
        return "parsing time " + goQuote(text) + ": extra text: " + goQuote(text.substr(10));
    return {};
}

std::string checkTime(std::string_view text)
{
    if (text.size() < 9)
        return "less than 9 characters long";
    if (text[2] != ':' || text[5] != ':')
        return "missing colon in correct place";
    const int hour = digits(text, 0, 2);
    const int minute = digits(text, 3, 2);
    const int second = digits(text, 6, 2);
    const bool leapSecond = hour == 23 && minute == 59 && second == 60;
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || (second > 59 && !leapSecond))
        return "hour/min/sec out of range";
    std::string_view rest = text.substr(8);
    if (rest.starts_with('.')) {
        std::size_t end = 1;
        while (end < rest.size() && isDigit(rest[end]))
            ++end;
        if (end == 1)
            return "no digits in second fraction";
        rest.remove_prefix(end);
    }
    if (rest == "z" || rest == "Z")
        return {};
    if (rest.size() != 6)
        return "offset must be 6 characters long";
    if (rest[0] != '+' && rest[0] != '-')
        return "offset must begin with plus/minus";
    if (rest[3] != ':')
        return "missing colon in offset in correct place";
    const int offsetHour = digits(rest, 1, 2);
    const int offsetMinute = digits(rest, 4, 2);
    if (offsetHour < 0 || offsetHour > 23 || offsetMinute < 0 || offsetMinute > 59)
        return "hour/min in offset out of range";
    return {};
}

std::string checkDateTime(std::string_view text)
{
    if (text.size() < 20)
        return "less than 20 characters long";
    if (text[10] != 't' && text[10] != 'T')
        return "11th character must be t or T";
    if (const std::string wrong = checkDate(text.substr(0, 10)); !wrong.empty())
        return "invalid date element: " + wrong;
    if (const std::string wrong = checkTime(text.substr(11)); !wrong.empty())
        return "invalid time element: " + wrong;
    return {};
}

std::string checkDuration(std::string_view text)
{
    if (text.empty())
        return "empty string";
    if (text.front() != 'P')
        return "must start with P";
    std::string_view rest = text.substr(1);
    if (rest.empty())
        return "nothing after P";
    const auto units = [&](std::string_view allowed) -> std::string {
        std::string_view left = allowed;
        while (!rest.empty() && rest.front() != 'T') {
            std::size_t count = 0;
            while (count < rest.size() && isDigit(rest[count]))
                ++count;
            if (count == 0)
                return "missing number";
            if (count == rest.size())
                return "missing unit";
            const char unit = rest[count];
            const auto at = left.find(unit);
            if (at == std::string_view::npos)
                return allowed.find(unit) == std::string_view::npos
                    ? std::string("invalid unit ") + quotedChar(unit)
                    : std::string("unit ") + quotedChar(unit) + " out of order";
            left.remove_prefix(at + 1);
            rest.remove_prefix(count + 1);
        }
        return {};
    };
    if (rest.ends_with('W'))
        return units("W");
    if (const std::string wrong = units("YMD"); !wrong.empty())
        return wrong;
    if (rest.starts_with('T')) {
        rest.remove_prefix(1);
        if (rest.empty())
            return "no time elements";
        return units("HMS");
    }
    return {};
}

std::string checkHostname(std::string_view text)
{
    if (text.ends_with('.'))
        text.remove_suffix(1);
    if (text.size() > 253)
        return "more than 253 characters long";
    while (true) {
        const auto dot = text.find('.');
        const std::string_view label = text.substr(0, dot);
        if (label.empty() || label.size() > 63)
            return "label must be 1 to 63 characters long";
        if (label.starts_with('-'))
            return "label starts with hyphen";
        if (label.ends_with('-'))
            return "label ends with hyphen";
        for (const char c : label) {
            if (!isLetter(c) && !isDigit(c) && c != '-')
                return "invalid character " + quotedChar(c);
        }
        if (dot == std::string_view::npos)
            return {};
        text.remove_prefix(dot + 1);
    }
}

std::string checkIpv4(std::string_view text)
{
    const auto dots = std::ranges::count(text, '.');
    if (dots != 3)
        return "expected four decimals";
    while (true) {
        const auto dot = text.find('.');
        const std::string_view part = text.substr(0, dot);
        if (part.size() > 1 && part.front() == '0')
            return "leading zeros";
        int number = -1;
        const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), number);
        if (error != std::errc{} || end != part.data() + part.size())
            return "strconv.Atoi: parsing " + goQuote(part) + ": invalid syntax";
        if (number < 0 || number > 255)
            return "decimal must be between 0 and 255";
        if (dot == std::string_view::npos)
            return {};
        text.remove_prefix(dot + 1);
    }
}

std::string checkIpv6(std::string_view text)
{
    if (text.find(':') == std::string_view::npos)
        return "missing colon";
    in6_addr address = {};
    if (inet_pton(AF_INET6, std::string(text).c_str(), &address) == 1)
        return {};
    return "ParseAddr(" + goQuote(text) + "): unable to parse IP";
}

std::string checkEmail(std::string_view text)
{
    const auto at = text.rfind('@');
    if (at == std::string_view::npos)
        return "missing @";
    if (text.size() > 254)
        return "more than 255 characters long";
    const std::string_view local = text.substr(0, at);
    const std::string_view domain = text.substr(at + 1);
    if (local.size() > 64)
        return "local part more than 64 characters long";
    const bool quotedLocal = local.size() > 1 && local.starts_with('"') && local.ends_with('"');
    if (!quotedLocal) {
        if (local.starts_with('.'))
            return "starts with dot";
        if (local.ends_with('.'))
            return "ends with dot";
        if (local.find("..") != std::string_view::npos)
            return "consecutive dots";
        for (const char c : local) {
            if (!isLetter(c) && !isDigit(c)
                && std::string_view(".!#$%&'*+-/=?^_`{|}~").find(c) == std::string_view::npos)
                return "invalid character " + quotedChar(c);
        }
    }
    if (domain.starts_with('[') && domain.ends_with(']')) {
        std::string_view address = domain.substr(1, domain.size() - 2);
        const std::string wrong = address.starts_with("IPv6:") ? checkIpv6(address.substr(5)) : checkIpv4(address);
        return wrong.empty()
            ? ""
            : "invalid ipv" + std::string(address.starts_with("IPv6:") ? "6" : "4") + " address: " + wrong;
    }
    const std::string wrong = checkHostname(domain);
    return wrong.empty() ? "" : "invalid domain: " + wrong;
}

/// Go's complaint about percent signs and control characters; empty when the reference parses.
std::string referenceError(std::string_view text)
{
    const std::string start = "parse " + goQuote(text) + ": ";
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte < 0x20 || byte == 0x7F)
            return start + "net/url: invalid control character in URL";
        if (text[i] == '%' && (i + 2 >= text.size() || !isHex(text[i + 1]) || !isHex(text[i + 2])))
            return start + "invalid URL escape " + goQuote(text.substr(i, 3));
    }
    if (text.find('\\') != std::string_view::npos)
        return "contains \\";
    return {};
}

bool hasScheme(std::string_view text)
{
    const auto colon = text.find(':');
    return colon != std::string_view::npos && colon > 0 && isLetter(text.front())
        && std::ranges::all_of(text.substr(0, colon),
            [](char c) { return isLetter(c) || isDigit(c) || c == '+' || c == '-' || c == '.'; });
}

std::string checkUri(std::string_view text)
{
    if (const std::string wrong = referenceError(text); !wrong.empty())
        return wrong;
    return hasScheme(text) ? "" : "relative url";
}

std::string checkJsonPointer(std::string_view text)
{
    if (!text.empty() && text.front() != '/')
        return "not starting with /";
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '~' && (i + 1 == text.size() || (text[i + 1] != '0' && text[i + 1] != '1')))
            return "~ must be followed by 0 or 1";
    }
    return {};
}

std::string checkRegex(std::string_view text)
{
    const auto compiled = tmpl::sprig::GoRegex::compile(text);
    return compiled ? std::string() : compiled.error().message;
}

std::string checkUuid(std::string_view text)
{
    static constexpr std::array<std::size_t, 5> lengths = {8, 4, 4, 4, 12};
    if (std::ranges::count(text, '-') != 4)
        return "must have 5 elements";
    for (std::size_t i = 0; i < lengths.size(); ++i) {
        const std::string_view part = text.substr(0, text.find('-'));
        text.remove_prefix(std::min(text.size(), part.size() + 1));
        if (part.size() != lengths[i])
            return "element " + std::to_string(i + 1) + " must be " + std::to_string(lengths[i]) + " characters long";
        for (const char c : part) {
            if (!isHex(c))
                return "non-hex character " + quotedChar(c);
        }
    }
    return {};
}

std::string acceptAll(std::string_view /*text*/)
{
    return {};
}

} // namespace

FormatCheck findFormat(std::string_view name)
{
    static constexpr std::pair<std::string_view, FormatCheck> formats[] = {
        {"date", checkDate},
        {"time", checkTime},
        {"date-time", checkDateTime},
        {"duration", checkDuration},
        {"hostname", checkHostname},
        {"ipv4", checkIpv4},
        {"ipv6", checkIpv6},
        {"email", checkEmail},
        {"uri", checkUri},
        {"iri", checkUri},
        {"uri-reference", referenceError},
        {"iri-reference", referenceError},
        {"json-pointer", checkJsonPointer},
        {"regex", checkRegex},
        {"uuid", checkUuid},
        {"idn-email", checkEmail},
        {"idn-hostname", acceptAll},
    };
    for (const auto &[known, check] : formats) {
        if (known == name)
            return check;
    }
    return nullptr;
}

} // namespace pk::chart::schema
