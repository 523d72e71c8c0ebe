// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/render.h"
#include "chart/rendererrors.h"
#include "texts/sentences.h"
#include "yaml/json.h"

#include <QtTest>

#include <set>

using namespace pk;
using namespace pk::chart;

namespace {

QByteArray readAll(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Rendered as a row of tests/data/chart/rows says; nothing of rows that need more than files and values.
std::optional<Rendered> render(const Value &row, const Levels &levels, bool recordSpans = true)
{
    std::vector<ChartFile> files;
    bool hasChart = false;
    if (!row.get("files").isMap() || row.get("set").isList()
        || (row.get("args").isList() && !row.get("args").asList().items.empty()))
        return {};
    for (const auto &[path, text] : row.get("files").asMap()) {
        files.push_back({path, text.toString()});
        hasChart = hasChart || path == "Chart.yaml";
    }
    if (!hasChart)
        files.push_back({"Chart.yaml", "apiVersion: v2\nname: t\nversion: 0.1.0\n"});
    const auto chart = loadFiles(std::move(files), levels);
    const auto values = parseValues(row.get("values").stringOr(), levels);
    if (!chart || !values)
        return {};
    RenderRequest request;
    request.values = *values;
    request.recordSpans = recordSpans;
    return Renderer(*chart, levels).render(request);
}

QString describe(const RenderError &error)
{
    QString line = QString::fromStdString(error.error.id);
    for (const auto &[name, value] : error.error.parameters)
        line += QStringLiteral(" %1=%2").arg(QString::fromStdString(name), QString::fromStdString(value));
    if (!error.valuePath.empty())
        line += QStringLiteral(" @ %1").arg(QString::fromStdString(error.valuePath));
    if (!error.fix.id.empty())
        line += QStringLiteral(" -> %1 %2")
                    .arg(QString::fromStdString(error.fix.id), QString::fromStdString(error.fix.yaml));
    return line;
}

/// The error of one template over values, in Helm 4's words, and what we say of it.
struct Failure
{
    QString said;
    RenderError error;
};

std::optional<Failure> failureOf(const QByteArray &text, const QByteArray &values, bool recordSpans = true)
{
    const Value row = Value::map(
        {{"files",
             Value::map({{"templates/a.yaml", Value::string(text.toStdString())},
                 {"charts/sub/Chart.yaml", Value::string("apiVersion: v2\nname: sub\nversion: 0.1.0\n")},
                 {"charts/sub/templates/_s.tpl", Value::string("{{ define \"image\" }}{{ .image.tag }}{{ end }}")}})},
            {"values", Value::string(values.toStdString())}});
    const auto rendered = render(row, levels43(), recordSpans);
    if (!rendered || !rendered->error)
        return {};
    return Failure{describe(*rendered->error), *rendered->error};
}

} // namespace

/// What people are told of a chart that cannot be rendered: an id for every way in which Helm fails.
class TestExplain : public QObject
{
    Q_OBJECT

private slots:
    void recordedErrors_data();
    void recordedErrors();
    void explains_data();
    void explains();
    void withoutSpansTheExpressionTells_data() { explains_data(); }
    void withoutSpansTheExpressionTells();
    void everyRecordedErrorHasASentence();
    void aValueOfASubchart();
    void whatIsNoYamlHasTwoPlaces();
    void problemsCarryIt();
    void limitsKeepTheirIds();
    void excerpts_data();
    void excerpts();
};

/// Messages that helm 4.3.1 gave.
void TestExplain::recordedErrors_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("said");
    const auto row = [](const char *name, const char *said) {
        QTest::newRow(name) << QString::fromLatin1(name) << QString::fromLatin1(said);
    };
    row("fail", "render.parse reason=unterminated quoted string");
    row("fail in an include", "render.refused reason=no way");
    row("required", "render.refused reason=give x");
    row("fail in tpl", "render.refused reason=deep");
    row("message with colons", "render.refused reason=a: b: c");
    row("nil pointer", "render.nil-value field=b value=a @ a");
    row("nil pointer in an include", "render.nil-value field=b value=a @ a");
    row("nil pointer two includes deep", "render.nil-value field=b value=a @ a");
    row("tpl fails", "render.nil-value field=b value=a @ a");
    row("error in a subchart", "render.nil-value field=b value=sub.a @ sub.a");
    row("index out of range", "render.index-range context=index .Values.l 5");
    row("field of a string", "render.no-map field=x value=s kind=string @ s");
    row("field of a number", "render.no-map field=x value=s kind=number @ s");
    row("capabilities field that is none", "render.no-field field=Nope value=.Capabilities");
    row("missing template", "render.no-template name=nope");
    row("missing template by action", "render.no-template name=nope");
    row("tpl does not parse", "render.text context=tpl \"{{ .x\" . reason=unclosed action");
    row("unclosed action", "render.function name=c");
    row("unknown function", "render.function name=nope");
    row("undefined variable", "render.parse reason=undefined variable \"$x\"");
    row("unclosed if", "render.parse reason=unexpected EOF");
    row("bad character", "render.parse reason=bad character U+002D '-'");
    row("broken partial", "render.parse reason=missing value for if");
    row("wrong argument", "render.literal value=5 want=string");
    row("wrong number of arguments", "render.arguments name=upper");
    // Nobody sees it at once: `n: 5` is the key "false".
    row("wrong type of a value", "render.not-set value=n want=string @ n");
    row("comparison of kinds", "render.compare context=eq 1 \"a\"");
    row("division by zero", "render.call name=div reason=runtime error: integer divide by zero");
    row("bad regex", "render.call name=mustRegexMatch reason=error parsing regexp: missing closing ): `(`");
    row("range over a number", "render.no-list value=s kind=string @ s");
    row("files method that is none", "render.yaml line=1 text=a: []|");
    row("ignored files", "render.type value=.Files want=map got=engine.files");
}

