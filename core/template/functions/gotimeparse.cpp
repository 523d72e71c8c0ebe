// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/ascii.h"
#include "base/encoding.h"
#include "template/functions/civil.h"
#include "template/functions/gotime.h"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <span>

namespace pk::tmpl::sprig {

namespace {

using E = TimeElement;

bool isDigit(std::string_view text, std::size_t at)
{
    return at < text.size() && ascii::isDigit(text[at]);
}

/// package time's own quoting: bytes outside of ASCII are written in hexadecimal.
std::string timeQuoted(std::string_view text)
{
    std::string result = "\"";
    for (char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x80 || byte < ' ') {
            result += "\\x";
            appendHex(result, byte);
            continue;
        }
        if (c == '"' || c == '\\')
            result += '\\';
        result += c;
    }
    return result + '"';
}

/// Reads one text by one layout, element for element.
class TimeReader
{
public:
    TimeReader(std::string_view layout, std::string_view text, const std::shared_ptr<const Zone> &zone) :
        m_layout(layout), m_text(text), m_rest(text), m_zone(zone)
    {
    }

    Result<GoTime> read()
    {
        std::string_view layout = m_layout;
        for (;;) {
            const LayoutPiece piece = nextPiece(layout);
            if (!skip(piece.before))
                return cannotParse(piece.before, m_rest);
            if (piece.element == E::None) {
                if (!m_rest.empty())
                    return complaint(": extra text: " + timeQuoted(m_rest));
                break;
            }
            layout = piece.rest;
            m_layoutRest = layout;
            const std::string_view hold = m_rest;
            m_outOfRange = {};
            const bool valid = piece.element >= E::ZoneName ? readZoneOrFraction(piece) : readCivil(piece.element);
            if (!m_outOfRange.empty())
                return complaint(": " + std::string(m_outOfRange) + " out of range");
            if (!valid)
                return cannotParse(piece.text, hold);
        }
        return assembled();
    }

private:
    Error cannotParse(std::string_view element, std::string_view value) const
    {
        return {Error::Code::InvalidInput,
            "parsing time " + timeQuoted(m_text) + " as " + timeQuoted(m_layout) + ": cannot parse " + timeQuoted(value)
                + " as " + timeQuoted(element)};
    }

    Error complaint(const std::string &what) const
    {
        return {Error::Code::InvalidInput, "parsing time " + timeQuoted(m_text) + what};
    }

    /// A blank in the layout matches any number of blanks, also none.
    bool skip(std::string_view prefix)
    {
        while (!prefix.empty()) {
            if (prefix[0] == ' ') {
                if (!m_rest.empty() && m_rest[0] != ' ')
                    return false;
                prefix.remove_prefix(std::min(prefix.find_first_not_of(' '), prefix.size()));
                m_rest.remove_prefix(std::min(m_rest.find_first_not_of(' '), m_rest.size()));
                continue;
            }
            if (m_rest.empty() || m_rest[0] != prefix[0])
                return false;
            prefix.remove_prefix(1);
            m_rest.remove_prefix(1);
        }
        return true;
    }

    /// One or two digits; two when `fixed`.
    bool number(bool fixed, int &value)
    {
        if (!isDigit(m_rest, 0) || (fixed && !isDigit(m_rest, 1)))
            return false;
        const std::size_t size = isDigit(m_rest, 1) ? 2 : 1;
        return digits(size, value);
    }

    bool digits(std::size_t size, int &value)
    {
        if (m_rest.size() < size)
            return false;
        value = 0;
        for (std::size_t i = 0; i < size; ++i) {
            if (!isDigit(m_rest, i))
                return false;
            value = value * 10 + (m_rest[i] - '0');
        }
        m_rest.remove_prefix(size);
        return true;
    }

    bool name(std::span<const std::string_view> names, bool whole, int &index)
    {
        for (std::size_t i = 0; i < names.size(); ++i) {
            const std::string_view wanted = whole ? names[i] : names[i].substr(0, 3);
            const std::string_view found = m_rest.substr(0, wanted.size());
            if (ascii::equalFold(found, wanted)) {
                m_rest.remove_prefix(wanted.size());
                index = static_cast<int>(i);
                return true;
            }
        }
        return false;
    }

    /// A number between `least` and `most`; outside of them the text is wrong in another way than without digits.
    bool numberIn(bool fixed, int least, int most, std::string_view what, int &value)
    {
        if (!number(fixed, value))
            return false;
        if (value < least || value > most)
            m_outOfRange = what;
        return true;
    }

