// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/quote.h"
#include "base/unicode.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// Small pieces of Go's standard library whose results Helm shows, for this module.
namespace pk::chart {

/// fmt's %q of a []rune: ['a' 'b'].
std::string goQuoteRunes(std::string_view text);

/// strconv.ParseInt(text, 10, 64).
std::optional<std::int64_t> parseGoInt(std::string_view text);

/// strconv.Atoi with its error text; the result fits an int.
bool goAtoi(std::string_view text, int &number, std::string &error);

/// Offset behind the first JSON value of `text` (its leading white space included); the whole when it does not end.
std::size_t jsonLength(std::string_view text);

/// filepath.Match. False as well when the pattern is malformed; `bad` tells.
bool globMatch(std::string_view pattern, std::string_view name, bool *bad = nullptr);

/// `key=value` of a log line, quoted where slog does.
std::string logPair(std::string_view key, std::string_view value);

/// Text with every occurrence of `what` removed.
std::string without(std::string text, std::string_view what);

} // namespace pk::chart
