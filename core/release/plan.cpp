// SPDX-License-Identifier: GPL-3.0-or-later
#include "release/plan.h"

#include "base/timestamp.h"

#include <algorithm>

namespace pk::release {

namespace {

const RevisionFacts *newestWith(const std::vector<RevisionFacts> &history, auto wanted)
{
    const RevisionFacts *newest = nullptr;
    for (const RevisionFacts &revision : history) {
        if (wanted(revision) && (!newest || revision.revision > newest->revision))
            newest = &revision;
    }
    return newest;
}

const RevisionFacts *find(const std::vector<RevisionFacts> &history, int revision)
{
    return newestWith(history, [&](const RevisionFacts &facts) { return facts.revision == revision; });
}

Error refusal(Error::Code code, std::string message, std::string id,
    std::vector<std::pair<std::string, std::string>> parameters = {})
{
    return {.code = code, .message = std::move(message), .id = std::move(id), .parameters = std::move(parameters)};
}

/// What must go so that one more revision fits: the oldest, but never the deployed one.
std::vector<int> tooMany(const ReleaseFacts &facts, const RevisionFacts *deployed)
{
    std::vector<int> forget;
    if (facts.historyLimit <= 0)
        return forget;
    std::vector<int> revisions;
    for (const RevisionFacts &revision : facts.history)
        revisions.push_back(revision.revision);
    std::ranges::sort(revisions);
    auto excess = static_cast<std::ptrdiff_t>(revisions.size()) - (facts.historyLimit - 1);
    for (const int revision : revisions) {
        if (excess <= 0)
            break;
        if (deployed && revision == deployed->revision)
            continue;
        forget.push_back(revision);
        --excess;
    }
    return forget;
}

void planInstall(const ReleaseFacts &facts, const RevisionFacts *last, ReleasePlan &plan)
{
    if (last) {
        const bool replaceable = last->status == Status::Uninstalled || last->status == Status::Failed;
        if (!facts.replace || !replaceable) {
            plan.refused = refusal(Error::Code::AlreadyExists,
                "release name check failed: cannot reuse a name that is still in use", "release.exists",
                {{"name", facts.name}, {"status", nameOf(last->status)}});
            return;
        }
        // The objects of a failed install may be there, and are then its own.
        plan.baseline = last->revision;
    }
    plan.newRevision = plan.last + 1;
    if (last && last->status != Status::Superseded)
        plan.supersede.push_back(last->revision);
}

void planUpgrade(const ReleaseFacts &facts, const RevisionFacts *last, const RevisionFacts *deployed, ReleasePlan &plan)
{
    const auto missing = [&] {
        return refusal(Error::Code::NotFound, '"' + facts.name + "\" has no deployed releases",
            "release.nothing-deployed", {{"name", facts.name}});
    };
    if (!last) {
        plan.refused = missing();
        return;
    }
    if (deployed) {
        plan.baseline = deployed->revision;
    } else if (last->status == Status::Failed || last->status == Status::Superseded
        || (facts.resolvePending && isPending(last->status))) {
        plan.baseline = last->revision;
    } else {
        plan.refused = missing();
        return;
    }
    plan.newRevision = plan.last + 1;
}

void planRollback(
    const ReleaseFacts &facts, const RevisionFacts *last, const RevisionFacts *deployed, ReleasePlan &plan)
{
    if (!last) {
        plan.refused =
            refusal(Error::Code::NotFound, "release: not found", "release.not-found", {{"name", facts.name}});
        return;
    }
    plan.target = facts.rollbackTo;
    if (plan.target == 0) {
        const RevisionFacts *before = newestWith(
            facts.history, [&](const RevisionFacts &revision) { return revision.revision < last->revision; });
        plan.target = before ? before->revision : last->revision - 1;
    }
    if (!find(facts.history, plan.target)) {
        plan.refused = refusal(Error::Code::NotFound, "release has no " + std::to_string(plan.target) + " version",
            "release.no-revision", {{"name", facts.name}, {"revision", std::to_string(plan.target)}});
        return;
    }
    // The newest revision's objects are what is (or may be) in the cluster.
    plan.baseline = last->revision;
    if (deployed && isPending(last->status))
        plan.baseline = deployed->revision;
    plan.newRevision = plan.last + 1;
}

/// What the newest revision was begun as.
Action beginningOf(const ReleaseFacts &facts, const RevisionFacts &last)
{
    switch (last.status) {
    case Status::PendingInstall:
        return Action::Install;
    case Status::PendingUpgrade:
        return Action::Upgrade;
    case Status::PendingRollback:
        return Action::Rollback;
    default:
        break;
    }
    if (last.rollbackRevision != 0)
        return Action::Rollback;
    const bool ranBefore = std::ranges::any_of(facts.history, [](const RevisionFacts &revision) {
        return revision.status == Status::Deployed || revision.status == Status::Superseded;
    });
    return ranBefore ? Action::Upgrade : Action::Install;
}

void planComplete(
    const ReleaseFacts &facts, const RevisionFacts *last, const RevisionFacts *deployed, ReleasePlan &plan)
{
    if (!last) {
        plan.refused =
            refusal(Error::Code::NotFound, "release: not found", "release.not-found", {{"name", facts.name}});
        return;
    }
    if (!isPending(last->status) && last->status != Status::Failed) {
        plan.refused = refusal(Error::Code::Conflict,
            "revision " + std::to_string(last->revision) + " is " + nameOf(last->status) + ", nothing was left",
            "release.nothing-left",
            {{"name", facts.name}, {"revision", std::to_string(last->revision)}, {"status", nameOf(last->status)}});
        return;
    }
    plan.action = beginningOf(facts, *last);
    const RevisionFacts *before =
        newestWith(facts.history, [&](const RevisionFacts &revision) { return revision.revision < last->revision; });
    plan.baseline = deployed ? deployed->revision : before ? before->revision : last->revision;
    plan.newRevision = last->revision;
}

} // namespace

RevisionFacts factsOf(const Record &record)
{
    return {record.revision(), record.status(), record.serverSide(), record.lastDeployed(), record.rollbackRevision()};
}

int revisionToReturnTo(const std::vector<RevisionFacts> &history)
{
    const RevisionFacts *last = newestWith(history, [](const RevisionFacts &) { return true; });
    const auto below = [&](Status status) {
        return newestWith(history, [&](const RevisionFacts &revision) {
            return revision.status == status && revision.revision < last->revision;
        });
    };
    const RevisionFacts *back = last ? below(Status::Deployed) : nullptr;
    if (last && !back)
        back = below(Status::Superseded);
    return back ? back->revision : 0;
}

const char *nameOf(Action action)
{
    switch (action) {
    case Action::Install:
        return "install";
    case Action::Upgrade:
        return "upgrade";
    case Action::Rollback:
        return "rollback";
    case Action::Complete:
        return "complete";
    case Action::Uninstall:
        break;
    }
    return "uninstall";
}

ReleasePlan planRelease(const ReleaseFacts &facts)
{
    ReleasePlan plan;
    plan.action = facts.wanted;
    const auto any = [](const RevisionFacts &) { return true; };
    const auto isDeployed = [](const RevisionFacts &revision) { return revision.status == Status::Deployed; };
    const RevisionFacts *last = newestWith(facts.history, any);
    const RevisionFacts *deployed = newestWith(facts.history, isDeployed);
    plan.last = last ? last->revision : 0;

    if (!isReleaseName(facts.name)) {
        plan.refused = refusal(Error::Code::InvalidInput,
            "invalid release name, must match regex ^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$ "
            "and the length must not be longer than 53",
            "release.bad-name", {{"name", facts.name}});
        return plan;
    }
    const bool blocked =
        last && isPending(last->status) && (facts.wanted == Action::Upgrade || facts.wanted == Action::Install);
    if (blocked && !facts.resolvePending && facts.wanted == Action::Upgrade) {
        plan.refused = refusal(Error::Code::Conflict, "another operation (install/upgrade/rollback) is in progress",
            "release.pending",
            {{"name", facts.name}, {"revision", std::to_string(last->revision)}, {"status", nameOf(last->status)},
                {"since", last->lastDeployed ? formatTimestamp(*last->lastDeployed) : std::string()}});
        return plan;
    }
    switch (facts.wanted) {
    case Action::Install:
        planInstall(facts, last, plan);
        break;
    case Action::Upgrade:
        planUpgrade(facts, last, deployed, plan);
        break;
    case Action::Rollback:
        planRollback(facts, last, deployed, plan);
        break;
    case Action::Uninstall:
        if (!last)
            plan.refused =
                refusal(Error::Code::NotFound, "uninstall: Release not loaded: " + facts.name + ": release: not found",
                    "release.not-found", {{"name", facts.name}});
        else
            plan.baseline = last->revision;
        break;
    case Action::Complete:
        planComplete(facts, last, deployed, plan);
        break;
    }
    if (plan.refused)
        return plan;

    if (const RevisionFacts *baseline = find(facts.history, plan.baseline))
        plan.migrateOwnership = !baseline->serverSide;
    if (facts.wanted == Action::Upgrade || facts.wanted == Action::Rollback) {
        for (const RevisionFacts &revision : facts.history) {
            // Helm's rollback leaves a failed revision as it is; its upgrade supersedes what it was based on.
            const bool wasBase = facts.wanted == Action::Upgrade && revision.revision == plan.baseline;
            if (revision.status == Status::Deployed || wasBase)
                plan.supersede.push_back(revision.revision);
            if (isPending(revision.status))
                plan.markFailed.push_back(revision.revision);
        }
        // A stopped operation stays failed: it never ran to its end.
        std::erase_if(plan.supersede,
            [&](int revision) { return std::ranges::find(plan.markFailed, revision) != plan.markFailed.end(); });
    }
    if (facts.wanted == Action::Complete) {
        // What a revision before it left pending was marked when this one was begun.
        if (deployed && deployed->revision != plan.newRevision)
            plan.supersede.push_back(deployed->revision);
        return plan;
    }
    if (plan.newRevision != 0)
        plan.forget = tooMany(facts, deployed);
    std::erase(plan.forget, plan.target);
    const auto forgotten = [&](int revision) { return std::ranges::find(plan.forget, revision) != plan.forget.end(); };
    std::erase_if(plan.supersede, forgotten);
    std::erase_if(plan.markFailed, forgotten);
    return plan;
}

} // namespace pk::release
