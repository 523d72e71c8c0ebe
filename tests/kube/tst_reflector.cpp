// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/clientfixture.h"
#include "support/scriptedserver.h"

#include <QTest>

#include <atomic>
#include <thread>

using namespace pk;
using namespace pk::kube;
using namespace std::chrono_literals;
using test::ClientFixture;
using test::ScriptedServer;
using test::ServerConnection;
using test::ServerRequest;
using test::text;

namespace {

std::string pod(const std::string &name, int version, const std::string &more = {})
{
    return R"({"metadata":{"name":")" + name + R"(","namespace":"ns","uid":"u-)" + name + R"(","resourceVersion":")"
        + std::to_string(version) + "\"}" + more + "}";
}

std::string list(const std::vector<std::string> &items, int version, const std::string &next = {})
{
    std::string body = R"({"kind":"PodList","metadata":{"resourceVersion":")" + std::to_string(version) + "\"";
    if (!next.empty())
        body += R"(,"continue":")" + next + "\"";
    body += "},\"items\":[";
    for (std::size_t i = 0; i < items.size(); ++i)
        body += (i ? "," : "") + items[i];
    return body + "]}";
}

std::string eventLine(const std::string &type, const std::string &object)
{
    return R"({"type":")" + type + R"(","object":)" + object + "}\n";
}

std::string status(int code, const std::string &reason)
{
    return R"({"kind":"Status","status":"Failure","message":"m","reason":")" + reason + R"(","code":)"
        + std::to_string(code) + "}";
}

/// What a receiver makes of the updates: a table, and a story.
class Table
{
public:
    void take(const WatchUpdate<std::string> &update)
    {
        if (update.replaced) {
            names.clear();
            ++lists;
        }
        for (const auto &change : update.changes) {
            if (change.kind == ChangeKind::Deleted)
                names.removeAll(text(change.key.name));
            else if (!names.contains(text(change.key.name)))
                names << text(change.key.name);
            story << u"+~-"_qs.mid(int(change.kind), 1) + text(change.key.name);
        }
        undecodable += update.undecodable;
        state = update.state;
        phases << int(update.state.phase);
    }

    QStringList names, story;
    QList<int> phases;
    WatchState state;
    int lists = 0, undecodable = 0;
};

/// A watch of the pods of a scripted server, with very short waits.
class Watching
{
public:
    explicit Watching(const ScriptedServer &server, Decoder<std::string> decoder = test::nameDecoder()) :
        m_fixture(ClientFixture::plain(server.url()))
    {
        WatchSpec spec{.resource = test::pods(), .nameSpace = "ns", .selection = {.labels = "app=x"}};
        spec.firstBackoff = 5ms;
        spec.longestBackoff = 20ms;
        spec.silence = 300ms;
        spec.lineLimit = 10'000;
        m_call = m_fixture.client.watch<std::string>(
            spec, std::move(decoder), [this](const WatchUpdate<std::string> &update) { table.take(update); });
    }
    template <class Done> bool until(Done done) { return m_fixture.loop->runUntil(done); }
    void cancel() { m_call.cancel(); }
    test::ManualLoop &loop() { return *m_fixture.loop; }

    Table table;

private:
    ClientFixture m_fixture;
    http::Call m_call;
};

using Phase = WatchState::Phase;

} // namespace

class TestReflector : public QObject
{
    Q_OBJECT

private slots:
    void listThenEvents();
    void pagesAndABrokenPage();
    void faults_data();
    void faults();
    void expiredListsAgain();
    void forbiddenThenAllowed();
    void unreachableIsStale();
    void undecodableObjectsAreCounted();
    void cancelledWatchIsSilent();
    void tenThousandPods();
};

