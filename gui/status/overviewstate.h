// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pool/pool.h"

#include <QString>

#include <functional>
#include <map>
#include <optional>
#include <vector>

namespace pk::gui {

/// An operation on the pool's release that was begun and never finished, by helm or by us, and runs no more.
struct LeftRelease
{
    QString sentence; ///< "An upgrade to revision 8 was started 3 days ago and never finished. …"
    QString advice = {}; ///< Below it; may be empty.
    int returnTo = 0; ///< The revision that ran before; 0: none.
    bool uninstalls = false;
};

/// What the Overview shows; built by whoever owns the cluster's facts.
struct OverviewState
{
    pool::Pool pool = {};
    std::map<std::string, pool::Claim> claims = {};
    std::vector<pool::Eviction> evictions = {}; ///< Of this pool, newest first, from the ledger.
    std::vector<const pool::EventFacts *> events = {}; ///< Newest first; valid during the call.
    std::function<const pool::PodFacts *(const std::string &workerId)> podOf = {}; ///< Asked at any time; may be empty.
    std::function<const pool::Node *(const std::string &name)> nodeOf = {}; ///< The same.
    std::function<std::vector<const pool::EventFacts *>(const std::string &pod)> eventsOf = {}; ///< Newest first.
    std::optional<LeftRelease> left = {};
    WallTime now{};
    QString cluster = {}; ///< As the context names it.
    QString user = {};
    bool mayReadEvents = true;
    std::optional<WallTime> staleSince = {}; ///< Set while the cluster does not answer.
    std::optional<WallTime> nextAttempt = {};
    QString trouble = {}; ///< Why it does not answer.
};

} // namespace pk::gui
