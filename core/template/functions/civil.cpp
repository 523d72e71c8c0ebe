// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/functions/civil.h"

namespace pk::tmpl::sprig {

namespace {

constexpr std::int64_t Day = 86400;

std::int64_t floorDivide(std::int64_t value, std::int64_t divisor)
{
    return value / divisor - (value % divisor < 0 ? 1 : 0);
}

} // namespace

bool isLeapYear(std::int64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int daysInMonth(std::int64_t year, int month)
{
    if (month == 2)
        return isLeapYear(year) ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

int weekdayOf(std::int64_t daysSince1970)
{
    const std::int64_t shifted = daysSince1970 + 4; // 1970-01-01 was a Thursday
    return static_cast<int>(shifted - floorDivide(shifted, 7) * 7);
}

std::int64_t daysFromCivil(std::int64_t year, int month, int day)
{
    // Years are counted from March, so that the leap day comes last; 400 of them have 146097 days.
    const std::int64_t shifted = month <= 2 ? year - 1 : year;
    const std::int64_t era = floorDivide(shifted, 400);
    const std::int64_t yearOfEra = shifted - era * 400;
    const std::int64_t dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    const std::int64_t dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146097 + dayOfEra - 719468;
}

Civil civilFromUnix(std::int64_t unixSeconds)
{
    const std::int64_t days = floorDivide(unixSeconds, Day);
    const auto secondOfDay = static_cast<int>(unixSeconds - days * Day);
    const std::int64_t shifted = days + 719468;
    const std::int64_t era = floorDivide(shifted, 146097);
    const std::int64_t dayOfEra = shifted - era * 146097;
    const std::int64_t yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
    const std::int64_t dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    const auto monthFromMarch = static_cast<int>((5 * dayOfYear + 2) / 153);

    Civil civil;
    civil.month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
    civil.day = static_cast<int>(dayOfYear - (153 * monthFromMarch + 2) / 5 + 1);
    civil.year = yearOfEra + era * 400 + (civil.month <= 2 ? 1 : 0);
    civil.hour = secondOfDay / 3600;
    civil.minute = secondOfDay / 60 % 60;
    civil.second = secondOfDay % 60;
    civil.yearDay = static_cast<int>(days - daysFromCivil(civil.year, 1, 1)) + 1;
    civil.weekday = weekdayOf(days);
    return civil;
}

std::int64_t unixFromCivil(const Civil &civil)
{
    return daysFromCivil(civil.year, civil.month, civil.day) * Day + civil.hour * 3600 + civil.minute * 60
        + civil.second;
}

} // namespace pk::tmpl::sprig