    bool readCivil(TimeElement element)
    {
        int value = 0;
        switch (element) {
        case E::Year:
            if (!digits(2, value))
                return false;
            m_civil.year = value >= 69 ? value + 1900 : value + 2000;
            return true;
        case E::LongYear:
            if (!digits(4, value))
                return false;
            m_civil.year = value;
            return true;
        case E::Month:
        case E::LongMonth:
            if (!name(MonthNames, element == E::LongMonth, value))
                return false;
            m_month = value + 1;
            return true;
        case E::NumMonth:
        case E::ZeroMonth:
            return numberIn(element == E::ZeroMonth, 1, 12, "month", m_month);
        case E::Weekday:
        case E::LongWeekday:
            return name(WeekdayNames, element == E::LongWeekday, value);
        case E::Day:
        case E::UnderDay:
        case E::ZeroDay:
            if (element == E::UnderDay && m_rest.starts_with(' '))
                m_rest.remove_prefix(1);
            return number(element == E::ZeroDay, m_day);
        case E::UnderYearDay:
        case E::ZeroYearDay:
            for (int i = 0; i < 2 && element == E::UnderYearDay && m_rest.starts_with(' '); ++i)
                m_rest.remove_prefix(1);
            return readYearDay(element == E::ZeroYearDay);
        default:
            return readClock(element);
        }
    }

    bool readYearDay(bool fixed)
    {
        std::size_t size = 0;
        while (size < 3 && isDigit(m_rest, size))
            ++size;
        return size > 0 && (!fixed || size == 3) && digits(size, m_yearDay);
    }

    bool readClock(TimeElement element)
    {
        switch (element) {
        case E::Hour:
            return numberIn(false, 0, 23, "hour", m_civil.hour);
        case E::Hour12:
        case E::ZeroHour12:
            return numberIn(element == E::ZeroHour12, 0, 12, "hour", m_civil.hour);
        case E::Minute:
        case E::ZeroMinute:
            return numberIn(element == E::ZeroMinute, 0, 59, "minute", m_civil.minute);
        case E::Second:
        case E::ZeroSecond:
            if (!numberIn(element == E::ZeroSecond, 0, 59, "second", m_civil.second))
                return false;
            return m_civil.second >= 60 || readUnaskedFraction();
        case E::UpperPm:
        case E::LowerPm: {
            const std::string_view found = m_rest.substr(0, 2);
            m_pm = found == (element == E::UpperPm ? "PM" : "pm");
            m_am = found == (element == E::UpperPm ? "AM" : "am");
            if (!m_pm && !m_am)
                return false;
            m_rest.remove_prefix(2);
            return true;
        }
        default:
            return false;
        }
    }

    /// A fraction may follow the seconds even if the layout has none.
    bool readUnaskedFraction()
    {
        if (m_rest.size() < 2 || (m_rest[0] != '.' && m_rest[0] != ',') || !isDigit(m_rest, 1))
            return true;
        if (nextPiece(m_layoutRest).element >= E::Fraction0)
            return true;
        return readFraction(std::min(m_rest.find_first_not_of("0123456789", 1), m_rest.size()));
    }

    bool readFraction(std::size_t size)
    {
        m_nanoseconds = 0;
        for (std::size_t i = 1; i < 10; ++i) {
            if (i < size && !isDigit(m_rest, i))
                return false;
            m_nanoseconds = m_nanoseconds * 10 + (i < size ? m_rest[i] - '0' : 0);
        }
        m_rest.remove_prefix(size);
        return true;
    }

    bool readZoneOrFraction(const LayoutPiece &piece)
    {
        if (piece.element == E::Fraction0) {
            const std::size_t size = piece.text.size();
            const bool point = m_rest.starts_with('.') || m_rest.starts_with(',');
            return point && m_rest.size() >= size && readFraction(size);
        }
        if (piece.element == E::Fraction9) {
            // As the fraction of seconds may be missing, so may this one.
            if (m_rest.size() < 2 || (m_rest[0] != '.' && m_rest[0] != ',') || !isDigit(m_rest, 1))
                return true;
            return readFraction(std::min(m_rest.find_first_not_of("0123456789", 1), m_rest.size()));
        }
        if (piece.element == E::ZoneName)
            return readZoneName();
        if (piece.text[0] == 'Z' && m_rest.starts_with('Z')) {
            m_rest.remove_prefix(1);
            m_utc = true;
            return true;
        }
        return readOffset(piece.text.substr(1));
    }

    /// A sign, and digits and colons as in the layout ("07:00").
    bool readOffset(std::string_view shape)
    {
        if (m_rest.empty() || (m_rest[0] != '+' && m_rest[0] != '-'))
            return false;
        const int sign = m_rest[0] == '-' ? -1 : 1;
        m_rest.remove_prefix(1);
        int parts[3] = {0, 0, 0};
        for (int i = 0; !shape.empty(); ++i) {
            if (shape[0] == ':') {
                if (!m_rest.starts_with(':'))
                    return false;
                m_rest.remove_prefix(1);
                shape.remove_prefix(1);
            }
            if (!digits(2, parts[i]))
                return false;
            shape.remove_prefix(2);
        }
        if (parts[0] > 24)
            m_outOfRange = "time zone offset hour";
        else if (parts[1] > 60)
            m_outOfRange = "time zone offset minute";
        else if (parts[2] > 60)
            m_outOfRange = "time zone offset second";
        m_offset = sign * (parts[0] * 3600 + parts[1] * 60 + parts[2]);
        return true;
    }

