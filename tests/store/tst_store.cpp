// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/log.h"
#include "store/database.h"
#include "store/store.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <sqlite3.h>
#include <unistd.h>

#include <condition_variable>
#include <csignal>
#include <deque>
#include <mutex>
#include <set>

using namespace pk;
using namespace pk::store;

namespace {

/// Runs what was posted on the thread that calls take().
class Loop
{
public:
    Store::Post post()
    {
        return [this](std::function<void()> work) {
            const std::lock_guard lock(m_mutex);
            m_work.push_back(std::move(work));
            m_bell.notify_one();
        };
    }
    void runOne()
    {
        std::function<void()> work;
        {
            std::unique_lock lock(m_mutex);
            if (!m_bell.wait_for(lock, std::chrono::seconds(20), [this] { return !m_work.empty(); }))
                qFatal("nothing was posted");
            work = std::move(m_work.front());
            m_work.pop_front();
        }
        work();
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_bell;
    std::deque<std::function<void()>> m_work;
};

WallTime at(int seconds)
{
    return WallTime(std::chrono::seconds(1'700'000'000 + seconds));
}

EvictionRow eviction(const std::string &key, int seconds)
{
    EvictionRow row;
    row.cluster = "c1";
    row.key = row.podUid = key;
    row.ns = "ci";
    row.pool = "prod";
    row.cause = "node-pressure";
    row.message = "The node was low on resource: ephemeral-storage.";
    row.time = row.lastTime = at(seconds);
    return row;
}

} // namespace

class TestStore : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void completesWhatItKnows();
    void answersQueries();
    void findsLeftOperations();
    void keepsNoSecrets();
    void keepsApprovals();
    void forgetsOldDiskFigures();
    void answersOnTheAskersThread();
    void aDamagedFileIsToldAndNothingElseStops();
    void aLockedFileIsTold();
    void aNewerFileIsLeftAlone();
    void survivesKill();

private:
    std::string path() const { return m_folder->filePath(QStringLiteral("a/store.sqlite")).toStdString(); }
    std::unique_ptr<Database> open()
    {
        QDir(m_folder->path()).mkpath(QStringLiteral("a"));
        auto database = Database::open(path());
        if (!database)
            qFatal("%s", database.error().message.c_str());
        return std::move(*database);
    }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestStore::completesWhatItKnows()
{
    const auto database = open();
    EvictionRow first = eviction("u1", 10);
    first.cause = "unknown";
    first.sources = 2;
    EvictionRow second = eviction("u1", 5);
    second.node = "n1";
    second.sources = 1;
    second.count = 4;
    QVERIFY(database->addEvictions({first}).ok());
    QVERIFY(database->addEvictions({second, second}).ok());
    const auto rows = database->evictions({.cluster = "c1"});
    QVERIFY(rows.ok());
    QCOMPARE(rows->size(), std::size_t(1));
    QCOMPARE(rows->front().node, std::string("n1"));
    QCOMPARE(rows->front().cause, std::string("node-pressure"));
    QCOMPARE(rows->front().sources, 3u);
    QCOMPARE(rows->front().count, 4);
    QVERIFY(rows->front().time == at(5) && rows->front().lastTime == at(10));
}

void TestStore::answersQueries()
{
    const auto database = open();
    EvictionRow other = eviction("u3", 30);
    other.pool = "staging";
    EvictionRow elsewhere = eviction("u4", 40);
    elsewhere.cluster = "c2";
    QVERIFY(database->addEvictions({eviction("u1", 10), eviction("u2", 20), other, elsewhere}).ok());
    QCOMPARE(database->evictions({.cluster = "c1"})->size(), std::size_t(3));
    QCOMPARE(database->evictions({.cluster = "c1"})->front().key, std::string("u3"));
    QCOMPARE(database->evictions({.cluster = "c1", .pool = "prod"})->size(), std::size_t(2));
    QCOMPARE(database->evictions({.cluster = "c1", .since = at(20)})->size(), std::size_t(2));
    QCOMPARE(database->evictions({.cluster = "c1", .limit = 1})->size(), std::size_t(1));
    QCOMPARE(database->evictions({.cluster = "c1", .ns = "none"})->size(), std::size_t(0));
}

void TestStore::findsLeftOperations()
{
    const auto database = open();
    OperationRow row;
    row.cluster = "c1";
    row.context = "admin";
    row.ns = "ci";
    row.release = "prod-eu";
    row.action = "upgrade";
    row.started = at(1);
    const auto ended = database->beginOperation(row);
    const auto left = database->beginOperation(row);
    QVERIFY(ended.ok() && left.ok() && *ended != *left);
    QVERIFY(database->setRevision(*left, 8).ok());
    QVERIFY(database->addStep(*left, {"apply", "StatefulSet/prod-eu", "running", "", at(2)}).ok());
    QVERIFY(database->addStep(*left, {"apply", "StatefulSet/prod-eu", "done", "", at(3)}).ok());
    QVERIFY(database->addStep(*left, {"wait", "StatefulSet/prod-eu", "waiting", "Ready: 1/2", at(4)}).ok());
    QVERIFY(database->endOperation(*ended, "done", "", at(5)).ok());
    const auto rows = database->leftOperations("c1");
    QVERIFY(rows.ok());
    QCOMPARE(rows->size(), std::size_t(1));
    QCOMPARE(rows->front().id, *left);
    QCOMPARE(rows->front().revision, 8);
    QCOMPARE(rows->front().steps.size(), std::size_t(2));
    QCOMPARE(rows->front().steps[0].state, std::string("done"));
    QCOMPARE(rows->front().steps[1].detail, std::string("Ready: 1/2"));
}

void TestStore::keepsNoSecrets()
{
    const auto database = open();
    const auto id = database->beginOperation({});
    QVERIFY(id.ok());
    QVERIFY(database->addStep(*id, {"apply", "Secret/x", "failed", "Authorization: Bearer abcdef123456", at(1)}).ok());
    const auto rows = database->leftOperations("");
    QVERIFY(rows.ok() && rows->size() == 1);
    QVERIFY2(rows->front().steps[0].detail.find("abcdef") == std::string::npos, rows->front().steps[0].detail.c_str());
}

void TestStore::keepsApprovals()
{
    const auto database = open();
    QVERIFY(database->approve({"h1", "aws", at(1)}).ok());
    QVERIFY(database->approve({"h2", "gke", at(2)}).ok());
    QVERIFY(database->revoke("h1").ok());
    QCOMPARE(database->approvals()->size(), std::size_t(1));
    QCOMPARE(database->approvals()->front().command, std::string("gke"));
}

void TestStore::forgetsOldDiskFigures()
{
    const auto database = open();
    const int month = 31 * 24 * 3600;
    QVERIFY(database->addDisk({{"c1", "node/n1", at(0), 10, 100, 0, 0}}).ok());
    QVERIFY(database->addDisk({{"c1", "node/n1", at(month), 20, 100, 1, 2}}).ok());
    const auto rows = database->disk("c1", "node/n1", {});
    QVERIFY(rows.ok());
    QCOMPARE(rows->size(), std::size_t(1));
    QCOMPARE(rows->front().used, std::int64_t(20));
    QCOMPARE(rows->front().inodes, std::int64_t(2));
}

void TestStore::answersOnTheAskersThread()
{
    Loop loop;
    {
        Store store(path(), loop.post());
        store.addEvictions({eviction("u1", 1)});
        store.evictions({.cluster = "c1"}, [&](Result<std::vector<EvictionRow>> rows) {
            QVERIFY(rows.ok());
            QCOMPARE(rows->size(), std::size_t(1)); // What was written before is there.
        });
        loop.runOne();
        store.addEvictions({eviction("u2", 2)}); // Finished by the destructor.
    }
    QCOMPARE(open()->evictions({.cluster = "c1"})->size(), std::size_t(2));
}

void TestStore::aDamagedFileIsToldAndNothingElseStops()
{
    QDir(m_folder->path()).mkpath(QStringLiteral("a"));
    QFile file(QString::fromStdString(path()));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(8192, 'x'));
    file.close();
    Loop loop;
    log::setSink([](log::Level, std::string_view, std::string_view) {});
    Store store(path(), loop.post());
    store.addEvictions({eviction("u1", 1)});
    std::string id;
    store.state([&](Result<bool> state) { id = state.ok() ? "ok" : state.error().id; });
    loop.runOne();
    QCOMPARE(id, std::string("store.damaged"));
}

void TestStore::aLockedFileIsTold()
{
    const auto first = open();
    const auto second = open();
    QVERIFY(first->addEvictions({eviction("u1", 1)}).ok());
    QVERIFY(second->addEvictions({eviction("u2", 1)}).ok()); // Two may write, one after the other.
    Result<std::unique_ptr<Database>> folder = Database::open(m_folder->path().toStdString());
    QVERIFY(!folder.ok());
    QCOMPARE(folder.error().id, std::string("store.unavailable"));

    // Somebody keeps the file to himself.
    QProcess holder;
    holder.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--hold"), QString::fromStdString(path())});
    QVERIFY(holder.waitForReadyRead(20'000));
    const auto refused = first->addEvictions({eviction("u3", 1)});
    holder.kill();
    holder.waitForFinished();
    QVERIFY(!refused.ok());
    QCOMPARE(refused.error().id, std::string("store.locked"));
    QVERIFY(first->addEvictions({eviction("u3", 1)}).ok());
}

void TestStore::aNewerFileIsLeftAlone()
{
    open();
    {
        QProcess::execute(
            QCoreApplication::applicationFilePath(), {QStringLiteral("--age"), QString::fromStdString(path())});
    }
    const auto database = Database::open(path());
    QVERIFY(!database.ok());
    QCOMPARE(database.error().id, std::string("store.newer"));
}

void TestStore::survivesKill()
{
    open(); // Makes the folder.
    for (int round = 0; round < 5; ++round) {
        QProcess child;
        child.start(
            QCoreApplication::applicationFilePath(), {QStringLiteral("--write"), QString::fromStdString(path())});
        QByteArray told;
        while (told.count('\n') < 20 * (round + 1)) {
            QVERIFY(child.waitForReadyRead(20'000));
            told += child.readAllStandardOutput();
        }
        ::kill(static_cast<pid_t>(child.processId()), SIGKILL);
        child.waitForFinished();
        told += child.readAllStandardOutput();
        const auto database = open();
        const auto rows = database->evictions({.cluster = "c1", .limit = 1'000'000});
        QVERIFY(rows.ok());
        std::set<std::string> keys;
        for (const EvictionRow &row : *rows)
            keys.insert(row.key);
        // What it said to have written is there.
        for (const QByteArray &key : told.left(told.lastIndexOf('\n')).split('\n'))
            QVERIFY2(keys.contains(key.toStdString()), key.constData());
    }
}

namespace {

/// The other processes of these tests.
int playChild(const char *what, const char *path)
{
    if (std::string_view(what) == "--write") {
        const auto database = Database::open(path);
        for (int i = 0; database.ok(); ++i) {
            const std::string key = std::to_string(::getpid()) + '-' + std::to_string(i);
            if (!(*database)->addEvictions({eviction(key, i)}).ok())
                return 1;
            std::printf("%s\n", key.c_str());
            std::fflush(stdout);
        }
        return 1;
    }
    sqlite3 *handle = nullptr;
    sqlite3_open(path, &handle);
    if (std::string_view(what) == "--age") {
        sqlite3_exec(handle, "PRAGMA user_version=999", nullptr, nullptr, nullptr);
        return sqlite3_close(handle);
    }
    sqlite3_exec(handle, "BEGIN EXCLUSIVE", nullptr, nullptr, nullptr);
    std::puts("held");
    std::fflush(stdout);
    ::pause();
    return 0;
}

} // namespace

int main(int argc, char *argv[])
{
    if (argc == 3 && std::string_view(argv[1]).starts_with("--"))
        return playChild(argv[1], argv[2]);
    QCoreApplication application(argc, argv);
    TestStore test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_store.moc"
