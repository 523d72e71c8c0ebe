// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/functions/semver.h"

#include <QTest>

using namespace pk;
using namespace pk::tmpl;

class TestSemver : public QObject
{
    Q_OBJECT

private slots:
    void strictParse_data();
    void strictParse();
    void order_data();
    void order();
    void limitsDependOnTheLevel();
};

void TestSemver::strictParse_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("result"); // the version, or the error
    QTest::newRow("plain") << QByteArray("1.2.3") << QByteArray("1.2.3");
    QTest::newRow("all parts") << QByteArray("1.2.3-rc.1+b.5") << QByteArray("1.2.3-rc.1+b.5");
    QTest::newRow("empty") << QByteArray("") << QByteArray("version string empty");
    QTest::newRow("two numbers") << QByteArray("1.2") << QByteArray("invalid semantic version");
    QTest::newRow("leading v") << QByteArray("v1.2.3") << QByteArray("invalid characters in version");
    QTest::newRow("leading zero") << QByteArray("1.02.3") << QByteArray("version segment starts with 0");
    QTest::newRow("four numbers") << QByteArray("1.2.3.4") << QByteArray("invalid characters in version");
    QTest::newRow("empty prerelease") << QByteArray("1.2.3-") << QByteArray("invalid prerelease string");
    QTest::newRow("zero in prerelease") << QByteArray("1.2.3-01") << QByteArray("version segment starts with 0");
    QTest::newRow("empty metadata") << QByteArray("1.2.3+") << QByteArray("invalid metadata string");
    QTest::newRow("odd metadata") << QByteArray("1.2.3+a_b") << QByteArray("invalid metadata string");
}

void TestSemver::strictParse()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, result);
    const Result<Version> version = Version::parseStrict(text.toStdString());
    QCOMPARE(QByteArray::fromStdString(version ? version->toString() : version.error().message), result);
}

void TestSemver::order_data()
{
    QTest::addColumn<QByteArray>("a");
    QTest::addColumn<QByteArray>("b");
    QTest::addColumn<int>("expected");
    QTest::newRow("numbers as numbers") << QByteArray("1.10.0") << QByteArray("1.9.0") << 1;
    QTest::newRow("missing parts are 0") << QByteArray("1") << QByteArray("1.0.0") << 0;
    QTest::newRow("prerelease before release") << QByteArray("1.0.0-a") << QByteArray("1.0.0") << -1;
    QTest::newRow("number before word") << QByteArray("1.0.0-1") << QByteArray("1.0.0-a") << -1;
    QTest::newRow("shorter prerelease first") << QByteArray("1.0.0-a") << QByteArray("1.0.0-a.1") << -1;
    QTest::newRow("numbers in prereleases") << QByteArray("1.0.0-a.10") << QByteArray("1.0.0-a.9") << 1;
    QTest::newRow("metadata does not count") << QByteArray("1.0.0+a") << QByteArray("1.0.0+b") << 0;
}

void TestSemver::order()
{
    QFETCH(QByteArray, a);
    QFETCH(QByteArray, b);
    QFETCH(int, expected);
    const Version left = *Version::parse(a.toStdString());
    const Version right = *Version::parse(b.toStdString());
    QCOMPARE(left.compare(right), expected);
    QCOMPARE(right.compare(left), -expected);
}

void TestSemver::limitsDependOnTheLevel()
{
    const std::string longVersion = "1.0.0-" + std::string(300, 'a');
    QCOMPARE(Version::parse(longVersion).error().message, std::string("version string is too long (max 256 bytes)"));
    QVERIFY(Version::parse(longVersion, false));
    std::string groups = "1";
    for (int i = 0; i < 32; ++i)
        groups += "||1";
    QCOMPARE(Constraint::parse(groups).error().message, std::string("too many constraint groups (max 32)"));
    QVERIFY(Constraint::parse(groups, false));
    QCOMPARE(Constraint::parse(">>1", true).error().message, std::string("improper constraint: \">>1\""));
    QCOMPARE(Constraint::parse(">>1", false).error().message, std::string("improper constraint: >>1"));
}

QTEST_APPLESS_MAIN(TestSemver)
#include "tst_semver.moc"
