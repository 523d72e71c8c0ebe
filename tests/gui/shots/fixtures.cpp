// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/shots/fixtures.h"

#include "status/statusmap.h"

namespace pk::gui::fixtures {

namespace {

using namespace std::chrono_literals;

pool::ContainerReading running(const std::string &digest, const std::string &image)
{
    pool::ContainerReading container;
    container.state = pool::ContainerState::Running;
    container.image = image;
    container.digest = "sha256:" + digest;
    return container;
}

pool::Worker readyWorker(const std::string &pool, int ordinal, const std::string &node, const std::string &digest)
{
    pool::Worker worker;
    worker.pod = pool + "-" + std::to_string(ordinal);
    worker.id = "spacelift/" + worker.pod;
    worker.podUid = worker.pod + "-uid";
    worker.node = node;
    worker.label = std::to_string(ordinal);
    worker.ordinal = ordinal;
    worker.reading.state = pool::WorkerState::Ready;
    worker.reading.kubectlStatus = "Running";
    worker.reading.launcher = running(digest, "public.ecr.aws/spacelift/launcher:latest");
    worker.reading.dind = running("23d0", "docker:23.0.6-dind");
    worker.storage = pool::StorageWay::EmptyDir;
    worker.created = now() - 5h - 24min + (ordinal % 40) * 7min;
    worker.reading.since = *worker.created + 48s;
    return worker;
}

pool::Worker evictedWorker(const std::string &pool, int ordinal)
{
    pool::Worker worker = readyWorker(pool, ordinal, "", "");
    worker.reading.state = pool::WorkerState::Evicted;
    worker.reading.why = {"worker.evicted.node-pressure",
        {{"resource", "ephemeral-storage"}, {"node", "runners-b-x8wn"}},
        "The node was low on resource: ephemeral-storage. Threshold quantity: 10522669Ki, available: 9849Mi."};
    worker.replacement = {
        "worker.no-node-fits", {}, "0/4 nodes are available: 1 node(s) had untolerated taint, 3 Insufficient memory."};
    worker.reading.kubectlStatus = "Pending";
    worker.reading.launcher = {};
    worker.reading.dind = {};
    worker.reading.launcher.state = pool::ContainerState::Waiting;
    worker.reading.dind.state = pool::ContainerState::Waiting;
    worker.created = now() - 2min - 3s;
    worker.lastEviction = now() - 2min - 5s;
    return worker;
}

} // namespace

WallTime now()
{
    return WallTime(std::chrono::seconds(1'763'562'764)); // 19 November 2025, 14:32:44 UTC
}

std::map<std::string, pool::Node> nodes()
{
    std::map<std::string, pool::Node> all;
    for (const char *name : {"runners-a-4kq7", "runners-a-9tzx", "runners-b-m2vd", "runners-b-x8wn"}) {
        pool::Node &node = all[name];
        node.name = name;
        node.state = pool::NodeState::Ready;
    }
    all["runners-b-x8wn"].state = pool::NodeState::DiskPressure;
    all["runners-b-x8wn"].pressureSince = now() - 2min - 5s;
    return all;
}

UninstallFacts uninstall()
{
    UninstallFacts facts;
    facts.release = QStringLiteral("drift-eu");
    facts.where = QStringLiteral("prod-eu-west, as platform-ops, namespace spacelift, revision 6");
    facts.goes = {{QStringLiteral("StatefulSet, Service, ServiceAccount"), QStringLiteral("drift-eu-spacelift-worker")},
        {QStringLiteral("4 workers"), QStringLiteral("Each gets 30 s to end. Runs that take longer are cut.")},
        {QStringLiteral("Release history"), QStringLiteral("6 revisions; a rollback is no longer possible")}};
    facts.stays = {{QStringLiteral("6 claims, 1,200 GiB"),
                       QStringLiteral("With their data and their cost, until you delete them")},
        {QStringLiteral("Ledger and your values file"), QStringLiteral("On this computer")}};
    facts.command = QStringLiteral("helm uninstall drift-eu --namespace spacelift --kube-context prod-eu-west");
    return facts;
}

std::vector<pool::Eviction> evictions()
{
    std::vector<pool::Eviction> all;
    const auto add = [&all](int ordinal, const std::string &node, std::chrono::nanoseconds ago,
                         const std::string &message, unsigned sources) {
        pool::Eviction eviction;
        eviction.ns = "spacelift";
        eviction.pod = "prod-eu-spacelift-worker-" + std::to_string(ordinal);
        eviction.podUid = eviction.pod + std::to_string(ago.count());
        eviction.node = node;
        eviction.ownerKind = "StatefulSet";
        eviction.ownerName = eviction.poolName = "prod-eu-spacelift-worker";
        eviction.ordinal = ordinal;
        eviction.what = pool::parseEvictionMessage(message);
        eviction.message = message;
        eviction.time = eviction.lastTime = std::chrono::time_point_cast<WallTime::duration>(now() - ago);
        eviction.sources = sources;
        all.push_back(eviction);
    };
    add(3, "runners-b-x8wn", 2min + 5s,
        "The node was low on resource: ephemeral-storage. Threshold quantity: 10522669875, available: 9874304Ki. "
        "Container dind was using 463780Ki, request is 0, has larger consumption of ephemeral-storage. ",
        pool::Eviction::Status | pool::Eviction::Event | pool::Eviction::Replaced);
    add(1, "runners-a-9tzx", 4h, "Pod ephemeral local storage usage exceeds the total limit of containers 40Gi. ",
        pool::Eviction::Event);
    add(2, "runners-b-m2vd", 28h, "Usage of EmptyDir volume \"launcher-storage\" exceeds the limit \"50Gi\". ",
        pool::Eviction::Status);
    add(0, "runners-a-4kq7", 24h * 8, "The node was low on resource: inodes. Threshold quantity: 4800, available: 0. ",
        pool::Eviction::Status | pool::Eviction::Replaced);
    return all;
}

OverviewState evictedPool()
{
    OverviewState state = poolOf(5);
    state.pool.workers[3] = evictedWorker(state.pool.name, 3);
    state.pool.workers[0].lastEviction = now() - 24h * 8;
    state.pool.workers[1].created = now() - 4h + 5s; // since its eviction
    state.pool.workers[1].reading.since = now() - 4h + 53s;
    state.pool.workers[4].reading.restarts = 1;
    state.pool.workers[0].reading.launcher.digest = "sha256:b770e1d0aa";
    state.pool.ready = 4;
    state.pool.worst = pool::WorkerState::Evicted;
    state.pool.news = {"pool.worker.evicted.node-pressure",
        {{"ready", "4"}, {"desired", "5"}, {"worker", "3"}, {"resource", "ephemeral-storage"},
            {"node", "runners-b-x8wn"}},
        state.pool.workers[3].replacement->quote};
    state.evictions = evictions();
    static const std::vector<pool::EventFacts> events = [] {
        std::vector<pool::EventFacts> all;
        const auto add = [&all](const char *type, const char *reason, const char *message, std::chrono::seconds ago) {
            pool::EventFacts event;
            event.meta.uid = std::string(reason) + std::to_string(ago.count());
            event.type = type;
            event.reason = reason;
            event.message = message;
            event.last = now() - ago;
            all.push_back(event);
        };
        add("Warning", "FailedScheduling",
            "0/4 nodes are available: 1 node(s) had untolerated taint(s), 3 Insufficient memory.", 120s);
        add("Normal", "SuccessfulCreate",
            "create Pod prod-eu-spacelift-worker-3 in StatefulSet prod-eu-spacelift-worker successful", 122s);
        add("Warning", "Evicted",
            "The node was low on resource: ephemeral-storage. Threshold quantity: 10522669875, available: 9874304Ki.",
            123s);
        add("Warning", "EvictionThresholdMet", "Attempting to reclaim ephemeral-storage", 125s);
        add("Normal", "NodeHasDiskPressure", "Node runners-b-x8wn status is now: NodeHasDiskPressure", 125s);
        return all;
    }();
    for (const pool::EventFacts &event : events)
        state.events.push_back(&event);
    state.eventsOf = [](const std::string &pod) {
        std::vector<const pool::EventFacts *> said;
        for (const pool::EventFacts &event : events) {
            if (pod.ends_with("-3") && event.reason != "NodeHasDiskPressure")
                said.push_back(&event);
        }
        return said;
    };
    return state;
}

OverviewState poolOf(int count)
{
    OverviewState state;
    state.now = now();
    state.pool.name = "prod-eu-spacelift-worker";
    state.pool.ns = "spacelift";
    state.pool.kind = "StatefulSet";
    state.pool.id = "spacelift/StatefulSet/prod-eu-spacelift-worker";
    state.pool.release = "prod-eu";
    state.pool.desired = state.pool.ready = count;
    const char *const nodes[] = {"runners-a-4kq7", "runners-a-9tzx", "runners-b-m2vd", "runners-b-x8wn"};
    for (int i = 0; i < count; ++i)
        state.pool.workers.push_back(readyWorker(state.pool.name, i, nodes[i % 4], "9f3c21a0bb"));
    state.podOf = [](const std::string &) -> const pool::PodFacts * {
        static const pool::PodFacts pod = [] {
            pool::PodFacts made;
            made.priorityClass = "runners";
            made.priority = 1000;
            for (const char *name : {"launcher", "dind"}) {
                pool::ContainerFacts container;
                container.name = name;
                container.run = pool::ContainerFacts::Run::Running;
                container.runningSince = now() - 5h - 23min;
                made.containers.push_back(container);
            }
            return made;
        }();
        return &pod;
    };
    state.nodeOf = [](const std::string &name) -> const pool::Node * {
        static const std::map<std::string, pool::Node> all = fixtures::nodes();
        const auto node = all.find(name);
        return node == all.end() ? nullptr : &node->second;
    };
    state.pool.news = {"pool.all-ready", {{"desired", std::to_string(count)}}};
    if (count > 40) {
        for (int i = count - 12; i < count; ++i) {
            pool::Worker &worker = state.pool.workers[i];
            worker.reading.state = pool::WorkerState::Waiting;
            worker.reading.why = {"worker.not-scheduled-yet"};
            worker.reading.launcher.state = worker.reading.dind.state = pool::ContainerState::None;
            worker.reading.launcher.digest.clear();
            worker.node.clear();
        }
        pool::Worker &stuck = state.pool.workers[count - 12];
        stuck.node = nodes[0];
        stuck.reading.state = pool::WorkerState::Failing;
        stuck.reading.why = {"worker.image-cannot-be-pulled", {}, "toomanyrequests: Rate exceeded"};
        stuck.reading.launcher.state = pool::ContainerState::Failed;
        stuck.reading.launcher.reason = "ErrImagePull";
        state.pool.ready = count - 12;
        state.pool.worst = pool::WorkerState::Failing;
        state.pool.news = {"pool.order-blocked",
            {{"ready", std::to_string(count - 12)}, {"desired", std::to_string(count)},
                {"worker", std::to_string(count - 12)}, {"behind", "11"}},
            "toomanyrequests: Rate exceeded"};
    }
    return state;
}

OverviewState stalePool()
{
    OverviewState state = evictedPool();
    state.staleSince = now() - 90s;
    state.cluster = QStringLiteral("prod-eu-west");
    state.trouble = QStringLiteral("Connecting to the API server timed out after 10 s.");
    state.nextAttempt = now() + 18s;
    return state;
}

OverviewState leftRelease()
{
    OverviewState state = poolOf(5);
    state.left = LeftRelease{
        .sentence = QStringLiteral("An upgrade to revision 15 was started 3 days ago and never finished. helm refuses "
                                   "new ones until it is resolved."),
        .returnTo = 14};
    return state;
}

OverviewState longNames()
{
    OverviewState state = poolOf(3);
    state.pool.storage.way = pool::StorageWay::ClaimTemplate;
    state.pool.storage.size = "1250Gi";
    for (pool::Worker &worker : state.pool.workers) {
        worker.pod = "a-release-name-that-goes-on-for-fifty-two-characters-xx-" + worker.label;
        worker.node = "ip-10-123-234-210.eu-central-1.compute.internal-with-a-very-long-suffix";
        worker.storage = pool::StorageWay::ClaimTemplate;
        worker.volumeSize = "1250Gi";
        worker.claim = "spacelift/launcher-storage-" + worker.pod;
        pool::Claim claim;
        claim.id = worker.claim;
        claim.name = "launcher-storage-" + worker.pod;
        claim.storageClass = "premium-ssd-with-expansion";
        claim.size = "1250Gi";
        claim.state = pool::ClaimState::Bound;
        state.claims[claim.id] = claim;
    }
    return state;
}

SideBarState sideBar()
{
    SideBarState state;
    state.cluster = QStringLiteral("prod-eu-west");
    state.userAndNamespace = QStringLiteral("platform-ops · spacelift");
    state.connected = true;
    state.pools = {{QStringLiteral("a"),
                       {glyph(WorkerState::Evicted), {}, QStringLiteral("prod-eu"), QStringLiteral("4/5"), Tone::Bad,
                           QStringLiteral("Evicted 2 min ago"), Tone::Bad, true, {}}},
        {QStringLiteral("b"),
            {glyph(ReleaseState::Upgrading), {}, QStringLiteral("staging"), QStringLiteral("2/3"), Tone::Muted,
                QStringLiteral("Upgrading, 1 of 3"), Tone::Info, true, {}}},
        {QStringLiteral("c"),
            {glyph(WorkerState::Failing), {}, QStringLiteral("sandbox"), QStringLiteral("0/1"), Tone::Bad,
                QStringLiteral("Image cannot be pulled"), Tone::Bad, true, {}}}};
    state.clusterPages = {{QStringLiteral("evictions"),
        {{}, QStringLiteral("eject"), QStringLiteral("Evictions"), QStringLiteral("3 today"), Tone::Muted, {},
            Tone::Muted, true, {}}}};
    state.drafts = {{QStringLiteral("d"),
        {{}, QStringLiteral("pencil"), QStringLiteral("payments-eu"), QStringLiteral("new pool"), Tone::Muted, {},
            Tone::Muted, true, {}}}};
    state.connectionGlyph = glyph(WorkerState::Ready);
    state.connection = QStringLiteral("Live, 41 ms");
    return state;
}

ReviewState review()
{
    ReviewState state;
    state.title = QStringLiteral("Review upgrade of prod-eu");
    state.subtitle = QStringLiteral("4 edits. Nothing has been sent yet.");
    state.facts = {{QStringLiteral("Cluster"), QStringLiteral("prod-eu-west, as platform-ops")},
        {QStringLiteral("Namespace"), QStringLiteral("spacelift")},
        {QStringLiteral("Release"), QStringLiteral("prod-eu, revision 14 becomes 15")},
        {QStringLiteral("Chart"), QStringLiteral("spacelift-worker 1.0.0, unchanged")}};
    state.consequences = {{glyph(ChangeState::Restarts), QStringLiteral("Rolling restart of 5 workers"),
                              QStringLiteral("One at a time, 4 to 0, grace 30 s each.")},
        {glyph(ChangeState::Created), QStringLiteral("1 worker is added"), QStringLiteral("One more is billed.")}};
    state.permissions = {{glyph(Severity::Warning), QStringLiteral("May not list events"),
        QStringLiteral("Evictions are found from status alone."),
        QStringLiteral("- apiGroups: [\"\"]\n  resources: [\"events\"]\n  verbs: [\"list\"]\n")}};
    for (const char *may : {"May create statefulsets", "May patch secrets", "May watch pods"})
        state.granted.append({glyph(ReleaseState::Deployed), QString::fromLatin1(may), {}});
    state.permissionsNote = QStringLiteral("11 of 12");
    state.differencesTitle = QStringLiteral("Differences to revision 14");
    const QByteArray before =
        "apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: prod-eu\nspec:\n  replicas: 5\n  serviceName: "
        "\"prod-eu\"\n  template:\n    spec:\n      terminationGracePeriodSeconds: 30\n";
    QByteArray after = before;
    after.replace("replicas: 5", "replicas: 6").replace("Seconds: 30", "Seconds: 4500");
    const QByteArray secret = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: prod-eu\ndata:\n  token: "
                              "\"ZEc5clpXND0=\"\n  privateKey: \"YTJWNQ==\"\n";
    QByteArray changedSecret = secret;
    changedSecret.replace("YTJWNQ==", "b3RoZXI=");
    state.objects = {{QStringLiteral("Secret"), QStringLiteral("Secret"), QStringLiteral("prod-eu"), secret,
                         changedSecret, ChangeState::Changed, 1},
        {QStringLiteral("Service"), QStringLiteral("Service"), QStringLiteral("prod-eu"), "kind: Service\n",
            "kind: Service\n", ChangeState::Unchanged, 10},
        {QStringLiteral("StatefulSet"), QStringLiteral("StatefulSet"), QStringLiteral("prod-eu"), before, after,
            ChangeState::Restarts, 20}};
    state.confirmText = QStringLiteral("Upgrade prod-eu");
    return state;
}

ProgressState progress(ProgressState::Outcome outcome)
{
    using S = ProgressState::Step::State;
    ProgressState state;
    state.title = QStringLiteral("Upgrading staging");
    state.subtitle = QStringLiteral("Revision 7 to 8, started 14:31:40, 1 min 12 s ago");
    state.outcome = outcome;
    state.canStop = true;
    state.workers = {{QStringLiteral("Worker 0"), QStringLiteral("Ready"), glyph(WorkerState::Ready),
                         glyph(ContainerState::Running), glyph(ContainerState::Running), false},
        {QStringLiteral("Worker 1"), QStringLiteral("Ending, at most 30 s"), glyph(WorkerState::Ending),
            glyph(ContainerState::Running), glyph(ContainerState::Running), true},
        {QStringLiteral("Worker 2"), QStringLiteral("Ready"), glyph(WorkerState::Ready), glyph(ContainerState::Running),
            glyph(ContainerState::Running), false}};
    state.workersNote = QStringLiteral("2 of 3 are ready");
    state.steps = {
        {S::Done, QStringLiteral("Read the history"), QStringLiteral("7 revisions"), QStringLiteral("0.2 s")},
        {S::Done, QStringLiteral("Write revision 8 as pending"), QStringLiteral("Secret of the release"),
            QStringLiteral("0.1 s")},
        {S::Done, QStringLiteral("StatefulSet staging"), QStringLiteral("Changed"), QStringLiteral("0.1 s")},
        {outcome == ProgressState::Outcome::Failed ? S::Failed : S::Running, QStringLiteral("Wait for the workers"),
            QStringLiteral("Ready: 2/3"), QStringLiteral("17 s")},
        {S::Waiting, QStringLiteral("Mark revision 8 as deployed"), {}, {}}};
    const auto said = [&state](const char *time, Glyph mark, const char *reason, const char *message) {
        state.said.append({QString::fromLatin1(time), mark, QString::fromLatin1(reason), QString::fromLatin1(reason),
            QString::fromLatin1(message)});
    };
    if (outcome == ProgressState::Outcome::Failed)
        said("14:42:31", glyph(WorkerState::Failing), "Failed",
            "Error: couldn't find key token in Secret spacelift/staging-credentials (44 times since 14:32:51)");
    said("14:32:36", glyph(WorkerState::Ending), "Killing", "Stopping container dind");
    said("14:32:36", glyph(WorkerState::Ending), "Killing", "Stopping container launcher");
    said("14:32:35", glyph(Severity::Hint), "SuccessfulDelete",
        "delete Pod staging-spacelift-worker-1 in StatefulSet staging-spacelift-worker successful");
    said("14:32:31", glyph(WorkerState::Ready), "Started", "Started container dind");
    if (outcome == ProgressState::Outcome::Succeeded) {
        state.release = ReleaseState::Deployed;
        state.title = QStringLiteral("Upgrade of staging is done");
        state.sentence = QStringLiteral("staging is on revision 8. 3 workers restarted in 2 min 31 s.");
        state.workersNote = QStringLiteral("3 of 3 are ready");
        state.workers[1].word = QStringLiteral("Ready");
        state.workers[1].state = glyph(WorkerState::Ready);
        state.workers[1].current = false;
        for (ProgressState::Step &step : state.steps)
            step.state = S::Done;
    }
    if (outcome == ProgressState::Outcome::Failed) {
        state.release = ReleaseState::Failed;
        state.title = QStringLiteral("Upgrade of staging stopped");
        state.sentence = QStringLiteral(
            "2 of 3 workers are ready. Worker 1 cannot start: Secret staging-credentials has no key token.");
        state.reason = QStringLiteral("The upgrade of staging to revision 8 failed at step 4 of 5. 2 of 3 workers run "
                                      "revision 8, the others still 7. Nothing else will change until you decide.");
        state.resumable = 8;
        state.returnTo = 7;
        state.workers[1].word = QStringLiteral("Secret staging-credentials has no key token");
        state.workers[1].state = glyph(WorkerState::Failing);
        state.workers[1].launcher = glyph(ContainerState::Failed);
    }
    if (outcome == ProgressState::Outcome::Left) {
        for (ProgressState::Worker &worker : state.workers) {
            worker.state = glyph(WorkerState::Ready);
            worker.word = QStringLiteral("Ready");
            worker.current = false;
        }
        state.workersNote = QStringLiteral("3 of 3 are ready");
        state.release = ReleaseState::Pending;
        state.title = QStringLiteral("Upgrade of staging was left");
        state.sentence = QStringLiteral("The upgrade of staging to revision 8 was left at step 4 of 5.");
        state.reason = QStringLiteral("All 3 workers are ready. All 3 workers run revision 8.");
        state.resumable = 8;
        state.returnTo = 7;
    }
    if (outcome != ProgressState::Outcome::Succeeded) {
        for (int worker = 0; worker < state.workers.size(); ++worker)
            state.workers[worker].revision = worker == 0 ? QStringLiteral("Revision 7") : QStringLiteral("Revision 8");
        state.workers[2].updated = true;
    }
    return state;
}

} // namespace pk::gui::fixtures
