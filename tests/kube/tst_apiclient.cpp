// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/clientfixture.h"
#include "support/scriptedserver.h"

#include <QTest>

#include <atomic>

using namespace pk;
using namespace pk::kube;
using namespace std::chrono_literals;
using test::ClientFixture;
using test::ScriptedServer;
using test::ServerConnection;
using test::ServerRequest;
using test::text;

namespace {

std::string status(int code, const std::string &reason)
{
    return R"({"kind":"Status","message":"words","reason":")" + reason + R"(","code":)" + std::to_string(code) + "}";
}

Answer<Value> get(ClientFixture &fixture, const CallOptions &options = {})
{
    return fixture.wait<Value>([&](auto done) { return fixture.client.get({test::pods(), "ns", "p"}, done, options); });
}

/// Collects the parts of a log until it ends.
class Log
{
public:
    Log(const ScriptedServer &server, const LogOptions &options) : m_fixture(ClientFixture::plain(server.url()))
    {
        m_call = m_fixture.client.logs({test::pods(), "ns", "p"}, options, [this](const LogChunk &chunk) {
            for (const LogLine &line : chunk.lines)
                lines << text(line.text);
            reconnects += chunk.reconnecting;
            ended = chunk.ended;
            error = chunk.error ? text(chunk.error->id) : QString();
        });
        finished = m_fixture.loop->runUntil([this] { return ended; });
    }

    QStringList lines;
    QString error;
    int reconnects = 0;
    bool ended = false, finished = false;

private:
    ClientFixture m_fixture;
    http::Call m_call;
};

} // namespace

class TestApiClient : public QObject
{
    Q_OBJECT

private slots:
    void answersThatAreNoObject_data();
    void answersThatAreNoObject();
    void busyServerIsAskedAgain();
    void busyServerForEver();
    void lostConnections_data();
    void lostConnections();
    void warningsAndAuditId();
    void prefixOfTheServer();
    void brokenPageIsTakenOnce();
    void expiredListBeginsAgain();
    void answersThatAreNoList_data();
    void answersThatAreNoList();
    void cancelledListIsSilent();
    void discoveryOfOldServers();
    void discoveryIgnoresOddNames();
    void discoveryKnowsKindsOfSubresources();
    void logEnds();
    void logResumesWithoutDuplicates();
    void logRefused();
};

void TestApiClient::answersThatAreNoObject_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("half") << QByteArray("{\"kind\":\"Pod\",\"metadata\":{\"na");
    QTest::newRow("HTML of a proxy") << QByteArray("<html>log in</html>");
    QTest::newRow("binary") << QByteArray("\x00\xFF\xFE", 3);
}

void TestApiClient::answersThatAreNoObject()
{
    QFETCH(QByteArray, body);
    const ScriptedServer server(
        [&](const ServerRequest &, ServerConnection &connection) { connection.respond(200, body.toStdString()); });
    ClientFixture fixture(ClientFixture::plain(server.url()));
    QCOMPARE(text(get(fixture).error().id), u"kube.not-json"_qs);
}

void TestApiClient::busyServerIsAskedAgain()
{
    std::atomic<int> turns = 0;
    const ScriptedServer server([&](const ServerRequest &, ServerConnection &connection) {
        if (++turns < 3)
            return connection.respond(429, status(429, "TooManyRequests"), "application/json", "Retry-After: 0\r\n");
        connection.respond(200, "{}");
    });
    ClientFixture fixture(ClientFixture::plain(server.url()));
    int waits = 0;
    CallOptions options;
    options.waiting = [&](std::chrono::milliseconds, const std::string &reason) { waits += reason == "server"; };
    const auto answer = get(fixture, options);
    QVERIFY(answer.ok());
    QCOMPARE(answer.info.tries, 3);
    QCOMPARE(waits, 2);
}

void TestApiClient::busyServerForEver()
{
    const ScriptedServer server([&](const ServerRequest &, ServerConnection &connection) {
        connection.respond(503, "<html>busy</html>", "text/html", "Retry-After: 0\r\n");
    });
    ClientFixture fixture(ClientFixture::plain(server.url()));
    const auto answer = get(fixture);
    QCOMPARE(text(answer.error().id), u"kube.server"_qs);
    QCOMPARE(text(answer.error().message), u"<html>busy</html>"_qs);
    QCOMPARE(server.requests().size(), std::size_t(3));
}

void TestApiClient::lostConnections_data()
{
    QTest::addColumn<bool>("write");
    QTest::addColumn<int>("requests");
    QTest::newRow("a GET is tried again") << false << 2;
    QTest::newRow("a write is not: it may have been done") << true << 1;
}

