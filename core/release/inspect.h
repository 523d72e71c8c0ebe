// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "release/clusterapi.h"
#include "release/objects.h"
#include "release/plan.h"
#include "release/record.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace pk::release {

/// A release found in a namespace: all its revisions, newest first.
struct ReleaseHistory
{
    std::string name, ns;
    std::vector<Record> revisions;
    /// The newest deployed one, else the newest of all.
    const Record *current() const;
};

/// All releases of a namespace from its Secrets, by name. Records that cannot be read are counted in `unreadable`.
struct ReleaseList
{
    std::vector<ReleaseHistory> releases;
    int unreadable = 0;
};
http::Call listReleases(ClusterApi &api, const std::string &ns, std::function<void(Result<ReleaseList>)> done);
/// One release's revisions; an empty history when there is none.
http::Call readHistory(
    ClusterApi &api, const std::string &ns, const std::string &name, std::function<void(Result<ReleaseHistory>)> done);

/// An operation that was started and never finished: what a person needs before deciding (UI.md 7).
struct LeftOperation
{
    int revision = 0;
    Status status = Status::Unknown; ///< One of the pending ones, or Uninstalling.
    std::optional<WallTime> since;
    int lastDeployed = 0; ///< Revision that ran before; 0: none.
    std::string description;
};
std::optional<LeftOperation> leftOperation(const ReleaseHistory &history);

/// What an action needs to be allowed, for ApiClient::mayI(); each once.
std::vector<kube::AccessQuestion> neededPermissions(
    Action action, const std::vector<Object> &before, const std::vector<Object> &after, const std::string &ns);

/// What the server would make of each object (dryRun=All), for the review.
struct DryRunResult
{
    std::string key; ///< Object::key()
    Value live; ///< Nil: it does not exist yet.
    Value result; ///< Nil with `error`.
    std::optional<Error> error;
    std::vector<std::string> warnings;
};

/// Runs over all objects at once; results come in the order of `objects`. Needs the namespace to exist.
class DryRun
{
public:
    using OnDone = std::function<void(std::vector<DryRunResult>)>;
    DryRun(
        ClusterApi &api, std::vector<Object> objects, std::string release, std::string ns, bool force, OnDone onDone);
    ~DryRun();
    void start();

private:
    class Run;
    std::unique_ptr<Run> m_run;
};

} // namespace pk::release
