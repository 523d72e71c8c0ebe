// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/functions/cast.h"

#include "base/gonumber.h"

#include <limits>
#include <string_view>

namespace pk::tmpl::sprig {

namespace {

/// "3.00" is cut to "3".
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

} // namespace

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
        return parseInt(withoutZeroDecimals(value.toString()), 0, result) == Parsed::Ok ? result : 0;
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
