// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/kubeconfig.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace pk;
using namespace pk::kube;

namespace {

QString text(const std::string &utf8)
{
    return QString::fromStdString(utf8);
}

/// A folder with files that the test names.
class Folder
{
public:
    std::string write(const QString &name, const QByteArray &content) const
    {
        const QString path = m_folder.filePath(name);
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write %s", qPrintable(path));
        return path.toStdString();
    }
    std::string path(const QString &name) const { return m_folder.filePath(name).toStdString(); }

private:
    QTemporaryDir m_folder;
};

Kubeconfig loadList(const std::string &list)
{
    return Kubeconfig::load({.kubeconfigVariable = list, .home = "/nonexistent"});
}

/// A whole configuration around one cluster and one user.
std::string configWith(const QByteArray &cluster, const QByteArray &user)
{
    return ("contexts: [{name: c, context: {cluster: k, user: u}}]\nclusters: [{name: k, cluster: {" + cluster
        + "}}]\nusers: [{name: u, user: {" + user + "}}]\n")
        .toStdString();
}

QStringList ids(const std::vector<Error> &errors)
{
    QStringList list;
    for (const Error &error : errors)
        list << text(error.id);
    return list;
}

constexpr auto minimal = "clusters: [{name: k, cluster: {server: 'https://x'}}]\nusers: [{name: u, user: {token: t}}]\n"
                         "contexts: [{name: c, context: {cluster: k, user: u}}]\ncurrent-context: c\n";

} // namespace

class TestKubeconfig : public QObject
{
    Q_OBJECT

private slots:
    void firstFileWinsWholeEntries();
    void missingFiles();
    void explicitFileMustExist();
    void emptyAndUnreadableFiles();
    void uselessFiles_data();
    void uselessFiles();
    void relativePaths();
    void contextsAreListed();
    void entriesHaveProblems_data();
    void entriesHaveProblems();
    void namedFilesAreChecked();
    void secretsStayOutOfProblems();
    void execExtension();
    void aliasBombIsStopped();
};

void TestKubeconfig::firstFileWinsWholeEntries()
{
    const Folder folder;
    const auto a = folder.write(u"a"_qs, "clusters: [{name: k, cluster: {server: 'https://a'}}]\n");
    const auto b = folder.write(u"b"_qs,
        "clusters: [{name: k, cluster: {server: 'https://b', tls-server-name: n}}]\n"
        "contexts: [{name: c, context: {cluster: k}}]\ncurrent-context: c\n");
    const auto c = folder.write(u"c"_qs, "current-context: other\ncontexts: [{name: d, context: {cluster: k}}]\n");
    const Kubeconfig config = loadList(a + ":" + b + "::" + b + ":" + c);
    QVERIFY(config.errors().empty());
    QCOMPARE(config.files().size(), std::size_t(3));
    QCOMPARE(text(config.currentContext()), u"c"_qs);
    const auto resolved = config.resolve("c");
    QVERIFY(resolved.ok());
    QCOMPARE(text(resolved->cluster.server), u"https://a"_qs);
    QCOMPARE(text(resolved->cluster.tlsServerName), QString());
    QCOMPARE(text(resolved->nameSpace), u"default"_qs);
    QVERIFY(config.resolve("d").ok());
}

void TestKubeconfig::missingFiles()
{
    const Folder folder;
    const auto there = folder.write(u"there"_qs, minimal);
    QVERIFY(loadList(folder.path(u"none"_qs) + ":" + there).errors().empty());
    const Kubeconfig none = loadList(folder.path(u"x"_qs) + ":" + folder.path(u"y"_qs));
    QVERIFY(none.isEmpty());
    QCOMPARE(ids(none.errors()), QStringList{u"kube.config-missing"_qs});
    // No fallback to the home directory, but nothing is wrong with having no configuration at all.
    const Kubeconfig home = Kubeconfig::load({.home = folder.path(u"home"_qs)});
    QVERIFY(home.isEmpty());
    QVERIFY(home.errors().empty());
}

void TestKubeconfig::explicitFileMustExist()
{
    const Folder folder;
    const auto there = folder.write(u"there"_qs, minimal);
    const Kubeconfig config =
        Kubeconfig::load({.explicitFile = folder.path(u"none"_qs), .kubeconfigVariable = there, .home = "/"});
    QVERIFY(config.isEmpty());
    QCOMPARE(ids(config.errors()), QStringList{u"kube.config-missing"_qs});
}

