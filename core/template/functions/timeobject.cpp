// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/functions/timeobject.h"

#include "base/quote.h"
#include "template/functions/civil.h"
#include "template/functions/duration.h"
#include "template/functions/support.h"

namespace pk::tmpl::sprig {

namespace {

/// time.Month and time.Weekday: numbers that print as names.
class NamedNumber final : public Object, public GoType
{
public:
    NamedNumber(std::string_view type, int number, std::string_view name) : m_type(type), m_number(number), m_name(name)
    {
    }

    std::string typeName() const override { return std::string(m_type); }
    std::string print() const override { return std::string(m_name); }
    Value toTree() const override { return intValue(m_number); }
    std::string kindName() const override { return "int"; }
    std::optional<std::string> text() const override { return print(); }
    bool equals(const Object &other) const override
    {
        return other.typeName() == typeName() && other.print() == print();
    }
    bool call(std::string_view name, std::span<const Value>, Value &result, std::string &) const override
    {
        if (name != "String")
            return false;
        result = Value::string(print());
        return true;
    }

private:
    std::string_view m_type;
    int m_number;
    std::string_view m_name;
};

/// *time.Location; with no zone the pointer that a time in UTC holds.
class LocationObject final : public Object, public GoType
{
public:
    explicit LocationObject(std::shared_ptr<const Zone> zone) : m_zone(std::move(zone)) { }

    std::string typeName() const override { return "*time.Location"; }
    std::string kindName() const override { return "ptr"; }
    std::string print() const override { return m_zone ? m_zone->name() : "UTC"; }
    Value toTree() const override { return Value::map(); }
    std::optional<std::string> text() const override { return print(); }
    bool call(std::string_view name, std::span<const Value>, Value &result, std::string &) const override
    {
        if (name != "String")
            return false;
        result = Value::string(print());
        return true;
    }

private:
    std::shared_ptr<const Zone> m_zone;
};

/// The same as the field of a time that nobody may see, whose methods do not count.
class HiddenLocation final : public Object, public GoType
{
public:
    explicit HiddenLocation(bool isNull) : m_isNull(isNull) { }

