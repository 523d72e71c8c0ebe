// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/render.h"
#include "document/inspection.h"
#include "document/readproblem.h"
#include "document/surprises.h"
#include "yaml/path.h"
#include "yaml/printer.h"

#include <QProcess>
#include <QtTest>

using namespace pk;
using namespace pk::document;

namespace {

const char *nameOf(Problem::Severity severity)
{
    return severity == Problem::Severity::Error ? "error" : severity == Problem::Severity::Warning ? "warning" : "hint";
}

/// "3:5-9 warning octal a.b 010=8 -> quote "010"" for each problem.
QString describe(const std::vector<Problem> &problems)
{
    QStringList lines;
    for (const Problem &problem : problems) {
        QString line =
            QStringLiteral("%1:%2-%3 %4 %5 %6")
                .arg(problem.at.line)
                .arg(problem.at.column)
                .arg(problem.at.column + int(problem.at.end - problem.at.begin))
                .arg(QLatin1String(nameOf(problem.severity)), QString::fromStdString(problem.id).section(u'.', 1),
                    QString::fromStdString(problem.path));
        for (const auto &[name, value] : problem.parameters)
            line += QStringLiteral(" %1=%2").arg(QString::fromStdString(name), QString::fromStdString(value));
        if (!problem.fix.id.empty())
            line +=
                QStringLiteral(" -> %1 %2")
                    .arg(QString::fromStdString(problem.fix.id).section(u'.', 1),
                        problem.fix.remove ? QStringLiteral("(removed)") : QString::fromStdString(problem.fix.yaml));
        lines.append(line.simplified());
    }
    return lines.join(u'\n');
}

chart::ChartPtr chartOf(const std::string &values, const std::string &schema = {}, const std::string &templates = {})
{
    std::vector<chart::ChartFile> files{{"Chart.yaml", "apiVersion: v2\nname: t\nversion: 0.1.0\n"},
        {"values.yaml", values},
        {"templates/a.yaml", templates.empty() ? "kind: A\nvalues: {{ .Values | toJson | quote }}\n" : templates}};
    if (!schema.empty())
        files.push_back({"values.schema.json", schema});
    const auto chart = chart::loadFiles(std::move(files), chart::levels43());
    return chart ? *chart : nullptr;
}

std::vector<Problem> surprisesOf(const std::string &text, const chart::ChartPtr &chart)
{
    const auto nodes = yaml::parse(text);
    if (!nodes)
        return {};
    chart::Renderer renderer(chart, chart::levels43());
    const Wishes wishes{chart.get(), renderer.described()};
    return findSurprises(text, *nodes, wishes, findSecrets(text));
}

std::string parameter(const Problem &problem, std::string_view name)
{
    for (const auto &[key, value] : problem.parameters) {
        if (key == name)
            return value;
    }
    return {};
}

} // namespace

/// What the editor tells of YAML that means something else than it looks like, and what it must not tell.
class TestSurprises : public QObject
{
    Q_OBJECT

private slots:
    void finds_data();
    void finds();
    void everyClaimIsWhatIsRead_data() { finds_data(); }
    void everyClaimIsWhatIsRead();
    void helmReadsTheSame_data() { finds_data(); }
    void helmReadsTheSame();
    void isSilent_data();
    void isSilent();
    void schemaAndSurprisesSayItOnce_data();
    void schemaAndSurprisesSayItOnce();
    void adviceLeavesTheSchemasErrors();
    void exponentsAreToldWhereTheyArePrinted_data();
    void exponentsAreToldWhereTheyArePrinted();
    void secretsAreNotQuoted();
    void fixesEndTheSurprise_data() { finds_data(); }
    void fixesEndTheSurprise();
    void laterDocumentsHaveNoPaths();
    void helm3IgnoresLaterDocuments();
    void unreadableTexts_data();
    void unreadableTexts();
    void costsGrowWithTheText();
};

