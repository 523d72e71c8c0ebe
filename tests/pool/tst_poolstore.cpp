// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/timestamp.h"
#include "pool/live/feed.h"
#include "pool/live/poolstore.h"

#include <QTest>

using namespace pk;
using namespace pk::pool;

namespace {

class StillClock : public Clock
{
public:
    WallTime now() const override { return time; }
    WallTime time = *parseTimestamp("2026-11-23T12:00:00Z");
};

WorkloadFacts setOf(int replicas, const char *name = "prod")
{
    WorkloadFacts set;
    set.kind = "StatefulSet";
    set.meta.name = name;
    set.meta.ns = "ci";
    set.meta.uid = "set";
    set.meta.annotations["meta.helm.sh/release-name"] = "prod-eu";
    set.desired = replicas;
    set.containers.resize(2);
    set.containers[0].name = "launcher";
    set.containers[1].name = "dind";
    return set;
}

PodFacts readyPod(const std::string &name, const std::string &uid = {})
{
    PodFacts pod;
    pod.meta.name = name;
    pod.meta.ns = "ci";
    pod.meta.uid = uid.empty() ? name : uid;
    pod.meta.ownerKind = "StatefulSet";
    pod.meta.ownerName = "prod";
    pod.meta.ownerUid = "set";
    pod.phase = "Running";
    pod.node = "n1";
    for (const char *container : {"launcher", "dind"}) {
        ContainerFacts facts;
        facts.name = container;
        facts.run = ContainerFacts::Run::Running;
        facts.ready = true;
        pod.containers.push_back(facts);
    }
    return pod;
}

PodFacts evictedPod(const std::string &name, const std::string &uid)
{
    PodFacts pod = readyPod(name, uid);
    pod.phase = "Failed";
    pod.reason = "Evicted";
    pod.message = "The node was low on resource: ephemeral-storage. ";
    return pod;
}

EventFacts evictedEvent(const std::string &pod, const std::string &uid)
{
    EventFacts event;
    event.meta.name = pod + ".1";
    event.meta.ns = "ci";
    event.reason = "Evicted";
    event.message = "The node was low on resource: ephemeral-storage. Threshold quantity: 1, available: 0. ";
    event.objectKind = "Pod";
    event.objectNs = "ci";
    event.objectName = pod;
    event.objectUid = uid;
    event.host = "n1";
    event.first = event.last = parseTimestamp("2026-11-23T11:59:00Z");
    return event;
}

template <class Facts> Delta<Facts> fresh(std::vector<Facts> facts)
{
    return {.replaceAll = true, .upserts = std::move(facts), .removed = {}};
}

template <class Facts> Delta<Facts> changed(std::vector<Facts> upserts, std::vector<Facts> removed = {})
{
    return {.replaceAll = false, .upserts = std::move(upserts), .removed = std::move(removed)};
}

QString idsOf(const PoolChanges::Ids &ids)
{
    QStringList parts;
    const auto add = [&](const char *sign, const std::vector<std::string> &list) {
        for (const std::string &id : list)
            parts += QString::fromUtf8(sign) + QString::fromStdString(id);
    };
    add("+", ids.added);
    add("~", ids.updated);
    add("-", ids.removed);
    return parts.join(QLatin1Char(' '));
}

} // namespace

class TestPoolStore : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void findsPools();
    void tellsOnlyWhatChanged();
    void catchesEvictionFromTheLastWordOfAPod();
    void keepsTheOrderOfAWatch();
    void catchesEvictionFromTheEventAlone();
    void oneEvictionSeenThreeWays();
    void anEvictedWorkerIsSoUntilItsNewPodIsReady();
    void loopOfEvictionsIsThePoolsNews();
    void failedPodsOfADeploymentAreLeftovers();
    void wordsChangeByTime();
    void nobodyLooksBeforeAWordCanChange();
    void aLoopOfEvictionsIsForgotten();
    void theStoreSaysWhatOneLookAtAllSays();
    void aFloodOfEventsKeepsTheNewest();
    void eventsOfAPoolAreItsObjects();
    void leftOverClaims();
    void keepsUpWithTenThousand();

