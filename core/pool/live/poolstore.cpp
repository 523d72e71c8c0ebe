// SPDX-License-Identifier: GPL-3.0-or-later
#include "pool/live/poolstore.h"

#include <algorithm>
#include <unordered_map>

namespace pk::pool {

using namespace std::chrono_literals;

namespace {

/// Events are hints, not a log: of a flood the oldest go.
constexpr std::size_t maxEvents = 20'000;

std::string idOf(const ObjectFacts &meta)
{
    return meta.ns.empty() ? meta.name : meta.ns + '/' + meta.name;
}

bool isSettled(const Worker &worker)
{
    const WorkerState state = worker.reading.state;
    return state != WorkerState::Starting && state != WorkerState::Waiting;
}

template <class Facts> const Facts *findIn(const std::map<std::string, Facts, std::less<>> &map, std::string_view id)
{
    const auto found = map.find(id);
    return found == map.end() ? nullptr : &found->second;
}

} // namespace

bool PoolChanges::isEmpty() const
{
    return pools.isEmpty() && claims.isEmpty() && nodes.isEmpty() && workers.isEmpty() && evictions.empty()
        && !eventsChanged;
}

struct PoolStore::Data
{
    template <class Facts> using Facts_ = std::map<std::string, Facts, std::less<>>;

    /// What a pool needs besides its description.
    struct PoolEntry
    {
        std::set<std::string> podIds;
        std::string hash; ///< Newest pod-template-hash when it was described.
        std::unordered_map<std::string, std::size_t> rows; ///< Worker id -> index in Pool::workers.
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
    std::set<std::string> unsettled; ///< Ids of pools whose words change by time alone.
    std::map<std::string, Eviction> news; ///< By key.
    bool eventsChanged = false;
    WallTime lastFlush{};

    std::vector<std::weak_ptr<Listener>> listeners;

