// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/manifest.h"
#include "chart/render.h"
#include "chart/values.h"
#include "cluster/testcluster.h"
#include "pool/live/feed.h"
#include "pool/live/poolstore.h"
#include "release/inspect.h"
#include "release/operation.h"
#include "support/manualloop.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>

#include <optional>

using namespace pk;
using namespace pk::release;
using test::helm;
using test::kubectl;

namespace {

const char *const chartYaml = "apiVersion: v2\nname: pool\nversion: 0.1.0\nappVersion: latest\n";
const char *const valuesYaml = "replicas: 1\ncolour: red\nservice: pool\nextra: true\ntag: one\n";
const char *const settings = R"(apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}-settings
data:
  colour: {{ .Values.colour }}
{{- if .Values.extra }}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}-extra
data: {}
{{- end }}
)";
const char *const workers = R"(apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: {{ .Release.Name }}
spec:
  replicas: {{ .Values.replicas }}
  serviceName: {{ .Values.service }}
  selector:
    matchLabels: {app.kubernetes.io/instance: {{ .Release.Name }}}
  template:
    metadata:
      labels: {app.kubernetes.io/instance: {{ .Release.Name }}}
      annotations: {colour: {{ .Values.colour }}}
    spec:
      terminationGracePeriodSeconds: 1
      containers:
      - {name: launcher, image: "launcher:{{ .Values.tag }}"}
      - {name: dind, image: "dind:1"}
      volumes:
      - {name: launcher-storage, emptyDir: {}}
)";

void writeFile(const QString &path, const char *text)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        qFatal("cannot write %s", qPrintable(path));
    file.write(text);
}

} // namespace

/// That what we do to a release and what real helms do to it fit together, in both directions, on a real API server.
class TestClusterRelease : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void helmTakesOverWhatWeInstalled();
    void weTakeOverWhatHelmInstalled_data();
    void weTakeOverWhatHelmInstalled();
    void recordsOfRealHelmsAreRead_data();
    void recordsOfRealHelmsAreRead();
    void refusedChangeCanBeRecreated();
    void pendingReleaseIsResolved();
    void stuckUpgradeIsRolledBack();
    void timedOutUpgradeIsResumed();
    void foreignObjectIsNotTaken();
    void timesAnUpgradeBesideHelms();
    void evictionIsSeen_data();
    void evictionIsSeen();

private:
    OperationRequest rendered(Action action, const char *set);
    OperationResult run(OperationRequest request);
    ReleaseHistory history();
    QByteArray helmOk(int generation, const test::Arguments &arguments)
    {
        test::Arguments all = arguments;
        all << "-n" << m_namespace->name();
        const test::Answer answer = helm(generation, all);
        if (answer.exitCode != 0)
            qWarning("helm: %s", answer.errors.constData());
        return answer.exitCode == 0 ? answer.out : QByteArray("failed: ") + answer.errors;
    }
    QByteArray read(const char *what, const char *path)
    {
        return kubectl({"-n", m_namespace->name(), "get", what, "-o", QByteArray("jsonpath=") + path}).out;
    }
    QByteArray chartPath() const { return m_chart.path().toUtf8(); }
    /// Pods of an earlier row do not matter, since each has a release of its own.
    QByteArray name() const { return m_name; }

    QTemporaryDir m_chart;
    std::unique_ptr<test::OwnNamespace> m_namespace;
    std::shared_ptr<test::ManualLoop> m_loop = std::make_shared<test::ManualLoop>();
    std::unique_ptr<http::IoThread> m_io;
    std::unique_ptr<kube::ApiClient> m_client;
    std::unique_ptr<ClusterApi> m_api;
    Clock m_clock;
    chart::ChartPtr m_loaded;
    QByteArray m_name;
    int m_count = 0;
};

