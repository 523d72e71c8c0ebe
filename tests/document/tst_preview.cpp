// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/preview.h"

#include <QTest>

#include <array>
#include <thread>

using namespace pk;
using namespace pk::document;

namespace {

chart::ChartPtr chartOf(std::vector<chart::ChartFile> files)
{
    files.push_back({"Chart.yaml", "apiVersion: v2\nname: t\nversion: 1.0.0\n"});
    const auto chart = chart::loadFiles(std::move(files), chart::levels43());
    if (!chart)
        qFatal("%s", chart.error().message.c_str());
    return *chart;
}

/// As the window renders while somebody types.
chart::Rendered preview(const chart::ChartPtr &chart, const std::string &values = {}, WallTime instant = {})
{
    chart::Renderer renderer(chart, chart::levels43());
    PreviewRandom random;
    const PreviewClock clock(instant);
    chart::RenderRequest request;
    request.recordSpans = true;
    request.random = &random;
    request.clock = &clock;
    Inspection inspection = inspectValues(values, renderer, request);
    if (inspection.rendered.error)
        qFatal("%s", inspection.rendered.error->error.message.c_str());
    markVarying(inspection, renderer, request);
    return inspection.rendered;
}

/// The lines that vary, trimmed and up to their first blank behind the key.
QString varying(const chart::Rendered &rendered)
{
    const QStringList lines = QString::fromStdString(rendered.manifest).split(u'\n');
    QStringList found;
    for (std::size_t i = 0; i < rendered.lines.size(); ++i) {
        if (rendered.lines[i].varies)
            found.append(lines.at(int(i)).trimmed().section(u':', 0, 0));
    }
    return found.join(u' ');
}

QString valueOf(const chart::Rendered &rendered, const QString &key)
{
    for (const QString &line : QString::fromStdString(rendered.manifest).split(u'\n')) {
        if (line.trimmed().startsWith(key + u':'))
            return line.section(u':', 1).trimmed();
    }
    return {};
}

} // namespace

/// Previews are calm, and know what of them an apply will make anew.
class TestPreview : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void marksLinesThatVary_data();
    void marksLinesThatVary();
    void aCertificateVariesLineByLine();
    void anObjectWhoseNameVariesHasItsPartner();
    void twoRenderingsOfOneInstantAreEqual();
    void anEditInOneFileLeavesTheOthersAlone();
    void bothSourcesKnowWhetherTheyWereAsked();
    void theInstantIsGiven();
};

void TestPreview::marksLinesThatVary_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("lines");
    const auto row = [](const char *name, const char *body, const char *lines) {
        QTest::newRow(name) << QByteArray(body) << QString::fromLatin1(lines);
    };
    row("nothing random", "a: 1\nb: {{ .Values.v }}\n", "");
    row("random", "a: 1\nb: {{ randAlphaNum 8 }}\nc: 2\n", "b");
    row("the time", "a: {{ now | unixEpoch | quote }}\nc: 2\n", "a");
    row("a date of a year", "a: {{ now | date \"2006\" | quote }}\n", "a");
    row("the day of the week", "a: {{ now | date \"Mon\" }}\n", "a");
    row("what chance gives twice alike", "a: {{ randInt 0 1 }}\n", "a");
    row("a digest", "a: {{ uuidv4 | sha256sum }}\nb: 1\n", "a");
    row("a variable", "{{- $p := randAlpha 9 }}\na: {{ $p }}\nb: {{ $p | b64enc }}\nc: 1\n", "a b");
    row("kept in a map", "{{- $_ := set .Values \"made\" (randAlpha 9) }}\na: {{ .Values.made }}\nb: {{ .Values.v }}\n",
        "a");
    row("one line of an included text", "data:\n  {{- include \"t.labels\" . | nindent 2 }}\nz: 1\n", "at");
    row("one line of a printed tree", "data:\n  {{- dict \"u\" 1 \"v\" (randAlpha 9) \"w\" 2 | toYaml | nindent 2 }}\n",
        "v");
    row("a text of several lines", "a: |\n  one\n  {{ randAlpha 9 }}\n  three\nb: 1\n",
        "-"); // the line is the random word itself
    row("lines that stand there by chance",
        "a: 1\n{{- if eq (now | date \"2006\") \"1970\" }}\nb: 2\n{{- end }}\nc: 3\n", "b");
}

