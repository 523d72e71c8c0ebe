// SPDX-License-Identifier: GPL-3.0-or-later
#include "forms/formgroup.h"
#include "gui/values/tabdriver.h"
#include "translations/installtranslations.h"
#include "values/draftwriter.h"
#include "values/undobar.h"
#include "values/yamlpane.h"
#include "widgets/measures.h"
#include "widgets/segmentedswitch.h"
#include "widgets/tableview.h"
#include "widgets/wordwrap.h"

#include <QHeaderView>
#include <QPushButton>
#include <QTableView>
#include <QToolButton>

using namespace pk;
using namespace pk::gui;

namespace {

QString status(const fixtures::TabDriver &driver)
{
    return driver.find<QLabel>("valuesStatus")->accessibleName();
}

QString editedFilter(const fixtures::TabDriver &driver)
{
    return driver.find<SegmentedSwitch>("formFilter")->button(int(FieldFilter::Edited))->text();
}

int editedInGroups(const fixtures::TabDriver &driver)
{
    int sum = 0;
    for (const FormGroup *group : driver.tab->findChildren<FormGroup *>())
        sum += group->news().edited;
    return sum;
}

document::Draft draftOf(const std::string &text)
{
    document::Draft draft;
    draft.id = "one";
    draft.name = "payments-eu";
    draft.text = text;
    return draft;
}

} // namespace