void TestClusterRelease::initTestCase()
{
    PK_NEEDS_CLUSTER();
    m_namespace = std::make_unique<test::OwnNamespace>();
    QVERIFY(m_namespace->isMade());
    QDir(m_chart.path()).mkdir(QStringLiteral("templates"));
    writeFile(m_chart.filePath(QStringLiteral("Chart.yaml")), chartYaml);
    writeFile(m_chart.filePath(QStringLiteral("values.yaml")), valuesYaml);
    writeFile(m_chart.filePath(QStringLiteral("templates/settings.yaml")), settings);
    writeFile(m_chart.filePath(QStringLiteral("templates/workers.yaml")), workers);
    auto loaded = chart::loadChart(m_chart.path().toStdString(), chart::levels43());
    QVERIFY2(loaded.ok(), loaded.ok() ? "" : loaded.error().message.c_str());
    m_loaded = *loaded;

    const auto config = kube::Kubeconfig::load(kube::Kubeconfig::Origin::fromEnvironment());
    auto context = config.resolve("admin");
    QVERIFY2(context.ok(), context.ok() ? "" : context.error().message.c_str());
    m_io = std::make_unique<http::IoThread>();
    m_client = std::make_unique<kube::ApiClient>(*m_io, m_loop, *context, kube::ApiClient::Options{});
    m_api = makeClusterApi(*m_client, *m_io, m_loop);
}

void TestClusterRelease::init()
{
    m_name = "r" + QByteArray::number(++m_count);
}

OperationRequest TestClusterRelease::rendered(Action action, const char *set)
{
    OperationRequest request;
    request.action = action;
    request.name = m_name.toStdString();
    request.ns = m_namespace->name().toStdString();
    request.timeout = std::chrono::seconds(60);
    if (action == Action::Rollback || action == Action::Uninstall || action == Action::Complete)
        return request;
    const auto values = chart::mergeUserValues({.set = {set}}, chart::levels43());
    if (!values)
        qFatal("%s", values.error().message.c_str());
    chart::Renderer renderer(m_loaded, chart::levels43());
    const chart::Rendered result = renderer.render({.values = *values,
        .release = {.name = request.name, .namespaceName = request.ns, .isUpgrade = action == Action::Upgrade}});
    if (result.error)
        qFatal("%s", result.error->error.message.c_str());
    request.manifest = result.manifest;
    request.hooks = result.hooks;
    request.config = *values;
    request.chart = chartRecord(*m_loaded, m_loaded->values);
    return request;
}

OperationResult TestClusterRelease::run(OperationRequest request)
{
    std::optional<OperationResult> result;
    Operation operation(
        *m_api, m_clock, std::move(request), [](const StepEvent &) {},
        [&](const OperationResult &done) { result = done; });
    operation.start();
    if (!m_loop->runUntil([&] { return result.has_value(); }, std::chrono::seconds(100)))
        qFatal("the operation did not end");
    return *result;
}

ReleaseHistory TestClusterRelease::history()
{
    std::optional<Result<ReleaseHistory>> found;
    const http::Call call = readHistory(*m_api, m_namespace->name().toStdString(), m_name.toStdString(),
        [&](Result<ReleaseHistory> done) { found = std::move(done); });
    m_loop->runUntil([&] { return found.has_value(); });
    return found && found->ok() ? **found : ReleaseHistory{};
}

#define PK_DONE(operation)                                                                                             \
    do {                                                                                                               \
        const OperationResult done_ = (operation);                                                                     \
        QVERIFY2(!done_.error, done_.error ? done_.error->message.c_str() : "");                                       \
    } while (false)

void TestClusterRelease::helmTakesOverWhatWeInstalled()
{
    const OperationResult installed = run(rendered(Action::Install, "colour=red"));
    PK_DONE(installed);
    QVERIFY(helmOk(4, {"list", "-q"}).contains(m_name));
    QVERIFY(helmOk(4, {"history", m_name}).contains("Install complete"));
    QVERIFY(helmOk(3, {"history", m_name}).contains("deployed"));
    QVERIFY(helmOk(4, {"get", "values", m_name}).contains("colour: red"));

    QVERIFY(!helmOk(4, {"upgrade", m_name, chartPath(), "--set", "colour=blue,extra=false"}).startsWith("failed"));
    QCOMPARE(read(("configmap/" + m_name + "-settings").constData(), "{.data.colour}"), QByteArray("blue"));
    QVERIFY(read(("configmap/" + m_name + "-extra").constData(), "{.metadata.name}").isEmpty());
    PK_DONE(run(rendered(Action::Upgrade, "colour=green")));
    QVERIFY(!helmOk(4, {"rollback", m_name, "1"}).startsWith("failed"));
    QCOMPARE(read(("configmap/" + m_name + "-settings").constData(), "{.data.colour}"), QByteArray("red"));
    const ReleaseHistory known = history();
    QCOMPARE(known.revisions.size(), std::size_t(4));
    QCOMPARE(known.current()->revision(), 4);
    QCOMPARE(known.current()->rollbackRevision(), 1);
    QVERIFY(!helmOk(4, {"uninstall", m_name}).startsWith("failed"));
    QVERIFY(read(("statefulset/" + m_name).constData(), "{.metadata.name}").isEmpty());
    QVERIFY(history().revisions.empty());
}

