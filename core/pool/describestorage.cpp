// SPDX-License-Identifier: GPL-3.0-or-later
#include "pool/pool.h"

#include <algorithm>

namespace pk::pool {

namespace {

/// The word for a claim that is being resized, or that could not be; empty when neither.
News resizeNews(const ClaimFacts &claim)
{
    if (claim.resizeState.ends_with("Infeasible"))
        return {"claim.growth-impossible", {{"state", claim.resizeState}}};
    for (const ConditionFacts &condition : claim.conditions) {
        if (condition.status != "True")
            continue;
        if (condition.type == "ControllerResizeError" || condition.type == "NodeResizeError")
            return {"claim.growth-failed", {{"size", claim.requested}}, condition.message};
        if (condition.type == "FileSystemResizePending")
            return {"claim.growth-waits-for-pod", {{"size", claim.requested}}, condition.message};
        if (condition.type == "Resizing")
            return {"claim.growing", {{"size", claim.requested}}, condition.message};
    }
    if (!claim.resizeState.empty())
        return {"claim.growing", {{"size", claim.requested}}};
    return {};
}

bool isWanted(int ordinal, const WorkloadFacts &pool)
{
    return pool.kind == "StatefulSet" && ordinal >= pool.firstOrdinal && ordinal < pool.firstOrdinal + pool.desired;
}

bool isTrue(const NodeFacts &node, std::string_view type)
{
    const ConditionFacts *condition = findCondition(node.conditions, type);
    return condition && condition->status == "True";
}

} // namespace

std::optional<int> claimOrdinal(std::string_view claim, std::string_view setName)
{
    // CLAIM-SET-ORDINAL: the claim template's name may hold dashes itself, so look for the set from the right.
    const std::string infix = '-' + std::string(setName) + '-';
    const auto at = claim.rfind(infix);
    if (setName.empty() || at == std::string_view::npos || at == 0)
        return {};
    const int ordinal = ordinalOf(claim.substr(at + 1), setName);
    return ordinal < 0 ? std::optional<int>() : ordinal;
}

Claim describeClaim(const ClaimFacts &facts, const PodFacts *mountedBy, const WorkloadFacts *pool)
{
    Claim claim;
    claim.id = facts.meta.ns + '/' + facts.meta.name;
    claim.ns = facts.meta.ns;
    claim.name = facts.meta.name;
    claim.storageClass = facts.storageClass;
    claim.size = facts.requested;
    claim.capacity = facts.capacity;
    claim.disk = facts.volume;
    claim.created = facts.meta.created;
    if (mountedBy)
        claim.pod = mountedBy->meta.name;
    if (pool) {
        claim.pool = pool->meta.ns + '/' + pool->kind + '/' + pool->meta.name;
        if (const auto ordinal = claimOrdinal(facts.meta.name, pool->meta.name))
            claim.ordinal = *ordinal;
    }
    const bool ownedByPod = facts.meta.ownerKind == "Pod";
    claim.way = claim.ordinal >= 0 ? StorageWay::ClaimTemplate : ownedByPod ? StorageWay::Ephemeral : StorageWay::Other;

    if (facts.phase == "Lost") {
        claim.state = ClaimState::Lost;
        claim.why = {"claim.lost", {{"disk", facts.volume}}};
    } else if (facts.meta.deleting) {
        claim.state = ClaimState::Ending;
        claim.why = mountedBy ? News{"claim.deletion-waits-for-pod", {{"pod", claim.pod}}} : News{"claim.ending"};
    } else if (claim.way == StorageWay::ClaimTemplate && !mountedBy && !(pool && isWanted(claim.ordinal, *pool))) {
        claim.state = ClaimState::LeftOver;
        claim.why = {
            pool ? "claim.left-by-scaling" : "claim.left-by-deletion", {{"worker", std::to_string(claim.ordinal)}}};
    } else if (facts.phase != "Bound") {
        claim.state = ClaimState::Pending;
        claim.why = {facts.storageClass.empty() ? "claim.no-class" : "claim.pending", {{"class", facts.storageClass}}};
    } else {
        claim.why = resizeNews(facts);
        const bool growing = claim.why.id == "claim.growing" || claim.why.id == "claim.growth-waits-for-pod";
        claim.state = growing ? ClaimState::Growing : ClaimState::Bound;
    }
    return claim;
}

Node describeNode(const NodeFacts &facts)
{
    Node node;
    node.name = facts.meta.name;
    node.kubeletVersion = facts.kubeletVersion;
    const auto text = [](const StringMap &map, std::string_view key) {
        const auto found = map.find(key);
        return found == map.end() ? std::string() : found->second;
    };
    node.diskCapacity = text(facts.capacity, "ephemeral-storage");
    node.diskAllocatable = text(facts.allocatable, "ephemeral-storage");
    node.taintedForDisk = std::ranges::any_of(
        facts.taints, [](const TaintFacts &taint) { return taint.key == "node.kubernetes.io/disk-pressure"; });

    const ConditionFacts *ready = findCondition(facts.conditions, "Ready");
    const ConditionFacts *pressure = findCondition(facts.conditions, "DiskPressure");
    node.kubectlStatus = !ready ? "Unknown" : ready->status == "True" ? "Ready" : "NotReady";
    if (facts.unschedulable)
        node.kubectlStatus += ",SchedulingDisabled";
    const bool pressed = isTrue(facts, "DiskPressure");
    if (pressed)
        node.pressureSince = pressure->since;
    if (!ready || ready->status == "Unknown") {
        node.state = NodeState::Unknown;
        node.why = {"node.no-word", {}, ready ? ready->message : std::string()};
    } else if (ready->status != "True") {
        node.state = NodeState::NotReady;
        node.why = {"node.not-ready", {{"reason", ready->reason}}, ready->message};
    } else if (pressed) {
        node.state = NodeState::DiskPressure;
        node.why = {"node.disk-pressure", {}, pressure->message};
    } else if (facts.unschedulable) {
        node.state = NodeState::Closed;
        node.why = {"node.closed"};
    } else {
        node.state = NodeState::Ready;
        // Pressure has gone, the taint follows within a second.
        if (node.taintedForDisk)
            node.why = {"node.taint-lingers"};
    }
    return node;
}

} // namespace pk::pool
