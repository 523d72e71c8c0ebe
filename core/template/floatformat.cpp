// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/floatformat.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>

namespace pk::tmpl {

namespace {

/// Decimal digits without trailing zeros; the value is 0.DIGITS times ten to the `point`.
struct Digits
{
    std::string digits;
    int point = 0;
};

/// `significant` digits of a finite, positive value; as few as needed when it is negative. No value has more than 767.
Digits digitsOf(double value, int significant)
{
    if (value == 0)
        return {};
    char buffer[800];
    const std::to_chars_result end = significant < 0
        ? std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific)
        : std::to_chars(
            buffer, buffer + sizeof buffer, value, std::chars_format::scientific, std::min(significant, 770) - 1);
    const std::string text(buffer, end.ptr);
    const std::size_t e = text.find('e');
    Digits result{text.substr(0, 1), std::atoi(text.c_str() + e + 1) + 1};
    if (e > 2)
        result.digits += text.substr(2, e - 2);
    result.digits.erase(result.digits.find_last_not_of('0') + 1);
    return result;
}

void appendExponent(std::string &out, char letter, int exponent)
{
    out += letter;
    out += exponent < 0 ? '-' : '+';
    const std::string number = std::to_string(std::abs(exponent));
    if (number.size() < 2)
        out += '0';
    out += number;
}

/// d.ddde+dd with `precision` digits behind the point.
void appendScientific(std::string &out, const Digits &value, int precision, char letter)
{
    const auto digit = [&value](std::size_t i) { return i < value.digits.size() ? value.digits[i] : '0'; };
    out += digit(0);
    if (precision > 0) {
        out += '.';
        for (int i = 1; i <= precision; ++i)
            out += digit(static_cast<std::size_t>(i));
    }
    appendExponent(out, letter, value.digits.empty() ? 0 : value.point - 1);
}

void appendFixed(std::string &out, const Digits &value, int precision)
{
    const auto digit = [&value](int i) {
        return i >= 0 && i < static_cast<int>(value.digits.size()) ? value.digits[static_cast<std::size_t>(i)] : '0';
    };
    if (value.point > 0) {
        for (int i = 0; i < value.point; ++i)
            out += digit(i);
    } else {
        out += '0';
    }
    if (precision > 0) {
        out += '.';
        for (int i = 0; i < precision; ++i)
            out += digit(value.point + i);
    }
}

void appendGeneral(std::string &out, const Digits &value, int precision, char letter)
{
    const int count = static_cast<int>(value.digits.size());
    const bool shortest = precision < 0;
    // The exponent form serves exponents below -4 and from the precision on; 6 when there is none.
    int limit = shortest ? 6 : precision;
    if (!shortest && limit > count && count >= value.point)
        limit = count;
    const int exponent = value.point - 1;
    if (exponent < -4 || exponent >= limit) {
        const int shown = shortest ? count : std::min(precision, count);
        appendScientific(out, value, shown - 1, letter);
    } else {
        appendFixed(out, value, std::max(count - value.point, 0));
    }
}

/// Mantissa with its 53rd bit set (unless the value is subnormal) and exponent of its last bit.
void split(double value, std::uint64_t &mantissa, int &exponent)
{
    const auto bits = std::bit_cast<std::uint64_t>(value);
    mantissa = bits & ((std::uint64_t(1) << 52) - 1);
    exponent = static_cast<int>(bits >> 52 & 0x7FF);
    if (exponent == 0)
        exponent = 1;
    else
        mantissa |= std::uint64_t(1) << 52;
    exponent -= 1023 + 52;
}

/// 0x1.yyyyp+dd
void appendHex(std::string &out, double value, int precision, bool upper)
{
    std::uint64_t mantissa = 0;
    int exponent = 0;
    split(value, mantissa, exponent);
    exponent = mantissa == 0 ? 0 : exponent + 52;
    mantissa <<= 8; // the leading 1 comes to bit 60
    while (mantissa != 0 && !(mantissa >> 60)) {
        mantissa <<= 1;
        --exponent;
    }
    if (precision >= 0 && precision < 15) {
        const unsigned shift = static_cast<unsigned>(precision) * 4;
        const std::uint64_t extra = (mantissa << shift) & ((std::uint64_t(1) << 60) - 1);
        mantissa >>= 60 - shift;
        if ((extra | (mantissa & 1)) > std::uint64_t(1) << 59)
            ++mantissa;
        mantissa <<= 60 - shift;
        if (mantissa >> 61) {
            mantissa >>= 1;
            ++exponent;
        }
    }
    const char *alphabet = upper ? "0123456789ABCDEF" : "0123456789abcdef";
    out += upper ? "0X" : "0x";
    out += static_cast<char>('0' + (mantissa >> 60 & 1));
    mantissa <<= 4;
    if (precision < 0 && mantissa != 0) {
        out += '.';
        for (; mantissa != 0; mantissa <<= 4)
            out += alphabet[mantissa >> 60];
    } else if (precision > 0) {
        out += '.';
        for (int i = 0; i < precision; ++i, mantissa <<= 4)
            out += alphabet[mantissa >> 60];
    }
    appendExponent(out, upper ? 'P' : 'p', exponent);
}

void appendBinary(std::string &out, double value)
{
    std::uint64_t mantissa = 0;
    int exponent = 0;
    split(value, mantissa, exponent);
    out += std::to_string(mantissa) + 'p' + (exponent >= 0 ? "+" : "") + std::to_string(exponent);
}

} // namespace

std::string formatFloat(double value, char verb, int precision)
{
    if (std::isnan(value))
        return "NaN";
    if (std::isinf(value))
        return value < 0 ? "-Inf" : "+Inf";
    std::string out = std::signbit(value) ? "-" : "";
    value = std::fabs(value);
    switch (verb) {
    case 'b':
        appendBinary(out, value);
        break;
    case 'x':
    case 'X':
        appendHex(out, value, precision, verb == 'X');
        break;
    case 'e':
    case 'E': {
        const Digits digits = digitsOf(value, precision < 0 ? -1 : precision + 1);
        appendScientific(
            out, digits, precision < 0 ? std::max(static_cast<int>(digits.digits.size()) - 1, 0) : precision, verb);
        break;
    }
    case 'f':
        if (precision < 0) {
            const Digits digits = digitsOf(value, -1);
            appendFixed(out, digits, std::max(static_cast<int>(digits.digits.size()) - digits.point, 0));
        } else {
            // No float64 has more than 1074 digits behind its point.
            char buffer[1500];
            const int exact = std::min(precision, 1100);
            out.append(
                buffer, std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed, exact).ptr);
            out.append(static_cast<std::size_t>(precision - exact), '0');
        }
        break;
    default:
        if (precision == 0)
            precision = 1;
        appendGeneral(out, digitsOf(value, precision), precision, verb == 'G' ? 'E' : 'e');
    }
    return out;
}

} // namespace pk::tmpl
