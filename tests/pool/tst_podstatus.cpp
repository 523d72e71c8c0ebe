// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/timestamp.h"
#include "pool/podstatus.h"

#include <QTest>

using namespace pk;
using namespace pk::pool;

namespace {

const WallTime now = *parseTimestamp("2026-11-23T12:00:00Z");

/// A pod with the two containers; `metadata` and `status` are the inside of their objects.
PodFacts podOf(const QByteArray &status, const QByteArray &metadata = {}, const QByteArray &spec = {})
{
    QByteArray json =
        R"({"kind":"Pod","metadata":{"name":"prod-0","namespace":"ci","uid":"u1","creationTimestamp":"2026-11-23T11:00:00Z")";
    json += metadata.isEmpty() ? QByteArray() : "," + metadata;
    json +=
        R"(},"spec":{"nodeName":"n1","containers":[{"name":"launcher","image":"l:1"},{"name":"dind","image":"d:1"}])";
    json += spec.isEmpty() ? QByteArray() : "," + spec;
    json += "},\"status\":{" + status + "}}";
    const auto pod = decodePod(json.toStdString());
    if (!pod)
        qFatal("%s: %s", pod.error().message.c_str(), json.constData());
    return *pod;
}

QByteArray statuses(const QByteArray &launcher, const QByteArray &dind)
{
    return R"("containerStatuses":[{"name":"launcher",)" + launcher + R"(},{"name":"dind",)" + dind + "}]";
}

const QByteArray running = R"("ready":true,"state":{"running":{"startedAt":"2026-11-23T11:00:05Z"}})";
const QByteArray readyTrue = R"("conditions":[{"type":"Ready","status":"True"}])";

QByteArray ended(int code, const char *reason, int restarts = 0)
{
    return "\"restartCount\":" + QByteArray::number(restarts) + R"(,"state":{"terminated":{"exitCode":)"
        + QByteArray::number(code) + R"(,"reason":")" + reason + R"("}})";
}

QByteArray waiting(const char *reason, const char *message = "")
{
    return R"("state":{"waiting":{"reason":")" + QByteArray(reason) + R"(","message":")" + message + R"("}})";
}

} // namespace

class TestPodStatus : public QObject
{
    Q_OBJECT

private slots:
    void printsAsKubectl_data();
    void printsAsKubectl();
    void saysWhy_data();
    void saysWhy();
    void writesAges_data();
    void writesAges();
    void survivesWrongTypes();
    void refusesNoObject();
    void readsTimes_data();
    void readsTimes();
};

