// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/releaseflow.h"
#include "base/encoding.h"
#include "base/log.h"
#include "chart/chart.h"
#include "chart/render.h"
#include "document/draftstore.h"
#include "document/exports.h"
#include "document/secrets.h"
#include "document/valuesdocument.h"
#include "kube/clientfixture.h"
#include "preview/objectdiff.h"
#include "release/fakecluster.h"
#include "release/operation.h"
#include "store/store.h"
#include "support/scriptedserver.h"
#include "values/valuessession.h"

#include <QAbstractButton>
#include <QClipboard>
#include <QDir>
#include <QDirIterator>
#include <QGuiApplication>
#include <QLabel>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace pk;

namespace {

/// Nothing here is a key of anything: random bytes in the shape of one.
const std::string pem = "-----BEGIN RSA PRIVATE KEY-----\n"
                        "MIIEowIBAAKCAQEAq3P0m1Zk7Q2xvT9nR4uWcLhYdJbEoGfSaKpMzVtXiUwNrC5s\n"
                        "Bq8HlD2yGjFeOoPkTnIuVrXw6ZbYcA1MdLhQsJmE3tRf9KpNvUxWgSaCzB7iHqD0\n"
                        "-----END RSA PRIVATE KEY-----\n";
const std::string poolToken = base64Encode(
    R"({"broker":{"endpoint":"x-ats.iot.example.com","topic":"workers/readable-topic"},"id":"01HPOOLPOOLPOOL"})");
const std::string environmentToken = "ghp-plain-and-short-77";
const std::string bearer = "bearer-of-the-cluster-4711";

/// Every way in which the planted secrets could stand somewhere, and their parts.
QList<QByteArray> forbidden()
{
    QList<QByteArray> all;
    for (const std::string &secret : {pem, base64Encode(pem), poolToken, environmentToken, bearer}) {
        all << QByteArray::fromStdString(secret) << QByteArray::fromStdString(base64Encode(secret)).chopped(4);
    }
    for (const QByteArray &line : QByteArray::fromStdString(pem).split('\n')) {
        if (!line.isEmpty() && !line.startsWith("-----"))
            all << line;
    }
    return all << "readable-topic";
}

std::string values()
{
    std::string block;
    for (const QByteArray &line : QByteArray::fromStdString(pem).trimmed().split('\n'))
        block += "        " + line.toStdString() + "\n";
    return "credentials:\n  token: " + poolToken + "\n  privateKey: " + base64Encode(pem)
        + "\nlauncher:\n  extraEnv:\n    - name: GITHUB_TOKEN\n      value: " + environmentToken
        + "\n    - name: SIGNING_KEY\n      value: |\n" + block + "podAnnotations:\n  note: " + poolToken + "\n";
}

chart::ChartPtr bundled()
{
    const auto loaded = chart::loadChart(PK_BUNDLED_CHART, chart::levels43());
    if (!loaded)
        qFatal("%s", loaded.error().message.c_str());
    return *loaded;
}

chart::Rendered rendered(const chart::ChartPtr &chart)
{
    const auto tree = chart::parseValues(values(), chart::levels43());
    chart::Renderer renderer(chart, chart::levels43());
    return renderer.render({.values = *tree, .release = {.name = "prod", .namespaceName = "ci"}});
}

QByteArray bytesBelow(const QString &folder)
{
    QByteArray all;
    QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.open(QIODevice::ReadOnly))
            all += file.readAll();
    }
    return all;
}

/// All that a person, a log or a file is told about an error.
QByteArray textOf(const Error &error)
{
    std::string text = error.message + '\n' + error.id;
    for (const auto &[name, value] : error.parameters)
        text += '\n' + name + '=' + value;
    return QByteArray::fromStdString(text);
}

} // namespace

#define PK_NO_SECRETS(bytes)                                                                                           \
    do {                                                                                                               \
        const QByteArray searched_ = (bytes);                                                                          \
        QVERIFY(!searched_.isEmpty());                                                                                 \
        for (const QByteArray &secret_ : forbidden())                                                                  \
            QVERIFY2(!searched_.contains(secret_), ("leaked: " + secret_ + "\nin: " + searched_).constData());         \
    } while (false)

