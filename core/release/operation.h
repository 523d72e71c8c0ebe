// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "document/secretwords.h"
#include "release/changes.h"
#include "release/clusterapi.h"
#include "release/plan.h"
#include "release/readiness.h"
#include "release/record.h"

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace pk::release {

/// What to do to one release. Complete needs only the name and the namespace: the rest is in the record.
struct OperationRequest
{
    Action action = Action::Upgrade;
    std::string name, ns;

    // Install and Upgrade: what the chart renders to.
    Value chart = {}; ///< chartRecord()
    Value config = {}; ///< The person's values, not the computed ones.
    std::string manifest = {};
    std::vector<chart::Hook> hooks = {};
    std::vector<std::pair<std::string, std::string>> crds = {}; ///< chart::Rendered::crds; applied on Install only.
    std::string notes = {};

    int rollbackTo = 0; ///< Rollback; 0: the one before.
    bool keepHistory = false; ///< Uninstall.

    std::string description = {}; ///< Instead of "Upgrade complete" etc.
    std::map<std::string, std::string> labels = {}; ///< On the record's Secret.
    int historyLimit = 10;
    bool createNamespace = false; ///< Install.
    bool runHooks = true;
    bool wait = true; ///< Until everything is ready; else only hooks are waited for.
    std::chrono::seconds timeout{300}; ///< For each wait.
    bool takeOwnership = false; ///< Adopt objects that carry no or another release's marks.
    bool forceConflicts = false; ///< Take over fields that others own.
    bool resolvePending = false; ///< Go on over an operation that was left.
    bool replace = false; ///< Install over an uninstalled or failed release.
    /// The plan that the person has seen. If the release would now get another one, nothing is sent: "release.changed".
    std::optional<ReleasePlan> reviewed = {};
    std::set<std::string> recreate = {}; ///< Object::key() of refused ones: delete with orphaned pods, apply anew.

    std::shared_ptr<const kube::ResourceCatalog> catalog = {}; ///< For kinds beyond the usual; may be null.
    document::SecretWords secrets = {}; ///< Never told, beside those of values and manifests: what `lookup` found.
};

/// One line of the progress page. `step` and `object` together name the line; a later event updates it.
struct StepEvent
{
    /// Planned: will come if nothing fails before it; told in order as soon as the plan is made. Steps that turn out
    /// to be needed on the way were not planned, and a planned "delete" may become a "keep".
    enum class State { Planned, Running, Waiting, Done, Skipped, Failed };
    /// "read-history", "resolve-pending", "trim-history", "create-namespace", "install-crd", "check-object",
    /// "write-record", "hook", "migrate", "recreate", "apply", "delete", "keep", "free", "wait", "supersede-record",
    /// "finish-record", "fail-record", "forget-record"
    std::string step = {};
    std::string object = {}; ///< "StatefulSet/prod-eu"; "8" for the record of a revision; empty for steps of the whole.
    State state = State::Running;
    WallTime time = {};
    std::string detail = {}; ///< Kubernetes' or kstatus' words; an unchanged apply says "unchanged".
    WorkerProgress workers = {}; ///< Of step "wait" for workloads.
};
const char *nameOf(StepEvent::State state);

/// All steps that can occur, so that a test finds those without a text.
const std::vector<std::string> &stepIds();

struct OperationResult
{
    std::optional<Error> error; ///< With Helm's words; id "release.…" or "kube.…".
    std::optional<Record> record; ///< The revision that was written, in its last state.
    bool stopped = false; ///< Ended at a safe point because it was asked to.
    std::vector<std::string> kept; ///< Uninstall: "[Kind] name" that stay by policy.
    std::vector<std::string> notOwned; ///< Uninstall: belong to somebody else, left alone.
    std::vector<std::string> unverified; ///< Uninstall: could not be read, left alone: "[Kind] name: ERR".
    std::vector<std::string> warnings; ///< The server's.
};

/// An install, upgrade, rollback or uninstall under way: writes the records that helm writes, in helm's order, so that
/// whatever happens in between, helm and we can tell what was going on.
///
/// Lives on one thread (that of the ClusterApi's callbacks). Destroying it ends it where it stands without another
/// request: the record stays pending, which is the truth.
class Operation
{
public:
    using OnStep = std::function<void(const StepEvent &)>;
    using OnDone = std::function<void(const OperationResult &)>;

    Operation(ClusterApi &api, const Clock &clock, OperationRequest request, OnStep onStep, OnDone onDone);
    ~Operation();
    Operation(const Operation &) = delete;
    Operation &operator=(const Operation &) = delete;

    /// Once. `onDone` is called exactly once, never from within start().
    void start();
    /// Ends at the next safe point: between two objects, or while waiting. The record is written as failed ("stopped").
    void stop();
    bool isFinished() const;

private:
    class Run;
    std::unique_ptr<Run> m_run;
};

} // namespace pk::release