void TestPodStatus::printsAsKubectl_data()
{
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<QByteArray>("metadata");
    QTest::addColumn<QByteArray>("spec");
    QTest::addColumn<QString>("expected"); // READY STATUS RESTARTS
    const QByteArray none;
    const QByteArray inits = R"("initContainers":[{"name":"a"},{"name":"b"}])";
    const QByteArray sidecar = R"("initContainers":[{"name":"s","restartPolicy":"Always"}])";
    const QByteArray deleting = R"("deletionTimestamp":"2026-11-23T11:59:00Z")";

    QTest::addRow("pending") << QByteArray(R"("phase":"Pending")") << none << none << "0/2 Pending 0";
    QTest::addRow("running") << R"("phase":"Running",)" + readyTrue + "," + statuses(running, running) << none << none
                             << "2/2 Running 0";
    QTest::addRow("evicted, containers ended: kubectl hides the reason")
        << R"("phase":"Failed","reason":"Evicted",)" + statuses(ended(137, "Error"), ended(137, "Error")) << none
        << none << "0/2 Error 0";
    QTest::addRow("rejected at admission: Evicted")
        << QByteArray(R"("phase":"Failed","reason":"Evicted")") << none << none << "0/2 Evicted 0";
    QTest::addRow("first container wins")
        << R"("phase":"Pending",)" + statuses(waiting("ErrImagePull"), waiting("ContainerCreating")) << none << none
        << "0/2 ErrImagePull 0";
    QTest::addRow("one crashed, one runs") << R"("phase":"Running",)" + statuses(running, waiting("CrashLoopBackOff"))
                                           << none << none << "1/2 CrashLoopBackOff 0";
    QTest::addRow("signal") << R"("phase":"Running",)"
            + statuses(running, R"("state":{"terminated":{"exitCode":137,"signal":9}})")
                            << none << none << "1/2 Signal:9 0";
    QTest::addRow("exit code") << R"("phase":"Running",)"
            + statuses(running, R"("state":{"terminated":{"exitCode":3}})")
                               << none << none << "1/2 ExitCode:3 0";
    QTest::addRow("completed beside a running one, ready")
        << R"("phase":"Running",)" + readyTrue + "," + statuses(ended(0, "Completed"), running) << none << none
        << "1/2 Running 0";
    QTest::addRow("completed beside a running one, not ready")
        << R"("phase":"Running",)" + statuses(ended(0, "Completed"), running) << none << none << "1/2 NotReady 0";
    QTest::addRow("completed beside a failed one: the error (1.35)")
        << R"("phase":"Running",)" + statuses(ended(0, "Completed"), ended(2, "Error")) << none << none
        << "0/2 Error 0";
    QTest::addRow("terminating") << R"("phase":"Running",)" + statuses(running, running) << deleting << none
                                 << "2/2 Terminating 0";
    QTest::addRow("ended pods do not terminate (1.31)")
        << R"("phase":"Failed",)" + statuses(ended(1, "Error"), ended(1, "Error")) << deleting << none << "0/2 Error 0";
    QTest::addRow("node lost") << QByteArray(R"("phase":"Running","reason":"NodeLost")") << deleting << none
                               << "0/2 Unknown 0";
    QTest::addRow("gated") << QByteArray(
        R"("phase":"Pending","conditions":[{"type":"PodScheduled","status":"False","reason":"SchedulingGated"}])")
                           << none << none << "0/2 SchedulingGated 0";
    QTest::addRow("init 1 of 2") << QByteArray(
        R"("phase":"Pending","initContainerStatuses":[)"
        R"({"name":"a","state":{"terminated":{"exitCode":0}}},{"name":"b","state":{"running":{}}}])")
                                 << none << inits << "0/2 Init:1/2 0";
    QTest::addRow("init failed") << QByteArray(
        R"("phase":"Pending","initContainerStatuses":[)"
        R"({"name":"a","restartCount":4,"state":{"waiting":{"reason":"CrashLoopBackOff"}}},{"name":"b","state":{"waiting":{"reason":"PodInitializing"}}}])")
                                 << none << inits << "0/2 Init:CrashLoopBackOff 4";
    QTest::addRow("init ended badly") << QByteArray(
        R"("phase":"Pending","initContainerStatuses":[{"name":"a","state":{"terminated":{"exitCode":7}}}])")
                                      << none << inits << "0/2 Init:ExitCode:7 0";
    QTest::addRow("sidecar counts as ready")
        << R"("phase":"Running","initContainerStatuses":[{"name":"s","started":true,"ready":true,"restartCount":1,"state":{"running":{}}}],)"
            + readyTrue + "," + statuses(running, running)
        << none << sidecar << "3/3 Running 1";
    QTest::addRow("restarts with their age") << R"("phase":"Running",)"
            + statuses(running
                    + R"(,"restartCount":3,"lastState":{"terminated":{"exitCode":1,"finishedAt":"2026-11-23T11:55:00Z"}})",
                running) << none << none << "2/2 Running 3 (5m ago)";
    QTest::addRow("init restarts are forgotten once initialized")
        << R"("phase":"Running","conditions":[{"type":"Initialized","status":"True"}],"initContainerStatuses":[{"name":"a","restartCount":9,"state":{"terminated":{"exitCode":0}}}],)"
            + statuses(running, running)
        << none << inits << "2/2 Running 0";
}

void TestPodStatus::printsAsKubectl()
{
    QFETCH(QByteArray, status);
    QFETCH(QByteArray, metadata);
    QFETCH(QByteArray, spec);
    QFETCH(QString, expected);
    const KubectlColumns columns = kubectlColumns(podOf(status, metadata, spec), now);
    QCOMPARE(QString::fromStdString(columns.ready + ' ' + columns.status + ' ' + columns.restarts), expected);
    QCOMPARE(columns.age, std::string("60m"));
}

