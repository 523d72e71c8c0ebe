// SPDX-License-Identifier: GPL-3.0-or-later
#include "yaml/gofloat.h"

#include <charconv>
#include <cmath>
#include <cstdlib>

namespace pk::yaml {

namespace {

/// Decimal digits d1 d2 ... with the point behind the first `pointAt` of them.
struct Decimal
{
    bool negative = false;
    char digits[32] = {};
    int count = 0;
    int pointAt = 0;
};

/// False for what has digits.
bool appendSpecial(std::string &out, double value)
{
    if (std::isnan(value))
        out += "NaN";
    else if (std::isinf(value))
        out += value < 0 ? "-Inf" : "+Inf";
    else
        return false;
    return true;
}

/// Takes apart what to_chars writes in scientific form: [-]d[.ddd]e[+-]dd.
Decimal takeApart(const char *begin, const char *end)
{
    Decimal result;
    if (*begin == '-') {
        result.negative = true;
        ++begin;
    }
    const char *at = begin;
    for (; at != end && *at != 'e'; ++at) {
        if (*at != '.')
            result.digits[result.count++] = *at;
    }
    int exponent = 0;
    at += at[1] == '+' ? 2 : 1;
    std::from_chars(at, end, exponent);
    result.pointAt = exponent + 1;
    return result;
}

template <class Float> Decimal shortest(Float value)
{
    char buffer[64];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific).ptr;
    return takeApart(buffer, end);
}

void appendExponential(std::string &out, const Decimal &decimal, int exponentDigits)
{
    if (decimal.negative)
        out += '-';
    out += decimal.digits[0];
    if (decimal.count > 1) {
        out += '.';
        out.append(decimal.digits + 1, static_cast<std::size_t>(decimal.count - 1));
    }
    int exponent = decimal.pointAt - 1;
    out += 'e';
    out += exponent < 0 ? '-' : '+';
    exponent = std::abs(exponent);
    if (exponent < 10 && exponentDigits > 1)
        out += '0';
    out += std::to_string(exponent);
}

/// All digits, with zeros where the digits do not reach the point: Go pads the shortest digits, to_chars would not.
void appendPlain(std::string &out, const Decimal &decimal)
{
    if (decimal.negative)
        out += '-';
    if (decimal.pointAt <= 0) {
        out += "0.";
        out.append(static_cast<std::size_t>(-decimal.pointAt), '0');
        out.append(decimal.digits, static_cast<std::size_t>(decimal.count));
        return;
    }
    for (int i = 0; i < decimal.pointAt; ++i)
        out += i < decimal.count ? decimal.digits[i] : '0';
    if (decimal.count > decimal.pointAt) {
        out += '.';
        out.append(decimal.digits + decimal.pointAt, static_cast<std::size_t>(decimal.count - decimal.pointAt));
    }
}

/// strconv's rule for the fewest digits: an exponent when it is below -4 or at least 6.
void appendGeneral(std::string &out, const Decimal &decimal)
{
    const int exponent = decimal.pointAt - 1;
    if (exponent < -4 || exponent >= 6)
        appendExponential(out, decimal, 2);
    else
        appendPlain(out, decimal);
}

/// False for what has digits.
bool appendYamlName(std::string &out, double value)
{
    if (std::isfinite(value))
        return false;
    out += std::isnan(value) ? ".nan" : value < 0 ? "-.inf" : ".inf";
    return true;
}

} // namespace

void appendGoFloat(std::string &out, double value)
{
    if (!appendSpecial(out, value))
        appendGeneral(out, shortest(value));
}

void appendYamlFloat(std::string &out, double value)
{
    if (!appendYamlName(out, value))
        appendGeneral(out, shortest(value));
}

void appendYamlFloat32(std::string &out, double value)
{
    const auto narrow = static_cast<float>(value);
    if (!appendYamlName(out, narrow))
        appendGeneral(out, shortest(narrow));
}

void appendJsonFloat(std::string &out, double value)
{
    if (appendSpecial(out, value))
        return;
    const double magnitude = std::fabs(value);
    const Decimal decimal = shortest(value);
    if (magnitude != 0 && (magnitude < 1e-6 || magnitude >= 1e21)) {
        // encoding/json makes e-09 to e-9.
        appendExponential(out, decimal, magnitude < 1 ? 1 : 2);
    } else {
        appendPlain(out, decimal);
    }
}

} // namespace pk::yaml
