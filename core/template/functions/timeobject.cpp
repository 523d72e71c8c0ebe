// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/functions/timeobject.h"

#include "template/functions/civil.h"
#include "template/functions/duration.h"
#include "template/functions/support.h"

namespace pk::tmpl::sprig {

namespace {

/// time.Month and time.Weekday: numbers that print as names.
class NamedNumber final : public Object
{
public:
    NamedNumber(std::string_view type, int number, std::string_view name) : m_type(type), m_number(number), m_name(name)
    {
    }

    std::string typeName() const override { return std::string(m_type); }
    std::string print() const override { return std::string(m_name); }
    Value toTree() const override { return Value::integer(m_number); }
    std::string kindName() const override { return "int"; }
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
    const auto isDuration = [](const Value &value) {
        return value.isObject() && dynamic_cast<const DurationObject *>(&value.asObject());
    };
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
    else if (name == "IsZero")
        result = Value::boolean(m_time.seconds == GoTime().seconds && m_time.nanoseconds == 0);
    else if (name == "Format" && arguments.size() == 1 && arguments[0].isString())
        result = Value::string(m_time.format(arguments[0].toString()));
    else if (name == "Add" && arguments.size() == 1 && isDuration(arguments[0]))
        result = make(m_time.plus(arguments[0].asObject().toTree().toInt()));
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