/// Plants secrets and looks for them in everything that leaves the program's memory or reaches a person's eyes.
class TestHouseSecrets : public QObject
{
    Q_OBJECT

private slots:
    void draftsAndExports();
    void namesOfUndo();
    void manifestsThatAreShown();
    /// What Kubernetes may answer quotes what it was sent.
    void operationsAndTheStore();
    /// `credentials.token: hunter2` looks like nothing; only its place tells that it is secret.
    void whatTemplatesLookUp();
    void plainWordsAreKnownByTheirPlace();
    void logOfRequests();
    /// JSON Schema libraries quote the value that fails, and templates quote what they like.
    void problemsOfValues_data();
    void problemsOfValues();
};

void TestHouseSecrets::draftsAndExports()
{
    QTemporaryDir folder;
    document::DraftStore drafts(folder.path().toStdString());
    document::Draft draft;
    draft.id = document::DraftStore::newDraftId();
    draft.name = "prod";
    draft.text = values();
    QVERIFY(drafts.save(draft, WallTime()).ok());
    PK_NO_SECRETS(bytesBelow(folder.path()));
    PK_NO_SECRETS(QByteArray::fromStdString(document::withoutSecrets(values())));
    PK_NO_SECRETS(QByteArray::fromStdString(document::helmCommand({.release = "prod",
        .ns = "ci",
        .chart = "chart",
        .valuesFile = "values.yaml",
        .context = {},
        .valuesText = values()})));
}

void TestHouseSecrets::namesOfUndo()
{
    document::ValuesDocument document(values());
    QByteArray names;
    const auto note = [&] {
        names += QByteArray::fromStdString(document.undoName()->id + ' ' + document.undoName()->path + '\n');
    };
    QVERIFY(document.set({"credentials", "token"}, Value::string(poolToken + "A")).ok());
    note();
    QVERIFY(document.setYaml({"launcher", "extraEnv"}, "[{name: A_TOKEN, value: " + environmentToken + "}]").ok());
    note();
    QVERIFY(document.remove({"credentials", "privateKey"}).ok());
    note();
    document.type(0, 0, "# " + environmentToken + "\n");
    note();
    PK_NO_SECRETS(names);
}

void TestHouseSecrets::manifestsThatAreShown()
{
    const chart::Rendered result = rendered(bundled());
    QVERIFY(!result.error);
    QVERIFY(result.manifest.find(environmentToken) != std::string::npos);
    QByteArray shown;
    for (const QString &kind : {QStringLiteral("Secret"), QStringLiteral("Deployment")}) {
        const QString text = QString::fromStdString(result.manifest);
        for (const QString &part : text.split(QStringLiteral("\n---\n"), Qt::SkipEmptyParts)) {
            if (!part.contains(QStringLiteral("kind: ") + kind))
                continue;
            gui::ObjectDiff view;
            gui::PreviewObject object;
            object.key = kind;
            object.kind = kind;
            object.name = QStringLiteral("prod");
            object.after = part.toUtf8();
            view.setObjects({object}, false);
            shown += view.shownText().toUtf8();
            object.before = object.after;
            object.after.replace("replicas: 1", "replicas: 2");
            view.setObjects({object}, true);
            shown += view.shownText().toUtf8();
        }
    }
    PK_NO_SECRETS(shown);
}

void TestHouseSecrets::operationsAndTheStore()
{
    QTemporaryDir folder;
    const chart::ChartPtr chart = bundled();
    const chart::Rendered result = rendered(chart);
    test::FakeCluster cluster;
    cluster.refuse = [](const std::string &request) -> std::optional<Error> {
        if (request.starts_with("apply") && request.find("deployments") != std::string::npos)
            return Error{.code = Error::Code::InvalidInput,
                .message = "Deployment is invalid: metadata.annotations.note: Invalid value: \"" + poolToken
                    + "\"; env: Invalid value: \"" + pem + "\"; privateKey: " + base64Encode(pem),
                .id = "kube.invalid"};
        return {};
    };
    release::OperationRequest request;
    request.action = release::Action::Install;
    request.name = "prod";
    request.ns = "ci";
    request.manifest = result.manifest;
    request.config = *chart::parseValues(values(), chart::levels43());
    request.chart = release::chartRecord(*chart, chart->values);
    QByteArray told;
    std::optional<release::OperationResult> done;
    {
        store::Store store(
            (folder.path() + QStringLiteral("/ledger.db")).toStdString(), [](const std::function<void()> &) {});
        store.beginOperation({}, [](const Result<std::int64_t> &) {});
        release::Operation operation(
            cluster, cluster, std::move(request),
            [&](const release::StepEvent &event) {
                told += QByteArray::fromStdString(event.step + ' ' + event.object + ' ' + event.detail + '\n');
                store.addStep(1, {event.step, event.object, nameOf(event.state), event.detail, event.time});
            },
            [&](const release::OperationResult &end) { done = end; });
        operation.start();
        cluster.run();
        QVERIFY(done && done->error);
        told += textOf(*done->error);
        for (const std::string &warning : done->warnings)
            told += QByteArray::fromStdString(warning);
        store.endOperation(1, "failed", done->error->message, WallTime());
    }
    PK_NO_SECRETS(bytesBelow(folder.path()));
    PK_NO_SECRETS(told);
}

