// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/functions/zonerule.h"

#include "template/functions/civil.h"

#include <algorithm>

namespace pk::tmpl::sprig {

namespace {

constexpr std::int64_t Day = 86400;

/// Reads a rule from left to right; every function returns false on what is no rule.
class RuleReader
{
public:
    explicit RuleReader(std::string_view rule) : m_rest(rule) { }

    struct Change
    {
        enum class Kind { Julian, DayOfYear, MonthWeekDay } kind = Kind::Julian;
        int day = 0;
        int week = 0;
        int month = 0;
        int seconds = 7200;
    };

    bool atEnd() const { return m_rest.empty(); }

    bool take(char c)
    {
        if (!m_rest.starts_with(c))
            return false;
        m_rest.remove_prefix(1);
        return true;
    }

    bool name(std::string &result)
    {
        if (take('<')) {
            const std::size_t end = m_rest.find('>');
            if (end == m_rest.npos)
                return false;
            result = m_rest.substr(0, end);
            m_rest.remove_prefix(end + 1);
            return true;
        }
        const std::size_t end = std::min(m_rest.find_first_of("0123456789,-+"), m_rest.size());
        result = m_rest.substr(0, end);
        m_rest.remove_prefix(end);
        return end >= 3;
    }

    bool number(int least, int most, int &result)
    {
        std::size_t size = 0;
        result = 0;
        while (size < m_rest.size() && size < 4 && m_rest[size] >= '0' && m_rest[size] <= '9')
            result = result * 10 + (m_rest[size++] - '0');
        m_rest.remove_prefix(size);
        return size > 0 && result >= least && result <= most;
    }

    /// hh[:mm[:ss]] with a sign.
    bool time(int &seconds)
    {
        const int sign = take('-') ? -1 : (take('+'), 1);
        int hours = 0;
        int minutes = 0;
        int rest = 0;
        if (!number(0, 24 * 7, hours))
            return false;
        if (take(':') && (!number(0, 59, minutes) || (take(':') && !number(0, 59, rest))))
            return false;
        seconds = sign * (hours * 3600 + minutes * 60 + rest);
        return true;
    }

    bool change(Change &result)
    {
        if (!take(','))
            return false;
        bool valid = false;
        if (take('J')) {
            valid = number(1, 365, result.day);
        } else if (take('M')) {
            result.kind = Change::Kind::MonthWeekDay;
            valid = number(1, 12, result.month) && take('.') && number(1, 5, result.week) && take('.')
                && number(0, 6, result.day);
        } else {
            result.kind = Change::Kind::DayOfYear;
            valid = number(0, 365, result.day);
        }
        return valid && (!take('/') || time(result.seconds));
    }

private:
    std::string_view m_rest;
};

/// Seconds from the start of the year to the change, by the clock before it.
std::int64_t secondsIntoYear(const RuleReader::Change &change, std::int64_t year)
{
    using Kind = RuleReader::Change::Kind;
    const std::int64_t newYear = daysFromCivil(year, 1, 1);
    std::int64_t day = change.day;
    if (change.kind == Kind::Julian) {
        day = change.day - 1 + (isLeapYear(year) && change.day >= 60 ? 1 : 0);
    } else if (change.kind == Kind::MonthWeekDay) {
        const std::int64_t first = daysFromCivil(year, change.month, 1);
        const int weekdayOfFirst = weekdayOf(first);
        std::int64_t inMonth = (change.day - weekdayOfFirst + 7) % 7 + std::int64_t(change.week - 1) * 7;
        while (inMonth >= daysInMonth(year, change.month))
            inMonth -= 7;
        day = first - newYear + inMonth;
    }
    return day * Day + change.seconds;
}

} // namespace

std::optional<Zone::Period> periodByRule(std::string_view rule, std::int64_t lastTransition, std::int64_t unixSeconds)
{
    RuleReader reader(rule);
    Zone::Period standard;
    int west = 0;
    if (!reader.name(standard.abbreviation) || !reader.time(west))
        return {};
    standard.offset = -west;
    standard.begin = lastTransition;
    if (reader.atEnd())
        return standard;

    Zone::Period daylight;
    RuleReader::Change toDaylight;
    RuleReader::Change toStandard;
    daylight.offset = standard.offset + 3600;
    if (!reader.name(daylight.abbreviation))
        return {};
    if (!RuleReader(reader).take(',') && !reader.atEnd()) {
        if (!reader.time(west))
            return {};
        daylight.offset = -west;
    }
    if (!reader.change(toDaylight) || !reader.change(toStandard))
        return {};

    const std::int64_t year = civilFromUnix(unixSeconds + standard.offset).year;
    const auto moment = [](const RuleReader::Change &change, std::int64_t ofYear, int offsetBefore) {
        return daysFromCivil(ofYear, 1, 1) * Day + secondsIntoYear(change, ofYear) - offsetBefore;
    };
    // The changes around the moment; the two of one year may stand in either order.
    struct Event
    {
        std::int64_t when;
        const Zone::Period *then;
    };
    std::vector<Event> events;
    for (std::int64_t y = year - 1; y <= year + 1; ++y) {
        events.push_back({moment(toDaylight, y, standard.offset), &daylight});
        events.push_back({moment(toStandard, y, daylight.offset), &standard});
    }
    std::sort(events.begin(), events.end(), [](const Event &a, const Event &b) { return a.when < b.when; });
    for (std::size_t i = 0; i + 1 < events.size(); ++i) {
        if (unixSeconds >= events[i].when && unixSeconds < events[i + 1].when) {
            Zone::Period period = *events[i].then;
            period.begin = events[i].when;
            period.end = events[i + 1].when;
            return period;
        }
    }
    return standard;
}

} // namespace pk::tmpl::sprig
