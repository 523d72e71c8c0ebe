// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chart/chart.h"
#include "repo/repositories.h"

#include <string>
#include <vector>

namespace pk::repo {

/// What `helm dependency build` would say about a chart's folder.
struct LockVerdict
{
    enum class State {
        NoDependencies,
        NoLock, ///< No Chart.lock: the newest versions that fit would be taken.
        OutOfSync, ///< Chart.yaml was changed since Chart.lock was written.
        InSync,
    };
    State state = State::NoDependencies;
    std::vector<std::string> missing; ///< Declared, but not in charts/.
    std::vector<std::string> others; ///< In charts/ with another version than the lock says: "name 1.2.0, not 1.1.0".
};

/// Pure. `known` resolves repositories that are written as @NAME or alias:NAME.
LockVerdict lockVerdict(const chart::Chart &chart, const Repositories &known = {});

/// The digest that Chart.lock holds for what Chart.yaml asks for and what was chosen.
std::string lockDigest(const std::vector<chart::Dependency> &asked, const Value &chosen);

} // namespace pk::repo