void TestKubeconfig::emptyAndUnreadableFiles()
{
    const Folder folder;
    const auto empty = folder.write(u"empty"_qs, "");
    const auto broken = folder.write(u"broken"_qs, "clusters: [");
    const auto good = folder.write(u"good"_qs, minimal);
    const auto fifo = folder.path(u"fifo"_qs);
    QCOMPARE(mkfifo(fifo.c_str(), 0600), 0);
    const Kubeconfig config = loadList(empty + ":" + broken + ":" + folder.path(u"."_qs) + ":" + fifo + ":" + good);
    QCOMPARE(
        ids(config.errors()), (QStringList{u"kube.config-file"_qs, u"kube.config-file"_qs, u"kube.config-file"_qs}));
    QVERIFY(config.resolve("c").ok());
}

void TestKubeconfig::uselessFiles_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("reason");
    QTest::newRow("a name twice") << QByteArray("users: [{name: u, user: {}}, {name: u, user: {}}]")
                                  << u"duplicate name \"u\" in list"_qs;
    QTest::newRow("no list") << QByteArray("clusters: {a: b}") << u"clusters is not a list"_qs;
    QTest::newRow("a list") << QByteArray("- a") << u"not a mapping"_qs;
    QTest::newRow("an entry that is a text")
        << QByteArray("contexts: [c]") << u"an entry of contexts is not a mapping"_qs;
}

void TestKubeconfig::uselessFiles()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, reason);
    const Kubeconfig config = Kubeconfig::parse(content.toStdString(), "/f");
    QCOMPARE(config.errors().size(), std::size_t(1));
    QCOMPARE(text(config.errors().front().message), u"error loading config file \"/f\": "_qs + reason);
    QVERIFY(config.isEmpty());
}

void TestKubeconfig::relativePaths()
{
    const Folder folder;
    folder.write(u"one/ca.pem"_qs, "CA");
    folder.write(u"cert.pem"_qs, "CERT");
    folder.write(u"one/keys/key.pem"_qs, "KEY");
    const auto file = folder.write(u"one/config"_qs,
        QByteArray::fromStdString(configWith("server: 'https://x', certificate-authority: ca.pem",
            "client-certificate: ../cert.pem, client-key: keys/key.pem")));
    const auto resolved = loadList(file).resolve("c");
    QVERIFY(resolved.ok());
    QCOMPARE(text(resolved->cluster.caFile), text(folder.path(u"one/ca.pem"_qs)));
    QCOMPARE(text(resolved->user.clientCertificateFile), text(folder.path(u"cert.pem"_qs)));
    QCOMPARE(text(resolved->user.clientKeyFile), text(folder.path(u"one/keys/key.pem"_qs)));

    const auto exec = [](const QByteArray &command) {
        const auto config =
            Kubeconfig::parse(configWith("server: 'https://x'",
                                  "exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: "
                                  "Never, args: [./a], command: "
                                      + command + "}"),
                "/dir/config");
        return config.resolve("c")->user.exec.value_or(ExecConfig());
    };
    QCOMPARE(text(exec("aws").command), u"aws"_qs);
    QCOMPARE(text(exec("./aws").command), u"/dir/aws"_qs);
    QCOMPARE(text(exec("/bin/aws").command), u"/bin/aws"_qs);
    QCOMPARE(text(exec("aws").arguments.front()), u"./a"_qs);
}

void TestKubeconfig::contextsAreListed()
{
    const Kubeconfig config = Kubeconfig::parse(
        "clusters: [{name: k, cluster: {server: 'https://x'}}, {name: plain, cluster: {server: 'http://x'}}]\n"
        "users:\n- name: e\n  user: {exec: {apiVersion: client.authentication.k8s.io/v1beta1, command: x}}\n"
        "- name: both\n  user: {token: t, exec: {apiVersion: client.authentication.k8s.io/v1beta1, command: x}}\n"
        "contexts: [{name: b, context: {cluster: k, user: e, namespace: n}}, {name: a, context: {cluster: plain}},\n"
        "  {name: d, context: {cluster: k, user: both}}, {name: z, context: {cluster: gone, user: gone}}]\n"
        "current-context: b\nunknown: {field: 1}\n",
        "/f");
    const auto contexts = config.contexts();
    QCOMPARE(contexts.size(), std::size_t(4));
    QCOMPARE(text(contexts[0].name), u"a"_qs);
    QVERIFY(contexts[0].insecure && !contexts[0].needsExec && !contexts[0].current);
    QVERIFY(contexts[1].needsExec && contexts[1].current && !contexts[1].insecure);
    QCOMPARE(text(contexts[1].nameSpace), u"n"_qs);
    QVERIFY2(!contexts[2].needsExec, "a token comes before the plugin");
    QCOMPARE(ids(contexts[3].problems), (QStringList{u"kube.cluster-missing"_qs, u"kube.user-missing"_qs}));
    QCOMPARE(text(config.resolve("nowhere").error().id), u"kube.context-missing"_qs);
}

