// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace pk::tmpl {

/// A Unicode code point, as Go's rune.
using Rune = std::int32_t;
constexpr Rune runeError = 0xFFFD; ///< What invalid UTF-8 decodes to.
constexpr Rune maxRune = 0x10FFFF;

bool isLetter(Rune rune); ///< unicode.IsLetter
bool isDigit(Rune rune); ///< unicode.IsDigit
bool isPrintable(Rune rune); ///< strconv.IsPrint

struct Decoded
{
    Rune rune;
    int width; ///< Bytes; 1 for an invalid byte, 0 at the end of the text.
};

/// The first rune of a text, as utf8.DecodeRuneInString.
Decoded decodeRune(std::string_view text);
/// Appends UTF-8; what is no code point becomes U+FFFD.
void appendRune(std::string &text, Rune rune);
/// Runes in a text, each invalid byte counting as one.
std::size_t countRunes(std::string_view text);

} // namespace pk::tmpl
