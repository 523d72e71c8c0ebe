// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/printf.h"
#include "testtable.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <limits>
#include <map>

using namespace pk;
using namespace pk::tmpl;

/// fmt.Sprintf, Sprint and Sprintln against Go's own answers: each verb under each flag for each kind.
class TestPrintf : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void verbs_data();
    void verbs();
    void calls_data();
    void calls();
    void sprint_data();
    void sprint();

private:
    QJsonArray m_rows;
    QJsonArray m_calls;
};

namespace {

Value integer(std::int64_t value)
{
    return Value::integer(value, Value::Kind::Int);
}

/// The values that the table names.
Value named(const QString &name)
{
    const double infinity = std::numeric_limits<double>::infinity();
    static const std::map<std::string, Value> values{
        {"nil", Value()},
        {"true", Value::boolean(true)},
        {"int 42", integer(42)},
        {"int -42", integer(-42)},
        {"int 0", integer(0)},
        {"int 0x1F600", integer(0x1F600)},
        {"int max", integer(std::numeric_limits<std::int64_t>::max())},
        {"int min", integer(std::numeric_limits<std::int64_t>::min())},
        {"int64 7", Value::integer(7)},
        {"uint64 max", Value::unsignedInteger(std::numeric_limits<std::uint64_t>::max())},
        {"uint8 65", Value::unsignedInteger(65, Value::Kind::Uint8)},
        {"float 3.14159", Value::number(3.14159)},
        {"float -0.5", Value::number(-0.5)},
        {"float 1e6", Value::number(1e6)},
        {"float 123456789", Value::number(123456789)},
        {"float 1e21", Value::number(1e21)},
        {"float 1e-7", Value::number(1e-7)},
        {"float 0", Value::number(0)},
        {"float -0", Value::number(-0.0)},
        {"float 100", Value::number(100)},
        {"float max", Value::number(std::numeric_limits<double>::max())},
        {"float tiny", Value::number(std::numeric_limits<double>::denorm_min())},
        {"float inf", Value::number(infinity)},
        {"float -inf", Value::number(-infinity)},
        {"float nan", Value::number(std::numeric_limits<double>::quiet_NaN())},
        {"float 2.5", Value::number(2.5)},
        {"float 1e23", Value::number(1e23)},
        {"string", Value::string("h\xC3\xA9llo\n\"w`")},
        {"string empty", Value::string("")},
        {"string plain", Value::string("abc def")},
        {"bytes", Value::bytes("ab\xFF")},
        {"list", Value::list({integer(1), Value::string("a"), Value(), Value::number(1.5), Value::boolean(true)})},
        {"list empty", Value::list()},
        {"strings", Value::strings({"x", "y z"})},
        {"ints", Value::list({integer(1), integer(-2)}, ListType::Ints)},
        {"map", Value::map({{"b", integer(1)}, {"a", Value()}, {"c", Value::list({Value::string("x")})}})},
        {"map strings", Value::of(Map::fromEntries({{"k", Value::string("v")}}, MapType::Strings))},
        {"nested",
            Value::map({{"m",
                Value::map({{"n", Value::list({Value::unsignedInteger(3), Value::integer(4), Value::bytes("z")})}})}})},
    };
    return values.at(name.toStdString());
}

Value argument(const QJsonArray &typed)
{
    const QString type = typed[0].toString();
    if (type == QLatin1String("int") || type == QLatin1String("int32"))
        return Value::integer(typed[1].toInteger(), Value::Kind::Int);
    return test::valueOf(typed[1]);
}

} // namespace

void TestPrintf::initTestCase()
{
    QFile file(QLatin1String(PK_TEST_DATA "/template/printf.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll());
    m_rows = document[QLatin1String("rows")].toArray();
    m_calls = document[QLatin1String("calls")].toArray();
    QVERIFY(m_rows.size() > 30 && m_calls.size() > 40);
}

void TestPrintf::verbs_data()
{
    QTest::addColumn<QJsonArray>("formats");
    for (const QJsonValue &row : std::as_const(m_rows))
        QTest::newRow(row[QLatin1String("value")].toString().toUtf8().constData())
            << row[QLatin1String("formats")].toArray();
}

void TestPrintf::verbs()
{
    QFETCH(QJsonArray, formats);
    const Value arguments[] = {named(QString::fromUtf8(QTest::currentDataTag()))};
    for (const QJsonValue &pair : std::as_const(formats)) {
        const std::string format = "<" + pair[0].toString().toStdString() + ">";
        const QByteArray actual = QByteArray::fromStdString(tmpl::sprintf(format, arguments));
        // The table is JSON, so a byte that is no UTF-8 stands there as U+FFFD.
        const QString want = pair[1].toString();
        QVERIFY2(QString::fromUtf8(actual) == want,
            qPrintable(QStringLiteral("%1: %2 and not %3")
                           .arg(QString::fromStdString(format), QString::fromUtf8(actual), want)));
    }
}

void TestPrintf::calls_data()
{
    QTest::addColumn<QJsonArray>("arguments");
    QTest::addColumn<QString>("want");
    for (const QJsonValue &call : std::as_const(m_calls)) {
        QTest::addRow("%d %s", static_cast<int>(call[QLatin1String("args")].toArray().size()),
            call[QLatin1String("format")].toString().toUtf8().constData())
            << call[QLatin1String("args")].toArray() << call[QLatin1String("want")].toString();
    }
}

void TestPrintf::calls()
{
    QFETCH(QJsonArray, arguments);
    QFETCH(QString, want);
    std::vector<Value> values;
    for (const QJsonValue &typed : std::as_const(arguments))
        values.push_back(argument(typed.toArray()));
    const std::string format = std::string(QTest::currentDataTag()).substr(2);
    QCOMPARE(QString::fromStdString(tmpl::sprintf(format, values)), want);
}

void TestPrintf::sprint_data()
{
    QTest::addColumn<bool>("newline");
    QTest::addColumn<QByteArray>("want");
    QTest::newRow("a space only where neither is a string") << false << QByteArray("a1 2b<nil> <nil>");
    QTest::newRow("println always a space") << true << QByteArray("a 1 2 b <nil> <nil>\n");
}

void TestPrintf::sprint()
{
    QFETCH(bool, newline);
    QFETCH(QByteArray, want);
    const Value values[] = {Value::string("a"), integer(1), integer(2), Value::string("b"), Value(), Value()};
    QCOMPARE(QByteArray::fromStdString(newline ? sprintln(values) : tmpl::sprint(values)), want);
}

QTEST_APPLESS_MAIN(TestPrintf)
#include "tst_printf.moc"
