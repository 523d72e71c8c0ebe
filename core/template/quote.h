// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "template/unicode.h"

#include <optional>
#include <string>
#include <string_view>

namespace pk::tmpl {

/// A Go string literal in double quotes, as strconv.Quote; with `asciiOnly` as QuoteToASCII.
std::string quoted(std::string_view text, bool asciiOnly = false);
/// A Go character literal in single quotes.
std::string quotedRune(Rune rune, bool asciiOnly = false);

/// The text of a Go literal in double quotes or backquotes; none when its syntax is wrong.
std::optional<std::string> unquoted(std::string_view literal);

/// One character or escape of a literal, cut off the front of `text`; false when its syntax is wrong. `isByte` tells
/// that the value is a byte of a string and not a rune ("\xff").
bool unquoteRune(std::string_view &text, char quote, Rune &rune, bool &isByte);

} // namespace pk::tmpl
