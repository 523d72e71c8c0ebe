// SPDX-License-Identifier: GPL-3.0-or-later
#include "release/clusterfacts.h"
#include "release/fakecluster.h"
#include "release/inspect.h"
#include "release/operation.h"
#include "release/readiness.h"

#include <QTest>

using namespace pk;
using namespace pk::release;

namespace {

const std::string configMap = R"(---
# Source: pool/templates/a.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  a: "1"
)";

std::string statefulSet(int replicas)
{
    return R"(---
# Source: pool/templates/b.yaml
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: prod-eu
spec:
  replicas: )"
        + std::to_string(replicas) + R"(
  template:
    spec:
      containers: []
)";
}

const std::string keptSecret = R"(---
apiVersion: v1
kind: Secret
metadata:
  name: cache
  annotations:
    helm.sh/resource-policy: keep
)";

const std::string widget = R"(---
apiVersion: x.io/v1
kind: Widget
metadata:
  name: w
)";

const std::string widgetCrd = R"(apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.x.io}
spec:
  group: x.io
  names: {kind: Widget, plural: widgets}
  scope: Namespaced
  versions:
  - {name: v1, served: true, storage: true}
)";

const std::string core = "/api/v1/namespaces/ci/";
const std::string apps = "/apis/apps/v1/namespaces/ci/";
const std::string records = core + "secrets/sh.helm.release.v1.prod-eu.v";

chart::Hook jobHook(const char *name, int weight, const char *event)
{
    chart::Hook hook;
    hook.name = name;
    hook.kind = "Job";
    hook.path = std::string("pool/templates/") + name + ".yaml";
    hook.manifest = std::string("apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: ") + name + "\n";
    hook.events = {event};
    hook.weight = weight;
    return hook;
}

/// A pod of the set prod-eu: of revision `hash`, its container waiting for `reason`.
Value podOfSet(const char *uid, const char *hash, const char *reason, bool ready = false)
{
    const auto text = [](const char *words) { return Value::string(words); };
    Value state = Value::map();
    if (*reason)
        state.asMap().set("waiting", Value::map({{"reason", text(reason)}}));
    const Value condition = Value::map({{"type", text("Ready")}, {"status", text(ready ? "True" : "False")}});
    return Value::map({{"kind", text("Pod")},
        {"metadata",
            Value::map({{"name", text("prod-eu-1")}, {"uid", text("pod")},
                {"labels", Value::map({{"controller-revision-hash", text(hash)}, {"app", text("pool")}})},
                {"ownerReferences", Value::list({Value::map({{"uid", text(uid)}})})}})},
        {"status",
            Value::map({{"conditions", Value::list({condition})},
                {"containerStatuses", Value::list({Value::map({{"state", state}})})}})}});
}

} // namespace

class TestOperation : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void installWritesItsRecordBeforeAndAfter();
    void crdsAreInstalledBeforeTheirObjects();
    void kindsThatAreNeverServedAreAnError();
    void whatWasLookedUpIsNeverTold();
    void installRefusesForeignObjects();
    void installOfAUsedNameIsRefused();
    void upgradeSupersedesAndDeletesWhatIsGone();
    void upgradeWaitsForWorkers();
    void refusedChangeIsToldByTheRecord();
    void timeOutFailsTheRevision();
    void upgradeOfClientAppliedReleaseMovesOwnership();
    void pendingReleaseIsRefusedUntilResolved();
    void whatChangedSinceTheReviewIsNotOverwritten();
    void historyIsTrimmed();
    void rollbackCopiesTheTarget();
    void leftRevisionIsCompleted_data();
    void leftRevisionIsCompleted();
    void failedRevisionIsResumedAsWhatItWas_data();
    void failedRevisionIsResumedAsWhatItWas();
    void nothingIsCompletedThatWasNotLeft();
    void rollbackLeadsToWhatRanBefore_data();
    void rollbackLeadsToWhatRanBefore();
    void planIsToldBeforeItsSteps();
    void onlyHopelessPodsAreInTheWay_data();
    void onlyHopelessPodsAreInTheWay();
    void podInTheWayIsDeletedOnce();
    void recreateOrphansFirst();
    void hooksRunByWeightAndKeepTheirRuns();
    void failedHookFailsTheRelease();
    void stopLeavesATruthfulRecord();
    void destroyedInTheMiddleAsksNothingMore();
    void uninstallSaysWhatStays();
    void uninstallKeepsHistoryWhenAsked();
    void dryRunAsksForEach();
    void tellsKnownStepsOnly();

