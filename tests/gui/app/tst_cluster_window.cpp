// SPDX-License-Identifier: GPL-3.0-or-later
// The main job in the real window on a real control plane; helm works on what the window made.
#include "app/application.h"
#include "cluster/testcluster.h"
#include "support/mainjob.h"

#include <QTemporaryDir>
#include <QTest>

using namespace pk;
using test::MainJob;

class TestClusterWindow : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void theMainJobFromEditToUninstall();

private:
    QTemporaryDir m_data;
    QTemporaryDir m_pictures;
};

void TestClusterWindow::initTestCase()
{
    QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    PK_NEEDS_CLUSTER();
}

void TestClusterWindow::theMainJobFromEditToUninstall()
{
    gui::ApplicationOptions options;
    options.dataFolder = m_data.path();
    options.settingsFile = m_data.filePath(QStringLiteral("settings.ini"));
    options.kubeconfig = qEnvironmentVariable("KUBECONFIG");
    gui::Application poolkeeper(options);
    poolkeeper.window().resize(1440, 900);
    poolkeeper.start();
    MainJob job {poolkeeper.window(), QDir(m_pictures.path()), [](const QString &step) { qInfo("%s", qPrintable(step)); }};
    job.pressure = [](const QString &node, bool full) {
        return test::cluster({"pressure", node.toUtf8(), full ? "on" : "off"}).exitCode == 0;
    };
    try {
        job.connect(QStringLiteral("admin"));
        const QString name = QStringLiteral("window-eu");
        job.edit(name);
        job.install(name, 3);
        const QByteArray ns = poolkeeper.window().cluster()->ns().toUtf8();
        const QByteArray release = name.toUtf8();
        const auto listed = test::helm(4, {"list", "-n", ns, "-o", "json"});
        QVERIFY2(listed.out.contains("\"window-eu\"") && listed.out.contains("\"deployed\""), listed.out.constData());
        job.upgrade(name, 4);
        const auto history = test::helm(4, {"history", release, "-n", ns});
        QVERIFY2(history.out.contains("superseded") && history.out.contains("Upgrade complete"), history.out.constData());
        const QString node = job.evict(name);
        const auto &ledger = poolkeeper.window().cluster()->ledger();
        QVERIFY(!ledger.empty());
        const pool::Eviction &eviction = ledger.front();
        QCOMPARE(QString::fromStdString(eviction.node), node);
        QCOMPARE(QString::fromStdString(eviction.what.resource), QStringLiteral("ephemeral-storage"));
        QVERIFY(eviction.time > WallTime {});
        const auto rolledBack = test::helm(4, {"rollback", release, "1", "-n", ns});
        QVERIFY2(rolledBack.exitCode == 0, rolledBack.errors.constData());
        job.uninstall(name);
        const auto gone = test::helm(4, {"list", "-a", "-q", "-n", ns});
        QVERIFY2(!gone.out.contains("window-eu"), gone.out.constData());
    } catch (const test::WindowDriver::Failed &failed) {
        QFAIL(failed.what());
    }
}

QTEST_MAIN(TestClusterWindow)
#include "tst_cluster_window.moc"
