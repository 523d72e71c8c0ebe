// SPDX-License-Identifier: GPL-3.0-or-later
#include "texts/texts.h"

#include <QLocale>
#include <QTest>

using namespace pk;
using namespace pk::gui;
using namespace std::chrono_literals;

/// Times, ages, quantities and untrusted words (UI.md 8).
class TestTimes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void durations_data();
    void durations();
    void moments_data();
    void moments();
    void longAgo();
    void quantities_data();
    void quantities();
    void hostileText_data();
    void hostileText();
};

void TestTimes::durations_data()
{
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<QString>("expected");
    QTest::newRow("seconds") << 38LL << "38 s";
    QTest::newRow("a minute and some") << 72LL << "1 min 12 s";
    QTest::newRow("whole minutes") << 120LL << "2 min";
    QTest::newRow("hours") << 5LL * 3600 + 24 * 60 << "5 h 24 min";
    QTest::newRow("whole hours") << 7200LL << "2 h";
    QTest::newRow("never negative") << -5LL << "0 s";
}

void TestTimes::durations()
{
    QFETCH(qint64, seconds);
    QTEST(texts::duration(std::chrono::seconds(seconds)), "expected");
}

void TestTimes::moments_data()
{
    QTest::addColumn<qint64>("secondsAgo");
    QTest::addColumn<QString>("expected");
    // Wednesday, 19 November 2025, 14:32:44 UTC
    QTest::newRow("seconds") << 12LL << "12 s ago";
    QTest::newRow("minutes") << 125LL << "2 min ago";
    QTest::newRow("today") << 4LL * 3600 << "Today, 10:32";
    QTest::newRow("this week") << 5LL * 86400 << "Friday, 14:32";
    QTest::newRow("a week and more") << 8LL * 86400 << "11 Nov, 14:32";
    QTest::newRow("another year") << 400LL * 86400 << "15 Oct 2024, 14:32";
    QTest::newRow("a clock ahead of ours") << -5LL << "Today, 14:32";
}

void TestTimes::moments()
{
    QFETCH(qint64, secondsAgo);
    const WallTime now{1'763'562'764s};
    QTEST(texts::moment(now - std::chrono::seconds(secondsAgo), now), "expected");
}

void TestTimes::longAgo()
{
    // Without the English forms, which the application loads.
    const WallTime now{1'763'562'764s};
    QCOMPARE(texts::longAgo(now - 125s, now), QStringLiteral("2 min ago"));
    QCOMPARE(texts::longAgo(now - 5h, now), QStringLiteral("5 hour(s) ago"));
    QCOMPARE(texts::longAgo(now - 47h, now), QStringLiteral("47 hour(s) ago"));
    QCOMPARE(texts::longAgo(now - 75h, now), QStringLiteral("3 day(s) ago"));
}

void TestTimes::quantities_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("whole") << "100Gi"
                           << "100 GiB";
    QTest::newRow("one decimal below 100") << "10522669875"
                                           << "9.8 GiB";
    QTest::newRow("no decimals above") << "1250Mi"
                                       << "1.2 GiB";
    QTest::newRow("grouped") << "1200Gi"
                             << "1.2 TiB";
    QTest::newRow("bytes") << "0"
                           << "0";
    QTest::newRow("what cannot be read stays") << "lots"
                                               << "lots";
}

void TestTimes::quantities()
{
    QFETCH(QString, text);
    QTEST(texts::quantity(text.toStdString()), "expected");
}

void TestTimes::hostileText_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("markup stays text") << QByteArray("<img src=x>") << "<img src=x>";
    QTest::newRow("escape sequences") << QByteArray("\x1b[31mred\x07") << "[31mred";
    QTest::newRow("right to left override") << QByteArray("a\xe2\x80\xae"
                                                          "b")
                                            << "ab";
    QTest::newRow("isolates") << QByteArray("\xe2\x81\xa6x\xe2\x81\xa9") << "x";
    QTest::newRow("marks of direction") << QByteArray("a\xe2\x80\x8f\xd8\x9c"
                                                      "b")
                                        << "ab";
    QTest::newRow("zero width") << QByteArray("to\xe2\x80\x8bken") << "token";
    QTest::newRow("lines of its own") << QByteArray("a\xe2\x80\xa8"
                                                    "b")
                                      << "a b";
    QTest::newRow("broken UTF-8") << QByteArray("a\xff"
                                                "b")
                                  << QStringLiteral("a\uFFFDb");
    QTest::newRow("zero byte") << QByteArray("a\0b", 3) << "ab";
    QTest::newRow("long") << QByteArray(5000, 'x') << QString(40, u'x') + u'\u2026';
    QTest::newRow("cut at a whole character")
        << QByteArray("\xf0\x9f\x9a\x80").repeated(300) << QStringLiteral("\U0001F680").repeated(20) + u'\u2026';
}

void TestTimes::hostileText()
{
    QFETCH(QByteArray, text);
    QTEST(texts::clean(text.toStdString(), 40), "expected");
}

QTEST_GUILESS_MAIN(TestTimes)
#include "tst_times.moc"
