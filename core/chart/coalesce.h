// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chart/values.h"

namespace pk::chart {

using Warnings = std::vector<std::string> *;

/// Helm has two ways to lay values over defaults: Coalesce lets a null remove a default, Merge keeps every null.
enum class Nulls { Remove, Keep };

/// Lays `user` (copied first) over the defaults of a chart and its subcharts.
Result<Value> layerValues(
    const ResolvedChart &chart, const Value &user, Nulls nulls, const Levels &levels, Warnings warnings);

/// `above` over `below`, both maps and both changed, with Helm's rules for nulls. The result is `above`.
void layerTables(
    Map &above, Map &below, const std::string &prefix, Nulls nulls, const Levels &levels, Warnings warnings);

} // namespace pk::chart
