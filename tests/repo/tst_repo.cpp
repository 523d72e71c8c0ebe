// SPDX-License-Identifier: GPL-3.0-or-later
#include "repo/challenge.h"
#include "repo/dockercredentials.h"
#include "repo/files.h"
#include "repo/helmpaths.h"
#include "repo/jobs.h"
#include "repo/lockverdict.h"
#include "repo/repositories.h"
#include "repo/search.h"
#include "repo/updates.h"
#include "repo/weburl.h"
#include "support/manualloop.h"

#include <QtTest>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <map>
#include <thread>

using namespace pk;

namespace {

QString textOf(const std::string &text)
{
    return QString::fromStdString(text);
}

std::string entry(const char *name, const char *version, const char *more = "")
{
    return std::string("  - {name: ") + name + ", version: " + version + ", apiVersion: v2, urls: [x.tgz]" + more
        + "}\n";
}

constexpr const char *byHelm = R"(apiVersion: ""
generated: "0001-01-01T00:00:00Z"
repositories:
- caFile: ""
  certFile: ""
  insecure_skip_tls_verify: false
  keyFile: ""
  name: a
  pass_credentials_all: false
  password: ""
  url: https://a
  username: ""
)";

// No raw string: moc takes a line that begins with # for one of its own.
constexpr const char *byHand = "# mine\n"
                               "repositories:\n"
                               "  # the first\n"
                               "  - name: a   # short\n"
                               "    url: https://a\n"
                               "    note: 1\n"
                               "  - {name: b, url: \"https://b\"}\n"
                               "# the end\n";

} // namespace

/// core/repo without a network: what is decided, and that work can be stopped.
class TestRepo : public QObject
{
    Q_OBJECT

private slots:
    void paths_data();
    void paths();
    void references_data();
    void references();
    void versions_data();
    void versions();
    void searching();
    void adding_data();
    void adding();
    void filesOfHelm();
    void filesOfAPerson();
    void challenges_data();
    void challenges();
    void realms_data();
    void realms();
    void credentials_data();
    void credentials();
    void passwordsGoToTheirServerOnly_data();
    void passwordsGoToTheirServerOnly();
    void lockFile();
    void lockIsWaitedForUntilStopped();
    void droppedCallEndsATransfer();
    void jobsAnswer();
};

void TestRepo::paths_data()
{
    QTest::addColumn<QString>("environment");
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("content");
    QTest::newRow("only a home") << "HOME=/h"
                                 << "/h/.config/helm/repositories.yaml"
                                 << "/h/.cache/helm/content";
    QTest::newRow("XDG") << "HOME=/h XDG_CONFIG_HOME=/c XDG_CACHE_HOME=/k"
                         << "/c/helm/repositories.yaml"
                         << "/k/helm/content";
    QTest::newRow("HELM_*_HOME wins over XDG") << "HOME=/h XDG_CONFIG_HOME=/c HELM_CONFIG_HOME=/hc HELM_CACHE_HOME=/hk"
                                               << "/hc/repositories.yaml"
                                               << "/hk/content";
    QTest::newRow("each file of its own") << "HELM_REPOSITORY_CONFIG=/r.yaml HELM_CONTENT_CACHE=/cc HELM_CACHE_HOME=/hk"
                                          << "/r.yaml"
                                          << "/cc";
}

void TestRepo::paths()
{
    QFETCH(QString, environment);
    QFETCH(QString, config);
    QFETCH(QString, content);
    std::map<std::string, std::string> variables;
    for (const QString &pair : environment.split(QLatin1Char(' ')))
        variables[pair.section(QLatin1Char('='), 0, 0).toStdString()] = pair.section(QLatin1Char('='), 1).toStdString();
    const auto found = repo::HelmPaths::of([&](const char *name) { return variables[name]; });
    QCOMPARE(textOf(found.repositoryConfig), config);
    QCOMPARE(textOf(found.contentCache), content);
}