void TestSurprises::finds_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("defaults");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const char *text, const char *expected, const char *defaults = "") {
        QTest::newRow(name) << QByteArray(text) << QByteArray(defaults) << QString::fromUtf8(expected);
    };
    row("y as a key", "y: 1\n", "1:0-1 warning key-word true written=y read=true -> quote-key \"y\"");
    row("on within a map", "a:\n  on: push\n",
        "2:2-4 warning key-word a.true written=on read=true -> quote-key \"on\"");
    row("No as a key", "No: 1\n", "1:0-2 warning key-word false written=No read=false -> quote-key \"No\"");
    row("True as a key", "True: 1\n", "1:0-4 warning key-word true written=True read=true -> quote-key \"True\"");
    row("hexadecimal key", "0x10: a\n", "1:0-4 warning key-number 16 written=0x10 read=16 -> quote-key \"0x10\"");
    row("version as a key", "1.10: a\n",
        "1:0-4 warning key-number [\"1.1\"] written=1.10 read=1.1 -> quote-key \"1.10\"");
    row("octal key", "007: a\n", "1:0-3 warning key-number 7 written=007 read=7 -> quote-key \"007\"");

    row("country code", "country: NO\n", "1:9-11 hint word country written=NO read=false -> quote \"NO\"");
    row("country code where text is wanted", "country: NO\n",
        "1:9-11 warning word country written=NO read=false -> quote \"NO\"", "country: DE\n");
    row("a switch of words", "mode: {switch: on}\n",
        "1:15-17 hint word mode.switch written=on read=true -> quote \"on\"");
    row("y in a list", "list: [x, y]\n", "1:10-11 hint word list[1] written=y read=true -> quote \"y\"");

    row("octal", "account: 010\n", "1:9-12 warning octal account written=010 read=8 -> quote \"010\"");
    row("octal where a number is wanted", "port: 010\n",
        "1:6-9 warning octal port written=010 read=8 plain=10 -> write 10", "port: 80\n");
    row("zero before what is no octal", "account: 089\n",
        "1:9-12 warning number account written=089 read=89 -> quote \"089\"");
    row("account with a zero", "account: 012345678901\n",
        "1:9-21 warning number account written=012345678901 read=12345678901 -> quote \"012345678901\"");
    row("version", "image: {tag: 1.10}\n", "1:13-17 warning number image.tag written=1.10 read=1.1 -> quote \"1.10\"");
    row("version of a text", "release: 1.20\n", "1:9-13 warning number release written=1.20 read=1.2 -> quote \"1.20\"",
        "release: \"\"\n");
    row("hash that looks like a number", "commit: 12e4\n",
        "1:8-12 hint number commit written=12e4 read=120000 -> quote \"12e4\"");
    row("hexadecimal", "mask: 0x1F\n", "1:6-10 hint number mask written=0x1F read=31 -> quote \"0x1F\"");
    row("underscores", "name: 1_000\n", "1:6-11 hint number name written=1_000 read=1000 -> quote \"1_000\"");
    row("too many digits", "id: 9007199254740993\n",
        "1:4-20 warning digits id written=9007199254740993 read=9.007199254740992e+15 -> quote \"9007199254740993\"");
    row("too many digits where a number is wanted", "id: 9007199254740993\n",
        "1:4-20 warning digits id written=9007199254740993 read=9.007199254740992e+15", "id: 1\n");

    row("nothing behind a key", "resources:\nother: 1\n",
        "1:10-10 hint empty resources key=resources -> use-default (removed)", "resources: {limits: {cpu: 1}}\n");
    row("tilde", "home: ~\n", "1:6-7 hint tilde home key=home -> use-default (removed)", "home: /home/x\n");
    row("colour", "colour: #fff\n", "1:8-12 warning comment-only colour written=#fff");
    row("comment in a value", "name: ticket #12\n", "1:13-16 hint comment name written=#12");

    row("space at the end in quotes", "name: \"web \"\n", "1:10-11 hint space name -> trim");
    row("space at the beginning in quotes", "name: ' web'\n", "1:7-8 hint space name -> trim");
    row("spaces at the end in a block", "script: |\n  one\n  two  \n  three\n", "3:5-7 hint block-space script");
    row("no-break space",
        "name: a\xC2\xA0"
        "b\n",
        "1:7-9 warning invisible name code=U+00A0");
    row("zero width space in a key", "na\xE2\x80\x8Bme: b\n",
        "1:2-5 warning invisible [\"na\xE2\x80\x8Bme\"] code=U+200B");
    row("typographic quotes", "name: \xE2\x80\x9Cweb\xE2\x80\x9D\n",
        "1:6-15 warning quotes name -> straight-quotes \"web\"");
    row("key twice", "a: 1\nb: 2\na: 3\n", "1:0-1 warning duplicate key=a line=3");
    row("key three times, in quotes too", "a: 1\n\"a\": 2\na: 3\n",
        "1:0-1 warning duplicate key=a line=3\n2:0-3 warning duplicate key=a line=3");
    row("no space behind the colon in braces", "image: {tag:1}\n", "1:8-13 warning no-space image[\"tag:1\"] key=tag");
    row("no space behind the colon in a list of maps", "env:\n  - name: A\n  - name:B\n",
        "3:4-10 warning no-space env[1] key=name");
    row("no space behind the colon where a map is wanted", "image:\n  tag:v1\n", "2:2-8 warning no-space image key=tag",
        "image: {tag: v0}\n");
}

