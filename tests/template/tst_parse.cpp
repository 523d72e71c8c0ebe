// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/floatformat.h"
#include "template/node.h"
#include "template/parser.h"
#include "template/templateset.h"
#include "testtable.h"

#include <QJsonObject>
#include <QTest>

#include <algorithm>

using namespace pk;
using namespace pk::tmpl;

/// Trees (in their canonical spelling) and parse errors against Go's own; redefinition; numbers.
class TestParse : public QObject
{
    Q_OBJECT

private slots:
    void recorded_data();
    void recorded();
    void numbers_data();
    void numbers();
    void errorPlace();
    void laterTextReplaces_data();
    void laterTextReplaces();
    void overlayIsPrivate();
    void depthIsBounded();
};

void TestParse::recorded_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("trees");
    QTest::addColumn<QByteArray>("error");
    const test::Table table = test::readTable("parse.json");
    for (const QJsonValue &value : table.rows) {
        const QJsonObject row = value.toObject();
        QByteArray trees;
        const QJsonArray recorded = row[QLatin1String("trees")].toArray();
        for (const QJsonValue &tree : recorded)
            trees += "[" + tree[0].toString().toUtf8() + "] " + tree[1].toString().toUtf8() + "\n";
        QTest::newRow(row[QLatin1String("name")].toString().toUtf8().constData())
            << row[QLatin1String("template")].toString().toUtf8() << trees
            << row[QLatin1String("error")].toString().toUtf8();
    }
}

void TestParse::recorded()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, trees);
    QFETCH(QByteArray, error);
    FunctionTable functions;
    functions.add(test::functions());
    const Function *known = test::table().find("printf");
    functions.add({known, 1});
    const std::string source = text.toStdString();
    Result<std::vector<Definition>> parsed = parseTemplate("t", source, functions);
    if (!parsed) {
        QCOMPARE(QByteArray::fromStdString(parsed.error().message), error);
        return;
    }
    std::sort(parsed->begin(), parsed->end(), [](const Definition &a, const Definition &b) { return a.name < b.name; });
    QByteArray actual;
    for (const Definition &definition : *parsed)
        actual += "[" + QByteArray::fromStdString(definition.name) + "] "
            + QByteArray::fromStdString(print(*definition.root)) + "\n";
    QCOMPARE(actual, trees);
    QCOMPARE(error, QByteArray());
}

void TestParse::numbers_data()
{
    QTest::addColumn<QByteArray>("want"); // int, unsigned, float; - for none
    QTest::newRow("0") << QByteArray("0 0 0");
    QTest::newRow("-0") << QByteArray("0 0 0");
    QTest::newRow("73") << QByteArray("73 73 73");
    QTest::newRow("7_3") << QByteArray("73 73 73");
    QTest::newRow("0b10_010_01") << QByteArray("73 73 73");
    QTest::newRow("0B10_010_01") << QByteArray("73 73 73");
    QTest::newRow("073") << QByteArray("59 59 59");
    QTest::newRow("0o73") << QByteArray("59 59 59");
    QTest::newRow("0O73") << QByteArray("59 59 59");
    QTest::newRow("0x7_3") << QByteArray("115 115 115");
    QTest::newRow("0X73") << QByteArray("115 115 115");
    QTest::newRow("-73") << QByteArray("-73 - -73");
    QTest::newRow("+73") << QByteArray("73 - 73");
    QTest::newRow("1e9") << QByteArray("1000000000 1000000000 1e+09");
    QTest::newRow("-1e9") << QByteArray("-1000000000 - -1e+09");
    QTest::newRow("-1.2") << QByteArray("- - -1.2");
    QTest::newRow("1e19") << QByteArray("- 10000000000000000000 1e+19");
    QTest::newRow("1e1_9") << QByteArray("- 10000000000000000000 1e+19");
    QTest::newRow("-1e19") << QByteArray("- - -1e+19");
    QTest::newRow("0x_1p4") << QByteArray("16 16 16");
    QTest::newRow("0X_1P4") << QByteArray("16 16 16");
    QTest::newRow("0x_1p-4") << QByteArray("- - 0.0625");
    QTest::newRow("4i") << QByteArray("- - -");
    QTest::newRow("073i") << QByteArray("- - -");
    QTest::newRow("0i") << QByteArray("0 0 0");
    QTest::newRow("-0x0") << QByteArray("0 0 0");
    QTest::newRow("0xdeadbeef") << QByteArray("3735928559 3735928559 3.735928559e+09");
    QTest::newRow("0xef") << QByteArray("239 239 239");
    QTest::newRow("0xFFFFFFFFFFFFFFFF") << QByteArray("- 18446744073709551615 1.8446744073709552e+19");
    for (const char *broken : {"+-2", "0x123.", "1e.", "0xi.", "1+2.", "08", "0b2", "1__2", "_1", "1_", "1e999", "."})
        QTest::newRow(broken) << QByteArray("bad");
}

