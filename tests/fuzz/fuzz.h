// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "value/value.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pk::fuzz {

/// The bytes of one execution.
inline std::string_view textOf(const std::uint8_t *data, std::size_t size)
{
    return {reinterpret_cast<const char *>(data), size};
}

/// Cuts `text` at its first `count` - 1 bytes 0xFF, which no UTF-8 has; missing parts are empty. So one input can be a
/// schema and a value, and a seed is written by putting them one behind the other.
std::vector<std::string_view> parts(std::string_view text, std::size_t count);

/// Takes the first byte off as a number below `limit`, 0 of an empty text: what chooses between ways to go on.
std::size_t takeChoice(std::string_view &text, std::size_t limit);

/// Ends the process, which the fuzzer counts as a find, after saying `what` does not hold and the texts it is about.
[[noreturn]] void broken(std::string_view what, std::string_view first = {}, std::string_view second = {});

/// broken() unless `condition`.
inline void holds(bool condition, std::string_view what, std::string_view first = {}, std::string_view second = {})
{
    if (!condition)
        broken(what, first, second);
}

/// A tree as one line of JSON, for broken().
std::string show(const Value &value);

/// Number of values in a tree, counted up to `limit`: aliases make large trees of small texts.
std::size_t sizeOf(const Value &value, std::size_t limit);

} // namespace pk::fuzz
