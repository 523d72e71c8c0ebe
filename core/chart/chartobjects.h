// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chart/render.h"

// The objects that templates see beside .Values and .Release.
namespace pk::chart {

/// .Capabilities
Value capabilitiesObject(const Capabilities &capabilities, const Levels &levels);

/// .Chart: a map with Go's field names, or at level 3 a struct.
Value chartObject(const ResolvedChart &chart, const Levels &levels);

/// .Files of a chart: a map of paths to bytes.
Value filesMap(const Chart &chart);
/// The methods of .Files and of what its Glob gives.
const tmpl::FunctionTable &filesMethods(bool emptyLinesFail);
/// The methods of .Values of a chart that is not a subchart, of $ and of .Template: AsMap, YAML, Table and PathValue.
const tmpl::FunctionTable &valuesMethods();

/// Glob of github.com/gobwas/glob with '/' as separator; a malformed pattern matches everything.
bool gobwasMatch(std::string_view pattern, std::string_view path);

} // namespace pk::chart
