// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/gonumber.h"

#include <QTest>

#include <cmath>

using namespace pk;

// Go's numbers from text; the rows are of strconv's atoi_test.go and atof_test.go.
class TestGoNumber : public QObject
{
    Q_OBJECT

private slots:
    void ints_data();
    void ints();
    void uints();
    void floats_data();
    void floats();
    void floatsOutOfRange();
};

void TestGoNumber::ints_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("base");
    QTest::addColumn<qint64>("number");
    QTest::addColumn<Parsed>("parsed");
    const auto row = [](const char *text, int base, std::int64_t number, Parsed parsed) {
        QTest::addRow("%s in base %d", text, base) << QByteArray(text) << base << qint64(number) << parsed;
    };
    row("", 10, 0, Parsed::Syntax);
    row("-0", 10, 0, Parsed::Ok);
    row("+1", 10, 1, Parsed::Ok);
    row("-", 10, 0, Parsed::Syntax);
    row("--1", 10, 0, Parsed::Syntax);
    row("123x", 10, 0, Parsed::Syntax);
    row("012345", 10, 12345, Parsed::Ok);
    row("1_2", 10, 0, Parsed::Syntax);
    row("9223372036854775807", 10, INT64_MAX, Parsed::Ok);
    row("9223372036854775808", 10, INT64_MAX, Parsed::Range);
    row("-9223372036854775808", 10, INT64_MIN, Parsed::Ok);
    row("-9223372036854775809", 10, INT64_MIN, Parsed::Range);
    row("-18446744073709551616", 10, INT64_MIN, Parsed::Range);
    row("0", 0, 0, Parsed::Ok);
    row("012345", 0, 012345, Parsed::Ok);
    row("08", 0, 0, Parsed::Syntax);
    row("-0x12345", 0, -0x12345, Parsed::Ok);
    row("0XABCDEF", 0, 0xABCDEF, Parsed::Ok);
    row("0x", 0, 0, Parsed::Syntax);
    row("0b10", 0, 2, Parsed::Ok);
    row("0o17", 0, 017, Parsed::Ok);
    row("-0x_1_2_3_4_5", 0, -0x12345, Parsed::Ok);
    row("0_12345", 0, 012345, Parsed::Ok);
    row("_12345", 0, 0, Parsed::Syntax);
    row("1__2345", 0, 0, Parsed::Syntax);
    row("12345_", 0, 0, Parsed::Syntax);
    row("_0x12345", 0, 0, Parsed::Syntax);
    row("0x12345", 16, 0, Parsed::Syntax);
}

void TestGoNumber::ints()
{
    QFETCH(QByteArray, text);
    QFETCH(int, base);
    QFETCH(qint64, number);
    QFETCH(Parsed, parsed);
    std::int64_t read = 7;
    QCOMPARE(parseInt(text.toStdString(), base, read), parsed);
    QCOMPARE(qint64(read), number);
}

void TestGoNumber::uints()
{
    std::uint64_t read = 7;
    QCOMPARE(parseUint("18446744073709551615", 10, read), Parsed::Ok);
    QCOMPARE(read, UINT64_MAX);
    QCOMPARE(parseUint("18446744073709551616", 10, read), Parsed::Range);
    QCOMPARE(read, UINT64_MAX);
    for (const char *signedText : {"-1", "+1"})
        QCOMPARE(parseUint(signedText, 10, read), Parsed::Syntax);
}

void TestGoNumber::floats_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<double>("number");
    QTest::addColumn<Parsed>("parsed");
    const auto row = [](const char *text, double number, Parsed parsed = Parsed::Ok) {
        QTest::addRow("%s", text) << QByteArray(text) << number << parsed;
    };
    row("", 0, Parsed::Syntax);
    row("1", 1);
    row("+1", 1);
    row("1x", 0, Parsed::Syntax);
    row("1.1.", 0, Parsed::Syntax);
    row("1e", 0, Parsed::Syntax);
    row("1e23", 1e23);
    row(".5", .5);
    row("5.", 5);
    row(".e-1", 0, Parsed::Syntax);
    row("-0.1", -0.1);
    row("1_23.50_0_0e+1_2", 1.235e+14);
    row("1_.5", 0, Parsed::Syntax);
    row("0x1p0", 1);
    row("0x1P-2", 0.25);
    row("-0x1.8p1", -3);
    row("0x.8p1", 1);
    row("0x1", 0, Parsed::Syntax);
    row("0x1e2", 0, Parsed::Syntax);
    row("0xp1", 0, Parsed::Syntax);
    row("0x_1_2.3_4_5p+1_2", 74565);
    row("inf", HUGE_VAL);
    row("+INF", HUGE_VAL);
    row("-Infinity", -HUGE_VAL);
    row("infini", 0, Parsed::Syntax);
    row("+-1", 0, Parsed::Syntax);
    row("-nan", 0, Parsed::Syntax);
    row("nans", 0, Parsed::Syntax);
    row("1.7976931348623157e308", 1.7976931348623157e308);
}

void TestGoNumber::floats()
{
    QFETCH(QByteArray, text);
    QFETCH(double, number);
    QFETCH(Parsed, parsed);
    double read = 7;
    QCOMPARE(parseFloat(text.toStdString(), read), parsed);
    QVERIFY2(read == number, qPrintable(QString::number(read, 'g', 17)));
}

void TestGoNumber::floatsOutOfRange()
{
    double read = 7;
    QCOMPARE(parseFloat("1.5e400", read), Parsed::Range);
    QCOMPARE(read, HUGE_VAL);
    QCOMPARE(parseFloat("-1.5e400", read), Parsed::Range);
    QCOMPARE(read, -HUGE_VAL);
    QCOMPARE(parseFloat("0x1p2000", read), Parsed::Range);
    QCOMPARE(read, HUGE_VAL);
    QCOMPARE(parseFloat("0.5e-400", read), Parsed::Ok);
    QCOMPARE(read, 0.0);
    QCOMPARE(parseFloat("4.9e-324", read), Parsed::Ok);
    QVERIFY(read > 0);
    QCOMPARE(parseFloat("NaN", read), Parsed::Ok);
    QVERIFY(std::isnan(read));
}

QTEST_GUILESS_MAIN(TestGoNumber)
#include "tst_gonumber.moc"
