// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ledgerrow.h"
#include "app/operationjournal.h"
#include "app/releaseprogress.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace pk;
using namespace pk::gui;
using StepState = release::StepEvent::State;

namespace {

const WallTime start = WallTime(std::chrono::hours(24 * 365 * 50));

release::StepEvent stepEvent(const char *step, const char *object, StepState state)
{
    return {.step = step, .object = object, .state = state, .time = start, .detail = {}, .workers = {}};
}

/// An upgrade from 7 to 8 that has sent its StatefulSet and waits.
ReleaseProgress upgrade()
{
    ReleaseProgress progress;
    ReleaseProgress::About about;
    about.release = QStringLiteral("staging");
    about.before = 7;
    about.revision = 8;
    about.returnTo = 7;
    progress.begin(about, start);
    for (const auto &[step, object] : {std::pair{"write-record", "8"}, std::pair{"apply", "StatefulSet/staging"},
             std::pair{"wait", "StatefulSet/staging"}, std::pair{"finish-record", "8"}})
        progress.step(stepEvent(step, object, StepState::Planned));
    progress.step(stepEvent("write-record", "8", StepState::Done));
    progress.step(stepEvent("apply", "StatefulSet/staging", StepState::Done));
    progress.step(stepEvent("wait", "StatefulSet/staging", StepState::Waiting));
    return progress;
}

ReleaseWorkers workers(int updated, int all)
{
    ReleaseWorkers some;
    some.desired = all;
    some.ready = all;
    for (int worker = 0; worker < all; ++worker) {
        ProgressState::Worker one;
        one.outdated = worker >= updated;
        some.workers.append(one);
    }
    return some;
}

} // namespace

/// What is written down of an operation, and what is told of it.
class TestProgress : public QObject
{
    Q_OBJECT

private slots:
    void shortStepsAreTimedInTenths();
    void leftOperationIsFoundWithItsSteps();
    void endedOperationIsNotFound();
    void lockOfADeadProcessIsNone();
    void ledgerRowsKeepEverything();
    void tellsWhatRunsNow_data();
    void tellsWhatRunsNow();
    void troubleOfWorkersSaysMoreThanATimeOut();
    void unplannedStepsStandWhereTheyHappen();
    void uninstalledPoolHasNoWorkersLeft();

private:
    std::vector<store::OperationRow> left(store::Store &store)
    {
        std::optional<std::vector<store::OperationRow>> rows;
        store.leftOperations("c", [&](Result<std::vector<store::OperationRow>> found) { rows = *found; });
        [&] { QTRY_VERIFY(rows); }();
        return rows.value_or(std::vector<store::OperationRow>());
    }
    std::unique_ptr<store::Store> open()
    {
        return std::make_unique<store::Store>(m_folder.filePath(QStringLiteral("s.db")).toStdString(),
            [this](std::function<void()> work) { QMetaObject::invokeMethod(this, std::move(work)); });
    }
    store::OperationRow row(const char *release)
    {
        store::OperationRow row;
        row.cluster = "c";
        row.ns = "ci";
        row.release = release;
        row.action = "upgrade";
        row.revision = 8;
        row.started = start;
        return row;
    }

    QTemporaryDir m_folder;
};

void TestProgress::shortStepsAreTimedInTenths()
{
    const auto took = [](std::chrono::milliseconds time) {
        ReleaseProgress progress = upgrade();
        release::StepEvent done = stepEvent("wait", "StatefulSet/staging", StepState::Done);
        done.time = start + time;
        progress.step(done);
        return progress.state(start + std::chrono::hours(1)).steps.value(2).took;
    };
    QCOMPARE(took(std::chrono::milliseconds(0)), QStringLiteral("0.0 s"));
    QCOMPARE(took(std::chrono::milliseconds(340)), QStringLiteral("0.3 s"));
    QCOMPARE(took(std::chrono::seconds(48)), QStringLiteral("48 s"));
    QCOMPARE(took(std::chrono::seconds(72)), QStringLiteral("1 min 12 s"));
}

void TestProgress::leftOperationIsFoundWithItsSteps()
{
    {
        auto store = open();
        OperationJournal journal(*store, m_folder.path(), row("staging"));
        // Before the store has given its number.
        journal.step(stepEvent("write-record", "8", StepState::Done));
        journal.step(stepEvent("apply", "StatefulSet/staging", StepState::Planned));
        QVERIFY(OperationJournal::isAtWork(m_folder.path(), row("staging")));
        QVERIFY(!OperationJournal::isAtWork(m_folder.path(), row("other")));
        QTRY_COMPARE(left(*store).at(0).steps.size(), std::size_t(2));
    }
    QVERIFY(!OperationJournal::isAtWork(m_folder.path(), row("staging")));
    auto store = open();
    const auto rows = left(*store);
    QCOMPARE(rows.size(), std::size_t(1));
    QCOMPARE(rows[0].revision, 8);
    ReleaseProgress progress;
    ReleaseProgress::About about;
    about.release = QStringLiteral("staging");
    about.before = about.returnTo = 7;
    about.revision = 8;
    progress.showLeft(about, rows[0]);
    progress.setWorkers(workers(3, 3));
    const ProgressState state = progress.state(start);
    QCOMPARE(state.outcome, ProgressState::Outcome::Left);
    QCOMPARE(state.sentence, QStringLiteral("The upgrade of staging to revision 8 was left at step 2 of 2."));
    QCOMPARE(state.reason, QStringLiteral("All 3 workers are ready. All 3 workers still run revision 7."));
    QCOMPARE(state.resumable, 8);
    QCOMPARE(state.returnTo, 7);
    store->endOperation(rows[0].id, "left", {}, start);
}

