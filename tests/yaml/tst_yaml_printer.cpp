// SPDX-License-Identifier: GPL-3.0-or-later
#include "recorded.h"
#include "yaml/printer.h"
#include "yaml/reader.h"

#include <QtTest>

#include <limits>

using namespace pk;
using namespace pk::yaml;

class TestYamlPrinter : public QObject
{
    Q_OBJECT

private slots:
    void strings_data();
    void strings();
    void trees_data();
    void trees();
    void keyOrder();
    void foldsLongLines();
    void floats_data();
    void floats();
    void kindsOfGo();
    void whatJsonRefuses();
    void recorded_data() { addRecordedRows("yp"); }
    void recorded();
};

void TestYamlPrinter::strings_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("printed");
    const auto all = [](const char *what, std::initializer_list<const char *> texts, const QString &pattern) {
        for (const char *text : texts)
            QTest::addRow("%s: %s", what, text) << QString::fromUtf8(text) << pattern.arg(QString::fromUtf8(text));
    };
    const QString plain = QStringLiteral("%1");
    const QString twice = QStringLiteral("\"%1\"");
    const QString once = QStringLiteral("'%1'");
    all("word of YAML 1.1",
        {"yes", "no", "on", "off", "y", "n", "Y", "N", "true", "True", "TRUE", "null", "Null", "~", ""}, twice);
    all("integer",
        {"1", "-1", "+1", "0", "00", "0777", "0o17", "08", "0x1F", "-0x1", "0b11", "1_000", "1__0", "1_", "-0"}, twice);
    all("float", {"1e3", "1E3", "1e+06", "012e3", "1.0", "1.", "0.", "-.5", ".5", "1.10", ".inf", ".nan"}, twice);
    all("base 60", {"1:30", "12:30:45", "190:20:30"}, twice);
    all("date", {"2001-12-14", "2001-1-1", "2001-12-14T21:59:43Z", "2001-12-14 21:59:43"}, twice);
    all("thirty digits", {"123456789012345678901234567890"}, twice);
    all("overflow", {"1e400", "0x123456789ABCDEF01"}, plain);
    all("nearly",
        {"tRue", "nil", "inf", "NaN", "o", "t", "f", "0xZZ", "0o", "e3", "1.5e", "_1", "1.2.3", "100m", "1Gi", "5s",
            ".", "..", "+", "=", "<<"},
        plain);
    all("no date", {"2024-13-45", "2001-12-14 21:59:43.10 -5"}, plain);
    all("harmless", {"-a", "?a", ":a", "a:b", "a :b", "a#b", "a,b", "a]", "a}", "it's", "say \"hi\"", "a\\b"}, plain);
    all("of manifests", {"${FOO}", "$(FOO)", "http://a/b?c=d&e", "0.0.0.0/0", "10.0.0.0/8", "<a>&b"}, plain);
    all("syntax", {"-", "?", ":", "...", "---", "--- a", "- a", "? a", ": a", "a: b", "a #b", "#a"}, once);
    all("indicator", {"%a", "@a", "!a", "&a", "*a", "|", ">", "{}", "[]", "{a}", "[a]", ",a", "{{ x }}", "\"a\"", "`a"},
        once);
    all("space at an end", {" a", "a ", "null "}, once);
    all("Unicode", {"é", "日本", "\u00a0", "\u200b"}, plain);
    const auto row = [](const char *name, QString text, const char *printed) {
        QTest::addRow("%s", name) << std::move(text) << QString::fromUtf8(printed);
    };
    row("single quotes", QStringLiteral("'a'"), "'''a'''");
    row("tab", QStringLiteral("a\tb"), R"("a\tb")");
    row("carriage return", QStringLiteral("a\rb"), R"("a\rb")");
    row("one line", QStringLiteral("a\n"), "|\n  a");
    row("two lines", QStringLiteral("a\nb"), "|-\n  a\n  b");
    row("lines kept", QStringLiteral("a\n\nb\n\n"), "|+\n  a\n\n  b\n");
    row("break first", QStringLiteral("\na"), "|2-\n\n  a");
    row("space first", QStringLiteral(" a\nb"), "|2-\n   a\n  b");
    row("spaces first", QStringLiteral("  a\n b\n"), "|2\n    a\n   b");
    row("space before break", QStringLiteral("a \nb"), R"("a \nb")");
    row("space last", QStringLiteral("a\n "), R"("a\n ")");
    row("only a break", QStringLiteral("\n"), "|2+\n");
    row("tab and lines", QStringLiteral("\tx\ny"), R"("\tx\ny")");
    row("emoji", QStringLiteral("\U0001F600"), R"("\U0001F600")");
    row("byte order mark", QStringLiteral("\uFEFF"), R"("\uFEFF")");
    row("nul", QString(QChar(0)), R"("\0")");
    row("bell", QString(QChar(7)), R"("\a")");
    row("escape", QString(QChar(27)), R"("\e")");
}

