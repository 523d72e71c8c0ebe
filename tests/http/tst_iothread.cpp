// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/log.h"
#include "http/iothread.h"
#include "support/manualloop.h"
#include "support/scriptedserver.h"

#include <QTest>

#include <mutex>

using namespace pk;
using namespace pk::http;
using namespace std::chrono_literals;
using test::ScriptedServer;
using test::ServerConnection;
using test::ServerRequest;

namespace {

QString text(const std::string &utf8)
{
    return QString::fromStdString(utf8);
}

/// Sends one request and waits for its answer.
class Asker
{
public:
    explicit Asker(IoThread::Options options = {}) : m_io(std::move(options)) { }

    Result<Response> ask(Request request)
    {
        std::optional<Result<Response>> answer;
        const Call call =
            m_io.send(std::move(request), m_loop, [&](Result<Response> response) { answer = std::move(response); });
        if (!m_loop->runUntil([&] { return answer.has_value(); }))
            return Error{.message = "the test waited too long"};
        return *answer;
    }
    std::string idOf(Request request)
    {
        const auto answer = ask(std::move(request));
        return answer ? "status " + std::to_string(answer->status) : answer.error().id;
    }

    const std::shared_ptr<test::ManualLoop> m_loop = std::make_shared<test::ManualLoop>();
    IoThread m_io;
};

void echo(const ServerRequest &request, ServerConnection &connection)
{
    connection.respond(200, request.method + " " + request.target + " " + request.body, "text/plain", "X-Two: 2\r\n");
}

struct Authorities
{
    test::Certificate good = test::makeAuthority("good");
    test::Certificate other = test::makeAuthority("other");
    test::Certificate server = test::makeCertificate(good, "server", "DNS:api.example.test,IP:127.0.0.1");
    test::Certificate elsewhere = test::makeCertificate(good, "elsewhere", "DNS:api.example.test");
    test::Certificate client = test::makeCertificate(good, "jo", {}, "devs");
};

const Authorities &authorities()
{
    static const Authorities all;
    return all;
}

} // namespace

class TestIoThread : public QObject
{
    Q_OBJECT

private slots:
    void answers();
    void sendsMethodAndBody();
    void failures_data();
    void failures();
    void tls_data();
    void tls();
    void serverNameLeadsToTheRealHost();
    void clientCertificateIsShown();
    void redirectsAreNotFollowed();
    void badRequests_data();
    void badRequests();
    void aDeadCallIsNeverCalledBack();
    void aCallbackMayDestroyItsCall();
    void stoppingWithPendingCalls();
    void manyAtOnce();
    void timersRunInOrder();
    void secretsStayOutOfTheLog();
};

void TestIoThread::answers()
{
    const ScriptedServer server(echo);
    Asker asker;
    const auto answer = asker.ask({.url = server.url() + "/a?b=c"});
    QVERIFY(answer.ok());
    QCOMPARE(answer->status, 200);
    QCOMPARE(text(answer->body), u"GET /a?b=c "_qs);
    QVERIFY(findHeader(answer->headers, "x-TWO"));
    QCOMPARE(text(*findHeader(answer->headers, "x-TWO")), u"2"_qs);
}

void TestIoThread::sendsMethodAndBody()
{
    const ScriptedServer server(echo);
    Asker asker;
    for (const char *method : {"POST", "PUT", "PATCH", "DELETE"}) {
        const auto answer = asker.ask({.method = method,
            .url = server.url() + "/x",
            .headers = {{"Content-Type", "application/json"}},
            .secretHeaders = {{"Authorization", Redacted("Bearer t")}},
            .body = "{}"});
        QVERIFY(answer.ok());
        QCOMPARE(text(answer->body), text(std::string(method) + " /x {}"));
        const auto request = server.requests().back();
        QCOMPARE(text(request.header("Content-Type")), u"application/json"_qs);
        QCOMPARE(text(request.header("Authorization")), u"Bearer t"_qs);
        QCOMPARE(text(request.header("Expect")), QString());
    }
}

void TestIoThread::failures_data()
{
    QTest::addColumn<int>("fault");
    QTest::addColumn<QString>("id");
    QTest::newRow("cut before the answer") << 0 << u"http.broken"_qs;
    QTest::newRow("cut in the head") << 1 << u"http.broken"_qs;
    QTest::newRow("cut in the body") << 2 << u"http.broken"_qs;
    QTest::newRow("body over the limit") << 3 << u"http.too-large"_qs;
    QTest::newRow("headers without end") << 4 << u"http.too-large"_qs;
    QTest::newRow("no answer in time") << 5 << u"http.timeout"_qs;
    QTest::newRow("a stream gone silent") << 6 << u"http.silent"_qs;
    QTest::newRow("not HTTP") << 7 << u"http.broken"_qs;
}