void TestPodStatus::saysWhy_data()
{
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<QByteArray>("metadata");
    QTest::addColumn<QString>("state");
    QTest::addColumn<QString>("why"); // id and first parameters
    const QByteArray none;
    QTest::addRow("ready") << R"("phase":"Running",)" + readyTrue + "," + statuses(running, running) << none << "ready"
                           << "";
    QTest::addRow("evicted though containers say Error")
        << R"("phase":"Failed","reason":"Evicted","message":"The node was low on resource: ephemeral-storage. ",)"
            + statuses(ended(137, "Error"), ended(137, "Error"))
        << none << "evicted"
        << "worker.evicted.node-pressure node=n1 resource=ephemeral-storage volume= limit=";
    QTest::addRow("evicted, phase lags behind on a full disk")
        << R"("phase":"Running","conditions":[{"type":"DisruptionTarget","status":"True","reason":"TerminationByKubelet","message":"The node was low on resource: inodes. "}],)"
            + statuses(running, running)
        << none << "evicted"
        << "worker.evicted.node-pressure node=n1 resource=inodes volume= limit=";
    QTest::addRow("node shutdown uses the same condition and is no eviction") << QByteArray(
        R"("phase":"Failed","reason":"Terminated","message":"Pod was terminated in response to imminent node shutdown.","conditions":[{"type":"DisruptionTarget","status":"True","reason":"TerminationByKubelet","message":"Pod was terminated in response to imminent node shutdown."}])")
                                                                              << none << "failing"
                                                                              << "worker.node-shut-down node=n1";
    QTest::addRow("image") << R"("phase":"Pending",)"
            + statuses(waiting("ImagePullBackOff", "toomanyrequests"), running)
                           << none << "failing"
                           << "worker.image-cannot-be-pulled container=launcher image=l:1";
    QTest::addRow("Secret") << R"("phase":"Pending",)"
            + statuses(waiting("CreateContainerConfigError", "secret \\\"creds\\\" not found"), running)
                            << none << "failing"
                            << "worker.secret-missing container=launcher name=creds";
    QTest::addRow("key of a Secret")
        << R"("phase":"Pending",)"
            + statuses(
                waiting("CreateContainerConfigError", "couldn't find key token in Secret ci/prod-eu-credentials"),
                running)
        << none << "failing"
        << "worker.secret-key-missing container=launcher name=prod-eu-credentials key=token";
    QTest::addRow("out of memory") << R"("phase":"Running",)"
            + statuses(running,
                R"("restartCount":1,"state":{"waiting":{"reason":"CrashLoopBackOff"}},"lastState":{"terminated":{"exitCode":137,"reason":"OOMKilled"}})")
                                   << none << "failing"
                                   << "worker.out-of-memory container=dind exit=137 reason=OOMKilled restarts=1";
    QTest::addRow("crash looping between two tries")
        << R"("phase":"Running",)"
            + statuses(running,
                R"("restartCount":5,"state":{"terminated":{"exitCode":1,"reason":"Error"}},"lastState":{"terminated":{"exitCode":1,"reason":"Error"}})")
        << none << "failing"
        << "worker.crash-looping container=dind exit=1 reason=Error restarts=5";
    QTest::addRow("no node fits") << QByteArray(
        R"("phase":"Pending","conditions":[{"type":"PodScheduled","status":"False","reason":"Unschedulable","message":"0/4 nodes are available"}])")
                                  << none << "waiting"
                                  << "worker.no-node-fits";
    QTest::addRow("ending") << R"("phase":"Running",)" + statuses(running, running)
                            << QByteArray(R"("deletionTimestamp":"2026-11-23T11:59:00Z")") << "ending"
                            << "worker.ending grace=30";
    QTest::addRow("not ready for long") << R"("phase":"Running",)"
            + statuses(R"("ready":false,"state":{"running":{"startedAt":"2026-11-23T11:00:05Z"}})", running)
                                        << none << "not-ready"
                                        << "worker.container-not-ready container=launcher";
    QTest::addRow("just started") << R"("phase":"Running",)"
            + statuses(R"("ready":false,"state":{"running":{"startedAt":"2026-11-23T11:59:05Z"}})", running)
                                  << none << "starting"
                                  << "worker.container-starting container=launcher";
    QTest::addRow("containers ready, pod not: its node went away")
        << R"("phase":"Running","conditions":[{"type":"Ready","status":"False","reason":"NodeNotReady"}],)"
            + statuses(running, running)
        << none << "not-ready"
        << "worker.pod-not-ready reason=NodeNotReady";
    QTest::addRow("the same, as the node controller marks it")
        << R"("phase":"Running","conditions":[{"type":"Ready","status":"False"}],)" + statuses(running, running) << none
        << "not-ready"
        << "worker.pod-marked-not-ready";
    QTest::addRow("no room") << QByteArray(R"("phase":"Failed","reason":"OutOfcpu")") << none << "failing"
                             << "worker.node-out-of resource=cpu node=n1";
}

