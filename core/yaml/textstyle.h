// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "value/value.h"
#include "yaml/reader.h"

#include <string>
#include <string_view>

namespace pk::yaml {

/// How a person's file is written, so that what we add looks like the rest.
struct TextStyle
{
    int step = 2; ///< Indentation of a map in a map.
    bool indentedLists = true; ///< Lists stand deeper than their key.
    std::string lineEnd = "\n";
};

TextStyle styleOf(std::string_view text, const Node &root);

/// A scalar or an empty collection on one line. `like`: quotes to keep when they fit. In a flow collection more texts
/// need quotes.
std::string renderInline(const Value &value, Style like, bool inFlow);

/// Any value on one line: `{a: 1, b: [x]}`.
std::string renderFlow(const Value &value);

/// A collection that is not empty, in block style with its entries at `column`; the first line without indentation, the
/// last without line end.
std::string renderBlock(const Value &value, int column, const TextStyle &style);

/// What stands behind `key:` in a map at `column`: " 5", " |-" with lines, or an indented block.
std::string renderAfterColon(const Value &value, Style like, int column, const TextStyle &style);

/// What stands behind a dash at `column`.
std::string renderAfterDash(const Value &value, int column, const TextStyle &style);

/// A key, quoted when it would be read as something else.
std::string renderKey(std::string_view key, bool inFlow);

/// True of a list or a map with something in it.
bool isFilled(const Value &value);

} // namespace pk::yaml