private:
    OperationRequest request(Action action, const std::string &manifest = {})
    {
        OperationRequest request;
        request.action = action;
        request.name = "prod-eu";
        request.ns = "ci";
        request.manifest = manifest;
        request.chart = Value::map({{"metadata", Value::map({{"name", Value::string("pool")}})}});
        request.timeout = std::chrono::seconds(10);
        return request;
    }
    OperationResult run(OperationRequest what)
    {
        m_cluster->requests.clear();
        m_steps.clear();
        std::optional<OperationResult> result;
        Operation operation(
            *m_cluster, *m_cluster, std::move(what), [this](const StepEvent &event) { note(event); },
            [&](const OperationResult &done) { result = done; });
        operation.start();
        m_cluster->run();
        if (!result)
            qFatal("the operation did not end");
        return *result;
    }
    void note(const StepEvent &event)
    {
        m_steps.push_back(event.step + ' ' + event.object + ' ' + nameOf(event.state));
        m_seen.insert(event.step);
    }
    void install(const std::string &manifest)
    {
        const OperationResult done = run(request(Action::Install, manifest));
        if (done.error)
            qFatal("%s", done.error->message.c_str());
    }
    QString asked() const
    {
        QStringList list;
        for (const std::string &text : m_cluster->requests)
            list += QString::fromStdString(text);
        return list.join(QLatin1Char('\n'));
    }
    QString state(int revision) const
    {
        const auto record = m_cluster->record("prod-eu", revision);
        return record ? QStringLiteral("%1: %2").arg(
                   QString::fromUtf8(nameOf(record->status())), QString::fromStdString(record->description()))
                      : QStringLiteral("none");
    }
    static QString lines(const std::vector<std::string> &wanted)
    {
        QStringList list;
        for (const std::string &text : wanted)
            list += QString::fromStdString(text);
        return list.join(QLatin1Char('\n'));
    }

    std::unique_ptr<test::FakeCluster> m_cluster;
    std::vector<std::string> m_steps;
    std::set<std::string> m_seen;
};

void TestOperation::init()
{
    m_cluster = std::make_unique<test::FakeCluster>();
    // A controller that is done at once.
    m_cluster->written = [](const std::string &path, Value &object) {
        const Value replicas = object.at({"spec", "replicas"});
        if (path.find("statefulsets") != std::string::npos)
            object.asMap().set("status",
                Value::map({{"replicas", replicas}, {"readyReplicas", replicas}, {"currentReplicas", replicas},
                    {"updatedReplicas", replicas}}));
    };
}

void TestOperation::installWritesItsRecordBeforeAndAfter()
{
    const OperationResult done = run(request(Action::Install, configMap + statefulSet(2)));
    QVERIFY2(!done.error, done.error ? done.error->message.c_str() : "");
    QCOMPARE(asked(),
        lines({"create " + records + "1", "apply " + core + "configmaps/settings",
            "apply " + apps + "statefulsets/prod-eu", "replace " + records + "1"}));
    QCOMPARE(state(1), QStringLiteral("deployed: Install complete"));
    QVERIFY(m_cluster->record("prod-eu", 1)->serverSide());
    QCOMPARE(done.record->status(), Status::Deployed);
    const Value set = m_cluster->objects.at(apps + "statefulsets/prod-eu");
    QCOMPARE(ownershipProblem(set, "prod-eu", "ci"), std::string());
    QCOMPARE(set.at({"metadata", "namespace"}).stringOr(), std::string("ci"));
}

void TestOperation::crdsAreInstalledBeforeTheirObjects()
{
    OperationRequest what = request(Action::Install, configMap + widget);
    QCOMPARE(run(what).error.value_or(Error{}).id, std::string("release.unknown-kind"));
    QVERIFY(m_cluster->requests.empty());
    what.crds = {{"crds/w.yaml", widgetCrd}};
    int discoveries = 0;
    m_cluster->written = [](const std::string &path, Value &object) {
        const Value established =
            Value::map({{"type", Value::string("Established")}, {"status", Value::string("True")}});
        if (path.find("customresourcedefinitions") != std::string::npos)
            object.asMap().set("status", Value::map({{"conditions", Value::list({established})}}));
    };
    m_cluster->refuse = [&](const std::string &request) -> std::optional<Error> {
        // Established, and served a little later.
        if (request == "discover" && ++discoveries == 3)
            m_cluster->kinds = withCrds({}, {{"crds/w.yaml", widgetCrd}});
        return {};
    };
    const OperationResult done = run(what);
    QVERIFY2(!done.error, done.error ? done.error->message.c_str() : "");
    QCOMPARE(discoveries, 3);
    QCOMPARE(asked(),
        lines({"apply /apis/apiextensions.k8s.io/v1/customresourcedefinitions/widgets.x.io", "create " + records + "1",
            "apply " + core + "configmaps/settings", "apply /apis/x.io/v1/namespaces/ci/widgets/w",
            "replace " + records + "1"}));
}

void TestOperation::kindsThatAreNeverServedAreAnError()
{
    OperationRequest what = request(Action::Install, widget);
    what.crds = {{"crds/w.yaml", widgetCrd}};
    m_cluster->written = [](const std::string &, Value &object) {
        const Value established =
            Value::map({{"type", Value::string("Established")}, {"status", Value::string("True")}});
        object.asMap().set("status", Value::map({{"conditions", Value::list({established})}}));
    };
    QCOMPARE(run(what).error.value_or(Error{}).code, Error::Code::Timeout);
    QCOMPARE(state(1), QStringLiteral("none"));
}

