// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/functions/cast.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <string>

namespace pk::tmpl::sprig {

namespace {

char lowered(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

/// Underscores only between digits, or behind a base prefix.
bool underscoresFit(std::string_view text)
{
    char before = '^';
    if (!text.empty() && (text[0] == '-' || text[0] == '+'))
        text.remove_prefix(1);
    bool hex = false;
    if (text.size() >= 2 && text[0] == '0') {
        const char prefix = lowered(text[1]);
        if (prefix == 'b' || prefix == 'o' || prefix == 'x') {
            text.remove_prefix(2);
            before = '0';
            hex = prefix == 'x';
        }
    }
    for (char c : text) {
        if ((c >= '0' && c <= '9') || (hex && lowered(c) >= 'a' && lowered(c) <= 'f')) {
            before = '0';
        } else if (c == '_') {
            if (before != '0')
                return false;
            before = '_';
        } else {
            if (before == '_')
                return false;
            before = '!';
        }
    }
    return before != '_';
}

std::string_view withoutZeroDecimals(std::string_view text)
{
    bool foundZero = false;
    for (std::size_t i = text.size(); i > 0; --i) {
        if (text[i - 1] == '.' && foundZero)
            return text.substr(0, i - 1);
        if (text[i - 1] == '0')
            foundZero = true;
        else if (text[i - 1] != '.')
            break;
    }
    return text;
}

bool equalsIgnoringCase(std::string_view text, std::string_view lower)
{
    return std::equal(
        text.begin(), text.end(), lower.begin(), lower.end(), [](char a, char b) { return lowered(a) == b; });
}

} // namespace

Parsed parseInteger(std::string_view text, int base, std::int64_t &result)
{
    result = 0;
    std::string_view digits = text;
    const bool negative = digits.starts_with('-');
    if (negative || digits.starts_with('+'))
        digits.remove_prefix(1);
    std::string cleaned;
    if (base == 0) {
        base = 10;
        if (digits.size() > 1 && digits[0] == '0') {
            const char prefix = lowered(digits[1]);
            base = prefix == 'x' ? 16 : prefix == 'b' ? 2 : 8;
            digits.remove_prefix(prefix == 'x' || prefix == 'b' || prefix == 'o' ? 2 : 1);
        }
        if (digits.find('_') != digits.npos) {
            if (!underscoresFit(text))
                return Parsed::Syntax;
            cleaned = digits;
            std::erase(cleaned, '_');
            digits = cleaned;
        }
    }
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
    if (error == std::errc::invalid_argument || end != digits.data() + digits.size())
        return Parsed::Syntax;
    const std::uint64_t most = std::uint64_t(std::numeric_limits<std::int64_t>::max()) + (negative ? 1 : 0);
    const bool tooLarge = error == std::errc::result_out_of_range || value > most;
    if (tooLarge)
        value = most;
    result = static_cast<std::int64_t>(negative ? 0 - value : value);
    return tooLarge ? Parsed::Range : Parsed::Ok;
}

Parsed parseFloat(std::string_view text, double &result)
{
    result = 0;
    std::string_view rest = text;
    const bool negative = rest.starts_with('-');
    const bool isSigned = negative || rest.starts_with('+');
    if (isSigned)
        rest.remove_prefix(1);
    if (equalsIgnoringCase(rest, "inf") || equalsIgnoringCase(rest, "infinity")) {
        result = negative ? -HUGE_VAL : HUGE_VAL;
        return Parsed::Ok;
    }
    if (equalsIgnoringCase(text, "nan")) {
        result = std::numeric_limits<double>::quiet_NaN();
        return Parsed::Ok;
    }
    std::string digits(rest);
    if (digits.find('_') != digits.npos) {
        // Without a base prefix Go's check lets none pass, whatever they separate.
        if (!underscoresFit(text))
            return Parsed::Syntax;
        std::erase(digits, '_');
    }
    const bool hex = digits.size() > 2 && digits[0] == '0' && lowered(digits[1]) == 'x';
    if (hex && digits.find_first_of("pP") == digits.npos)
        return Parsed::Syntax;
    const char *const begin = digits.data() + (hex ? 2 : 0);
    const char *const last = digits.data() + digits.size();
    if (begin == last || !(std::isxdigit(static_cast<unsigned char>(*begin)) || *begin == '.'))
        return Parsed::Syntax;
    const auto [end, error] =
        std::from_chars(begin, last, result, hex ? std::chars_format::hex : std::chars_format::general);
    if (error == std::errc::invalid_argument || end != last)
        return Parsed::Syntax;
    if (error == std::errc::result_out_of_range) {
        // from_chars does not tell too large from too small; Go takes the latter for 0.
        result = std::strtod(digits.c_str(), nullptr);
        if (std::isinf(result)) {
            result = negative ? -result : result;
            return Parsed::Range;
        }
    }
    if (negative)
        result = -result;
    return Parsed::Ok;
}

std::int64_t cutToInt64(double value)
{
    if (value >= -0x1p63 && value < 0x1p63)
        return static_cast<std::int64_t>(value);
    return std::numeric_limits<std::int64_t>::min();
}

std::int64_t toInt64(const Value &value)
{
    switch (value.kind()) {
    case Value::Kind::Int:
    case Value::Kind::Int64:
        return value.toInt();
    case Value::Kind::Uint64:
    case Value::Kind::Uint8:
        return static_cast<std::int64_t>(value.toUint());
    case Value::Kind::Float64:
        return cutToInt64(value.toDouble());
    case Value::Kind::Bool:
        return value.toBool() ? 1 : 0;
    case Value::Kind::String: {
        std::int64_t result = 0;
        return parseInteger(withoutZeroDecimals(value.toString()), 0, result) == Parsed::Ok ? result : 0;
    }
    case Value::Kind::Object: // months and weekdays, but no durations
        return value.asObject().kindName() == "int" ? value.asObject().toTree().toInt() : 0;
    default:
        return 0;
    }
}

double toFloat64(const Value &value)
{
    switch (value.kind()) {
    case Value::Kind::Int:
    case Value::Kind::Int64:
        return static_cast<double>(value.toInt());
    case Value::Kind::Uint64:
    case Value::Kind::Uint8:
        return static_cast<double>(value.toUint());
    case Value::Kind::Float64:
        return value.toDouble();
    case Value::Kind::Bool:
        return value.toBool() ? 1 : 0;
    case Value::Kind::String: {
        double result = 0;
        return parseFloat(value.toString(), result) == Parsed::Ok ? result : 0;
    }
    case Value::Kind::Object:
        return static_cast<double>(toInt64(value));
    default:
        return 0;
    }
}

} // namespace pk::tmpl::sprig
