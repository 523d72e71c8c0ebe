// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/quote.h"
#include "template/floatformat.h"
#include "template/formatter.h"

#include <algorithm>

namespace pk::tmpl {

namespace {

constexpr const char *lowerDigits = "0123456789abcdefx";
constexpr const char *upperDigits = "0123456789ABCDEFX";

bool canBackquote(std::string_view text)
{
    while (!text.empty()) {
        const Decoded next = decodeRune(text);
        text.remove_prefix(next.width);
        if (next.width > 1 ? next.code == 0xFEFF
                           : next.code == runeError || (next.code < ' ' && next.code != '\t') || next.code == '`'
                    || next.code == 0x7F)
            return false;
    }
    return true;
}

/// Zeros, point and tail that `#` adds to a float: it keeps the point, and %g the trailing zeros.
std::string withPoint(std::string number, char verb, int precision)
{
    int missing = verb == 'g' || verb == 'G' || verb == 'x' ? (precision < 0 ? 6 : precision) : 0;
    const bool isHex = verb == 'x' || verb == 'X';
    const std::size_t tailAt = std::min(number.find_first_of(isHex ? "pP" : "eEpP"), number.size());
    const std::string tail = number.substr(tailAt);
    number.resize(tailAt);
    bool hasPoint = false;
    bool sawDigit = false;
    for (const char c : std::string_view(number).substr(1)) {
        if (c == '.') {
            hasPoint = true;
            continue;
        }
        sawDigit = sawDigit || c != '0';
        missing -= sawDigit;
    }
    if (!hasPoint) {
        if (number.size() == 2 && number[1] == '0')
            --missing;
        number += '.';
    }
    if (missing > 0)
        number.append(static_cast<std::size_t>(missing), '0');
    return number + tail;
}

} // namespace

void Formatter::padding(int count)
{
    if (count > 0)
        m_out.append(static_cast<std::size_t>(count), flags.zero && !flags.minus ? '0' : ' ');
}

void Formatter::pad(std::string_view text)
{
    const int missing = flags.hasWidth && flags.width > 0 ? flags.width - static_cast<int>(countRunes(text)) : 0;
    if (!flags.minus)
        padding(missing);
    m_out += text;
    if (flags.minus)
        padding(missing);
}

void Formatter::padWithSpaces(std::string_view text)
{
    const bool zero = std::exchange(flags.zero, false);
    pad(text);
    flags.zero = zero;
}

std::string_view Formatter::truncated(std::string_view text) const
{
    if (!flags.hasPrecision)
        return text;
    std::size_t end = 0;
    for (int runes = 0; runes < flags.precision && end < text.size(); ++runes)
        end += decodeRune(text.substr(end)).width;
    return text.substr(0, end);
}

void Formatter::integer(std::uint64_t value, int base, bool isSigned, Rune verb, const char *digits)
{
    const bool negative = isSigned && static_cast<std::int64_t>(value) < 0;
    if (negative)
        value = 0 - value;
    int least = 0; // digits
    if (flags.hasPrecision) {
        least = flags.precision;
        if (least == 0 && value == 0) {
            const bool zero = std::exchange(flags.zero, false);
            padding(flags.width);
            flags.zero = zero;
            return;
        }
    } else if (flags.zero && !flags.minus && flags.hasWidth) {
        least = flags.width - (negative || flags.plus || flags.space);
    }
    std::string reversed;
    do {
        reversed += digits[value % static_cast<unsigned>(base)];
        value /= static_cast<unsigned>(base);
    } while (value > 0);
    if (static_cast<int>(reversed.size()) < least)
        reversed.append(static_cast<std::size_t>(least) - reversed.size(), '0');
    if (flags.sharp) {
        if (base == 2)
            reversed += "b0";
        else if (base == 8 && reversed.back() != '0')
            reversed += '0';
        else if (base == 16)
            (reversed += digits[16]) += '0';
    }
    if (verb == 'O')
        reversed += "o0";
    if (negative)
        reversed += '-';
    else if (flags.plus)
        reversed += '+';
    else if (flags.space)
        reversed += ' ';
    std::reverse(reversed.begin(), reversed.end());
    padWithSpaces(reversed);
}

void Formatter::hexPrefixed(std::uint64_t value)
{
    const bool sharp = std::exchange(flags.sharp, true);
    integer(value, 16, false, 'v', lowerDigits);
    flags.sharp = sharp;
}

void Formatter::unicode(std::uint64_t value)
{
    std::string digits;
    for (std::uint64_t rest = value; rest > 0; rest >>= 4)
        digits += upperDigits[rest & 0xF];
    const int least = flags.hasPrecision ? std::max(flags.precision, 4) : 4;
    if (static_cast<int>(digits.size()) < least)
        digits.append(static_cast<std::size_t>(least) - digits.size(), '0');
    std::reverse(digits.begin(), digits.end());
    std::string text = "U+" + digits;
    if (flags.sharp && value <= static_cast<std::uint64_t>(maxRune) && isPrintable(static_cast<Rune>(value))) {
        text += " '";
        appendRune(text, static_cast<Rune>(value));
        text += '\'';
    }
    padWithSpaces(text);
}

void Formatter::floating(double value, char verb, int precision)
{
    if (flags.hasPrecision)
        precision = flags.precision;
    std::string number = formatFloat(value, verb, precision);
    if (number[0] != '-' && number[0] != '+')
        number.insert(number.begin(), '+');
    if (flags.space && number[0] == '+' && !flags.plus)
        number[0] = ' ';
    if (number[1] == 'I' || number[1] == 'N') {
        if (number[1] == 'N' && !flags.space && !flags.plus)
            number.erase(0, 1);
        padWithSpaces(number);
        return;
    }
    if (flags.sharp && verb != 'b')
        number = withPoint(std::move(number), verb, precision);
    if (!flags.plus && number[0] == '+') {
        pad(std::string_view(number).substr(1));
    } else if (flags.zero && !flags.minus && flags.hasWidth && flags.width > static_cast<int>(number.size())) {
        m_out += number[0]; // the sign stands before the zeros
        padding(flags.width - static_cast<int>(number.size()));
        m_out += std::string_view(number).substr(1);
    } else {
        pad(number);
    }
}

void Formatter::hexText(std::string_view text, const char *digits)
{
    if (flags.hasPrecision && flags.precision < static_cast<int>(text.size()))
        text = text.substr(0, static_cast<std::size_t>(flags.precision));
    std::string out;
    const auto prefix = [&] { (out += '0') += digits[16]; };
    if (flags.sharp && !text.empty())
        prefix();
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (flags.space && i > 0) {
            out += ' ';
            if (flags.sharp)
                prefix();
        }
        const auto byte = static_cast<unsigned char>(text[i]);
        out += digits[byte >> 4];
        out += digits[byte & 0xF];
    }
    pad(out);
}

void Formatter::quote(std::string_view text)
{
    text = truncated(text);
    if (flags.sharp && canBackquote(text))
        pad("`" + std::string(text) + "`");
    else
        pad(goQuote(text, flags.plus));
}

} // namespace pk::tmpl
