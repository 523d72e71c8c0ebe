// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/gonumber.h"
#include "base/quote.h"
#include "template/functions/duration.h"
#include "template/functions/families.h"
#include "template/functions/support.h"

#include <cmath>
#include <limits>

namespace pk::tmpl {

using namespace sprig;

namespace {

constexpr std::int64_t MostSeconds = std::numeric_limits<std::int64_t>::max() / OneSecond;

Error overflow(const Value &seconds)
{
    return failure("duration seconds overflow: " + printed(seconds));
}

Result<std::int64_t> fromWholeSeconds(std::int64_t seconds, const Value &shown)
{
    if (seconds > MostSeconds || seconds < -MostSeconds)
        return overflow(shown);
    return seconds * OneSecond;
}

Result<std::int64_t> fromSeconds(double seconds)
{
    const Value shown = Value::number(seconds);
    if (std::isnan(seconds) || std::isinf(seconds))
        return failure("invalid duration seconds: " + printed(shown));
    const double nanoseconds = seconds * static_cast<double>(OneSecond);
    if (nanoseconds >= 0x1p63 || nanoseconds < -0x1p63)
        return overflow(shown);
    return static_cast<std::int64_t>(nanoseconds);
}

/// Helm's reading of any value as a duration: Go's text, or a number of seconds.
Result<std::int64_t> toDuration(const Value &value)
{
    switch (value.kind()) {
    case Value::Kind::Nil:
        return failure("invalid duration");
    case Value::Kind::Int:
    case Value::Kind::Int64:
        return fromWholeSeconds(value.toInt(), value);
    case Value::Kind::Uint64:
    case Value::Kind::Uint8:
        if (value.toUint() > static_cast<std::uint64_t>(MostSeconds))
            return overflow(value);
        return fromWholeSeconds(static_cast<std::int64_t>(value.toUint()), value);
    case Value::Kind::Float64:
        return fromSeconds(value.toDouble());
    case Value::Kind::String: {
        const std::string_view text = trimSpace(value.toString());
        if (text.empty())
            return failure("empty duration");
        if (const Result<std::int64_t> duration = parseDuration(text))
            return duration;
        double seconds = 0;
        if (parseFloat(text, seconds) == Parsed::Ok)
            return fromSeconds(seconds);
        return failure("could not parse duration " + goQuote(value.toString()));
    }
    case Value::Kind::Object:
        if (const auto *const duration = dynamic_cast<const DurationObject *>(&value.asObject()))
            return duration->nanoseconds();
        break;
    default:
        break;
    }
    return failure("unsupported duration type " + value.typeName());
}

std::int64_t durationOrZero(const Value &value)
{
    const Result<std::int64_t> duration = toDuration(value);
    return duration ? *duration : 0;
}

Result<Value> mustToDuration(CallContext &, Arguments a)
{
    const Result<std::int64_t> duration = toDuration(a[0]);
    if (!duration)
        return duration.error();
    return DurationObject::make(*duration);
}

template <std::int64_t Unit> Result<Value> inUnits(CallContext &, Arguments a)
{
    return Value::number(durationIn(durationOrZero(a[0]), Unit));
}

double inHours(const Value &value)
{
    return durationIn(durationOrZero(value), OneHour);
}

Result<Value> inDays(CallContext &, Arguments a)
{
    return Value::number(inHours(a[0]) / 24);
}

/// In two steps as Go: the last digit depends on it.
Result<Value> inWeeks(CallContext &, Arguments a)
{
    return Value::number(inHours(a[0]) / 24 / 7);
}

template <std::int64_t Unit> Result<Value> inWholeUnits(CallContext &, Arguments a)
{
    return Value::integer(durationOrZero(a[0]) / Unit);
}

Result<Value> durationRoundTo(CallContext &, Arguments a)
{
    return DurationObject::make(roundedDuration(durationOrZero(a[0]), durationOrZero(a[1])));
}

Result<Value> durationTruncateTo(CallContext &, Arguments a)
{
    const std::int64_t duration = durationOrZero(a[0]);
    const std::int64_t unit = durationOrZero(a[1]);
    return DurationObject::make(unit <= 0 ? duration : duration - duration % unit);
}

} // namespace

std::span<const Function> durationFunctions()
{
    static const Function family[] = {
        {"durationDays", {Param::Any}, false, inDays},
        {"durationHours", {Param::Any}, false, inUnits<OneHour>},
        {"durationMicroseconds", {Param::Any}, false, inWholeUnits<OneMicrosecond>},
        {"durationMilliseconds", {Param::Any}, false, inWholeUnits<OneMillisecond>},
        {"durationMinutes", {Param::Any}, false, inUnits<OneMinute>},
        {"durationNanoseconds", {Param::Any}, false, inWholeUnits<1>},
        {"durationRoundTo", {Param::Any, Param::Any}, false, durationRoundTo},
        {"durationSeconds", {Param::Any}, false, inUnits<OneSecond>},
        {"durationTruncateTo", {Param::Any, Param::Any}, false, durationTruncateTo},
        {"durationWeeks", {Param::Any}, false, inWeeks},
        {"mustToDuration", {Param::Any}, false, mustToDuration},
    };
    return family;
}

} // namespace pk::tmpl
