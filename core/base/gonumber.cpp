// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/gonumber.h"

#include "base/ascii.h"

#include <locale.h>

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <string>

namespace pk {

namespace {

/// Takes a sign off; true for a minus.
bool takeSign(std::string_view &text)
{
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+'))
        text.remove_prefix(1);
    return negative;
}

/// Underscores only between digits, or between a base's prefix and a digit. `text` has no sign.
bool underscoresFit(std::string_view text)
{
    enum { Start, Digit, Underscore, Other } before = Start;
    bool hex = false;
    if (text.size() >= 2 && text[0] == '0') {
        const char prefix = ascii::toLower(text[1]);
        hex = prefix == 'x';
        if (hex || prefix == 'b' || prefix == 'o') {
            text.remove_prefix(2);
            before = Digit; // The prefix counts as one.
        }
    }
    for (const char c : text) {
        if (hex ? ascii::hexOf(c) >= 0 : ascii::isDigit(c)) {
            before = Digit;
        } else if (c == '_') {
            if (before != Digit)
                return false;
            before = Underscore;
        } else {
            if (before == Underscore)
                return false;
            before = Other;
        }
    }
    return before != Underscore;
}

/// `text` without its underscores, which it may have; `plain` is where that is kept. False when one is misplaced.
bool dropUnderscores(std::string_view &text, std::string &plain)
{
    if (text.find('_') == std::string_view::npos)
        return true;
    if (!underscoresFit(text))
        return false;
    plain = text;
    std::erase(plain, '_');
    text = plain;
    return true;
}

/// Takes a prefix that names the base off; 10 without one.
int takeBase(std::string_view &digits)
{
    if (digits.size() < 2 || digits[0] != '0')
        return 10;
    const char prefix = ascii::toLower(digits[1]);
    digits.remove_prefix(prefix == 'x' || prefix == 'b' || prefix == 'o' ? 2 : 1);
    return prefix == 'x' ? 16 : prefix == 'b' ? 2 : 8;
}

/// from_chars does not tell too large from too small. With a point whatever the language of the program.
double sizeOf(const std::string &digits)
{
    static const locale_t plain = newlocale(LC_NUMERIC_MASK, "C", nullptr);
    return strtod_l(digits.c_str(), nullptr, plain);
}

} // namespace

Parsed parseUint(std::string_view text, int base, std::uint64_t &number)
{
    number = 0;
    std::string plain;
    if (base == 0) {
        if (!dropUnderscores(text, plain))
            return Parsed::Syntax;
        base = takeBase(text);
    }
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number, base);
    if (failure == std::errc::invalid_argument || end != text.data() + text.size()) {
        number = 0;
        return Parsed::Syntax;
    }
    if (failure == std::errc{})
        return Parsed::Ok;
    number = std::numeric_limits<std::uint64_t>::max();
    return Parsed::Range;
}

Parsed parseInt(std::string_view text, int base, std::int64_t &number)
{
    number = 0;
    const bool negative = takeSign(text);
    std::uint64_t magnitude = 0;
    const Parsed parsed = parseUint(text, base, magnitude);
    if (parsed == Parsed::Syntax)
        return parsed;
    const std::uint64_t most = std::uint64_t(std::numeric_limits<std::int64_t>::max()) + (negative ? 1 : 0);
    const bool fits = magnitude <= most;
    if (!fits)
        magnitude = most;
    number = static_cast<std::int64_t>(negative ? 0 - magnitude : magnitude);
    return fits ? Parsed::Ok : Parsed::Range;
}

Parsed parseFloat(std::string_view text, double &number)
{
    number = 0;
    std::string_view rest = text;
    const bool negative = takeSign(rest);
    if (ascii::equalFold(rest, "inf") || ascii::equalFold(rest, "infinity")) {
        number = negative ? -HUGE_VAL : HUGE_VAL;
        return Parsed::Ok;
    }
    if (ascii::equalFold(text, "nan")) {
        number = std::numeric_limits<double>::quiet_NaN();
        return Parsed::Ok;
    }
    std::string plain;
    if (!dropUnderscores(rest, plain))
        return Parsed::Syntax;
    const std::string_view whole = rest;
    const bool hex = rest.size() > 2 && rest[0] == '0' && ascii::toLower(rest[1]) == 'x';
    if (hex) {
        rest.remove_prefix(2);
        if (rest.find_first_of("pP") == std::string_view::npos) // Such a mantissa needs its exponent.
            return Parsed::Syntax;
    }
    if (rest.empty() || !(ascii::hexOf(rest[0]) >= 0 || rest[0] == '.'))
        return Parsed::Syntax;
    const auto format = hex ? std::chars_format::hex : std::chars_format::general;
    const auto [end, failure] = std::from_chars(rest.data(), rest.data() + rest.size(), number, format);
    if (failure == std::errc::invalid_argument || end != rest.data() + rest.size()) {
        number = 0;
        return Parsed::Syntax;
    }
    if (failure == std::errc::result_out_of_range)
        number = sizeOf(std::string(whole));
    const bool tooLarge = std::isinf(number);
    if (negative)
        number = -number;
    return tooLarge ? Parsed::Range : Parsed::Ok;
}

} // namespace pk
