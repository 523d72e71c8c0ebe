// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pk::tmpl::sprig {

constexpr char32_t InvalidRune = 0xFFFD;

/// One code point of a text. A byte that is not UTF-8 is an InvalidRune of size 1, as Go's utf8 package has it.
struct Rune
{
    char32_t code = InvalidRune;
    std::size_t size = 0; ///< 0 at the end of the text.
};

Rune decodeRune(std::string_view text, std::size_t at = 0);
/// From the end of the text.
Rune decodeLastRune(std::string_view text);
void appendRune(std::string &text, char32_t code);
std::u32string toRunes(std::string_view text);
std::string fromRunes(std::u32string_view runes);

char32_t upperOf(char32_t code);
char32_t lowerOf(char32_t code);
char32_t titleOf(char32_t code);

// Go's unicode.IsX.
bool isSpace(char32_t code);
bool isLetter(char32_t code);
bool isDigit(char32_t code);
bool isNumber(char32_t code);
bool isPunctuation(char32_t code);
bool isUpper(char32_t code);
bool isLower(char32_t code);
bool isTitle(char32_t code);

/// strings.Map: invalid bytes become U+FFFD.
template <class Mapping> std::string mapRunes(std::string_view text, Mapping mapping)
{
    std::string result;
    result.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const Rune rune = decodeRune(text, at);
        appendRune(result, mapping(rune.code));
        at += rune.size;
    }
    return result;
}

/// strings.TrimSpace.
std::string_view trimSpace(std::string_view text);

/// strconv.Quote: what fmt's %q writes.
std::string quoted(std::string_view text);

} // namespace pk::tmpl::sprig
