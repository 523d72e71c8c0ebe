// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pool/facts.h"
#include "pool/states.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pk::pool {

/// Why the kubelet ended or refused a pod (spec: kubernetes.md 4.3).
enum class EvictionCause {
    NodePressure, ///< The node ran low on `resource`.
    EmptyDirLimit, ///< One emptyDir grew over its sizeLimit.
    PodLimit, ///< The pod's sum of ephemeral-storage limits.
    ContainerLimit, ///< One container's ephemeral-storage limit.
    Rejected, ///< Never ran: the node was under pressure when the pod came.
    Unknown, ///< Evicted with words that no known kubelet uses; `message` has them.
};
const char *nameOf(EvictionCause cause); ///< "node-pressure", "empty-dir-limit", …
EvictionCause evictionCauseOf(std::string_view name); ///< Back from nameOf(); Unknown otherwise.

struct EvictedContainer
{
    std::string name, used, request; ///< Quantities as written. `used` counts no emptyDir: never show it as the cause.
    bool operator==(const EvictedContainer &) const = default;
};

/// What the kubelet's message says. Quantities as written; empty where it does not tell.
struct EvictionMessage
{
    EvictionCause cause = EvictionCause::Unknown;
    std::string resource; ///< "ephemeral-storage", "inodes", "memory", "pids"; of Rejected the node's condition.
    std::string threshold, available; ///< Of NodePressure, since kubelet 1.26.
    std::string volume, limit; ///< `volume`: the emptyDir; `limit`: of the three limit causes.
    std::vector<EvictedContainer> containers;
    bool operator==(const EvictionMessage &) const = default;
};

/// Reads all variants of kubelets 1.21 to 1.36. Never fails: what it cannot read is Unknown.
EvictionMessage parseEvictionMessage(std::string_view message);

/// One eviction, or one minute of rejections of one owner by one node.
struct Eviction
{
    enum Source : unsigned { Status = 1, Event = 2, Replaced = 4 };

    std::string ns, pod, podUid, node;
    std::string ownerKind, ownerName, ownerUid;
    std::string poolName; ///< Workload that the pod belonged to; empty if unknown.
    int ordinal = -1; ///< Of a StatefulSet's pod.
    EvictionMessage what;
    std::string message; ///< As received, trimmed.
    WallTime time{};
    WallTime lastTime{}; ///< Of the newest of `count` rejections; else `time`.
    int count = 1;
    unsigned sources = 0; ///< Of Source: where we saw it; Replaced: another pod of that name had come already.
    bool operator==(const Eviction &) const = default;

    /// What makes two sightings the same: the pod's uid, or owner, node and minute for rejections.
    std::string key() const;
};

/// From a pod's status: phase Failed with reason Evicted (also when a DisruptionTarget condition says so while the
/// phase lags behind). `seen` is used when the status has no time.
std::optional<Eviction> evictionFromPod(const PodFacts &pod, WallTime seen);

/// A worker's word for an eviction: why, where, and the message as received.
News newsOf(const Eviction &eviction);

/// From an Evicted event of the kubelet.
std::optional<Eviction> evictionFromEvent(const EventFacts &event);

/// Fills in whose pod it was; for an event, whose text names only the pod. `pod` may be the pod that came after.
void describeOwner(Eviction &eviction, const ObjectFacts &pod);

/// All evictions that were seen, each once: sightings with the same key() are merged. The more telling message, the
/// earlier time and all sources are kept; a rejection's count grows with each new pod.
class EvictionBook
{
public:
    /// What adding has changed.
    enum class Outcome { New, Completed, Known };

    Outcome add(const Eviction &seen);
    const std::vector<Eviction> &evictions() const { return m_evictions; } ///< In the order of their first sighting.
    const Eviction *find(std::string_view key) const;

private:
    std::vector<Eviction> m_evictions;
    std::map<std::string, std::size_t, std::less<>> m_byKey;
    std::map<std::string, std::size_t, std::less<>> m_byPodUid; ///< Rejected pods that were counted already.
};

/// "prod-eu-3" of "prod-eu" is 3; -1 when the name is not SET-NUMBER.
int ordinalOf(std::string_view podName, std::string_view setName);

} // namespace pk::pool