    std::string typeName() const override { return "*time.Location"; }
    std::string kindName() const override { return "ptr"; }
    std::string print() const override { return {}; }
    Value toTree() const override { return {}; }
    bool isNull() const override { return m_isNull; }

private:
    bool m_isNull;
};

constexpr std::int64_t YearOne = -62135596800; ///< In Unix seconds.

} // namespace

Value TimeObject::make(GoTime time)
{
    return Value::of(Ref<Object>(new TimeObject(std::move(time))));
}

const TimeObject *TimeObject::from(const Value &value)
{
    return value.isObject() ? dynamic_cast<const TimeObject *>(&value.asObject()) : nullptr;
}

bool TimeObject::equals(const Object &other) const
{
    const auto *const time = dynamic_cast<const TimeObject *>(&other);
    return time && time->m_time.seconds == m_time.seconds && time->m_time.nanoseconds == m_time.nanoseconds
        && time->m_time.zone == m_time.zone;
}

std::vector<GoType::Field> TimeObject::fields() const
{
    return {{"wall", Value::unsignedInteger(static_cast<std::uint64_t>(m_time.nanoseconds))},
        {"ext", Value::integer(m_time.seconds - YearOne)},
        {"loc", Value::of(Ref<Object>(new HiddenLocation(m_time.zone == Zone::utc())))}};
}

std::optional<std::string> TimeObject::goText() const
{
    const Civil civil = civilFromUnix(m_time.seconds + m_time.zone->at(m_time.seconds).offset);
    std::string out = "time.Date(" + std::to_string(civil.year) + ", time.";
    out += MonthNames[static_cast<std::size_t>(civil.month - 1)];
    for (const std::int64_t part : {std::int64_t(civil.day), std::int64_t(civil.hour), std::int64_t(civil.minute),
             std::int64_t(civil.second), std::int64_t(m_time.nanoseconds)})
        out += ", " + std::to_string(part);
    const bool isUtc = m_time.zone == Zone::utc();
    out += isUtc                       ? ", time.UTC"
        : m_time.zone == Zone::local() ? ", time.Local"
                                       : ", time.Location(" + goQuote(m_time.zone->name()) + ")";
    return out + ')';
}

/// Round and Truncate, which count from the year 1.
GoTime TimeObject::cutTo(std::int64_t unit, bool round) const
{
    if (unit <= 0)
        return m_time;
    __extension__ using Wide = __int128;
    const Wide whole = Wide(m_time.seconds - YearOne) * OneSecond + m_time.nanoseconds;
    auto rest = static_cast<std::int64_t>(whole % unit);
    if (rest < 0)
        rest += unit;
    return m_time.plus(round && rest >= unit - rest ? unit - rest : -rest);
}

bool TimeObject::callWithDuration(std::string_view name, std::int64_t duration, Value &result) const
{
    if (name == "Add")
        result = make(m_time.plus(duration));
    else if (name == "Round" || name == "Truncate")
        result = make(cutTo(duration, name == "Round"));
    else
        return false;
    return true;
}

bool TimeObject::callPart(std::string_view name, Value &result) const
{
    const Civil civil = civilFromUnix(m_time.seconds + m_time.zone->at(m_time.seconds).offset);
    if (name == "Year")
        result = intValue(civil.year);
    else if (name == "Month")
        result = Value::of(Ref<Object>(
            new NamedNumber("time.Month", civil.month, MonthNames[static_cast<std::size_t>(civil.month - 1)])));
    else if (name == "Weekday")
        result = Value::of(Ref<Object>(
            new NamedNumber("time.Weekday", civil.weekday, WeekdayNames[static_cast<std::size_t>(civil.weekday)])));
    else if (name == "Day")
        result = intValue(civil.day);
    else if (name == "YearDay")
        result = intValue(civil.yearDay);
    else if (name == "Hour")
        result = intValue(civil.hour);
    else if (name == "Minute")
        result = intValue(civil.minute);
    else if (name == "Second")
        result = intValue(civil.second);
    else if (name == "Nanosecond")
        result = intValue(m_time.nanoseconds);
    else
        return false;
    return true;
}

/// AddDate: days that a month does not have run over into the next.
Value TimeObject::addedDate(std::span<const Value> numbers) const
{
    Civil civil = civilFromUnix(m_time.seconds + m_time.zone->at(m_time.seconds).offset);
    const std::int64_t months = civil.month - 1 + numbers[1].toInt();
    const std::int64_t years = months >= 0 ? months / 12 : (months - 11) / 12;
    const std::int64_t days = civil.day - 1 + numbers[2].toInt();
    civil.year += numbers[0].toInt() + years;
    civil.month = static_cast<int>(months - years * 12 + 1);
    civil.day = 1;
    const std::int64_t shown = unixFromCivil(civil) + days * 86400;
    const std::int64_t guess = shown - m_time.zone->at(shown).offset;
    return make({shown - m_time.zone->at(guess).offset, m_time.nanoseconds, m_time.zone});
}

bool TimeObject::callWithTime(std::string_view name, const TimeObject &other, Value &result) const
{
    const std::int64_t difference = m_time.since(other.m_time);
    if (name == "Sub")
        result = DurationObject::make(difference);
    else if (name == "Before")
        result = Value::boolean(difference < 0);
    else if (name == "After")
        result = Value::boolean(difference > 0);
    else if (name == "Equal")
        result = Value::boolean(difference == 0);
    else if (name == "Compare")
        result = intValue(difference < 0 ? -1 : difference > 0 ? 1 : 0);
    else
        return false;
    return true;
}

bool TimeObject::call(std::string_view name, std::span<const Value> arguments, Value &result, std::string &error) const
{
    // A literal number is a duration, too.
    const bool hasDuration = arguments.size() == 1
        && (arguments[0].kind() == Value::Kind::Int
            || (arguments[0].isObject() && dynamic_cast<const DurationObject *>(&arguments[0].asObject())));
    if (name == "Unix")
        result = Value::integer(m_time.seconds);
    else if (name == "UnixMilli")
        result = Value::integer(m_time.seconds * 1000 + m_time.nanoseconds / 1000000);
    else if (name == "UnixMicro")
        result = Value::integer(m_time.seconds * 1000000 + m_time.nanoseconds / 1000);
    else if (name == "UnixNano")
        result = Value::integer(m_time.seconds * OneSecond + m_time.nanoseconds);
    else if (name == "UTC")
        result = make({m_time.seconds, m_time.nanoseconds, Zone::utc()});
    else if (name == "Local")
        result = make({m_time.seconds, m_time.nanoseconds, Zone::local()});
    else if (name == "String")
        result = Value::string(print());
    else if (name == "GoString")
        result = Value::string(*goText());
    else if (name == "MarshalText")
        result = Value::bytes(toTree().toString());
    else if (name == "MarshalJSON")
        result = Value::bytes('"' + toTree().toString() + '"');
    else if (name == "Location")
        result = Value::of(Ref<Object>(new LocationObject(m_time.zone)));
    else if (name == "IsZero")
        result = Value::boolean(m_time.seconds == GoTime().seconds && m_time.nanoseconds == 0);
    else if (name == "Format" && arguments.size() == 1 && arguments[0].isString())
        result = Value::string(m_time.format(arguments[0].toString()));
    else if (hasDuration)
        return callWithDuration(
            name, arguments[0].isObject() ? arguments[0].asObject().toTree().toInt() : arguments[0].toInt(), result);
    else if (name == "AddDate" && arguments.size() == 3
        && std::all_of(
            arguments.begin(), arguments.end(), [](const Value &value) { return value.kind() == Value::Kind::Int; }))
        result = addedDate(arguments);
    else if (name == "Format" || name == "Add")
        error = "wrong type for value; expected " + std::string(name == "Add" ? "time.Duration" : "string");
    else if (arguments.size() == 1 && from(arguments[0]))
        return callWithTime(name, *from(arguments[0]), result);
    else
        return callPart(name, result);
    return true;
}

} // namespace pk::tmpl::sprig