void TestOperation::whatWasLookedUpIsNeverTold()
{
    OperationRequest what = request(Action::Install, configMap);
    what.secrets.add("correct-horse-battery");
    m_cluster->refuse = [](const std::string &request) -> std::optional<Error> {
        if (request.starts_with("apply "))
            return Error{.code = Error::Code::InvalidInput, .message = "bad value correct-horse-battery"};
        return {};
    };
    const std::string told = run(what).error.value_or(Error{}).message;
    QVERIFY2(told.find("bad value (hidden)") != std::string::npos, told.c_str());
}

void TestOperation::installRefusesForeignObjects()
{
    m_cluster->objects[core + "configmaps/settings"] = Value::map(
        {{"metadata", Value::map({{"annotations", Value::map({{"meta.helm.sh/release-name", Value::string("q")}})}})}});
    OperationRequest what = request(Action::Install, configMap);
    const OperationResult done = run(what);
    QVERIFY(done.error.has_value());
    QCOMPARE(done.error->message,
        std::string(
            "unable to continue with install: ConfigMap \"settings\" in namespace \"ci\" exists and cannot be imported "
            "into the current release: invalid ownership metadata; label validation error: missing key "
            "\"app.kubernetes.io/managed-by\": must be set to \"Helm\"; annotation validation error: key "
            "\"meta.helm.sh/release-name\" must equal \"prod-eu\": current value is \"q\"; annotation validation "
            "error: "
            "missing key \"meta.helm.sh/release-namespace\": must be set to \"ci\""));
    QVERIFY(m_cluster->requests.empty()); // Nothing was written.
    what.takeOwnership = true;
    QVERIFY(!run(what).error);
}

void TestOperation::installOfAUsedNameIsRefused()
{
    install(configMap);
    const OperationResult done = run(request(Action::Install, configMap));
    QCOMPARE(done.error->message, std::string("release name check failed: cannot reuse a name that is still in use"));
    QVERIFY(m_cluster->requests.empty());
}

void TestOperation::upgradeSupersedesAndDeletesWhatIsGone()
{
    install(configMap + statefulSet(2) + keptSecret);
    const OperationResult done = run(request(Action::Upgrade, statefulSet(3)));
    QVERIFY2(!done.error, done.error ? done.error->message.c_str() : "");
    QCOMPARE(asked(),
        lines({"create " + records + "2", "apply " + apps + "statefulsets/prod-eu",
            "delete " + core + "configmaps/settings", "replace " + records + "1", "replace " + records + "2"}));
    QCOMPARE(state(1), QStringLiteral("superseded: Install complete"));
    QCOMPARE(state(2), QStringLiteral("deployed: Upgrade complete"));
    QCOMPARE(done.kept, std::vector<std::string>({"[Secret] cache"}));
    QVERIFY(m_cluster->objects.contains(core + "secrets/cache"));
}

void TestOperation::upgradeWaitsForWorkers()
{
    install(statefulSet(2));
    int round = 0;
    m_cluster->written = [](const std::string &, Value &) {};
    m_cluster->refuse = [&](const std::string &request) -> std::optional<Error> {
        if (request.starts_with("get ") && request.find("statefulsets") != std::string::npos && ++round == 3) {
            Value &set = m_cluster->objects.at(apps + "statefulsets/prod-eu");
            set = set.deepCopy();
            for (const char *count : {"replicas", "readyReplicas", "currentReplicas", "updatedReplicas"})
                set.get("status").asMap().set(count, Value::integer(3));
        }
        return {};
    };
    QVERIFY(!run(request(Action::Upgrade, statefulSet(3))).error);
    QVERIFY(round >= 3);
    QVERIFY(std::ranges::find(m_steps, "wait StatefulSet/prod-eu waiting") != m_steps.end());
    QVERIFY(std::ranges::find(m_steps, "wait StatefulSet/prod-eu done") != m_steps.end());
}

void TestOperation::refusedChangeIsToldByTheRecord()
{
    install(configMap + statefulSet(2));
    m_cluster->refuse = [](const std::string &request) -> std::optional<Error> {
        if (request.starts_with("apply ") && request.ends_with("prod-eu"))
            return Error{.code = Error::Code::InvalidInput, .message = "StatefulSet.apps \"prod-eu\" is invalid"};
        return {};
    };
    const OperationResult done = run(request(Action::Upgrade, statefulSet(3)));
    QCOMPARE(done.error->message,
        std::string("server-side apply failed for object ci/prod-eu apps/v1, Kind=StatefulSet: StatefulSet.apps "
                    "\"prod-eu\" is invalid"));
    QCOMPARE(state(2),
        QStringLiteral("failed: Upgrade \"prod-eu\" failed: server-side apply failed for object ci/prod-eu apps/v1, "
                       "Kind=StatefulSet: StatefulSet.apps \"prod-eu\" is invalid"));
    QCOMPARE(state(1), QStringLiteral("deployed: Install complete"));
    QVERIFY(m_cluster->objects.contains(core + "configmaps/settings")); // Nothing is deleted after an error.
}

