// SPDX-License-Identifier: GPL-3.0-or-later
#include "value/value.h"

#include <QtTest>

using namespace pk;

class TestValue : public QObject
{
    Q_OBJECT

private slots:
    void mapsAndListsAreShared();
    void deepCopiesAreNot();
    void equality();
    void contentIgnoresTheKindOfNumbers();
    void mapsAreInByteOrder();
    void lastOfEqualKeysWins();
    void truth_data();
    void truth();
    void typeNames();
    void lookups();
};

void TestValue::mapsAndListsAreShared()
{
    const Value map = Value::map({{"a", Value::integer(1)}});
    const Value same = map;
    same.asMap().set("b", Value::boolean(true));
    QVERIFY(map.get("b").toBool());
    const Value list = Value::list({map});
    list.asList().items[0].asMap().set("c", Value());
    QVERIFY(map.asMap().contains("c"));
}

void TestValue::deepCopiesAreNot()
{
    const Value original = Value::map({{"l", Value::list({Value::map()})}});
    const Value copy = original.deepCopy();
    QVERIFY(copy == original);
    copy.get("l").asList().items[0].asMap().set("x", Value::integer(1));
    QVERIFY(original.get("l").asList().items[0].asMap().isEmpty());
}

void TestValue::equality()
{
    QVERIFY(Value::integer(1) == Value::integer(1));
    QVERIFY(!(Value::integer(1) == Value::number(1)));
    QVERIFY(!(Value::integer(1) == Value::integer(1, Value::Kind::Int)));
    QVERIFY(Value::string("a") == Value::string("a"));
    QVERIFY(!(Value::string("a") == Value::bytes("a")));
    QVERIFY(!(Value() == Value::boolean(false)));
    QVERIFY(!(Value::list() == Value::list({}, ListType::Strings)));
    QVERIFY(Value::map({{"a", Value::list({Value()})}}) == Value::map({{"a", Value::list({Value()})}}));
}

void TestValue::contentIgnoresTheKindOfNumbers()
{
    QVERIFY(Value::integer(1).sameContent(Value::number(1)));
    QVERIFY(Value::list({Value::unsignedInteger(2)}).sameContent(Value::list({Value::integer(2, Value::Kind::Int)})));
    QVERIFY(!Value::integer(1).sameContent(Value::number(1.5)));
    QVERIFY(!Value::integer(1).sameContent(Value::string("1")));
    QVERIFY(!Value::integer(-1).sameContent(Value::unsignedInteger(18446744073709551615ULL)));
}

void TestValue::mapsAreInByteOrder()
{
    Value map = Value::map();
    for (const char *key : {"b", "a", "B", "é", "a1", ""})
        map.asMap().set(key, Value::string(key));
    std::string order;
    for (const Map::Entry &entry : map.asMap())
        order += entry.key + ",";
    QCOMPARE(order, std::string(",B,a,a1,b,é,"));
    QVERIFY(map.asMap().erase("a"));
    QVERIFY(!map.asMap().erase("a"));
    QCOMPARE(map.asMap().size(), std::size_t(5));
}

void TestValue::lastOfEqualKeysWins()
{
    const Ref<Map> map =
        Map::fromEntries({{"b", Value::integer(1)}, {"a", Value::integer(2)}, {"b", Value::integer(3)}});
    QCOMPARE(map->size(), std::size_t(2));
    QCOMPARE(map->find("b")->toInt(), 3);
}

void TestValue::truth_data()
{
    QTest::addColumn<bool>("expected");
    QTest::addColumn<int>("which");
    QTest::addRow("nil") << false << 0;
    QTest::addRow("empty string") << false << 1;
    QTest::addRow("zero") << false << 2;
    QTest::addRow("zero as float") << false << 3;
    QTest::addRow("empty list") << false << 4;
    QTest::addRow("empty map") << false << 5;
    QTest::addRow("list of nil") << true << 6;
    QTest::addRow("the string false") << true << 7;
}

void TestValue::truth()
{
    QFETCH(bool, expected);
    QFETCH(int, which);
    const Value values[] = {Value(), Value::string(""), Value::integer(0), Value::number(0), Value::list(),
        Value::map(), Value::list({Value()}), Value::string("false")};
    QCOMPARE(values[which].isTruthy(), expected);
}

void TestValue::typeNames()
{
    QCOMPARE(Value::map(MapType::Values).typeName(), std::string("common.Values"));
    QCOMPARE(Value::map().typeName(), std::string("map[string]interface {}"));
    QCOMPARE(Value::strings({"a"}).typeName(), std::string("[]string"));
    QCOMPARE(Value::number(1).typeName(), std::string("float64"));
    QCOMPARE(Value::bytes("").typeName(), std::string("[]uint8"));
}

void TestValue::lookups()
{
    const Value value =
        Value::map({{"metadata", Value::map({{"name", Value::string("x")}})}, {"n", Value::number(2.9)}});
    QCOMPARE(value.at({"metadata", "name"}).stringOr(), std::string("x"));
    QVERIFY(value.at({"metadata", "name", "deeper"}).isNil());
    QCOMPARE(value.get("n").integerOr(0), std::int64_t(2));
    QCOMPARE(value.get("gone").integerOr(7), std::int64_t(7));
}

QTEST_APPLESS_MAIN(TestValue)
#include "tst_value.moc"
