// SPDX-License-Identifier: GPL-3.0-or-later
#include "recorded.h"
#include "support/bigstack.h"
#include "yaml/gofloat.h"
#include "yaml/json.h"
#include "yaml/jsonparser.h"

#include <QtTest>

using namespace pk;
using namespace pk::yaml;

class TestJson : public QObject
{
    Q_OBJECT

private slots:
    void recorded_data() { addRecordedRows("j"); }
    void recorded();
    void bothParsersAgree();
    void escapes();
    void pretty();
    void depth();
    void floats_data();
    void floats();
};

void TestJson::recorded()
{
    QFETCH(std::string, input);
    QFETCH(std::string, answer);
    const Result<Value> value = parseJson(input);
    QCOMPARE(QString::fromStdString(value ? "V" + toJson(*value) : "E" + value.error().message),
        QString::fromStdString(answer));
}

void TestJson::bothParsersAgree()
{
    for (const char *text :
        {R"({"b":[1,-2,3.5,1e3,12345678901234567890],"a":{"x":null,"x":true},"s":"\u00e9\n\ud83d\ude00"})", "[]",
            "\"\""}) {
        const Result<Value> one = parseJson(text);
        const Result<Value> two = parseJsonCarefully(text);
        QVERIFY(one.ok() && two.ok());
        QVERIFY(*one == *two);
    }
    QCOMPARE(toJson(*parseJson("-0")), std::string("-0"));
    QCOMPARE(toJson(*parseJson("[\"\\ud800\"]")), std::string("[\"\uFFFD\"]"));
    QCOMPARE(parseJson("[1e400]").error().message,
        std::string("json: cannot unmarshal number 1e400 into Go value of type float64"));
}

void TestJson::escapes()
{
    const Value value = Value::string("<a&b>\b\f\x01\u2028\x7f\xff\"\\");
    QCOMPARE(toJson(value), std::string("\"\\u003ca\\u0026b\\u003e\\b\\f\\u0001\\u2028\x7f\\ufffd\\\"\\\\\""));
    QCOMPARE(toJson(value, HtmlEscape::Off), std::string("\"<a&b>\\b\\f\\u0001\\u2028\x7f\\ufffd\\\"\\\\\""));
}

void TestJson::pretty()
{
    std::string out;
    QVERIFY(appendPrettyJson(out, *parseJson(R"({"a":[1,{}],"b":[]})")).ok());
    QCOMPARE(out, std::string("{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": []\n}"));
}

void TestJson::depth()
{
    const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    bool deep = false;
    std::string tooDeep;
    test::onBigStack([&](std::size_t) {
        deep = parseJson(nested(9999)).ok();
        tooDeep = parseJson(nested(10001)).error().message;
    });
    QVERIFY(deep);
    QCOMPARE(tooDeep, std::string("exceeded max depth"));
}

void TestJson::floats_data()
{
    QTest::addColumn<double>("number");
    QTest::addColumn<QString>("go");
    QTest::addColumn<QString>("json");
    QTest::addColumn<QString>("narrow");
    const auto row = [](double number, const char *go, const char *json, const char *narrow) {
        QTest::addRow("%s", go) << number << QString::fromUtf8(go) << QString::fromUtf8(json)
                                << QString::fromUtf8(narrow);
    };
    row(100000, "100000", "100000", "100000");
    row(1000000, "1e+06", "1000000", "1e+06");
    row(12345678, "1.2345678e+07", "12345678", "1.2345678e+07");
    row(0.0001, "0.0001", "0.0001", "0.0001");
    row(0.00001, "1e-05", "0.00001", "1e-05");
    row(1e-9, "1e-09", "1e-9", "1e-09");
    row(1e21, "1e+21", "1e+21", "1e+21");
    row(3, "3", "3", "3");
    row(0.1 + 0.2, "0.30000000000000004", "0.30000000000000004", "0.3");
    row(1.5, "1.5", "1.5", "1.5");
}

void TestJson::floats()
{
    QFETCH(double, number);
    const auto with = [&](auto &&append) {
        std::string out;
        append(out);
        return QString::fromStdString(out);
    };
    QTEST(with([&](std::string &out) { appendGoFloat(out, number); }), "go");
    QTEST(with([&](std::string &out) { appendJsonFloat(out, number); }), "json");
    QTEST(with([&](std::string &out) { appendYamlFloat32(out, number); }), "narrow");
}

QTEST_APPLESS_MAIN(TestJson)
#include "tst_json.moc"
