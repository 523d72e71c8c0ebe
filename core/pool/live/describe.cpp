// SPDX-License-Identifier: GPL-3.0-or-later
// How pools, claims and nodes are described anew: only those that were touched.
#include "pool/live/pooldata.h"

#include <algorithm>
#include <utility>

namespace pk::pool {

void PoolStore::Data::PoolEntry::count(const Worker &worker, std::size_t row)
{
    rowsByBadness[badness(worker)].insert(row);
    ready += worker.reading.state == WorkerState::Ready;
}

void PoolStore::Data::PoolEntry::uncount(const Worker &worker, std::size_t row)
{
    const auto same = rowsByBadness.find(badness(worker));
    same->second.erase(row);
    if (same->second.empty())
        rowsByBadness.erase(same);
    ready -= worker.reading.state == WorkerState::Ready;
}

void PoolStore::Data::lookAgain(const std::string &id, std::optional<WallTime> when)
{
    if (const auto known = lookOf.find(id); known != lookOf.end()) {
        if (known->second == when)
            return;
        looks.erase({known->second, id});
        lookOf.erase(known);
    }
    if (when) {
        looks.emplace(*when, id);
        lookOf.emplace(id, *when);
    }
}

void PoolStore::Data::touchDue()
{
    const WallTime now = clock.now();
    while (!looks.empty() && looks.begin()->first <= now) {
        const std::string id = looks.begin()->second;
        lookAgain(id, std::nullopt);
        if (pools.contains(id))
            touchedPods[id];
        else if (const PodFacts *pod = findIn(pods, id))
            touchPod(*pod, id, poolIdOf(pod->meta));
    }
}

Worker PoolStore::Data::describe(
    const std::string &id, const PodFacts &pod, const WorkloadFacts &workload, const PoolEntry &entry)
{
    const WallTime now = clock.now();
    Worker worker = describeWorker(pod, workload, evictionsOf(id), entry.hash, now);
    lookAgain(id, nextLook(worker, pod, now));
    return worker;
}

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
        Worker next = describe(id, *findIn(pods, id), workload, entry);
        Worker &worker = pool.workers[row->second];
        if (worker == next)
            continue;
        entry.uncount(worker, row->second);
        worker = std::move(next);
        entry.count(worker, row->second);
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
        pool.workers.push_back(describe(id, pod, workload, entry));
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
    entry.rowsByBadness.clear();
    entry.ready = 0;
    for (std::size_t row = 0; row < pool.workers.size(); ++row) {
        entry.rows.emplace(pool.workers[row].id, row);
        entry.count(pool.workers[row], row);
    }
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
    lookAgain(id, std::nullopt);
    pools.erase(pool);
}

void PoolStore::Data::flushPool(const std::string &id, PoolChanges &changes)
{
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
        changed = redoWorkers(pool, entry, *workload, touched, changes);
    }
    std::vector<Worker> workers = std::move(pool.workers); // They are told by `changed`; the rest is compared.
    pool.workers.clear();
    const Pool before = pool;
    pool.workers = std::move(workers);
    const WorkerTally tally{entry.ready,
        entry.rowsByBadness.empty() ? nullptr : &pool.workers[*entry.rowsByBadness.begin()->second.begin()]};
    std::optional<WallTime> forgotten; // The first of the recent evictions that will not be recent any more.
    summarizePool(pool, *workload, tally, [&](const Worker &worker) {
        int count = 0;
        for (const Eviction *eviction : evictionsOf(worker.id)) {
            if (clock.now() - eviction->lastTime >= recently || eviction->what.cause == EvictionCause::Rejected)
                continue;
            count += eviction->count;
            forgotten = std::min(forgotten.value_or(WallTime::max()), eviction->lastTime + recently);
        }
        return count;
    });
    lookAgain(id, forgotten);
    workers = std::move(pool.workers);
    pool.workers.clear();
    changed = changed || !(before == pool);
    pool.workers = std::move(workers);
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
