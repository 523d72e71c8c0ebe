// SPDX-License-Identifier: GPL-3.0-or-later
// The main job in the real window on a real control plane; helm works on what the window made.
#include "app/application.h"
#include "cluster/testcluster.h"
#include "review/reviewpage.h"
#include "support/mainjob.h"
#include "values/valuessession.h"
#include "values/valuestab.h"
#include "widgets/band.h"
#include "widgets/codeview.h"

#include <QAbstractItemView>
#include <QAction>
#include <QLabel>
#include <QPushButton>
#include <QTabBar>
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
    void whatIsShownAndSentIsOfThisCluster();
    void aStoppedUpgradeIsRolledBack();
    void aLeftUpgradeIsToldAtTheNextStartAndCompleted();
    void aLoginCommandRunsOnlyAfterItWasAllowed();
    void anUnreachableClusterIsToldWithAWayOn();
    void whoMayOnlyReadIsToldWhatIsMissing();
    void valuesThatCannotBeReadAreNotMadeUp();
    void whatSomebodyElseChangedIsReviewedAgain();

private:
    gui::ApplicationOptions options(const QString &context) const;
    /// Installs a pool of 2 with helm and waits until the window shows it.
    void showPool(gui::Application &poolkeeper, const QString &release);
    /// An upgrade from the window that waits for its workers, since the image takes long or does not exist.
    void beginUpgrade(gui::Application &poolkeeper, const char *tag);

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

