// SPDX-License-Identifier: GPL-3.0-or-later
// Counted sentences read as English once the translations are installed: each message of the .ts file is asked of Qt,
// and a few through the classes that say them.
#include "app/releaseflow.h"
#include "translations/installtranslations.h"
#include "values/valueshead.h"

#include <QTest>
#include <QTranslator>
#include <QXmlStreamReader>

using pk::gui::installTranslations;

class TestTranslations : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { installTranslations(*QCoreApplication::instance()); }
    void counts_data();
    void counts();
    void classesCount();
    void installsOnce();
};

void TestTranslations::counts_data()
{
    QTest::addColumn<QByteArray>("context");
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<QStringList>("forms");
    QFile file(QStringLiteral(PK_TRANSLATIONS "/poolkeeper_en.ts"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QXmlStreamReader reader(&file);
    QByteArray context;
    QByteArray source;
    QStringList forms;
    while (!reader.atEnd()) {
        const auto token = reader.readNext();
        if (token == QXmlStreamReader::EndElement && reader.name() == QLatin1String("message")) {
            QTest::addRow("%s: %s", context.constData(), source.constData()) << context << source << forms;
            forms.clear();
        }
        if (token != QXmlStreamReader::StartElement)
            continue;
        if (reader.name() == QLatin1String("name"))
            context = reader.readElementText().toUtf8();
        else if (reader.name() == QLatin1String("source"))
            source = reader.readElementText().toUtf8();
        else if (reader.name() == QLatin1String("numerusform"))
            forms.append(reader.readElementText());
    }
    QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
}

void TestTranslations::counts()
{
    QFETCH(QByteArray, context);
    QFETCH(QByteArray, source);
    QFETCH(QStringList, forms);
    QCOMPARE(forms.size(), 2);
    const auto said = [&](int n) { return QCoreApplication::translate(context, source, nullptr, n); };
    const auto filled = [](QString form, int n) { return form.replace(QStringLiteral("%n"), QString::number(n)); };
    QCOMPARE(said(1), filled(forms[0], 1));
    QCOMPARE(said(4), filled(forms[1], 4));
    QCOMPARE(said(0), filled(forms[1], 0));
}

void TestTranslations::classesCount()
{
    QCOMPARE(pk::gui::ValuesHead::tr("%n edit(s)", nullptr, 1), QStringLiteral("1 edit"));
    QCOMPARE(pk::gui::ValuesHead::tr("%n edit(s)", nullptr, 4), QStringLiteral("4 edits"));
    QCOMPARE(pk::gui::ReleaseFlow::tr("%n error(s) in values", nullptr, 1), QStringLiteral("1 error in values"));
}

void TestTranslations::installsOnce()
{
    installTranslations(*QCoreApplication::instance());
    QCOMPARE(QCoreApplication::instance()->findChildren<QTranslator *>().size(), 1);
}

QTEST_MAIN(TestTranslations)
#include "tst_translations.moc"
