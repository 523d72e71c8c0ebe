// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chart/render.h"
#include "document/secretwords.h"
#include "document/valuesdocument.h"

#include <string>
#include <vector>

namespace pk::document {

/// Everything that can be said of a values text and a chart.
struct Inspection
{
    chart::Rendered rendered;
    /// Of YAML, the schema, the rendering and the rules; errors first. Without places in the text where only a path is
    /// known: place().
    std::vector<Problem> problems;
    Value user; ///< The person's values as a tree; nil when the text cannot be read.
    /// Of the text, and of the Secrets that `lookup` found: what must not be read where it was rendered to.
    SecretWords secrets;
};

/// Renders `renderer`'s chart with the values of `text` laid on `request.values` and looks at all of it: what the
/// window and the command line tell of a values file. Goes on although the schema objects. Problems, warnings and
/// errors quote none of `secrets`.
Inspection inspectValues(const std::string &text, chart::Renderer &renderer, chart::RenderRequest request);

/// A problem for each value that is the mark of a secret that a draft left out.
std::vector<Problem> findHiddenMarks(const Value &tree);

/// Gives a problem that knows only its path its place in the text, where the text says something about it.
void place(Problem &problem, const ValuesDocument &document);

} // namespace pk::document