void TestSurprises::finds()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, defaults);
    QFETCH(QString, expected);
    QVERIFY(yaml::parse(text.toStdString()).ok());
    QCOMPARE(describe(surprisesOf(text.toStdString(), chartOf(defaults.toStdString()))), expected);
}

/// Each sentence says what a key or a value is read as: it is what the reader makes of it.
void TestSurprises::everyClaimIsWhatIsRead()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, defaults);
    const auto tree = chart::parseValues(text.toStdString(), chart::levels43());
    QVERIFY(tree.ok());
    for (const Problem &problem : surprisesOf(text.toStdString(), chartOf(defaults.toStdString()))) {
        const std::string read = parameter(problem, "read");
        if (read.empty())
            continue;
        const auto path = yaml::Path::parse(problem.path);
        QVERIFY(path.ok());
        Value at = *tree;
        for (const yaml::Step &step : path->steps()) {
            const auto *index = std::get_if<std::size_t>(&step);
            at = index ? Value(at.asList().items[*index]) : at.get(std::get<std::string>(step));
        }
        if (problem.id.starts_with("yaml.key-")) {
            QCOMPARE(QString::fromStdString(std::get<std::string>(path->last())), QString::fromStdString(read));
            QVERIFY(!at.isNil());
        } else {
            QVERIFY(!at.isString());
            // toYaml writes booleans and numbers as the sentences do; of very large numbers the digits are told.
            const bool same = problem.id == "yaml.digits" ? std::stod(read) == at.toDouble() : yaml::toYaml(at) == read;
            QVERIFY2(same, (yaml::toYaml(at) + " is not " + read).c_str());
        }
    }
}