private:
    StillClock m_clock;
    std::unique_ptr<PoolStore> m_store;
    PoolStore::Subscription m_subscription;
    std::vector<PoolChanges> m_heard;

    QString heard(PoolChanges::Ids PoolChanges::*which)
    {
        return m_heard.size() == 1 ? idsOf(m_heard.front().*which) : QStringLiteral("%1 changes").arg(m_heard.size());
    }
    void flush()
    {
        m_heard.clear();
        m_store->flush();
    }
};

void TestPoolStore::init()
{
    m_clock = {};
    m_heard.clear();
    m_store = std::make_unique<PoolStore>(m_clock);
    m_subscription = m_store->listen([this](const PoolChanges &changes) { m_heard.push_back(changes); });
}

void TestPoolStore::findsPools()
{
    WorkloadFacts other = setOf(1, "database");
    other.containers.pop_back();
    m_store->apply(fresh<WorkloadFacts>({setOf(2), other}), "StatefulSet");
    m_store->apply(fresh<PodFacts>({readyPod("prod-1"), readyPod("prod-0"), readyPod("prod-10")}));
    flush();
    QCOMPARE(heard(&PoolChanges::pools), QStringLiteral("+ci/StatefulSet/prod"));
    const Pool *pool = m_store->pool("ci/StatefulSet/prod");
    QVERIFY(pool);
    QCOMPARE(pool->release, std::string("prod-eu"));
    QCOMPARE(pool->ready, 3);
    QCOMPARE(pool->workers.size(), std::size_t(3));
    QCOMPARE(pool->workers[2].label, std::string("10"));
    QCOMPARE(pool->news.id, std::string("pool.all-ready"));
}

void TestPoolStore::tellsOnlyWhatChanged()
{
    findsPools();
    m_store->apply(changed<PodFacts>({readyPod("prod-0")}));
    flush();
    QVERIFY(m_heard.empty()); // The same again says nothing.

    PodFacts pod = readyPod("prod-0");
    pod.containers[1].ready = false;
    m_store->apply(changed<PodFacts>({pod}));
    m_store->apply(changed<PodFacts>({}, {readyPod("prod-10")}));
    flush();
    QCOMPARE(heard(&PoolChanges::workers), QStringLiteral("~ci/prod-0 -ci/prod-10"));
    QCOMPARE(heard(&PoolChanges::pools), QStringLiteral("~ci/StatefulSet/prod"));

    m_store->apply(fresh<WorkloadFacts>({}), "Deployment"); // A list of another kind removes nothing.
    flush();
    QVERIFY(m_heard.empty());
    m_store->apply(fresh<WorkloadFacts>({}), "StatefulSet");
    flush();
    QCOMPARE(heard(&PoolChanges::pools), QStringLiteral("-ci/StatefulSet/prod"));
}

void TestPoolStore::catchesEvictionFromTheLastWordOfAPod()
{
    findsPools();
    // Between two flushes the set has deleted the evicted pod and made the next one.
    m_store->apply(changed<PodFacts>({}, {evictedPod("prod-1", "prod-1")}));
    m_store->apply(changed<PodFacts>({readyPod("prod-1", "next")}));
    flush();
    QCOMPARE(m_heard.at(0).evictions.size(), std::size_t(1));
    const Eviction &eviction = m_heard[0].evictions[0];
    QCOMPARE(eviction.podUid, std::string("prod-1"));
    QCOMPARE(eviction.ordinal, 1);
    QCOMPARE(eviction.sources, unsigned(Eviction::Status));
    QVERIFY(m_store->worker("ci/prod-1")->lastEviction.has_value());
    QCOMPARE(m_store->worker("ci/prod-1")->reading.state, WorkerState::Ready);
}

