// SPDX-License-Identifier: GPL-3.0-or-later
#include "pool/live/poolstore.h"

#include "pool/live/pooldata.h"

#include <algorithm>
#include <utility>

namespace pk::pool {

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
    return !data.looks.empty() && data.looks.begin()->first <= data.clock.now();
}

void PoolStore::flush()
{
    Data &data = *m_data;
    PoolChanges changes;
    data.touchDue();
    std::set<std::string> ids = data.touchedPools;
    for (const auto &[id, pods] : data.touchedPods)
        ids.insert(id);
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
    const auto &byObject = m_data->eventsByObject;
    const std::string &ns = workload->meta.ns, &name = workload->meta.name;
    /// Of all objects of `kind` whose names begin with `prefix`, if `isOurs` says so of the name.
    const auto add = [&](const std::string &kind, const std::string &prefix, const auto &isOurs) {
        const std::string folder = ns + '/' + kind + '/';
        const std::string from = folder + prefix;
        for (auto of = byObject.lower_bound(from); of != byObject.end() && of->first.starts_with(from); ++of) {
            if (isOurs(std::string_view(of->first).substr(folder.size())))
                found.insert(found.end(), of->second.begin(), of->second.end());
        }
    };
    const bool isSet = workload->kind == "StatefulSet";
    const auto any = [](std::string_view) { return true; };
    add(workload->kind, name, [&](std::string_view object) { return object == name; });
    add("Pod", name + '-', [&](std::string_view object) { return !isSet || ordinalOf(object, name) >= 0; });
    if (!isSet)
        add("ReplicaSet", name + '-', any);
    add("PersistentVolumeClaim", {}, [&](std::string_view object) {
        return claimOrdinal(object, name).has_value()
            || (object.starts_with(name + '-') && object.ends_with("-launcher-storage"));
    });
    const std::size_t shown = std::min(limit, found.size());
    const auto newer = [](const EventFacts *a, const EventFacts *b) {
        return a->last != b->last ? a->last > b->last : a->meta.name < b->meta.name;
    };
    std::ranges::partial_sort(found, found.begin() + std::ptrdiff_t(shown), newer);
    found.resize(shown);
    return found;
}

} // namespace pk::pool
