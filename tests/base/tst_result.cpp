// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/encoding.h"
#include "base/result.h"

#include <QtTest>

#include <memory>

using namespace pk;

class TestResult : public QObject
{
    Q_OBJECT

private slots:
    void holdsAValueOrAnError();
    void movesItsValueOut();
    void wrapsErrors();
    void base64_data();
    void base64();
    void base64TellsWhereItIsBad();
};

void TestResult::holdsAValueOrAnError()
{
    const Result<int> good = 5;
    QVERIFY(good.ok());
    QCOMPARE(*good, 5);
    const Result<int> bad = Error{Error::Code::NotFound, "gone"};
    QVERIFY(!bad);
    QCOMPARE(bad.error().code, Error::Code::NotFound);
    QVERIFY(Result<void>{}.ok());
    QVERIFY(!Result<void>(Error{}).ok());
    // An Error as the value is still told from a failure.
    QCOMPARE(nameOf(Error::Code::Timeout), "timeout");
}

void TestResult::movesItsValueOut()
{
    Result<std::unique_ptr<int>> result = std::make_unique<int>(7);
    const std::unique_ptr<int> taken = *std::move(result);
    QCOMPARE(*taken, 7);
}

void TestResult::wrapsErrors()
{
    Error inner{Error::Code::Io, "no such file"};
    inner.id = "file.missing";
    const Error outer = inner.wrapped("cannot load values.yaml: ");
    QCOMPARE(outer.message, std::string("cannot load values.yaml: no such file"));
    QCOMPARE(outer.id, inner.id);
    QCOMPARE(outer.code, Error::Code::Io);
}

void TestResult::base64_data()
{
    QTest::addColumn<std::string>("plain");
    QTest::addColumn<std::string>("encoded");
    QTest::addRow("empty") << std::string() << std::string();
    QTest::addRow("one byte") << std::string("f") << std::string("Zg==");
    QTest::addRow("two bytes") << std::string("fo") << std::string("Zm8=");
    QTest::addRow("three bytes") << std::string("foo") << std::string("Zm9v");
    QTest::addRow("all ones") << std::string("\xff\xff\xfe") << std::string("///+");
    QTest::addRow("nul") << std::string("\0a", 2) << std::string("AGE=");
}

void TestResult::base64()
{
    QFETCH(std::string, plain);
    QFETCH(std::string, encoded);
    QCOMPARE(base64Encode(plain), encoded);
    std::string back;
    std::size_t badAt = 0;
    QVERIFY(base64Decode(encoded, back, badAt));
    QCOMPARE(back, plain);
}

void TestResult::base64TellsWhereItIsBad()
{
    std::string bytes;
    std::size_t badAt = 99;
    QVERIFY(base64Decode("Zm9v\r\nZm9v\n", bytes, badAt));
    QCOMPARE(bytes, std::string("foofoo"));
    QVERIFY(!base64Decode("Zm9v!m9v", bytes, badAt));
    QCOMPARE(badAt, std::size_t(4));
    QVERIFY(!base64Decode("Zm8", bytes, badAt));
    QVERIFY(!base64Decode("Zm9v=", bytes, badAt));
}

QTEST_APPLESS_MAIN(TestResult)
#include "tst_result.moc"