void TestPoolStore::keepsTheOrderOfAWatch()
{
    findsPools();
    const auto change = [](kube::ChangeKind kind, PodFacts pod) {
        return kube::WatchChange<PodFacts>{kind, {}, std::move(pod)};
    };
    kube::WatchUpdate<PodFacts> update;
    update.changes = {change(kube::ChangeKind::Updated, evictedPod("prod-1", "prod-1")),
        change(kube::ChangeKind::Deleted, evictedPod("prod-1", "prod-1"))};
    feed(*m_store, update);
    flush();
    QVERIFY(!m_store->worker("ci/prod-1")); // What was changed before it was deleted does not come back.
    QCOMPARE(m_store->evictions().size(), std::size_t(1));

    // Nor when a caller gives both at once.
    m_store->apply(changed<PodFacts>({evictedPod("prod-0", "prod-0")}, {readyPod("prod-0")}));
    flush();
    QVERIFY(!m_store->worker("ci/prod-0"));
    QCOMPARE(m_store->evictions().size(), std::size_t(2));

    update.changes = {change(kube::ChangeKind::Added, readyPod("prod-1", "next"))};
    feed(*m_store, update);
    flush();
    QVERIFY(m_store->worker("ci/prod-1"));
}

void TestPoolStore::catchesEvictionFromTheEventAlone()
{
    findsPools();
    m_store->apply(changed<EventFacts>({evictedEvent("prod-1", "gone")}));
    flush();
    QCOMPARE(m_heard.at(0).evictions.size(), std::size_t(1));
    const Eviction &eviction = m_heard[0].evictions[0];
    QCOMPARE(eviction.sources, unsigned(Eviction::Event | Eviction::Replaced));
    QCOMPARE(eviction.poolName, std::string("prod"));
    QCOMPARE(eviction.node, std::string("n1"));
    QCOMPARE(m_store->eventsOf("ci/StatefulSet/prod").size(), std::size_t(1));
}

void TestPoolStore::oneEvictionSeenThreeWays()
{
    findsPools();
    m_store->apply(changed<PodFacts>({evictedPod("prod-1", "prod-1")}));
    m_store->apply(changed<EventFacts>({evictedEvent("prod-1", "prod-1")}));
    flush();
    QCOMPARE(m_store->worker("ci/prod-1")->reading.state, WorkerState::Evicted);
    QCOMPARE(m_store->pool("ci/StatefulSet/prod")->news.id, std::string("pool.worker.evicted.node-pressure"));
    m_store->apply(changed<PodFacts>({readyPod("prod-1", "next")}, {evictedPod("prod-1", "prod-1")}));
    flush();
    QCOMPARE(m_store->evictions().size(), std::size_t(1));
    QCOMPARE(m_store->evictions()[0].sources, unsigned(Eviction::Event | Eviction::Status));
}

void TestPoolStore::anEvictedWorkerIsSoUntilItsNewPodIsReady()
{
    findsPools();
    m_store->apply(changed<PodFacts>({evictedPod("prod-1", "prod-1")}));
    flush();
    PodFacts next = readyPod("prod-1", "next");
    next.meta.created = m_clock.time + std::chrono::seconds(1);
    next.phase = "Pending";
    next.node.clear();
    next.conditions = {{"PodScheduled", "False", "Unschedulable", "0/4 nodes are available.", std::nullopt}};
    for (ContainerFacts &container : next.containers) {
        container.run = ContainerFacts::Run::NoStatus;
        container.ready = false;
    }
    m_store->apply(changed<PodFacts>({next}));
    flush();
    const Worker *worker = m_store->worker("ci/prod-1");
    QVERIFY(worker);
    QCOMPARE(worker->reading.state, WorkerState::Evicted);
    QVERIFY(worker->replacement.has_value());
    QCOMPARE(worker->replacement->id, std::string("worker.no-node-fits"));
    const Pool *pool = m_store->pool("ci/StatefulSet/prod");
    QCOMPARE(pool->news.id, std::string("pool.worker.evicted.node-pressure"));
    QCOMPARE(pool->news.quote, std::string("0/4 nodes are available."));

    // A pod that fails for a reason of its own is that news.
    PodFacts failing = next;
    failing.node = "n2";
    failing.conditions.clear();
    failing.containers[0].waitingReason = "ErrImagePull";
    failing.containers[0].run = ContainerFacts::Run::Waiting;
    m_store->apply(changed<PodFacts>({failing}));
    flush();
    QCOMPARE(m_store->worker("ci/prod-1")->reading.state, WorkerState::Failing);

    m_store->apply(changed<PodFacts>({readyPod("prod-1", "next")}));
    flush();
    QCOMPARE(m_store->worker("ci/prod-1")->reading.state, WorkerState::Ready);
    QVERIFY(!m_store->worker("ci/prod-1")->replacement);

    // Restarted hours later it is not evicted again.
    PodFacts later = next;
    later.meta.uid = "later";
    later.meta.created = m_clock.time + std::chrono::hours(3);
    m_store->apply(changed<PodFacts>({later}));
    flush();
    QCOMPARE(m_store->worker("ci/prod-1")->reading.state, WorkerState::Waiting);
}