    /// Three to five capitals, or GMT with an offset; UTC is itself.
    bool readZoneName()
    {
        if (m_rest.starts_with("UTC")) {
            m_rest.remove_prefix(3);
            m_utc = true;
            return true;
        }
        std::size_t size = 0;
        if (m_rest.size() >= 3 && (m_rest.starts_with("+") || m_rest.starts_with("-"))) {
            size = signedHours(m_rest);
        } else if (m_rest.starts_with("GMT")) {
            size = 3 + signedHours(m_rest.substr(3));
        } else if (m_rest.starts_with("ChST") || m_rest.starts_with("MeST")) {
            size = 4;
        } else {
            while (size < 6 && size < m_rest.size() && m_rest[size] >= 'A' && m_rest[size] <= 'Z')
                ++size;
            const std::string_view found = m_rest.substr(0, size);
            const bool known =
                size == 3 || (size == 4 && (found[3] == 'T' || found == "WITA")) || (size == 5 && found[4] == 'T');
            if (!known)
                return false;
        }
        if (size == 0)
            return false;
        m_zoneName = m_rest.substr(0, size);
        m_rest.remove_prefix(size);
        return true;
    }

    static std::size_t signedHours(std::string_view text)
    {
        if (text.empty() || (text[0] != '+' && text[0] != '-') || !isDigit(text, 1))
            return 0;
        const std::size_t end = std::min(text.find_first_not_of("0123456789", 1), text.size());
        int hours = 0;
        for (std::size_t i = 1; i < end && hours < 100; ++i)
            hours = hours * 10 + (text[i] - '0');
        return hours >= 24 ? 0 : end;
    }

    Result<GoTime> assembled()
    {
        if (m_pm && m_civil.hour < 12)
            m_civil.hour += 12;
        else if (m_am && m_civil.hour == 12)
            m_civil.hour = 0;
        if (m_yearDay >= 0 && !applyYearDay())
            return complaint(": " + std::string(m_outOfRange));
        m_civil.month = m_month < 0 ? 1 : m_month;
        m_civil.day = m_day < 0 ? 1 : m_day;
        if (m_civil.day < 1 || m_civil.day > daysInMonth(m_civil.year, m_civil.month))
            return complaint(": day out of range");
        const std::int64_t wall = unixFromCivil(m_civil);
        const auto made = [this](std::int64_t seconds, std::shared_ptr<const Zone> zone) {
            return GoTime{seconds, m_nanoseconds, std::move(zone)};
        };
        if (m_utc)
            return made(wall, Zone::utc());
        if (m_offset) {
            const std::int64_t moment = wall - *m_offset;
            const Zone::Period period = m_zone->at(moment);
            const bool local = period.offset == *m_offset && (m_zoneName.empty() || m_zoneName == period.abbreviation);
            return made(moment, local ? m_zone : Zone::fixed(m_zoneName, *m_offset));
        }
        if (!m_zoneName.empty()) {
            if (const std::optional<int> offset = m_zone->offsetOf(m_zoneName, wall))
                return made(wall - *offset, m_zone);
            int hours = 0;
            if (m_zoneName.size() > 3 && m_zoneName.starts_with("GMT"))
                hours = std::atoi(m_zoneName.c_str() + 3);
            // Go takes the clock for one in UTC here, whatever the offset.
            return made(wall, Zone::fixed(m_zoneName, hours * 3600));
        }
        return made(m_zone->toUnix(wall), m_zone);
    }

    bool applyYearDay()
    {
        const int length = isLeapYear(m_civil.year) ? 366 : 365;
        m_outOfRange = "day-of-year out of range";
        if (m_yearDay < 1 || m_yearDay > length)
            return false;
        const Civil date = civilFromUnix((daysFromCivil(m_civil.year, 1, 1) + m_yearDay - 1) * 86400);
        m_outOfRange = m_month >= 0 && m_month != date.month ? "day-of-year does not match month"
                                                             : "day-of-year does not match day";
        if ((m_month >= 0 && m_month != date.month) || (m_day >= 0 && m_day != date.day))
            return false;
        m_month = date.month;
        m_day = date.day;
        return true;
    }

    std::string_view m_layout;
    std::string_view m_layoutRest;
    std::string_view m_text;
    std::string_view m_rest;
    const std::shared_ptr<const Zone> &m_zone;

    Civil m_civil = {.year = 0};
    int m_month = -1;
    int m_day = -1;
    int m_yearDay = -1;
    bool m_am = false;
    bool m_pm = false;
    bool m_utc = false;
    std::optional<int> m_offset;
    std::string m_zoneName;
    std::int32_t m_nanoseconds = 0;
    std::string_view m_outOfRange;
};

} // namespace

Result<GoTime> GoTime::parse(std::string_view layout, std::string_view text, const std::shared_ptr<const Zone> &zone)
{
    return TimeReader(layout, text, zone).read();
}

} // namespace pk::tmpl::sprig
