// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to core/pool/live.
#include "pool/live/poolstore.h"

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace pk::pool {

/// ns/name, or the name of what has no namespace.
inline std::string idOf(const ObjectFacts &meta)
{
    return meta.ns.empty() ? meta.name : meta.ns + '/' + meta.name;
}

template <class Facts> const Facts *findIn(const std::map<std::string, Facts, std::less<>> &map, std::string_view id)
{
    const auto found = map.find(id);
    return found == map.end() ? nullptr : &found->second;
}

/// All that a PoolStore knows: facts as they came, what was made of them, and what was touched since the last flush.
/// Taking facts in is takefacts.cpp's, computing is describe.cpp's.
struct PoolStore::Data
{
    template <class Facts> using Facts_ = std::map<std::string, Facts, std::less<>>;

    /// What a pool needs besides its description.
    struct PoolEntry
    {
        std::set<std::string> podIds;
        std::string hash; ///< Newest pod-template-hash when it was described.
        std::unordered_map<std::string, std::size_t> rows; ///< Worker id -> index in Pool::workers.
        std::map<int, std::set<std::size_t>> rowsByBadness; ///< So that the worst is known without a look at all.
        int ready = 0;

        void count(const Worker &worker, std::size_t row);
        void uncount(const Worker &worker, std::size_t row);
    };

    explicit Data(const Clock &theClock) : clock(theClock) { }

    const Clock &clock;
    Facts_<PodFacts> pods;
    Facts_<WorkloadFacts> workloads; ///< By pool id.
    Facts_<ClaimFacts> claimFacts;
    Facts_<NodeFacts> nodeFacts;
    Facts_<DiskFacts> disks;
    Facts_<StorageClassFacts> classes;
    Facts_<EventFacts> events;
    std::map<std::string, std::set<const EventFacts *>, std::less<>> eventsByObject; ///< By ns/kind/name.
    std::unordered_map<std::string, std::string> podIdByUid;
    std::map<std::string, std::set<std::string>, std::less<>> podsByClaim;
    std::map<std::string, PoolEntry, std::less<>>
        entries; ///< By pool id, also of pods whose workload is not known (yet).
    EvictionBook book;
    std::map<std::string, std::vector<std::size_t>, std::less<>> evictionsByPod; ///< By ns/name.

    std::map<std::string, Pool> pools;
    std::map<std::string, Claim> claims;
    std::map<std::string, Node> nodes;

    // Touched since the last flush.
    std::map<std::string, std::set<std::string>> touchedPods; ///< Pool id -> pod ids.
    std::set<std::string> touchedPools, touchedClaims, touchedNodes;
    // Words change by time alone: when to look at a pod or a pool again, at the latest.
    std::set<std::pair<WallTime, std::string>> looks;
    std::unordered_map<std::string, WallTime> lookOf; ///< By id of pod or pool.
    std::map<std::string, Eviction> news; ///< By key.
    bool eventsChanged = false;

    std::vector<std::weak_ptr<Listener>> listeners;

    void touchPod(const PodFacts &pod, const std::string &id, const std::string &pool);
    void addPod(PodFacts pod);
    void removePod(const std::string &id);
    void addEviction(Eviction seen);
    void addEvent(EventFacts event);
    bool removeEvent(const std::string &id);
    void dropOldestEvents();
    void touchClaimsOf(const WorkloadFacts &workload);
    std::vector<const Eviction *> evictionsOf(const std::string &podId) const;

    void lookAgain(const std::string &id, std::optional<WallTime> when);
    void touchDue();
    Worker describe(const std::string &id, const PodFacts &pod, const WorkloadFacts &workload, const PoolEntry &entry);
    void flushPool(const std::string &id, PoolChanges &changes);
    void dropPool(const std::string &id, PoolChanges &changes);
    bool redoWorkers(Pool &pool, PoolEntry &entry, const WorkloadFacts &workload, const std::set<std::string> &touched,
        PoolChanges &changes);
    bool rebuildWorkers(Pool &pool, PoolEntry &entry, const WorkloadFacts &workload,
        const std::set<std::string> &touched, PoolChanges &changes);
    std::string newestHash(const PoolEntry &entry) const;
    void flushClaim(const std::string &id, PoolChanges &changes);
    void flushNode(const std::string &name, PoolChanges &changes);
    const WorkloadFacts *poolOfClaim(const ClaimFacts &claim) const;
};

} // namespace pk::pool