/// The same by the real helms, which print each value and each key with its kind.
void TestSurprises::helmReadsTheSame()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, defaults);
    const QStringList helms{qEnvironmentVariable("PK_HELM4"), qEnvironmentVariable("PK_HELM3")};
    if (helms.join(QString()).isEmpty())
        QSKIP("PK_HELM4 and PK_HELM3 name no helm");
    const std::vector<Problem> problems = surprisesOf(text.toStdString(), chartOf(defaults.toStdString()));
    QTemporaryDir folder;
    const auto write = [&folder](const QString &name, const QByteArray &content) {
        QDir(folder.path()).mkpath(QFileInfo(folder.filePath(name)).path());
        QFile file(folder.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
    };
    QVERIFY(write(QStringLiteral("t/Chart.yaml"), "apiVersion: v2\nname: t\nversion: 0.1.0\n"));
    QVERIFY(write(QStringLiteral("t/values.yaml"), defaults));
    QVERIFY(write(QStringLiteral("t/templates/NOTES.txt"), ""));
    QVERIFY(write(QStringLiteral("t/templates/a.yaml"),
        "kind: A\ntext: |\n  {{- range $line := splitList \"\\n\" (include \"all\" .Values) }}\n  {{ $line }}{{ end "
        "}}\n"
        "{{- define \"all\" }}{{ range $key, $value := . }}\n<{{ $key }}|{{ kindOf $value }}|"
        "{{ if or (kindIs \"map\" $value) (kindIs \"slice\" $value) }}{{ if kindIs \"map\" $value }}"
        "{{ include \"all\" $value }}{{ else }}{{ range $value }}\n<|{{ kindOf . }}|{{ . }}>{{ end }}{{ end }}"
        "{{ else }}{{ $value }}{{ end }}>{{ end }}{{ end }}\n"));
    QVERIFY(write(QStringLiteral("user.yaml"), text));
    for (const QString &helm : helms) {
        if (helm.isEmpty())
            continue;
        QProcess process;
        process.start(helm,
            {QStringLiteral("template"), QStringLiteral("r"), folder.filePath(QStringLiteral("t")),
                QStringLiteral("-f"), folder.filePath(QStringLiteral("user.yaml"))});
        QVERIFY(process.waitForFinished(30'000));
        const QByteArray out = process.readAllStandardOutput();
        QVERIFY2(process.exitCode() == 0, process.readAllStandardError());
        for (const Problem &problem : problems) {
            const QByteArray read = QByteArray::fromStdString(parameter(problem, "read"));
            const QByteArray written = QByteArray::fromStdString(parameter(problem, "written"));
            if (problem.id.starts_with("yaml.key-")) {
                QVERIFY2(out.contains('<' + read + '|'), out);
                QVERIFY2(!out.contains('<' + written + '|'), out);
            } else if (problem.id == "yaml.word") {
                QVERIFY2(out.contains("|bool|" + read + '>'), out);
            } else if (problem.id == "yaml.digits") {
                QVERIFY2(out.contains("|float64|" + read + '>'), out);
            } else if (problem.id == "yaml.octal" || problem.id == "yaml.number") {
                const bool small = read.size() < 7; // Large ones have an exponent there.
                QVERIFY2(!small || out.contains("|float64|" + read + '>'), out);
                QVERIFY2(!out.contains("|string|" + written + '>'), out);
            } else if (problem.id == "yaml.empty" || problem.id == "yaml.tilde") {
                QVERIFY2(!out.contains('<' + QByteArray::fromStdString(parameter(problem, "key")) + '|'), out);
            } else if (problem.id == "yaml.comment" || problem.id == "yaml.comment-only") {
                QVERIFY2(!out.contains(written), out);
            } else if (problem.id == "yaml.no-space") {
                QVERIFY2(!out.contains('<' + QByteArray::fromStdString(parameter(problem, "key")) + "|string|"), out);
            } else if (problem.id == "yaml.space") {
                QVERIFY2(out.contains("|web >") || out.contains("| web>"), out);
            } else if (problem.id == "yaml.block-space") {
                QVERIFY2(out.contains("two  \n"), out);
            } else if (problem.id == "yaml.quotes" || problem.id == "yaml.invisible") {
                const QByteArray odd =
                    text.mid(qsizetype(problem.at.begin), qsizetype(problem.at.end - problem.at.begin));
                QVERIFY2(out.contains(odd), out);
            } else if (problem.id == "yaml.duplicate") {
                QVERIFY2(out.contains("<a|float64|3>") && !out.contains("<a|float64|1>"), out);
            } else {
                QFAIL(problem.id.c_str());
            }
        }
    }
}

void TestSurprises::isSilent_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("defaults");
    QTest::addColumn<QByteArray>("schema");
    const auto row = [](const char *name, const char *text, const char *defaults = "", const char *schema = "") {
        QTest::newRow(name) << QByteArray(text) << QByteArray(defaults) << QByteArray(schema);
    };
    row("empty", "");
    row("true and false", "a: true\nb: False\nc: TRUE\n");
    row("true and false as keys", "true: 1\nfalse: 2\n");
    row("yes where a boolean is the default", "enabled: yes\n", "enabled: false\n");
    row("on where the schema wants a boolean", "enabled: on\n", "",
        R"({"properties": {"enabled": {"type": ["boolean", "null"]}}})");
    row("words in quotes", "\"y\": 'no'\n");
    row("a word with a tag", "a: !!str yes\n");
    row("mode of a file", "volume: {defaultMode: 0644}\n");
    row("mode with four digits", "volume: {mode: 01777}\n");
    row("zero", "a: 0\nb: 00\n");
    row("integers", "a: 8080\nb: -1\nc: 123456\n");
    row("integers as keys", "8080: a\n");
    row("numbers where numbers are wanted", "a: 1e3\nb: 1_000\nc: 0.50\nd: 0x10\n", "a: 1\nb: 1\nc: 1\nd: 1\n");
    row("a share with a zero at its end", "cpu: 0.50\nmemory: 1.0\n");
    row("null on purpose", "resources: null\n", "resources: {a: 1}\n");
    row("nothing where the default is empty", "resources:\n", "resources: {}\n");
    row("nothing where there is no default", "resources:\n");
    row("dates and times", "a: 2001-01-01\nb: 12:30:45\nc: 1:30\n");
    row("comments", "# a\na: 5 # five\nb: x # not here\nc: x  #there\nd: x #- list\ne: 5 #five\n");
    row("a # within a word", "a: b#c\n");
    row("separators in quotes", "a: \", \"\nb: \"- \"\nc: \" \"\nd: \"\"\n");
    row("escaped spaces", "a: \"x\\n\"\nb: \"x\\t\"\n");
    row("scripts", "a: |\n  one\n  two\nb: |-\n  one\nc: >\n  one\n");
    row("merge keys", "x: &x {a: 1}\ny1:\n  <<: *x\n  a: 2\nz:\n  <<: [*x]\n");
    row("two merge keys", "x: &x {a: 1}\ny1: &y {b: 1}\nz:\n  <<: *x\n  <<: *y\n");
    row("CRLF", "a: 1\r\nb: text\r\nc: |-\r\n  one\r\n  two\r\n");
    row("a byte order mark",
        "\xEF\xBB\xBF"
        "a: 1\n");
    row("images and addresses in lists", "a: [\"x\", busybox:1.36, http://x:80, system:masters]\n");
    row("letters of other languages", "name: \xC3\xA9t\xC3\xA9 \xE6\x97\xA5\n");
    row("a text of quotes in the middle", "name: a \xE2\x80\x9Cword\xE2\x80\x9D here\n");
    row("equal keys of different maps", "a: {x: 1}\nb: {x: 2}\n");
}

void TestSurprises::isSilent()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, defaults);
    QFETCH(QByteArray, schema);
    QVERIFY(yaml::parse(text.toStdString()).ok());
    QCOMPARE(
        describe(surprisesOf(text.toStdString(), chartOf(defaults.toStdString(), schema.toStdString()))), QString());
}