void TestPoolStore::loopOfEvictionsIsThePoolsNews()
{
    findsPools();
    for (const char *uid : {"a", "b", "c"}) {
        PodFacts pod = evictedPod("prod-1", uid);
        pod.started = m_clock.time;
        m_store->apply(changed<PodFacts>({pod}));
    }
    flush();
    const News &news = m_store->pool("ci/StatefulSet/prod")->news;
    QCOMPARE(news.id, std::string("pool.eviction-loop"));
    QCOMPARE(news.parameters.back().second, std::string("3"));
}

void TestPoolStore::failedPodsOfADeploymentAreLeftovers()
{
    WorkloadFacts deployment = setOf(1);
    deployment.kind = "Deployment";
    deployment.updated = deployment.replicas = 1;
    m_store->apply(fresh<WorkloadFacts>({deployment}), "Deployment");
    const auto ofDeployment = [](PodFacts pod) {
        pod.meta.ownerKind = "ReplicaSet";
        pod.meta.ownerName = "prod-5f6";
        pod.meta.labels["pod-template-hash"] = "5f6";
        return pod;
    };
    m_store->apply(
        fresh<PodFacts>({ofDeployment(evictedPod("prod-5f6-aaa", "1")), ofDeployment(readyPod("prod-5f6-bbb"))}));
    flush();
    const Pool *pool = m_store->pool("ci/Deployment/prod");
    QVERIFY(pool);
    QCOMPARE(pool->leftoverPods, 1);
    QCOMPARE(pool->workers.size(), std::size_t(1));
    QCOMPARE(pool->workers[0].label, std::string("bbb"));
    QCOMPARE(pool->news.id, std::string("pool.all-ready"));
    QCOMPARE(m_store->evictions().size(), std::size_t(1));
}

void TestPoolStore::wordsChangeByTime()
{
    m_store->apply(fresh<WorkloadFacts>({setOf(1)}), "StatefulSet");
    PodFacts pod = readyPod("prod-0");
    pod.phase = "Pending";
    pod.containers.clear();
    pod.meta.created = m_clock.time;
    m_store->apply(fresh<PodFacts>({pod}));
    flush();
    QVERIFY(!m_store->worker("ci/prod-0")->waitsLong);
    QVERIFY(!m_store->needsFlush());
    m_clock.time += std::chrono::minutes(3);
    QVERIFY(m_store->needsFlush());
    flush();
    QVERIFY(m_store->worker("ci/prod-0")->waitsLong);
}

/// A worker that starts is looked at again when it has started for too long, and not ten times a second until then.
void TestPoolStore::nobodyLooksBeforeAWordCanChange()
{
    m_store->apply(fresh<WorkloadFacts>({setOf(1)}), "StatefulSet");
    PodFacts pod = readyPod("prod-0");
    pod.meta.created = m_clock.time;
    pod.containers[0].ready = false;
    pod.containers[0].runningSince = m_clock.time;
    m_store->apply(fresh<PodFacts>({pod}));
    flush();
    QCOMPARE(m_store->worker("ci/prod-0")->reading.state, WorkerState::Starting);
    m_clock.time += std::chrono::seconds(119);
    QVERIFY(!m_store->needsFlush());
    m_clock.time += std::chrono::seconds(1);
    QVERIFY(m_store->needsFlush());
    flush();
    QCOMPARE(m_store->worker("ci/prod-0")->reading.state, WorkerState::NotReady);
    QCOMPARE(heard(&PoolChanges::workers), QStringLiteral("~ci/prod-0"));
    m_clock.time += std::chrono::hours(24);
    QVERIFY(!m_store->needsFlush());
    // A pod that is gone is nobody's to look at.
    pod.meta.uid = "next";
    pod.meta.created = pod.containers[0].runningSince = m_clock.time;
    m_store->apply(changed<PodFacts>({pod}));
    flush();
    m_store->apply(changed<PodFacts>({}, {pod}));
    flush();
    m_clock.time += std::chrono::hours(1);
    QVERIFY(!m_store->needsFlush());
}

