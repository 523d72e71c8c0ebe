// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "template/gotype.h"
#include "value/value.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace pk::tmpl::sprig {

inline constexpr std::int64_t OneMicrosecond = 1000;
inline constexpr std::int64_t OneMillisecond = 1000 * OneMicrosecond;
inline constexpr std::int64_t OneSecond = 1000 * OneMillisecond;
inline constexpr std::int64_t OneMinute = 60 * OneSecond;
inline constexpr std::int64_t OneHour = 60 * OneMinute;

/// "1h2m3.5s", as time.Duration.String.
std::string durationText(std::int64_t nanoseconds);

/// time.ParseDuration: "1h2m3.5s", "-5s". Errors read `time: invalid duration "x"`.
Result<std::int64_t> parseDuration(std::string_view text);

/// To a multiple of `unit`, halves away from zero, as time.Duration.Round; unchanged for a unit of 0 or less.
std::int64_t roundedDuration(std::int64_t nanoseconds, std::int64_t unit);

/// How many `unit` that is: whole ones and the rest apart, as time.Duration.Hours counts, lest the sum lose digits.
double durationIn(std::int64_t nanoseconds, std::int64_t unit);

/// A Go time.Duration: a whole number that prints as text.
class DurationObject final : public Object, public GoType
{
public:
    explicit DurationObject(std::int64_t nanoseconds) : m_nanoseconds(nanoseconds) { }
    static Value make(std::int64_t nanoseconds);

    std::int64_t nanoseconds() const { return m_nanoseconds; }

    std::string typeName() const override { return "time.Duration"; }
    std::string print() const override { return durationText(m_nanoseconds); }
    Value toTree() const override { return Value::integer(m_nanoseconds); }
    std::string kindName() const override { return "int64"; }
    std::optional<std::string> text() const override { return print(); }
    bool call(
        std::string_view name, std::span<const Value> arguments, Value &result, std::string &error) const override;
    bool equals(const Object &other) const override;

private:
    std::int64_t m_nanoseconds;
};

} // namespace pk::tmpl::sprig