/// What was edited, how it is counted and told, and the draft that keeps it.
class TestValuesEdits : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        setUpLook(*qApp);
        installTranslations(*qApp);
    }
    void allCountTheSameEdits_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QByteArray>("edited");
        QTest::addColumn<int>("count");
        QTest::addRow("none") << QByteArray("replicaCount: 1\n") << QByteArray("replicaCount: 1\n") << 0;
        QTest::addRow("one") << QByteArray("replicaCount: 1\n") << QByteArray("replicaCount: 2\n") << 1;
        QTest::addRow("two of a new map")
            << QByteArray()
            << QByteArray("replicaCount: 3\nuseStatefulSet: true\ncredentials:\n  token: a\n  privateKey: b\n") << 4;
        QTest::addRow("a map that went") << QByteArray("credentials:\n  token: a\n  privateKey: b\n")
                                         << QByteArray("\n") << 2;
        QTest::addRow("one field of two values")
            << QByteArray("{}\n")
            << QByteArray("storageVolume:\n  ephemeral:\n    volumeClaimTemplate:\n      spec:\n"
                          "        accessModes: [ReadWriteOnce]\n        resources: {requests: {storage: 10Gi}}\n")
            << 2;
        QTest::addRow("a list is one") << QByteArray("launcher:\n  extraEnv: []\n")
                                       << QByteArray(
                                              "launcher:\n  extraEnv: [{name: A, value: b}, {name: C, value: d}]\n")
                                       << 1;
        QTest::addRow("a key that the chart does not know")
            << QByteArray("{}\n") << QByteArray("workerPool:\n  token: a\n  key: b\n") << 2;
    }
    void allCountTheSameEdits()
    {
        QFETCH(const QByteArray, file);
        QFETCH(const QByteArray, edited);
        QFETCH(const int, count);
        const fixtures::TabDriver driver(file.toStdString());
        driver.bench.session->import(edited.toStdString());
        QVERIFY(driver.bench.settle());
        QCOMPARE(driver.bench.session->editCount(), count);
        QCOMPARE(editedFilter(driver), count ? QStringLiteral("Edited %1").arg(count) : QStringLiteral("Edited"));
        QCOMPARE(editedInGroups(driver), count);
        const QString said = status(driver).section(u',', 0, 0);
        QCOMPARE(said,
            count == 1                               ? QStringLiteral("1 edit")
                : count                              ? QStringLiteral("%1 edits").arg(count)
                : driver.bench.session->isModified() ? QStringLiteral("Text edited")
                                                     : QStringLiteral("No edits"));
    }
    void editedLinesAreTheValuesThatAreOthers()
    {
        fixtures::TabDriver driver("a: 1\nlauncher:\n  extraEnv:\n    - name: A\n      value: b\n");
        driver.bench.session->import("a: 1\nlauncher:\n  extraEnv:\n    - name: A\n      value: b\n    - name: C\n"
                                     "      value: d\nstorageVolume:\n  emptyDir:\n    sizeLimit: 1Gi\n");
        QVERIFY(driver.bench.settle());
        QVector<int> lines;
        for (int line = 0; line < driver.editor->lines(); ++line) {
            if (driver.editor->markersAtLine(line) & 2U)
                lines.append(line + 1);
        }
        QCOMPARE(lines, (QVector<int>{6, 7, 8, 9, 10}));
    }
    void aDraftIsSavedJustNow()
    {
        fixtures::TabDriver driver("replicaCount: 1\n");
        driver.bench.session->import("replicaCount: 2\n");
        QVERIFY(driver.bench.settle());
        driver.bench.session->saveDraft();
        QTRY_VERIFY2(status(driver).contains(QLatin1String("draft saved just now")), qPrintable(status(driver)));
        QTRY_VERIFY2(status(driver).contains(QLatin1String("draft saved 1 s ago")), qPrintable(status(driver)));
    }
    void whatCannotBeReadWithoutAPlaceHasNoLine()
    {
        fixtures::TabDriver driver("replicaCount: 1\n");
        // The whole text is no map: there is no line to blame.
        driver.bench.session->import("- a\n- b\n");
        auto *band = driver.tab->findChild<Band *>();
        QVERIFY(band);
        QTRY_VERIFY(band->isVisible());
        QVERIFY(!driver.bench.session->document().problem()->at.isKnown());
        QCOMPARE(band->sentence(), QStringLiteral("The values cannot be read"));
        QVERIFY2(!fixtures::everyText(*driver.tab).contains(QLatin1String("line 0")),
            qPrintable(fixtures::everyText(*driver.tab)));
    }
    void anAnnotationShowsItsWholeSentence()
    {
        fixtures::TabDriver driver(fixtures::commentedFile(), fixtures::Bench::builtin(), {1280, 700});
        const auto whole = [&driver] {
            QString all = driver.editor->annotation(26).simplified();
            return all.contains(driver.editor->problems().first().text.simplified());
        };
        QCOMPARE(driver.editor->problems().first().line, 26);
        QVERIFY2(whole(), qPrintable(driver.editor->annotation(26)));
        const auto fits = [&driver] {
            const QFontMetrics metrics(fonts::small());
            int margins = 0;
            for (int margin = 0; margin < driver.editor->margins(); ++margin)
                margins += driver.editor->marginWidth(margin);
            const int indent = 6 * QFontMetrics(fonts::code()).horizontalAdvance(u' ');
            for (const QString &line : driver.editor->annotation(26).split(u'\n')) {
                if (margins + indent + metrics.horizontalAdvance(line) > driver.editor->viewport()->width())
                    return false;
            }
            return true;
        };
        QVERIFY(fits());
        // Wider and narrower: it is wrapped anew.
        const int before = int(driver.editor->annotation(26).count(u'\n'));
        driver.tab->resize(2500, 700);
        QApplication::processEvents();
        QVERIFY(driver.editor->annotation(26).count(u'\n') < before);
        QVERIFY(whole());
        QVERIFY(fits());
    }

    void whatWasDeletedCanBeTakenBack()
    {
        fixtures::TabDriver driver("launcher:\n  extraEnv:\n    - name: FIRST\n      value: a\n    - name: SECOND\n"
                                   "      value: b\n");
        const QByteArray before = driver.text();
        auto *bar = driver.tab->findChild<UndoBar *>();
        QVERIFY(bar && bar->isHidden());
        driver.tab->findChild<FormView *>()->reveal(QStringLiteral("launcher.extraEnv"));
        QApplication::processEvents();
        auto *table = driver.find<QTableView>("field:launcher.extraEnv");
        QVERIFY(table);
        table->setFocus();
        table->setCurrentIndex(table->model()->index(1, 0));
        QTest::keyClick(table, Qt::Key_Delete);
        QCOMPARE(bar->sentence(), QStringLiteral("Deleted variable SECOND"));
        QVERIFY(!driver.text().contains("SECOND"));
        QVERIFY(table->hasFocus()); // It takes nothing away from who goes on.
        QTest::mouseClick(bar->findChild<QPushButton *>(QStringLiteral("undoOffered")), Qt::LeftButton);
        QCOMPARE(driver.text(), before);
        QVERIFY(bar->isHidden());
        // What is done next would be what is undone: the offer goes.
        table->setCurrentIndex(table->model()->index(0, 0));
        QTest::keyClick(table, Qt::Key_Delete);
        QCOMPARE(bar->sentence(), QStringLiteral("Deleted variable FIRST"));
        driver.bench.session->set(*yaml::Path::parse("replicaCount"), Value::integer(3));
        QVERIFY(bar->isHidden());
    }
    void aResetCanBeTakenBack()
    {
        fixtures::TabDriver driver("replicaCount: 1\n");
        driver.bench.session->set(*yaml::Path::parse("replicaCount"), Value::integer(7));
        QVERIFY(driver.bench.settle());
        auto *reset = driver.find<QToolButton>("reset:replicaCount");
        QVERIFY(reset && reset->isVisible());
        reset->click();
        QCOMPARE(driver.text(), QByteArray("replicaCount: 1\n"));
        auto *bar = driver.tab->findChild<UndoBar *>();
        QCOMPARE(bar->sentence(), QStringLiteral("Reset Workers"));
        bar->findChild<QPushButton *>(QStringLiteral("undoOffered"))->click();
        QCOMPARE(driver.text(), QByteArray("replicaCount: 7\n"));
    }
    void sentencesOfTheStripAreWhole()
    {
        fixtures::TabDriver driver(fixtures::commentedFile(), fixtures::Bench::builtin(), {900, 640});
        auto *table = qobject_cast<TableView *>(driver.list("problemTable"));
        QVERIFY(table && table->model()->rowCount() > 1);
        QApplication::processEvents();
        int wrapped = 0;
        for (int row = 0; row < table->model()->rowCount(); ++row) {
            const QModelIndex index = table->model()->index(row, 0);
            const Cell cell = index.data(CellRole).value<Cell>();
            const int room = table->header()->sectionSize(0) - 16 - 26; // Padding; glyph and its gap.
            const int lines = int(wordWrapped(cell.text, QFontMetrics(fonts::body()), room).size());
            wrapped += lines > 1;
            QVERIFY2(lines <= 3, qPrintable(cell.text));
            QCOMPARE(table->visualRect(index).height(),
                table->rowHeight() + (lines - 1) * QFontMetrics(fonts::body()).height());
        }
        QVERIFY(wrapped > 0);
        // What an install does has no details: its line has the room of both.
        const auto *done = qobject_cast<TableView *>(driver.list("consequenceTable"));
        QCOMPARE(done->visualRect(done->model()->index(0, 0)).height(), done->rowHeight());
    }
    void aBrokenTextLeavesNoHoleInTheForm()
    {
        fixtures::TabDriver driver(fixtures::commentedFile());
        auto *row = driver.find<QWidget>("row:terminationGracePeriodSeconds");
        QVERIFY(row);
        QTRY_VERIFY(row->isVisible());
        for (int i = 0; i < 6; ++i)
            QApplication::processEvents();
        const int withProblem = row->height();
        driver.bench.session->type(int(driver.text().size()), 0, "x: y: [\n");
        QVERIFY(!driver.bench.session->isEditable());
        QCoreApplication::sendPostedEvents(); // Once: a frame may come after it.
        QVERIFY2(row->height() < withProblem, qPrintable(QString::number(row->height())));
        QCOMPARE(row->height(), row->heightForWidth(row->width()));
    }

    // --- Drafts, off the GUI thread
    void aDraftIsWrittenElsewhere()
    {
        const QTemporaryDir folder;
        document::DraftStore store(folder.path().toStdString());
        DraftWriter writer(store);
        QSignalSpy written(&writer, &DraftWriter::written);
        writer.save(draftOf(std::string(2'000'000, '#') + "\na: 1\n"), WallTime{});
        writer.save(draftOf("a: 2\n"), WallTime{});
        writer.save(draftOf("a: 3\n"), WallTime{});
        QCOMPARE(written.size(), 0); // Whatever it takes, nobody waits.
        QVERIFY(written.wait(10'000));
        const auto left = store.list();
        QCOMPARE(left.size(), std::size_t(1));
        QCOMPARE(left.front().text, std::string("a: 3\n"));
        QCOMPARE(written.size(), 1); // The newest is told only.
    }
    void aDraftThatIsRemovedDoesNotComeBack()
    {
        const QTemporaryDir folder;
        document::DraftStore store(folder.path().toStdString());
        DraftWriter writer(store);
        QSignalSpy written(&writer, &DraftWriter::written);
        writer.save(draftOf("a: 2\n"), WallTime{});
        QVERIFY(writer.remove("one").ok());
        QVERIFY(store.list().empty());
        QVERIFY(!written.wait(100));
        QVERIFY(store.list().empty());
    }
    void theEndWaitsForTheDraft()
    {
        const QTemporaryDir folder;
        document::DraftStore store(folder.path().toStdString());
        {
            DraftWriter writer(store);
            writer.save(draftOf("a: 1\n"), WallTime{});
            writer.save(draftOf("a: 2\n"), WallTime{});
        }
        QCOMPARE(store.list().size(), std::size_t(1));
        QCOMPARE(store.list().front().text, std::string("a: 2\n"));
    }
    void aDraftThatCannotBeWrittenIsTold()
    {
        document::DraftStore store("/proc/nowhere/drafts");
        DraftWriter writer(store);
        QSignalSpy written(&writer, &DraftWriter::written);
        writer.save(draftOf("a: 1\n"), WallTime{});
        QVERIFY(written.wait(5000));
        QVERIFY(written.first().first().value<std::optional<Error>>());
    }
    void typingDoesNotWaitForTheDraft()
    {
        fixtures::Bench bench("replicaCount: 1\n");
        bench.session->set(*yaml::Path::parse("replicaCount"), Value::integer(2));
        bench.session->saveDraft();
        QVERIFY(!bench.session->draftSaved().isValid()); // It is told when it was written.
        QTRY_VERIFY(bench.session->draftSaved().isValid());
        bench.session->undo();
        QTRY_VERIFY(bench.drafts.list().empty());
    }
};

QTEST_MAIN(TestValuesEdits)
#include "tst_valuesedits.moc"
