// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <string>
#include <string_view>

// What versions and constraints share. Private to semver.cpp and constraint.cpp.
namespace pk::tmpl::sprig {

Error semverError(std::string message);
/// Letters, digits and dashes of ASCII.
bool identifierBytes(std::string_view text);
/// -1, 0, 1; an empty one is that of a release and comes last.
int comparePrereleases(std::string_view a, std::string_view b);

} // namespace pk::tmpl::sprig
