// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pool/pool.h"

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace pk::pool {

/// Changes of one watch since the last hand-over, by identity (ns/name), newest state only.
template <class Facts> struct Delta
{
    bool replaceAll = false; ///< A fresh list: what `upserts` does not name is gone.
    std::vector<Facts> upserts;
    std::vector<Facts> removed; ///< With their last known state, since that tells an eviction.
};

/// What flush() changed, by id, each id in one of the three lists of its kind.
struct PoolChanges
{
    struct Ids
    {
        std::vector<std::string> added, updated, removed;
        bool isEmpty() const { return added.empty() && updated.empty() && removed.empty(); }
    };
    Ids pools, claims, nodes;
    Ids workers; ///< Of all pools.
    std::vector<Eviction> evictions; ///< New or completed since the last flush, for the ledger and a notice.
    bool eventsChanged = false;
    bool isEmpty() const;
};

/// All pools of one namespace of one cluster, kept up to date from watches. No thread and no I/O of its own: everything
/// is called on the one thread that owns it.
///
/// apply() only stores facts (and catches evictions at once, before a StatefulSet's new pod hides them); flush()
/// recomputes what was touched and tells the listeners. Call flush() at most ten times a second.
class PoolStore
{
public:
    using Listener = std::function<void(const PoolChanges &)>;

    explicit PoolStore(const Clock &clock);
    ~PoolStore();

    void apply(Delta<PodFacts> delta);
    void apply(Delta<EventFacts> delta);
    /// `kind`: which of "StatefulSet", "Deployment", "ReplicaSet" the delta is about.
    void apply(Delta<WorkloadFacts> delta, std::string_view kind);
    void apply(Delta<ClaimFacts> delta);
    void apply(Delta<NodeFacts> delta);
    void apply(Delta<DiskFacts> delta);
    void apply(Delta<StorageClassFacts> delta);

    /// True when apply() has left something to compute, or `now` has made a word change ("waits long").
    bool needsFlush() const;
    void flush();

    /// Called in flush(), after everything has its new state. Removed with the handle.
    using Subscription = std::shared_ptr<void>;
    [[nodiscard]] Subscription listen(Listener listener);

    // Valid until the next flush().
    const std::map<std::string, Pool> &pools() const;
    const std::map<std::string, Claim> &claims() const;
    const std::map<std::string, Node> &nodes() const;
    const Pool *pool(std::string_view id) const;
    const Worker *worker(std::string_view id) const;
    const std::vector<Eviction> &evictions() const;

    /// Facts behind a worker, a pool's workload, a class; null when gone. Valid until the next apply().
    const PodFacts *podFacts(std::string_view id) const;
    const WorkloadFacts *workloadFacts(std::string_view poolId) const;
    const NodeFacts *nodeFacts(std::string_view name) const;
    const StorageClassFacts *storageClass(std::string_view name) const;
    const DiskFacts *disk(std::string_view name) const;
    /// Events about the pool's workload, its pods (also gone ones) and claims, newest first, at most `limit`.
    std::vector<const EventFacts *> eventsOf(std::string_view poolId, std::size_t limit = 200) const;

private:
    struct Data;
    std::unique_ptr<Data> m_data;
};

} // namespace pk::pool