void TestIoThread::failures()
{
    QFETCH(int, fault);
    QFETCH(QString, id);
    const ScriptedServer server([fault](const ServerRequest &, ServerConnection &connection) {
        const std::string kilobyte(1000, 'x');
        if (fault == 1)
            connection.send("HTTP/1.1 200 OK\r\nContent-Le");
        if (fault == 2)
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
        if (fault == 3)
            connection.respond(200, std::string(2000, 'x'));
        if (fault == 4) {
            connection.send("HTTP/1.1 200 OK\r\n");
            while (connection.send("X-More: " + kilobyte + "\r\n")) { }
        }
        if (fault == 5)
            connection.waitForEnd(20s);
        if (fault == 6) {
            connection.beginStream();
            connection.chunk("one");
            connection.waitForEnd(20s);
        }
        if (fault == 7)
            connection.send("SSH-2.0-OpenSSH_9.2\r\n\r\n\r\n");
        connection.cut();
    });
    Asker asker;
    Request request{.url = server.url(), .bodyLimit = 1500};
    if (fault == 5)
        request.timeout = 200ms;
    if (fault == 6)
        request.idleTimeout = 100ms;
    QCOMPARE(text(asker.idOf(request)), id);
}

void TestIoThread::tls_data()
{
    QTest::addColumn<bool>("rightRoot");
    QTest::addColumn<bool>("rightName");
    QTest::addColumn<bool>("insecure");
    QTest::addColumn<QString>("expected");
    QTest::newRow("right root and name") << true << true << false << u"status 200"_qs;
    QTest::newRow("root of somebody else") << false << true << false << u"http.certificate"_qs;
    QTest::newRow("name of somebody else") << true << false << false << u"http.certificate"_qs;
    QTest::newRow("nothing right, insecure") << false << false << true << u"status 200"_qs;
}

void TestIoThread::tls()
{
    QFETCH(bool, rightRoot);
    QFETCH(bool, rightName);
    QFETCH(bool, insecure);
    QFETCH(QString, expected);
    const ScriptedServer server(
        echo, ScriptedServer::TlsFiles{rightName ? authorities().server : authorities().elsewhere});
    Asker asker;
    Request request{.url = server.url()};
    request.tls = {.caPem = rightRoot ? authorities().good.pem : authorities().other.pem, .insecure = insecure};
    QCOMPARE(text(asker.idOf(request)), expected);
}

void TestIoThread::serverNameLeadsToTheRealHost()
{
    const ScriptedServer server(echo, ScriptedServer::TlsFiles{authorities().elsewhere});
    Asker asker;
    Request request{.url = server.url()};
    request.tls = {.caPem = authorities().good.pem, .serverName = "api.example.test"};
    QCOMPARE(text(asker.idOf(request)), u"status 200"_qs);
    QCOMPARE(text(server.requests().back().header("Host")), text("127.0.0.1:" + std::to_string(server.port())));
    request.tls.serverName = "api.example.org";
    QCOMPARE(text(asker.idOf(request)), u"http.certificate"_qs);
}

void TestIoThread::clientCertificateIsShown()
{
    const ScriptedServer server(echo, ScriptedServer::TlsFiles{authorities().server, authorities().good.pem});
    Asker asker;
    Request request{.url = server.url()};
    request.tls = {.caPem = authorities().good.pem,
        .clientCertificatePem = authorities().client.pem,
        .clientKeyPem = Redacted(authorities().client.keyPem)};
    QCOMPARE(text(asker.idOf(request)), u"status 200"_qs);
    QCOMPARE(text(server.requests().back().clientName), u"jo"_qs);
    // Another thread, since a connection of the same certificate would be used again.
    Asker another;
    request.tls.clientKeyPem = Redacted("not a key");
    QCOMPARE(text(another.idOf(request)), u"http.client-certificate"_qs);
}

void TestIoThread::redirectsAreNotFollowed()
{
    const ScriptedServer server([](const ServerRequest &, ServerConnection &connection) {
        connection.respond(302, "", "text/plain", "Location: /elsewhere\r\n");
    });
    Asker asker;
    QCOMPARE(text(asker.idOf({.url = server.url() + "/here"})), u"status 302"_qs);
    QCOMPARE(server.requests().size(), std::size_t(1));
}

void TestIoThread::badRequests_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("header");
    QTest::addColumn<QString>("id");
    QTest::newRow("not a URL") << u"http://"_qs << QString() << u"http.request"_qs;
    QTest::newRow("another scheme") << u"file:///etc/passwd"_qs << QString() << u"http.request"_qs;
    QTest::newRow("a password in the URL") << u"https://a:b@localhost/"_qs << QString() << u"http.request"_qs;
    QTest::newRow("a line end in a header") << u"http://localhost/"_qs << u"a\r\nX: y"_qs << u"http.request"_qs;
    QTest::newRow("nobody listens") << u"http://127.0.0.1:1/"_qs << QString() << u"http.connect"_qs;
}

