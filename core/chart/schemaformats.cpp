// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/schemaformats.h"

#include "base/ascii.h"
#include "base/quote.h"
#include "base/split.h"
#include "chart/gotext.h"
#include "chart/schemaparts.h"
#include "template/functions/gotime.h"

#include <algorithm>
#include <array>

namespace pk::chart::schema {

namespace {

std::size_t countDigits(std::string_view text)
{
    return std::min(text.find_first_not_of("0123456789"), text.size());
}

std::string checkDate(std::string_view text)
{
    const auto parsed = tmpl::sprig::GoTime::parse("2006-01-02", text, tmpl::sprig::Zone::utc());
    return parsed ? std::string() : parsed.error().message;
}

/// A number of a time; false, with the reason, for a text that is none or a negative number.
bool takeNumber(std::string_view text, const char *name, int &number, std::string &why)
{
    std::string error;
    if (!goAtoi(text, number, error))
        why = std::string("invalid ") + name;
    else if (number < 0)
        why = std::string("non-positive ") + name;
    return why.empty();
}

std::string checkTime(std::string_view text)
{
    if (text.size() < 9)
        return "less than 9 characters long";
    if (text[2] != ':' || text[5] != ':')
        return "missing colon in correct place";
    std::string why;
    int hour = 0;
    int minute = 0;
    int second = 0;
    constexpr const char *clock = "hour/min/sec";
    if (!takeNumber(text.substr(0, 2), clock, hour, why) || !takeNumber(text.substr(3, 2), clock, minute, why)
        || !takeNumber(text.substr(6, 2), clock, second, why))
        return why;
    if (hour > 23 || minute > 59 || second > 60)
        return "hour/min/sec out of range";
    std::string_view rest = text.substr(8);
    if (rest.starts_with('.')) {
        const std::size_t digits = countDigits(rest.substr(1));
        if (digits == 0)
            return "no digits in second fraction";
        rest.remove_prefix(1 + digits);
    }
    if (rest != "z" && rest != "Z") {
        if (rest.size() != 6)
            return "offset must be 6 characters long";
        if (rest[0] != '+' && rest[0] != '-')
            return "offset must begin with plus/minus";
        if (rest[3] != ':')
            return "missing colon in offset in correct place";
        int hours = 0;
        int minutes = 0;
        constexpr const char *offset = "hour/min in offset";
        if (!takeNumber(rest.substr(1, 2), offset, hours, why) || !takeNumber(rest.substr(4, 2), offset, minutes, why))
            return why;
        if (hours > 23 || minutes > 59)
            return "hour/min in offset out of range";
        constexpr int day = 24 * 60;
        const int inUtc = hour * 60 + minute + (rest[0] == '+' ? -1 : 1) * (hours * 60 + minutes);
        hour = (inUtc < 0 ? inUtc + day : inUtc) / 60;
        minute = (inUtc < 0 ? inUtc + day : inUtc) % 60;
    }
    return second >= 60 && (hour != 23 || minute != 59) ? "invalid leap second" : "";
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

/// The days or the hours of a duration.
std::string durationPart(std::string_view part, std::string_view allUnits)
{
    std::string_view units = allUnits;
    while (!part.empty()) {
        const std::size_t digits = countDigits(part);
        if (digits == 0)
            return "missing number";
        part.remove_prefix(digits);
        if (part.empty())
            return "missing unit";
        const char unit = part.front();
        const auto at = units.find(unit);
        const std::string name = goQuoteRune(static_cast<unsigned char>(unit));
        if (at == std::string_view::npos)
            return allUnits.find(unit) == std::string_view::npos ? "invalid unit " + name
                                                                 : "unit " + name + " out of order";
        units.remove_prefix(at + 1);
        part.remove_prefix(1);
    }
    return {};
}

std::string checkDuration(std::string_view text)
{
    if (!text.starts_with('P'))
        return "must start with P";
    text.remove_prefix(1);
    if (text.empty())
        return "nothing after P";
    if (text.ends_with('W')) {
        text.remove_suffix(1);
        if (text.empty())
            return "no number in week";
        return countDigits(text) == text.size() ? "" : "invalid week";
    }
    static constexpr std::array<std::string_view, 2> units = {"YMD", "HMS"};
    for (std::size_t i = 0;; ++i) {
        const auto end = text.find('T');
        const std::string_view part = text.substr(0, end);
        if (i != 0 && part.empty())
            return "no time elements";
        if (i == units.size())
            return "more than one T";
        if (const std::string wrong = durationPart(part, units[i]); !wrong.empty())
            return wrong;
        if (end == std::string_view::npos)
            return {};
        text.remove_prefix(end + 1);
    }
}

std::string checkPeriod(std::string_view text)
{
    const auto slash = text.find('/');
    if (slash == std::string_view::npos)
        return "missing slash";
    const std::string_view start = text.substr(0, slash);
    const std::string_view end = text.substr(slash + 1);
    const auto told = [](const char *what, const std::string &wrong) { return wrong.empty() ? wrong : what + wrong; };
    if (start.starts_with('P')) {
        const std::string wrong = told("invalid start duration: ", checkDuration(start));
        return wrong.empty() ? told("invalid end date-time: ", checkDateTime(end)) : wrong;
    }
    if (const std::string wrong = told("invalid start date-time: ", checkDateTime(start)); !wrong.empty())
        return wrong;
    return end.starts_with('P') ? told("invalid end duration: ", checkDuration(end))
                                : told("invalid end date-time: ", checkDateTime(end));
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

std::string checkRelativeJsonPointer(std::string_view text)
{
    const std::size_t digits = countDigits(text);
    if (digits == 0)
        return "must start with non-negative integer";
    if (digits > 1 && text.front() == '0')
        return "starts with zero";
    text.remove_prefix(digits);
    return text == "#" ? "" : checkJsonPointer(text);
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
        const auto bad = part.find_first_not_of("0123456789abcdefABCDEF");
        if (bad != std::string_view::npos)
            return "non-hex character " + goQuoteRune(decodeRune(part.substr(bad)).code);
    }
    return {};
}

/// Identifiers between dots, of letters, digits and hyphens.
std::string checkIdentifiers(std::string_view text, const std::string &what, bool numbersHaveNoZero)
{
    for (const std::string_view part : split(text, ".")) {
        if (part.empty())
            return what + " identifier is empty";
        for (std::size_t i = 0; i < part.size(); ++i) {
            if (!ascii::isAlphanumeric(part[i]) && part[i] != '-')
                return invalidCharacter(part.substr(i)) + " in " + what + " identifier";
        }
        if (numbersHaveNoZero && part.size() > 1 && part.front() == '0' && countDigits(part) == part.size())
            return what + " numeric identifier starts with zero";
    }
    return {};
}

std::string checkSemver(std::string_view text)
{
    if (const auto plus = text.find('+'); plus != std::string_view::npos) {
        if (plus + 1 == text.size())
            return "build is empty";
        if (const std::string wrong = checkIdentifiers(text.substr(plus + 1), "build", false); !wrong.empty())
            return wrong;
        text = text.substr(0, plus);
    }
    if (const auto hyphen = text.find('-'); hyphen != std::string_view::npos) {
        const std::string wrong = checkIdentifiers(text.substr(hyphen + 1), "pre-release", true);
        if (!wrong.empty())
            return wrong;
        text = text.substr(0, hyphen);
    }
    if (std::ranges::count(text, '.') != 2)
        return "versionCore must have 3 numbers separated by dot";
    for (const char *name : {"major", "minor", "patch"}) {
        const std::string_view part = text.substr(0, text.find('.'));
        text.remove_prefix(std::min(text.size(), part.size() + 1));
        if (part.empty())
            return std::string(name) + " is empty";
        if (part.size() > 1 && part.front() == '0')
            return std::string(name) + " starts with zero";
        if (countDigits(part) != part.size())
            return std::string(name) + " contains non-digit";
    }
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
        {"period", checkPeriod},
        {"hostname", checkHostname},
        {"ipv4", checkIpv4},
        {"ipv6", checkIpv6},
        {"email", checkEmail},
        {"uri", checkUri},
        {"iri", checkUri},
        {"uri-reference", checkUriReference},
        {"iri-reference", checkUriReference},
        {"uri-template", checkUriTemplate},
        {"json-pointer", checkJsonPointer},
        {"relative-json-pointer", checkRelativeJsonPointer},
        {"regex", checkRegex},
        {"semver", checkSemver},
        {"uuid", checkUuid},
    };
    for (const auto &[known, check] : formats) {
        if (known == name)
            return check;
    }
    return nullptr;
}

} // namespace pk::chart::schema
