// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

// Paths with slashes, as Go's package path takes them.
namespace pk {

/// path.Base: the last step; "." of an empty path, "/" of slashes alone.
std::string_view pathBase(std::string_view path);

/// path.Clean: the shortest name of the same place.
std::string pathClean(std::string_view path);

} // namespace pk
