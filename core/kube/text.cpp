// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/text.h"

#include <algorithm>
#include <array>

namespace pk::kube {

namespace {

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

} // namespace

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