void TestReflector::listThenEvents()
{
    const ScriptedServer server([](const ServerRequest &request, ServerConnection &connection) {
        if (!request.query("watch"))
            return connection.respond(200, list({pod("a", 1), pod("b", 2)}, 10));
        connection.beginStream();
        const std::string events = eventLine("ADDED", pod("c", 11)) + eventLine("MODIFIED", pod("a", 12))
            + eventLine("BOOKMARK", R"({"kind":"Pod","spec":{"containers":null},"metadata":{"resourceVersion":"15"}})")
            + eventLine("DELETED", pod("b", 16));
        for (const char byte : events) // As badly cut as can be.
            connection.chunk({&byte, 1});
        connection.waitForEnd(20s);
    });
    Watching watching(server);
    QVERIFY(watching.until([&] { return watching.table.story.size() == 5; }));
    QCOMPARE(watching.table.story, (QStringList{u"+a"_qs, u"+b"_qs, u"+c"_qs, u"~a"_qs, u"-b"_qs}));
    QCOMPARE(watching.table.names, (QStringList{u"a"_qs, u"c"_qs}));
    QCOMPARE(watching.table.state.phase, Phase::Live);
    const auto requests = server.requests();
    QCOMPARE(text(*requests[0].query("resourceVersion")), u"0"_qs);
    QCOMPARE(text(*requests[0].query("labelSelector")), u"app%3Dx"_qs);
    QCOMPARE(text(requests[1].path()), u"/api/v1/namespaces/ns/pods"_qs);
    QCOMPARE(text(*requests[1].query("resourceVersion")), u"10"_qs);
    QCOMPARE(text(*requests[1].query("allowWatchBookmarks")), u"true"_qs);
    const int seconds = std::stoi(*requests[1].query("timeoutSeconds"));
    QVERIFY(seconds >= 300 && seconds <= 600);
}

void TestReflector::pagesAndABrokenPage()
{
    std::atomic<int> second = 0;
    const ScriptedServer server([&](const ServerRequest &request, ServerConnection &connection) {
        if (request.query("watch")) {
            connection.beginStream();
            connection.waitForEnd(20s);
        } else if (!request.query("continue")) {
            connection.respond(200, list({pod("a", 1)}, 10, "page2"));
        } else if (++second == 1) {
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n" + list({pod("b", 2)}, 10).substr(0, 150));
            connection.cut();
        } else {
            connection.respond(200, list({pod("b", 2), pod("c", 3)}, 10));
        }
    });
    Watching watching(server);
    QVERIFY(watching.until([&] { return watching.table.state.phase == Phase::Live; }));
    QCOMPARE(watching.table.story, (QStringList{u"+a"_qs, u"+b"_qs, u"+c"_qs}));
    QCOMPARE(watching.table.lists, 1);
}

void TestReflector::faults_data()
{
    QTest::addColumn<int>("fault");
    QTest::addColumn<QString>("resumedFrom"); // version of the watch after the fault
    QTest::addColumn<bool>("stale");
    QTest::newRow("the server ends the watch politely") << 0 << u"11"_qs << false;
    QTest::newRow("cut between events") << 1 << u"11"_qs << true;
    QTest::newRow("half an object") << 2 << u"11"_qs << true;
    QTest::newRow("not JSON") << 3 << u"11"_qs << true;
    QTest::newRow("an event of a type nobody knows") << 4 << u"11"_qs << true;
    QTest::newRow("a line without end") << 5 << u"11"_qs << true;
    QTest::newRow("silence") << 6 << u"11"_qs << true;
    QTest::newRow("429 as an event") << 7 << u"11"_qs << true;
    QTest::newRow("internal error as an event") << 8 << u"11"_qs << true;
    QTest::newRow("a storm of 429") << 9 << u"11"_qs << true;
    QTest::newRow("503 with HTML") << 10 << u"11"_qs << true;
    QTest::newRow("bookmark, then cut") << 11 << u"77"_qs << true;
}

