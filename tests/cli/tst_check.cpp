// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/checkcommands.h"
#include "cli/unknowncommand.h"
#include "yaml/json.h"

#include <QtTest>

using namespace pk;

namespace {

const QString dataFolder = QStringLiteral(PK_TEST_DATA "/cli/");

struct Outcome
{
    int code = -1;
    QByteArray out;
    QByteArray err;
};

/// Runs "lint good.yaml -o json" in the folder of the data.
Outcome run(const QString &line)
{
    QStringList words = line.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    const QString command = words.takeFirst();
    std::vector<std::string> arguments;
    for (const QString &word : std::as_const(words))
        arguments.push_back(word.toStdString());
    cli::Streams streams;
    const int code =
        command == QStringLiteral("lint") ? cli::runLint(arguments, streams) : cli::runDiff(arguments, streams);
    return {code, QByteArray::fromStdString(streams.out), QByteArray::fromStdString(streams.err)};
}

QByteArray readAll(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// With PK_RECORD set what is printed becomes what is expected, to be read before it is committed.
void compareWithGolden(QByteArray printed, const QString &name)
{
    static const QRegularExpression ownVersion(QStringLiteral("(\"rules\": [^$]*?\"version\": \")\\d[^\"]*"));
    printed = QString::fromUtf8(printed).replace(ownVersion, QStringLiteral("\\1ours")).toUtf8();
    const QString path = dataFolder + name;
    if (qEnvironmentVariableIsSet("PK_RECORD")) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(printed);
    }
    QCOMPARE(printed, readAll(path));
}

/// The secrets of the data, as they stand and as what they encode.
const QByteArrayList secrets = {"dG9rZW4tb2YtdGhlLXBvb2w=", "cHJpdmF0ZS1rZXktb2YtdGhlLXBvb2w=", "YW5vdGhlci10b2tlbg==",
    "hunter2-hunter2", "hunter3-hunter3", "a-plain-word-that-is-a-secret"};

} // namespace