void TestSurprises::schemaAndSurprisesSayItOnce_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("a type that the schema refuses keeps its sentence; the fix keeps what is written")
        << QByteArray("name: NO\n") << "0:0-0 error type name got=boolean want=string -> quote \"NO\"";
    QTest::newRow("a number, too") << QByteArray("name: 0644\n")
                                   << "0:0-0 error type name got=number want=string -> quote \"0644\"";
    QTest::newRow("a key that nobody knows because it was read as another")
        << QByteArray("y: 1\n") << "1:0-1 error key-word true written=y read=true -> quote-key \"y\"";
    QTest::newRow("a key that nobody knows")
        << QByteArray("nam: x\n") << "0:0-0 error unknown nam key=nam nearest=name -> rename name";
    QTest::newRow("what is no error stays")
        << QByteArray("any: NO\n") << "1:5-7 hint word any written=NO read=false -> quote \"NO\"";
}

void TestSurprises::schemaAndSurprisesSayItOnce()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, expected);
    const auto chart = chartOf("", R"({"type": "object", "additionalProperties": false,
        "properties": {"name": {"type": "string"}, "any": {}}})");
    chart::Renderer renderer(chart, chart::levels43());
    QCOMPARE(describe(inspectValues(text.toStdString(), renderer, {}).problems), expected);
}

/// "A pinned launcher may stop working" stood in the place of the error that the tag is no tag.
void TestSurprises::adviceLeavesTheSchemasErrors()
{
    chart::Renderer renderer(*chart::loadBuiltin("spacelift-worker", chart::levels43()), chart::levels43());
    const Inspection inspection = inspectValues("launcher: {image: {tag: 'v1: v2'}}\n", renderer, {});
    QVERIFY(inspection.rendered.error && inspection.rendered.error->stage == chart::RenderError::Stage::Schema);
    int errors = 0;
    for (const Problem &problem : inspection.problems)
        errors += problem.path == "launcher.image.tag" && problem.severity == Problem::Severity::Error;
    QCOMPARE(errors, 1);
}