void TestPodStatus::saysWhy()
{
    QFETCH(QByteArray, status);
    QFETCH(QByteArray, metadata);
    QFETCH(QString, state);
    QFETCH(QString, why);
    const PodReading reading = interpretPod(podOf(status, metadata), now);
    QString text = QString::fromStdString(reading.why.id);
    for (const auto &[name, value] : reading.why.parameters)
        text += QStringLiteral(" %1=%2").arg(QString::fromStdString(name), QString::fromStdString(value));
    QCOMPARE(QString::fromUtf8(nameOf(reading.state)), state);
    QCOMPARE(text, why);
    QVERIFY(reading.why.id.empty() || std::ranges::find(newsIds(), reading.why.id) != newsIds().end());
}

void TestPodStatus::writesAges_data()
{
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, qint64 seconds, const char *expected) {
        QTest::addRow("%s", name) << seconds << QByteArray(expected);
    };
    row("skew", -2, "<invalid>");
    row("slight skew", -1, "0s");
    row("seconds", 119, "119s");
    row("minutes without seconds", 120, "2m");
    row("minutes", 303, "5m3s");
    row("ten minutes", 610, "10m");
    row("under three hours", 179 * 60, "179m");
    row("hours", 5 * 3600 + 24 * 60, "5h24m");
    row("full hours", 7 * 3600, "7h");
    row("two days less", 47 * 3600, "47h");
    row("days", 3 * 86400 + 4 * 3600, "3d4h");
    row("many days", 700 * 86400, "700d");
    row("years", (2 * 365 + 17) * 86400, "2y17d");
    row("many years", 3000ll * 86400, "8y");
}

void TestPodStatus::writesAges()
{
    QFETCH(qint64, seconds);
    QFETCH(QByteArray, expected);
    QCOMPARE(QByteArray::fromStdString(humanDuration(std::chrono::seconds(seconds))), expected);
}

void TestPodStatus::survivesWrongTypes()
{
    const auto pod = decodePod(
        R"({"metadata":{"name":"p","labels":[1,2],"ownerReferences":"x","creationTimestamp":7},)"
        R"("spec":{"containers":[1,{"name":5},{"name":"launcher","resources":[]}],"volumes":{}},)"
        R"("status":{"phase":[],"containerStatuses":[null,{"name":"launcher","restartCount":"many","state":[]}]}})");
    QVERIFY(pod.ok());
    QCOMPARE(pod->meta.name, std::string("p"));
    QCOMPARE(interpretPod(*pod, now).state, WorkerState::Unknown);
}

void TestPodStatus::refusesNoObject()
{
    for (const char *text :
        {"", "[]", "{", "{}", R"({"metadata":{"name":7}})", "nonsense", R"({"metadata":{"name":"x")"})
        QVERIFY2(!decodePod(text).ok(), text);
}

void TestPodStatus::readsTimes_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    QTest::addRow("seconds") << QByteArray("2026-11-23T14:31:07Z") << QByteArray("2026-11-23T14:31:07Z");
    QTest::addRow("zone") << QByteArray("2026-11-23T14:31:07.250+01:30") << QByteArray("2026-11-23T13:01:07.25Z");
    QTest::addRow("nanoseconds") << QByteArray("2026-11-23T14:31:07.123456789Z")
                                 << QByteArray("2026-11-23T14:31:07.123456789Z");
    QTest::addRow("no such day") << QByteArray("2026-02-30T14:31:07Z") << QByteArray();
    QTest::addRow("no zone") << QByteArray("2026-02-20T14:31:07") << QByteArray();
    QTest::addRow("Go's zero time") << QByteArray("0001-01-01T00:00:00Z") << QByteArray();
}

void TestPodStatus::readsTimes()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    const auto time = parseTimestamp(text.toStdString());
    QCOMPARE(time ? QByteArray::fromStdString(formatTimestampNano(*time)) : QByteArray(), expected);
}

QTEST_APPLESS_MAIN(TestPodStatus)
#include "tst_podstatus.moc"
