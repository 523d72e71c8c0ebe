// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace pk {

/// A Unicode code point, as Go's rune.
using Rune = std::int32_t;
constexpr Rune runeError = 0xFFFD; ///< What invalid UTF-8 decodes to.
constexpr Rune maxRune = 0x10FFFF;

bool isLetter(Rune rune); ///< unicode.IsLetter
bool isDigit(Rune rune); ///< unicode.IsDigit
bool isSpace(Rune rune); ///< unicode.IsSpace
bool isPrintable(Rune rune); ///< strconv.IsPrint

inline constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";

/// True of the bytes of a character behind its first one.
constexpr bool isContinuation(char byte)
{
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80;
}

/// One rune of a text.
struct Decoded
{
    Rune code = runeError;
    std::size_t width = 0; ///< Bytes; 1 for an invalid byte, 0 at the end of the text.

    bool isValid() const { return code != runeError || width == 3; }
};

/// The rune at `at`, as utf8.DecodeRuneInString.
Decoded decodeRune(std::string_view text, std::size_t at = 0);
/// The last rune, as utf8.DecodeLastRuneInString.
Decoded decodeLastRune(std::string_view text);
/// Appends UTF-8; what is no code point becomes U+FFFD.
void appendRune(std::string &text, Rune rune);
/// Runes in a text, each invalid byte counting as one.
std::size_t countRunes(std::string_view text);
bool isValidUtf8(std::string_view text);
/// strings.TrimSpace.
std::string_view trimSpace(std::string_view text);
/// Its first half.
std::string_view trimLeftSpace(std::string_view text);

} // namespace pk