void TestPoolStore::aLoopOfEvictionsIsForgotten()
{
    loopOfEvictionsIsThePoolsNews();
    m_clock.time += std::chrono::minutes(29);
    QVERIFY(!m_store->needsFlush());
    m_clock.time += std::chrono::minutes(1);
    QVERIFY(m_store->needsFlush());
    flush();
    QVERIFY(m_store->pool("ci/StatefulSet/prod")->news.id != "pool.eviction-loop");
}

/// Counts are kept from change to change; they must never run away from what is there.
void TestPoolStore::theStoreSaysWhatOneLookAtAllSays()
{
    const WorkloadFacts set = setOf(30);
    m_store->apply(fresh<WorkloadFacts>({set}), "StatefulSet");
    std::map<int, PodFacts> pods;
    unsigned random = 1;
    const auto next = [&random](unsigned most) { return (random = random * 1664525u + 1013904223u) / 7919u % most; };
    for (int round = 0; round < 400; ++round) {
        const int which = int(next(30));
        PodFacts pod = readyPod("prod-" + std::to_string(which));
        pod.meta.created = m_clock.time;
        bool gone = false;
        switch (next(6)) {
        case 0:
            gone = true;
            break;
        case 1:
            pod.phase = "Pending";
            pod.containers.clear();
            break;
        case 2:
            pod.containers[0].ready = false;
            pod.containers[0].runningSince = m_clock.time;
            break;
        case 3:
            pod.containers[1].run = ContainerFacts::Run::Waiting;
            pod.containers[1].ready = false;
            pod.containers[1].waitingReason = "ImagePullBackOff";
            break;
        case 4: // another pod of that name
            pod.meta.uid += std::to_string(round);
            break;
        default:
            break;
        }
        if (gone && pods.contains(which)) {
            m_store->apply(changed<PodFacts>({}, {pods.at(which)}));
            pods.erase(which);
        } else if (!gone) {
            m_store->apply(changed<PodFacts>({pod}));
            pods[which] = pod;
        }
        m_clock.time += std::chrono::seconds(next(20));
        m_store->flush();
        PoolFacts facts{.workload = &set, .pods = {}, .evictions = {}, .now = m_clock.time};
        for (const auto &[ordinal, one] : pods)
            facts.pods.push_back(&one);
        Pool whole = describePool(facts);
        QVERIFY2(*m_store->pool("ci/StatefulSet/prod") == whole, qPrintable(QString::number(round)));
    }
}

