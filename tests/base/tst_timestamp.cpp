// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/timestamp.h"

#include <QTest>

using namespace pk;

class TestTimestamp : public QObject
{
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
};

void TestTimestamp::reads_data()
{
    QTest::addColumn<QByteArray>("written");
    QTest::addColumn<QByteArray>("utc"); // empty: refused
    QTest::addColumn<QByteArray>("utcNano");
    const auto row = [](const char *written, const char *utc, const char *utcNano) {
        QTest::newRow(written) << QByteArray(written) << QByteArray(utc) << QByteArray(utcNano);
    };
    row("2026-01-02T03:04:05Z", "2026-01-02T03:04:05Z", "2026-01-02T03:04:05Z");
    row("2026-01-02T03:04:05.678901234Z", "2026-01-02T03:04:05Z", "2026-01-02T03:04:05.678901234Z");
    row("2026-01-02T03:04:05.2500000009Z", "2026-01-02T03:04:05Z", "2026-01-02T03:04:05.25Z");
    row("2026-01-02T03:04:05+02:00", "2026-01-02T01:04:05Z", "2026-01-02T01:04:05Z");
    row("2026-01-02T03:04:05-05:30", "2026-01-02T08:34:05Z", "2026-01-02T08:34:05Z");
    row("2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z");
    row("1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59Z", "1969-12-31T23:59:59.5Z");
    row("2261-12-31T23:59:59Z", "2261-12-31T23:59:59Z", "2261-12-31T23:59:59Z");
    row("2262-01-01T00:00:00Z", "", "");
    row("0001-01-01T00:00:00Z", "", "");
    row("2026-02-29T00:00:00Z", "", "");
    row("2026-01-02T03:04:05", "", "");
    row("2026-01-02 03:04:05Z", "", "");
    row("2026-01-02T24:04:05Z", "", "");
    row("2026-01-02T03:04:05.Z", "", "");
    row("2026-01-02T03:04:05-0530", "", "");
    row("yesterday, at some time", "", "");
}

void TestTimestamp::reads()
{
    QFETCH(QByteArray, written);
    QFETCH(QByteArray, utc);
    QFETCH(QByteArray, utcNano);
    const auto time = parseTimestamp(written.toStdString());
    QCOMPARE(time ? QByteArray::fromStdString(formatTimestamp(*time)) : QByteArray(), utc);
    QCOMPARE(time ? QByteArray::fromStdString(formatTimestampNano(*time)) : QByteArray(), utcNano);
}

QTEST_GUILESS_MAIN(TestTimestamp)
#include "tst_timestamp.moc"