void TestRepo::references_data()
{
    QTest::addColumn<QString>("base");
    QTest::addColumn<QString>("reference");
    QTest::addColumn<QString>("url");
    const auto row = [](const char *name, const char *base, const char *reference, const char *url) {
        QTest::newRow(name) << base << reference << url;
    };
    row("relative", "https://h/charts", "a-1.tgz", "https://h/charts/a-1.tgz");
    row("slash at the end", "https://h/charts/", "a-1.tgz", "https://h/charts/a-1.tgz");
    row("no path", "https://h", "index.yaml", "https://h/index.yaml");
    row("absolute", "https://h/charts", "https://o/a.tgz", "https://o/a.tgz");
    row("absolute path", "https://h/charts", "/x/a.tgz", "https://h/x/a.tgz");
    row("up", "https://h/a/b", "../c.tgz", "https://h/a/c.tgz");
    row("up and away", "https://h/a", "../../../c.tgz", "https://h/c.tgz");
    row("the query of the base stays", "https://h/a?sig=1", "c.tgz", "https://h/a/c.tgz?sig=1");
    row("port", "http://h:8080/a", "c+1.tgz", "http://h:8080/a/c+1.tgz");
    row("user and password stay", "https://u:p@h/a", "c.tgz", "https://u:p@h/a/c.tgz");
    row("oci", "https://h/a", "oci://r/c:1", "oci://r/c:1");
}

void TestRepo::references()
{
    QFETCH(QString, base);
    QFETCH(QString, reference);
    QFETCH(QString, url);
    const auto resolved = repo::resolveReference(base.toStdString(), reference.toStdString());
    QVERIFY(resolved);
    QCOMPARE(textOf(*resolved), url);
}

void TestRepo::versions_data()
{
    QTest::addColumn<QString>("wanted");
    QTest::addColumn<QString>("found");
    QTest::newRow("newest stable") << ""
                                   << "10.0.0";
    QTest::newRow("exact") << "2.0.0"
                           << "2.0.0";
    QTest::newRow("exact with metadata") << "1.0.0+b"
                                         << "1.0.0+b";
    QTest::newRow("range") << "<10"
                           << "9.9.0";
    QTest::newRow("prereleases") << ">0-0"
                                 << "11.0.0-rc.1";
    QTest::newRow("the other writing of an exact one") << "v2.0.0"
                                                       << "2.0.0";
    QTest::newRow("none") << "77"
                          << "no chart version found for a-77";
}

void TestRepo::versions()
{
    QFETCH(QString, wanted);
    QFETCH(QString, found);
    const auto index = repo::Index::parse("apiVersion: v1\nentries:\n  a:\n" + entry("a", "2.0.0")
            + entry("a", "10.0.0") + entry("a", "9.9.0") + entry("a", "11.0.0-rc.1") + entry("a", "1.0.0+b"),
        "x");
    QVERIFY2(index, index ? "" : index.error().message.c_str());
    const auto version = index->find("a", wanted.toStdString());
    QCOMPARE(textOf(version ? (*version)->metadata.version : version.error().message), found);
}

void TestRepo::searching()
{
    auto index =
        repo::Index::parse("apiVersion: v1\nentries:\n  pool:\n" + entry("pool", "1.0.0") + entry("pool", "2.0.0")
                + entry("pool", "3.0.0-rc") + "  other:\n" + entry("other", "1.0.0", ", description: For a Pool"),
            "x");
    QVERIFY(index);
    const std::vector<repo::NamedIndex> indexes = {{"r", std::make_shared<const repo::Index>(*std::move(index))}};
    const auto told = [&indexes](const repo::Query &query) {
        QString out;
        const auto matches = repo::search(indexes, query);
        for (const repo::Match &match : *matches)
            out += textOf(match.name + " " + match.version->metadata.version + "; ");
        return out;
    };
    QCOMPARE(told({.words = "pool"}), QStringLiteral("r/pool 2.0.0; r/other 1.0.0; "));
    QCOMPARE(told({.words = "FOR A"}), QStringLiteral("r/other 1.0.0; "));
    QCOMPARE(told({.devel = true}), QStringLiteral("r/other 1.0.0; r/pool 3.0.0-rc; "));
    QCOMPARE(told({.words = "r/pool", .allVersions = true}), QStringLiteral("r/pool 2.0.0; r/pool 1.0.0; "));
}

