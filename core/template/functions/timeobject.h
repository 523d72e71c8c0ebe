// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "template/functions/gotime.h"
#include "value/value.h"

namespace pk::tmpl::sprig {

/// A Go time.Time in a template.
class TimeObject final : public Object
{
public:
    explicit TimeObject(GoTime time) : m_time(std::move(time)) { }
    static Value make(GoTime time);
    /// Null when `value` is no time.
    static const TimeObject *from(const Value &value);

    const GoTime &time() const { return m_time; }

    std::string typeName() const override { return "time.Time"; }
    std::string print() const override { return m_time.format("2006-01-02 15:04:05.999999999 -0700 MST"); }
    Value toTree() const override { return Value::string(m_time.format("2006-01-02T15:04:05.999999999Z07:00")); }
    bool call(
        std::string_view name, std::span<const Value> arguments, Value &result, std::string &error) const override;
    bool equals(const Object &other) const override;

private:
    Value addedDate(std::span<const Value> numbers) const;
    bool callPart(std::string_view name, Value &result) const;
    bool callWithTime(std::string_view name, const TimeObject &other, Value &result) const;

    GoTime m_time;
};

} // namespace pk::tmpl::sprig
