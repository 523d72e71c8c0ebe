// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/timestamp.h"

#include <cstdio>

namespace pk {

namespace {

using namespace std::chrono;

bool readDigits(std::string_view &text, std::size_t count, int &value)
{
    if (text.size() < count)
        return false;
    value = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        value = value * 10 + (text[i] - '0');
    }
    text.remove_prefix(count);
    return true;
}

bool skip(std::string_view &text, char expected)
{
    if (text.empty() || text.front() != expected)
        return false;
    text.remove_prefix(1);
    return true;
}

/// ".25" as nanoseconds; digits beyond the ninth are dropped.
bool readFraction(std::string_view &text, nanoseconds &fraction)
{
    fraction = nanoseconds::zero();
    if (!skip(text, '.'))
        return true;
    std::int64_t unit = 100'000'000;
    bool any = false;
    while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
        fraction += nanoseconds((text.front() - '0') * unit);
        unit /= 10;
        any = true;
        text.remove_prefix(1);
    }
    return any;
}

bool readZone(std::string_view &text, seconds &offset)
{
    offset = seconds::zero();
    if (skip(text, 'Z') || skip(text, 'z'))
        return true;
    if (text.empty() || (text.front() != '+' && text.front() != '-'))
        return false;
    const int sign = text.front() == '-' ? -1 : 1;
    text.remove_prefix(1);
    int hour = 0;
    int minute = 0;
    if (!readDigits(text, 2, hour) || !skip(text, ':') || !readDigits(text, 2, minute) || hour > 23 || minute > 59)
        return false;
    offset = sign * (hours(hour) + minutes(minute));
    return true;
}

std::string secondsPart(WallTime time)
{
    const auto whole = floor<seconds>(time);
    const auto day = floor<days>(whole);
    const year_month_day date(day);
    const hh_mm_ss clock(whole - day);
    char text[40];
    std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d", int(date.year()), unsigned(date.month()),
        unsigned(date.day()), int(clock.hours().count()), int(clock.minutes().count()), int(clock.seconds().count()));
    return text;
}

} // namespace

std::optional<WallTime> parseTimestamp(std::string_view text)
{
    int y = 0, mo = 0, d = 0, h = 0, mi = 0, s = 0;
    if (!readDigits(text, 4, y) || !skip(text, '-') || !readDigits(text, 2, mo) || !skip(text, '-')
        || !readDigits(text, 2, d))
        return {};
    if (!skip(text, 'T') && !skip(text, 't'))
        return {};
    if (!readDigits(text, 2, h) || !skip(text, ':') || !readDigits(text, 2, mi) || !skip(text, ':')
        || !readDigits(text, 2, s))
        return {};
    nanoseconds fraction{};
    seconds offset{};
    if (!readFraction(text, fraction) || !readZone(text, offset) || !text.empty())
        return {};
    const year_month_day date{year{y}, month(static_cast<unsigned>(mo)), day(static_cast<unsigned>(d))};
    if (!date.ok() || y < 1678 || y > 2261 || h > 23 || mi > 59 || s > 60)
        return {};
    const auto whole = sys_days(date) + hours(h) + minutes(mi) + seconds(s) - offset;
    return time_point_cast<system_clock::duration>(whole) + duration_cast<system_clock::duration>(fraction);
}

std::string formatTimestamp(WallTime time)
{
    return secondsPart(time) + 'Z';
}

std::string formatTimestampNano(WallTime time)
{
    std::string text = secondsPart(time);
    const auto nanos = duration_cast<nanoseconds>(time - floor<seconds>(time)).count();
    if (nanos != 0) {
        char fraction[16];
        std::snprintf(fraction, sizeof fraction, ".%09lld", static_cast<long long>(nanos));
        text += fraction;
        text.erase(text.find_last_not_of('0') + 1);
    }
    return text + 'Z';
}

} // namespace pk
