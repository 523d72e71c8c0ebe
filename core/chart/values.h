// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chart/chart.h"
#include "chart/strvals.h"

#include <string>
#include <string_view>
#include <vector>

namespace pk::chart {

/// What a person gives beside the chart, in Helm's order: files, --set-json, --set, --set-string, --set-file,
/// --set-literal; later ones win.
struct UserValues
{
    struct File
    {
        std::string name; ///< For errors.
        std::string text;
    };
    std::vector<File> files = {};
    std::vector<std::string> setJson = {};
    std::vector<std::string> set = {};
    std::vector<std::string> setString = {};
    std::vector<std::string> setFile = {};
    std::vector<std::string> setLiteral = {};
};

/// The tree of a values text: a map. At levels that merge documents all of them count. Errors begin with what Helm says
/// after "failed to parse FILE: " and carry the place in `at` when it is known.
Result<Value> parseValues(std::string_view text, const Levels &levels);

/// All that a person gave as one map: the `config` of a release. `read` is used by --set-file.
Result<Value> mergeUserValues(const UserValues &user, const Levels &levels, const FileReader &read = {});

/// `over` laid on `base`, both maps, neither changed: maps merge, everything else is replaced (how -f files stack).
Value mergeMaps(const Value &base, const Value &over);

/// A chart as one set of values makes it: with the subcharts that conditions and tags leave, under their aliases, and
/// with imported values among its defaults. Refers to the Charts, copies none of their files.
struct ResolvedChart
{
    ChartPtr chart;
    std::string name; ///< The alias where there is one.
    std::string path; ///< "top/charts/sub", as template names begin.
    Value values; ///< Defaults, with imports; a map or nil.
    std::vector<Dependency> declared; ///< What is left of Chart.yaml's list, under aliases: .Chart.Dependencies.
    std::vector<ResolvedChart> dependencies;
    bool isRoot = true;
};

/// Checks that declared dependencies are there, applies conditions, tags and aliases, and imports values (parents
/// first). `warnings` gets what Helm logs. Nothing of `user` is changed.
Result<ResolvedChart> resolveDependencies(
    const ChartPtr &chart, const Value &user, const Levels &levels, std::vector<std::string> *warnings = nullptr);

/// The values that templates see: `user` over the defaults of the chart and its subcharts, nulls removing defaults,
/// globals handed down. A new tree.
Result<Value> coalesceValues(
    const ResolvedChart &chart, const Value &user, const Levels &levels, std::vector<std::string> *warnings = nullptr);

} // namespace pk::chart