void TestClusterRelease::weTakeOverWhatHelmInstalled_data()
{
    QTest::addColumn<int>("generation");
    QTest::addRow("helm 4") << 4;
    QTest::addRow("helm 3: fields move from its client-side apply") << 3;
}

void TestClusterRelease::weTakeOverWhatHelmInstalled()
{
    QFETCH(int, generation);
    QVERIFY(!helmOk(generation, {"install", m_name, chartPath()}).startsWith("failed"));
    PK_DONE(run(rendered(Action::Upgrade, "colour=blue,extra=false")));
    QCOMPARE(read(("configmap/" + m_name + "-settings").constData(), "{.data.colour}"), QByteArray("blue"));
    QVERIFY(read(("configmap/" + m_name + "-extra").constData(), "{.metadata.name}").isEmpty());
    // Nothing of helm's own is left that a later apply would trip over.
    const QByteArray operations =
        kubectl({"-n", m_namespace->name(), "get", "statefulset/" + m_name, "--show-managed-fields", "-o",
                    "jsonpath={range .metadata.managedFields[?(@.manager==\"helm\")]}{.operation} {end}"})
            .out;
    QCOMPARE(operations.trimmed(), QByteArray("Apply"));
    QVERIFY(helmOk(generation, {"history", m_name}).contains("Upgrade complete"));

    OperationRequest back = rendered(Action::Rollback, "");
    back.rollbackTo = 1;
    PK_DONE(run(back));
    QCOMPARE(read(("configmap/" + m_name + "-settings").constData(), "{.data.colour}"), QByteArray("red"));
    QVERIFY(helmOk(generation, {"history", m_name}).contains("Rollback to 1"));
    const OperationResult gone = run(rendered(Action::Uninstall, ""));
    PK_DONE(gone);
    QVERIFY(gone.notOwned.empty() && gone.unverified.empty());
    QVERIFY(!helmOk(4, {"list", "-q"}).contains(m_name));
    QVERIFY(read(("statefulset/" + m_name).constData(), "{.metadata.name}").isEmpty());
}

void TestClusterRelease::recordsOfRealHelmsAreRead_data()
{
    weTakeOverWhatHelmInstalled_data();
}

void TestClusterRelease::recordsOfRealHelmsAreRead()
{
    QFETCH(int, generation);
    QVERIFY(!helmOk(generation, {"install", m_name, chartPath(), "--set", "replicas=0", "--labels", "team=a"})
                 .startsWith("failed"));
    const ReleaseHistory known = history();
    QCOMPARE(known.revisions.size(), std::size_t(1));
    const Record &record = known.revisions[0];
    QCOMPARE(record.status(), Status::Deployed);
    QCOMPARE(record.chartName(), std::string("pool"));
    QCOMPARE(record.serverSide(), generation == 4);
    QVERIFY(record.userLabels() == (std::map<std::string, std::string>{{"team", "a"}}));
    QCOMPARE(record.config().get("replicas").integerOr(-1), std::int64_t(0));
    const auto again = Record::decode(*record.encode());
    QVERIFY(again.ok() && again->tree() == record.tree());
    const auto chart = chart::loadRecord(record.chart(), chart::levels43());
    QVERIFY2(chart.ok(), chart.ok() ? "" : chart.error().message.c_str());
    QCOMPARE((*chart)->templates.size(), std::size_t(2));
    QVERIFY(!run(rendered(Action::Uninstall, "")).error);
}

void TestClusterRelease::refusedChangeCanBeRecreated()
{
    PK_DONE(run(rendered(Action::Install, "colour=red")));
    const QByteArray pod = read(("pod/" + m_name + "-0").constData(), "{.metadata.uid}");
    OperationRequest change = rendered(Action::Upgrade, "service=other");
    const auto before = readObjects(history().current()->manifest(), change.ns, nullptr);
    const auto after = readObjects(change.manifest, change.ns, nullptr);
    QVERIFY(before.ok() && after.ok());
    const ObjectChange predicted = classifyChange(*before, *after).front();
    QCOMPARE(predicted.consequence, Consequence::Refused);
    QVERIFY(predicted.canRecreate);

    const OperationResult refused = run(change);
    QVERIFY(refused.error.has_value());
    QVERIFY2(refused.error->message.find("updates to statefulset spec for fields other than") != std::string::npos,
        refused.error->message.c_str());
    QVERIFY(helmOk(4, {"history", m_name}).contains("failed"));

    change.recreate = {predicted.key};
    PK_DONE(run(change));
    QCOMPARE(read(("statefulset/" + m_name).constData(), "{.spec.serviceName}"), QByteArray("other"));
    QCOMPARE(read(("pod/" + m_name + "-0").constData(), "{.metadata.uid}"), pod); // It was adopted, not restarted.
    QVERIFY(!run(rendered(Action::Uninstall, "")).error);
}