void TestHouseSecrets::whatTemplatesLookUp()
{
    const auto chart =
        chart::loadFiles({{"Chart.yaml", "apiVersion: v2\nname: t\nversion: 0.1.0\n"},
                             {"templates/a.yaml",
                                 "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n"
                                 "  note: {{ (lookup \"v1\" \"Secret\" \"ci\" \"theirs\").data.word | b64dec }}\n"}},
            chart::levels43());
    QVERIFY(chart.ok());
    test::FakeCluster cluster;
    cluster.objects["/api/v1/namespaces/ci"] = Value::map({{"metadata", Value::map()}});
    cluster.kinds.groupVersions = {"v1"};
    cluster.kinds.resources = {{.version = "v1", .kind = "Secret", .plural = "secrets"},
        {.version = "v1", .kind = "ConfigMap", .plural = "configmaps"}};
    cluster.lookups = [](const std::string &, std::shared_ptr<http::Dispatcher> dispatcher,
                          std::function<void(kube::Answer<Value>)> done) {
        const auto delivery =
            std::make_shared<http::Delivery<kube::Answer<Value>>>(std::move(dispatcher), std::move(done));
        const Value data = Value::map({{"word", Value::string(base64Encode("hunter2-of-theirs"))}});
        delivery->finish({Result<Value>(Value::map({{"kind", Value::string("Secret")}, {"data", data}})), {}});
        return http::Call(delivery);
    };
    int quoted = 0;
    cluster.refuse = [&quoted](const std::string &asked) -> std::optional<Error> {
        if (asked.find("configmaps/a") == std::string::npos || asked.starts_with("get "))
            return {};
        ++quoted;
        return Error{.code = Error::Code::InvalidInput, .message = "data.note: Invalid value: hunter2-of-theirs"};
    };
    gui::ReleaseTarget target;
    target.action = release::Action::Install;
    target.release = QStringLiteral("prod");
    target.ns = QStringLiteral("ci");
    target.chart = *chart;
    gui::ReleaseFlow flow(cluster, cluster, target);
    flow.prepare();
    const auto settled = [&] {
        cluster.run();
        return !flow.review().checking;
    };
    QTRY_VERIFY(settled());
    QSignalSpy finished(&flow, &gui::ReleaseFlow::finished);
    flow.run({});
    const auto ended = [&] {
        cluster.run();
        return !finished.isEmpty();
    };
    QTRY_VERIFY(ended());
    QStringList told{flow.progress().reason, QString::fromStdString(cluster.record("prod", 1)->description())};
    for (const auto &line : flow.review().consequences)
        told << line.what << line.detail;
    const QString everything = told.join(u'\n');
    QCOMPARE(quoted, 2);
    QVERIFY2(everything.count(QStringLiteral("(hidden)")) >= 2, qPrintable(everything));
    QVERIFY2(!everything.contains(QStringLiteral("hunter2")), qPrintable(everything));
}

