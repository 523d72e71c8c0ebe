// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/templatecommand.h"

#include <string>
#include <vector>

namespace pk::cli {

/// `poolkeeper lint`: what the window says of values files, each by itself. 0: no errors; 1: errors; 2: nothing could
/// be said (a wrong flag, a file or chart that cannot be read). Or needsOtherProgram, as runTemplate().
int runLint(const std::vector<std::string> &arguments, Streams &streams);

/// `poolkeeper diff`: what an upgrade from one values file to another would do. 0: nothing; 1: something; 2: nothing
/// could be said, because of a flag, a file, the chart, or values that do not render.
int runDiff(const std::vector<std::string> &arguments, Streams &streams);

} // namespace pk::cli