void TestClusterRelease::pendingReleaseIsResolved()
{
    PK_DONE(run(rendered(Action::Install, "replicas=0")));
    {
        // Left in the middle: the record is written, then its operation dies.
        bool written = false;
        Operation operation(
            *m_api, m_clock, rendered(Action::Upgrade, "replicas=0,colour=blue"),
            [&](const StepEvent &event) {
                written |= event.step == "write-record" && event.state == StepEvent::State::Done;
            },
            [](const OperationResult &) {});
        operation.start();
        QVERIFY(m_loop->runUntil([&] { return written; }));
    }
    const auto left = leftOperation(history());
    QVERIFY(left.has_value());
    QCOMPARE(left->status, Status::PendingUpgrade);
    QCOMPARE(left->lastDeployed, 1);
    QVERIFY(helmOk(4, {"upgrade", m_name, chartPath()})
                .contains("another operation (install/upgrade/rollback) is in progress"));
    OperationRequest again = rendered(Action::Upgrade, "replicas=0,colour=blue");
    QCOMPARE(run(again).error->id, std::string("release.pending"));
    again.resolvePending = true;
    PK_DONE(run(again));
    QVERIFY(!helmOk(4, {"upgrade", m_name, chartPath(), "--set", "replicas=0"}).startsWith("failed"));
    QVERIFY(!run(rendered(Action::Uninstall, "")).error);
}

/// An ordered StatefulSet does not replace a pod that never became ready by itself.
void TestClusterRelease::stuckUpgradeIsRolledBack()
{
    PK_DONE(run(rendered(Action::Install, "replicas=2")));
    OperationRequest broken = rendered(Action::Upgrade, "replicas=2,tag=missing");
    broken.timeout = std::chrono::seconds(6);
    QCOMPARE(run(broken).error.value_or(Error{}).id, std::string("release.not-ready-in-time"));
    std::vector<RevisionFacts> facts;
    for (const Record &record : history().revisions)
        facts.push_back(factsOf(record));
    OperationRequest back = rendered(Action::Rollback, "");
    back.rollbackTo = revisionToReturnTo(facts);
    QCOMPARE(back.rollbackTo, 1);
    back.timeout = std::chrono::seconds(20);
    PK_DONE(run(back));
    QCOMPARE(read(("statefulset/" + m_name).constData(), "{.status.readyReplicas}"), QByteArray("2"));
    QVERIFY(helmOk(4, {"history", m_name}).contains("Rollback to 1"));
    QVERIFY(!run(rendered(Action::Uninstall, "")).error);
}

void TestClusterRelease::timedOutUpgradeIsResumed()
{
    PK_DONE(run(rendered(Action::Install, "replicas=1")));
    OperationRequest impatient = rendered(Action::Upgrade, "replicas=1,tag=slow");
    impatient.timeout = std::chrono::seconds(1);
    QCOMPARE(run(impatient).error.value_or(Error{}).id, std::string("release.not-ready-in-time"));
    PK_DONE(run(rendered(Action::Complete, "")));
    QCOMPARE(read(("pod/" + m_name + "-0").constData(), "{.spec.containers[0].image}"), QByteArray("launcher:slow"));
    const QByteArray told = helmOk(4, {"history", m_name, "-o", "json"});
    QVERIFY2(told.contains("Upgrade complete") && told.count("\"revision\"") == 2 && !told.contains("failed"), told);
    // helm goes on from there.
    const QByteArray next = helmOk(4, {"upgrade", m_name, chartPath()});
    QVERIFY2(!next.startsWith("failed"), next);
    QVERIFY(!run(rendered(Action::Uninstall, "")).error);
}

