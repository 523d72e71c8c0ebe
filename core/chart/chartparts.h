// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chart/chart.h"

// What the files of this module that load charts share.
namespace pk::chart {

/// Adds the declared dependencies of `tree` (Chart.yaml or requirements.yaml) to `out`.
Result<void> readDependencies(const Value &tree, Metadata &out);

/// Blanks for white space and nothing for what cannot be printed, in every text of Chart.yaml, as Helm does on loading.
void sanitize(Metadata &metadata);

/// The files of a .tgz without its top folder; limits and paths checked.
Result<std::vector<ChartFile>> unpackArchive(std::string_view bytes, const Levels &levels);

/// yaml::toMap for a Go struct: its name stands in the error about a text that is no map.
Result<Value> toStruct(std::string_view text, std::string_view type);

/// Takes a byte order mark off.
void trimMark(std::string &text);

inline constexpr std::size_t maxFileSize = 5U << 20U;
inline constexpr std::size_t maxChartSize = 100U << 20U;

} // namespace pk::chart
