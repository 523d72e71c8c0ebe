// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chart/render.h"
#include "cli/templateflags.h"

#include <string>

namespace pk::cli {

/// What helm template prints for a rendering: manifest, hooks and CRDs as asked for; or, with an output folder, the
/// lines that tell which files were written.
Result<std::string> printRendered(const chart::Rendered &rendered, const TemplateOptions &options,
    const std::string &releaseName, const chart::Levels &levels);

/// The place of an error with the line and a caret below it; empty when no place is known.
std::string describePlace(const chart::RenderError &error);

} // namespace pk::cli
