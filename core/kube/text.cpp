// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/text.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <cstdio>

namespace pk::kube {

namespace {

/// "3m20s": the larger unit, and the smaller one where it is not 0.
std::string two(std::int64_t large, char largeUnit, std::int64_t small, char smallUnit)
{
    std::string text = std::to_string(large) + largeUnit;
    return small == 0 ? text : text + std::to_string(small) + smallUnit;
}

struct CodePoint
{
    char32_t value; ///< 0xFFFD for bytes that are not UTF-8.
    std::size_t length;
};

CodePoint codePointAt(std::string_view text, std::size_t at)
{
    const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
    const unsigned first = byte(at);
    if (first < 0x80)
        return {first, 1};
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    char32_t value = first & (0xFFu >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(at + i) & 0xC0) != 0x80)
            return {0xFFFD, 1};
        value = value << 6 | (byte(at + i) & 0x3F);
    }
    constexpr std::array<char32_t, 5> least = {0, 0, 0x80, 0x800, 0x10000};
    const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
    if (first < 0xC2 || first > 0xF4 || value < least[length] || value > 0x10FFFF || surrogate)
        return {0xFFFD, 1};
    return {value, length};
}

/// Changes the direction of what follows, or is invisible: a name could pass for another one.
bool isTreacherous(char32_t c)
{
    return (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069) || c == 0x061C
        || c == 0xFEFF || c == 0x2028 || c == 0x2029 || (c >= 0xE0000 && c <= 0xE007F);
}

/// Bytes of the terminal escape that begins at `at`.
std::size_t escapeLength(std::string_view text, std::size_t at)
{
    if (at + 1 >= text.size())
        return 1;
    std::size_t end = at + 2;
    if (text[at + 1] == '[') { // ESC [ parameters, up to a final byte
        while (end < text.size() && (text[end] < 0x40 || text[end] > 0x7E))
            ++end;
        return std::min(end + 1, text.size()) - at;
    }
    if (text[at + 1] == ']') { // ESC ] text, up to BEL or ESC backslash
        while (end < text.size() && text[end] != '\a' && text[end] != '\x1b' && text[end] != '\n')
            ++end;
        if (end < text.size() && text[end] == '\a')
            ++end;
        else if (end + 1 < text.size() && text[end] == '\x1b' && text[end + 1] == '\\')
            end += 2;
        return end - at;
    }
    return 2;
}

std::optional<int> number(std::string_view text, std::size_t at, std::size_t count)
{
    int value = 0;
    if (at + count > text.size() || text[at] == '-' || text[at] == '+')
        return std::nullopt;
    const auto [end, error] = std::from_chars(text.data() + at, text.data() + at + count, value);
    return error == std::errc{} && end == text.data() + at + count ? std::optional(value) : std::nullopt;
}

/// "Z", "+02:00", "-0530" is not allowed.
std::optional<std::chrono::minutes> parseOffset(std::string_view text)
{
    if (text == "Z" || text == "z")
        return std::chrono::minutes(0);
    if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':')
        return std::nullopt;
    const auto hours = number(text, 1, 2), minutes = number(text, 4, 2);
    if (!hours || !minutes || *hours > 23 || *minutes > 59)
        return std::nullopt;
    return std::chrono::minutes((text[0] == '-' ? -1 : 1) * (*hours * 60 + *minutes));
}

} // namespace

std::string humanDuration(std::chrono::seconds duration)
{
    const std::int64_t s = duration.count();
    if (s < -1)
        return "<invalid>";
    if (s < 0)
        return "0s";
    const std::int64_t m = s / 60, h = s / 3600, d = h / 24, y = d / 365;
    if (s < 120)
        return std::to_string(s) + "s";
    if (m < 10)
        return two(m, 'm', s % 60, 's');
    if (m < 180)
        return std::to_string(m) + "m";
    if (h < 8)
        return two(h, 'h', m % 60, 'm');
    if (h < 48)
        return std::to_string(h) + "h";
    if (d < 8)
        return two(d, 'd', h % 24, 'h');
    if (y < 2)
        return std::to_string(d) + "d";
    if (y < 8)
        return two(y, 'y', d % 365, 'd');
    return std::to_string(y) + "y";
}

std::optional<WallTime> parseTime(std::string_view text)
{
    using namespace std::chrono;
    if (text.size() < 20 || text[4] != '-' || text[7] != '-' || (text[10] != 'T' && text[10] != 't') || text[13] != ':'
        || text[16] != ':')
        return std::nullopt;
    const auto y = number(text, 0, 4), mo = number(text, 5, 2), d = number(text, 8, 2), h = number(text, 11, 2),
               mi = number(text, 14, 2), s = number(text, 17, 2);
    if (!y || !mo || !d || !h || !mi || !s || *h > 23 || *mi > 59 || *s > 60)
        return std::nullopt;
    const year_month_day date{year(*y), month(unsigned(*mo)), day(unsigned(*d))};
    std::size_t at = 19;
    std::int64_t nanos = 0;
    if (text[at] == '.') {
        const std::size_t begin = ++at;
        for (std::int64_t unit = 100'000'000; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, unit /= 10)
            nanos += (text[at] - '0') * unit;
        if (at == begin)
            return std::nullopt;
    }
    const auto offset = parseOffset(text.substr(at));
    if (!offset || !date.ok())
        return std::nullopt;
    return time_point_cast<WallTime::duration>(
        sys_days(date) + hours(*h) + minutes(*mi) + seconds(*s) + nanoseconds(nanos) - *offset);
}

std::string formatTime(WallTime time)
{
    using namespace std::chrono;
    const auto days = floor<std::chrono::days>(time);
    const year_month_day date(days);
    const hh_mm_ss clock(floor<seconds>(time - days));
    char text[40];
    std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02dZ", int(date.year()), unsigned(date.month()),
        unsigned(date.day()), int(clock.hours().count()), int(clock.minutes().count()), int(clock.seconds().count()));
    return text;
}

std::string cleanText(std::string_view text, std::size_t maxBytes)
{
    std::string clean;
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] == '\x1b') {
            at += escapeLength(text, at);
            continue;
        }
        const auto [c, length] = codePointAt(text, at);
        const bool control = (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c <= 0x9F);
        const std::string_view kept = control || isTreacherous(c) ? std::string_view()
            : c == 0xFFFD                                         ? std::string_view("\xEF\xBF\xBD")
                                                                  : text.substr(at, length);
        if (clean.size() + kept.size() > maxBytes)
            return clean + "\xE2\x80\xA6";
        clean += kept;
        at += length;
    }
    return clean;
}

} // namespace pk::kube
