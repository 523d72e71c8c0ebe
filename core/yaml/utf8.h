// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace pk::yaml {

/// One code point read from UTF-8.
struct Rune
{
    char32_t code = 0xFFFD; ///< U+FFFD when the bytes are none.
    std::size_t width = 1; ///< Bytes; 1 for an invalid one, as in Go.
    bool valid = false;
};

/// The code point at `offset`, which lies inside of `text`; as Go's utf8.DecodeRuneInString.
Rune decodeRune(std::string_view text, std::size_t offset);

void appendRune(std::string &out, char32_t code);

bool isValidUtf8(std::string_view text);

/// Go's strconv.Quote, for %#v and %q in error texts.
std::string goQuote(std::string_view text);

} // namespace pk::yaml
