// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sidebar.h"
#include "app/uninstallfacts.h"
#include "gui/shots/fixtures.h"
#include "widgets/tableview.h"
#include "widgets/theme.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace pk;
using namespace pk::gui;

/// What changes a cluster asks twice: the review, the uninstall dialog, the progress page; and the side bar beside
/// them.
class TestReviewPages : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { setUpLook(*qApp); }
    void enterDoesNothingOnTheReview();
    void blockedReviewCannotBeConfirmed();
    void secretsAreNotOnTheReview();
    void uninstallWantsTheName();
    void progressChangesInPlace();
    void threeWaysOnAfterAFailure();
    void wayOnThatDoesNotExistIsNotOffered();
    void manyWorkersAreAMap();
    void logIsCopiedAsText();
    void escapeLeaves();
    void sideBarKeepsRowsById();
    void sideBarByKeyboard();
    void sideBarOfManyPools();
    void sideBarShowsThreeOperations();
    void uninstallTellsWhatGoesAndStays();
    void missingRightHasARuleToCopy();
};

void TestReviewPages::enterDoesNothingOnTheReview()
{
    ReviewPage page;
    page.resize(1200, 800);
    page.setState(fixtures::review());
    QSignalSpy confirmed(&page, &ReviewPage::confirmed);
    page.show();
    QVERIFY(QTest::qWaitForWindowActive(&page));
    QVERIFY(page.focusWidget());
    QCOMPARE(page.focusWidget()->objectName(), QStringLiteral("reviewTitle"));
    QTest::keyClick(page.focusWidget(), Qt::Key_Return);
    QTest::keyClick(page.focusWidget(), Qt::Key_Enter);
    QTest::keyClick(page.focusWidget(), Qt::Key_Space);
    QCOMPARE(confirmed.size(), 0);
    QTest::keyClick(page.focusWidget(), Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(confirmed.size(), 1);
}

void TestReviewPages::blockedReviewCannotBeConfirmed()
{
    ReviewPage page;
    QSignalSpy confirmed(&page, &ReviewPage::confirmed);
    ReviewState state = fixtures::review();
    state.blockedBecause = QStringLiteral("1 error in values");
    page.setState(state);
    QTest::keyClick(&page, Qt::Key_Return, Qt::ControlModifier);
    state.blockedBecause.clear();
    state.checking = true;
    page.setState(state);
    QTest::keyClick(&page, Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(confirmed.size(), 0);
    QVERIFY(!page.findChild<QPushButton *>(QStringLiteral("confirm"))->isEnabled());
    state.checking = false;
    page.setState(state);
    QTest::keyClick(&page, Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(confirmed.size(), 1);
}

void TestReviewPages::secretsAreNotOnTheReview()
{
    ReviewPage page;
    page.setState(fixtures::review());
    auto *diff = page.findChild<ObjectDiff *>();
    const QString shown = diff->shownText();
    QVERIFY(shown.contains(QStringLiteral("privateKey: (hidden, differs)")));
    QVERIFY(shown.contains(QStringLiteral("token: (hidden, equal)")));
    QVERIFY(!shown.contains(QStringLiteral("b3RoZXI=")));
    QCOMPARE(diff->currentKey(), QStringLiteral("StatefulSet")); // what is worst for the workers comes first
}

void TestReviewPages::uninstallWantsTheName()
{
    UninstallFacts facts = fixtures::uninstall();
    facts.release = QStringLiteral("prod-eu");
    UninstallDialog dialog(facts);
    QSignalSpy accepted(&dialog, &QDialog::accepted);
    QSignalSpy rejected(&dialog, &QDialog::rejected);
    dialog.show();
    QVERIFY(QTest::qWaitForWindowActive(&dialog));
    auto *name = dialog.findChild<QLineEdit *>(QStringLiteral("typedName"));
    auto *uninstall = dialog.findChild<QPushButton *>(QStringLiteral("uninstall"));
    QVERIFY(dialog.findChild<QPushButton *>(QStringLiteral("cancel"))->isDefault());
    QVERIFY(!uninstall->isEnabled());
    name->setFocus();
    for (const char *typed : {"prod", "PROD-EU", "prod-eu "}) {
        name->setText(QString::fromLatin1(typed));
        QTest::keyClick(name, Qt::Key_Return);
        QVERIFY(!uninstall->isEnabled());
    }
    QCOMPARE(accepted.size() + rejected.size(), 0);
    name->setText(QStringLiteral("prod-eu"));
    QVERIFY(uninstall->isEnabled());
    QTest::keyClick(name, Qt::Key_Return);
    QCOMPARE(accepted.size(), 1);
}

void TestReviewPages::progressChangesInPlace()
{
    ProgressPage page;
    page.setState(fixtures::progress(ProgressState::Outcome::Running));
    auto *model = page.findChild<TableView *>(QStringLiteral("stepTable"))->model();
    const QAbstractItemModelTester tester(model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy inserted(model, &QAbstractItemModel::rowsInserted);
    QSignalSpy removed(model, &QAbstractItemModel::rowsRemoved);
    QSignalSpy reset(model, &QAbstractItemModel::modelReset);
    QSignalSpy changed(model, &QAbstractItemModel::dataChanged);
    const QPersistentModelIndex step = model->index(3, 0);
    page.setState(fixtures::progress(ProgressState::Outcome::Running));
    QCOMPARE(changed.size(), 0);
    ProgressState next = fixtures::progress(ProgressState::Outcome::Running);
    next.steps[3].state = ProgressState::Step::State::Done;
    next.steps[4].state = ProgressState::Step::State::Running;
    page.setState(next);
    QCOMPARE(inserted.size() + removed.size() + reset.size(), 0);
    QVERIFY(changed.size() > 0);
    QVERIFY(step.isValid());
    QVERIFY(step.data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("done")));
}

/// The band's button for an action.
static QPushButton *wayOn(ProgressPage &page, const char *name)
{
    return page.findChild<QPushButton *>(QLatin1String(name));
}

void TestReviewPages::threeWaysOnAfterAFailure()
{
    ProgressPage page;
    page.resize(1200, 800);
    page.show();
    page.setState(fixtures::progress(ProgressState::Outcome::Running));
    QVERIFY(QTest::qWaitForWindowActive(&page));
    QSignalSpy resumed(&page, &ProgressPage::resumeRequested);
    QSignalSpy back(&page, &ProgressPage::rollBackRequested);
    QSignalSpy left(&page, &ProgressPage::leaveAsItIsRequested);
    page.setState(fixtures::progress(ProgressState::Outcome::Failed));
    QPushButton *resume = wayOn(page, "resumeOperation");
    QPushButton *rollBack = wayOn(page, "rollBack");
    QPushButton *leave = wayOn(page, "leaveAsItIs");
    QVERIFY(resume && rollBack && leave);
    QTRY_VERIFY(resume->isVisible() && rollBack->isVisible() && leave->isVisible());
    QCOMPARE(rollBack->text(), QStringLiteral("Roll back to 7…"));
    // A key that was meant for something else decides nothing.
    for (const QPushButton *way : {resume, rollBack, leave})
        QVERIFY(!way->hasFocus() && !way->isDefault());
    if (QWidget *focused = page.focusWidget())
        QTest::keyClick(focused, Qt::Key_Return);
    QCOMPARE(resumed.size() + back.size() + left.size(), 0);
    // News of the workers comes every second; a button with focus keeps it.
    rollBack->setFocus();
    page.setState(fixtures::progress(ProgressState::Outcome::Failed));
    QCOMPARE(page.focusWidget(), rollBack);
    for (QPushButton *way : {resume, rollBack, leave})
        way->click();
    QCOMPARE(resumed.size(), 1);
    QCOMPARE(back.value(0).value(0).toInt(), 7);
    QCOMPARE(left.size(), 1);
}

void TestReviewPages::wayOnThatDoesNotExistIsNotOffered()
{
    ProgressPage page;
    ProgressState state = fixtures::progress(ProgressState::Outcome::Failed);
    state.returnTo = 0; // A first install: nothing ran before.
    page.setState(state);
    QVERIFY(!wayOn(page, "rollBack"));
    QVERIFY(wayOn(page, "resumeOperation"));
    page.setState(fixtures::progress(ProgressState::Outcome::Left));
    QCOMPARE(wayOn(page, "resumeOperation")->text(), QStringLiteral("Complete revision 8"));
    page.setState(fixtures::progress(ProgressState::Outcome::Succeeded));
    QVERIFY(!wayOn(page, "resumeOperation") && !wayOn(page, "rollBack") && wayOn(page, "showPool"));
}

void TestReviewPages::manyWorkersAreAMap()
{
    ProgressPage page;
    ProgressState state = fixtures::progress(ProgressState::Outcome::Running);
    auto *map = page.findChild<WorkerMap *>(QStringLiteral("progressMap"));
    page.setState(state);
    QVERIFY(map->isHidden());
    for (int worker = 3; worker < 13; ++worker) {
        state.workers.append(state.workers[0]);
        state.workers.last().name = QStringLiteral("Worker %1").arg(worker);
        state.workers.last().square.ordinal = worker;
    }
    page.setState(state);
    QVERIFY(!map->isHidden());
    QCOMPARE(map->workers().size(), 13);
    QCOMPARE(map->workers()[12].sentence, QStringLiteral("Worker 12, Ready, Revision 7"));
}

void TestReviewPages::logIsCopiedAsText()
{
    ProgressPage page;
    page.setState(fixtures::progress(ProgressState::Outcome::Failed));
    page.findChild<QPushButton *>(QStringLiteral("copyLog"))->click();
    const QString text = QGuiApplication::clipboard()->text();
    QVERIFY2(text.startsWith(QStringLiteral("Upgrade of staging stopped\nRevision 7 to 8")), qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral("Wait for the workers, failed, Ready: 2/3, 17 s")), qPrintable(text));
}

void TestReviewPages::escapeLeaves()
{
    ProgressPage progress;
    QSignalSpy left(&progress, &ProgressPage::leaveRequested);
    QTest::keyClick(&progress, Qt::Key_Escape);
    QCOMPARE(left.size(), 1);
    ReviewPage review;
    QSignalSpy back(&review, &ReviewPage::backRequested);
    QTest::keyClick(&review, Qt::Key_Escape);
    QCOMPARE(back.size(), 1);
}

void TestReviewPages::sideBarKeepsRowsById()
{
    SideBar bar;
    SideBarState state = fixtures::sideBar();
    bar.setState(state);
    bar.setCurrent(QStringLiteral("b"));
    auto *row = bar.findChild<NavRow *>(QStringLiteral("nav:b"));
    QVERIFY(row && row->isChecked());
    state.pools.removeFirst();
    state.pools[0].shown.second = QStringLiteral("Upgrading, 2 of 3");
    bar.setState(state);
    QCOMPARE(bar.findChild<NavRow *>(QStringLiteral("nav:b")), row);
    QVERIFY(row->isChecked());
    QCOMPARE(bar.ids().mid(0, 2), (QStringList{QStringLiteral("b"), QStringLiteral("c")}));
    QVERIFY(!bar.findChild<NavRow *>(QStringLiteral("nav:a")));
}

void TestReviewPages::sideBarByKeyboard()
{
    SideBar bar;
    bar.resize(248, 800);
    bar.setState(fixtures::sideBar());
    QSignalSpy chosen(&bar, &SideBar::chosen);
    bar.show();
    QVERIFY(QTest::qWaitForWindowActive(&bar));
    auto *row = bar.findChild<NavRow *>(QStringLiteral("nav:a"));
    row->setFocus();
    QTest::keyClick(row, Qt::Key_Tab);
    QCOMPARE(bar.focusWidget()->objectName(), QStringLiteral("nav:b"));
    QTest::keyClick(bar.focusWidget(), Qt::Key_Space);
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen[0][0].toString(), QStringLiteral("b"));
    QCOMPARE(row->accessibleName(), QStringLiteral("prod-eu, 4/5, Evicted 2 min ago"));
}

void TestReviewPages::sideBarOfManyPools()
{
    SideBar bar;
    bar.resize(248, 900);
    bar.show();
    SideBarState state;
    state.connected = true;
    const auto fill = [&](int count) {
        state.pools.clear();
        for (int i = 0; i < count; ++i) {
            NavRowState row;
            row.text = QStringLiteral("pool-%1").arg(i);
            row.second = QStringLiteral("Ready");
            state.pools.append({QStringLiteral("pool:%1").arg(i), row});
        }
        bar.setState(state);
    };
    auto *filter = bar.findChild<QLineEdit *>(QStringLiteral("filterPools"));
    const auto first = [&bar] { return bar.findChild<NavRow *>(QStringLiteral("nav:pool:0")); };
    fill(12);
    QCOMPARE(first()->state().second, QStringLiteral("Ready"));
    fill(13);
    QVERIFY(first()->state().second.isEmpty());
    QCOMPARE(first()->state().toolTip, QStringLiteral("Ready"));
    QVERIFY(filter->isHidden());
    fill(41);
    QVERIFY(!filter->isHidden());
    filter->setText(QStringLiteral("pool-40"));
    QCOMPARE(bar.ids(), QStringList{QStringLiteral("pool:40")});
    bar.setState(state); // news keep what is filtered
    QCOMPARE(bar.ids(), QStringList{QStringLiteral("pool:40")});
    fill(3);
    QCOMPARE(bar.ids().size(), 3);
}

void TestReviewPages::sideBarShowsThreeOperations()
{
    SideBar bar;
    bar.resize(248, 900);
    bar.show();
    SideBarState state;
    for (int i = 0; i < 5; ++i) {
        NavRowState row;
        row.text = QStringLiteral("Upgrading %1").arg(i);
        row.second = QStringLiteral("Step 1");
        state.operations.append({QStringLiteral("operation:%1").arg(i), row});
    }
    bar.setState(state);
    auto *more = bar.findChild<NavRow *>(QStringLiteral("moreOperations"));
    const auto row = [&bar](int i) { return bar.findChild<NavRow *>(QStringLiteral("nav:operation:%1").arg(i)); };
    QVERIFY(row(2) && !row(3));
    QCOMPARE(more->state().text, QStringLiteral("2 more"));
    more->click();
    QVERIFY(row(4));
    more->click();
    QVERIFY(!row(3));
}

void TestReviewPages::uninstallTellsWhatGoesAndStays()
{
    release::UninstallPreview preview;
    for (const auto &[kind, name] :
        {std::pair{"StatefulSet", "drift-eu"}, {"Service", "drift-eu"}, {"Secret", "token"}}) {
        release::Object object;
        object.kind = kind;
        object.name = name;
        preview.goes.push_back(object);
    }
    pool::Pool pool;
    pool.id = "spacelift/StatefulSet/drift-eu";
    pool.desired = 4;
    std::map<std::string, pool::Claim> claims;
    for (int i = 0; i < 3; ++i) {
        pool::Claim claim;
        claim.pool = i < 2 ? pool.id : "another";
        claim.way = pool::StorageWay::ClaimTemplate;
        claim.size = "200Gi";
        claims[std::to_string(i)] = claim;
    }
    UninstallSource source{.preview = preview, .claims = claims};
    source.pool = &pool;
    source.release = QStringLiteral("drift-eu");
    source.context = QStringLiteral("arn:aws:eks/prod eu");
    source.ns = QStringLiteral("spacelift");
    source.revisions = 6;
    const UninstallFacts facts = uninstallFacts(source);
    const auto words = [](const QVector<UninstallFacts::Line> &lines) {
        QStringList all;
        for (const UninstallFacts::Line &line : lines)
            all.append(line.what);
        return all.join(u'|');
    };
    QCOMPARE(words(facts.goes), QStringLiteral("StatefulSet, Service|Secret|4 worker(s)|Release history"));
    QCOMPARE(words(facts.stays), QStringLiteral("2 claim(s), 400 GiB|Ledger and your values file"));
    QCOMPARE(facts.command,
        QStringLiteral("helm uninstall drift-eu --namespace spacelift --kube-context 'arn:aws:eks/prod eu'"));
    // Who may not see claims is told of those of the template.
    source.pool = nullptr;
    preview.claims = {"a", "b", "c"};
    QCOMPARE(words(uninstallFacts(source).stays), QStringLiteral("3 claim(s)|Ledger and your values file"));
}

void TestReviewPages::missingRightHasARuleToCopy()
{
    ReviewPage page;
    page.resize(1200, 800);
    page.setState(fixtures::review());
    page.show();
    page.findChild<QPushButton *>(QStringLiteral("copyRule"))->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), fixtures::review().permissions[0].rule);
    const auto shows = [&page](const char *words) {
        for (const QLabel *label : page.findChildren<QLabel *>()) {
            if (label->text() == QLatin1String(words) && label->isVisibleTo(&page))
                return true;
        }
        return false;
    };
    QVERIFY(!shows("May watch pods"));
    page.findChild<QPushButton *>(QStringLiteral("showAllPermissions"))->click();
    QTRY_VERIFY(shows("May watch pods") && shows("May not list events"));
}

QTEST_MAIN(TestReviewPages)
#include "tst_reviewpages.moc"
