// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/mainjob.h"

#include "app/mainwindow.h"
#include "app/sidebar.h"
#include "values/valueseditor.h"

#include <QAbstractItemView>
#include <QAction>
#include <QClipboard>
#include <QDialog>
#include <QGuiApplication>
#include <QLabel>
#include <QMenu>
#include <QPlainTextEdit>
#include <QSpinBox>
#include <QTabBar>
#include <QToolButton>

#include <algorithm>

namespace pk::test {

namespace {

constexpr int ClusterTime = 90'000; ///< Milliseconds for anything that the cluster has to do.

QString text(const gui::ValuesEditor *editor)
{
    return QString::fromUtf8(editor->contents());
}

/// Of that release, in the cluster of the window; null: none.
const pool::Pool *poolOf(const gui::MainWindow &window, const QString &release)
{
    if (!window.cluster())
        return nullptr;
    for (const auto &[id, pool] : window.cluster()->pools().pools()) {
        if (pool.release == release.toStdString())
            return &pool;
    }
    return nullptr;
}

} // namespace

WindowDriver MainJob::driver() const
{
    return WindowDriver(window);
}

void MainJob::connect(const QString &context) const
{
    const WindowDriver drive = driver();
    tell(QStringLiteral("Context %1").arg(context));
    drive.trigger(QStringLiteral("contextAction"));
    auto *table = drive.widget<QAbstractItemView>(QStringLiteral("contextTable"));
    for (int row = 0; row < table->model()->rowCount(); ++row) {
        if (table->model()->index(row, 0).data().toString().startsWith(context))
            table->setCurrentIndex(table->model()->index(row, 0));
    }
    drive.picture(pictures, QStringLiteral("context"));
    drive.click(QStringLiteral("useContext"));
    drive.waitFor(
        QStringLiteral("the cluster does not answer"),
        [&] { return window.cluster() && window.cluster()->phase() == gui::ClusterLink::Phase::Live; }, ClusterTime);
    drive.picture(pictures, QStringLiteral("connected"));
}

void MainJob::edit(const QString &name) const
{
    // The files of an earlier run would make the save dialogs ask whether to replace them.
    for (const QString &old : {QStringLiteral("values-%1.yaml").arg(name), QStringLiteral("exported-values.yaml"),
             QStringLiteral("exported-manifests.yaml")})
        QFile::remove(pictures.filePath(old));
    const WindowDriver drive = driver();
    tell(QStringLiteral("New pool %1").arg(name));
    window.findChild<QAction *>(QStringLiteral("newPoolAction"))->trigger();
    drive.enter(QStringLiteral("poolName"), name);
    drive.picture(pictures, QStringLiteral("new-pool"));
    drive.click(QStringLiteral("makePool"));
    auto *editor = drive.widget<gui::ValuesEditor>(QStringLiteral("valuesEditor"));
    drive.widget(QStringLiteral("field:replicaCount"));
    drive.picture(pictures, QStringLiteral("values-defaults"));

    tell(QStringLiteral("Three workers, in the form"));
    auto *count = drive.widget<QSpinBox>(QStringLiteral("field:replicaCount"));
    count->setValue(3);
    drive.waitFor(QStringLiteral("the text does not follow the form"),
        [editor] { return text(editor).contains(QLatin1String("replicaCount: 3")); });

    tell(QStringLiteral("A StatefulSet and credentials, in the text"));
    editor->setFocus();
    QTest::keyClick(editor, Qt::Key_End, Qt::ControlModifier);
    const QString typed = QStringLiteral("\nuseStatefulSet: true\ncredentials:\ntoken: dG9rZW4=\nprivateKey: a2V5");
    // The editor indents by itself: what belongs to credentials is indented once.
    for (const QString &line : typed.split(u'\n')) {
        if (line.startsWith(QLatin1String("token")))
            QTest::keyClicks(editor, QStringLiteral("  "));
        QTest::keyClicks(editor, line);
        if (line != typed.section(u'\n', -1))
            QTest::keyClick(editor, Qt::Key_Return);
    }
    auto *preview = drive.widget<gui::CodeView>(QStringLiteral("previewText"));
    drive.waitFor(QStringLiteral("the preview does not follow"),
        [preview] { return QString::fromUtf8(preview->contents()).contains(QLatin1String("kind: StatefulSet")); });
    drive.picture(pictures, QStringLiteral("values-edited"));

    tell(QStringLiteral("Broken YAML keeps the last good preview"));
    QTest::keyClicks(editor, QStringLiteral(": ["));
    drive.waitFor(QStringLiteral("no problem is told"), [&] {
        return drive.isVisible(QStringLiteral("previewText"))
            && window.findChild<QLabel *>(QStringLiteral("valuesStatus")) != nullptr;
    });
    drive.picture(pictures, QStringLiteral("values-broken"));
    for (int i = 0; i < 3; ++i)
        QTest::keyClick(editor, Qt::Key_Backspace);

    tell(QStringLiteral("Save"));
    const QString file = pictures.filePath(QStringLiteral("values-%1.yaml").arg(name));
    drive.click(QStringLiteral("saveValues"));
    drive.choosePath(file);
    drive.waitFor(QStringLiteral("%1 was not saved").arg(file), [&file] { return QFileInfo::exists(file); });

    tell(QStringLiteral("Export of values without secrets, of manifests, and of the helm command"));
    const auto choose = [&](const char *action) {
        auto *button = drive.widget<QToolButton>(QStringLiteral("export"));
        button->menu()->findChild<QAction *>(QLatin1String(action))->trigger();
    };
    choose("exportValues");
    auto *question = drive.widget<QDialog>(QStringLiteral("questionDialog"));
    for (auto *button : question->findChildren<QAbstractButton *>()) {
        if (button->text().contains(QLatin1String("Without secrets"))) {
            button->click();
            break;
        }
    }
    drive.choosePath(pictures.filePath(QStringLiteral("exported-values.yaml")));
    choose("exportManifests");
    drive.choosePath(pictures.filePath(QStringLiteral("exported-manifests.yaml")));
    choose("exportCommand");
    QFile command(pictures.filePath(QStringLiteral("exported-command.sh")));
    if (!command.open(QIODevice::WriteOnly))
        throw WindowDriver::Failed("cannot write the helm command");
    command.write(QGuiApplication::clipboard()->text().toUtf8());
    drive.picture(pictures, QStringLiteral("values-exported"));
}

void MainJob::waitReady(const QString &name, int workers) const
{
    driver().waitFor(
        QStringLiteral("%1 workers of %2 do not become ready").arg(workers).arg(name),
        [&] {
            const pool::Pool *pool = poolOf(window, name);
            return pool && pool->ready == workers && pool->desired == workers && !pool->rolling;
        },
        ClusterTime);
}

void MainJob::install(const QString &name, int workers) const
{
    const WindowDriver drive = driver();
    tell(QStringLiteral("Review of the install"));
    drive.trigger(QStringLiteral("review"));
    drive.widget(QStringLiteral("reviewTitle"));
    auto *confirm = drive.widget(QStringLiteral("confirm"));
    drive.waitFor(
        QStringLiteral("the review cannot be confirmed"), [confirm] { return confirm->isEnabled(); }, ClusterTime);
    drive.picture(pictures, QStringLiteral("review-install"));
    tell(QStringLiteral("Install, pod by pod"));
    drive.click(QStringLiteral("confirm"));
    drive.widget(QStringLiteral("progressTitle"));
    drive.waitFor(
        QStringLiteral("no worker appears"),
        [&] {
            const pool::Pool *pool = poolOf(window, name);
            return pool && !pool->workers.empty();
        },
        ClusterTime);
    drive.picture(pictures, QStringLiteral("progress-install"));
    drive.waitFor(
        QStringLiteral("the install does not end"), [&] { return drive.isVisible(QStringLiteral("outcomeBand")); },
        ClusterTime);
    drive.picture(pictures, QStringLiteral("installed"));
    waitReady(name, workers);
    drive.trigger(QStringLiteral("showPool"));
    drive.widget<QTabBar>(QStringLiteral("poolTabs"))->setCurrentIndex(0);
    drive.widget(QStringLiteral("workerTable"));
    drive.picture(pictures, QStringLiteral("overview-ready"));
}

void MainJob::upgrade(const QString &name, int workers) const
{
    const WindowDriver drive = driver();
    tell(QStringLiteral("Upgrade to %1 workers").arg(workers));
    drive.widget<QTabBar>(QStringLiteral("poolTabs"))->setCurrentIndex(1);
    auto *count = drive.widget<QSpinBox>(QStringLiteral("field:replicaCount"));
    drive.waitFor(QStringLiteral("the values of the release do not come"), [&] { return count->isEnabled(); });
    count->setValue(workers);
    auto *preview = drive.widget<gui::CodeView>(QStringLiteral("previewText"));
    drive.waitFor(QStringLiteral("the preview does not follow"),
        [&] { return preview->contents().contains(QByteArray("replicas: ") + QByteArray::number(workers)); });
    drive.picture(pictures, QStringLiteral("values-upgrade"));
    drive.trigger(QStringLiteral("review"));
    auto *confirm = drive.widget(QStringLiteral("confirm"));
    drive.waitFor(
        QStringLiteral("the review cannot be confirmed"), [confirm] { return confirm->isEnabled(); }, ClusterTime);
    drive.picture(pictures, QStringLiteral("review-upgrade"));
    drive.click(QStringLiteral("confirm"));
    drive.waitFor(
        QStringLiteral("the upgrade does not end"), [&] { return drive.isVisible(QStringLiteral("outcomeBand")); },
        ClusterTime);
    drive.picture(pictures, QStringLiteral("upgraded"));
    waitReady(name, workers);
    drive.trigger(QStringLiteral("showPool"));
}

QString MainJob::evict(const QString &name) const
{
    const WindowDriver drive = driver();
    const pool::Pool *pool = poolOf(window, name);
    if (!pool || pool->workers.empty())
        throw WindowDriver::Failed("there is no worker to evict");
    const QString node = QString::fromStdString(pool->workers.front().node);
    const std::string workload = pool->name;
    // Other pools of the cluster may lose workers meanwhile.
    const auto seen = [this, &workload] {
        const std::vector<pool::Eviction> &ledger = window.cluster()->ledger();
        return std::count_if(ledger.begin(), ledger.end(),
            [&workload](const pool::Eviction &eviction) { return eviction.poolName == workload; });
    };
    tell(QStringLiteral("The disk of %1 runs full").arg(node));
    const auto known = seen();
    if (!pressure(node, true))
        throw WindowDriver::Failed("the cluster does not put its node under pressure");
    drive.waitFor(
        QStringLiteral("no eviction is listed"), [&] { return seen() > known; }, ClusterTime);
    drive.widget<QTabBar>(QStringLiteral("poolTabs"))->setCurrentIndex(0);
    drive.picture(pictures, QStringLiteral("overview-evicted"));
    drive.widget<QTabBar>(QStringLiteral("poolTabs"))->setCurrentIndex(2);
    drive.widget(QStringLiteral("evictionTable"));
    QTest::keyClick(drive.widget(QStringLiteral("evictionTable")), Qt::Key_Home);
    QTest::keyClick(drive.widget(QStringLiteral("evictionTable")), Qt::Key_Return);
    drive.picture(pictures, QStringLiteral("evictions"));
    if (!pressure(node, false))
        throw WindowDriver::Failed("the cluster does not relieve its node");
    return node;
}

void MainJob::uninstall(const QString &name) const
{
    const WindowDriver drive = driver();
    tell(QStringLiteral("Uninstall %1").arg(name));
    drive.widget<QTabBar>(QStringLiteral("poolTabs"))->setCurrentIndex(0);
    drive.trigger(QStringLiteral("uninstallPool"));
    drive.enter(QStringLiteral("typedName"), name);
    drive.picture(pictures, QStringLiteral("uninstall"));
    drive.click(QStringLiteral("uninstall"));
    drive.waitFor(
        QStringLiteral("the uninstall does not end"), [&] { return drive.isVisible(QStringLiteral("outcomeBand")); },
        ClusterTime);
    drive.picture(pictures, QStringLiteral("uninstalled"));
    drive.waitFor(
        QStringLiteral("the pool stays"), [&] { return !poolOf(window, name); }, ClusterTime);
}

} // namespace pk::test