void TestApiClient::lostConnections()
{
    QFETCH(bool, write);
    QFETCH(int, requests);
    const ScriptedServer server([](const ServerRequest &, ServerConnection &connection) {
        connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
        connection.cut();
    });
    ClientFixture fixture(ClientFixture::plain(server.url()));
    const ObjectPath path{test::pods(), "ns", "p"};
    const auto answer = fixture.wait<Value>([&](auto done) {
        return write ? fixture.client.create(path, Value::map(), {.call = {.tries = 2}}, done)
                     : fixture.client.get(path, done, {.tries = 2});
    });
    QCOMPARE(text(answer.error().id), u"http.broken"_qs);
    QCOMPARE(int(server.requests().size()), requests);
}

void TestApiClient::warningsAndAuditId()
{
    const ScriptedServer server([](const ServerRequest &request, ServerConnection &connection) {
        const std::string headers = "Warning: 299 - \"would \\\"violate\\\" \x1b[1mit\"\r\nWarning: 199 - \"other\"\r\n"
                                    "Audit-Id: audit-7\r\n";
        if (request.method == "GET")
            connection.respond(200, "{}", "application/json", headers);
        else
            connection.respond(422, status(422, "Invalid"), "application/json", headers);
    });
    ClientFixture fixture(ClientFixture::plain(server.url()));
    const auto good = get(fixture);
    QCOMPARE(good.info.warnings.size(), std::size_t(1));
    QCOMPARE(text(good.info.warnings.front()), u"would \"violate\" it"_qs);
    const auto bad = fixture.wait<Value>([&](auto done) {
        return fixture.client.apply({test::pods(), "ns", "p"}, Value::map(), {}, done);
    });
    QCOMPARE(text(bad.info.apiError.auditId), u"audit-7"_qs);
    QCOMPARE(bad.info.warnings.size(), std::size_t(1));
    const auto request = server.requests().back();
    QCOMPARE(text(request.method), u"PATCH"_qs);
    QCOMPARE(text(request.header("Content-Type")), u"application/apply-patch+yaml"_qs);
    QCOMPARE(text(*request.query("fieldManager")), u"poolkeeper"_qs);
    QCOMPARE(text(*request.query("force")), u"false"_qs);
    QCOMPARE(text(*request.query("fieldValidation")), u"Strict"_qs);
}

void TestApiClient::prefixOfTheServer()
{
    const ScriptedServer server(
        [](const ServerRequest &, ServerConnection &connection) { connection.respond(200, "{}"); });
    ClientFixture fixture(ClientFixture::plain(server.url() + "/k8s/clusters/c-1/"));
    QVERIFY(get(fixture).ok());
    QCOMPARE(text(server.requests().back().path()), u"/k8s/clusters/c-1/api/v1/namespaces/ns/pods/p"_qs);
}

void TestApiClient::brokenPageIsTakenOnce()
{
    std::atomic<int> turns = 0;
    const ScriptedServer server([&](const ServerRequest &request, ServerConnection &connection) {
        const std::string second =
            R"({"metadata":{"resourceVersion":"5"},"items":[{"metadata":{"name":"b"}},{"metadata":{"name":"c"}}]})";
        if (!request.query("continue"))
            return connection.respond(
                200, R"({"metadata":{"continue":"x y"},"items":[{"metadata":{"name":"a"}},{"metadata":{}}]})");
        if (++turns > 1)
            return connection.respond(200, second);
        connection.send("HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n" + second.substr(0, second.size() - 10));
        connection.cut();
    });
    ClientFixture fixture(ClientFixture::plain(server.url()));
    const auto answer = fixture.wait<Listing<std::string>>([&](auto done) {
        return fixture.client.list<std::string>(
            {test::pods(), "ns"}, {.labels = "a=b"},
            [](std::string_view json) -> Result<std::string> {
                const auto name = test::nameDecoder()(json);
                return name && name->empty() ? Error{.message = "no name"} : name;
            },
            done);
    });
    QVERIFY(answer.ok());
    QCOMPARE(answer->items, (std::vector<std::string>{"a", "b", "c"}));
    QCOMPARE(text(answer->resourceVersion), u"5"_qs);
    QCOMPARE(answer->undecodable, 1);
    QCOMPARE(text(*server.requests().back().query("continue")), u"x%20y"_qs);
    QCOMPARE(text(*server.requests().back().query("labelSelector")), u"a%3Db"_qs);
    QCOMPARE(text(*server.requests().back().query("limit")), u"500"_qs);
}

