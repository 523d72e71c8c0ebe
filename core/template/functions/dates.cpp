// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/gonumber.h"
#include "template/functions/duration.h"
#include "template/functions/families.h"
#include "template/functions/support.h"
#include "template/functions/timeobject.h"

namespace pk::tmpl {

using namespace sprig;

namespace {

GoTime currentTime(CallContext &context)
{
    return GoTime::fromWall(context.now(), Zone::local());
}

/// A time, or seconds since 1970 as a whole number; everything else, also a float from a values file, means now.
GoTime momentOf(CallContext &context, const Value &value)
{
    if (const TimeObject *const time = TimeObject::from(value))
        return time->time();
    if (value.kind() == Value::Kind::Int || value.kind() == Value::Kind::Int64)
        return {value.toInt(), 0, Zone::local()};
    return currentTime(context);
}

Result<Value> formatted(CallContext &context, std::string_view layout, const Value &date, std::string_view zone)
{
    GoTime time = momentOf(context, date);
    time.zone = Zone::load(zone);
    if (!time.zone)
        time.zone = Zone::utc();
    return Value::string(time.format(layout));
}

Result<Value> date(CallContext &context, Arguments a)
{
    return formatted(context, a[0].toString(), a[1], "Local");
}

Result<Value> dateInZone(CallContext &context, Arguments a)
{
    return formatted(context, a[0].toString(), a[1], a[2].toString());
}

Result<Value> htmlDate(CallContext &context, Arguments a)
{
    return formatted(context, "2006-01-02", a[0], "Local");
}

Result<Value> htmlDateInZone(CallContext &context, Arguments a)
{
    return formatted(context, "2006-01-02", a[0], a[1].toString());
}

Result<Value> now(CallContext &context, Arguments)
{
    return TimeObject::make(currentTime(context));
}

Result<Value> dateModify(CallContext &, Arguments a)
{
    const Result<std::int64_t> duration = parseDuration(a[0].toString());
    return duration ? TimeObject::make(TimeObject::from(a[1])->time().plus(*duration)) : a[1];
}

Result<Value> mustDateModify(CallContext &, Arguments a)
{
    const Result<std::int64_t> duration = parseDuration(a[0].toString());
    if (!duration)
        return duration.error();
    return TimeObject::make(TimeObject::from(a[1])->time().plus(*duration));
}

Result<Value> ago(CallContext &context, Arguments a)
{
    const std::int64_t elapsed = currentTime(context).since(momentOf(context, a[0]));
    return Value::string(durationText(roundedDuration(elapsed, OneSecond)));
}

Result<Value> duration(CallContext &, Arguments a)
{
    std::int64_t seconds = 0;
    if (a[0].isString())
        parseInt(a[0].toString(), 10, seconds);
    else if (a[0].kind() == Value::Kind::Int64)
        seconds = a[0].toInt();
    const auto wrapping = static_cast<std::uint64_t>(seconds) * static_cast<std::uint64_t>(OneSecond);
    return Value::string(durationText(static_cast<std::int64_t>(wrapping)));
}

Result<Value> durationRound(CallContext &context, Arguments a)
{
    std::int64_t value = 0;
    if (a[0].isString()) {
        const Result<std::int64_t> parsed = parseDuration(a[0].toString());
        value = parsed ? *parsed : 0;
    } else if (a[0].kind() == Value::Kind::Int64) {
        value = a[0].toInt();
    } else if (const TimeObject *const time = TimeObject::from(a[0])) {
        value = currentTime(context).since(time->time());
    }
    const auto bits = static_cast<std::uint64_t>(value);
    const std::uint64_t length = value < 0 ? 0 - bits : bits;
    const std::pair<std::int64_t, std::string_view> units[] = {{OneHour * 24 * 365, "y"}, {OneHour * 24 * 30, "mo"},
        {OneHour * 24, "d"}, {OneHour, "h"}, {OneMinute, "m"}, {OneSecond, "s"}};
    for (const auto &[unit, name] : units) {
        // A whole unit alone does not count as one.
        if (length > static_cast<std::uint64_t>(unit))
            return Value::string(std::to_string(length / static_cast<std::uint64_t>(unit)) + std::string(name));
    }
    return Value::string("0s");
}

Result<Value> toDate(CallContext &, Arguments a)
{
    Result<GoTime> time = GoTime::parse(a[0].toString(), a[1].toString(), Zone::local());
    return TimeObject::make(time ? std::move(*time) : GoTime());
}

Result<Value> mustToDate(CallContext &, Arguments a)
{
    Result<GoTime> time = GoTime::parse(a[0].toString(), a[1].toString(), Zone::local());
    if (!time)
        return time.error();
    return TimeObject::make(std::move(*time));
}

Result<Value> unixEpoch(CallContext &, Arguments a)
{
    return Value::string(std::to_string(TimeObject::from(a[0])->time().seconds));
}

} // namespace

std::span<const Function> dateFunctions()
{
    static const Function family[] = {
        {"ago", {Param::Any}, false, ago},
        {"date", {Param::String, Param::Any}, false, date},
        {"dateInZone", {Param::String, Param::Any, Param::String}, false, dateInZone},
        {"dateModify", {Param::String, Param::Time}, false, dateModify},
        {"date_in_zone", {Param::String, Param::Any, Param::String}, false, dateInZone},
        {"date_modify", {Param::String, Param::Time}, false, dateModify},
        {"duration", {Param::Any}, false, duration},
        {"durationRound", {Param::Any}, false, durationRound},
        {"htmlDate", {Param::Any}, false, htmlDate},
        {"htmlDateInZone", {Param::Any, Param::String}, false, htmlDateInZone},
        {"mustDateModify", {Param::String, Param::Time}, false, mustDateModify},
        {"mustToDate", {Param::String, Param::String}, false, mustToDate},
        {"must_date_modify", {Param::String, Param::Time}, false, mustDateModify},
        {"now", {}, false, now},
        {"toDate", {Param::String, Param::String}, false, toDate},
        {"unixEpoch", {Param::Time}, false, unixEpoch},
    };
    return family;
}

} // namespace pk::tmpl