void TestOperation::timeOutFailsTheRevision()
{
    m_cluster->written = [](const std::string &, Value &) {};
    const OperationResult done = run(request(Action::Install, statefulSet(2)));
    QCOMPARE(done.error->message,
        std::string("resource StatefulSet/ci/prod-eu not ready. status: InProgress, message: Replicas: 0/2\ncontext "
                    "deadline exceeded"));
    QVERIFY(state(1).startsWith(QStringLiteral("failed: Release \"prod-eu\" failed: resource StatefulSet")));
    OperationRequest patient = request(Action::Upgrade, statefulSet(2));
    patient.wait = false;
    QVERIFY(!run(patient).error); // From a failed revision, as helm does.
    QVERIFY(state(1).startsWith(QStringLiteral("superseded")));
}

void TestOperation::upgradeOfClientAppliedReleaseMovesOwnership()
{
    install(configMap);
    Record old = *m_cluster->record("prod-eu", 1);
    old.setServerSide(false);
    Value secret = *old.toSecret(m_cluster->now(), true);
    m_cluster->objects[records + "1"] = secret;
    Value &settings = m_cluster->objects.at(core + "configmaps/settings");
    settings = settings.deepCopy();
    settings.get("metadata")
        .asMap()
        .set("managedFields",
            Value::list({Value::map({{"manager", Value::string("helm")}, {"operation", Value::string("Update")},
                {"fieldsV1", Value::map({{"f:data", Value::map()}})}})}));
    QVERIFY(!run(request(Action::Upgrade, configMap)).error);
    QCOMPARE(asked(),
        lines({"create " + records + "2", "patch " + core + "configmaps/settings",
            "apply " + core + "configmaps/settings", "replace " + records + "1", "replace " + records + "2"}));
}

void TestOperation::pendingReleaseIsRefusedUntilResolved()
{
    install(configMap);
    Record stuck = *m_cluster->record("prod-eu", 1);
    stuck.setRevision(2);
    stuck.setStatus(Status::PendingUpgrade, "Preparing upgrade");
    m_cluster->objects[records + "2"] = *stuck.toSecret(m_cluster->now(), true);
    OperationRequest what = request(Action::Upgrade, configMap);
    OperationResult done = run(what);
    QCOMPARE(done.error->message, std::string("another operation (install/upgrade/rollback) is in progress"));
    QCOMPARE(done.error->id, std::string("release.pending"));
    QVERIFY(m_cluster->requests.empty());

    what.resolvePending = true;
    done = run(what);
    QVERIFY2(!done.error, done.error ? done.error->message.c_str() : "");
    QVERIFY(state(2).startsWith(QStringLiteral("failed")));
    QCOMPARE(state(1), QStringLiteral("superseded: Install complete"));
    QCOMPARE(state(3), QStringLiteral("deployed: Upgrade complete"));
}

void TestOperation::whatChangedSinceTheReviewIsNotOverwritten()
{
    install(configMap);
    OperationRequest what = request(Action::Upgrade, configMap + statefulSet(2));
    what.reviewed = planRelease(
        {.wanted = Action::Upgrade, .name = "prod-eu", .history = {factsOf(*m_cluster->record("prod-eu", 1))}});
    QVERIFY(!run(request(Action::Upgrade, configMap + statefulSet(3))).error); // Somebody else.
    const OperationResult done = run(what);
    QVERIFY(done.error);
    QCOMPARE(done.error->id, std::string("release.changed"));
    QVERIFY2(m_cluster->requests.empty(), qPrintable(asked()));
    QCOMPARE(state(2), QStringLiteral("deployed: Upgrade complete"));

    what.reviewed = planRelease({.wanted = Action::Upgrade,
        .name = "prod-eu",
        .history = {factsOf(*m_cluster->record("prod-eu", 1)), factsOf(*m_cluster->record("prod-eu", 2))}});
    QVERIFY(!run(what).error);
    QCOMPARE(state(3), QStringLiteral("deployed: Upgrade complete"));
}

void TestOperation::historyIsTrimmed()
{
    install(configMap);
    for (int i = 0; i < 4; ++i) {
        OperationRequest what = request(Action::Upgrade, configMap);
        what.historyLimit = 3;
        QVERIFY(!run(what).error);
    }
    QCOMPARE(state(2), QStringLiteral("none"));
    QCOMPARE(state(3), QStringLiteral("superseded: Upgrade complete"));
    QCOMPARE(state(5), QStringLiteral("deployed: Upgrade complete"));
}

