// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>

namespace pk {

/// A place in a UTF-8 text: the bytes from `begin` up to, not including, `end`, and line and column of `begin`.
struct SourceSpan
{
    std::string file = {}; ///< As the person knows it; empty when there is only one text.
    std::size_t begin = 0; ///< Byte offset.
    std::size_t end = 0; ///< Byte offset behind the last byte.
    int line = 0; ///< 1-based; 0 means that no place is known.
    int column = 0; ///< 0-based, in bytes.

    bool isKnown() const { return line > 0; }
    bool operator==(const SourceSpan &) const = default;
};

} // namespace pk