void TestSurprises::exponentsAreToldWhereTheyArePrinted_data()
{
    QTest::addColumn<QByteArray>("templates");
    QTest::addColumn<QByteArray>("values");
    QTest::addColumn<QString>("expected");
    const char *const told = "1:3-10 warning exponent v written=1000000 read=1e+06 -> quote \"1000000\"";
    const auto row = [](const char *name, const char *templates, const char *values, const char *expected) {
        QTest::newRow(name) << QByteArray(templates) << QByteArray(values) << QString::fromLatin1(expected);
    };
    row("an action", "kind: A\nv: {{ .Values.v }}\n", "v: 1000000\n", told);
    row("quote", "kind: A\nv: {{ .Values.v | quote }}\n", "v: 1000000\n", told);
    row("toYaml", "kind: A\nv: {{ toYaml .Values.v }}\n", "v: 1000000\n", "");
    row("int", "kind: A\nv: {{ .Values.v | int }}\n", "v: 1000000\n", "");
    row("toString", "kind: A\nv: {{ .Values.v | toString }}\n", "v: 1000000\n", told);
    row("below a million", "kind: A\nv: {{ .Values.v }}\n", "v: 999999\n", "");
    row("a part of another word", "kind: A\nv: x1e+061\n", "v: 1000000\n", "");
    row("a number of the chart's own kind is not put in quotes", "kind: A\nv: {{ .Values.m }}\n", "m: 2000000\n",
        "1:3-10 warning exponent m written=2000000 read=2e+06");
    row("a small one", "kind: A\nv: {{ .Values.v }}\n", "v: 0.00001\n",
        "1:3-10 warning exponent v written=0.00001 read=1e-05 -> quote \"0.00001\"");
}

void TestSurprises::exponentsAreToldWhereTheyArePrinted()
{
    QFETCH(QByteArray, templates);
    QFETCH(QByteArray, values);
    QFETCH(QString, expected);
    chart::Renderer renderer(chartOf("m: 1\n", {}, templates.toStdString()), chart::levels43());
    QCOMPARE(describe(inspectValues(values.toStdString(), renderer, {}).problems), expected);
}

void TestSurprises::secretsAreNotQuoted()
{
    const std::string text =
        "credentials:\n  token: 012345678\n  password: \"open sesame \"\n  privateKey: |\n    one\n"
        "env:\n  - name: API_TOKEN\n    value: 12345678901234567890\n";
    const QString told = describe(surprisesOf(text, chartOf({})));
    QCOMPARE(told.section(u'\n', 0, 0).section(u'-', 0, 1).trimmed(),
        QStringLiteral("2:9-18 warning number credentials.token written=(hidden) read=(hidden)"));
    QVERIFY(told.contains(QStringLiteral("3:24-25 warning space credentials.password")));
    QVERIFY(told.contains(QStringLiteral("4:14-23 warning line-end credentials.privateKey")));
    QVERIFY(told.contains(QStringLiteral("warning digits env[0].value written=(hidden) read=(hidden)")));
}

/// A fix makes the value what it looks like, and the surprise is gone.
void TestSurprises::fixesEndTheSurprise()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, defaults);
    const auto chart = chartOf(defaults.toStdString());
    for (const Problem &problem : surprisesOf(text.toStdString(), chart)) {
        const auto path = yaml::Path::parse(problem.fix.path);
        if (problem.fix.path.empty() || problem.fix.id == "fix.trim")
            continue;
        ValuesDocument document(text.toStdString());
        const bool made = problem.fix.remove    ? document.remove(*path).ok()
            : problem.fix.id == "fix.quote-key" ? document.rename(*path, problem.fix.yaml).ok()
                                                : document.setYaml(*path, problem.fix.yaml).ok();
        QVERIFY(made);
        QVERIFY2(document.text() != text.toStdString(), document.text().c_str());
        QCOMPARE(describe(surprisesOf(document.text(), chart)), QString());
    }
}

