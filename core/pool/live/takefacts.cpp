// SPDX-License-Identifier: GPL-3.0-or-later
// How facts come in: they are stored, evictions are caught at once, and what is concerned is marked as touched.
#include "pool/live/pooldata.h"

#include <algorithm>

namespace pk::pool {

namespace {

/// Events are hints, not a log: of a flood the oldest go.
constexpr std::size_t maxEvents = 20'000;
constexpr std::size_t eventsAfterFlood = 18'000;

std::string objectOf(const EventFacts &event)
{
    return event.objectNs + '/' + event.objectKind + '/' + event.objectName;
}

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

void PoolStore::Data::touchPod(const PodFacts &pod, const std::string &id, const std::string &pool)
{
    for (const VolumeFacts &volume : pod.volumes) {
        if (!volume.claim.empty())
            touchedClaims.insert(pod.meta.ns + '/' + volume.claim);
    }
    if (!pool.empty())
        touchedPods[pool].insert(id);
}

void PoolStore::Data::addPod(PodFacts pod)
{
    const std::string id = idOf(pod.meta);
    if (const auto eviction = evictionFromPod(pod, clock.now()))
        addEviction(*eviction);
    const std::string pool = poolIdOf(pod.meta);
    if (const auto known = pods.find(id); known != pods.end()) {
        // Mostly it is another word of the same pod, in the same place of all that leads to it.
        if (known->second.meta.uid == pod.meta.uid && known->second.volumes == pod.volumes
            && poolIdOf(known->second.meta) == pool) {
            touchPod(pod, id, pool);
            known->second = std::move(pod);
            return;
        }
        removePod(id);
    }
    podIdByUid[pod.meta.uid] = id;
    for (const VolumeFacts &volume : pod.volumes) {
        if (volume.claim.empty())
            continue;
        podsByClaim[pod.meta.ns + '/' + volume.claim].insert(id);
    }
    if (!pool.empty())
        entries[pool].podIds.insert(id);
    touchPod(pod, id, pool);
    pods.insert_or_assign(id, std::move(pod));
}

void PoolStore::Data::removePod(const std::string &id)
{
    const auto found = pods.find(id);
    if (found == pods.end())
        return;
    const PodFacts &pod = found->second;
    const std::string pool = poolIdOf(pod.meta);
    touchPod(pod, id, pool);
    lookAgain(id, std::nullopt);
    for (const VolumeFacts &volume : pod.volumes) {
        if (volume.claim.empty())
            continue;
        const auto users = podsByClaim.find(pod.meta.ns + '/' + volume.claim);
        if (users != podsByClaim.end() && users->second.erase(id) != 0 && users->second.empty())
            podsByClaim.erase(users);
    }
    if (!pool.empty())
        entries[pool].podIds.erase(id);
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
    const std::string id = idOf(event.meta);
    removeEvent(id);
    const EventFacts &kept = events.emplace(id, std::move(event)).first->second;
    eventsByObject[objectOf(kept)].insert(&kept);
    eventsChanged = true;
    if (events.size() > maxEvents)
        dropOldestEvents();
}

bool PoolStore::Data::removeEvent(const std::string &id)
{
    const auto found = events.find(id);
    if (found == events.end())
        return false;
    const auto same = eventsByObject.find(objectOf(found->second));
    same->second.erase(&found->second);
    if (same->second.empty())
        eventsByObject.erase(same);
    events.erase(found);
    return true;
}

/// Many at once: to look for the oldest costs a walk through all.
void PoolStore::Data::dropOldestEvents()
{
    std::vector<std::pair<WallTime, std::string>> ages;
    ages.reserve(events.size());
    for (const auto &[id, event] : events)
        ages.emplace_back(event.last.value_or(WallTime()), id);
    const auto kept = ages.begin() + std::ptrdiff_t(ages.size() - eventsAfterFlood);
    std::ranges::nth_element(ages, kept);
    for (auto gone = ages.begin(); gone != kept; ++gone)
        removeEvent(gone->second);
}

void PoolStore::Data::touchClaimsOf(const WorkloadFacts &workload)
{
    for (const auto &[id, claim] : claimFacts) {
        if (claim.meta.ns == workload.meta.ns && claimOrdinal(claim.meta.name, workload.meta.name))
            touchedClaims.insert(id);
    }
}

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
            m_data->removeEvent(gone);
        m_data->eventsChanged = true;
    }
    for (const EventFacts &event : delta.removed)
        m_data->eventsChanged |= m_data->removeEvent(idOf(event.meta));
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

} // namespace pk::pool
