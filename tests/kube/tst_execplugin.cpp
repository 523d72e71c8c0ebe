// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/clientfixture.h"
#include "support/scriptedserver.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <signal.h>
#include <sys/stat.h>

using namespace pk;
using namespace pk::kube;
using namespace std::chrono_literals;
using test::ClientFixture;
using test::ScriptedServer;
using test::ServerConnection;
using test::ServerRequest;
using test::text;

namespace {

const char *const version = "client.authentication.k8s.io/v1";

/// A TLS server that only lets `Bearer good` in, and counts.
class Guarded
{
public:
    Guarded() :
        m_authority(test::makeAuthority("ca")),
        server(
            [](const ServerRequest &request, ServerConnection &connection) {
                const bool good = request.header("Authorization") == "Bearer good" || request.clientName == "jo";
                connection.respond(good ? 200 : 401,
                    good ? R"({"gitVersion":"v1"})"
                         : R"({"kind":"Status","reason":"Unauthorized","message":"Unauthorized"})");
            },
            ScriptedServer::TlsFiles{test::makeCertificate(m_authority, "s", "IP:127.0.0.1")})
    {
    }

    const test::Certificate m_authority;
    const ScriptedServer server;
};

/// A context whose user's credentials come from a shell script.
class Plugin
{
public:
    explicit Plugin(const Guarded &guarded, const QByteArray &script)
    {
        const QString path = m_folder.filePath(u"plugin"_qs);
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly))
            qFatal("cannot write %s", qPrintable(path));
        file.write("#!/bin/sh\ncd " + m_folder.path().toUtf8() + "\necho run >> runs\n" + script + "\n");
        file.close();
        chmod(path.toUtf8().constData(), 0700);
        context = ClientFixture::plain(guarded.server.url());
        context.cluster.caPem = guarded.m_authority.pem;
        context.user.name = "u";
        context.user.exec =
            ExecConfig{.apiVersion = version, .command = path.toStdString(), .interactiveMode = "Never"};
    }

    int runs() const { return int(read("runs").count('\n')); }
    QByteArray read(const char *name) const
    {
        QFile file(m_folder.filePath(QString::fromUtf8(name)));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    QString folder() const { return m_folder.path(); }

    ContextConfig context;

private:
    QTemporaryDir m_folder;
};

QByteArray credential(const QByteArray &status, const QByteArray &api = version)
{
    return "echo '{\"kind\":\"ExecCredential\",\"apiVersion\":\"" + api + "\",\"status\":" + status + "}'";
}

ApiClient::Options approvedFor(const ContextConfig &context)
{
    ApiClient::Options options{.approvals = std::make_shared<ExecApprovals>()};
    options.approvals->approve(ExecApprovals::hashOf(context.user));
    return options;
}

Answer<ServerVersion> ask(ClientFixture &fixture)
{
    return fixture.wait<ServerVersion>([&](auto done) { return fixture.client.version(done); });
}

std::string parameter(const Error &error, std::string_view name)
{
    for (const auto &[key, value] : error.parameters)
        if (key == name)
            return value;
    return {};
}

} // namespace

class TestExecPlugin : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { m_guarded = std::make_unique<Guarded>(); }
    void needsApprovalFirst();
    void changedCommandNeedsApprovalAgain();
    void policies();
    void runsOnceForMany();
    void expiredRunsAgain();
    void failures_data();
    void failures();
    void environmentAndInfo();
    void hangingPluginEnds();
    void cancelKillsThePlugin();
    void tokenBeforePlugin();
    void plainHttpGetsNothing();
    void bareCommandIsSearched();
    void tokenFileIsReadAgain();

private:
    std::unique_ptr<Guarded> m_guarded;
};

