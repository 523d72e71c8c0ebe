// SPDX-License-Identifier: GPL-3.0-or-later
#include "pool/live/poolstore.h"

#include "pool/live/pooldata.h"

#include <algorithm>
#include <utility>

namespace pk::pool {

using namespace std::chrono_literals;

bool PoolChanges::isEmpty() const
{
    return pools.isEmpty() && claims.isEmpty() && nodes.isEmpty() && workers.isEmpty() && evictions.empty()
        && !eventsChanged;
}

PoolStore::PoolStore(const Clock &clock) : m_data(std::make_unique<Data>(clock)) { }
PoolStore::~PoolStore() = default;

bool PoolStore::needsFlush() const
{
    const Data &data = *m_data;
    if (!data.touchedPods.empty() || !data.touchedPools.empty() || !data.touchedClaims.empty()
        || !data.touchedNodes.empty() || !data.news.empty() || data.eventsChanged)
        return true;
    return !data.unsettled.empty() && data.clock.now() - data.lastFlush >= 1s;
}

void PoolStore::flush()
{
    Data &data = *m_data;
    PoolChanges changes;
    std::set<std::string> ids = data.touchedPools;
    for (const auto &[id, pods] : data.touchedPods)
        ids.insert(id);
    ids.insert(data.unsettled.begin(), data.unsettled.end());
    for (const std::string &id : ids)
        data.flushPool(id, changes);
    for (const std::string &id : std::exchange(data.touchedClaims, {}))
        data.flushClaim(id, changes);
    for (const std::string &name : std::exchange(data.touchedNodes, {}))
        data.flushNode(name, changes);
    for (auto &[key, eviction] : std::exchange(data.news, {}))
        changes.evictions.push_back(std::move(eviction));
    changes.eventsChanged = std::exchange(data.eventsChanged, false);
    data.touchedPods.clear();
    data.touchedPools.clear();
    data.lastFlush = data.clock.now();
    if (changes.isEmpty())
        return;
    std::erase_if(data.listeners, [](const auto &listener) { return listener.expired(); });
    for (const auto &listener : std::vector(data.listeners)) {
        if (const auto alive = listener.lock())
            (*alive)(changes);
    }
}

PoolStore::Subscription PoolStore::listen(Listener listener)
{
    auto handle = std::make_shared<Listener>(std::move(listener));
    m_data->listeners.push_back(handle);
    return handle;
}

const std::map<std::string, Pool> &PoolStore::pools() const
{
    return m_data->pools;
}
const std::map<std::string, Claim> &PoolStore::claims() const
{
    return m_data->claims;
}
const std::map<std::string, Node> &PoolStore::nodes() const
{
    return m_data->nodes;
}
const std::vector<Eviction> &PoolStore::evictions() const
{
    return m_data->book.evictions();
}

const Pool *PoolStore::pool(std::string_view id) const
{
    const auto found = m_data->pools.find(std::string(id));
    return found == m_data->pools.end() ? nullptr : &found->second;
}

const Worker *PoolStore::worker(std::string_view id) const
{
    const PodFacts *pod = findIn(m_data->pods, id);
    const std::string poolId = pod ? poolIdOf(pod->meta) : std::string();
    const Pool *of = pool(poolId);
    if (!of)
        return nullptr;
    const auto &rows = m_data->entries.at(poolId).rows;
    const auto row = rows.find(std::string(id));
    return row == rows.end() ? nullptr : &of->workers[row->second];
}

const PodFacts *PoolStore::podFacts(std::string_view id) const
{
    return findIn(m_data->pods, id);
}
const WorkloadFacts *PoolStore::workloadFacts(std::string_view poolId) const
{
    return findIn(m_data->workloads, poolId);
}
const NodeFacts *PoolStore::nodeFacts(std::string_view name) const
{
    return findIn(m_data->nodeFacts, name);
}
const StorageClassFacts *PoolStore::storageClass(std::string_view name) const
{
    return findIn(m_data->classes, name);
}
const DiskFacts *PoolStore::disk(std::string_view name) const
{
    return findIn(m_data->disks, name);
}

std::vector<const EventFacts *> PoolStore::eventsOf(std::string_view poolId, std::size_t limit) const
{
    std::vector<const EventFacts *> found;
    const WorkloadFacts *workload = workloadFacts(poolId);
    if (!workload)
        return found;
    const std::string prefix = workload->meta.name + '-';
    for (const auto &[id, event] : m_data->events) {
        if (event.objectNs != workload->meta.ns)
            continue;
        const bool isSet = workload->kind == "StatefulSet";
        const std::string &name = event.objectName;
        const bool isPod =
            event.objectKind == "Pod" && (isSet ? ordinalOf(name, workload->meta.name) >= 0 : name.starts_with(prefix));
        const bool isOwn = event.objectKind == workload->kind && name == workload->meta.name;
        const bool isReplicaSet = !isSet && event.objectKind == "ReplicaSet" && name.starts_with(prefix);
        const bool isClaim = event.objectKind == "PersistentVolumeClaim"
            && (claimOrdinal(name, workload->meta.name).has_value()
                || (name.starts_with(prefix) && name.ends_with("-launcher-storage")));
        if (isPod || isOwn || isReplicaSet || isClaim)
            found.push_back(&event);
    }
    std::ranges::sort(found, [](const EventFacts *a, const EventFacts *b) { return a->last > b->last; });
    if (found.size() > limit)
        found.resize(limit);
    return found;
}

} // namespace pk::pool
