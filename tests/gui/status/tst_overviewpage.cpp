// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/shots/fixtures.h"
#include "status/evictionspage.h"
#include "widgets/band.h"
#include "widgets/segmentedswitch.h"
#include "widgets/tableview.h"
#include "widgets/theme.h"

#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace pk;
using namespace pk::gui;

/// The Overview and the Evictions page driven by keys, and what an update costs.
class TestOverviewPage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { setUpLook(*qApp); }
    void healthyPoolHasNoBand();
    void staleSaysSinceWhen();
    void keyboardOpensAndFilters();
    void selectionSurvivesAnUpdate();
    void chosenRemedyIsApplied();
    void manyWorkersAreCheap();
};

void TestOverviewPage::healthyPoolHasNoBand()
{
    OverviewPage page;
    page.setState(fixtures::poolOf(1));
    QVERIFY(page.findChild<Band *>(QStringLiteral("healthBand"))->isHidden());
    QCOMPARE(page.findChild<QLabel *>(QStringLiteral("calmSentence"))->text(),
        QStringLiteral("The worker is ready. Nothing needs you."));
    page.setState(fixtures::evictedPool());
    QVERIFY(!page.findChild<Band *>(QStringLiteral("healthBand"))->isHidden());
}

void TestOverviewPage::staleSaysSinceWhen()
{
    OverviewPage page;
    QSignalSpy retry(&page, &OverviewPage::retryRequested);
    page.setState(fixtures::stalePool());
    const auto *band = page.findChild<Band *>(QStringLiteral("healthBand"));
    QVERIFY2(band->sentence().startsWith(QStringLiteral("No answer from the cluster since 14:31:14.")),
        qPrintable(band->sentence()));
    page.findChild<QAction *>(QStringLiteral("retryNow"))->trigger();
    QCOMPARE(retry.size(), 1);
}

void TestOverviewPage::keyboardOpensAndFilters()
{
    OverviewPage page;
    page.resize(1200, 800);
    page.setState(fixtures::poolOf(200));
    page.show();
    auto *table = page.findChild<TableView *>(QStringLiteral("workerTable"));
    auto *filter = page.filterField();
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Slash);
    QTRY_VERIFY(filter->hasFocus());
    QTest::keyClicks(filter, QStringLiteral("cannot be pulled"));
    QCOMPARE(table->model()->rowCount(), 1);
    filter->clear();
    QCOMPARE(table->model()->rowCount(), 200);
    auto *show = page.findChild<SegmentedSwitch *>(QStringLiteral("showWorkers"));
    QCOMPARE(show->button(1)->text(), QStringLiteral("Not ready 12"));
    show->setCurrent(1);
    QCOMPARE(table->model()->rowCount(), 12);
    // The band's button finds the worker even when it is filtered away.
    filter->setText(QStringLiteral("nothing like it"));
    QCOMPARE(table->model()->rowCount(), 0);
    page.findChild<QAction *>(QStringLiteral("showWorker"))->trigger();
    QCOMPARE(table->currentIndex().siblingAtColumn(0).data().toString(), QStringLiteral("188"));
}

void TestOverviewPage::selectionSurvivesAnUpdate()
{
    OverviewPage page;
    page.setState(fixtures::poolOf(200));
    auto *table = page.findChild<TableView *>(QStringLiteral("workerTable"));
    table->setCurrentIndex(table->model()->index(50, 0));
    const QString chosen = table->currentIndex().data(NameRole).toString();
    OverviewState next = fixtures::poolOf(200);
    next.pool.workers[3].reading.state = pool::WorkerState::Failing;
    next.pool.workers.erase(next.pool.workers.begin() + 5);
    page.setState(next);
    QCOMPARE(table->currentIndex().data(NameRole).toString(), chosen);
}

void TestOverviewPage::chosenRemedyIsApplied()
{
    EvictionsPage page(true);
    page.resize(1200, 800);
    pool::StorageSetup setup;
    setup.statefulSet = true;
    page.setEvictions(fixtures::evictions(), {{"prod-eu-spacelift-worker", setup}}, {}, fixtures::now());
    page.selectNewest();
    QSignalSpy chosen(&page, &EvictionsPage::remedyChosen);
    auto *apply = page.findChild<QPushButton *>(QStringLiteral("applyRemedy"));
    apply->click();
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen[0][0].toString(), QStringLiteral("prod-eu-spacelift-worker"));
    page.findChild<QRadioButton *>(QStringLiteral("remedy:remedy.requests-and-size-limit"))->setChecked(true);
    apply->click();
    QCOMPARE(chosen.size(), 2);
    const auto changes = chosen[1][1].value<std::vector<pool::ValueChange>>();
    QCOMPARE(changes.front().path, std::string("dind.resources.requests.ephemeral-storage"));
}

void TestOverviewPage::manyWorkersAreCheap()
{
    OverviewPage page;
    page.resize(1200, 800);
    page.show();
    std::vector<OverviewState> states(2, fixtures::poolOf(200));
    for (int i = 0; i < 20; ++i)
        states[1].pool.workers[std::size_t(i * 7)].reading.restarts = 3;
    page.setState(states[0]);
    QCoreApplication::processEvents();
    QElapsedTimer timer;
    timer.start();
    constexpr int Rounds = 50;
    for (int i = 0; i < Rounds; ++i) {
        page.setState(states[std::size_t(i % 2)]);
        QCoreApplication::processEvents();
    }
    // A figure to read, no bar: what a machine under load needs is no defect. The bars are ./dev bench's.
    qInfo("200 workers, 20 of them changed: %.2f ms for an update and its painting",
        double(timer.nsecsElapsed()) / 1e6 / Rounds);
    QCOMPARE(page.findChild<TableView *>(QStringLiteral("workerTable"))->model()->rowCount(), 200);
}

QTEST_MAIN(TestOverviewPage)
#include "tst_overviewpage.moc"