void TestRepo::adding_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("url");
    QTest::addColumn<bool>("force");
    QTest::addColumn<int>("verdict");
    QTest::newRow("new") << "n"
                         << "https://n" << false << int(repo::AddVerdict::Add);
    QTest::newRow("the same again") << "a"
                                    << "https://a" << false << int(repo::AddVerdict::Unchanged);
    QTest::newRow("taken") << "a"
                           << "https://other" << false << -1;
    QTest::newRow("taken, forced") << "a"
                                   << "https://other" << true << int(repo::AddVerdict::Replace);
    QTest::newRow("slash") << "a/b"
                           << "https://a" << true << -1;
    QTest::newRow("gone for good") << "s"
                                   << "http://kubernetes-charts.storage.googleapis.com/x" << false << -1;
}

void TestRepo::adding()
{
    QFETCH(QString, name);
    QFETCH(QString, url);
    QFETCH(bool, force);
    QFETCH(int, verdict);
    const auto known = repo::parseRepositories(byHelm);
    QVERIFY(known);
    const auto judged = repo::judgeAdding(*known, {name.toStdString(), url.toStdString(), {}}, force);
    QCOMPARE(judged ? int(*judged) : -1, verdict);
}

void TestRepo::filesOfHelm()
{
    const auto first = repo::withRepository("", {"a", "https://a", {}});
    QVERIFY(first);
    QCOMPARE(textOf(*first), QString::fromLatin1(byHelm));
    const auto second = repo::withRepository(*first, {"b", "https://b", {}});
    QVERIFY(second);
    QCOMPARE(repo::parseRepositories(*second)->entries.size(), std::size_t(2));
    const auto without = repo::withoutRepository(*second, "b");
    QVERIFY(without);
    QCOMPARE(textOf(*without), QString::fromLatin1(byHelm));
    QVERIFY(!repo::withoutRepository(*second, "none"));
}

void TestRepo::filesOfAPerson()
{
    const QString before = QString::fromLatin1(byHand);
    const auto more = repo::withRepository(byHand, {"c", "https://c", {}});
    QVERIFY(more);
    QVERIFY2(textOf(*more).startsWith(before.section(QStringLiteral("# the end"), 0, 0)), more->c_str());
    QVERIFY(textOf(*more).endsWith(QStringLiteral("# the end\n")));
    QCOMPARE(repo::parseRepositories(*more)->entries.size(), std::size_t(3));
    const auto replaced = repo::withRepository(byHand, {"a", "https://new", {}});
    QVERIFY(replaced);
    QVERIFY2(textOf(*replaced).contains(QStringLiteral("note: 1")), replaced->c_str());
    QVERIFY2(textOf(*replaced).contains(QStringLiteral("# the first")), replaced->c_str());
    QCOMPARE(textOf(repo::parseRepositories(*replaced)->find("a")->url), QStringLiteral("https://new"));
    const auto less = repo::withoutRepository(byHand, "b");
    QVERIFY(less);
    QCOMPARE(textOf(*less), QString::fromLatin1(byHand).remove(QStringLiteral("  - {name: b, url: \"https://b\"}\n")));
}

void TestRepo::challenges_data()
{
    QTest::addColumn<QString>("header");
    QTest::addColumn<QString>("url");
    QTest::newRow("usual") << R"(Bearer realm="https://t/token",service="reg",scope="repository:a/b:pull")"
                           << "https://t/token?scope=repository%3Aa%2Fb%3Apull&service=reg";
    QTest::newRow("without quotes, odd blanks") << "bearer  realm=https , service = x"
                                                << "https?service=x";
    QTest::newRow("query in the realm") << R"(Bearer realm="https://t/?a=1",service="r")"
                                        << "https://t/?a=1&service=r";
    QTest::newRow("quote that does not end") << R"(Bearer realm="https://t)"
                                             << "";
}

void TestRepo::challenges()
{
    QFETCH(QString, header);
    QFETCH(QString, url);
    const auto challenge = repo::Challenge::parse(header.toStdString());
    QCOMPARE(int(challenge.scheme), int(repo::Challenge::Scheme::Bearer));
    const auto scope = challenge.parameters.find("scope");
    const std::vector<std::string> scopes =
        scope == challenge.parameters.end() ? std::vector<std::string>() : std::vector{scope->second, scope->second};
    QCOMPARE(textOf(repo::tokenUrl(challenge, repo::cleanScopes(scopes))), url);
}

