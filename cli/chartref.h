// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chart/chart.h"

#include <string>
#include <vector>

namespace pk::cli {

/// Name and chart of the arguments, as helm reads them.
struct NameAndChart
{
    std::string name;
    std::string chart;
};
Result<NameAndChart> nameAndChart(const std::vector<std::string> &arguments, bool generateName,
    const std::string &nameTemplate, const chart::Levels &levels);

/// What helm allows as the name of a release.
Result<void> checkReleaseName(const std::string &name, const chart::Levels &levels);

} // namespace pk::cli