void TestOperation::rollbackCopiesTheTarget()
{
    OperationRequest first = request(Action::Install, configMap);
    first.notes = "first";
    first.config = Value::map({{"a", Value::integer(1)}});
    QVERIFY(!run(first).error);
    QVERIFY(!run(request(Action::Upgrade, configMap + statefulSet(1))).error);
    OperationRequest back = request(Action::Rollback);
    back.rollbackTo = 1;
    QVERIFY(!run(back).error);
    QCOMPARE(state(3), QStringLiteral("deployed: Rollback to 1"));
    QCOMPARE(state(2), QStringLiteral("superseded: Upgrade complete"));
    const Record record = *m_cluster->record("prod-eu", 3);
    QCOMPARE(record.rollbackRevision(), 1);
    QCOMPARE(record.notes(), std::string("first"));
    QCOMPARE(record.config().get("a").integerOr(0), std::int64_t(1));
    QVERIFY(!m_cluster->objects.contains(apps + "statefulsets/prod-eu"));
}

void TestOperation::leftRevisionIsCompleted_data()
{
    QTest::addColumn<int>("steps");
    for (int steps = 2; steps <= 6; ++steps)
        QTest::addRow("killed after %d answers", steps) << steps;
}

/// Whatever the process was doing when it was killed: the same revision ends as if nothing had been.
void TestOperation::leftRevisionIsCompleted()
{
    QFETCH(const int, steps);
    install(configMap + statefulSet(2));
    auto killed = std::make_unique<Operation>(
        *m_cluster, *m_cluster, request(Action::Upgrade, statefulSet(3)), [](const StepEvent &) {},
        [](const OperationResult &) {});
    killed->start();
    for (int i = 0; i < steps; ++i)
        m_cluster->step();
    killed.reset();
    m_cluster->run();
    const auto left = m_cluster->record("prod-eu", 2);
    QVERIFY(left && left->status() == Status::PendingUpgrade);
    const OperationResult done = run(request(Action::Complete));
    QVERIFY2(!done.error, done.error ? done.error->message.c_str() : "");
    QCOMPARE(state(1), QStringLiteral("superseded: Install complete"));
    QCOMPARE(state(2), QStringLiteral("deployed: Upgrade complete"));
    QCOMPARE(state(3), QStringLiteral("none"));
    QCOMPARE(m_cluster->objects.at(apps + "statefulsets/prod-eu").at({"spec", "replicas"}).integerOr(0), 3);
    QVERIFY(!m_cluster->objects.contains(core + "configmaps/settings"));
}

void TestOperation::failedRevisionIsResumedAsWhatItWas_data()
{
    QTest::addColumn<int>("action");
    QTest::addColumn<QString>("pending");
    QTest::addColumn<QString>("end");
    QTest::addRow("install") << int(Action::Install) << "pending-install"
                             << "deployed: Install complete";
    QTest::addRow("upgrade") << int(Action::Upgrade) << "pending-upgrade"
                             << "deployed: Upgrade complete";
    QTest::addRow("rollback") << int(Action::Rollback) << "pending-rollback"
                              << "deployed: Rollback to 1";
}

void TestOperation::failedRevisionIsResumedAsWhatItWas()
{
    QFETCH(const int, action);
    QFETCH(const QString, pending);
    QFETCH(const QString, end);
    int revision = 1;
    if (Action(action) != Action::Install) {
        install(statefulSet(2));
        ++revision;
    }
    if (Action(action) == Action::Rollback) {
        QVERIFY(!run(request(Action::Upgrade, statefulSet(1))).error);
        ++revision;
    }
    m_cluster->refuse = [](const std::string &asked) -> std::optional<Error> {
        if (asked.starts_with("apply ") && asked.ends_with("prod-eu"))
            return Error{.code = Error::Code::Denied, .message = "no quota"};
        return {};
    };
    OperationRequest what = request(Action(action), statefulSet(2));
    what.rollbackTo = Action(action) == Action::Rollback ? 1 : 0;
    QVERIFY(run(what).error);
    QVERIFY(state(revision).startsWith(QStringLiteral("failed")));

    // While it goes on, helm sees that somebody is at work.
    QString meanwhile;
    m_cluster->refuse = [&](const std::string &asked) -> std::optional<Error> {
        if (asked.starts_with("apply "))
            meanwhile = state(revision).section(QLatin1Char(':'), 0, 0);
        return {};
    };
    const OperationResult done = run(request(Action::Complete));
    QVERIFY2(!done.error, done.error ? done.error->message.c_str() : "");
    QCOMPARE(meanwhile, pending);
    QCOMPARE(state(revision), end);
    QCOMPARE(done.record->revision(), revision);
    QCOMPARE(state(revision + 1), QStringLiteral("none"));
    for (int before = 1; before < revision; ++before)
        QVERIFY(state(before).startsWith(QStringLiteral("superseded")));
}

