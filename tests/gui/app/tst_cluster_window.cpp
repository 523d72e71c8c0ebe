// SPDX-License-Identifier: GPL-3.0-or-later
// The main job in the real window on a real control plane; helm works on what the window made.
#include "app/application.h"
#include "cluster/testcluster.h"
#include "review/reviewpage.h"
#include "support/mainjob.h"

#include <QAction>
#include <QLabel>
#include <QTemporaryDir>
#include <QTest>

using namespace pk;
using test::MainJob;

namespace {

/// Waits for an eviction of that node in the list that the window shows, seen in `sources`, with resource and time.
void waitForEviction(gui::MainWindow &window, const QString &node, unsigned sources)
{
    test::WindowDriver(window).waitFor(
        QStringLiteral("no eviction of %1 from source %2 is listed").arg(node).arg(sources),
        [&] {
            for (const pool::Eviction &eviction : window.cluster()->ledger()) {
                if (eviction.node == node.toStdString() && eviction.what.cause == pool::EvictionCause::NodePressure
                    && eviction.what.resource == "ephemeral-storage" && eviction.time > WallTime{}
                    && (eviction.sources & sources) == sources)
                    return true;
            }
            return false;
        },
        60'000);
}

/// The node of a ready worker that is not `avoided`.
QString nodeOfFirstWorker(gui::MainWindow &window, const QString &avoided)
{
    QString node;
    test::WindowDriver(window).waitFor(
        QStringLiteral("no other worker is ready"),
        [&] {
            for (const auto &[id, pool] : window.cluster()->pools().pools()) {
                for (const pool::Worker &worker : pool.workers) {
                    const bool ready = worker.reading.state == pool::WorkerState::Ready;
                    if (ready && !worker.node.empty() && worker.node != avoided.toStdString()) {
                        node = QString::fromStdString(worker.node);
                        return true;
                    }
                }
            }
            return false;
        },
        60'000);
    return node;
}

} // namespace

class TestClusterWindow : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void theMainJobFromEditToUninstall();
    void aLoginCommandRunsOnlyAfterItWasAllowed();
    void anUnreachableClusterIsToldWithAWayOn();
    void whoMayOnlyReadIsToldWhatIsMissing();

private:
    gui::ApplicationOptions options(const QString &context) const;

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
    MainJob job{
        poolkeeper.window(), QDir(m_pictures.path()), [](const QString &step) { qInfo("%s", qPrintable(step)); }};
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
        QVERIFY2(
            history.out.contains("superseded") && history.out.contains("Upgrade complete"), history.out.constData());
        const QString node = job.evict(name);
        // The StatefulSet replaced the pod within a second; what it was told stays.
        waitForEviction(poolkeeper.window(), node, pool::Eviction::Status | pool::Eviction::Event);
        for (const auto &[variant, source] :
            {std::pair{"event", pool::Eviction::Event}, std::pair{"status", pool::Eviction::Status}}) {
            const QString other = nodeOfFirstWorker(poolkeeper.window(), node);
            QVERIFY(test::cluster({"pressure", other.toUtf8(), "on", "--variant", variant}).exitCode == 0);
            waitForEviction(poolkeeper.window(), other, source);
            QVERIFY(test::cluster({"pressure", other.toUtf8(), "off"}).exitCode == 0);
        }
        const auto rolledBack = test::helm(4, {"rollback", release, "1", "-n", ns});
        QVERIFY2(rolledBack.exitCode == 0, rolledBack.errors.constData());
        job.uninstall(name);
        const auto gone = test::helm(4, {"list", "-a", "-q", "-n", ns});
        QVERIFY2(!gone.out.contains("window-eu"), gone.out.constData());
    } catch (const test::WindowDriver::Failed &failed) {
        QFAIL(failed.what());
    }
}

gui::ApplicationOptions TestClusterWindow::options(const QString &context) const
{
    gui::ApplicationOptions options;
    options.dataFolder = m_data.filePath(context);
    options.settingsFile = m_data.filePath(context + QStringLiteral(".ini"));
    options.kubeconfig = qEnvironmentVariable("KUBECONFIG");
    options.context = context;
    return options;
}

void TestClusterWindow::aLoginCommandRunsOnlyAfterItWasAllowed()
{
    gui::Application poolkeeper(options(QStringLiteral("plugin")));
    poolkeeper.start();
    const test::WindowDriver drive(poolkeeper.window());
    try {
        drive.widget(QStringLiteral("pluginDialog"));
        QVERIFY(poolkeeper.window().cluster()->phase() != gui::ClusterLink::Phase::Live);
        drive.click(QStringLiteral("allowOnce"));
        drive.waitFor(
            QStringLiteral("the login does not succeed"),
            [&] { return poolkeeper.window().cluster()->phase() == gui::ClusterLink::Phase::Live; }, 60'000);
    } catch (const test::WindowDriver::Failed &failed) {
        QFAIL(failed.what());
    }
}

void TestClusterWindow::anUnreachableClusterIsToldWithAWayOn()
{
    gui::Application poolkeeper(options(QStringLiteral("unreachable")));
    poolkeeper.start();
    const test::WindowDriver drive(poolkeeper.window());
    try {
        drive.waitFor(
            QStringLiteral("nobody says that the cluster does not answer"),
            [&] { return poolkeeper.window().cluster()->error().has_value(); }, 60'000);
        auto *retry = poolkeeper.window().findChild<QAction *>(QStringLiteral("tryAgain"));
        QVERIFY(retry && retry->isEnabled());
        drive.waitFor(QStringLiteral("the page does not name the context"), [&] {
            for (const QLabel *label : poolkeeper.window().findChildren<QLabel *>()) {
                if (label->isVisible() && label->text().contains(QLatin1String("No answer from unreachable")))
                    return true;
            }
            return false;
        });
    } catch (const test::WindowDriver::Failed &failed) {
        QFAIL(failed.what());
    }
}

void TestClusterWindow::whoMayOnlyReadIsToldWhatIsMissing()
{
    gui::Application poolkeeper(options(QStringLiteral("viewer")));
    poolkeeper.window().resize(1440, 900);
    poolkeeper.start();
    const test::WindowDriver drive(poolkeeper.window());
    try {
        drive.waitFor(
            QStringLiteral("the cluster does not answer"),
            [&] { return poolkeeper.window().cluster()->phase() == gui::ClusterLink::Phase::Live; }, 60'000);
        poolkeeper.window().newPool(QStringLiteral("not-allowed"));
        drive.trigger(QStringLiteral("review"));
        auto *confirm = drive.widget(QStringLiteral("confirm"));
        auto *page = drive.widget<gui::ReviewPage>(QStringLiteral("reviewPage"));
        drive.waitFor(
            QStringLiteral("the review does not say why it cannot go on"),
            [page] { return !page->state().checking && !page->state().blockedBecause.isEmpty(); }, 60'000);
        QVERIFY(!confirm->isEnabled());
    } catch (const test::WindowDriver::Failed &failed) {
        QFAIL(failed.what());
    }
}

QTEST_MAIN(TestClusterWindow)
#include "tst_cluster_window.moc"