void TestKubeconfig::entriesHaveProblems_data()
{
    QTest::addColumn<QByteArray>("cluster");
    QTest::addColumn<QByteArray>("user");
    QTest::addColumn<QStringList>("expected");
    const auto row = [](const char *name, const char *cluster, const char *user, const QStringList &expected) {
        QTest::newRow(name) << QByteArray(cluster) << QByteArray(user) << expected;
    };
    const char *good = "server: 'https://x'";
    row("nothing", good, "", {});
    row("no server", "", "", {u"kube.cluster-no-server"_qs});
    row("server without scheme", "server: x:6443", "", {});
    row("server of another scheme", "server: 'ftp://x'", "", {u"kube.cluster-server"_qs});
    row("proxy http", "server: 'https://x', proxy-url: 'http://p:1'", "", {});
    row("proxy https", "server: 'https://x', proxy-url: 'https://p:1'", "", {});
    row("proxy socks5", "server: 'https://x', proxy-url: 'socks5://p:1'", "", {});
    row("proxy ssh", "server: 'https://x', proxy-url: 'ssh://p:1'", "", {u"kube.cluster-proxy"_qs});
    row("proxy without scheme", "server: 'https://x', proxy-url: 'p:1'", "", {u"kube.cluster-proxy"_qs});
    row("CA twice", "server: 'https://x', certificate-authority: /f, certificate-authority-data: QQ==", "",
        {u"kube.cluster-ca-twice"_qs});
    row("CA file missing", "server: 'https://x', certificate-authority: /none", "", {u"kube.cluster-ca-file"_qs});
    row("CA data not base64", "server: 'https://x', certificate-authority-data: '!'", "",
        {u"kube.cluster-unreadable"_qs});
    row("insecure with CA", "server: 'https://x', insecure-skip-tls-verify: true, certificate-authority-data: QQ==", "",
        {u"kube.cluster-insecure-ca"_qs});
    row("certificate without key", good, "client-certificate-data: QQ==", {u"kube.user-key-missing"_qs});
    row("certificate twice", good, "client-certificate: /f, client-certificate-data: QQ==, client-key-data: QQ==",
        {u"kube.user-certificate-twice"_qs});
    row("key twice", good,
        "client-key: /f, client-certificate-data: QQ==, client-key-data: QQ==", {u"kube.user-key-twice"_qs});
    row("both files missing", good, "client-certificate: /none1, client-key: /none2",
        {u"kube.user-certificate-file"_qs, u"kube.user-key-file"_qs});
    row("token and password", good, "token: t, username: u, password: p", {u"kube.user-methods"_qs});
    row("token and certificate", good, "token: t, client-certificate-data: QQ==, client-key-data: QQ==", {});
    row("token file missing", good, "tokenFile: /none", {u"kube.user-token-file"_qs});
    row("token file is a device", good, "tokenFile: /dev/zero", {u"kube.user-token-file"_qs});
    row("groups without user", good, "as-groups: [a]", {u"kube.user-impersonation"_qs});
    row("extra without user", good, "as-user-extra: {a: [b]}", {u"kube.user-impersonation"_qs});
    row("impersonation", good, "as: x, as-groups: [a]", {});
    row("gcp", good, "auth-provider: {name: gcp}", {u"kube.provider-gone"_qs});
    row("azure", good, "auth-provider: {name: azure}", {u"kube.provider-gone"_qs});
    row("oidc", good, "auth-provider: {name: oidc, config: {id-token: x}}", {});
    row("unknown provider", good, "auth-provider: {name: zzz}", {u"kube.provider-unknown"_qs});
    row("exec empty", good, "exec: {}", {u"kube.exec-no-command"_qs, u"kube.exec-no-version"_qs});
    row("exec alpha", good, "exec: {command: x, apiVersion: client.authentication.k8s.io/v1alpha1}",
        {u"kube.exec-version"_qs});
    row("exec v1 without mode", good, "exec: {command: x, apiVersion: client.authentication.k8s.io/v1}",
        {u"kube.exec-no-mode"_qs});
    row("exec beta without mode", good, "exec: {command: x, apiVersion: client.authentication.k8s.io/v1beta1}", {});
    row("exec odd mode", good,
        "exec: {command: x, apiVersion: client.authentication.k8s.io/v1, interactiveMode: Sometimes}",
        {u"kube.exec-mode"_qs});
    row("exec variable without name", good,
        "exec: {command: x, apiVersion: client.authentication.k8s.io/v1beta1, env: [{value: v}]}",
        {u"kube.exec-no-variable"_qs});
    row("exec and provider", good,
        "auth-provider: {name: oidc}, exec: {command: x, apiVersion: client.authentication.k8s.io/v1beta1}",
        {u"kube.exec-and-provider"_qs});
    row("a number where a list belongs", good, "as: x, as-groups: 7", {u"kube.user-unreadable"_qs});
}