void TestProgress::endedOperationIsNotFound()
{
    auto store = open();
    {
        OperationJournal journal(*store, m_folder.path(), row("ended"));
        journal.end("failed", QStringLiteral("why"), start);
        QVERIFY(!OperationJournal::isAtWork(m_folder.path(), row("ended")));
    }
    QTRY_VERIFY(left(*store).empty());
}

/// kill -9 leaves the file; the number in it is nobody's.
void TestProgress::lockOfADeadProcessIsNone()
{
    auto store = open();
    QString path;
    {
        OperationJournal journal(*store, m_folder.path(), row("killed"));
        path = QDir(m_folder.path()).entryInfoList({QStringLiteral("operation-*.lock")}).value(0).filePath();
        QVERIFY(!path.isEmpty());
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QByteArray content = file.readAll();
        content.replace(0, content.indexOf('\n'), "4194303");
        file.close();
        journal.end("done", {}, start);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }
    QVERIFY(QFile::exists(path));
    QVERIFY(!OperationJournal::isAtWork(m_folder.path(), row("killed")));
}

void TestProgress::ledgerRowsKeepEverything()
{
    pool::Eviction eviction;
    eviction.ns = "ci";
    eviction.poolName = "prod";
    eviction.pod = "prod-3";
    eviction.podUid = "u";
    eviction.node = "n";
    eviction.ownerKind = "StatefulSet";
    eviction.ownerName = "prod";
    eviction.ownerUid = "o";
    eviction.message = "The node was low on resource: ephemeral-storage. ";
    eviction.what = pool::parseEvictionMessage(eviction.message);
    eviction.ordinal = 3;
    eviction.count = 2;
    eviction.sources = pool::Eviction::Status;
    eviction.time = start;
    eviction.lastTime = start + std::chrono::hours(1);
    const store::EvictionRow row = rowOf(eviction, "c");
    QCOMPARE(row.cluster, std::string("c"));
    QCOMPARE(row.key, eviction.key());
    QVERIFY(rowOf(evictionOf(row), "c") == row);
    QVERIFY(evictionOf(row) == eviction);
}

void TestProgress::tellsWhatRunsNow_data()
{
    QTest::addColumn<int>("updated");
    QTest::addColumn<int>("all");
    QTest::addColumn<QString>("told");
    QTest::addRow("none yet") << 0 << 3 << "All 3 workers still run revision 7.";
    QTest::addRow("some") << 1 << 3 << "1 of 3 workers run revision 8, the others still 7.";
    QTest::addRow("all") << 3 << 3 << "All 3 workers run revision 8.";
    QTest::addRow("one of one") << 1 << 1 << "The worker runs revision 8.";
    QTest::addRow("200") << 150 << 200 << "150 of 200 workers run revision 8, the others still 7.";
}

void TestProgress::tellsWhatRunsNow()
{
    QFETCH(const int, updated);
    QFETCH(const int, all);
    QFETCH(const QString, told);
    ReleaseProgress progress = upgrade();
    progress.setWorkers(workers(updated, all));
    release::OperationResult result;
    result.error = Error{.code = Error::Code::Denied, .message = "no quota"};
    progress.end(result, start);
    const ProgressState state = progress.state(start);
    QCOMPARE(state.sentence, QStringLiteral("no quota"));
    QVERIFY2(state.reason.startsWith(
                 QStringLiteral("The upgrade of staging to revision 8 failed at step 3 of 4. ") + told + u' '),
        qPrintable(state.reason));
    QCOMPARE(
        state.workers.value(0).revision, updated > 0 ? QStringLiteral("Revision 8") : QStringLiteral("Revision 7"));
}

void TestProgress::troubleOfWorkersSaysMoreThanATimeOut()
{
    ReleaseProgress progress = upgrade();
    ReleaseWorkers some = workers(1, 3);
    some.trouble = QStringLiteral("Worker 1 cannot pull its image.");
    progress.setWorkers(some);
    release::OperationResult result;
    result.error = Error{.code = Error::Code::Timeout, .message = "late", .id = "release.not-ready-in-time"};
    progress.end(result, start);
    QCOMPARE(progress.state(start).sentence, some.trouble);
}

void TestProgress::unplannedStepsStandWhereTheyHappen()
{
    ReleaseProgress progress = upgrade();
    progress.step(stepEvent("free", "Pod/staging-1", StepState::Done));
    const ProgressState state = progress.state(start);
    QCOMPARE(state.steps.size(), 5);
    QVERIFY(state.steps[3].name.contains(QStringLiteral("Pod/staging-1")));
    QCOMPARE(state.steps[4].state, ProgressState::Step::State::Waiting);
}

void TestProgress::uninstalledPoolHasNoWorkersLeft()
{
    ReleaseProgress progress;
    ReleaseProgress::About about;
    about.release = QStringLiteral("staging");
    about.action = release::Action::Uninstall;
    progress.begin(about, start);
    progress.setWorkers(workers(3, 3));
    QCOMPARE(progress.state(start).workers.size(), 3);
    QVERIFY(!progress.state(start).gone);
    progress.end({}, start);
    QVERIFY(progress.state(start).gone);
    QVERIFY(progress.state(start).workers.isEmpty());
    QVERIFY(progress.state(start).workersNote.isEmpty());
}

QTEST_MAIN(TestProgress)
#include "tst_progress.moc"
