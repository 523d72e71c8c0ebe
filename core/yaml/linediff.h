// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "yaml/reader.h"

#include <cstddef>
#include <string_view>
#include <vector>

namespace pk::yaml {

/// One line of a comparison. Numbers are 1-based; 0 means that the line is not in that text.
struct DiffLine
{
    enum class Kind { Equal, Removed, Added };
    Kind kind = Kind::Equal;
    int oldLine = 0;
    int newLine = 0;
    std::string_view text; ///< Without its line end; points into the compared texts.
    /// Of a Removed or Added line with a counterpart: the bytes that differ from it. The whole line when over 60 % do.
    std::vector<Span> changed;
};

/// A run of lines that belong together: changes with up to `context` equal lines around them.
struct Hunk
{
    int oldStart = 0; ///< First line in the old text, 1-based; the line before it when oldCount is 0.
    int oldCount = 0;
    int newStart = 0;
    int newCount = 0;
    std::vector<DiffLine> lines; ///< Removed lines come before the added lines that replace them.
};

/// The difference of two texts by lines, empty when they are equal. Myers' shortest script up to `costLimit` edits in
/// one stretch, after that a stretch counts as replaced, so that time is bounded. The texts must outlive the result.
/// A missing line end of the last line makes no difference; CR before LF does.
std::vector<Hunk> diffLines(std::string_view oldText, std::string_view newText, int context = 3, int costLimit = 2000);

/// The bytes of two lines that differ, by words and separators. Where more than 60 % of the longer line differs, all of
/// both.
void diffWithinLine(
    std::string_view oldLine, std::string_view newLine, std::vector<Span> &oldSpans, std::vector<Span> &newSpans);

} // namespace pk::yaml