void TestHouseSecrets::plainWordsAreKnownByTheirPlace()
{
    const std::string text =
        "useStatefulSet: true\ncredentials:\n  token: hunter2\n  privateKey: correct-horse-battery\n"
        "launcher:\n  extraEnv:\n    - {name: API_PASSWORD, value: swordfish}\n";
    const QByteArray words[] = {
        "hunter2", "correct-horse", "swordfish", QByteArray("hunter2").toBase64(QByteArray::OmitTrailingEquals)};
    QTemporaryDir folder;
    test::FakeCluster cluster;
    cluster.objects["/api/v1/namespaces/ci"] = Value::map({{"metadata", Value::map()}});
    int quoted = 0;
    cluster.refuse = [&quoted](const std::string &asked) -> std::optional<Error> {
        const bool wanted = asked.find("statefulsets") != std::string::npos;
        if (!wanted || (!asked.starts_with("apply ") && !asked.starts_with("dry-run ")))
            return {};
        ++quoted;
        return Error{.code = Error::Code::InvalidInput,
            .message = "StatefulSet is invalid: Invalid value: \"hunter2\": not " + base64Encode("hunter2")
                + ", spec.env[0].value: Invalid value: 'swordfish', seen correct-horse-battery",
            .id = "kube.invalid",
            .parameters = {{"object", "hunter2"}}};
    };
    QStringList told;
    const auto tellReview = [&told](const gui::ReviewState &review) {
        for (const auto &line : review.consequences)
            told << line.what << line.detail;
        told << review.blockedBecause << review.title << review.subtitle;
    };
    QString recorded;
    {
        store::Store store(folder.filePath(QStringLiteral("ledger.db")).toStdString(),
            [](const std::function<void()> &work) { work(); });
        gui::ReleaseTarget target;
        target.action = release::Action::Install;
        target.release = QStringLiteral("prod");
        target.ns = QStringLiteral("ci");
        target.chart = bundled();
        target.valuesText = text;
        gui::ReleaseFlow flow(cluster, cluster, target);
        QObject::connect(&flow, &gui::ReleaseFlow::reviewChanged, &flow, [&] { tellReview(flow.review()); });
        flow.prepare();
        const auto settled = [&] {
            cluster.run();
            return !flow.review().checking;
        };
        QTRY_VERIFY(settled());
        flow.setJournal(std::make_unique<gui::OperationJournal>(store, folder.path(), store::OperationRow{}));
        gui::ProgressPage page;
        QSignalSpy finished(&flow, &gui::ReleaseFlow::finished);
        gui::ReleaseWorkers workers;
        workers.trouble = QStringLiteral("Worker 0 cannot start: hunter2");
        workers.said = {
            {QStringLiteral("14:32:36"), {}, {}, QStringLiteral("Failed"), QStringLiteral("bad token hunter2")}};
        flow.run({});
        flow.setWorkers(workers);
        const auto ended = [&] {
            cluster.run();
            return !finished.isEmpty();
        };
        QTRY_VERIFY(ended());
        page.setState(flow.progress());
        page.findChild<QAbstractButton *>(QStringLiteral("copyLog"))->click();
        told << QGuiApplication::clipboard()->text();
        for (const QLabel *label : page.findChildren<QLabel *>())
            told << label->text();
        for (const QWidget *widget : page.findChildren<QWidget *>())
            told << widget->accessibleName() << widget->toolTip();
        recorded = QString::fromStdString(cluster.record("prod", 1)->description());
        document::DraftStore drafts(folder.filePath(QStringLiteral("drafts")).toStdString());
        document::Draft draft;
        draft.id = document::DraftStore::newDraftId();
        draft.text = text;
        QVERIFY(drafts.save(draft, WallTime()).ok());
    }
    QCOMPARE(quoted, 2); // By the dry run and by the install itself.
    QVERIFY(recorded.contains(QStringLiteral("(hidden)")));
    told << recorded << QString::fromStdString(document::withoutSecrets(text))
         << QString::fromStdString(document::helmCommand({.release = "prod",
                .ns = "ci",
                .chart = "chart",
                .valuesFile = "values.yaml",
                .context = {},
                .valuesText = text}));
    QByteArray everything = told.join(u'\n').toUtf8() + bytesBelow(folder.path());
    QVERIFY(everything.contains("StatefulSet is invalid"));
    for (const QByteArray &word : words)
        QVERIFY2(!everything.contains(word), (word + "\nin: " + everything).constData());
}

void TestHouseSecrets::logOfRequests()
{
    static std::mutex mutex;
    static QByteArray lines;
    log::setSink([](log::Level, std::string_view category, std::string_view line) {
        const std::lock_guard lock(mutex);
        lines += QByteArray(category.data(), qsizetype(category.size())) + ' '
            + QByteArray(line.data(), qsizetype(line.size())) + '\n';
    });
    {
        const test::Certificate authority = test::makeAuthority("ca");
        test::ScriptedServer server(
            [](const test::ServerRequest &, test::ServerConnection &connection) {
                connection.respond(403,
                    R"({"kind":"Status","reason":"Forbidden","code":403,"message":"bad: )" + poolToken + "\"}",
                    "application/json", "Set-Cookie: session=" + bearer + "\r\n");
            },
            test::ScriptedServer::TlsFiles{test::makeCertificate(authority, "s", "IP:127.0.0.1")});
        const auto loop = std::make_shared<test::ManualLoop>();
        http::IoThread io({.userAgent = "test", .trace = true});
        kube::ContextConfig context = test::ClientFixture::plain(server.url());
        context.cluster.caPem = authority.pem;
        context.user.token = Redacted(bearer);
        kube::ApiClient client(io, loop, context, {});
        std::optional<kube::Answer<Value>> answer;
        const http::Call call = client.get({test::pods(), "ns", "p"}, [&](kube::Answer<Value> got) { answer = got; });
        QVERIFY(loop->runUntil([&] { return answer.has_value(); }));
        QVERIFY(!answer->result);
        PK_NO_SECRETS(textOf(answer->result.error()));
        QVERIFY(server.requests().at(0).header("Authorization").find(bearer) != std::string::npos);
    }
    log::write(log::Level::Error, "test", "values were: " + values());
    log::setSink([](log::Level, std::string_view, std::string_view) {});
    const std::lock_guard lock(mutex);
    QVERIFY2(lines.contains("> GET") && lines.contains("(hidden)"), lines.constData());
    lines.replace(QByteArray::fromStdString(environmentToken), "(by place only)");
    PK_NO_SECRETS(lines);
}

