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
    int rollbackRevision = 0; ///< Of a rollback's revision: what it copied; else 0.
};
RevisionFacts factsOf(const Record &record);

enum class Action {
    Install,
    Upgrade,
    Rollback,
    Uninstall,
    Complete, ///< Goes on with the newest revision, which failed or was left, instead of writing a new one.
};
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
    int newRevision = 0; ///< 0: none is written. Of Complete: the one that is gone on with.
    Action action = Action::Upgrade; ///< What was wanted; of Complete: what the revision was begun as.
    std::vector<int> supersede; ///< Become superseded when it succeeds.
    std::vector<int> markFailed; ///< Stopped operations that are written as failed first.
    std::vector<int> forget; ///< Deleted before, for the history limit; oldest first.
    bool migrateOwnership = false; ///< The baseline was applied from the client.
};

ReleasePlan planRelease(const ReleaseFacts &facts);

/// Where a rollback leads after the newest revision failed or was left: the newest deployed one below it, else the
/// newest superseded one, as helm's rollback-on-failure chooses. 0: there is none.
int revisionToReturnTo(const std::vector<RevisionFacts> &history);

} // namespace pk::release
