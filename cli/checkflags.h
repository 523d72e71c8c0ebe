// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "chart/render.h"
#include "cli/chartsource.h"

#include <string>
#include <vector>

namespace pk::cli {

/// How `lint` and `diff` tell what they found.
enum class ReportForm { Text, Json, Sarif };

/// What `poolkeeper lint` and `poolkeeper diff` were asked for.
struct CheckOptions
{
    std::vector<std::string> files;
    std::string chart = "builtin:spacelift-worker";
    std::string releaseName = "my-pool", namespaceName = "default", kubeVersion, compat = "4.3";
    std::string version; ///< Of a chart from a repository.
    std::vector<std::string> base; ///< Files that lie below each file.
    ReportForm form = ReportForm::Text;
    bool strict = false; ///< lint: warnings count as errors.
    bool manifests = false; ///< diff: with the lines of the manifests.
    bool help = false;
};

/// Reads the command line of `command`, "lint" or "diff".
Result<CheckOptions> parseCheckOptions(const std::string &command, const std::vector<std::string> &arguments);

/// True when this program cannot load the chart and another one can (needsOtherProgram).
bool needsChartSource(const CheckOptions &options);

/// The chart with everything that two renderings of it share.
struct CheckedChart
{
    chart::Levels levels;
    chart::ChartPtr chart;
    chart::RenderRequest request; ///< Its values are those of CheckOptions::base.
    std::vector<std::string> baseTexts;
};
Result<CheckedChart> loadCheckedChart(const CheckOptions &options, Streams &streams);

/// The text of a values file; "-" is the standard input.
Result<std::string> readValuesFile(const std::string &path);

} // namespace pk::cli