void TestOperation::nothingIsCompletedThatWasNotLeft()
{
    QCOMPARE(run(request(Action::Complete)).error->id, std::string("release.not-found"));
    install(configMap);
    QCOMPARE(run(request(Action::Complete)).error->id, std::string("release.nothing-left"));
    QVERIFY(m_cluster->requests.empty());
}

void TestOperation::rollbackLeadsToWhatRanBefore_data()
{
    QTest::addColumn<QString>("history");
    QTest::addColumn<int>("target");
    QTest::addRow("nothing") << QString() << 0;
    QTest::addRow("failed install") << "failed" << 0;
    QTest::addRow("failed upgrade") << "superseded deployed failed" << 2;
    QTest::addRow("two failed in a row") << "superseded deployed failed failed" << 2;
    QTest::addRow("failed rollback: nothing is deployed") << "superseded superseded failed" << 2;
    QTest::addRow("left upgrade") << "deployed pending-upgrade" << 1;
    QTest::addRow("never ran") << "failed failed" << 0;
}

void TestOperation::rollbackLeadsToWhatRanBefore()
{
    QFETCH(const QString, history);
    std::vector<RevisionFacts> facts;
    for (const QString &word : history.split(QLatin1Char(' '), Qt::SkipEmptyParts))
        facts.push_back(
            {.revision = int(facts.size()) + 1, .status = statusOf(word.toStdString()), .lastDeployed = {}});
    QTEST(revisionToReturnTo(facts), "target");
}

void TestOperation::planIsToldBeforeItsSteps()
{
    install(configMap + statefulSet(2) + keptSecret);
    OperationRequest what = request(Action::Upgrade, statefulSet(3));
    what.hooks = {jobHook("check", 0, "pre-upgrade")};
    what.hooks[0].kind = "ConfigMap";
    what.hooks[0].manifest = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: check\n";
    QVERIFY(!run(what).error);
    std::vector<std::string> planned;
    std::set<std::string> open;
    for (const std::string &step : m_steps) {
        const std::string line = step.substr(0, step.rfind(' '));
        if (step.ends_with(" planned")) {
            planned.push_back(line);
            open.insert(line);
        } else if (step.ends_with(" done") || step.ends_with(" skipped")) {
            open.erase(line);
        }
    }
    QCOMPARE(lines(planned),
        lines({"write-record 2", "hook ConfigMap/check", "apply StatefulSet/prod-eu", "delete ConfigMap/settings",
            "delete Secret/cache", "wait StatefulSet/prod-eu", "supersede-record 1", "finish-record 2"}));
    QCOMPARE(lines({open.begin(), open.end()}), QString()); // Each planned line has its end.
}

void TestOperation::onlyHopelessPodsAreInTheWay_data()
{
    QTest::addColumn<QString>("owner");
    QTest::addColumn<QString>("hash");
    QTest::addColumn<QString>("reason");
    QTest::addColumn<bool>("ready");
    QTest::addColumn<QString>("management");
    QTest::addColumn<bool>("expected");
    QTest::addRow("old and its image is missing") << "set"
                                                  << "old"
                                                  << "ImagePullBackOff" << false << "" << true;
    QTest::addRow("old and crashing") << "set"
                                      << "old"
                                      << "CrashLoopBackOff" << false << "" << true;
    QTest::addRow("old and still starting") << "set"
                                            << "old"
                                            << "ContainerCreating" << false << "" << false;
    QTest::addRow("old and at work") << "set"
                                     << "old"
                                     << "" << false << "" << false;
    QTest::addRow("ready") << "set"
                           << "old"
                           << "ImagePullBackOff" << true << "" << false;
    QTest::addRow("of the wanted revision") << "set"
                                            << "new"
                                            << "ImagePullBackOff" << false << "" << false;
    QTest::addRow("of another set") << "other"
                                    << "old"
                                    << "ImagePullBackOff" << false << "" << false;
    QTest::addRow("the set waits for none") << "set"
                                            << "old"
                                            << "ImagePullBackOff" << false << "Parallel" << false;
}

void TestOperation::onlyHopelessPodsAreInTheWay()
{
    QFETCH(const QString, owner);
    QFETCH(const QString, hash);
    QFETCH(const QString, reason);
    QFETCH(const bool, ready);
    QFETCH(const QString, management);
    const Value set = Value::map({{"metadata", Value::map({{"uid", Value::string("set")}})},
        {"spec", Value::map({{"podManagementPolicy", Value::string(management.toStdString())}})},
        {"status", Value::map({{"updateRevision", Value::string("new")}})}});
    const Value pod = podOfSet(qPrintable(owner), qPrintable(hash), qPrintable(reason), ready);
    QTEST(!podsInTheWay(set, {pod}).empty(), "expected");
}