void TestClusterRelease::foreignObjectIsNotTaken()
{
    kubectl({"-n", m_namespace->name(), "create", "configmap", m_name + "-settings"});
    const OperationResult refused = run(rendered(Action::Install, "replicas=0"));
    QVERIFY(refused.error.has_value());
    const test::Answer helms = helm(4, {"install", m_name, chartPath(), "-n", m_namespace->name()});
    // Helm says the same, word for word.
    QVERIFY2(helms.errors.contains(QByteArray::fromStdString(refused.error->message)), helms.errors.constData());
    QVERIFY(history().revisions.empty());
}

void TestClusterRelease::timesAnUpgradeBesideHelms()
{
    // The bench holds the bar; here the figures are for the log.
    PK_DONE(run(rendered(Action::Install, "replicas=0")));
    OperationRequest ours = rendered(Action::Upgrade, "replicas=0,colour=blue");
    ours.wait = false;
    QElapsedTimer timer;
    timer.start();
    PK_DONE(run(ours));
    const qint64 own = timer.restart();
    QVERIFY(!helmOk(4, {"upgrade", m_name, chartPath(), "--set", "replicas=0,colour=green"}).startsWith("failed"));
    qInfo("upgrade: %lld ms, helm upgrade: %lld ms", static_cast<long long>(own),
        static_cast<long long>(timer.elapsed()));
    QVERIFY(!run(rendered(Action::Uninstall, "")).error);
}

void TestClusterRelease::evictionIsSeen_data()
{
    QTest::addColumn<QByteArray>("variant");
    QTest::addColumn<unsigned>("sources"); // That must have told it.
    QTest::addRow("status alone") << QByteArray("status") << unsigned(pool::Eviction::Status);
    QTest::addRow("event alone") << QByteArray("event") << unsigned(pool::Eviction::Event);
    QTest::addRow("both, and the pod replaced")
        << QByteArray("both") << unsigned(pool::Eviction::Status | pool::Eviction::Event);
}

void TestClusterRelease::evictionIsSeen()
{
    QFETCH(QByteArray, variant);
    QFETCH(unsigned, sources);
    PK_DONE(run(rendered(Action::Install, "colour=red")));
    const QByteArray pod = m_name + "-0";
    const QByteArray node = read(("pod/" + pod).constData(), "{.spec.nodeName}");
    QVERIFY(!node.isEmpty());

    pool::PoolStore store(m_clock);
    const std::string ns = m_namespace->name().toStdString();
    const auto spec = [&](const char *apiVersion, const char *kind) {
        return kube::WatchSpec{.resource = *kube::knownResource(apiVersion, kind), .nameSpace = ns};
    };
    const http::Call sets = m_client->watch<pool::WorkloadFacts>(
        spec("apps/v1", "StatefulSet"), [](std::string_view json) { return pool::decodeWorkload(json, "StatefulSet"); },
        [&](kube::WatchUpdate<pool::WorkloadFacts> update) { pool::feed(store, std::move(update), "StatefulSet"); });
    const http::Call pods = m_client->watch<pool::PodFacts>(spec("v1", "Pod"), pool::decodePod,
        [&](kube::WatchUpdate<pool::PodFacts> update) { pool::feed(store, std::move(update)); });
    const http::Call events = m_client->watch<pool::EventFacts>(spec("v1", "Event"), pool::decodeEvent,
        [&](kube::WatchUpdate<pool::EventFacts> update) { pool::feed(store, std::move(update)); });
    const std::string worker = ns + '/' + pod.toStdString();
    QVERIFY(m_loop->runUntil([&] {
        store.flush();
        const pool::Worker *found = store.worker(worker);
        return found && found->reading.state == pool::WorkerState::Ready;
    }));

    QCOMPARE(test::cluster({"pressure", node, "on", "--evict", "1", "--variant", variant}).exitCode, 0);
    std::optional<pool::Eviction> found;
    m_loop->runUntil([&] {
        store.flush();
        for (const pool::Eviction &eviction : store.evictions()) {
            // Until the node is tainted its replacements are rejected there; that is another eviction.
            const bool isOurs =
                eviction.pod == pod.toStdString() && eviction.what.cause == pool::EvictionCause::NodePressure;
            if (isOurs && (eviction.sources & sources) == sources)
                found = eviction;
        }
        return found.has_value();
    });
    test::cluster({"pressure", node, "off"});
    QVERIFY(found.has_value());
    QCOMPARE(found->node, node.toStdString());
    QCOMPARE(found->ordinal, 0);
    QVERIFY(!run(rendered(Action::Uninstall, "")).error);
}

QTEST_GUILESS_MAIN(TestClusterRelease)
#include "tst_cluster_release.moc"
