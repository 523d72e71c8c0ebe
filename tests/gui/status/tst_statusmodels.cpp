// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/shots/fixtures.h"
#include "status/eventlist.h"
#include "status/evictionexport.h"
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
    void timeLineShowsThePodsOfNow();
    void driftOfImagesIsSeen();
    void ledgerRemembersEvictions();
    void evictionsAsTable();
    void repeatedEventsSaySo();
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
    const std::map<std::string, pk::pool::Node> nodes = {{node.name, node}};
    const TimeLineData data = timeLineOf({all, nodes, {}, now - std::chrono::hours(24 * 40), now});
    QCOMPARE(data.nodes.size(), 4);
    QCOMPARE(data.nodes[0].name, QString::fromStdString(all.front().node));
    QCOMPARE(data.nodes[0].pressure.size(), 1); // It lasts until now.
    QCOMPARE(data.nodes[0].pressure[0].to, data.now);
    QVERIFY(data.nodes[0].points.isEmpty());
    QCOMPARE(data.nodes[0].figure, QStringLiteral("Unknown"));
    // Each eviction stands in the lane of its node and of its worker.
    QCOMPARE(data.marks.size(), 2 * qsizetype(all.size()));
    QVERIFY(timeLineOf({all, {}, {}, now + std::chrono::hours(1), now + std::chrono::hours(2)}).marks.isEmpty());
}

void TestStatusModels::timeLineShowsThePodsOfNow()
{
    const std::vector<pk::pool::Worker> workers = fixtures::evictedPool().pool.workers;
    const std::map<std::string, pk::pool::Node> nodes = fixtures::nodes();
    const WallTime now = fixtures::now();
    const std::vector<pk::pool::Eviction> all = fixtures::evictions();
    const TimeLineData data = timeLineOf({all, nodes, workers, now - std::chrono::hours(6), now});
    QStringList lanes;
    for (const TimeLineData::WorkerLane &lane : data.workers)
        lanes.append(lane.name);
    QCOMPARE(lanes.join(u','), QStringLiteral("Worker 0,Worker 1,Worker 2,Worker 3,Worker 4"));
    QCOMPARE(data.workers[0].spans.size(), 2);
    QCOMPARE(data.workers[0].spans[0].phase, TimeLineData::Phase::Starting);
    QCOMPARE(data.workers[0].spans[1].phase, TimeLineData::Phase::Ready);
    QCOMPARE(data.workers[0].spans[1].span.to, data.now);
    QCOMPARE(data.workers[3].spans[0].phase, TimeLineData::Phase::Waiting); // Its new pod has no node.
    for (const TimeLineData::NodeLane &lane : data.nodes)
        QCOMPARE(lane.figure,
            lane.name == QStringLiteral("runners-b-x8wn") ? QStringLiteral("Disk pressure") : QStringLiteral("Ready"));
    // More workers than lanes: those with evictions have come first.
    const std::vector<pk::pool::Worker> many = fixtures::poolOf(20).pool.workers;
    QCOMPARE(
        timeLineOf({all, nodes, many, now - std::chrono::hours(6), now}).workers[0].name, QStringLiteral("Worker 3"));
}

void TestStatusModels::driftOfImagesIsSeen()
{
    WorkerModel model;
    OverviewState state = fixtures::evictedPool();
    model.setWorkers(state.pool.workers, {}, fixtures::now());
    QVERIFY(model.hasOlderImage(0)); // Made first, another digest of the same reference.
    for (const int row : {1, 2, 3, 4})
        QVERIFY(!model.hasOlderImage(row));
    const auto image = [&model](int row) { return model.index(row, WorkerModel::ImageColumn).data().toString(); };
    QCOMPARE(image(0), QStringLiteral("b770e1d, Older image"));
    QCOMPARE(image(1), QStringLiteral("9f3c21a"));
    // Another reference is another image, not an older one.
    state.pool.workers[0].reading.launcher.image = "registry.example.com/launcher:2";
    model.setWorkers(state.pool.workers, {}, fixtures::now());
    QVERIFY(!model.hasOlderImage(0));
    // What its revision says is more specific than the image that follows from it.
    state.pool.workers[0].outdated = true;
    model.setWorkers(state.pool.workers, {}, fixtures::now());
    QCOMPARE(image(0), QStringLiteral("b770e1d, Older revision"));
}

void TestStatusModels::ledgerRemembersEvictions()
{
    WorkerModel model;
    model.setEvictions(fixtures::evictions());
    model.setWorkers(fixtures::poolOf(5).pool.workers, {}, fixtures::now());
    const auto eviction = [&model](int row) { return model.index(row, WorkerModel::EvictionColumn).data().toString(); };
    QCOMPARE(eviction(3), QStringLiteral("2 min ago, Node disk"));
    QCOMPARE(eviction(1), QStringLiteral("Today, 10:32, Pod limit"));
    QCOMPARE(eviction(4), QStringLiteral("None seen"));
    // A pod that a node turned away never ran.
    std::vector<pk::pool::Eviction> rejected = {fixtures::evictions().front()};
    rejected.front().what.cause = pk::pool::EvictionCause::Rejected;
    model.setEvictions(rejected);
    model.setWorkers(fixtures::poolOf(5).pool.workers, {}, fixtures::now());
    QCOMPARE(eviction(3), QStringLiteral("None seen"));
}

void TestStatusModels::evictionsAsTable()
{
    std::vector<pk::pool::Eviction> all = fixtures::evictions();
    all.resize(1);
    all[0].message = "=HYPERLINK(\"x\")";
    const QList<QByteArray> lines = evictionsAsCsv(all).split('\n');
    QCOMPARE(lines.size(), 3); // head, row, and what follows the last line's end
    QVERIFY(lines[0].startsWith("\"time\",\"last time\",\"count\""));
    QVERIFY2(lines[1].startsWith("\"2025-11-19T14:30:39Z\",\"2025-11-19T14:30:39Z\",\"1\",\"spacelift\","),
        lines[1].constData());
    QVERIFY2(lines[1].endsWith("\"'=HYPERLINK(\"\"x\"\")\"\r"), lines[1].constData()); // never a formula
}

void TestStatusModels::repeatedEventsSaySo()
{
    pk::pool::EventFacts event;
    event.type = "Warning";
    event.reason = "Failed";
    event.message = "Error: couldn't find key token";
    event.first = fixtures::now() - std::chrono::minutes(10);
    event.last = fixtures::now();
    QCOMPARE(eventRow(event).message, QStringLiteral("Error: couldn't find key token"));
    event.count = 44;
    const EventRows::Row row = eventRow(event);
    QVERIFY2(row.message.startsWith(QStringLiteral("Error: couldn't find key token (44 times since ")),
        qPrintable(row.message));
    QCOMPARE(row.glyph, glyph(WorkerState::Failing));
}

QTEST_GUILESS_MAIN(TestStatusModels)
#include "tst_statusmodels.moc"