void TestKubeconfig::entriesHaveProblems()
{
    QFETCH(QByteArray, cluster);
    QFETCH(QByteArray, user);
    QFETCH(QStringList, expected);
    const Kubeconfig config = Kubeconfig::parse(configWith(cluster, user), "/f");
    QVERIFY(config.errors().empty());
    QCOMPARE(ids(config.problems("c")), expected);
    QCOMPARE(config.resolve("c").ok(), expected.isEmpty());
}

void TestKubeconfig::namedFilesAreChecked()
{
    const Folder folder;
    folder.write(u"empty"_qs, " \n");
    folder.write(u"large"_qs, QByteArray((1 << 20) + 1, 'x'));
    const auto problems = [&](const QByteArray &file) {
        return ids(Kubeconfig::parse(configWith("server: 'https://x'", "tokenFile: " + file), folder.path(u"config"_qs))
                       .problems("c"));
    };
    QCOMPARE(problems("empty"), QStringList{u"kube.user-token-file"_qs});
    QCOMPARE(problems("large"), QStringList{u"kube.user-token-file"_qs});
}

void TestKubeconfig::secretsStayOutOfProblems()
{
    const Kubeconfig config =
        Kubeconfig::parse(configWith("server: 'https://x'",
                              "token: SECRET, password: SECRET, username: u, client-key-data: 'SECRET!', "
                              "client-certificate-data: QQ==, exec: {env: [{value: SECRET}]}"),
            "/f");
    QVERIFY(config.problems("c").size() > 2);
    for (const Error &error : config.problems("c")) {
        QVERIFY(error.message.find("SECRET") == std::string::npos);
        for (const auto &[name, value] : error.parameters)
            QVERIFY(value.find("SECRET") == std::string::npos);
    }
}

void TestKubeconfig::execExtension()
{
    const Kubeconfig config = Kubeconfig::parse(
        configWith("server: 'https://x', extensions: [{name: client.authentication.k8s.io/exec, extension: "
                   "{audience: '7', count: 7, on: true}}]",
            "token: t"),
        "/f");
    const Value extension = config.resolve("c")->cluster.execExtension;
    QCOMPARE(text(extension.get("audience").stringOr()), u"7"_qs);
    QCOMPARE(extension.get("count").integerOr(0), 7);
    QVERIFY(extension.get("on").boolOr(false));
}

void TestKubeconfig::aliasBombIsStopped()
{
    QByteArray bomb = "l0: &l0 [x]\n";
    for (int i = 1; i < 40; ++i) {
        const QByteArray before = "*l" + QByteArray::number(i - 1);
        bomb += "l" + QByteArray::number(i) + ": &l" + QByteArray::number(i) + " [" + before + ", " + before + "]\n";
    }
    bomb +=
        "clusters: [{name: k, cluster: {extensions: [{name: client.authentication.k8s.io/exec, extension: *l39}]}}]\n";
    const Kubeconfig config = Kubeconfig::parse(bomb.toStdString(), "/f");
    QCOMPARE(ids(config.errors()), QStringList{u"kube.config-file"_qs});
}

QTEST_GUILESS_MAIN(TestKubeconfig)
#include "tst_kubeconfig.moc"