/// A pod of a broken revision, which the controller would keep for ever.
void TestOperation::podInTheWayIsDeletedOnce()
{
    std::string set = statefulSet(2);
    set.replace(set.find("  template:"), 0, "  selector:\n    matchLabels: {app: pool}\n");
    install(set);
    const std::string at = core + "pods/prod-eu-1";
    const std::string uid = m_cluster->objects.at(apps + "statefulsets/prod-eu").at({"metadata", "uid"}).stringOr();
    m_cluster->objects[at] = podOfSet(uid.c_str(), "old", "ImagePullBackOff");
    m_cluster->written = [](const std::string &path, Value &object) {
        if (path.find("statefulsets") != std::string::npos)
            object.asMap().set("status", Value::map({{"updateRevision", Value::string("new")}}));
    };
    m_cluster->refuse = [&](const std::string &asked) -> std::optional<Error> {
        if (asked == "get " + apps + "statefulsets/prod-eu" && !m_cluster->objects.contains(at)) {
            Value &object = m_cluster->objects.at(apps + "statefulsets/prod-eu");
            object = object.deepCopy();
            for (const char *count : {"replicas", "readyReplicas", "currentReplicas", "updatedReplicas"})
                object.get("status").asMap().set(count, Value::integer(2));
            object.get("status").asMap().set("currentRevision", Value::string("new"));
        }
        return {};
    };
    const OperationResult done = run(request(Action::Upgrade, set));
    QVERIFY2(!done.error, done.error ? done.error->message.c_str() : "");
    QCOMPARE(asked().count(QStringLiteral("delete %1").arg(QString::fromStdString(at))), 1);
    QVERIFY(std::ranges::find(m_steps, "free Pod/prod-eu-1 done") != m_steps.end());
}

void TestOperation::recreateOrphansFirst()
{
    install(statefulSet(1));
    OperationRequest what = request(Action::Upgrade, statefulSet(1));
    what.recreate = {"apps/StatefulSet/ci/prod-eu"};
    const std::string uid = m_cluster->objects.at(apps + "statefulsets/prod-eu").at({"metadata", "uid"}).stringOr();
    QVERIFY(!run(what).error);
    QCOMPARE(asked().section(QLatin1Char('\n'), 1, 2),
        lines({"orphan " + apps + "statefulsets/prod-eu", "apply " + apps + "statefulsets/prod-eu"}));
    QVERIFY(m_cluster->objects.at(apps + "statefulsets/prod-eu").at({"metadata", "uid"}).stringOr() != uid);
}

void TestOperation::hooksRunByWeightAndKeepTheirRuns()
{
    m_cluster->written = [](const std::string &path, Value &object) {
        if (path.find("/jobs/") != std::string::npos)
            object.asMap().set("status",
                Value::map({{"conditions",
                    Value::list(
                        {Value::map({{"type", Value::string("Complete")}, {"status", Value::string("True")}})})}}));
    };
    OperationRequest what = request(Action::Install, configMap);
    what.hooks = {
        jobHook("late", 5, "pre-install"), jobHook("early", -5, "pre-install"), jobHook("other", 0, "post-delete")};
    what.hooks[0].deletePolicies = {"hook-succeeded"};
    QVERIFY(!run(what).error);
    const QString jobs =
        lines({"apply /apis/batch/v1/namespaces/ci/jobs/early", "apply /apis/batch/v1/namespaces/ci/jobs/late",
            "delete /apis/batch/v1/namespaces/ci/jobs/late", "apply " + core + "configmaps/settings"});
    QStringList seen = asked().split(QLatin1Char('\n'));
    seen.removeIf([](const QString &text) { return text.contains(QStringLiteral("secrets")); });
    QCOMPARE(seen.join(QLatin1Char('\n')), jobs);
    const Record record = *m_cluster->record("prod-eu", 1);
    QCOMPARE(
        record.tree().get("hooks").asList().items[0].at({"last_run", "phase"}).stringOr(), std::string("Succeeded"));
    QCOMPARE(record.tree().get("hooks").asList().items[2].at({"last_run", "phase"}).stringOr(), std::string());
    // A hook is not the release's object.
    QVERIFY(
        !ownershipProblem(m_cluster->objects.at("/apis/batch/v1/namespaces/ci/jobs/early"), "prod-eu", "ci").empty());
}

void TestOperation::failedHookFailsTheRelease()
{
    m_cluster->written = [](const std::string &path, Value &object) {
        if (path.find("/jobs/") != std::string::npos)
            object.asMap().set("status",
                Value::map({{"conditions",
                    Value::list({Value::map({{"type", Value::string("Failed")}, {"status", Value::string("True")},
                        {"reason", Value::string("BackoffLimitExceeded")}})})}}));
    };
    OperationRequest what = request(Action::Install, configMap);
    what.hooks = {jobHook("check", 0, "pre-install")};
    const OperationResult done = run(what);
    QCOMPARE(done.error->message, std::string("failed pre-install: job check failed: BackoffLimitExceeded"));
    QVERIFY(state(1).startsWith(QStringLiteral("failed: Release \"prod-eu\" failed: failed pre-install")));
    QVERIFY(!m_cluster->objects.contains(core + "configmaps/settings"));
}