    void addPod(PodFacts pod);
    void removePod(const std::string &id);
    void addEviction(Eviction seen);
    void addEvent(EventFacts event);
    void touchClaimsOf(const WorkloadFacts &workload);
    std::vector<const Eviction *> evictionsOf(const std::string &podId) const;

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

// --- Taking facts in

void PoolStore::Data::addPod(PodFacts pod)
{
    const std::string id = idOf(pod.meta);
    if (const auto eviction = evictionFromPod(pod, clock.now()))
        addEviction(*eviction);
    if (pods.contains(id))
        removePod(id);
    podIdByUid[pod.meta.uid] = id;
    for (const VolumeFacts &volume : pod.volumes) {
        if (volume.claim.empty())
            continue;
        const std::string claim = pod.meta.ns + '/' + volume.claim;
        podsByClaim[claim].insert(id);
        touchedClaims.insert(claim);
    }
    if (const std::string pool = poolIdOf(pod.meta); !pool.empty()) {
        entries[pool].podIds.insert(id);
        touchedPods[pool].insert(id);
    }
    pods.insert_or_assign(id, std::move(pod));
}

void PoolStore::Data::removePod(const std::string &id)
{
    const auto found = pods.find(id);
    if (found == pods.end())
        return;
    const PodFacts &pod = found->second;
    for (const VolumeFacts &volume : pod.volumes) {
        if (volume.claim.empty())
            continue;
        const std::string claim = pod.meta.ns + '/' + volume.claim;
        touchedClaims.insert(claim);
        const auto users = podsByClaim.find(claim);
        if (users != podsByClaim.end() && users->second.erase(id) != 0 && users->second.empty())
            podsByClaim.erase(users);
    }
    if (const std::string pool = poolIdOf(pod.meta); !pool.empty()) {
        entries[pool].podIds.erase(id);
        touchedPods[pool].insert(id);
    }
    podIdByUid.erase(pod.meta.uid);
    pods.erase(found);
}

void PoolStore::Data::addEviction(Eviction seen)
{
    const std::size_t before = book.evictions().size();
    if (book.add(seen) == EvictionBook::Outcome::Known)
        return;
    const Eviction *eviction = book.find(seen.key());
    if (!eviction)
        return; // A rejection that was told before, in a minute of its own.
    news.insert_or_assign(eviction->key(), *eviction);
    const std::string podId = seen.ns + '/' + seen.pod;
    if (book.evictions().size() > before)
        evictionsByPod[podId].push_back(before);
    if (const PodFacts *pod = findIn(pods, podId)) {
        if (const std::string pool = poolIdOf(pod->meta); !pool.empty())
            touchedPods[pool].insert(podId);
    }
}

void PoolStore::Data::addEvent(EventFacts event)
{
    if (auto eviction = evictionFromEvent(event)) {
        // The event names only the pod; whose it was is told by the pod, or by the one that has its name now.
        const std::string podId = eviction->ns + '/' + eviction->pod;
        if (const PodFacts *pod = findIn(pods, podId)) {
            describeOwner(*eviction, pod->meta);
            if (pod->meta.uid != eviction->podUid)
                eviction->sources |= Eviction::Replaced;
            else if (eviction->node.empty())
                eviction->node = pod->node;
        }
        addEviction(std::move(*eviction));
    }
    events.insert_or_assign(idOf(event.meta), std::move(event));
    eventsChanged = true;
    if (events.size() <= maxEvents)
        return;
    const auto oldest = std::ranges::min_element(events, [](const auto &a, const auto &b) {
        return a.second.last.value_or(WallTime()) < b.second.last.value_or(WallTime());
    });
    events.erase(oldest);
}

void PoolStore::Data::touchClaimsOf(const WorkloadFacts &workload)
{
    for (const auto &[id, claim] : claimFacts) {
        if (claim.meta.ns == workload.meta.ns && claimOrdinal(claim.meta.name, workload.meta.name))
            touchedClaims.insert(id);
    }
}

// --- Computing

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

// --- The public side

PoolStore::PoolStore(const Clock &clock) : m_data(std::make_unique<Data>(clock)) { }
PoolStore::~PoolStore() = default;

namespace {

/// Ids that a full list leaves out.
template <class Map, class Facts, class Id>
std::vector<std::string> missingIn(const Map &known, const Delta<Facts> &delta, Id id)
{
    std::set<std::string> named;
    for (const Facts &facts : delta.upserts)
        named.insert(id(facts));
    std::vector<std::string> missing;
    for (const auto &[key, value] : known) {
        if (!named.contains(key))
            missing.push_back(key);
    }
    return missing;
}

/// A uid is given once: what was removed does not come back, so an upsert of the same object is an older word of it.
template <class Facts> void forgetRemoved(Delta<Facts> &delta)
{
    std::set<std::string> gone;
    for (const Facts &facts : delta.removed)
        gone.insert(facts.meta.uid);
    gone.erase(std::string());
    if (!gone.empty())
        std::erase_if(delta.upserts, [&](const Facts &facts) { return gone.contains(facts.meta.uid); });
}

/// Facts that only have to be stored, and their ids marked.
template <class Map, class Facts> void store(Map &known, Delta<Facts> delta, std::set<std::string> &touched)
{
    const auto id = [](const Facts &facts) { return idOf(facts.meta); };
    forgetRemoved(delta);
    if (delta.replaceAll) {
        for (const std::string &gone : missingIn(known, delta, id)) {
            known.erase(gone);
            touched.insert(gone);
        }
    }
    for (const Facts &facts : delta.removed) {
        known.erase(id(facts));
        touched.insert(id(facts));
    }
    for (Facts &facts : delta.upserts) {
        std::string key = id(facts);
        touched.insert(key);
        known.insert_or_assign(std::move(key), std::move(facts));
    }
}

} // namespace

void PoolStore::apply(Delta<PodFacts> delta)
{
    for (const PodFacts &pod : delta.upserts) {
        // Also from those that have gone by now.
        if (const auto eviction = delta.removed.empty() ? std::nullopt : evictionFromPod(pod, m_data->clock.now()))
            m_data->addEviction(*eviction);
    }
    forgetRemoved(delta);
    if (delta.replaceAll) {
        for (const std::string &gone :
            missingIn(m_data->pods, delta, [](const PodFacts &pod) { return idOf(pod.meta); }))
            m_data->removePod(gone);
    }
    for (const PodFacts &pod : delta.removed) {
        // The last state of a StatefulSet's evicted pod is often told only here.
        if (const auto eviction = evictionFromPod(pod, m_data->clock.now()))
            m_data->addEviction(*eviction);
        const auto known = m_data->podIdByUid.find(pod.meta.uid);
        if (known != m_data->podIdByUid.end())
            m_data->removePod(std::string(known->second));
    }
    for (PodFacts &pod : delta.upserts)
        m_data->addPod(std::move(pod));
}

void PoolStore::apply(Delta<EventFacts> delta)
{
    if (delta.replaceAll) {
        for (const std::string &gone :
            missingIn(m_data->events, delta, [](const EventFacts &of) { return idOf(of.meta); }))
            m_data->events.erase(gone);
        m_data->eventsChanged = true;
    }
    for (const EventFacts &event : delta.removed)
        m_data->eventsChanged |= m_data->events.erase(idOf(event.meta)) != 0;
    for (EventFacts &event : delta.upserts)
        m_data->addEvent(std::move(event));
}

void PoolStore::apply(Delta<WorkloadFacts> delta, std::string_view kind)
{
    const auto id = [](const WorkloadFacts &facts) { return facts.meta.ns + '/' + facts.kind + '/' + facts.meta.name; };
    forgetRemoved(delta);
    const auto drop = [this](const std::string &gone) {
        const auto found = m_data->workloads.find(gone);
        if (found == m_data->workloads.end())
            return;
        m_data->touchClaimsOf(found->second);
        m_data->workloads.erase(found);
        m_data->touchedPools.insert(gone);
    };
    if (delta.replaceAll) {
        const std::string infix = '/' + std::string(kind) + '/';
        for (const std::string &gone : missingIn(m_data->workloads, delta, id)) {
            if (gone.find(infix) != std::string::npos)
                drop(gone);
        }
    }
    for (const WorkloadFacts &workload : delta.removed)
        drop(id(workload));
    for (WorkloadFacts &workload : delta.upserts) {
        std::string key = id(workload);
        const WorkloadFacts *known = findIn(m_data->workloads, key);
        if (!known || known->desired != workload.desired || known->firstOrdinal != workload.firstOrdinal)
            m_data->touchClaimsOf(workload);
        m_data->touchedPools.insert(key);
        m_data->workloads.insert_or_assign(std::move(key), std::move(workload));
    }
}

void PoolStore::apply(Delta<ClaimFacts> delta)
{
    store(m_data->claimFacts, std::move(delta), m_data->touchedClaims);
}

void PoolStore::apply(Delta<NodeFacts> delta)
{
    store(m_data->nodeFacts, std::move(delta), m_data->touchedNodes);
}

void PoolStore::apply(Delta<DiskFacts> delta)
{
    std::set<std::string> touched;
    store(m_data->disks, std::move(delta), touched);
}

void PoolStore::apply(Delta<StorageClassFacts> delta)
{
    std::set<std::string> touched;
    store(m_data->classes, std::move(delta), touched);
}

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