void TestExecPlugin::needsApprovalFirst()
{
    Plugin plugin(*m_guarded, credential("{\"token\":\"good\"}"));
    plugin.context.user.exec->arguments = {"get-token", "--x"};
    plugin.context.user.exec->environment = {{"SOME_KEY", Redacted("VALUE-SECRET")}};
    const auto approvals = std::make_shared<ExecApprovals>();
    ClientFixture fixture(plugin.context, {.approvals = approvals});
    const auto refused = ask(fixture);
    QVERIFY(!refused);
    QCOMPARE(text(refused.error().id), u"kube.exec-needs-approval"_qs);
    QCOMPARE(text(parameter(refused.error(), "arguments")), u"get-token\n--x"_qs);
    QCOMPARE(text(parameter(refused.error(), "environment")), u"SOME_KEY"_qs);
    for (const auto &[name, value] : refused.error().parameters)
        QVERIFY(value.find("SECRET") == value.npos);
    QCOMPARE(plugin.runs(), 0);
    approvals->approve(parameter(refused.error(), "hash"));
    QVERIFY(ask(fixture).ok());
    QCOMPARE(plugin.runs(), 1);
}

void TestExecPlugin::changedCommandNeedsApprovalAgain()
{
    const Plugin plugin(*m_guarded, {});
    const auto hash = ExecApprovals::hashOf(plugin.context.user);
    UserEntry user = plugin.context.user;
    user.exec->arguments = {"x"};
    QVERIFY(ExecApprovals::hashOf(user) != hash);
    user = plugin.context.user;
    user.exec->environment = {{"A", Redacted("b")}};
    QVERIFY(ExecApprovals::hashOf(user) != hash);
    user = plugin.context.user;
    user.file = "elsewhere";
    QVERIFY(ExecApprovals::hashOf(user) != hash);
    // No two ways of cutting the same bytes are one.
    user.exec->arguments = {"ab", "c"};
    const auto one = ExecApprovals::hashOf(user);
    user.exec->arguments = {"a", "bc"};
    QVERIFY(ExecApprovals::hashOf(user) != one);
}

void TestExecPlugin::policies()
{
    UserEntry user;
    user.exec = ExecConfig{.command = "aws"};
    ExecApprovals approvals;
    QVERIFY(!approvals.check(user));
    approvals.setPolicy(ExecApprovals::Policy::Allowlist, {"gcloud"});
    QVERIFY(!approvals.check(user));
    approvals.setPolicy(ExecApprovals::Policy::Allowlist, {"aws"});
    QVERIFY(approvals.check(user).ok());
    approvals.setPolicy(ExecApprovals::Policy::DenyAll, {"aws"});
    approvals.approve(ExecApprovals::hashOf(user));
    QCOMPARE(text(approvals.check(user).error().id), u"kube.exec-denied"_qs);
    approvals.setPolicy(ExecApprovals::Policy::Ask);
    QVERIFY(approvals.check(user).ok());
    approvals.revoke(ExecApprovals::hashOf(user));
    QVERIFY(!approvals.check(user));
}

void TestExecPlugin::runsOnceForMany()
{
    const Plugin plugin(*m_guarded, "sleep 0.1\n" + credential("{\"token\":\"good\"}"));
    ClientFixture fixture(plugin.context, approvedFor(plugin.context));
    int good = 0;
    std::vector<http::Call> calls;
    for (int i = 0; i < 10; ++i)
        calls.push_back(fixture.client.version([&](const Answer<ServerVersion> &answer) { good += answer.ok(); }));
    QVERIFY(fixture.loop->runUntil([&] { return good == 10; }));
    QCOMPARE(plugin.runs(), 1);
}

void TestExecPlugin::expiredRunsAgain()
{
    const Plugin plugin(
        *m_guarded, credential("{\"token\":\"good\",\"expirationTimestamp\":\"2001-01-01T00:00:00Z\"}"));
    ClientFixture fixture(plugin.context, approvedFor(plugin.context));
    QVERIFY(ask(fixture).ok());
    QVERIFY(ask(fixture).ok());
    QCOMPARE(plugin.runs(), 2);
}

