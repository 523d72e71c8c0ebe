// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/unicode.h"

#include <optional>
#include <string>
#include <string_view>

namespace pk {

/// A Go string literal in double quotes, as strconv.Quote; with `asciiOnly` as QuoteToASCII.
std::string goQuote(std::string_view text, bool asciiOnly = false);
/// A Go character literal in single quotes.
std::string goQuoteRune(Rune rune, bool asciiOnly = false);

/// The text of a Go literal in double quotes or backquotes; none when its syntax is wrong.
std::optional<std::string> goUnquote(std::string_view literal);

/// One character or escape of a literal, cut off the front of `text`; false when its syntax is wrong. `isByte` tells
/// that the value is a byte of a string and not a rune ("\xff").
bool goUnquoteRune(std::string_view &text, char quote, Rune &rune, bool &isByte);

} // namespace pk
