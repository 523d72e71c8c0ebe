// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/executor.h"
#include "testtable.h"

#include <QTest>

#include <algorithm>

using namespace pk;
using namespace pk::tmpl;

/// Which template line wrote a piece of output, and which values it read.
class TestSpans : public QObject
{
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void placesAndKinds();
    void offByDefault();
};

namespace {

Value sampleData()
{
    const auto text = [](const char *content) { return Value::string(content); };
    return Value::map({{"Values",
        Value::map({{"launcher",
                        Value::map({{"image", Value::map({{"tag", text("1.2")}, {"repo", text("r")}})},
                            {"on", Value::boolean(true)}})},
            {"name", text("pool")},
            {"env", Value::list({Value::map({{"k", text("A")}}), Value::map({{"k", text("B")}})})},
            {"labels", Value::map({{"x-y", text("z")}})}})}});
}

} // namespace

void TestSpans::reads_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("want"); // of each value: TEXT<PATHS, an asterisk where it varies
    const auto row = [](const char *name, const char *text, const char *want) {
        QTest::newRow(name) << QByteArray(text) << QByteArray(want);
    };
    row("a field", "{{ .Values.name }}", "pool<Values.name");
    row("a literal reads nothing", "{{ 1 }}", "1<");
    row("below with", "{{ with .Values.launcher }}{{ .image.tag }}{{ end }}", "1.2<Values.launcher.image.tag");
    row("below a variable", "{{ $l := .Values.launcher }}{{ $l.image.tag }}", "1.2<Values.launcher.image.tag");
    row("dollar inside with", "{{ with .Values.launcher }}{{ $.Values.name }}{{ end }}", "pool<Values.name");
    row("each item of a range", "{{ range .Values.env }}{{ .k }}{{ end }}", "A<Values.env.0.k B<Values.env.1.k");
    row("keys of a range", "{{ range $k, $v := .Values.labels }}{{ $k }}{{ $v }}{{ end }}",
        "x-y<Values.labels.x-y z<Values.labels.x-y");
    row("through a function", "{{ .Values.name | upper }}", "POOL<Values.name");
    row("several arguments", "{{ printf \"%s%s\" .Values.name .Values.launcher.image.repo }}",
        "poolr<Values.launcher.image.repo,Values.name");
    row("index", "{{ index .Values.labels \"x-y\" }}", "z<Values.labels.x-y");
    row("index of a list", "{{ (index .Values.env 1).k }}", "B<Values.env.1.k");
    row("get", "{{ get .Values.labels \"x-y\" }}", "z<Values.labels.x-y");
    row("or reads what decides", "{{ or .Values.none .Values.name }}", "pool<Values.name,Values.none");
    row("a template action", "{{ define `t` }}{{ .image.tag }}{{ end }}{{ template `t` .Values.launcher }}",
        "1.2<Values.launcher.image.tag");
    row("an include gives what it read",
        "{{ define `t` }}{{ .Values.name }}-{{ .Values.launcher.image.tag }}{{ end }}{{ include `t` . | upper }}",
        "POOL-1.2<Values.launcher.image.tag,Values.name");
    row("an include of a part", "{{ define `t` }}{{ .tag }}{{ end }}{{ include `t` .Values.launcher.image }}",
        "1.2<Values.launcher.image.tag");
    row("an include of a dict",
        "{{ define `t` }}{{ .part.tag }}{{ .root.Values.name }}{{ end }}{{ include `t` (dict \"part\" "
        ".Values.launcher.image \"root\" $) }}",
        "1.2pool<Values.launcher.image.tag,Values.name");
    row("a condition inside an include",
        "{{ define `t` }}{{ if .Values.launcher.on }}y{{ end }}{{ end }}{{ include `t` . }}", "y<Values.launcher.on");
    row("an include in an include",
        "{{ define `a` }}{{ include `b` . }}{{ end }}{{ define `b` }}{{ .Values.name }}{{ end }}{{ include `a` . }}",
        "pool<Values.name");
    row("tpl", "{{ tpl `{{ .Values.name }}` . }}", "pool<Values.name");
    row("a variable keeps what made it", "{{ $n := printf \"%s!\" .Values.name }}{{ $n }}", "pool!<Values.name");
    row("the time varies", "{{ now }}{{ 1 }}", "now<* 1<");
    row("the time in an include varies", "{{ define `t` }}{{ now }}{{ .Values.name }}{{ end }}{{ include `t` . }}",
        "nowpool<Values.name*");
}

void TestSpans::reads()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, want);
    TemplateSet set(test::table(), "gotpl");
    QVERIFY(set.parse("f", text.toStdString()).ok());
    const Dialect dialect;
    test::FixedRandom random;
    const Clock clock;
    Executor executor(set, {dialect, random, clock});
    executor.recordSpans(true);
    const Result<Rendered> result = executor.render("f", sampleData());
    QVERIFY(result.ok());
    QByteArrayList actual;
    for (const OutputSpan &span : result->spans) {
        if (span.kind != OutputSpan::Kind::Value)
            continue;
        QByteArrayList paths;
        for (const OriginId path : executor.origins().paths(span.origin))
            paths.append(QByteArray::fromStdString(executor.origins().text(path)));
        std::sort(paths.begin(), paths.end());
        actual.append(QByteArray::fromStdString(result->text.substr(span.begin, span.end - span.begin)) + '<'
            + paths.join(',') + (executor.origins().varies(span.origin) ? "*" : ""));
    }
    QCOMPARE(actual.join(' '), want);
}

void TestSpans::placesAndKinds()
{
    TemplateSet set(test::table(), "gotpl");
    QVERIFY(set.parse("h", "{{ define `t` }}\n\n{{ .name }}{{ end }}").ok());
    QVERIFY(set.parse("f", "a\n{{ if .Values.launcher.on }}\nb{{ template `t` .Values }}\n{{ end }}").ok());
    const Dialect dialect;
    test::FixedRandom random;
    const Clock clock;
    Executor executor(set, {dialect, random, clock});
    executor.recordSpans(true);
    const Result<Rendered> result = executor.render("f", sampleData());
    QVERIFY(result.ok());
    QByteArrayList actual;
    for (const OutputSpan &span : result->spans) {
        static const char *const kinds[] = {"text", "value", "condition"};
        const Template &made = executor.templateAt(span.templateId);
        actual.append(QByteArray(kinds[static_cast<int>(span.kind)]) + ' '
            + QByteArray::fromStdString(made.source->name) + ':' + QByteArray::number(span.line) + ' '
            + QByteArray::fromStdString(result->text.substr(span.begin, span.end - span.begin)).replace('\n', "|"));
    }
    QCOMPARE(actual,
        (QByteArrayList{
            "text f:1 a|", "text f:2 |b", "text h:1 ||", "value h:3 pool", "text f:3 |", "condition f:2 |b||pool|"}));
}

void TestSpans::offByDefault()
{
    TemplateSet set(test::table(), "gotpl");
    QVERIFY(set.parse("f", "a{{ .Values.name }}").ok());
    const Dialect dialect;
    test::FixedRandom random;
    const Clock clock;
    Executor executor(set, {dialect, random, clock});
    const Result<Rendered> result = executor.render("f", sampleData());
    QVERIFY(result.ok() && result->text == "apool");
    QVERIFY(result->spans.empty());
}

QTEST_APPLESS_MAIN(TestSpans)
#include "tst_spans.moc"