void TestIoThread::badRequests()
{
    QFETCH(QString, url);
    QFETCH(QString, header);
    QFETCH(QString, id);
    Asker asker;
    Request request{.url = url.toStdString()};
    request.secretHeaders = {{"X-Test", Redacted(header.toStdString())}};
    QCOMPARE(text(asker.idOf(request)), id);
}

void TestIoThread::aDeadCallIsNeverCalledBack()
{
    const ScriptedServer server(echo);
    Asker asker;
    bool called = false;
    {
        const Call call =
            asker.m_io.send({.url = server.url() + "/dead"}, asker.m_loop, [&](Result<Response>) { called = true; });
        // The answer may be on its way to us when the call dies.
        QVERIFY(server.waitForRequests(1));
    }
    QVERIFY(asker.ask({.url = server.url() + "/later"}).ok());
    asker.m_loop->runPending();
    QVERIFY(!called);
}

void TestIoThread::aCallbackMayDestroyItsCall()
{
    const ScriptedServer server(echo);
    Asker asker;
    auto call = std::make_unique<Call>();
    bool called = false;
    *call = asker.m_io.send({.url = server.url()}, asker.m_loop, [&](Result<Response>) {
        call.reset();
        called = true;
    });
    QVERIFY(call->isActive());
    QVERIFY(asker.m_loop->runUntil([&] { return called; }));
    QVERIFY(!call);
}

void TestIoThread::stoppingWithPendingCalls()
{
    const ScriptedServer server(
        [](const ServerRequest &, ServerConnection &connection) { connection.waitForEnd(20s); });
    const auto loop = std::make_shared<test::ManualLoop>();
    bool called = false;
    Call call;
    {
        IoThread io;
        call = io.send({.url = server.url()}, loop, [&](Result<Response>) { called = true; });
        QVERIFY(server.waitForRequests(1));
    }
    loop->runPending();
    QVERIFY(!called);
    call.cancel(); // The thread that it would ask is gone.
}

void TestIoThread::manyAtOnce()
{
    const ScriptedServer server(echo);
    Asker asker;
    int good = 0, all = 0;
    std::vector<Call> calls;
    for (int i = 0; i < 100; ++i)
        calls.push_back(asker.m_io.send(
            {.url = server.url() + "/" + std::to_string(i)}, asker.m_loop, [&, i](Result<Response> response) {
                ++all;
                good += response && response->body == "GET /" + std::to_string(i) + " ";
            }));
    QVERIFY(asker.m_loop->runUntil([&] { return all == 100; }));
    QCOMPARE(good, 100);
}

void TestIoThread::timersRunInOrder()
{
    Asker asker;
    std::vector<int> order; // Touched on the I/O thread, then read here after it posted.
    bool done = false;
    asker.m_io.post([&](IoCore &core) {
        core.startTimer(20ms, [&] {
            order.push_back(3);
            asker.m_loop->post([&] { done = true; });
        });
        core.startTimer(0ms, [&] { order.push_back(1); });
        const auto stopped = core.startTimer(5ms, [&] { order.push_back(9); });
        core.startTimer(1ms, [&order, &core, stopped] {
            order.push_back(2);
            core.stopTimer(stopped);
        });
    });
    QVERIFY(asker.m_loop->runUntil([&] { return done; }));
    QCOMPARE(order, (std::vector<int>{1, 2, 3}));
}

void TestIoThread::secretsStayOutOfTheLog()
{
    static std::mutex mutex;
    static std::string lines;
    log::setSink([](log::Level, std::string_view, std::string_view line) {
        const std::lock_guard lock(mutex);
        lines += std::string(line) + "\n";
    });
    const ScriptedServer server([](const ServerRequest &, ServerConnection &connection) {
        connection.respond(200, "BODY-SECRET", "text/plain", "Set-Cookie: COOKIE-SECRET\r\n");
    });
    Asker asker({.trace = true});
    Request request{.method = "POST", .url = server.url() + "/path", .body = "BODY-SECRET"};
    request.secretHeaders = {
        {"Authorization", Redacted("Bearer TOKEN-SECRET")}, {"Impersonate-User", Redacted("USER-SECRET")}};
    QVERIFY(asker.ask(request).ok());
    const std::lock_guard lock(mutex);
    QVERIFY2(lines.find("POST /path") != lines.npos, "the trace is on");
    QVERIFY2(lines.find("SECRET") == lines.npos, lines.c_str());
}

QTEST_GUILESS_MAIN(TestIoThread)
#include "tst_iothread.moc"
