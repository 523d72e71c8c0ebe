// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "template/functions/gotime.h"
#include "template/gotype.h"
#include "value/value.h"

namespace pk::tmpl::sprig {

/// A Go time.Time in a template.
class TimeObject final : public Object, public GoType
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
    std::vector<Field> fields() const override;
    std::optional<std::string> text() const override { return print(); }
    std::optional<std::string> goText() const override;

private:
    Value addedDate(std::span<const Value> numbers) const;
    GoTime cutTo(std::int64_t unit, bool round) const;
    bool callWithDuration(std::string_view name, std::int64_t duration, Value &result) const;
    bool callPart(std::string_view name, Value &result) const;
    bool callWithTime(std::string_view name, const TimeObject &other, Value &result) const;

    GoTime m_time;
};

} // namespace pk::tmpl::sprig