void TestApiClient::expiredListBeginsAgain()
{
    std::atomic<int> expired = 0;
    const ScriptedServer server([&](const ServerRequest &request, ServerConnection &connection) {
        if (!request.query("continue"))
            return connection.respond(200, R"({"metadata":{"continue":"x"},"items":[{"metadata":{"name":"a"}}]})");
        if (++expired == 1)
            return connection.respond(410, status(410, "Expired"));
        connection.respond(200, R"({"metadata":{"resourceVersion":"5"},"items":[{"metadata":{"name":"b"}}]})");
    });
    ClientFixture fixture(ClientFixture::plain(server.url()));
    const auto answer = fixture.wait<Listing<std::string>>([&](auto done) {
        return fixture.client.list<std::string>({test::pods(), "ns"}, {}, test::nameDecoder(), done);
    });
    QVERIFY(answer.ok());
    QCOMPARE(answer->items, (std::vector<std::string>{"a", "b"}));
}

void TestApiClient::answersThatAreNoList_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("another object") << QByteArray("{\"kind\":\"Pod\"}");
    QTest::newRow("items are null") << QByteArray("{\"metadata\":{},\"items\":null}");
    QTest::newRow("no JSON") << QByteArray("hello");
}

void TestApiClient::answersThatAreNoList()
{
    QFETCH(QByteArray, body);
    const ScriptedServer server(
        [&](const ServerRequest &, ServerConnection &connection) { connection.respond(200, body.toStdString()); });
    ClientFixture fixture(ClientFixture::plain(server.url()));
    const auto answer = fixture.wait<Listing<std::string>>([&](auto done) {
        return fixture.client.list<std::string>({test::pods(), "ns"}, {}, test::nameDecoder(), done);
    });
    QCOMPARE(text(answer.error().id), u"kube.not-a-list"_qs);
}

void TestApiClient::cancelledListIsSilent()
{
    std::atomic<bool> ended = false;
    const ScriptedServer server([&](const ServerRequest &, ServerConnection &connection) {
        connection.beginStream();
        connection.chunk("{\"items\":[");
        ended = connection.waitForEnd(20s);
    });
    ClientFixture fixture(ClientFixture::plain(server.url()));
    bool called = false;
    auto call = fixture.client.list<std::string>(
        {test::pods(), "ns"}, {}, test::nameDecoder(), [&](const Answer<Listing<std::string>> &) { called = true; });
    QVERIFY(server.waitForRequests(1));
    call.cancel();
    QTRY_VERIFY(ended);
    fixture.loop->runPending();
    QVERIFY(!called);
}

void TestApiClient::discoveryOfOldServers()
{
    const ScriptedServer server([](const ServerRequest &request, ServerConnection &connection) {
        if (request.target == "/api")
            connection.respond(200, R"({"kind":"APIVersions","versions":["v1"]})");
        else if (request.target == "/apis")
            connection.respond(200,
                R"({"kind":"APIGroupList","groups":[{"name":"apps","versions":[{"groupVersion":"apps/v1"}]},)"
                R"({"name":"metrics.k8s.io","versions":[{"groupVersion":"metrics.k8s.io/v1beta1"}]}]})");
        else if (request.target == "/api/v1")
            connection.respond(200,
                R"({"resources":[{"name":"pods","kind":"Pod","namespaced":true,"verbs":["get"]},{"name":"pods/log","kind":"Pod"}]})");
        else if (request.target == "/apis/apps/v1")
            connection.respond(200, R"({"resources":[{"name":"deployments","kind":"Deployment","namespaced":true}]})");
        else
            connection.respond(503, "unavailable", "text/plain");
    });
    ClientFixture fixture(ClientFixture::plain(server.url()));
    const auto catalog = fixture.wait<ResourceCatalog>([&](auto done) { return fixture.client.discover(done); });
    QVERIFY(catalog.ok());
    QCOMPARE(catalog->resources.size(), std::size_t(2));
    QCOMPARE(text(catalog->find("apps/v1", "Deployment")->plural), u"deployments"_qs);
    QCOMPARE(catalog->unavailable, std::vector<std::string>{"metrics.k8s.io/v1beta1"});
    // Helm lists a version that is announced, whether or not its kinds can be had.
    QCOMPARE(catalog->apiVersions(),
        (std::vector<std::string>{"apps/v1", "apps/v1/Deployment", "metrics.k8s.io/v1beta1", "v1", "v1/Pod"}));
}

void TestApiClient::discoveryIgnoresOddNames()
{
    const ScriptedServer server([](const ServerRequest &request, ServerConnection &connection) {
        const std::string group = request.target == "/api" ? "" : "x.example";
        connection.respond(200,
            R"({"kind":"APIGroupDiscoveryList","items":[{"metadata":{"name":")" + group
                + R"("},"versions":[{"version":"v1","freshness":"Stale","resources":[)"
                  R"({"resource":"../../secrets","responseKind":{"kind":"Evil"}},)"
                  R"({"resource":"things","responseKind":{"kind":"Thing"},"scope":"Cluster","verbs":["list"]}]}]}]})");
    });
    ClientFixture fixture(ClientFixture::plain(server.url()));
    const auto catalog = fixture.wait<ResourceCatalog>([&](auto done) { return fixture.client.discover(done); });
    QVERIFY(catalog.ok());
    QCOMPARE(catalog->resources.size(), std::size_t(2));
    QVERIFY(!catalog->find("x.example/v1", "Thing")->namespaced);
    QCOMPARE(catalog->unavailable.size(), std::size_t(2));
    QCOMPARE(catalog->apiVersions(), std::vector<std::string>()); // Helm leaves out what is stale.
}