void TestParse::numbers()
{
    QFETCH(QByteArray, want);
    const Result<Number> number = parseNumber(QTest::currentDataTag());
    QByteArray actual = "bad";
    if (number) {
        actual = number->asInt ? QByteArray::number(static_cast<qlonglong>(*number->asInt)) : QByteArray("-");
        actual += ' ';
        actual += number->asUint ? QByteArray::number(static_cast<qulonglong>(*number->asUint)) : QByteArray("-");
        actual += ' ';
        actual += number->asFloat ? QByteArray::fromStdString(formatFloat(*number->asFloat, 'g', -1)) : QByteArray("-");
    }
    QCOMPARE(actual, want);
}

void TestParse::errorPlace()
{
    TemplateSet set(test::table(), "gotpl");
    const Result<void> parsed = set.parse("chart/templates/a.yaml", "a\nb\n  {{ nope }}");
    QVERIFY(!parsed);
    QCOMPARE(parsed.error().at.file, std::string("chart/templates/a.yaml"));
    QCOMPARE(parsed.error().at.line, 3);
    QVERIFY(set.names().empty());
}

void TestParse::laterTextReplaces_data()
{
    QTest::addColumn<QByteArray>("second");
    QTest::addColumn<QByteArray>("want");
    QTest::newRow("another body wins") << QByteArray("{{define `x`}}two{{end}}") << QByteArray("two");
    QTest::newRow("an empty body does not") << QByteArray("{{define `x`}} \n{{/* c */}}{{end}}") << QByteArray("one");
    QTest::newRow("an action alone does")
        << QByteArray("{{define `x`}}{{$a := 1}}{{end}}") << QByteArray("{{$a := 1}}");
}

void TestParse::laterTextReplaces()
{
    QFETCH(QByteArray, second);
    QFETCH(QByteArray, want);
    TemplateSet set(test::table(), "gotpl");
    QVERIFY(set.parse("a", "{{define `x`}}one{{end}}").ok());
    QVERIFY(set.parse("b", second.toStdString()).ok());
    QCOMPARE(QByteArray::fromStdString(print(*set.find("x")->root)), want);
    QCOMPARE(set.names(), (std::vector<std::string>{"a", "b", "x"}));
}

void TestParse::overlayIsPrivate()
{
    TemplateSet set(test::table(), "gotpl");
    QVERIFY(set.parse("a", "{{define `x`}}one{{end}}").ok());
    TemplateSet overlay(&set);
    QVERIFY(overlay.parse("b", "{{define `x`}}two{{end}}{{define `y`}}{{end}}").ok());
    QCOMPARE(print(*overlay.find("x")->root), std::string("two"));
    QCOMPARE(print(*set.find("x")->root), std::string("one"));
    QVERIFY(overlay.find("a") && !set.find("y"));
}

void TestParse::depthIsBounded()
{
    const std::string open(100'000, '(');
    const Result<std::vector<Definition>> parsed = parseTemplate("t", "{{" + open, test::table());
    QVERIFY(!parsed);
    QCOMPARE(parsed.error().message, std::string("template: t:1: max expression depth exceeded"));
    std::string blocks;
    for (int i = 0; i < 100'000; ++i)
        blocks += "{{if 1}}";
    QVERIFY(!parseTemplate("t", blocks, test::table()));
}

QTEST_APPLESS_MAIN(TestParse)
#include "tst_parse.moc"
