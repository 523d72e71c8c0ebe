// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pool/eviction.h"
#include "pool/facts.h"
#include "pool/podstatus.h"
#include "pool/remedy.h"
#include "pool/states.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace pk::pool {

/// A claim as the Storage page shows it.
struct Claim
{
    std::string id; ///< ns/name
    std::string ns, name, storageClass, size, capacity, disk, pod, pool; ///< `pod`: who mounts it; `pool`: pool id.
    ClaimState state = ClaimState::Pending;
    StorageWay way = StorageWay::Other;
    int ordinal = -1; ///< Of a claim template's claim.
    News why; ///< Why it is not simply Bound.
    std::optional<WallTime> created;
    bool operator==(const Claim &) const = default;
};

/// One pod of a pool. Its identity is ns/pod name: a StatefulSet's replacement is the same worker.
struct Worker
{
    std::string id; ///< ns/pod name
    std::string pod, podUid, node;
    std::string label; ///< "3" for a StatefulSet's third; else the last part of the pod's name.
    int ordinal = -1;
    PodReading reading; ///< Evicted also while the pod that came after an evicted one is not ready yet.
    std::optional<News> replacement; ///< Then what that pod says of itself.
    bool waitsLong = false; ///< Waiting or Starting for over two minutes.
    bool outdated = false; ///< Runs another revision than the workload wants.
    StorageWay storage = StorageWay::EmptyDir;
    std::string claim; ///< Claim id; empty with an emptyDir.
    std::string volumeSize; ///< sizeLimit or claim size; empty: none.
    std::optional<WallTime> created;
    std::optional<WallTime> lastEviction;
    bool operator==(const Worker &) const = default;
};

/// A worker pool found in the cluster: one workload with containers launcher and dind.
struct Pool
{
    std::string id; ///< ns/kind/name
    std::string name; ///< The workload's.
    std::string ns, kind, uid; ///< kind: "StatefulSet" or "Deployment".
    std::string release, releaseNs, chart; ///< From Helm's annotations and labels; empty: not made by Helm.
    int desired = 0, ready = 0;
    std::vector<Worker> workers; ///< By ordinal, else by name. Evicted leftovers are not among them.
    int leftoverPods = 0; ///< Failed pods of a Deployment that its ReplicaSet has replaced.
    StorageSetup storage;
    bool rolling = false; ///< A rollout is under way.
    WorkerState worst = WorkerState::Ready; ///< The worst worker's.
    News news; ///< The pool's one sentence of health.
    bool operator==(const Pool &) const = default;
};

/// True for a StatefulSet or Deployment whose pods have containers named launcher and dind.
bool isWorkerPool(const WorkloadFacts &workload);

/// Of the release that `workload` belongs to, by Helm's annotations or the instance label; empty: none.
std::string releaseOf(const WorkloadFacts &workload);

struct PoolFacts
{
    const WorkloadFacts *workload = nullptr;
    std::vector<const PodFacts *> pods; ///< All that belong to it, leftovers too.
    std::vector<const Eviction *> evictions; ///< Of this pool, oldest first.
    WallTime now{};
};
Pool describePool(const PoolFacts &facts);

// The parts of describePool(), for a store that redoes only what was touched.

/// `evictions` of this pod; `currentHash`: pod-template-hash of a Deployment's newest pod.
Worker describeWorker(const PodFacts &pod, const WorkloadFacts &workload,
    const std::vector<const Eviction *> &evictions, std::string_view currentHash, WallTime now);
/// True for a pod that is no worker any more: its Deployment has replaced it.
bool isLeftover(const PodFacts &pod, const WorkloadFacts &workload);
/// When describeWorker() might next say something else of the same pod, because time goes by; empty: never.
std::optional<WallTime> nextLook(const Worker &worker, const PodFacts &pod, WallTime now);
int badness(const Worker &worker);
/// What of the workers goes into a pool's sentence.
struct WorkerTally
{
    int ready = 0;
    const Worker *worst = nullptr; ///< The first of the worst in Pool::workers; null: there is none.
};
/// Evictions so young count for "was evicted 4 times".
inline constexpr std::chrono::minutes recently(30);
/// Everything of `pool` but workers and leftoverPods. `recentEvictions` of a worker: those of the last half hour.
void summarizePool(Pool &pool, const WorkloadFacts &workload, const WorkerTally &tally,
    const std::function<int(const Worker &)> &recentEvictions);
/// The order of Pool::workers.
bool comesBefore(const Worker &a, const Worker &b);
/// ns/kind/name of the workload that a pod belongs to by its owner; empty: none.
std::string poolIdOf(const ObjectFacts &pod);

/// A claim, told apart by who could use it. `mountedBy` is the pod that has it, null when none does; `pool` the pool
/// that it belongs (or belonged) to by name and labels, null when it is nobody's we know.
Claim describeClaim(const ClaimFacts &claim, const PodFacts *mountedBy, const WorkloadFacts *pool);

/// The set's name and the ordinal in CLAIM-SET-ORDINAL; empty when `claim` is not named so for `setName`.
std::optional<int> claimOrdinal(std::string_view claim, std::string_view setName);

struct Node
{
    std::string name;
    NodeState state = NodeState::Unknown;
    std::string kubectlStatus; ///< "Ready,SchedulingDisabled"
    News why;
    std::optional<WallTime> pressureSince; ///< Set while DiskPressure is True.
    bool taintedForDisk = false;
    std::string diskCapacity, diskAllocatable; ///< ephemeral-storage
    std::string kubeletVersion;
    bool operator==(const Node &) const = default;
};
Node describeNode(const NodeFacts &node);

} // namespace pk::pool