/// Every row of the table in all three places where a string may stand.
void TestYamlPrinter::strings()
{
    QFETCH(QString, text);
    QFETCH(QString, printed);
    const Value value = Value::string(text.toStdString());
    QCOMPARE(QString::fromStdString(toYaml(value)), printed);
    QCOMPARE(QString::fromStdString(toYaml(Value::map({{"k", value}}))), QStringLiteral("k: ") + printed);
    if (!printed.contains(u'\n')) {
        QCOMPARE(QString::fromStdString(toYaml(Value::list({value}))), QStringLiteral("- ") + printed);
        if (!text.contains(u'\n') && !text.contains(u'\r')) {
            QCOMPARE(QString::fromStdString(toYaml(Value::map({{value.toString(), Value()}}))),
                printed + QStringLiteral(": null"));
        }
    }
    const Result<Value> back = toValue(toYaml(Value::map({{"k", value}})) + "\n");
    QVERIFY2(back.ok(), back ? "" : back.error().message.c_str());
    QCOMPARE(back->get("k").toString(), text.toStdString());
}

void TestYamlPrinter::trees_data()
{
    QTest::addColumn<QString>("json");
    QTest::addColumn<QString>("yaml");
    QTest::addColumn<QString>("pretty");
    const auto row = [](const char *name, const char *json, const char *yaml, const char *pretty) {
        QTest::addRow("%s", name) << QString::fromUtf8(json) << QString::fromUtf8(yaml) << QString::fromUtf8(pretty);
    };
    row("list below its key", R"({"k":["a"]})", "k:\n- a", "k:\n  - a");
    row("list in list", "[[1,2],[]]", "- - 1\n  - 2\n- []", "- - 1\n  - 2\n- []");
    row("map in list", R"([{"a":1,"b":{"c":[{}]}}])", "- a: 1\n  b:\n    c:\n    - {}",
        "- a: 1\n  b:\n    c:\n      - {}");
    row("empty", R"({"a":{},"b":[],"c":null,"d":true})", "a: {}\nb: []\nc: null\nd: true",
        "a: {}\nb: []\nc: null\nd: true");
    row("literal in list", R"([{"a":"x\ny\n"},"p\nq"])", "- a: |\n    x\n    y\n- |-\n  p\n  q",
        "- a: |\n    x\n    y\n- |-\n  p\n  q");
    row("key of two lines", R"({"a\nb":[1]})", "? |-\n  a\n  b\n: - 1", "? |-\n  a\n  b\n: - 1");
    row("big float", R"({"f":1000000})", "f: 1000000", "f: 1e+06");
}

void TestYamlPrinter::trees()
{
    QFETCH(QString, json);
    QFETCH(QString, yaml);
    QFETCH(QString, pretty);
    const Value tree = *parseJson(json.toStdString());
    QCOMPARE(QString::fromStdString(toYaml(tree)), yaml);
    QCOMPARE(QString::fromStdString(toYamlPretty(tree)), pretty);
    std::string out = "x: ";
    QVERIFY(appendYaml(out, tree).ok());
    QCOMPARE(QString::fromStdString(out), QStringLiteral("x: ") + yaml);
}