void TestOperation::stopLeavesATruthfulRecord()
{
    m_steps.clear();
    std::optional<OperationResult> result;
    Operation *running = nullptr;
    Operation operation(
        *m_cluster, *m_cluster, request(Action::Install, configMap + statefulSet(1)),
        [&](const StepEvent &event) {
            if (event.step == "apply" && event.state == StepEvent::State::Done)
                running->stop();
        },
        [&](const OperationResult &done) { result = done; });
    running = &operation;
    operation.start();
    m_cluster->run();
    QVERIFY(result && result->stopped);
    QCOMPARE(state(1), QStringLiteral("failed: Release \"prod-eu\" failed: stopped"));
    QVERIFY(m_cluster->objects.contains(core + "configmaps/settings"));
    QVERIFY(!m_cluster->objects.contains(apps + "statefulsets/prod-eu"));
}

void TestOperation::destroyedInTheMiddleAsksNothingMore()
{
    for (int steps = 0; steps < 12; ++steps) {
        init();
        bool called = false;
        auto operation = std::make_unique<Operation>(
            *m_cluster, *m_cluster, request(Action::Install, configMap + statefulSet(1)), [](const StepEvent &) {},
            [&](const OperationResult &) { called = true; });
        operation->start();
        for (int i = 0; i < steps && !called; ++i)
            m_cluster->step();
        const std::size_t before = m_cluster->requests.size();
        const bool wasCalled = called;
        operation.reset();
        m_cluster->run();
        QCOMPARE(m_cluster->requests.size(), before);
        QCOMPARE(called, wasCalled);
    }
    // The receiver may destroy it in its last call.
    std::unique_ptr<Operation> own;
    own = std::make_unique<Operation>(
        *m_cluster, *m_cluster, request(Action::Uninstall), [](const StepEvent &) {},
        [&](const OperationResult &) { own.reset(); });
    own->start();
    m_cluster->run();
    QVERIFY(!own);
}

void TestOperation::uninstallSaysWhatStays()
{
    install(configMap + statefulSet(1) + keptSecret
        + "---\napiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: foreign\n");
    Value &account = m_cluster->objects.at(core + "serviceaccounts/foreign");
    account = account.deepCopy();
    account.get("metadata").asMap().erase("annotations");
    const OperationResult done = run(request(Action::Uninstall));
    QVERIFY2(!done.error, done.error ? done.error->message.c_str() : "");
    QCOMPARE(asked(),
        lines({"replace " + records + "1", "delete " + apps + "statefulsets/prod-eu",
            "delete " + core + "configmaps/settings", "delete " + records + "1"}));
    QCOMPARE(done.kept, std::vector<std::string>({"[Secret] cache"}));
    QCOMPARE(done.notOwned, std::vector<std::string>({"[ServiceAccount] foreign"}));
    QCOMPARE(state(1), QStringLiteral("none"));
}

void TestOperation::uninstallKeepsHistoryWhenAsked()
{
    install(configMap);
    QVERIFY(!run(request(Action::Upgrade, configMap)).error);
    OperationRequest what = request(Action::Uninstall);
    what.keepHistory = true;
    QVERIFY(!run(what).error);
    QCOMPARE(state(2), QStringLiteral("uninstalled: Uninstallation complete"));
    QCOMPARE(state(1), QStringLiteral("superseded: Install complete"));
    what.keepHistory = false;
    QVERIFY(!run(what).error);
    QCOMPARE(state(2), QStringLiteral("none"));
}

void TestOperation::dryRunAsksForEach()
{
    install(configMap);
    m_cluster->refuse = [](const std::string &request) -> std::optional<Error> {
        if (request.starts_with("dry-run ") && request.ends_with("prod-eu"))
            return Error{.code = Error::Code::InvalidInput, .message = "refused"};
        return {};
    };
    const auto objects = readObjects(configMap + statefulSet(1), "ci", nullptr);
    QVERIFY(objects.ok());
    std::vector<DryRunResult> results;
    DryRun dryRun(
        *m_cluster, *objects, "prod-eu", "ci", false, [&](std::vector<DryRunResult> all) { results = std::move(all); });
    dryRun.start();
    m_cluster->run();
    QCOMPARE(results.size(), std::size_t(2));
    QVERIFY(!results[0].live.isNil() && !results[0].result.isNil() && !results[0].error);
    QVERIFY(results[1].live.isNil() && results[1].error);
}

void TestOperation::tellsKnownStepsOnly()
{
    for (const std::string &step : m_seen)
        QVERIFY2(std::ranges::find(stepIds(), step) != stepIds().end(), step.c_str());
}

QTEST_APPLESS_MAIN(TestOperation)
#include "tst_operation.moc"