void TestHouseSecrets::problemsOfValues_data()
{
    QTest::addColumn<QString>("schema");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("templateText");
    const QString token = QString::fromStdString(poolToken);
    const QString key = QString::fromStdString(base64Encode(pem));
    const QString word = QString::fromStdString(environmentToken);
    const auto row = [](const char *name, const QString &schema, const QString &text, const QString &more = {}) {
        QTest::newRow(name) << schema << text << more;
    };
    const QString pattern = QStringLiteral(
        R"({"properties":{"credentials":{"properties":{"token":{"pattern":"^x$"},"privateKey":{"format":"email"}}}}})");
    row("pattern and format", pattern, QStringLiteral("credentials: {token: %1, privateKey: %2}").arg(token, key));
    row("pattern of a plain word", pattern, QStringLiteral("credentials: {token: %1}").arg(word));
    row("type of a list",
        QStringLiteral(R"({"properties":{"credentials":{"properties":{"token":{"type":"integer"}}}}})"),
        QStringLiteral("credentials: {token: %1}").arg(token));
    row("number where a string is wanted",
        QStringLiteral(R"({"properties":{"credentials":{"properties":{"token":{"type":"string"}}}}})"),
        QStringLiteral("credentials: {token: 4711, privateKey: %1}").arg(word));
    row("unknown key that is a secret", QStringLiteral(R"({"additionalProperties":false})"),
        QStringLiteral("{%1: 1}").arg(token));
    row("fail of a template", QStringLiteral("{}"), QStringLiteral("credentials: {token: %1}").arg(word),
        QStringLiteral("{{ fail (print \"bad: \" .Values.credentials.token) }}"));
    row("broken YAML", QStringLiteral("{}"), QStringLiteral("credentials:\n  token: %1: x\n   a: b\n").arg(token));
}

void TestHouseSecrets::problemsOfValues()
{
    QFETCH(QString, schema);
    QFETCH(QString, text);
    QFETCH(QString, templateText);
    QTemporaryDir folder;
    const auto write = [&](const QString &name, const QString &content) {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content.toUtf8());
    };
    QDir(folder.path()).mkdir(QStringLiteral("templates"));
    write(QStringLiteral("Chart.yaml"), QStringLiteral("apiVersion: v2\nname: t\nversion: 0.1.0\n"));
    write(QStringLiteral("values.schema.json"), schema);
    write(QStringLiteral("templates/a.yaml"), templateText);
    const auto loaded = chart::loadChart(folder.path().toStdString(), chart::levels43());
    QVERIFY(loaded.ok());
    QTemporaryDir draftFolder;
    document::DraftStore drafts(draftFolder.path().toStdString());
    gui::ValuesSession session(*loaded, drafts, {});
    QSignalSpy rendered(&session, &gui::ValuesSession::rendered);
    session.import(text.toStdString());
    QTRY_VERIFY(session.outcome() && !rendered.isEmpty() && !session.allProblems().empty());
    QByteArray told;
    for (const Problem &problem : session.allProblems()) {
        told += session.sentence(problem).toUtf8() + '\n' + session.fixLabel(problem).toUtf8() + '\n'
            + QByteArray::fromStdString(problem.message) + '\n';
        for (const auto &[name, value] : problem.parameters)
            told += QByteArray::fromStdString(name + '=' + value + '\n');
    }
    if (session.outcome()->rendered.error)
        told += textOf(session.outcome()->rendered.error->error);
    PK_NO_SECRETS(told);
}

QTEST_MAIN(TestHouseSecrets)
#include "tst_secrets.moc"
