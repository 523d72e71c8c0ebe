// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/shots/fixtures.h"
#include "status/evictionmodel.h"
#include "status/evictiontimes.h"
#include "status/remedychoice.h"
#include "status/statusmap.h"
#include "status/workermodel.h"
#include "status/workerproxy.h"

#include <QAbstractItemModelTester>
#include <QItemSelectionModel>
#include <QSignalSpy>
#include <QTest>

using namespace pk;
using namespace pk::gui;

/// Rows of workers and evictions keep their identity while the cluster changes.
class TestStatusModels : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void timeLineShowsWhatTheLedgerKnows();
    void selectionSurvivesUpdates();
    void onlyWhatChangedIsTold();
    void agesTick();
    void shuffledWorkersEndUpRight();
    void filterAndWorstFirst();
    void evictionsKeepTheirRows();
    void figures();
    void remedyAsLines();
    void mapShowsTheWorse();
};

namespace {

QStringList words(std::initializer_list<const char *> all)
{
    QStringList list;
    for (const char *word : all)
        list.append(QString::fromLatin1(word));
    return list;
}

QStringList names(const QAbstractItemModel &model)
{
    QStringList all;
    for (int row = 0; row < model.rowCount(); ++row)
        all.append(model.index(row, 0).data(NameRole).toString().section(u'-', -1));
    return all;
}

} // namespace

void TestStatusModels::selectionSurvivesUpdates()
{
    WorkerModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    OverviewState state = fixtures::poolOf(5);
    QVERIFY(model.setWorkers(state.pool.workers, {}, fixtures::now()));
    QItemSelectionModel selection(&model);
    selection.setCurrentIndex(model.index(3, 0), QItemSelectionModel::ClearAndSelect);
    state.pool.workers.erase(state.pool.workers.begin() + 1);
    state.pool.workers[0].node = "elsewhere";
    state.pool.workers.push_back(fixtures::poolOf(7).pool.workers[6]);
    QVERIFY(model.setWorkers(state.pool.workers, {}, fixtures::now()));
    QCOMPARE(names(model), (words({"0", "2", "3", "4", "6"})));
    QCOMPARE(selection.currentIndex().data(NameRole).toString(), QLatin1String("prod-eu-spacelift-worker-3"));
    QCOMPARE(model.rowOf(state.pool.workers[2].id), selection.currentIndex().row());
}

void TestStatusModels::onlyWhatChangedIsTold()
{
    WorkerModel model;
    OverviewState state = fixtures::poolOf(200);
    model.setWorkers(state.pool.workers, {}, fixtures::now());
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    QVERIFY(!model.setWorkers(state.pool.workers, {}, fixtures::now()));
    QCOMPARE(changed.size(), 0);
    state.pool.workers[7].reading.restarts = 9;
    QVERIFY(model.setWorkers(state.pool.workers, {}, fixtures::now()));
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed[0][0].toModelIndex().row(), 7);
}

void TestStatusModels::agesTick()
{
    WorkerModel model;
    OverviewState state = fixtures::evictedPool();
    model.setWorkers(state.pool.workers, {}, fixtures::now());
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.setNow(fixtures::now() + std::chrono::seconds(1));
    // Only the new pod of 2 min has an age that shows seconds.
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed[0][0].toModelIndex().row(), 3);
    QCOMPARE(model.index(3, WorkerModel::AgeColumn).data().toString(), QLatin1String("2m4s"));
}

void TestStatusModels::shuffledWorkersEndUpRight()
{
    WorkerModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    OverviewState state = fixtures::poolOf(5);
    model.setWorkers(state.pool.workers, {}, fixtures::now());
    std::swap(state.pool.workers[0], state.pool.workers[4]);
    model.setWorkers(state.pool.workers, {}, fixtures::now());
    QCOMPARE(names(model), (words({"4", "1", "2", "3", "0"})));
    model.setWorkers({}, {}, fixtures::now());
    QCOMPARE(model.rowCount(), 0);
}

