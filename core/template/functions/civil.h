// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace pk::tmpl::sprig {

/// A date and time of day of the proleptic Gregorian calendar.
struct Civil
{
    std::int64_t year = 1;
    int month = 1;
    int day = 1;
    int hour = 0;
    int minute = 0;
    int second = 0;
    int yearDay = 1;
    int weekday = 0; ///< 0 is Sunday.
};

/// Days since 1970-01-01.
std::int64_t daysFromCivil(std::int64_t year, int month, int day);
Civil civilFromUnix(std::int64_t unixSeconds);
/// Seconds since 1970 of a clock that shows `civil` in UTC; yearDay and weekday do not count.
std::int64_t unixFromCivil(const Civil &civil);

bool isLeapYear(std::int64_t year);
int daysInMonth(std::int64_t year, int month);
/// 0 is Sunday.
int weekdayOf(std::int64_t daysSince1970);

} // namespace pk::tmpl::sprig