void TestExecPlugin::failures_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("words");
    const auto answer = [](const char *name, const QByteArray &script, const char *words) {
        QTest::newRow(name) << script << u"kube.exec-answer"_qs << QString::fromUtf8(words);
    };
    QTest::newRow("exit code") << QByteArray("printf '\\033[31mSession expired\\033[0m' >&2; exit 3")
                               << u"kube.exec-failed"_qs << u"failed with exit code 3"_qs;
    QTest::newRow("killed") << QByteArray("kill -9 $$") << u"kube.exec-failed"_qs << u"failed with exit code 137"_qs;
    QTest::newRow("floods") << QByteArray("cat /dev/zero") << u"kube.process-output"_qs << u"printed more than"_qs;
    QTest::newRow("refused token") << credential("{\"token\":\"bad\"}") << u"kube.unauthorized"_qs
                                   << u"Unauthorized"_qs;
    answer("nothing", "true", "decoding stdout: ");
    answer("not JSON", "echo hello", "decoding stdout: ");
    answer("another version", credential("{\"token\":\"good\"}", "client.authentication.k8s.io/v1beta1"),
        "exec plugin is configured to use API version client.authentication.k8s.io/v1, plugin returned version "
        "client.authentication.k8s.io/v1beta1");
    answer("no status", credential("null"), "exec plugin didn't return a status field");
    answer("empty status", credential("{}"), "exec plugin didn't return a token or cert/key pair");
    answer("certificate without key", credential("{\"clientCertificateData\":\"x\"}"),
        "exec plugin returned only certificate or key, not both");
    answer("an odd time", credential("{\"token\":\"good\",\"expirationTimestamp\":\"soon\"}"), "expirationTimestamp");
}

void TestExecPlugin::failures()
{
    QFETCH(QByteArray, script);
    QFETCH(QString, id);
    QFETCH(QString, words);
    const Plugin plugin(*m_guarded, script);
    ClientFixture fixture(plugin.context, approvedFor(plugin.context));
    const auto answer = ask(fixture);
    QVERIFY(!answer);
    QCOMPARE(text(answer.error().id), id);
    QVERIFY2(text(answer.error().message).contains(words), answer.error().message.c_str());
    QCOMPARE(plugin.runs(), 1);
    if (id == u"kube.exec-failed"_qs && words.endsWith(u'3'))
        QCOMPARE(text(parameter(answer.error(), "output")), u"Session expired"_qs);
}

void TestExecPlugin::environmentAndInfo()
{
    Plugin plugin(*m_guarded,
        "printf '%s' \"$KUBERNETES_EXEC_INFO\" > info; printf '%s' \"$EXTRA|$1|$#\" > extra; cat > input\n"
            + credential("{\"token\":\"good\"}"));
    plugin.context.user.exec->environment = {{"EXTRA", Redacted("a b$(id)")}};
    plugin.context.user.exec->arguments = {"$(touch owned); *"};
    plugin.context.user.exec->provideClusterInfo = true;
    plugin.context.cluster.execExtension = Value::map({{"audience", Value::string("x")}});
    ClientFixture fixture(plugin.context, approvedFor(plugin.context));
    QVERIFY(ask(fixture).ok());
    QCOMPARE(plugin.read("extra"), QByteArray("a b$(id)|$(touch owned); *|1"));
    QVERIFY(!QFile::exists(plugin.folder() + u"/owned"_qs));
    QCOMPARE(plugin.read("input"), QByteArray());
    const auto info = parseObject(plugin.read("info").toStdString());
    QVERIFY(info.ok());
    QCOMPARE(text(info->get("apiVersion").stringOr()), QString::fromUtf8(version));
    QVERIFY(!info->at({"spec", "interactive"}).boolOr(true));
    QCOMPARE(text(info->at({"spec", "cluster", "server"}).stringOr()), text(m_guarded->server.url()));
    QCOMPARE(text(info->at({"spec", "cluster", "config", "audience"}).stringOr()), u"x"_qs);
    QCOMPARE(QByteArray::fromBase64(
                 QByteArray::fromStdString(info->at({"spec", "cluster", "certificate-authority-data"}).stringOr())),
        QByteArray::fromStdString(m_guarded->m_authority.pem));
}

