// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chart/render.h"

#include <functional>

namespace pk::gui {

/// The first line of the manifest, from 1, that was made from the value at `path` or below it; 0: none. What a template
/// includes as a whole was made from all its values in each line: there the first line that holds one of `words` is
/// taken, the best word first.
int lineMadeBy(const chart::Rendered &rendered, const std::string &path, const std::vector<std::string> &words);

/// The values that it was made from, the one that says most first, each once. What a template includes as a whole was
/// made from all its values in each line: there those stand alone whose text (told by `wordsOf`; empty: it has none) or
/// whose name stands in the line.
std::vector<std::string> valuesOfLine(
    const chart::Rendered &rendered, int line, const std::function<std::string(const std::string &path)> &wordsOf);

/// The template that wrote a line, with its line there; an empty name when it is not known.
std::pair<std::string, int> templateOfLine(const chart::Rendered &rendered, int line);

} // namespace pk::gui