void TestExplain::recordedErrors()
{
    QFETCH(QString, name);
    QFETCH(QString, said);
    const auto rows = yaml::parseJson(readAll(QStringLiteral(PK_TEST_DATA "/chart/rows/errors.json")).toStdString());
    QVERIFY(rows.ok());
    for (const Value &row : rows->asList().items) {
        if (row.get("name").stringOr() != name.toStdString())
            continue;
        const auto rendered = render(row, levels43());
        QVERIFY(rendered && rendered->error);
        std::string message = rendered->error->error.message;
        if (!rendered->error->hint.empty())
            message += "\n\n" + rendered->error->hint;
        QCOMPARE(QString::fromStdString(message), QString::fromStdString(row.get("4.3").get("err").stringOr()));
        QCOMPARE(describe(*rendered->error), said);
        return;
    }
    QFAIL("no such row");
}

void TestExplain::explains_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("values");
    QTest::addColumn<QString>("said");
    QTest::addColumn<QString>("withoutSpans");
    const auto row = [](const char *name, const char *text, const char *values, const char *said,
                         const char *withoutSpans = nullptr) {
        QTest::newRow(name) << QByteArray(text) << QByteArray(values) << QString::fromLatin1(said)
                            << QString::fromLatin1(withoutSpans ? withoutSpans : said);
    };
    row("deep below what is not set", "{{ .Values.launcher.image.tag }}", "launcher: {}\n",
        "render.nil-value field=tag value=launcher.image @ launcher.image");
    row("equal names", "{{ .Values.image.image.image }}", "image: {}\n",
        "render.nil-value field=image value=image.image @ image.image");
    row("through the root", "{{ range .Values.l }}{{ $.Values.a.b }}{{ end }}", "l: [1]\n",
        "render.nil-value field=b value=a @ a");
    row("through with", "{{ with .Values.launcher }}{{ .image.tag }}{{ end }}", "launcher: {x: 1}\n",
        "render.nil-value field=tag value=launcher.image @ launcher.image", "render.nil field=tag value=.image");
    row("through a variable", "{{ $l := .Values.launcher }}{{ $l.image.tag }}", "launcher: {x: 1}\n",
        "render.nil-value field=tag value=launcher.image @ launcher.image", "render.nil field=tag value=$l.image");
    row("through an include", "{{ include \"image\" .Values.launcher }}", "launcher: {x: 1}\n",
        "render.nil-value field=tag value=launcher.image @ launcher.image", "render.nil field=tag value=.image");
    row("a list instead of a map", "{{ .Values.a.b }}", "a: [1]\n", "render.no-map field=b value=a kind=list @ a");
    row("range over what is no list", "{{ range .Values.a }}{{ end }}", "a: 5\n",
        "render.no-list value=a kind=number @ a");
    row("a boolean for a text", "{{ .Values.a | upper }}", "a: true\n",
        "render.type-value value=a want=string got=boolean @ a -> fix.quote \"true\"",
        "render.type value=upper want=string got=boolean");
    row("a map for a text", "{{ upper .Values.a }}", "a: {b: 1}\n",
        "render.type-value value=a want=string got=map @ a");
    row("nothing for a text", "{{ upper .Values.a }}", "", "render.not-set value=a want=string @ a");
    row("a text for a list", "{{ first .Values.a }}", "a: x\n",
        "render.call name=first reason=Cannot find first on type string");
    row("index into nothing", "{{ index .Values.a \"b\" }}", "", "render.index-nil context=index .Values.a \"b\"");
    row("index by a number of the values", "{{ index .Values.l .Values.i }}", "l: [1]\ni: 0\n",
        "render.index context=index .Values.l .Values.i");
    row("comparison of a float", "{{ if eq .Values.a 1 }}{{ end }}", "a: 1\n", "render.compare context=eq .Values.a 1");
    row("no method", "{{ .Values.a.b \"x\" }}", "a: {b: 1}\n",
        "render.template reason=b is not a method but has arguments");
    row("what is no object", "- a\n", "", "render.no-object kind=list line=1");
    row("an annotation that is no text", "kind: A\nmetadata:\n  annotations: {a: 1, b: {c: 1}}\n", "",
        "render.head field=metadata.annotations got=map line=1");
}

