// SPDX-License-Identifier: GPL-3.0-or-later
#include "pool/pool.h"

#include <algorithm>
#include <tuple>

namespace pk::pool {

namespace {

using namespace std::chrono_literals;

constexpr std::string_view storageVolume = "launcher-storage";
constexpr auto longWait = 2min; ///< Of a worker that waits or starts.

bool hasContainer(const std::vector<ContainerFacts> &containers, std::string_view name)
{
    return std::ranges::any_of(containers, [&](const ContainerFacts &container) { return container.name == name; });
}

std::string labelOf(const PodFacts &pod, int ordinal)
{
    if (ordinal >= 0)
        return std::to_string(ordinal);
    const auto dash = pod.meta.name.rfind('-');
    return dash == std::string::npos ? pod.meta.name : pod.meta.name.substr(dash + 1);
}

/// The pod's hash label against what the workload wants; a Deployment's current hash is not in its status, so there the
/// newest hash among the pods counts.
bool isOutdated(const PodFacts &pod, const WorkloadFacts &workload, std::string_view newestHash)
{
    if (workload.kind == "StatefulSet") {
        const std::string hash = pod.meta.label("controller-revision-hash");
        return !hash.empty() && !workload.updateRevision.empty() && hash != workload.updateRevision;
    }
    const std::string hash = pod.meta.label("pod-template-hash");
    return !hash.empty() && !newestHash.empty() && hash != newestHash;
}

std::string newestHash(const PoolFacts &facts)
{
    const PodFacts *newest = nullptr;
    for (const PodFacts *pod : facts.pods) {
        if (pod->meta.created && (!newest || *pod->meta.created > *newest->meta.created))
            newest = pod;
    }
    return newest ? newest->meta.label("pod-template-hash") : std::string();
}

void fillStorage(const PodFacts &pod, const WorkloadFacts &workload, Worker &worker)
{
    for (const VolumeFacts &volume : pod.volumes) {
        if (volume.name != storageVolume)
            continue;
        worker.volumeSize = volume.size;
        switch (volume.source) {
        case VolumeFacts::Source::EmptyDir:
            worker.storage = StorageWay::EmptyDir;
            break;
        case VolumeFacts::Source::Ephemeral:
            worker.storage = StorageWay::Ephemeral;
            break;
        case VolumeFacts::Source::Claim:
            worker.storage = StorageWay::Other;
            break;
        default:
            worker.storage = StorageWay::Other;
            return;
        }
        if (volume.claim.empty())
            return;
        worker.claim = pod.meta.ns + '/' + volume.claim;
        for (const ClaimTemplateFacts &claim : workload.claimTemplates) {
            if (volume.source == VolumeFacts::Source::Claim && claim.name == storageVolume) {
                worker.storage = StorageWay::ClaimTemplate;
                worker.volumeSize = claim.size;
            }
        }
        return;
    }
}

bool isWaiting(const Worker &worker)
{
    return worker.reading.state == WorkerState::Waiting || worker.reading.state == WorkerState::Starting;
}

/// `pod` has come in place of the evicted one: a StatefulSet makes it as soon as the old one is gone.
bool replaces(const PodFacts &pod, const Eviction &eviction)
{
    return !eviction.podUid.empty() && eviction.podUid != pod.meta.uid && pod.meta.created
        && *pod.meta.created >= eviction.time - 2s && *pod.meta.created - eviction.lastTime < 2min;
}

/// Until the new pod is ready the eviction is the news of this worker, and what the new pod does stands behind it.
void tellEviction(const Eviction &eviction, Worker &worker)
{
    worker.replacement = std::move(worker.reading.why);
    worker.reading.state = WorkerState::Evicted;
    worker.reading.why = newsOf(eviction);
    worker.reading.since = eviction.lastTime;
}

bool isRolling(const WorkloadFacts &workload)
{
    if (workload.observedGeneration < workload.meta.generation)
        return true;
    if (workload.kind == "StatefulSet")
        return workload.strategy != "OnDelete" && workload.desired > 0 && !workload.updateRevision.empty()
            && workload.currentRevision != workload.updateRevision
            && workload.updated < workload.desired - workload.partition;
    return workload.updated < workload.desired || workload.replicas > workload.updated;
}

/// With OrderedReady nothing behind a worker that is not ready is started or updated.
int waitingBehind(const Pool &pool, const WorkloadFacts &workload, const Worker &worst)
{
    if (workload.kind != "StatefulSet" || workload.podManagement == "Parallel" || worst.ordinal < 0)
        return 0;
    const int missing = workload.firstOrdinal + workload.desired - 1 - worst.ordinal;
    const auto later = std::ranges::upper_bound(pool.workers, worst.ordinal, {}, &Worker::ordinal);
    return std::max(0, missing - static_cast<int>(pool.workers.end() - later));
}

Parameters counts(const Pool &pool)
{
    return {{"ready", std::to_string(pool.ready)}, {"desired", std::to_string(pool.desired)}};
}

News poolNews(const Pool &pool, const WorkloadFacts &workload, const Worker *worst,
    const std::function<int(const Worker &)> &recentEvictions)
{
    if (pool.desired == 0)
        return {pool.workers.empty() ? "pool.no-workers-wanted" : "pool.scaling-to-nothing", counts(pool)};
    News news;
    news.parameters = counts(pool);
    if (!worst) {
        news.id = "pool.no-workers-yet";
        for (const ConditionFacts &condition : workload.conditions) {
            if (condition.type == "ReplicaFailure" && condition.status == "True")
                news = {"pool.pods-refused", counts(pool), condition.message};
        }
        return news;
    }
    if (worst->reading.state == WorkerState::Ready && pool.ready >= pool.desired) {
        news.id = pool.rolling ? "pool.rolling-out" : "pool.all-ready";
        return news;
    }
    news.parameters.emplace_back("worker", worst->label);
    if (worst->reading.state == WorkerState::Ready) {
        news.id = "pool.workers-missing";
        return news;
    }
    const int evictions = recentEvictions(*worst);
    if (evictions > 1) {
        news.id = "pool.eviction-loop";
        news.parameters.emplace_back("count", std::to_string(evictions));
    } else if (const int behind = waitingBehind(pool, workload, *worst);
               behind > 0 && !pool.rolling && worst->reading.state != WorkerState::Starting) {
        news.id = "pool.order-blocked";
        news.parameters.emplace_back("behind", std::to_string(behind));
        news.quote = worst->reading.why.quote;
    } else {
        // One sentence for each reason: "pool." + what the worker says about itself.
        news.id = "pool." + worst->reading.why.id;
        for (const auto &[name, value] : worst->reading.why.parameters)
            news.parameters.emplace_back(name, value);
        news.quote = worst->replacement ? worst->replacement->quote : worst->reading.why.quote;
    }
    return news;
}

} // namespace

bool isWorkerPool(const WorkloadFacts &workload)
{
    return (workload.kind == "StatefulSet" || workload.kind == "Deployment")
        && hasContainer(workload.containers, "launcher") && hasContainer(workload.containers, "dind");
}

std::string releaseOf(const WorkloadFacts &workload)
{
    const std::string annotated = workload.meta.annotation("meta.helm.sh/release-name");
    if (!annotated.empty())
        return annotated;
    // What Helm 2 or `helm template | kubectl apply` made has only the label.
    return workload.meta.label("app.kubernetes.io/managed-by") == "Helm"
        ? workload.meta.label("app.kubernetes.io/instance")
        : std::string();
}

std::string poolIdOf(const ObjectFacts &pod)
{
    if (pod.ownerKind == "StatefulSet")
        return pod.ns + "/StatefulSet/" + pod.ownerName;
    // A Deployment's ReplicaSet is called DEPLOYMENT-HASH, and its pods carry the hash as a label.
    const std::string hash = '-' + pod.label("pod-template-hash");
    if (pod.ownerKind == "ReplicaSet" && hash.size() > 1 && pod.ownerName.ends_with(hash))
        return pod.ns + "/Deployment/" + pod.ownerName.substr(0, pod.ownerName.size() - hash.size());
    return {};
}

bool isLeftover(const PodFacts &pod, const WorkloadFacts &workload)
{
    return workload.kind == "Deployment" && (pod.phase == "Failed" || pod.phase == "Succeeded") && !pod.meta.deleting;
}

bool comesBefore(const Worker &a, const Worker &b)
{
    return std::tie(a.ordinal, a.pod) < std::tie(b.ordinal, b.pod);
}

Worker describeWorker(const PodFacts &pod, const WorkloadFacts &workload,
    const std::vector<const Eviction *> &evictions, std::string_view currentHash, WallTime now)
{
    Worker worker;
    worker.id = pod.meta.ns + '/' + pod.meta.name;
    worker.pod = pod.meta.name;
    worker.podUid = pod.meta.uid;
    worker.node = pod.node;
    worker.ordinal = workload.kind == "StatefulSet" ? ordinalOf(pod.meta.name, workload.meta.name) : -1;
    worker.label = labelOf(pod, worker.ordinal);
    worker.reading = interpretPod(pod, now);
    worker.created = pod.meta.created;
    worker.outdated = isOutdated(pod, workload, currentHash);
    const bool waits = isWaiting(worker);
    worker.waitsLong = waits && worker.reading.since && now - *worker.reading.since > longWait;
    fillStorage(pod, workload, worker);
    const Eviction *last = nullptr;
    for (const Eviction *eviction : evictions) {
        if (!last || eviction->lastTime > last->lastTime)
            last = eviction;
    }
    if (last) {
        worker.lastEviction = last->lastTime;
        if (waits && replaces(pod, *last))
            tellEviction(*last, worker);
    }
    return worker;
}

int badness(const Worker &worker)
{
    return badness(worker.reading.state, worker.waitsLong);
}

std::optional<WallTime> nextLook(const Worker &worker, const PodFacts &pod, WallTime now)
{
    std::optional<WallTime> next;
    if (!isWaiting(worker) && !worker.replacement)
        return next;
    const auto at = [&](const std::optional<WallTime> &since, WallTime::duration after) {
        if (since && *since + after > now && (!next || *since + after < *next))
            next = *since + after;
    };
    // Whichever of them the reading counts from.
    at(pod.meta.created, longWait + WallTime::duration(1));
    for (const ConditionFacts &condition : pod.conditions)
        at(condition.since, longWait + WallTime::duration(1));
    for (const ContainerFacts &container : pod.containers)
        at(container.runningSince, longStart);
    return next;
}

void summarizePool(Pool &pool, const WorkloadFacts &workload, const WorkerTally &tally,
    const std::function<int(const Worker &)> &recentEvictions)
{
    pool.id = workload.meta.ns + '/' + workload.kind + '/' + workload.meta.name;
    pool.name = workload.meta.name;
    pool.ns = workload.meta.ns;
    pool.kind = workload.kind;
    pool.uid = workload.meta.uid;
    pool.release = releaseOf(workload);
    pool.releaseNs.clear();
    if (!pool.release.empty()) {
        pool.releaseNs = workload.meta.annotation("meta.helm.sh/release-namespace");
        if (pool.releaseNs.empty())
            pool.releaseNs = pool.ns;
    }
    pool.chart = workload.meta.label("helm.sh/chart");
    pool.desired = workload.desired;
    pool.storage = storageSetupOf(workload);
    pool.rolling = isRolling(workload);
    pool.ready = tally.ready;
    pool.worst = tally.worst ? tally.worst->reading.state : WorkerState::Ready;
    pool.news = poolNews(pool, workload, tally.worst, recentEvictions);
}

Pool describePool(const PoolFacts &facts)
{
    const WorkloadFacts &workload = *facts.workload;
    const auto evictionsOf = [&](std::string_view ns, std::string_view pod) {
        std::vector<const Eviction *> found;
        for (const Eviction *eviction : facts.evictions) {
            if (eviction->pod == pod && eviction->ns == ns)
                found.push_back(eviction);
        }
        return found;
    };
    Pool pool;
    const std::string hash = newestHash(facts);
    for (const PodFacts *pod : facts.pods) {
        if (isLeftover(*pod, workload)) {
            ++pool.leftoverPods;
            continue;
        }
        pool.workers.push_back(
            describeWorker(*pod, workload, evictionsOf(pod->meta.ns, pod->meta.name), hash, facts.now));
    }
    std::ranges::sort(pool.workers, comesBefore);
    WorkerTally tally;
    for (const Worker &worker : pool.workers) {
        tally.ready += worker.reading.state == WorkerState::Ready;
        if (!tally.worst || badness(worker) < badness(*tally.worst))
            tally.worst = &worker;
    }
    summarizePool(pool, workload, tally, [&](const Worker &worker) {
        int count = 0;
        for (const Eviction *eviction : evictionsOf(workload.meta.ns, worker.pod)) {
            if (facts.now - eviction->lastTime < recently && eviction->what.cause != EvictionCause::Rejected)
                count += eviction->count;
        }
        return count;
    });
    return pool;
}

} // namespace pk::pool