void TestYamlPrinter::keyOrder()
{
    const char *const keys[] = {"", "-1", "_x", "1", "1.5", "01", "9", "10", "A", "B", "a", "a-b", "a.b", "a/b", "a_b",
        "a1", "a01", "a2", "a10", "aB", "ab", "b", "true", "é"};
    Value map = Value::map();
    std::string expected;
    for (const char *key : keys) {
        map.asMap().set(key, Value());
        expected += std::string(key) + " ";
    }
    std::string order;
    const std::string printed = toYaml(map) + "\n";
    for (std::size_t at = 0; at < printed.size(); at = printed.find('\n', at) + 1) {
        std::string key = printed.substr(at, printed.find(": null", at) - at);
        std::erase(key, '"');
        order += key + " ";
    }
    QCOMPARE(QString::fromStdString(order), QString::fromStdString(expected));
}

void TestYamlPrinter::foldsLongLines()
{
    const std::string word = "0123456789 ";
    std::string text;
    for (int i = 0; i < 9; ++i)
        text += word;
    text += "end";
    QCOMPARE(toYaml(Value::map({{"k", Value::string(text)}})), "k: " + text.substr(0, 87) + "\n  " + text.substr(88));
    QCOMPARE(toYamlPretty(Value::map({{"k", Value::string(text)}})), "k: " + text);
    QCOMPARE(toYaml(Value::map({{text, Value::boolean(true)}})), text + ": true");
}

void TestYamlPrinter::floats_data()
{
    QTest::addColumn<double>("number");
    QTest::addColumn<QString>("printed");
    QTest::addRow("with fraction") << 1234567.5 << QStringLiteral("1.2345675e+06");
    QTest::addRow("whole") << 1000000.0 << QStringLiteral("1000000");
    QTest::addRow("largest below uint64") << 18446744073709549568.0 << QStringLiteral("18446744073709550000");
    QTest::addRow("uint64") << 18446744073709551616.0 << QStringLiteral("1.8446744073709552e+19");
    QTest::addRow("beyond uint64") << 1e20 << QStringLiteral("1e+20");
    QTest::addRow("small") << 1e-7 << QStringLiteral("1e-07");
    QTest::addRow("minus zero") << -0.0 << QStringLiteral("0");
    QTest::addRow("digits padded") << 1234567890123456789.0 << QStringLiteral("1234567890123456800");
    QTest::addRow("hundred thousand and a half") << 100000.5 << QStringLiteral("100000.5");
}

void TestYamlPrinter::floats()
{
    QFETCH(double, number);
    QFETCH(QString, printed);
    QCOMPARE(QString::fromStdString(toYaml(Value::number(number))), printed);
}

void TestYamlPrinter::kindsOfGo()
{
    QCOMPARE(toYaml(Value::bytes("hi")), std::string("aGk="));
    QCOMPARE(toYaml(Value::integer(-5)), std::string("-5"));
    QCOMPARE(toYaml(Value::unsignedInteger(18446744073709551615ULL)), std::string("18446744073709551615"));
    QCOMPARE(toYaml(Value::string("a\xffz")), std::string("a\uFFFDz"));
}

void TestYamlPrinter::whatJsonRefuses()
{
    std::string out = "kept";
    const Result<void> done = appendYaml(out, Value::list({Value::number(std::numeric_limits<double>::quiet_NaN())}));
    QVERIFY(!done.ok());
    QCOMPARE(done.error().message, std::string("error marshaling into JSON: json: unsupported value: NaN"));
    QCOMPARE(out, std::string("kept"));
    QCOMPARE(toYaml(Value::string("\x7f")), std::string());
    const Value loop = Value::map();
    loop.asMap().set("self", loop);
    QVERIFY(!appendYaml(out, loop).ok());
    loop.asMap().erase("self");
}

void TestYamlPrinter::recorded()
{
    QFETCH(std::string, mode);
    QFETCH(std::string, input);
    QFETCH(std::string, answer);
    const Result<Value> tree = parseJson(input);
    QVERIFY(tree.ok());
    std::string out = "V";
    const Result<void> done = mode == "y" ? appendYaml(out, *tree) : appendYamlPretty(out, *tree);
    QCOMPARE(QString::fromStdString(done ? out : "E" + done.error().message), QString::fromStdString(answer));
}

QTEST_APPLESS_MAIN(TestYamlPrinter)
#include "tst_yaml_printer.moc"
