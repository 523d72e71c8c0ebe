// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace pk::cli {

/// `poolkeeper template`: the exit code. Writes to standard output and standard error.
int runTemplate(const std::vector<std::string> &arguments);

} // namespace pk::cli