void TestExecPlugin::hangingPluginEnds()
{
    const Plugin plugin(*m_guarded, "sleep 1000");
    auto options = approvedFor(plugin.context);
    options.pluginTimeout = 200ms;
    ClientFixture fixture(plugin.context, options);
    QCOMPARE(text(ask(fixture).error().id), u"kube.exec-timeout"_qs);
}

void TestExecPlugin::cancelKillsThePlugin()
{
    const Plugin plugin(*m_guarded, "echo $$ > pid; mv pid pidfile; sleep 1000");
    ClientFixture fixture(plugin.context, approvedFor(plugin.context));
    bool called = false;
    auto call = fixture.client.version([&](const Answer<ServerVersion> &) { called = true; });
    QTRY_VERIFY(!plugin.read("pidfile").isEmpty());
    const int pid = plugin.read("pidfile").trimmed().toInt();
    call.cancel();
    QTRY_VERIFY(::kill(pid, 0) != 0);
    QVERIFY(!called);
}

void TestExecPlugin::tokenBeforePlugin()
{
    Plugin plugin(*m_guarded, "exit 1");
    plugin.context.user.token = Redacted("good");
    ClientFixture fixture(plugin.context);
    QVERIFY(ask(fixture).ok());
    QCOMPARE(plugin.runs(), 0);
}

void TestExecPlugin::plainHttpGetsNothing()
{
    const ScriptedServer server(
        [](const ServerRequest &, ServerConnection &connection) { connection.respond(200, R"({"gitVersion":"v1"})"); });
    Plugin plugin(*m_guarded, credential("{\"token\":\"good\"}"));
    plugin.context.cluster = ClientFixture::plain(server.url()).cluster;
    ClientFixture fixture(plugin.context, approvedFor(plugin.context));
    QVERIFY(ask(fixture).ok());
    QCOMPARE(plugin.runs(), 0);
    auto withToken = ClientFixture::plain(server.url());
    withToken.user.token = Redacted("good");
    withToken.user.impersonate = "root";
    ClientFixture second(withToken);
    QVERIFY(ask(second).ok());
    QCOMPARE(text(server.requests().back().header("Authorization")), QString());
    QCOMPARE(text(server.requests().back().header("Impersonate-User")), QString());
}

void TestExecPlugin::bareCommandIsSearched()
{
    Plugin plugin(*m_guarded, credential("{\"token\":\"good\"}"));
    plugin.context.user.exec->command = "plugin";
    plugin.context.user.exec->installHint = "get it\x1b[31m there";
    auto options = approvedFor(plugin.context);
    options.searchPath = {"/nonexistent"};
    ClientFixture lost(plugin.context, options);
    const auto answer = ask(lost);
    QCOMPARE(text(answer.error().id), u"kube.exec-not-found"_qs);
    QCOMPARE(text(parameter(answer.error(), "hint")), u"get it there"_qs);
    QCOMPARE(text(parameter(answer.error(), "searched")), u"/nonexistent"_qs);
    options.searchPath.push_back(plugin.folder().toStdString());
    ClientFixture found(plugin.context, options);
    QVERIFY(ask(found).ok());
    plugin.context.user.exec->interactiveMode = "Always";
    ClientFixture interactive(plugin.context, options);
    QCOMPARE(text(ask(interactive).error().id), u"kube.exec-interactive"_qs);
}

void TestExecPlugin::tokenFileIsReadAgain()
{
    Plugin plugin(*m_guarded, {});
    const QString path = plugin.folder() + u"/token"_qs;
    const auto write = [&path](const QByteArray &token) {
        QFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(token) == token.size();
    };
    plugin.context.user.exec.reset();
    plugin.context.user.tokenFile = path.toStdString();
    QVERIFY(write("old\n"));
    ClientFixture fixture(plugin.context);
    QCOMPARE(text(ask(fixture).error().id), u"kube.unauthorized"_qs);
    QVERIFY(write(" good \n"));
    QVERIFY2(ask(fixture).ok(), "a refused token is read again at once");
}

QTEST_GUILESS_MAIN(TestExecPlugin)
#include "tst_execplugin.moc"
