// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/unicode.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace pk::tmpl::sprig {

std::u32string toRunes(std::string_view text);
std::string fromRunes(std::u32string_view runes);

char32_t upperOf(char32_t code);
char32_t lowerOf(char32_t code);
char32_t titleOf(char32_t code);

// Go's unicode.IsX.
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
        const Decoded rune = decodeRune(text, at);
        appendRune(result, static_cast<Rune>(mapping(static_cast<char32_t>(rune.code))));
        at += rune.width;
    }
    return result;
}

} // namespace pk::tmpl::sprig