void TestStatusModels::filterAndWorstFirst()
{
    WorkerModel model;
    WorkerProxy proxy(model);
    const QAbstractItemModelTester tester(&proxy, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setWorkers(fixtures::poolOf(200).pool.workers, {}, fixtures::now());
    proxy.sort(WorkerModel::StateColumn);
    QCOMPARE(names(proxy).first(), QLatin1String("188"));
    QCOMPARE(names(proxy).last(), QLatin1String("187"));
    proxy.setShow(WorkerProxy::Show::NotReady);
    QCOMPARE(proxy.rowCount(), 12);
    proxy.setWords(QStringLiteral("image cannot"));
    QCOMPARE(names(proxy), words({"188"}));
    proxy.setShow(WorkerProxy::Show::OlderRevision);
    QCOMPARE(proxy.rowCount(), 0);
    // A row stays where it is until somebody asks.
    proxy.setWords({});
    proxy.setShow(WorkerProxy::Show::All);
    OverviewState state = fixtures::poolOf(200);
    state.pool.workers[188].reading.state = pool::WorkerState::Ready;
    model.setWorkers(state.pool.workers, {}, fixtures::now());
    QCOMPARE(names(proxy).first(), QLatin1String("188"));
    proxy.settle();
    QCOMPARE(names(proxy).first(), QLatin1String("189"));
}

void TestStatusModels::evictionsKeepTheirRows()
{
    EvictionModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    std::vector<pool::Eviction> all = fixtures::evictions();
    model.setEvictions({all.begin() + 1, all.end()}, fixtures::now());
    QItemSelectionModel selection(&model);
    selection.setCurrentIndex(model.index(0, 0), QItemSelectionModel::ClearAndSelect);
    model.setEvictions(all, fixtures::now());
    QCOMPARE(model.rowCount(), 4);
    QCOMPARE(selection.currentIndex().row(), 1);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.setEvictions(all, fixtures::now());
    QCOMPARE(changed.size(), 0);
    std::swap(all[0], all[3]);
    model.setEvictions(all, fixtures::now());
    QCOMPARE(model.rowCount(), 4);
    QCOMPARE(model.evictionAt(0)->key(), all[0].key());
}

void TestStatusModels::figures()
{
    const auto free = [](const char *message) { return freeAndLimit(pool::parseEvictionMessage(message)); };
    QCOMPARE(
        free(
            "The node was low on resource: ephemeral-storage. Threshold quantity: 10522669875, available: 9874304Ki. "),
        QLatin1String("9.4 / 9.8 GiB"));
    QCOMPARE(free("The node was low on resource: inodes. Threshold quantity: 4800, available: 12. "),
        QLatin1String("12 / 4,800"));
    QCOMPARE(free("Pod ephemeral local storage usage exceeds the total limit of containers 40Gi. "), QString());
}

void TestStatusModels::remedyAsLines()
{
    const auto lines = RemedyChoice::lines({{"dind.resources.requests.ephemeral-storage", "50Gi", false},
        {"storageVolume", "emptyDir:\n  sizeLimit: 50Gi\n", false}});
    QByteArrayList texts;
    for (const DiffLine &line : lines)
        texts.append(line.text);
    QCOMPARE(texts.join('\n'),
        QByteArray("dind:\n  resources:\n    requests:\n      ephemeral-storage: 50Gi\nstorageVolume:\n  emptyDir:\n"
                   "    sizeLimit: 50Gi"));
}

void TestStatusModels::mapShowsTheWorse()
{
    pool::Worker worker = fixtures::poolOf(1).pool.workers[0];
    QCOMPARE(mapState(worker), ContainerState::Running);
    worker.reading.dind.state = pool::ContainerState::CrashLooping;
    QCOMPARE(mapState(worker), ContainerState::CrashLooping);
    worker.reading.launcher.state = pool::ContainerState::None;
    QCOMPARE(mapState(worker), ContainerState::CrashLooping);
    worker.reading.state = pool::WorkerState::Waiting;
    QCOMPARE(mapState(worker), ContainerState::Waiting);
}

void TestStatusModels::timeLineShowsWhatTheLedgerKnows()
{
    const std::vector<pk::pool::Eviction> all = fixtures::evictions();
    const WallTime now = fixtures::now();
    pk::pool::Node node;
    node.name = all.front().node;
    node.pressureSince = now - std::chrono::minutes(3);
    const TimeLineData data = timeLineOf(all, {{node.name, node}}, now - std::chrono::hours(24 * 40), now);
    QCOMPARE(data.nodes.size(), 4);
    QCOMPARE(data.nodes[0].name, QString::fromStdString(all.front().node));
    QCOMPARE(data.nodes[0].pressure.size(), 1); // It lasts until now.
    QCOMPARE(data.nodes[0].pressure[0].to, data.now);
    QVERIFY(data.nodes[0].points.isEmpty());
    QCOMPARE(data.nodes[0].figure, QStringLiteral("Unknown"));
    // Each eviction stands in the lane of its node and of its worker.
    QCOMPARE(data.marks.size(), 2 * qsizetype(all.size()));
    QVERIFY(timeLineOf(all, {}, now + std::chrono::hours(1), now + std::chrono::hours(2)).marks.isEmpty());
}

QTEST_GUILESS_MAIN(TestStatusModels)
#include "tst_statusmodels.moc"