void TestPreview::marksLinesThatVary()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QString, lines);
    const auto chart = chartOf({{"values.yaml", "v: x\n"},
        {"templates/_helpers.tpl",
            "{{- define \"t.labels\" }}\nname: a\nat: {{ now | unixEpoch | quote }}\nlast: {{ .Values.v }}{{ end }}"},
        {"templates/a.yaml", "kind: A\nmetadata: {name: one}\n" + body.toStdString()}});
    const chart::Rendered rendered = preview(chart);
    if (lines == QStringLiteral("-")) {
        QCOMPARE(varying(rendered).size(), 9);
        return;
    }
    QCOMPARE(varying(rendered), lines);
}

void TestPreview::aCertificateVariesLineByLine()
{
    const auto chart = chartOf({{"templates/a.yaml",
        "kind: Secret\nmetadata: {name: one}\n{{ $c := genSelfSignedCert \"a.b\" nil nil 365 }}\nstringData:\n  "
        "tls.crt: |\n"
        "    {{- $c.Cert | nindent 4 }}\n  tls.key: {{ $c.Key | b64enc }}\n  host: a.b\n"}});
    const chart::Rendered rendered = preview(chart);
    const QString lines = varying(rendered);
    QVERIFY2(lines.endsWith(QStringLiteral("tls.key")), qPrintable(lines));
    QVERIFY(lines.count(u' ') > 5); // the lines of the certificate
    for (const char *same : {"tls.crt", "host", "-----BEGIN", "-----END", "stringData"})
        QVERIFY2(!lines.contains(QLatin1String(same)), same);
}

void TestPreview::anObjectWhoseNameVariesHasItsPartner()
{
    const auto chart = chartOf({{"templates/a.yaml",
        "kind: Job\nmetadata:\n  name: run-{{ randAlpha 5 | lower }}\nspec:\n  a: 1\n---\nkind: A\nmetadata:\n  name: "
        "two\n"}});
    QCOMPARE(varying(preview(chart)), QStringLiteral("name"));
}

void TestPreview::twoRenderingsOfOneInstantAreEqual()
{
    const auto chart = chartOf({{"templates/a.yaml",
        "kind: A\nmetadata: {name: one}\na: {{ now }}\nb: {{ randAlphaNum 9 }}\nc: {{ uuidv4 }}\n"
        "d: {{ (genSelfSignedCert \"a\" nil nil 9).Cert | b64enc }}\n"}});
    // The keys are the same on another thread as well: a baseline is rendered by another worker.
    std::string other;
    std::thread([&] { other = preview(chart).manifest; }).join();
    QCOMPARE(preview(chart).manifest, other);
}

void TestPreview::anEditInOneFileLeavesTheOthersAlone()
{
    const auto chart = chartOf({{"values.yaml", "more: false\n"},
        {"templates/a.yaml", "kind: A\nmetadata: {name: one}\n{{ if .Values.more }}x: {{ randAlpha 7 }}{{ end }}\n"},
        {"templates/b.yaml", "kind: B\nmetadata: {name: two}\nword: {{ randAlpha 7 }}\n"},
        {"templates/c.yaml", "kind: C\nmetadata: {name: three}\nother: {{ randAlpha 7 }}\n"}});
    const chart::Rendered before = preview(chart);
    const chart::Rendered after = preview(chart, "more: true\n");
    QVERIFY(!valueOf(after, QStringLiteral("x")).isEmpty());
    QCOMPARE(valueOf(after, QStringLiteral("word")), valueOf(before, QStringLiteral("word")));
    QCOMPARE(valueOf(after, QStringLiteral("other")), valueOf(before, QStringLiteral("other")));
    QVERIFY(valueOf(after, QStringLiteral("word")) != valueOf(after, QStringLiteral("other")));
}

void TestPreview::bothSourcesKnowWhetherTheyWereAsked()
{
    PreviewRandom random;
    const PreviewClock clock({});
    QVERIFY(!random.wasAsked());
    random.begin("a");
    QVERIFY(!random.wasAsked());
    std::array<unsigned char, 3> bytes{};
    random.fill(bytes);
    QVERIFY(random.wasAsked());
    QVERIFY(!clock.wasAsked());
    (void)clock.ticks(); // deadlines are no time that a template sees
    QVERIFY(!clock.wasAsked());
    (void)clock.now();
    QVERIFY(clock.wasAsked());
}

void TestPreview::theInstantIsGiven()
{
    const auto chart = chartOf({{"templates/a.yaml", "kind: A\nmetadata: {name: one}\na: {{ now | unixEpoch }}\n"}});
    const WallTime instant = WallTime() + std::chrono::seconds(1'700'000'000);
    QCOMPARE(valueOf(preview(chart, {}, instant), QStringLiteral("a")), QStringLiteral("1700000000"));
}

QTEST_APPLESS_MAIN(TestPreview)

#include "tst_preview.moc"
