// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chart/render.h"

namespace pk::gui {

/// The first line of the manifest, from 1, that was made from the value at `path` or below it; 0: none. What a template
/// includes as a whole was made from all its values in each line: there the first line that holds one of `words` is
/// taken, the best word first.
int lineMadeBy(const chart::Rendered &rendered, const std::string &path, const std::vector<std::string> &words);

/// The value that a line of the manifest, from 1, was made from; empty: from none.
std::string valueOfLine(const chart::Rendered &rendered, int line);

/// The template that wrote a line, with its line there; an empty name when it is not known.
std::pair<std::string, int> templateOfLine(const chart::Rendered &rendered, int line);

} // namespace pk::gui
