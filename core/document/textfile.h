// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>

namespace pk::document {

/// What a file held and how it was when it was read, so that a change by somebody else is noticed.
struct TextFile
{
    std::string path;
    std::string text; ///< Byte for byte.
    std::uint64_t stamp = 0; ///< Of size and modification time; 0: the file is not there yet.
};

/// Files up to 32 MiB.
Result<TextFile> readTextFile(const std::string &path);

/// Writes all or nothing: a temporary file beside it, synced, then renamed over it. Keeps the mode of a file that is
/// there; a new one gets `mode`. Conflict when the file is not as `known.stamp` says (somebody changed it), unless
/// `overwrite`. Returns the new state.
Result<TextFile> writeTextFile(const TextFile &known, std::string text, bool overwrite = false, unsigned mode = 0644);

} // namespace pk::document