void TestApiClient::discoveryKnowsKindsOfSubresources()
{
    const ScriptedServer server([](const ServerRequest &request, ServerConnection &connection) {
        if (request.target == "/api")
            return connection.respond(200, R"({"kind":"APIGroupDiscoveryList","items":[]})");
        connection.respond(200,
            R"({"kind":"APIGroupDiscoveryList","items":[{"metadata":{"name":"apps"},"versions":[)"
            R"({"version":"v1","resources":[{"resource":"deployments","responseKind":{"kind":"Deployment"},)"
            R"("scope":"Namespaced","subresources":[{"subresource":"scale","responseKind":{"kind":"Scale"}},)"
            R"({"subresource":"status","responseKind":{"kind":"Deployment"}},{"subresource":"odd"}]}]},)"
            R"({"version":"v2","resources":[]}]}]})");
    });
    ClientFixture fixture(ClientFixture::plain(server.url()));
    const auto catalog = fixture.wait<ResourceCatalog>([&](auto done) { return fixture.client.discover(done); });
    QVERIFY(catalog.ok());
    QCOMPARE(catalog->apiVersions(),
        (std::vector<std::string>{"apps/v1", "apps/v1/Deployment", "apps/v1/Scale", "apps/v2"}));
    QVERIFY(!catalog->find("apps/v1", "Scale"));
}

void TestApiClient::logEnds()
{
    const ScriptedServer server([](const ServerRequest &request, ServerConnection &connection) {
        connection.respond(200,
            "2026-01-02T03:04:05.1Z one\n2026-01-02T03:04:05.2Z \nno time\n2026-01-02T03:04:06Z half", "text/plain");
        Q_UNUSED(request);
    });
    const Log log(server, {.container = "launcher", .previous = true, .tailLines = 7});
    QVERIFY(log.finished);
    QCOMPARE(log.lines, (QStringList{u"one"_qs, QString::fromUtf8(""), u"no time"_qs, u"half"_qs}));
    QCOMPARE(log.error, QString());
    const auto request = server.requests().front();
    QCOMPARE(text(request.path()), u"/api/v1/namespaces/ns/pods/p/log"_qs);
    QCOMPARE(text(*request.query("container")), u"launcher"_qs);
    QCOMPARE(text(*request.query("previous")), u"true"_qs);
    QCOMPARE(text(*request.query("tailLines")), u"7"_qs);
}

void TestApiClient::logResumesWithoutDuplicates()
{
    std::atomic<int> turns = 0;
    const ScriptedServer server([&](const ServerRequest &, ServerConnection &connection) {
        connection.beginStream(200, "text/plain");
        if (++turns == 1) {
            connection.chunk("2026-01-02T03:04:05.1Z a\n2026-01-02T03:04:05.2Z b\n2026-01-02T03:04:05.2Z b\n2026-01");
            return connection.cut();
        }
        // The server counts from the whole second.
        connection.chunk("2026-01-02T03:04:05.1Z a\n2026-01-02T03:04:05.2Z b\n2026-01-02T03:04:05.2Z b\n"
                         "2026-01-02T03:04:05.2Z c\n2026-01-02T03:04:05.3Z b\n");
        connection.endChunks();
    });
    const Log log(server, {.follow = true, .tailLines = 10});
    QVERIFY(log.finished);
    QCOMPARE(log.lines, (QStringList{u"a"_qs, u"b"_qs, u"b"_qs, u"c"_qs, u"b"_qs}));
    QCOMPARE(log.reconnects, 1);
    const auto resumed = server.requests().back();
    QCOMPARE(text(*resumed.query("sinceTime")), u"2026-01-02T03%3A04%3A05.2Z"_qs);
    QVERIFY(!resumed.query("tailLines"));
}

void TestApiClient::logRefused()
{
    const ScriptedServer server([](const ServerRequest &, ServerConnection &connection) {
        connection.respond(400, status(400, "BadRequest"));
    });
    const Log log(server, {.follow = true});
    QVERIFY(log.finished);
    QCOMPARE(log.error, u"kube.refused"_qs);
    QCOMPARE(server.requests().size(), std::size_t(1));
}

QTEST_GUILESS_MAIN(TestApiClient)
#include "tst_apiclient.moc"