void TestExplain::explains()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, values);
    QFETCH(QString, said);
    const auto failure = failureOf(text, values);
    QVERIFY(failure);
    QCOMPARE(failure->said, said);
}

void TestExplain::withoutSpansTheExpressionTells()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, values);
    QFETCH(QString, withoutSpans);
    const auto failure = failureOf(text, values, false);
    QVERIFY(failure);
    QCOMPARE(failure->said, withoutSpans);
}

/// All that helm ever answered to a row of ours: no template of any kind fails without a sentence, and no sentence has
/// a gap.
void TestExplain::everyRecordedErrorHasASentence()
{
    int told = 0;
    std::set<std::string> ids;
    QStringList wrong;
    const QDir folder(QStringLiteral(PK_TEST_DATA "/chart/rows"));
    for (const QString &name : folder.entryList({QStringLiteral("*.json")})) {
        const auto rows = yaml::parseJson(readAll(folder.filePath(name)).toStdString());
        for (const Value &row : rows->asList().items) {
            for (const Levels *levels : {&levels43(), &levels3()}) {
                const auto rendered = render(row, *levels);
                if (!rendered || !rendered->error)
                    continue;
                const Error &error = rendered->error->error;
                gui::texts::Parameters parameters = error.parameters;
                parameters.emplace_back("message", error.message); // As whoever fills it does.
                const char *pattern = gui::texts::patternOf(error.id, parameters);
                bool whole = pattern;
                for (const char *at = pattern; whole && (at = strchr(at, '{')); ++at) {
                    const std::string place(at + 1, strchr(at, '}'));
                    whole = std::any_of(parameters.begin(), parameters.end(), [&place](const auto &parameter) {
                        return parameter.first == place && !parameter.second.empty();
                    });
                }
                ids.insert(error.id);
                ++told;
                if (!whole)
                    wrong.append(QString::fromStdString(
                        row.get("name").stringOr() + ": " + error.message + " [" + error.id + "]"));
            }
        }
    }
    QCOMPARE(wrong.join(u'\n'), QString());
    QVERIFY2(told > 150, qPrintable(QString::number(told)));
    QVERIFY2(ids.size() > 15, qPrintable(QString::number(ids.size())));
}

void TestExplain::aValueOfASubchart()
{
    const Value row =
        Value::map({{"files",
                        Value::map({{"templates/a.yaml", Value::string("kind: A\n")},
                            {"charts/sub/Chart.yaml", Value::string("apiVersion: v2\nname: sub\nversion: 0.1.0\n")},
                            {"charts/sub/templates/s.yaml", Value::string("{{ upper .Values.v }}")}})},
            {"values", Value::string("sub: {v: 5}\n")}});
    for (const bool spans : {true, false}) {
        const auto rendered = render(row, levels43(), spans);
        QVERIFY(rendered && rendered->error);
        QCOMPARE(describe(*rendered->error),
            QStringLiteral("render.type-value value=sub.v want=string got=number @ sub.v -> fix.quote \"5\""));
    }
}

