// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/render.h"
#include "chart/rules.h"

#include <QtTest>

using namespace pk;
using namespace pk::chart;

namespace {

QString describe(const std::vector<Problem> &problems)
{
    QStringList out;
    for (const Problem &problem : problems) {
        QString line = QString::fromStdString(problem.id.substr(5) + " " + problem.path);
        if (!problem.fix.id.empty())
            line += QString::fromStdString(" -> " + problem.fix.id + " " + problem.fix.path + " " + problem.fix.yaml);
        out << line.trimmed();
    }
    out.sort();
    return out.join(QLatin1Char('\n'));
}

/// Values that no rule objects to.
const char *quiet = "credentials: {token: t, privateKey: k}\nterminationGracePeriodSeconds: 4500\n"
                    "storageVolume: {emptyDir: {sizeLimit: 10Gi}}\n";

} // namespace

class TestRules : public QObject
{
    Q_OBJECT

private slots:
    void rules_data()
    {
        QTest::addColumn<QByteArray>("values");
        QTest::addColumn<QString>("release");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const char *values, const char *expected, const char *release = "r") {
            QTest::newRow(name) << QByteArray(values) << QString::fromLatin1(release) << QString::fromUtf8(expected);
        };
        row("nothing to say", "", "");
        row("claim template on a Deployment", "storageVolumeClaimTemplateSpec: {accessModes: [ReadWriteOnce]}",
            "claim-template-ignored storageVolumeClaimTemplateSpec -> fix.use-statefulset useStatefulSet true");
        row("two storages", "useStatefulSet: true\nstorageVolumeClaimTemplateSpec: {accessModes: [ReadWriteOnce]}",
            "storage-volume-overridden storageVolume -> fix.remove storageVolume");
        row("shared claim", "replicaCount: 2\nstorageVolume: {emptyDir: null, persistentVolumeClaim: {claimName: c}}",
            "shared-storage storageVolume.persistentVolumeClaim");
        row("shared claim of one worker", "storageVolume: {emptyDir: null, persistentVolumeClaim: {claimName: c}}", "");
        row("long name", "useStatefulSet: true", "name-too-long fullnameOverride",
            "a-release-name-that-is-long-enough-to-matter");
        row("long name of a Deployment", "", "", "a-release-name-that-is-long-enough-to-matter");
        row("number in the environment", "launcher: {extraEnv: [{name: A, value: 3600}]}",
            "env-not-string launcher.extraEnv[0].value -> fix.quote launcher.extraEnv[0].value \"3600\"");
        row("true in the environment", "dind: {extraEnv: [{name: A, value: true}]}",
            "env-not-string dind.extraEnv[0].value -> fix.quote dind.extraEnv[0].value \"true\"");
        row("name twice", "launcher: {extraEnv: [{name: A, value: x}, {name: A, value: z}]}",
            "env-duplicate launcher.extraEnv[1].name");
        row("name of the chart", "launcher: {extraEnv: [{name: SPACELIFT_TOKEN, value: x}]}",
            "env-built-in launcher.extraEnv[0].name");
        row("mount without a volume",
            "launcher: {extraVolumeMounts: [{name: polices, mountPath: /p}]}\n"
            "volumes: [{name: policies}]",
            "mount-without-volume launcher.extraVolumeMounts[0].name -> fix.use-nearest "
            "launcher.extraVolumeMounts[0].name policies");
        row("mount of the storage", "launcher: {extraVolumeMounts: [{name: launcher-storage, mountPath: /p}]}", "");
        row("volume of a reserved name", "volumes: [{name: launcher-storage}]", "volume-reserved volumes[0].name");
        row("short grace period", "terminationGracePeriodSeconds: 30",
            "grace-too-short terminationGracePeriodSeconds -> fix.use-seconds terminationGracePeriodSeconds 4500");
        row("grace period for a shorter run timeout",
            "terminationGracePeriodSeconds: 700\n"
            "launcher: {extraEnv: [{name: SPACELIFT_LAUNCHER_RUN_TIMEOUT, value: 10m}]}",
            "");
        row("pinned launcher", "launcher: {image: {tag: v1}}", "launcher-pinned launcher.image.tag");
        row("digest", "launcher: {image: {digest: 'sha256:x'}}", "launcher-pinned launcher.image.digest");
        row("no token", "credentials: {token: ''}", "empty-credential credentials.token");
        row("no credentials at all", "credentials: {create: false}", "no-credentials credentials.create");
        row("credentials from elsewhere", "credentials: {create: false}\nlauncher: {envFrom: [{secretRef: {name: s}}]}",
            "");
        row("not root", "podSecurityContext: {runAsNonRoot: true}",
            "dind-needs-root podSecurityContext.runAsNonRoot -> fix.remove podSecurityContext.runAsNonRoot");
        row("unlimited node disk", "storageVolume: {emptyDir: {sizeLimit: null}}",
            "eviction-likely storageVolume.emptyDir");
        row("unlimited with a request",
            "storageVolume: {emptyDir: {sizeLimit: null}}\n"
            "dind: {resources: {requests: {ephemeral-storage: 20Gi}}}",
            "");
    }

    void rules()
    {
        QFETCH(QByteArray, values);
        QFETCH(QString, release);
        QFETCH(QString, expected);
        const auto chart = loadBuiltin("spacelift-worker", levels43());
        QVERIFY(chart.ok());
        const auto user = mergeUserValues({.files = {{"quiet", quiet}, {"row", values.toStdString()}}}, levels43());
        QVERIFY(user.ok());
        const auto resolved = resolveDependencies(*chart, *user, levels43());
        const auto computed = coalesceValues(*resolved, *user, levels43());
        QVERIFY(computed.ok());
        QCOMPARE(describe(checkWorkerValues(**chart, *computed, *user, release.toStdString())), expected);
    }

    void unknownKeysWithoutASchema()
    {
        const auto loaded = loadBuiltin("spacelift-worker", levels43());
        Chart bare = **loaded;
        bare.hasSchema = false;
        const auto user = parseValues("workerPool: {token: x, poolId: y}\nreplicacount: 2\n", levels43());
        const auto problems = checkWorkerValues(bare, bare.values, *user, "r");
        QStringList nearest;
        for (const Problem &problem : problems) {
            if (problem.id == "rule.unknown-key")
                nearest << QString::fromStdString(
                    problem.path + " " + (problem.parameters.size() > 1 ? problem.parameters[1].second : "-"));
        }
        QCOMPARE(nearest.join(QLatin1Char('\n')),
            QStringLiteral("replicacount replicaCount\nworkerPool.poolId -\nworkerPool.token credentials.token"));
    }
};

QTEST_GUILESS_MAIN(TestRules)
#include "tst_rules.moc"
