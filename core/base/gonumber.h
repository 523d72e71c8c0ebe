// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace pk {

/// How reading a number ended.
enum class Parsed : std::uint8_t {
    Ok,
    Syntax, ///< The text is no number; the result is 0.
    Range, ///< It has no place in the type; the result is the nearest number that has.
};

/// strconv.ParseUint(text, base, 64): no sign. Base 0 takes the base from a prefix (0x, 0b, 0o or 0) and allows
/// underscores between digits.
Parsed parseUint(std::string_view text, int base, std::uint64_t &number);

/// strconv.ParseInt(text, base, 64).
Parsed parseInt(std::string_view text, int base, std::int64_t &number);

/// strconv.ParseFloat(text, 64): decimal or hexadecimal, "inf" and "nan" in any case. What is too small is 0, without
/// an error.
Parsed parseFloat(std::string_view text, double &number);

} // namespace pk
