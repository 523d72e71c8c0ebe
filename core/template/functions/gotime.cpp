// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/functions/gotime.h"

#include "base/ascii.h"
#include "template/functions/civil.h"
#include "template/functions/duration.h"

#include <cstdlib>
#include <limits>

namespace pk::tmpl::sprig {

namespace {

struct Written
{
    std::string_view text;
    TimeElement element;
};

// Of those that begin alike the longer ones stand first.
constexpr Written Elements[] = {
    {"January", TimeElement::LongMonth},
    {"Jan", TimeElement::Month},
    {"Monday", TimeElement::LongWeekday},
    {"Mon", TimeElement::Weekday},
    {"MST", TimeElement::ZoneName},
    {"01", TimeElement::ZeroMonth},
    {"02", TimeElement::ZeroDay},
    {"03", TimeElement::ZeroHour12},
    {"04", TimeElement::ZeroMinute},
    {"05", TimeElement::ZeroSecond},
    {"06", TimeElement::Year},
    {"002", TimeElement::ZeroYearDay},
    {"15", TimeElement::Hour},
    {"1", TimeElement::NumMonth},
    {"2006", TimeElement::LongYear},
    {"2", TimeElement::Day},
    {"__2", TimeElement::UnderYearDay},
    {"_2", TimeElement::UnderDay},
    {"3", TimeElement::Hour12},
    {"4", TimeElement::Minute},
    {"5", TimeElement::Second},
    {"PM", TimeElement::UpperPm},
    {"pm", TimeElement::LowerPm},
    {"-070000", TimeElement::NumSecondsZone},
    {"-07:00:00", TimeElement::NumColonSecondsZone},
    {"-0700", TimeElement::NumZone},
    {"-07:00", TimeElement::NumColonZone},
    {"-07", TimeElement::NumShortZone},
    {"Z070000", TimeElement::IsoSecondsZone},
    {"Z07:00:00", TimeElement::IsoColonSecondsZone},
    {"Z0700", TimeElement::IsoZone},
    {"Z07:00", TimeElement::IsoColonZone},
    {"Z07", TimeElement::IsoShortZone},
};

/// ".000" or ",999": digits of a second, if no other digit follows.
std::size_t fractionSize(std::string_view text)
{
    if (text.size() < 2 || (text[0] != '.' && text[0] != ',') || (text[1] != '0' && text[1] != '9'))
        return 0;
    const std::size_t end = std::min(text.find_first_not_of(text[1], 1), text.size());
    return end < text.size() && ascii::isDigit(text[end]) ? 0 : end;
}

void appendNumber(std::string &out, std::int64_t value, std::size_t width, char pad = '0')
{
    if (value < 0)
        out += '-';
    const std::string digits = std::to_string(value < 0 ? -value : value);
    if (digits.size() < width)
        out.append(width - digits.size(), pad);
    out += digits;
}

void appendOffset(std::string &out, int offset, bool colons, int parts)
{
    out += offset < 0 ? '-' : '+';
    const int seconds = std::abs(offset);
    appendNumber(out, seconds / 3600, 2);
    if (parts > 1) {
        out += colons ? ":" : "";
        appendNumber(out, seconds / 60 % 60, 2);
    }
    if (parts > 2) {
        out += colons ? ":" : "";
        appendNumber(out, seconds % 60, 2);
    }
}

void appendZone(std::string &out, TimeElement element, const Zone::Period &period)
{
    using E = TimeElement;
    if (element == E::ZoneName) {
        if (!period.abbreviation.empty())
            out += period.abbreviation;
        else
            appendOffset(out, period.offset, false, 2);
        return;
    }
    const bool iso = element >= E::IsoZone && element <= E::IsoColonSecondsZone;
    if (iso && period.offset == 0) {
        out += 'Z';
        return;
    }
    const bool colons = element == E::IsoColonZone || element == E::IsoColonSecondsZone || element == E::NumColonZone
        || element == E::NumColonSecondsZone;
    const bool seconds = element == E::IsoSecondsZone || element == E::IsoColonSecondsZone
        || element == E::NumSecondsZone || element == E::NumColonSecondsZone;
    const bool shortOne = element == E::IsoShortZone || element == E::NumShortZone;
    appendOffset(out, period.offset, colons, seconds ? 3 : shortOne ? 1 : 2);
}

void appendFraction(std::string &out, std::string_view written, std::int32_t nanoseconds, bool trim)
{
    std::string digits = std::to_string(nanoseconds);
    digits.insert(0, 9 - digits.size(), '0');
    digits.resize(written.size() - 1, '0');
    if (trim)
        digits.erase(digits.find_last_not_of('0') + 1);
    if (!digits.empty())
        out += written[0] + digits;
}

/// All elements that are made of the date and the hour.
void appendCivil(std::string &out, TimeElement element, const Civil &civil)
{
    using E = TimeElement;
    const int hour12 = civil.hour % 12 == 0 ? 12 : civil.hour % 12;
    const std::string_view month = MonthNames[civil.month - 1];
    const std::string_view weekday = WeekdayNames[civil.weekday];
    switch (element) {
    case E::LongMonth:
        out += month;
        break;
    case E::Month:
        out += month.substr(0, 3);
        break;
    case E::LongWeekday:
        out += weekday;
        break;
    case E::Weekday:
        out += weekday.substr(0, 3);
        break;
    case E::NumMonth:
    case E::ZeroMonth:
        appendNumber(out, civil.month, element == E::ZeroMonth ? 2 : 1);
        break;
    case E::Day:
        appendNumber(out, civil.day, 1);
        break;
    case E::UnderDay:
    case E::ZeroDay:
        appendNumber(out, civil.day, 2, element == E::UnderDay ? ' ' : '0');
        break;
    case E::UnderYearDay:
    case E::ZeroYearDay:
        appendNumber(out, civil.yearDay, 3, element == E::UnderYearDay ? ' ' : '0');
        break;
    case E::Hour:
        appendNumber(out, civil.hour, 2);
        break;
    case E::Hour12:
    case E::ZeroHour12:
        appendNumber(out, hour12, element == E::ZeroHour12 ? 2 : 1);
        break;
    case E::Minute:
    case E::ZeroMinute:
        appendNumber(out, civil.minute, element == E::ZeroMinute ? 2 : 1);
        break;
    case E::Second:
    case E::ZeroSecond:
        appendNumber(out, civil.second, element == E::ZeroSecond ? 2 : 1);
        break;
    case E::LongYear:
        appendNumber(out, civil.year, 4);
        break;
    case E::Year:
        appendNumber(out, (civil.year < 0 ? -civil.year : civil.year) % 100, 2);
        break;
    case E::UpperPm:
        out += civil.hour >= 12 ? "PM" : "AM";
        break;
    case E::LowerPm:
        out += civil.hour >= 12 ? "pm" : "am";
        break;
    default:
        break;
    }
}

} // namespace

LayoutPiece nextPiece(std::string_view layout)
{
    for (std::size_t i = 0; i < layout.size(); ++i) {
        const std::string_view here = layout.substr(i);
        if (const std::size_t size = fractionSize(here)) {
            const TimeElement element = here[1] == '0' ? TimeElement::Fraction0 : TimeElement::Fraction9;
            return {layout.substr(0, i), element, here.substr(0, size), here.substr(size)};
        }
        // An underscore before a year is a character; the year is found in the next step.
        if (here.starts_with("_2006"))
            continue;
        for (const Written &written : Elements) {
            if (!here.starts_with(written.text))
                continue;
            const std::string_view rest = here.substr(written.text.size());
            const bool word = written.element == TimeElement::Month || written.element == TimeElement::Weekday;
            // "Janet" holds no month.
            if (word && !rest.empty() && rest[0] >= 'a' && rest[0] <= 'z')
                continue;
            return {layout.substr(0, i), written.element, here.substr(0, written.text.size()), rest};
        }
    }
    return {layout, TimeElement::None, {}, {}};
}

GoTime GoTime::fromWall(WallTime time, std::shared_ptr<const Zone> zone)
{
    const auto sinceEpoch = time.time_since_epoch();
    const auto whole = std::chrono::floor<std::chrono::seconds>(sinceEpoch);
    const auto rest = std::chrono::duration_cast<std::chrono::nanoseconds>(sinceEpoch - whole);
    return {whole.count(), static_cast<std::int32_t>(rest.count()), std::move(zone)};
}

std::string GoTime::format(std::string_view layout) const
{
    const Zone::Period period = zone->at(seconds);
    const Civil civil = civilFromUnix(seconds + period.offset);
    std::string out;
    for (;;) {
        const LayoutPiece piece = nextPiece(layout);
        out += piece.before;
        if (piece.element == TimeElement::None)
            return out;
        if (piece.element >= TimeElement::Fraction0)
            appendFraction(out, piece.text, nanoseconds, piece.element == TimeElement::Fraction9);
        else if (piece.element >= TimeElement::ZoneName)
            appendZone(out, piece.element, period);
        else
            appendCivil(out, piece.element, civil);
        layout = piece.rest;
    }
}

GoTime GoTime::plus(std::int64_t duration) const
{
    GoTime result = *this;
    const std::int64_t sum = nanoseconds + duration % OneSecond;
    result.seconds += duration / OneSecond + (sum < 0 ? -1 : sum >= OneSecond ? 1 : 0);
    result.nanoseconds = static_cast<std::int32_t>((sum + OneSecond) % OneSecond);
    return result;
}

std::int64_t GoTime::since(const GoTime &other) const
{
    std::int64_t whole = 0;
    std::int64_t result = 0;
    if (!__builtin_sub_overflow(seconds, other.seconds, &whole) && !__builtin_mul_overflow(whole, OneSecond, &result)
        && !__builtin_add_overflow(result, std::int64_t(nanoseconds) - other.nanoseconds, &result))
        return result;
    return seconds < other.seconds ? std::numeric_limits<std::int64_t>::min()
                                   : std::numeric_limits<std::int64_t>::max();
}

} // namespace pk::tmpl::sprig