/// A chart that asks for the server's version, looks something up, and brings a kind of its own: the preview has it as
/// soon as the cluster has told of itself, the review can be confirmed, and what is installed is what helm would
/// render.
void TestClusterWindow::whatIsShownAndSentIsOfThisCluster()
{
    const QString folder = m_data.filePath(QStringLiteral("asking"));
    const auto write = [&folder](const QString &name, const QByteArray &text) {
        QDir().mkpath(QFileInfo(folder + u'/' + name).path());
        QFile file(folder + u'/' + name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    };
    write(QStringLiteral("Chart.yaml"), "apiVersion: v2\nname: asking\nversion: 0.1.0\n");
    write(QStringLiteral("crds/gadgets.yaml"),
        "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: gadgets.window.test}\n"
        "spec:\n  group: window.test\n  names: {kind: Gadget, plural: gadgets}\n  scope: Namespaced\n  versions:\n"
        "  - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, properties: {spec: "
        "{type: "
        "object, x-kubernetes-preserve-unknown-fields: true}}}}}\n");
    write(QStringLiteral("templates/a.yaml"),
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: asking}\ndata:\n"
        "  version: {{ .Capabilities.KubeVersion.Version }}\n"
        "  uid: {{ (lookup \"v1\" \"Namespace\" \"\" \"kube-system\").metadata.uid }}\n"
        "---\n{{ if .Capabilities.APIVersions.Has \"window.test/v1/Gadget\" }}\n"
        "apiVersion: window.test/v1\nkind: Gadget\nmetadata: {name: asking}\nspec: {size: 3}\n{{ end }}\n");
    gui::Application poolkeeper(options(QStringLiteral("admin")));
    gui::MainWindow &window = poolkeeper.window();
    window.resize(1440, 900);
    poolkeeper.start();
    const test::WindowDriver drive(window);
    const QByteArray uid = test::kubectl({"get", "namespace", "kube-system", "-o", "jsonpath={.metadata.uid}"}).out;
    try {
        drive.waitFor(
            QStringLiteral("the cluster does not answer"),
            [&] { return window.cluster()->phase() == gui::ClusterLink::Phase::Live; }, 60'000);
        window.newPoolOf(folder);
        drive.enter(QStringLiteral("poolName"), QStringLiteral("asking"));
        drive.click(QStringLiteral("makePool"));
        auto *preview = drive.widget<gui::CodeView>(QStringLiteral("previewText"));
        // Without the server's facts there is no gadget at all, since nobody knows its kind.
        QTRY_VERIFY2_WITH_TIMEOUT(
            preview->contents().contains("kind: Gadget"), preview->contents().constData(), 20'000);
        const std::string &shown = window.findChild<gui::ValuesTab *>()->session()->lastGood()->rendered.manifest;
        QVERIFY2(shown.find("uid: " + uid.toStdString()) != std::string::npos, shown.c_str());
        drive.trigger(QStringLiteral("review"));
        auto *page = drive.widget<gui::ReviewPage>(QStringLiteral("reviewPage"));
        drive.waitFor(
            QStringLiteral("the review cannot be confirmed"),
            [page] { return !page->state().checking && page->state().blockedBecause.isEmpty(); }, 60'000);
        QStringList said;
        for (const auto &line : page->state().consequences)
            said << line.what;
        QVERIFY2(said.contains(QStringLiteral("CustomResourceDefinition/gadgets.window.test is applied first"))
                && said.contains(QStringLiteral("Gadget/asking is not checked on the server")),
            qPrintable(said.join(u'\n')));
        drive.click(QStringLiteral("confirm"));
        auto *band = drive.widget<gui::Band>(QStringLiteral("outcomeBand"), 60'000);
        QVERIFY2(band->sentence().startsWith(QStringLiteral("asking is on revision 1.")), qPrintable(band->sentence()));
        const QByteArray ns = window.cluster()->ns().toUtf8();
        const QByteArray ours = test::helm(4, {"get", "manifest", "asking", "-n", ns}).out;
        const auto helms =
            test::helm(4, {"template", "asking", folder.toUtf8(), "-n", ns, "--dry-run=server", "--is-upgrade"});
        QVERIFY2(ours.contains("kind: Gadget") && ours.contains("uid: " + uid), ours.constData());
        QCOMPARE(ours.trimmed(), helms.out.trimmed());
        QVERIFY(test::helm(4, {"uninstall", "asking", "-n", ns}).exitCode == 0);
    } catch (const test::WindowDriver::Failed &failed) {
        QFAIL(failed.what());
    }
    test::kubectl({"delete", "crd", "gadgets.window.test", "--ignore-not-found", "--wait=false"});
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

void TestClusterWindow::showPool(gui::Application &poolkeeper, const QString &release)
{
    const test::WindowDriver drive(poolkeeper.window());
    poolkeeper.window().resize(1440, 900);
    poolkeeper.start();
    drive.waitFor(
        QStringLiteral("the cluster does not answer"),
        [&] { return poolkeeper.window().cluster()->phase() == gui::ClusterLink::Phase::Live; }, 60'000);
    const QByteArray ns = poolkeeper.window().cluster()->ns().toUtf8();
    const auto installed = test::helm(4,
        {"install", release.toUtf8(), PK_SOURCES "/resources/charts/spacelift-worker", "-n", ns, "--set",
            "useStatefulSet=true,replicaCount=2,credentials.token=dG9rZW4=,credentials.privateKey=a2V5", "--wait"});
    if (installed.exitCode != 0)
        throw test::WindowDriver::Failed(installed.errors.toStdString());
    poolkeeper.window().cluster()->readReleases();
    drive.waitFor(QStringLiteral("the pool does not come"), [&] {
        for (const auto &[id, pool] : poolkeeper.window().cluster()->pools().pools()) {
            if (pool.release == release.toStdString() && pool.ready == 2
                && poolkeeper.window().cluster()->release(pool.release)) {
                poolkeeper.window().show(QStringLiteral("pool:") + QString::fromStdString(id));
                return true;
            }
        }
        return false;
    });
}

void TestClusterWindow::beginUpgrade(gui::Application &poolkeeper, const char *tag)
{
    gui::MainWindow &window = poolkeeper.window();
    const test::WindowDriver drive(window);
    auto *values = window.findChild<gui::ValuesTab *>();
    drive.waitFor(QStringLiteral("the values of the release do not come"), [&] { return values->session(); });
    values->session()->applyChanges({{"launcher.image.tag", tag}});
    drive.trigger(QStringLiteral("review"));
    auto *confirm = drive.widget(QStringLiteral("confirm"));
    drive.waitFor(
        QStringLiteral("the review cannot be confirmed"), [confirm] { return confirm->isEnabled(); }, 60'000);
    drive.click(QStringLiteral("confirm"));
    auto *steps = drive.widget<QAbstractItemView>(QStringLiteral("stepTable"));
    drive.waitFor(QStringLiteral("nobody waits for the workers"), [steps] {
        for (int row = 0; row < steps->model()->rowCount(); ++row) {
            const QString line = steps->model()->index(row, 0).data(Qt::AccessibleTextRole).toString();
            if (line.startsWith(QLatin1String("Wait for")) && line.contains(QLatin1String("running")))
                return true;
        }
        return false;
    });
}

/// "Roll back to 1…" after a stop: reviewed first, then real, though the pod of revision 2 can never become ready.
void TestClusterWindow::aStoppedUpgradeIsRolledBack()
{
    gui::Application poolkeeper(options(QStringLiteral("admin")));
    const test::WindowDriver drive(poolkeeper.window());
    try {
        showPool(poolkeeper, QStringLiteral("stopped-eu"));
        beginUpgrade(poolkeeper, "missing");
        drive.click(QStringLiteral("stopOperation"));
        drive.widget(QStringLiteral("outcomeBand"), 60'000);
        drive.widget(QStringLiteral("resumeOperation"));
        drive.widget(QStringLiteral("leaveAsItIs"));
        drive.click(QStringLiteral("rollBack"));
        auto *page = drive.widget<gui::ReviewPage>(QStringLiteral("reviewPage"));
        drive.waitFor(
            QStringLiteral("the review cannot be confirmed"),
            [page] { return !page->state().checking && page->state().blockedBecause.isEmpty(); }, 60'000);
        QCOMPARE(page->state().confirmText, QStringLiteral("Roll back stopped-eu to 1"));
        drive.click(QStringLiteral("confirm"));
        drive.widget(QStringLiteral("outcomeBand"), 90'000);
        const auto *band = drive.widget<gui::Band>(QStringLiteral("outcomeBand"));
        QVERIFY2(
            band->sentence().startsWith(QStringLiteral("stopped-eu is on revision 3.")), qPrintable(band->sentence()));
        const QByteArray ns = poolkeeper.window().cluster()->ns().toUtf8();
        const auto history = test::helm(4, {"history", "stopped-eu", "-n", ns});
        QVERIFY2(history.out.contains("Rollback to 1"), history.out.constData());
        QVERIFY(test::helm(4, {"uninstall", "stopped-eu", "-n", ns}).exitCode == 0);
    } catch (const test::WindowDriver::Failed &failed) {
        QFAIL(failed.what());
    }
}

void TestClusterWindow::aLeftUpgradeIsToldAtTheNextStartAndCompleted()
{
    QByteArray ns;
    try {
        {
            gui::Application dies(options(QStringLiteral("admin")));
            showPool(dies, QStringLiteral("left-eu"));
            ns = dies.window().cluster()->ns().toUtf8();
            beginUpgrade(dies, "slow");
        }
        const auto pending = test::helm(4, {"history", "left-eu", "-n", ns});
        QVERIFY2(pending.out.contains("pending-upgrade"), pending.out.constData());
        gui::Application poolkeeper(options(QStringLiteral("admin")));
        const test::WindowDriver drive(poolkeeper.window());
        poolkeeper.start();
        auto *band = drive.widget<gui::Band>(QStringLiteral("outcomeBand"), 60'000);
        QVERIFY2(band->sentence().startsWith(QStringLiteral("The upgrade of left-eu to revision 2 was left at step ")),
            qPrintable(band->sentence()));
        QCOMPARE(drive.widget<QPushButton>(QStringLiteral("resumeOperation"))->text(),
            QStringLiteral("Complete revision 2"));
        QCOMPARE(drive.widget<QPushButton>(QStringLiteral("rollBack"))->text(), QStringLiteral("Roll back to 1…"));
        drive.click(QStringLiteral("resumeOperation"));
        drive.waitFor(
            QStringLiteral("revision 2 is not completed"),
            [band] { return band->sentence().startsWith(QStringLiteral("left-eu is on revision 2.")); }, 90'000);
        const auto history = test::helm(4, {"history", "left-eu", "-n", ns, "-o", "json"});
        QVERIFY2(history.out.contains("Upgrade complete") && history.out.count("\"revision\"") == 2,
            history.out.constData());
        QVERIFY(test::helm(4, {"uninstall", "left-eu", "-n", ns}).exitCode == 0);
    } catch (const test::WindowDriver::Failed &failed) {
        QFAIL(failed.what());
    }
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

/// Not an empty file and the chart's defaults, as if the pool had none.
void TestClusterWindow::valuesThatCannotBeReadAreNotMadeUp()
{
    gui::Application poolkeeper(options(QStringLiteral("viewer")));
    const test::WindowDriver drive(poolkeeper.window());
    try {
        poolkeeper.start();
        drive.waitFor(
            QStringLiteral("the cluster does not answer"),
            [&] { return poolkeeper.window().cluster()->phase() == gui::ClusterLink::Phase::Live; }, 60'000);
        const QByteArray ns = poolkeeper.window().cluster()->ns().toUtf8();
        const auto installed = test::helm(4,
            {"install", "viewed-eu", PK_SOURCES "/resources/charts/spacelift-worker", "-n", ns, "--set",
                "credentials.token=dG9rZW4=,credentials.privateKey=a2V5"});
        QVERIFY2(installed.exitCode == 0, installed.errors.constData());
        drive.waitFor(QStringLiteral("the pool does not come"), [&] {
            for (const auto &[id, pool] : poolkeeper.window().cluster()->pools().pools()) {
                if (pool.release == "viewed-eu") {
                    poolkeeper.window().show(QStringLiteral("pool:") + QString::fromStdString(id));
                    return true;
                }
            }
            return false;
        });
        drive.widget<QTabBar>(QStringLiteral("poolTabs"))->setCurrentIndex(1);
        drive.widget(QStringLiteral("valuesUnknown"));
        QVERIFY(!drive.isVisible(QStringLiteral("valuesEditor")));
        QVERIFY(!poolkeeper.window().findChild<QAction *>(QStringLiteral("review"))->isEnabled());
        QVERIFY(test::helm(4, {"uninstall", "viewed-eu", "-n", ns}).exitCode == 0);
    } catch (const test::WindowDriver::Failed &failed) {
        QFAIL(failed.what());
    }
}

void TestClusterWindow::whatSomebodyElseChangedIsReviewedAgain()
{
    gui::Application poolkeeper(options(QStringLiteral("admin")));
    gui::MainWindow &window = poolkeeper.window();
    const test::WindowDriver drive(window);
    try {
        showPool(poolkeeper, QStringLiteral("changed-eu"));
        const QByteArray ns = window.cluster()->ns().toUtf8();
        const auto upgrade = [&](const char *set) {
            const auto done = test::helm(4,
                {"upgrade", "changed-eu", PK_SOURCES "/resources/charts/spacelift-worker", "-n", ns, "--reuse-values",
                    "--set", set});
            if (done.exitCode != 0)
                throw test::WindowDriver::Failed(done.errors.toStdString());
        };
        auto *values = window.findChild<gui::ValuesTab *>();
        drive.waitFor(QStringLiteral("the values of the release do not come"), [&] { return values->session(); });

        // Nothing is edited here: the values follow what the other one has made, unasked.
        upgrade("replicaCount=3");
        drive.waitFor(QStringLiteral("the new revision is not seen"), [&] {
            return values->session()->deployed().revision == 2
                && values->session()->document().text().find("replicaCount: 3") != std::string::npos;
        });

        values->session()->applyChanges({{"podAnnotations.mine", "yes-please"}});
        drive.trigger(QStringLiteral("review"));
        auto *page = drive.widget<gui::ReviewPage>(QStringLiteral("reviewPage"));
        const auto reviewed = [page] { return !page->state().checking && page->state().blockedBecause.isEmpty(); };
        drive.waitFor(QStringLiteral("the review cannot be confirmed"), reviewed, 60'000);
        upgrade("podAnnotations.theirs=yes-please");
        drive.click(QStringLiteral("confirm"));
        const auto *notice = window.findChild<gui::Band *>(QStringLiteral("notice"));
        drive.waitFor(QStringLiteral("the change is not told"), [notice] {
            return notice->isVisible() && notice->sentence().startsWith(QLatin1String("Somebody else changed"));
        });
        drive.waitFor(QStringLiteral("it is not reviewed again"), reviewed, 60'000);
        QVERIFY(page->isVisible());
        QVERIFY2(page->state().differencesTitle.endsWith(u'3'), qPrintable(page->state().differencesTitle));
        const auto history = test::helm(4, {"history", "changed-eu", "-n", ns, "-o", "json"});
        QCOMPARE(history.out.count("\"revision\""), 3);
        QVERIFY(test::helm(4, {"uninstall", "changed-eu", "-n", ns}).exitCode == 0);
    } catch (const test::WindowDriver::Failed &failed) {
        QFAIL(failed.what());
    }
}

QTEST_MAIN(TestClusterWindow)
#include "tst_cluster_window.moc"