/// `poolkeeper lint` and `poolkeeper diff` as a pull request's checks see them: exit codes and every form of report.
class TestCheck : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY(QDir::setCurrent(dataFolder)); }

    void tells_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("golden");
        const auto row = [](const char *name, const char *line, int code, const char *golden) {
            QTest::newRow(name) << QString::fromLatin1(line) << code << QString::fromLatin1(golden);
        };
        row("lint: a good file", "lint good.yaml", 0, "lint-good.txt");
        row("lint: no YAML", "lint broken.yaml", 1, "lint-broken.txt");
        row("lint: the schema", "lint schema.yaml", 1, "lint-schema.txt");
        row("lint: rules, with fixes", "lint rules.yaml", 1, "lint-rules.txt");
        row("lint: a draft's marks; a secret that the schema quotes", "lint draft.yaml", 1, "lint-draft.txt");
        row("lint: what YAML makes of a text", "lint surprises.yaml", 1, "lint-surprises.txt");
        row("lint: that in json", "lint surprises.yaml -o json", 1, "lint-surprises.json");
        row("lint: that in sarif", "lint surprises.yaml -o sarif", 1, "lint-surprises.sarif");
        row("lint: a template that fails", "lint failing.yaml --chart failing-chart", 1, "lint-failing.txt");
        row("lint: a template that fails, in sarif", "lint failing.yaml --chart failing-chart -o sarif", 1,
            "lint-failing.sarif");
        row("lint: a template that makes no YAML", "lint no-yaml.yaml --chart failing-chart", 1, "lint-no-yaml.txt");
        row("lint: several files", "lint good.yaml rules.yaml broken.yaml", 1, "lint-several.txt");
        row("lint: json", "lint rules.yaml good.yaml -o json", 1, "lint-rules.json");
        row("lint: sarif", "lint rules.yaml broken.yaml --output sarif", 1, "lint-rules.sarif");
        row("lint: sarif of nothing", "lint good.yaml --output=sarif", 0, "lint-good.sarif");
        row("lint: values below", "lint only-replicas.yaml --base good.yaml", 0, "lint-base.txt");
        row("diff: values and consequences", "diff before.yaml after.yaml", 1, "diff.txt");
        row("diff: with manifests", "diff before.yaml after.yaml --manifests", 1, "diff-manifests.txt");
        row("diff: json", "diff before.yaml after.yaml --manifests -o json", 1, "diff.json");
        row("diff: sarif", "diff before.yaml after.yaml -o sarif", 1, "diff.sarif");
        row("diff: the same values otherwise written", "diff before.yaml only-comments.yaml", 0, "diff-equal.txt");
        row("diff: nothing in sarif", "diff before.yaml only-comments.yaml -o sarif", 0, "diff-equal.sarif");
        row("diff: one kind replaces another", "diff before.yaml good.yaml", 1, "diff-kind.txt");
        row("diff: against the defaults", "diff good.yaml", 1, "diff-defaults.txt");
    }

    void tells()
    {
        QFETCH(QString, line);
        QFETCH(int, code);
        QFETCH(QString, golden);
        const Outcome outcome = run(line);
        QCOMPARE(outcome.err, QByteArray());
        for (const QByteArray &secret : secrets)
            QVERIFY2(!outcome.out.contains(secret), secret.constData());
        compareWithGolden(outcome.out, golden);
        QCOMPARE(outcome.code, code);
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("error");
        const auto row = [](const char *name, const char *line, const char *error) {
            QTest::newRow(name) << QString::fromLatin1(line) << QString::fromLatin1(error);
        };
        row("lint of nothing", "lint", "lint needs at least one values file");
        row("diff of nothing", "diff", "diff needs two values files");
        row("diff of three", "diff a b c", "diff needs two values files");
        row("a file that is not there", "lint none.yaml", "open none.yaml");
        row("a chart that is not there", "lint good.yaml --chart ./none", "path \"./none\" not found");
        row("a form that is none", "lint good.yaml -o xml", "--output is text, json or sarif, not \"xml\"");
        row("a level that is none", "lint good.yaml --compat 2", "");
        row("a name that is none", "lint good.yaml --name X", "release name");
        row("an unknown flag", "diff good.yaml --strict", "unknown flag: --strict");
        row("values that do not render", "diff before.yaml broken.yaml", "broken.yaml: ");
        row("a base that is no YAML", "lint good.yaml --base broken.yaml", "failed to parse broken.yaml");
    }

    void refuses()
    {
        QFETCH(QString, line);
        QFETCH(QString, error);
        const Outcome outcome = run(line);
        QCOMPARE(outcome.code, 2);
        QCOMPARE(outcome.out, QByteArray());
        QVERIFY2(outcome.err.startsWith(QByteArray("Error: ") + error.toLatin1()), outcome.err.constData());
    }

    void warningsFailWhenStrict()
    {
        QCOMPARE(run(QStringLiteral("lint good.yaml")).code, 0);
        QCOMPARE(run(QStringLiteral("lint good.yaml --strict")).code, 1);
    }

    void helpIsNoFailure()
    {
        for (const char *line : {"lint --help", "diff -h"}) {
            const Outcome outcome = run(QString::fromLatin1(line));
            QCOMPARE(outcome.code, 0);
            QVERIFY(outcome.out.contains("Usage:"));
        }
    }

    /// What a reader of SARIF 2.1.0 relies on.
    void sarifIsWellFormed_data()
    {
        QTest::addColumn<QString>("line");
        QTest::newRow("lint") << QStringLiteral("lint rules.yaml broken.yaml schema.yaml draft.yaml -o sarif");
        QTest::newRow("diff") << QStringLiteral("diff before.yaml after.yaml -o sarif");
    }

    void sarifIsWellFormed()
    {
        QFETCH(QString, line);
        const auto log = yaml::parseJson(run(line).out.toStdString());
        QVERIFY(log.ok());
        QCOMPARE(log->get("version").stringOr(), std::string("2.1.0"));
        QCOMPARE(log->get("runs").asList().items.size(), std::size_t(1));
        const Value sarif = log->get("runs").asList().items[0];
        const auto &rules = sarif.at({"tool", "driver", "rules"}).asList().items;
        QVERIFY(!sarif.at({"tool", "driver", "name"}).stringOr().empty());
        const auto &results = sarif.get("results").asList().items;
        QVERIFY(!results.empty());
        for (const Value &result : results) {
            const auto index = static_cast<std::size_t>(result.get("ruleIndex").integerOr(-1));
            QVERIFY(index < rules.size());
            QCOMPARE(rules[index].get("id").stringOr(), result.get("ruleId").stringOr());
            const std::string level = result.get("level").stringOr();
            QVERIFY(level == "error" || level == "warning" || level == "note");
            QVERIFY(!result.at({"message", "text"}).stringOr().empty());
            const Value place = result.get("locations").asList().items.at(0).get("physicalLocation");
            QVERIFY(!place.at({"artifactLocation", "uri"}).stringOr().empty());
            const Value region = place.get("region");
            QVERIFY(region.get("startLine").integerOr(0) >= 1);
            if (!region.get("endLine").isNil()) {
                const auto begin =
                    std::pair(region.get("startLine").integerOr(0), region.get("startColumn").integerOr(0));
                const auto end = std::pair(region.get("endLine").integerOr(0), region.get("endColumn").integerOr(0));
                QVERIFY(begin.second >= 1 && begin <= end);
            }
        }
    }

    void whatIsNoCommandIsSaidAsHelmDoes_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("way");
        QTest::addRow("a word") << QByteArray("instal") << QByteArray();
        QTest::addRow("a values file") << QByteArray("values.yaml")
                                       << QByteArray("To open a values file in the window: poolkeeper -- values.yaml\n"
                                                     "To check it: poolkeeper lint values.yaml\n");
        QTest::addRow("a folder")
            << QByteArray("/tmp")
            << QByteArray("It is a folder. To print the manifests of a chart in it: poolkeeper template /tmp\n");
    }
    void whatIsNoCommandIsSaidAsHelmDoes()
    {
        QFETCH(const QByteArray, name);
        QFETCH(const QByteArray, way);
        QCOMPARE(QByteArray::fromStdString(cli::unknownCommand(name.toStdString())),
            "Error: unknown command \"" + name + "\" for \"poolkeeper\"\nRun 'poolkeeper --help' for usage.\n" + way);
    }
};

QTEST_GUILESS_MAIN(TestCheck)
#include "tst_check.moc"