void TestExplain::whatIsNoYamlHasTwoPlaces()
{
    const auto failure = failureOf(
        "kind: A\n# one\n---\nkind: B\nspec:\n{{ .Values.text | indent 2 }}\n", "text: |\n  a: 1\n  b: c: d\n");
    QVERIFY(failure);
    QCOMPARE(failure->said, QStringLiteral("render.yaml line=7 text=b: c: d"));
    QCOMPARE(failure->error.rendered.line, 7);
    QCOMPARE(failure->error.rendered.file, std::string("t/templates/a.yaml"));
    QCOMPARE(failure->error.rendered.column, 6);
    QCOMPARE(failure->error.at.file, std::string("t/templates/a.yaml"));
    QCOMPARE(failure->error.at.line, 6);
    QCOMPARE(failure->error.sourceLine, std::string("{{ .Values.text | indent 2 }}"));
    // What is not closed is noticed behind the end: the last line that there is.
    const auto open = failureOf("kind: A\nb: [1\n\n", "");
    QVERIFY(open);
    QCOMPARE(open->said, QStringLiteral("render.yaml line=2 text=b: [1"));
    QCOMPARE(open->error.at.line, 2);
    // Without spans the template's line is not known; the rendered one is.
    const auto less = failureOf("kind: A\nb: c: d\n", "", false);
    QVERIFY(less);
    QVERIFY(!less->error.at.isKnown());
    QCOMPARE(less->error.rendered.line, 2);
}

void TestExplain::problemsCarryIt()
{
    const Value row = Value::map({{"files", Value::map({{"templates/a.yaml", Value::string("{{ upper .Values.v }}")}})},
        {"values", Value::string("v: 5\n")}});
    const auto rendered = render(row, levels43());
    QCOMPARE(rendered->problems.size(), std::size_t(1));
    const Problem &problem = rendered->problems[0];
    QCOMPARE(problem.id, rendered->error->error.id);
    QCOMPARE(problem.path, std::string("v"));
    QCOMPARE(problem.fix.path, std::string("v"));
    QCOMPARE(problem.message, rendered->error->error.message);
    QCOMPARE(problem.at.file, std::string("t/templates/a.yaml"));
}

void TestExplain::limitsKeepTheirIds()
{
    const auto failure = failureOf("{{ define \"x\" }}{{ include \"x\" . }}{{ end }}{{ include \"x\" . }}", "");
    QVERIFY(failure);
    QCOMPARE(failure->said, QStringLiteral("template.limit.depth"));
    for (const char *which : {"steps", "time", "bytes", "depth"})
        QVERIFY(gui::texts::patternOf(std::string("template.limit.") + which, {}));
}

void TestExplain::excerpts_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<int>("column");
    QTest::addColumn<int>("width");
    QTest::addColumn<QByteArray>("shown");
    const auto row = [](const char *name, const char *line, int column, int width, const char *shown) {
        QTest::newRow(name) << QByteArray(line) << column << width << QByteArray(shown);
    };
    row("whole", "a: {{ .x }}", 6, 0, "12 | a: {{ .x }}\n   |       ^\n");
    row("no column", "a: {{ .x }}", 0, 0, "12 | a: {{ .x }}\n");
    row("nothing", "  ", 1, 0, "");
    row("tabs", "\ta: {{ .x }}", 7, 0, "12 | \ta: {{ .x }}\n   | \t      ^\n");
    row("letters of two bytes", "\xC3\xBC: {{ .x }}", 7, 0, "12 | \xC3\xBC: {{ .x }}\n   |       ^\n");
    row("behind the end", "ab", 9, 0, "12 | ab\n   |   ^\n");
    row("without indentation", "      a: {{ .x }}", 12, 40, "12 | a: {{ .x }}\n   |       ^\n");
    row("as wide as the room", "012345678", 8, 9, "12 | 012345678\n   |         ^\n");
    row("cut at the end", "0123456789abcdef", 2, 9, "12 | 012345678\xE2\x80\xA6\n   |   ^\n");
    row("cut at both ends", "0123456789abcdefghij", 12, 9,
        "12 | \xE2\x80\xA6"
        "6789abcde\xE2\x80\xA6\n   |        ^\n");
}

void TestExplain::excerpts()
{
    QFETCH(QByteArray, line);
    QFETCH(int, column);
    QFETCH(int, width);
    QFETCH(QByteArray, shown);
    SourceSpan at;
    at.line = 12;
    at.column = column;
    QCOMPARE(QByteArray::fromStdString(excerpt(line.toStdString(), at, std::size_t(width))), shown);
}

QTEST_GUILESS_MAIN(TestExplain)
#include "tst_explain.moc"
