// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "value/value.h"

#include <string_view>

namespace pk::yaml {

/// What go-yaml v2 makes of an unquoted scalar, before JSON makes every number a float64.
struct Resolved
{
    enum class Tag { Null, Bool, Int, Float, Timestamp, String };
    Tag tag = Tag::String;
    Value value; ///< Nil for Null; of a Timestamp and a String nil as well: their text is the value.
};

Resolved resolvePlain(std::string_view text);

/// A number as JSON has it, a float64; everything else as it is.
Value asJsonNumber(Value value);

/// False only for texts that can be nothing but strings, told by their first byte.
bool mayResolve(std::string_view text);

/// True when go-yaml v2 takes the text for a date or a time.
bool isTimestamp(std::string_view text);

/// YAML 1.1's base 60 numbers, which go-yaml reads as strings but quotes when it prints.
bool isBase60(std::string_view text);

} // namespace pk::yaml
