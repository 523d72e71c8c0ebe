// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/executor.h"
#include "testtable.h"

#include <QJsonObject>
#include <QTest>

using namespace pk;
using namespace pk::tmpl;

/// What templates write, and how they fail, against Go's own answers.
class TestExec : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { m_table = test::readTable("exec.json"); }
    void recorded_data();
    void recorded();

private:
    test::Table m_table;
};

void TestExec::recorded_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("want");
    QTest::addColumn<QByteArray>("error");
    QTest::addColumn<bool>("missingIsInvalid");
    for (const QJsonValue &value : std::as_const(m_table.rows)) {
        const QJsonObject row = value.toObject();
        QTest::newRow(row[QLatin1String("name")].toString().toUtf8().constData())
            << row[QLatin1String("template")].toString().toUtf8() << row[QLatin1String("want")].toString().toUtf8()
            << row[QLatin1String("error")].toString().toUtf8() << row.contains(QLatin1String("missingkey"));
    }
}

void TestExec::recorded()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, want);
    QFETCH(QByteArray, error);
    QFETCH(bool, missingIsInvalid);

    TemplateSet set(test::table(), "gotpl");
    const Result<void> parsed = set.parse("t", text.toStdString());
    if (!parsed) {
        QCOMPARE(QByteArray::fromStdString(parsed.error().message), error);
        return;
    }
    const Dialect dialect;
    test::FixedRandom random;
    const Clock clock;
    Executor executor(set, {dialect, random, clock});
    executor.setMissingKey(missingIsInvalid ? MissingKey::Invalid : MissingKey::Zero);
    const Result<Rendered> result = executor.render("t", m_table.data);
    if (!result) {
        QCOMPARE(QByteArray::fromStdString(result.error().message), error);
        QCOMPARE(executor.lastError().text, result.error().message);
        return;
    }
    QCOMPARE(QByteArray::fromStdString(result->text), want);
    QCOMPARE(error, QByteArray());
}

QTEST_APPLESS_MAIN(TestExec)
#include "tst_exec.moc"