void TestReflector::faults()
{
    QFETCH(int, fault);
    QFETCH(QString, resumedFrom);
    QFETCH(bool, stale);
    std::atomic<int> watches = 0;
    std::atomic<bool> isStale = false;
    const ScriptedServer server([&](const ServerRequest &request, ServerConnection &connection) {
        if (!request.query("watch"))
            return connection.respond(200, list({pod("a", 1)}, 10));
        const int turn = ++watches;
        const bool storm = fault == 9 || fault == 10;
        if (turn > (storm ? 6 : 1)) {
            // A receiver hears only the newest state: this one must not overtake the one before.
            for (int i = 0; stale && !isStale && i < 5000; ++i)
                std::this_thread::sleep_for(1ms);
            connection.beginStream();
            connection.chunk(eventLine("ADDED", pod("late", 99)));
            connection.waitForEnd(20s);
            return;
        }
        if (turn > 1)
            return fault == 9 ? connection.respond(429, status(429, "TooManyRequests"))
                              : connection.respond(503, "<html>proxy</html>", "text/html");
        connection.beginStream();
        connection.chunk(eventLine("ADDED", pod("b", 11)));
        if (fault == 0)
            return connection.endChunks();
        if (fault == 2)
            connection.chunk(eventLine("ADDED", pod("half", 12)).substr(0, 30));
        if (fault == 3)
            connection.chunk("<html>\n");
        if (fault == 4)
            connection.chunk(eventLine("RENAMED", pod("x", 12)));
        if (fault == 5)
            connection.chunk(eventLine("ADDED", pod("x", 12, ",\"x\":\"" + std::string(20'000, 'x') + "\"")));
        if (fault == 6)
            connection.waitForEnd(20s);
        if (fault == 7)
            connection.chunk(eventLine("ERROR", status(429, "TooManyRequests")));
        if (fault == 8)
            connection.chunk(eventLine("ERROR", status(500, "InternalError")));
        if (fault == 11)
            connection.chunk(eventLine("BOOKMARK", R"({"metadata":{"resourceVersion":"77"}})"));
        if (fault >= 3 && fault <= 8)
            connection.waitForEnd(2s); // It is the client that hangs up.
        connection.cut();
    });
    Watching watching(server);
    QVERIFY(watching.until([&] {
        isStale = watching.table.phases.contains(int(Phase::Stale));
        return watching.table.names.contains(u"late"_qs);
    }));
    QCOMPARE(watching.table.names, (QStringList{u"a"_qs, u"b"_qs, u"late"_qs}));
    QCOMPARE(watching.table.lists, 1);
    QCOMPARE(watching.table.state.phase, Phase::Live);
    QCOMPARE(watching.table.phases.contains(int(Phase::Stale)), stale);
    QCOMPARE(text(*server.requests().back().query("resourceVersion")), resumedFrom);
}

void TestReflector::expiredListsAgain()
{
    std::atomic<int> lists = 0, watches = 0;
    const ScriptedServer server([&](const ServerRequest &request, ServerConnection &connection) {
        if (!request.query("watch")) {
            const int turn = ++lists;
            if (turn == 1)
                return connection.respond(200, list({pod("a", 1), pod("gone", 2)}, 10));
            // The cache does not know the old version any more either.
            if (turn == 2)
                return connection.respond(410, status(410, "Expired"));
            return connection.respond(200, list({pod("a", 1), pod("new", 30)}, 40));
        }
        connection.beginStream();
        if (++watches == 1) {
            connection.chunk(eventLine("ERROR", status(410, "Expired")));
            connection.waitForEnd(2s);
            return connection.cut();
        }
        connection.waitForEnd(20s);
    });
    Watching watching(server);
    QVERIFY(watching.until([&] { return watching.table.lists == 2; }));
    QCOMPARE(watching.table.names, (QStringList{u"a"_qs, u"new"_qs}));
    QVERIFY(server.waitForRequests(5));
    const auto requests = server.requests();
    QCOMPARE(text(*requests[2].query("resourceVersion")), u"10"_qs);
    QVERIFY(!requests[3].query("resourceVersion"));
    QCOMPARE(text(*requests[4].query("resourceVersion")), u"40"_qs);
}

void TestReflector::forbiddenThenAllowed()
{
    std::atomic<int> lists = 0;
    const ScriptedServer server([&](const ServerRequest &request, ServerConnection &connection) {
        if (!request.query("watch"))
            return ++lists < 3 ? connection.respond(403, status(403, "Forbidden"))
                               : connection.respond(200, list({pod("a", 1)}, 10));
        connection.beginStream();
        connection.waitForEnd(20s);
    });
    Watching watching(server);
    QVERIFY(watching.until([&] { return watching.table.state.phase == Phase::Forbidden; }));
    QCOMPARE(text(watching.table.state.error.id), u"kube.forbidden"_qs);
    QVERIFY(watching.until([&] { return watching.table.state.phase == Phase::Live; }));
    QVERIFY(watching.table.state.error.message.empty());
}

void TestReflector::unreachableIsStale()
{
    std::optional<ScriptedServer> server;
    server.emplace([](const ServerRequest &request, ServerConnection &connection) {
        if (!request.query("watch"))
            return connection.respond(200, list({pod("a", 1)}, 10));
        connection.beginStream();
        connection.waitForEnd(20s);
    });
    Watching watching(*server);
    QVERIFY(watching.until([&] { return watching.table.state.phase == Phase::Live; }));
    server.reset();
    QVERIFY(watching.until([&] { return watching.table.state.phase == Phase::Stale; }));
    const auto since = watching.table.state.since;
    const auto updates = watching.table.phases.size();
    QVERIFY(watching.until([&] { return watching.table.phases.size() > updates + 3; }));
    QVERIFY2(watching.table.state.since == since, "stale since the first failure");
    QCOMPARE(watching.table.names, QStringList{u"a"_qs});
    QCOMPARE(text(watching.table.state.error.id), u"http.connect"_qs);
}

void TestReflector::undecodableObjectsAreCounted()
{
    const ScriptedServer server([](const ServerRequest &request, ServerConnection &connection) {
        if (!request.query("watch"))
            return connection.respond(200, list({pod("a", 1), pod("bad", 2), "{}"}, 10));
        connection.beginStream();
        connection.chunk(eventLine("ADDED", pod("bad", 11)) + eventLine("ADDED", pod("c", 12)));
        connection.waitForEnd(20s);
    });
    Watching watching(server, [](std::string_view json) -> Result<std::string> {
        if (json.find("bad") != json.npos)
            return Error{.message = "bad"};
        return std::string(json);
    });
    QVERIFY(watching.until([&] { return watching.table.names.contains(u"c"_qs); }));
    QCOMPARE(watching.table.undecodable, 3);
    QCOMPARE(watching.table.names, (QStringList{u"a"_qs, u"c"_qs}));
}

void TestReflector::cancelledWatchIsSilent()
{
    std::atomic<bool> ended = false;
    const ScriptedServer server([&](const ServerRequest &request, ServerConnection &connection) {
        if (!request.query("watch"))
            return connection.respond(200, list({pod("a", 1)}, 10));
        connection.beginStream();
        ended = connection.waitForEnd(20s);
    });
    {
        Watching watching(server);
        QVERIFY(watching.until([&] { return watching.table.lists == 1; }));
        QVERIFY(server.waitForRequests(2));
        const auto updates = watching.table.phases.size();
        watching.cancel();
        watching.loop().runPending();
        QCOMPARE(watching.table.phases.size(), updates);
    }
    QTRY_VERIFY(ended); // The server has seen the end of the stream.
}

void TestReflector::tenThousandPods()
{
    std::vector<std::string> items;
    for (int i = 0; i < 10'000; ++i)
        items.push_back(pod("p" + std::to_string(i), i, ",\"spec\":{\"x\":\"" + std::string(500, 'x') + "\"}"));
    const std::string body = list(items, 10'000);
    const ScriptedServer server([&](const ServerRequest &request, ServerConnection &connection) {
        if (!request.query("watch"))
            return connection.respond(200, body);
        connection.beginStream();
        for (int i = 0; i < 100; ++i)
            connection.chunk(
                eventLine("MODIFIED", items[std::size_t(i)]) + eventLine("MODIFIED", items[std::size_t(i)]));
        connection.waitForEnd(100s);
    });
    qsizetype added = 0, updated = 0;
    ClientFixture fixture(ClientFixture::plain(server.url()));
    const auto call = fixture.client.watch<int>(
        {.resource = test::pods(), .nameSpace = "ns"},
        [](std::string_view json) -> Result<int> { return int(json.size()); },
        [&](const WatchUpdate<int> &update) {
            for (const auto &change : update.changes)
                ++(change.kind == ChangeKind::Added ? added : updated);
        });
    QVERIFY(fixture.loop->runUntil([&] { return added == 10'000 && updated == 200; }, 100s));
}

QTEST_GUILESS_MAIN(TestReflector)
#include "tst_reflector.moc"
