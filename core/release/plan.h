// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/error.h"
#include "release/record.h"

#include <optional>
#include <string>
#include <vector>

namespace pk::release {

/// What the list of a release's revisions needs.
struct RevisionFacts
{
    int revision = 0;
    Status status = Status::Unknown;
    bool serverSide = false;
    std::optional<WallTime> lastDeployed;
};

enum class Action { Install, Upgrade, Rollback, Uninstall };
const char *nameOf(Action action);

/// What is known before an operation.
struct ReleaseFacts
{
    Action wanted = Action::Upgrade;
    std::string name;
    std::vector<RevisionFacts> history; ///< In any order; empty: no such release.
    int rollbackTo = 0; ///< 0: the revision before the last.
    int historyLimit = 10; ///< 0: no limit.
    bool resolvePending = false; ///< The person has seen the stopped operation and wants to go on over it.
    bool replace = false; ///< Install over an uninstalled or failed release.
};

/// What to do then. Nothing but facts went in.
struct ReleasePlan
{
    std::optional<Error>
        refused; ///< With Helm's words, and ids "release.pending" {revision, since}, "release.exists", …
    int baseline = 0; ///< Revision whose objects are the old ones; 0: none.
    int last = 0; ///< Newest revision of all.
    int target = 0; ///< Of Rollback.
    int newRevision = 0; ///< 0: none is written.
    std::vector<int> supersede; ///< Become superseded when it succeeds.
    std::vector<int> markFailed; ///< Stopped operations that are written as failed first.
    std::vector<int> forget; ///< Deleted before, for the history limit; oldest first.
    bool migrateOwnership = false; ///< The baseline was applied from the client.
};

ReleasePlan planRelease(const ReleaseFacts &facts);

} // namespace pk::release
