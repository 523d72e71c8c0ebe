// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/functions/duration.h"

#include "base/ascii.h"
#include "base/quote.h"

#include <limits>

namespace pk::tmpl::sprig {

namespace {

constexpr std::uint64_t Limit = std::uint64_t(1) << 63;

/// `value` with `digits` of them behind the point, trailing zeros cut.
std::string fractional(std::uint64_t value, int digits)
{
    std::string text = std::to_string(value);
    if (text.size() <= static_cast<std::size_t>(digits))
        text.insert(0, static_cast<std::size_t>(digits) + 1 - text.size(), '0');
    text.insert(text.size() - static_cast<std::size_t>(digits), ".");
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.')
        text.pop_back();
    return text;
}

std::uint64_t nanosecondsIn(std::string_view unit)
{
    if (unit == "ns")
        return 1;
    if (unit == "us" || unit == "\u00b5s" || unit == "\u03bcs")
        return OneMicrosecond;
    if (unit == "ms")
        return OneMillisecond;
    if (unit == "s")
        return OneSecond;
    if (unit == "m")
        return OneMinute;
    return unit == "h" ? OneHour : 0;
}

/// One number with a unit; cuts it off `rest`.
Result<std::uint64_t> takePart(std::string_view &rest, const Error &invalid, const std::string &whole)
{
    std::uint64_t number = 0;
    std::size_t digits = 0;
    for (; !rest.empty() && ascii::isDigit(rest[0]); rest.remove_prefix(1), ++digits) {
        if (number > Limit / 10)
            return invalid;
        number = number * 10 + static_cast<std::uint64_t>(rest[0] - '0');
        if (number > Limit)
            return invalid;
    }
    std::uint64_t fraction = 0;
    double scale = 1;
    if (rest.starts_with('.')) {
        rest.remove_prefix(1);
        bool full = false;
        for (; !rest.empty() && ascii::isDigit(rest[0]); rest.remove_prefix(1), ++digits) {
            // More digits than a nanosecond can tell apart are read and dropped.
            full = full || fraction > (Limit - 1) / 10;
            if (full)
                continue;
            const std::uint64_t next = fraction * 10 + static_cast<std::uint64_t>(rest[0] - '0');
            if (next > Limit) {
                full = true;
                continue;
            }
            fraction = next;
            scale *= 10;
        }
    }
    if (digits == 0)
        return invalid;
    std::size_t unitSize = 0;
    while (unitSize < rest.size() && rest[unitSize] != '.' && !ascii::isDigit(rest[unitSize]))
        ++unitSize;
    if (unitSize == 0)
        return Error{Error::Code::InvalidInput, "time: missing unit in duration " + whole};
    const std::string_view unit = rest.substr(0, unitSize);
    rest.remove_prefix(unitSize);
    const std::uint64_t factor = nanosecondsIn(unit);
    if (factor == 0)
        return Error{Error::Code::InvalidInput, "time: unknown unit " + goQuote(unit) + " in duration " + whole};
    if (number > Limit / factor)
        return invalid;
    number *= factor;
    if (fraction > 0)
        number += static_cast<std::uint64_t>(static_cast<double>(fraction) * (static_cast<double>(factor) / scale));
    return number > Limit ? Result<std::uint64_t>(invalid) : Result<std::uint64_t>(number);
}

} // namespace

std::string durationText(std::int64_t nanoseconds)
{
    if (nanoseconds == 0)
        return "0s";
    const bool negative = nanoseconds < 0;
    const std::uint64_t all =
        negative ? 0 - static_cast<std::uint64_t>(nanoseconds) : static_cast<std::uint64_t>(nanoseconds);
    std::string text = negative ? "-" : "";
    if (all < std::uint64_t(OneMicrosecond))
        return text + std::to_string(all) + "ns";
    if (all < std::uint64_t(OneMillisecond))
        return text + fractional(all, 3) + "\u00b5s";
    if (all < std::uint64_t(OneSecond))
        return text + fractional(all, 6) + "ms";
    const std::uint64_t hours = all / OneHour;
    const std::uint64_t minutes = all / OneMinute % 60;
    if (hours > 0)
        text += std::to_string(hours) + 'h';
    if (hours > 0 || minutes > 0)
        text += std::to_string(minutes) + 'm';
    return text + fractional(all % OneMinute, 9) + 's';
}

Result<std::int64_t> parseDuration(std::string_view text)
{
    const std::string whole = goQuote(text);
    const Error invalid{Error::Code::InvalidInput, "time: invalid duration " + whole};
    std::string_view rest = text;
    const bool negative = rest.starts_with('-');
    if (negative || rest.starts_with('+'))
        rest.remove_prefix(1);
    if (rest == "0")
        return std::int64_t(0);
    if (rest.empty())
        return invalid;
    std::uint64_t sum = 0;
    while (!rest.empty()) {
        if (rest[0] != '.' && !ascii::isDigit(rest[0]))
            return invalid;
        const Result<std::uint64_t> part = takePart(rest, invalid, whole);
        if (!part)
            return part.error();
        sum += *part;
        if (sum > Limit)
            return invalid;
    }
    if (sum == Limit && !negative)
        return invalid;
    return static_cast<std::int64_t>(negative ? 0 - sum : sum);
}

std::int64_t roundedDuration(std::int64_t nanoseconds, std::int64_t unit)
{
    if (unit <= 0)
        return nanoseconds;
    const auto limits = std::numeric_limits<std::int64_t>();
    const bool negative = nanoseconds < 0;
    const std::int64_t rest = nanoseconds % unit < 0 ? -(nanoseconds % unit) : nanoseconds % unit;
    const bool up = rest >= unit - rest;
    std::int64_t result = 0;
    const std::int64_t step = negative ? -(up ? unit - rest : -rest) : (up ? unit - rest : -rest);
    if (__builtin_add_overflow(nanoseconds, step, &result))
        return negative ? limits.min() : limits.max();
    return result;
}

Value DurationObject::make(std::int64_t nanoseconds)
{
    return Value::of(Ref<Object>(new DurationObject(nanoseconds)));
}

bool DurationObject::equals(const Object &other) const
{
    const auto *const duration = dynamic_cast<const DurationObject *>(&other);
    return duration && duration->m_nanoseconds == m_nanoseconds;
}

double durationIn(std::int64_t nanoseconds, std::int64_t unit)
{
    const std::int64_t whole = nanoseconds / unit;
    return static_cast<double>(whole) + static_cast<double>(nanoseconds % unit) / static_cast<double>(unit);
}

bool DurationObject::call(
    std::string_view name, std::span<const Value> arguments, Value &result, std::string &error) const
{
    const auto inUnits = [this](std::int64_t unit) { return Value::number(durationIn(m_nanoseconds, unit)); };
    if (name == "Hours")
        result = inUnits(OneHour);
    else if (name == "Minutes")
        result = inUnits(OneMinute);
    else if (name == "Seconds")
        result = inUnits(OneSecond);
    else if (name == "Milliseconds")
        result = Value::integer(m_nanoseconds / OneMillisecond);
    else if (name == "Microseconds")
        result = Value::integer(m_nanoseconds / OneMicrosecond);
    else if (name == "Nanoseconds")
        result = Value::integer(m_nanoseconds);
    else if (name == "String")
        result = Value::string(print());
    else if (name == "Abs")
        result = make(m_nanoseconds < 0 ? -m_nanoseconds : m_nanoseconds);
    else if (name == "Round" || name == "Truncate") {
        const auto *const unit = arguments.size() == 1 && arguments[0].isObject()
            ? dynamic_cast<const DurationObject *>(&arguments[0].asObject())
            : nullptr;
        if (!unit)
            error = "wrong type for value; expected time.Duration";
        else if (name == "Round")
            result = make(roundedDuration(m_nanoseconds, unit->m_nanoseconds));
        else
            result =
                make(unit->m_nanoseconds <= 0 ? m_nanoseconds : m_nanoseconds - m_nanoseconds % unit->m_nanoseconds);
    } else {
        return false;
    }
    return true;
}

} // namespace pk::tmpl::sprig