void TestRepo::realms_data()
{
    QTest::addColumn<QString>("realm");
    QTest::addColumn<QString>("registry");
    QTest::addColumn<bool>("good");
    QTest::newRow("another host") << "https://auth.example/t"
                                  << "https://reg.example" << true;
    QTest::newRow("http below https") << "http://auth.example/t"
                                      << "https://reg.example" << false;
    QTest::newRow("the cloud's metadata") << "https://169.254.169.254/t"
                                          << "https://reg.example" << false;
    QTest::newRow("this machine") << "https://127.0.0.1/t"
                                  << "https://reg.example" << false;
    QTest::newRow("this machine, mapped") << "https://[::ffff:127.0.0.1]/t"
                                          << "https://reg.example" << false;
    QTest::newRow("the registry's own address") << "http://127.0.0.1:99/t"
                                                << "http://127.0.0.1:98" << true;
    QTest::newRow("a file") << "file:///etc/passwd"
                            << "https://reg.example" << false;
}

void TestRepo::realms()
{
    QFETCH(QString, realm);
    QFETCH(QString, registry);
    QFETCH(bool, good);
    QCOMPARE(repo::checkRealm(realm.toStdString(), registry.toStdString()).ok(), good);
}

void TestRepo::credentials_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("registry");
    QTest::addColumn<QString>("who");
    QTest::newRow("auth") << R"({"auths":{"h:1":{"auth":"dTpwOng="}}})"
                          << "h:1"
                          << "u p:x";
    QTest::newRow("with a scheme and a path") << R"({"auths":{"https://h/v2/":{"auth":"dTpw"}}})"
                                              << "h"
                                              << "u p";
    QTest::newRow("another port") << R"({"auths":{"h:1":{"auth":"dTpw"}}})"
                                  << "h:2"
                                  << " ";
    QTest::newRow("docker's hub") << R"({"auths":{"https://index.docker.io/v1/":{"auth":"dTpw"}}})"
                                  << "registry-1.docker.io"
                                  << "u p";
    QTest::newRow("helper") << R"({"credHelpers":{"h":"one"},"credsStore":"two"})"
                            << "h"
                            << "one h";
    QTest::newRow("store") << R"({"credHelpers":{"h":"one"},"credsStore":"two"})"
                           << "g"
                           << "two g";
    QTest::newRow("nothing") << ""
                             << "h"
                             << " ";
    QTest::newRow("no colon") << R"({"auths":{"h":{"auth":"eA=="}}})"
                              << "h"
                              << "failed";
    QTest::newRow("no JSON") << "{"
                             << "h"
                             << "failed";
}

void TestRepo::credentials()
{
    QFETCH(QString, config);
    QFETCH(QString, registry);
    QFETCH(QString, who);
    const auto found = repo::credentialIn(config.toStdString(), "config.json", registry.toStdString(),
        [](const std::string &name, const std::string &server) -> Result<std::string> {
            return "{\"Username\":\"" + name + "\",\"Secret\":\"" + server + "\"}";
        });
    QCOMPARE(found ? textOf(found->username + " " + found->password.reveal()) : QStringLiteral("failed"), who);
}

void TestRepo::passwordsGoToTheirServerOnly_data()
{
    QTest::addColumn<QString>("wanted");
    QTest::addColumn<bool>("all");
    QTest::addColumn<bool>("may");
    QTest::newRow("same server") << "https://h:1/x" << false << true;
    QTest::newRow("other port") << "https://h:2/x" << false << false;
    QTest::newRow("other scheme") << "http://h:1/x" << false << false;
    QTest::newRow("name with more behind it") << "https://h.evil:1/x" << false << false;
    QTest::newRow("told to") << "https://o/x" << true << true;
}

void TestRepo::passwordsGoToTheirServerOnly()
{
    QFETCH(QString, wanted);
    QFETCH(bool, all);
    QFETCH(bool, may);
    const repo::Access access{.username = "u", .password = Redacted("p"), .passCredentials = all};
    QCOMPARE(repo::mayPassCredentials(
                 access, *repo::WebUrl::parse(wanted.toStdString()), *repo::WebUrl::parse("https://h:1/charts")),
        may);
}