void TestSurprises::laterDocumentsHaveNoPaths()
{
    QCOMPARE(describe(surprisesOf("a: 1\n---\nname: NO\n", chartOf({}))),
        QStringLiteral("3:6-8 hint word written=NO read=false"));
}

void TestSurprises::helm3IgnoresLaterDocuments()
{
    for (const auto *levels : {&chart::levels3(), &chart::levels43()}) {
        chart::Renderer renderer(chartOf({}), *levels);
        const Inspection inspection = inspectValues("a: 1\n---\na: 2\n", renderer, {});
        QCOMPARE(describe(inspection.problems),
            levels->mergeDocuments ? QString() : QStringLiteral("3:0-4 warning documents"));
        QCOMPARE(inspection.user.get("a").integerOr(0), levels->mergeDocuments ? std::int64_t(2) : std::int64_t(1));
    }
}

void TestSurprises::unreadableTexts_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("id");
    const auto row = [](const char *name, const char *text, const char *id) {
        QTest::newRow(name) << QByteArray(text) << QString::fromLatin1(id);
    };
    row("tab", "a:\n\tb: 1\n", "yaml.tab");
    row("at sign", "a: @x\n", "yaml.character");
    row("backquote", "a: `x`\n", "yaml.character");
    row("two colons", "a: b: c\n", "yaml.second-colon");
    row("no colon", "a: 1\nb\nc: 2\n", "yaml.no-colon");
    row("no space behind the colon", "a: 1\nb:2\n", "yaml.no-colon");
    row("deeper for no reason", "a: 1\n  b: 2\n", "yaml.second-colon");
    row("less deep than its siblings", "a:\n    b: 1\n  c: 2\n", "yaml.misplaced");
    row("item at the wrong column", "a:\n  - x\n - y\n", "yaml.misplaced");
    row("item behind a key", "a: - x\n", "yaml.misplaced-item");
    row("open list", "a: [1, 2\nb: 3\n", "yaml.open-list");
    row("open map", "a: {b: 1\nc: 3\n", "yaml.open-map");
    row("open quote", "a: \"b\nc: 3\n", "yaml.open-quote");
    row("escape", "a: \"\\d\"\n", "yaml.escape");
    row("anchor that is none", "a: *b\n", "yaml.no-anchor");
    row("a template", "a: {{ .Values.b }}\n", "yaml.template");
    row("a list", "- a\n", "yaml.not-map");
    row("a text", "a:1\n", "yaml.not-map");
}

void TestSurprises::unreadableTexts()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, id);
    chart::Renderer renderer(chartOf({}), chart::levels43());
    const Inspection inspection = inspectValues(text.toStdString(), renderer, {});
    QCOMPARE(inspection.problems.size(), std::size_t(1));
    QCOMPARE(QString::fromStdString(inspection.problems[0].id), id);
    QVERIFY(!inspection.problems[0].message.empty());
    const ValuesDocument document(text.toStdString());
    QCOMPARE(QString::fromStdString(document.problem()->id), id);
}

/// The walk is done for every key: its cost grows with the text, also of one large map and one large list.
void TestSurprises::costsGrowWithTheText()
{
    const auto took = [](int count) {
        std::string text = "map:\n";
        for (int i = 0; i < count; ++i)
            text += "  key" + std::to_string(i) + ": value" + std::to_string(i) + "\n";
        text += "list:\n";
        for (int i = 0; i < count; ++i)
            text += "  - {name: NO, value: 1_000}\n";
        const auto nodes = yaml::parse(text);
        const auto chart = chartOf({});
        qint64 best = std::numeric_limits<qint64>::max();
        for (int i = 0; i < 5; ++i) {
            QElapsedTimer timer;
            timer.start();
            const auto found = findSurprises(text, *nodes, {chart.get(), nullptr}, {});
            best = std::min(best, timer.nsecsElapsed());
            if (found.size() != std::size_t(2 * count))
                return qint64(-1);
        }
        return best;
    };
    const qint64 small = took(500);
    const qint64 large = took(5000);
    QVERIFY(small > 0 && large > 0);
    QVERIFY2(large < 30 * small, qPrintable(QStringLiteral("%1 ns, then %2 ns").arg(small).arg(large)));
}

QTEST_GUILESS_MAIN(TestSurprises)
#include "tst_surprises.moc"
