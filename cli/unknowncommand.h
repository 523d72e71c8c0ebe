// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace pk::cli {

/// What to say of a first argument that is no command: helm's two lines, and of a file what can be done with it.
std::string unknownCommand(const std::string &name);

} // namespace pk::cli