void TestRepo::lockFile()
{
    chart::Chart chart;
    QCOMPARE(int(repo::lockVerdict(chart).state), int(repo::LockVerdict::State::NoDependencies));
    chart::Dependency dependency;
    dependency.name = "sub";
    dependency.version = "^1";
    dependency.repository = "https://h";
    chart.metadata.dependencies.push_back(dependency);
    const auto first = repo::lockVerdict(chart);
    QCOMPARE(int(first.state), int(repo::LockVerdict::State::NoLock));
    QCOMPARE(first.missing, std::vector<std::string>{"sub"});
    Value chosen = Value::map({{"name", Value::string("sub")}, {"version", Value::string("1.2.0")},
        {"repository", Value::string("https://h")}});
    chart.lock = Value::map({{"dependencies", Value::list({chosen})}});
    // As helm dependency update writes it for these.
    chart.lock.asMap().set("digest", Value::string(repo::lockDigest(chart.metadata.dependencies, chart.lock)));
    QCOMPARE(int(repo::lockVerdict(chart).state), int(repo::LockVerdict::State::InSync));
    auto sub = std::make_shared<chart::Chart>();
    sub->metadata.name = "sub";
    sub->metadata.version = "1.1.0";
    chart.dependencies.push_back(sub);
    QCOMPARE(repo::lockVerdict(chart).others, std::vector<std::string>{"sub 1.1.0, not 1.2.0"});
    chart.metadata.dependencies.front().version = "^2";
    QCOMPARE(int(repo::lockVerdict(chart).state), int(repo::LockVerdict::State::OutOfSync));
}

void TestRepo::lockIsWaitedForUntilStopped()
{
    const QTemporaryDir folder;
    const std::string path = folder.filePath(QStringLiteral("repositories.lock")).toStdString();
    QCOMPARE(textOf(repo::FileLock::nameFor("/a.b/repositories.yaml")), QStringLiteral("/a.b/repositories.lock"));
    const auto held = repo::FileLock::take(path, {});
    QVERIFY(held);
    using std::chrono::milliseconds;
    const auto late = repo::FileLock::take(path, {}, milliseconds(30), milliseconds(5));
    QVERIFY(!late && late.error().code == Error::Code::Timeout);
    std::stop_source stop;
    std::jthread stopper([&stop] { stop.request_stop(); });
    const auto stopped = repo::FileLock::take(path, stop.get_token());
    QVERIFY(!stopped && stopped.error().code == Error::Code::Cancelled);
}

void TestRepo::droppedCallEndsATransfer()
{
    // A server that takes the connection and says nothing.
    const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    QVERIFY(::bind(listener, reinterpret_cast<sockaddr *>(&address), size) == 0 && ::listen(listener, 1) == 0);
    ::getsockname(listener, reinterpret_cast<sockaddr *>(&address), &size);
    const std::string url = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port));

    http::IoThread io;
    const auto loop = std::make_shared<test::ManualLoop>();
    std::atomic<int> ended = -1;
    bool called = false;
    int connection = -1;
    {
        repo::Jobs jobs(io);
        http::Call call = jobs.run<bool>(
            loop,
            [&](repo::Web &web, const std::stop_token &) {
                const auto answer = repo::getFile(web, {.url = url + "/index.yaml", .repositoryUrl = url}, {});
                ended = answer ? 0 : int(answer.error().code);
                return answer.ok();
            },
            [&called](bool) { called = true; });
        connection = ::accept(listener, nullptr, nullptr); // It is on its way.
        QVERIFY(connection >= 0);
        call.cancel();
    }
    ::close(connection);
    ::close(listener);
    loop->runPending();
    QCOMPARE(ended.load(), int(Error::Code::Cancelled));
    QVERIFY(!called);
}

void TestRepo::jobsAnswer()
{
    http::IoThread io;
    const auto loop = std::make_shared<test::ManualLoop>();
    repo::Jobs jobs(io);
    int sum = 0, answers = 0;
    std::vector<http::Call> calls;
    for (int i = 1; i <= 10; ++i)
        calls.push_back(jobs.run<int>(
            loop, [i](repo::Web &, const std::stop_token &) { return i; },
            [&](int value) { sum += value, ++answers; }));
    QVERIFY(loop->runUntil([&] { return answers == 10; }));
    QCOMPARE(sum, 55);
}

QTEST_GUILESS_MAIN(TestRepo)
#include "tst_repo.moc"
