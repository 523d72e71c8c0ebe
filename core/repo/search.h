// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "repo/index.h"

#include <memory>

namespace pk::repo {

/// The index of a repository under the name that the user gave it.
struct NamedIndex
{
    std::string repository;
    std::shared_ptr<const Index> index;
};

/// What to look for, as `helm search repo` takes it.
struct Query
{
    std::string words = {}; ///< Anywhere in name, description or keywords, without case; empty: every chart.
    std::string constraint = {}; ///< On the version; empty: stable ones, or all of them with `devel`.
    bool devel = false;
    bool allVersions = false; ///< Not only the newest that fits.
};

struct Match
{
    std::string name; ///< REPO/CHART
    std::shared_ptr<const Index> index; ///< Keeps `version` alive.
    const ChartVersion *version = nullptr;
};

/// The order is helm's: where the words stand, then the name, then the newest version. Pure.
Result<std::vector<Match>> search(const std::vector<NamedIndex> &indexes, const Query &query);

} // namespace pk::repo