void TestPoolStore::aFloodOfEventsKeepsTheNewest()
{
    m_store->apply(fresh<WorkloadFacts>({setOf(1)}), "StatefulSet");
    std::vector<EventFacts> events;
    for (int i = 0; i < 21'000; ++i) {
        EventFacts event;
        event.meta.name = "e" + std::to_string(i);
        event.meta.ns = event.objectNs = "ci";
        event.objectKind = "Pod";
        event.objectName = "prod-0";
        event.last = m_clock.time + std::chrono::seconds(i);
        events.push_back(event);
    }
    m_store->apply(changed<EventFacts>(events));
    const auto newest = m_store->eventsOf("ci/StatefulSet/prod", 3);
    QCOMPARE(newest.size(), std::size_t(3));
    QCOMPARE(newest[0]->meta.name, std::string("e20999"));
    QCOMPARE(newest[2]->meta.name, std::string("e20997"));
    const std::size_t kept = m_store->eventsOf("ci/StatefulSet/prod", 100'000).size();
    QVERIFY2(kept >= 18'000 && kept <= 20'000, qPrintable(QString::number(kept)));
    m_store->apply(changed<EventFacts>({}, {events.back()}));
    QCOMPARE(m_store->eventsOf("ci/StatefulSet/prod", 1)[0]->meta.name, std::string("e20998"));
}

void TestPoolStore::eventsOfAPoolAreItsObjects()
{
    m_store->apply(fresh<WorkloadFacts>({setOf(1)}), "StatefulSet");
    std::vector<EventFacts> events;
    const auto add = [&](const char *kind, const char *name, const char *ns = "ci") {
        EventFacts event;
        event.meta.name = std::string(kind) + name + ns;
        event.meta.ns = event.objectNs = ns;
        event.objectKind = kind;
        event.objectName = name;
        events.push_back(event);
    };
    add("Pod", "prod-0");
    add("Pod", "prod-eu-0"); // another set's
    add("Pod", "prod");
    add("Pod", "prod-0", "other");
    add("StatefulSet", "prod");
    add("StatefulSet", "prod-eu");
    add("Deployment", "prod");
    add("ReplicaSet", "prod-1");
    add("PersistentVolumeClaim", "launcher-storage-prod-0");
    add("PersistentVolumeClaim", "launcher-storage-prod-eu-0");
    add("PersistentVolumeClaim", "prod-7-launcher-storage");
    m_store->apply(changed<EventFacts>(events));
    QStringList names;
    for (const EventFacts *event : m_store->eventsOf("ci/StatefulSet/prod"))
        names << QString::fromStdString(event->objectKind + '/' + event->objectName);
    QCOMPARE(names.join(u' '),
        QStringLiteral("PersistentVolumeClaim/launcher-storage-prod-0 PersistentVolumeClaim/prod-7-launcher-storage "
                       "Pod/prod-0 StatefulSet/prod"));
}

void TestPoolStore::leftOverClaims()
{
    m_store->apply(fresh<WorkloadFacts>({setOf(2)}), "StatefulSet");
    std::vector<ClaimFacts> claims;
    for (const char *name :
        {"launcher-storage-prod-1", "launcher-storage-prod-2", "launcher-storage-prod-eu-2", "mine"}) {
        ClaimFacts claim;
        claim.meta.name = name;
        claim.meta.ns = "ci";
        claim.phase = "Bound";
        claims.push_back(claim);
    }
    m_store->apply(fresh<ClaimFacts>(claims));
    flush();
    const auto state = [&](const char *name) { return m_store->claims().at(std::string("ci/") + name).state; };
    QCOMPARE(state("launcher-storage-prod-1"), ClaimState::Bound);
    QCOMPARE(state("launcher-storage-prod-2"), ClaimState::LeftOver);
    QCOMPARE(state("launcher-storage-prod-eu-2"), ClaimState::Bound); // Another set's, which we do not know.
    QCOMPARE(state("mine"), ClaimState::Bound);

    m_store->apply(changed<WorkloadFacts>({setOf(3)}), "StatefulSet"); // Scaled up: it is wanted again.
    flush();
    QCOMPARE(state("launcher-storage-prod-2"), ClaimState::Bound);
}

void TestPoolStore::keepsUpWithTenThousand()
{
    m_store->apply(fresh<WorkloadFacts>({setOf(10'000)}), "StatefulSet");
    std::vector<PodFacts> pods;
    for (int i = 0; i < 10'000; ++i)
        pods.push_back(readyPod("prod-" + std::to_string(i)));
    m_store->apply(fresh<PodFacts>(pods));
    flush();
    QCOMPARE(m_heard.at(0).workers.added.size(), std::size_t(10'000));
    QBENCHMARK_ONCE
    { // 100 pod events: what a tenth of a second brings at 1,000 events/s.
        for (int i = 0; i < 100; ++i) {
            pods[i * 7].containers[1].restarts += 1;
            m_store->apply(changed<PodFacts>({pods[i * 7]}));
        }
        flush();
    }
    QCOMPARE(m_heard.at(0).workers.updated.size(), std::size_t(100));
}

QTEST_APPLESS_MAIN(TestPoolStore)
#include "tst_poolstore.moc"
