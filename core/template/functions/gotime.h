// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "template/functions/zone.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace pk::tmpl::sprig {

/// A Go time.Time: a moment, and the zone in whose terms it is told.
struct GoTime
{
    std::int64_t seconds = -62135596800; ///< Since 1970; the default is Go's zero time, 0001-01-01.
    std::int32_t nanoseconds = 0;
    std::shared_ptr<const Zone> zone = Zone::utc();

    static GoTime fromWall(WallTime time, std::shared_ptr<const Zone> zone);

    /// By a layout that writes out the reference time: "2006-01-02T15:04:05Z07:00".
    std::string format(std::string_view layout) const;
    /// time.ParseInLocation. Errors read `parsing time "x" as "2006": cannot parse "x" as "2006"`.
    static Result<GoTime> parse(
        std::string_view layout, std::string_view text, const std::shared_ptr<const Zone> &zone);

    GoTime plus(std::int64_t duration) const;
    /// The duration since `other` in nanoseconds; as far as one can tell it, when they are centuries apart.
    std::int64_t since(const GoTime &other) const;
};

/// The elements of a layout.
enum class TimeElement {
    None,
    LongMonth,
    Month,
    NumMonth,
    ZeroMonth,
    LongWeekday,
    Weekday,
    Day,
    UnderDay,
    ZeroDay,
    UnderYearDay,
    ZeroYearDay,
    Hour,
    Hour12,
    ZeroHour12,
    Minute,
    ZeroMinute,
    Second,
    ZeroSecond,
    LongYear,
    Year,
    UpperPm,
    LowerPm,
    ZoneName,
    IsoZone,
    IsoSecondsZone,
    IsoShortZone,
    IsoColonZone,
    IsoColonSecondsZone,
    NumZone,
    NumSecondsZone,
    NumShortZone,
    NumColonZone,
    NumColonSecondsZone,
    Fraction0,
    Fraction9
};

/// The first element of a layout, with what stands before and behind it.
struct LayoutPiece
{
    std::string_view before;
    TimeElement element = TimeElement::None;
    std::string_view text; ///< The element as it is written.
    std::string_view rest;
};

LayoutPiece nextPiece(std::string_view layout);

inline constexpr std::string_view MonthNames[] = {"January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December"};
inline constexpr std::string_view WeekdayNames[] = {
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};

} // namespace pk::tmpl::sprig
