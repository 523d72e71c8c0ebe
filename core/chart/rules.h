// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/problem.h"
#include "chart/chart.h"

#include <set>
#include <string>
#include <vector>

namespace pk::chart {

/// True for the public chart spacelift-worker and for ours: the one that checkWorkerValues() knows.
bool isWorkerChart(const Chart &chart);

/// What experience says about values of the spacelift-worker chart beyond its schema: settings that render fine and
/// fail later. Pure.
///
/// `values` are the computed ones (Rendered::values: the person's over the defaults), `user` what the person wrote (for
/// unknown keys). `releaseName` may be empty. Ids are "rule.…"; parameters are named as the sentence in gui/texts
/// wants.
std::vector<Problem> checkWorkerValues(
    const Chart &chart, const Value &values, const Value &user, const std::string &releaseName);

/// Names of the variables that the worker chart itself gives a container ("launcher" or "dind") under these computed
/// values: extraEnv may not name them.
std::set<std::string> builtInVariables(const Value &values, const std::string &container);

/// The key nearest to `key` (edit distance) among `known`; empty when none is near.
std::string nearestKey(std::string_view key, const std::vector<std::string> &known);

} // namespace pk::chart
