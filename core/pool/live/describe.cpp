// SPDX-License-Identifier: GPL-3.0-or-later
// How pools, claims and nodes are described anew: only those that were touched.
#include "pool/live/pooldata.h"

#include <algorithm>
#include <utility>

namespace pk::pool {

using namespace std::chrono_literals;

namespace {

bool isSettled(const Worker &worker)
{
    const WorkerState state = worker.reading.state;
    return state != WorkerState::Starting && state != WorkerState::Waiting && !worker.replacement;
}

} // namespace

std::vector<const Eviction *> PoolStore::Data::evictionsOf(const std::string &podId) const
{
    std::vector<const Eviction *> found;
    if (const auto indexes = evictionsByPod.find(podId); indexes != evictionsByPod.end()) {
        for (const std::size_t index : indexes->second)
            found.push_back(&book.evictions()[index]);
    }
    return found;
}

std::string PoolStore::Data::newestHash(const PoolEntry &entry) const
{
    const PodFacts *newest = nullptr;
    for (const std::string &id : entry.podIds) {
        const PodFacts *pod = findIn(pods, id);
        if (pod && pod->meta.created && (!newest || *pod->meta.created > *newest->meta.created))
            newest = pod;
    }
    return newest ? newest->meta.label("pod-template-hash") : std::string();
}

bool PoolStore::Data::redoWorkers(Pool &pool, PoolEntry &entry, const WorkloadFacts &workload,
    const std::set<std::string> &touched, PoolChanges &changes)
{
    for (const std::string &id : touched) {
        const PodFacts *pod = findIn(pods, id);
        const auto row = entry.rows.find(id);
        const bool isWorker = pod && !isLeftover(*pod, workload);
        if (isWorker != (row != entry.rows.end()) || (pod && !isWorker))
            return rebuildWorkers(pool, entry, workload, touched, changes);
    }
    bool changed = false;
    for (const std::string &id : touched) {
        const auto row = entry.rows.find(id);
        if (row == entry.rows.end())
            continue;
        Worker next = describeWorker(*findIn(pods, id), workload, evictionsOf(id), entry.hash, clock.now());
        Worker &worker = pool.workers[row->second];
        if (worker == next)
            continue;
        worker = std::move(next);
        changes.workers.updated.push_back(id);
        changed = true;
    }
    return changed;
}

bool PoolStore::Data::rebuildWorkers(Pool &pool, PoolEntry &entry, const WorkloadFacts &workload,
    const std::set<std::string> &touched, PoolChanges &changes)
{
    std::unordered_map<std::string, Worker> old;
    for (Worker &worker : pool.workers)
        old.emplace(worker.id, std::move(worker));
    pool.workers.clear();
    const int oldLeftovers = std::exchange(pool.leftoverPods, 0);
    bool changed = false;
    for (const std::string &id : entry.podIds) {
        const PodFacts &pod = *findIn(pods, id);
        if (isLeftover(pod, workload)) {
            ++pool.leftoverPods;
            continue;
        }
        const auto known = old.find(id);
        if (known != old.end() && !touched.contains(id)) {
            pool.workers.push_back(std::move(known->second));
            old.erase(known);
            continue;
        }
        pool.workers.push_back(describeWorker(pod, workload, evictionsOf(id), entry.hash, clock.now()));
        if (known == old.end()) {
            changes.workers.added.push_back(id);
            changed = true;
        } else {
            if (known->second != pool.workers.back()) {
                changes.workers.updated.push_back(id);
                changed = true;
            }
            old.erase(known);
        }
    }
    for (const auto &[id, worker] : old)
        changes.workers.removed.push_back(id);
    std::ranges::sort(pool.workers, comesBefore);
    entry.rows.clear();
    for (std::size_t row = 0; row < pool.workers.size(); ++row)
        entry.rows.emplace(pool.workers[row].id, row);
    return changed || !old.empty() || oldLeftovers != pool.leftoverPods;
}

void PoolStore::Data::dropPool(const std::string &id, PoolChanges &changes)
{
    const auto pool = pools.find(id);
    if (pool == pools.end())
        return;
    for (const Worker &worker : pool->second.workers)
        changes.workers.removed.push_back(worker.id);
    changes.pools.removed.push_back(id);
    entries[id].rows.clear();
    pools.erase(pool);
}

void PoolStore::Data::flushPool(const std::string &id, PoolChanges &changes)
{
    unsettled.erase(id);
    const WorkloadFacts *workload = findIn(workloads, id);
    if (!workload || !isWorkerPool(*workload)) {
        dropPool(id, changes);
        if (entries[id].podIds.empty())
            entries.erase(id);
        return;
    }
    const auto [place, isNew] = pools.try_emplace(id);
    Pool &pool = place->second;
    PoolEntry &entry = entries[id];
    std::set<std::string> touched = std::move(touchedPods[id]);
    if (workload->kind == "Deployment") {
        // Another newest revision makes all others outdated.
        if (std::string hash = newestHash(entry); hash != entry.hash) {
            entry.hash = std::move(hash);
            touchedPools.insert(id);
        }
    }
    bool changed = false;
    if (isNew || touchedPools.contains(id)) {
        touched.insert(entry.podIds.begin(), entry.podIds.end());
        changed = rebuildWorkers(pool, entry, *workload, touched, changes);
    } else {
        for (const Worker &worker : pool.workers) {
            if (!isSettled(worker))
                touched.insert(worker.id);
        }
        changed = redoWorkers(pool, entry, *workload, touched, changes);
    }
    std::vector<Worker> workers = std::move(pool.workers);
    pool.workers.clear();
    const Pool before = pool;
    pool.workers = std::move(workers);
    summarizePool(pool, *workload, [&](const Worker &worker) {
        int count = 0;
        for (const Eviction *eviction : evictionsOf(worker.id)) {
            if (clock.now() - eviction->lastTime < 30min && eviction->what.cause != EvictionCause::Rejected)
                count += eviction->count;
        }
        return count;
    });
    workers = std::move(pool.workers);
    pool.workers.clear();
    changed = changed || !(before == pool);
    pool.workers = std::move(workers);
    if (!std::ranges::all_of(pool.workers, isSettled))
        unsettled.insert(id);
    if (isNew)
        changes.pools.added.push_back(id);
    else if (changed)
        changes.pools.updated.push_back(id);
}

const WorkloadFacts *PoolStore::Data::poolOfClaim(const ClaimFacts &claim) const
{
    for (const auto &[id, workload] : workloads) {
        if (workload.meta.ns != claim.meta.ns || !isWorkerPool(workload))
            continue;
        if (workload.kind == "StatefulSet" && claimOrdinal(claim.meta.name, workload.meta.name))
            return &workload;
    }
    if (claim.meta.ownerKind != "Pod")
        return nullptr;
    const PodFacts *owner = findIn(pods, claim.meta.ns + '/' + claim.meta.ownerName);
    return owner ? findIn(workloads, poolIdOf(owner->meta)) : nullptr;
}

void PoolStore::Data::flushClaim(const std::string &id, PoolChanges &changes)
{
    const ClaimFacts *facts = findIn(claimFacts, id);
    if (!facts) {
        if (claims.erase(id) != 0)
            changes.claims.removed.push_back(id);
        return;
    }
    const auto users = podsByClaim.find(id);
    const PodFacts *user = users == podsByClaim.end() ? nullptr : findIn(pods, *users->second.begin());
    Claim next = describeClaim(*facts, user, poolOfClaim(*facts));
    const auto [place, isNew] = claims.try_emplace(id);
    if (!isNew && place->second == next)
        return;
    place->second = std::move(next);
    (isNew ? changes.claims.added : changes.claims.updated).push_back(id);
}

void PoolStore::Data::flushNode(const std::string &name, PoolChanges &changes)
{
    const NodeFacts *facts = findIn(nodeFacts, name);
    if (!facts) {
        if (nodes.erase(name) != 0)
            changes.nodes.removed.push_back(name);
        return;
    }
    Node next = describeNode(*facts);
    const auto [place, isNew] = nodes.try_emplace(name);
    if (!isNew && place->second == next)
        return;
    place->second = std::move(next);
    (isNew ? changes.nodes.added : changes.nodes.updated).push_back(name);
}

} // namespace pk::pool
