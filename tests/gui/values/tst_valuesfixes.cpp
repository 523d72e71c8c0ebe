// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/values/tabdriver.h"

#include <QPushButton>
#include <QToolButton>

using namespace pk;
using namespace pk::gui;

/// Problems stand in several places and are one; a fix is seen before it is made (UI.md 6.2).
class TestValuesFixes : public QObject
{
    Q_OBJECT
private:
    static int debugOffset() { return int(fixtures::commentedFile().rfind("true")); }
    static QString washed(const CodeView *editor)
    {
        QStringList lines;
        for (int line = 0; line < editor->lines(); ++line) {
            if (editor->SendScintilla(QsciScintilla::SCI_MARKERGET, line) & (1 << 2))
                lines.append(QString::number(line + 1));
        }
        return lines.join(u',');
    }

private Q_SLOTS:
    void altEnterShowsTheDifferenceAndEnterAppliesIt();
    void escapeLeavesEverything();
    void theListOffersItsFix();
    void theFieldOffersItsFix();
    void aLongDifferenceStaysWithinSixLines();
    void severalFixesOfOneLineAreAList();
    void aRenameIsOneStepAndKeepsComments();
    void whatYamlMakesOfTheTextIsToldAtItsPlace();
    void aKeyThatIsReadAsAnotherIsQuoted();
    void aSpaceAtTheEndIsCutOff();
    void aNumberIsQuotedAsItIsWritten();
    void aProblemInTheListMarksFieldTextAndPreview();
    void aLineMarksFieldAndList();
    void aFieldMarksTextAndList();
    void problemsStandErrorsFirstThenByLine();
    void theSelectedProblemStaysSelectedWhenItMoves();
    void theStripFoldsToItsHeads();
};

void TestValuesFixes::altEnterShowsTheDifferenceAndEnterAppliesIt()
{
    fixtures::TabDriver driver(fixtures::commentedFile());
    QVERIFY(driver.ready);
    driver.caret(debugOffset());
    QTest::keyClick(driver.editor, Qt::Key_Return, Qt::AltModifier);
    QVERIFY(driver.popover()->isVisible());
    QCOMPARE(driver.text(), QByteArray::fromStdString(fixtures::commentedFile()));
    auto *difference = driver.find<DiffView>("fixDifference");
    const QString shown = QString::fromUtf8(difference->contents());
    QVERIFY2(shown.contains(QStringLiteral("value: true")), qPrintable(shown));
    QVERIFY2(shown.contains(QStringLiteral("value: \"true\"")), qPrintable(shown));
    QTest::keyClick(driver.popover(), Qt::Key_Return);
    QVERIFY(!driver.popover()->isVisible());
    QVERIFY(driver.text().contains("value: \"true\""));
    QCOMPARE(driver.editor->text().toUtf8(), driver.text());
    // The step has the name of what it did.
    auto *undo = driver.find<QToolButton>("undo");
    QVERIFY2(undo->toolTip().contains(QStringLiteral("Quote SPACELIFT_DEBUG")), qPrintable(undo->toolTip()));
    undo->click();
    QCOMPARE(driver.text(), QByteArray::fromStdString(fixtures::commentedFile()));
    QVERIFY(driver.find<QToolButton>("redo")->toolTip().contains(QStringLiteral("Quote SPACELIFT_DEBUG")));
}

void TestValuesFixes::escapeLeavesEverything()
{
    fixtures::TabDriver driver(fixtures::commentedFile());
    driver.caret(debugOffset());
    QTest::keyClick(driver.editor, Qt::Key_Return, Qt::AltModifier);
    QVERIFY(driver.popover()->isVisible());
    QTest::keyClick(driver.popover(), Qt::Key_Escape);
    QVERIFY(!driver.popover()->isVisible());
    QCOMPARE(driver.text(), QByteArray::fromStdString(fixtures::commentedFile()));
    QVERIFY(!driver.bench.session->canUndo());
}

void TestValuesFixes::theListOffersItsFix()
{
    fixtures::TabDriver driver(fixtures::commentedFile());
    const int row = driver.rowOf("problemTable", QStringLiteral("SPACELIFT_DEBUG"));
    QVERIFY(row >= 0);
    driver.clickRow("problemTable", row, 1);
    QVERIFY(driver.popover()->isVisible());
    QCOMPARE(driver.find<QPushButton>("applyFix")->text(), QStringLiteral("Quote it"));
    QTest::mouseClick(driver.find<QPushButton>("applyFix"), Qt::LeftButton);
    QVERIFY(driver.text().contains("value: \"true\""));
}

void TestValuesFixes::theFieldOffersItsFix()
{
    fixtures::TabDriver driver(fixtures::commentedFile());
    driver.tab->findChild<FormView *>()->reveal(QStringLiteral("terminationGracePeriodSeconds"));
    auto *fix = driver.find<QPushButton>("fix:terminationGracePeriodSeconds");
    QVERIFY(fix);
    fix->click();
    QVERIFY(driver.popover()->isVisible());
    QVERIFY(driver.text().contains("terminationGracePeriodSeconds: 30"));
    QTest::keyClick(driver.popover(), Qt::Key_Return);
    QVERIFY(!driver.text().contains("terminationGracePeriodSeconds: 30\n"));
}

void TestValuesFixes::aLongDifferenceStaysWithinSixLines()
{
    std::string text = "useStatefulSet: false\nstorageVolumeClaimTemplateSpec:\n  accessModes: [ReadWriteOnce]\n"
                       "workerThing:\n";
    for (int i = 0; i < 20; ++i)
        text += "  - item" + std::to_string(i) + "\n";
    fixtures::TabDriver driver(text);
    const int row = driver.rowOf("problemTable", QStringLiteral("workerThing"));
    QVERIFY(row >= 0);
    driver.clickRow("problemTable", row, 1);
    QVERIFY(driver.popover()->isVisible());
    QVERIFY(driver.find<DiffView>("fixDifference")->lines().size() <= FixPopover::MostLines);
    QVERIFY(driver.find<DiffView>("fixDifference")->lines().size() > 2);
}

void TestValuesFixes::severalFixesOfOneLineAreAList()
{
    // Two variables in one line, both of them no strings.
    fixtures::TabDriver driver(
        "launcher:\n  extraEnv: [{name: FIRST, value: 1}, {name: SECOND, value: true}]\nreplicaCount: 2\n");
    driver.caret(int(driver.text().indexOf("FIRST")));
    QTest::keyClick(driver.editor, Qt::Key_Return, Qt::AltModifier);
    auto *list = driver.list("fixList");
    QVERIFY(list->isVisible());
    QCOMPARE(list->model()->rowCount(), 2);
    QTest::keyClick(list, Qt::Key_Down);
    const QString shown = QString::fromUtf8(driver.find<DiffView>("fixDifference")->contents());
    QVERIFY2(shown.contains(QStringLiteral("value: \"true\"")), qPrintable(shown));
    QTest::keyClick(list, Qt::Key_Return);
    QVERIFY2(driver.text().contains("{name: FIRST, value: 1}, {name: SECOND, value: \"true\"}"), driver.text());
}

void TestValuesFixes::aRenameIsOneStepAndKeepsComments()
{
    const auto chart = fixtures::chartOf({{"values.yaml", "replicas: 1\nname: a\n"},
        {"values.schema.json",
            R"({"type":"object","additionalProperties":false,"properties":{"replicas":{"type":"integer"},"name":{"type":"string"}}})"},
        {"templates/a.yaml", "kind: A\nmetadata: {name: a}\nspec: {{ .Values.replicas }}\n"}});
    QVERIFY(chart);
    const std::string text = "# above\nreplica: 3 # three\nname: b\n";
    fixtures::TabDriver driver(text, chart);
    driver.caret(10);
    QTest::keyClick(driver.editor, Qt::Key_Return, Qt::AltModifier);
    QVERIFY(driver.popover()->isVisible());
    QTest::keyClick(driver.popover(), Qt::Key_Return);
    QCOMPARE(driver.text(), QByteArray("# above\nreplicas: 3 # three\nname: b\n"));
    QTest::keyClick(driver.editor, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(driver.text(), QByteArray::fromStdString(text));
    QVERIFY(!driver.bench.session->canUndo());
}

void TestValuesFixes::whatYamlMakesOfTheTextIsToldAtItsPlace()
{
    const auto chart = fixtures::chartOf({{"values.yaml", ""}, {"templates/a.yaml", "kind: A\n"}});
    fixtures::TabDriver driver("\xC3\xBC: 1\nland: \xC3\xBC, NO # x\ncountry: NO\n", chart);
    QCOMPARE(driver.editor->problems().size(), 1);
    const CodeProblem told = driver.editor->problems().first();
    QCOMPARE(told.line, 2);
    QCOMPARE(told.from, 9);
    QCOMPARE(told.to, 11);
    QCOMPARE(told.severity, Severity::Hint);
    QVERIFY2(told.text.contains(QStringLiteral("NO is read as the boolean false")), qPrintable(told.text));
    QCOMPARE(driver.rowOf("problemTable", QStringLiteral("NO is read as the boolean false")), 0);
    driver.caret(int(driver.text().lastIndexOf("NO")));
    QTest::keyClick(driver.editor, Qt::Key_Return, Qt::AltModifier);
    QVERIFY(driver.popover()->isVisible());
    QTest::keyClick(driver.popover(), Qt::Key_Return);
    QVERIFY(driver.text().endsWith("country: \"NO\"\n"));
    QVERIFY(driver.bench.settle());
    QVERIFY(driver.editor->problems().isEmpty());
}

void TestValuesFixes::aKeyThatIsReadAsAnotherIsQuoted()
{
    const auto chart = fixtures::chartOf({{"values.yaml", ""}, {"templates/a.yaml", "kind: A\n"}});
    fixtures::TabDriver driver("axes:\n  y: 1 # up\n", chart);
    driver.clickRow("problemTable", driver.rowOf("problemTable", QStringLiteral("key y")), 1);
    QVERIFY(driver.popover()->isVisible());
    QTest::keyClick(driver.popover(), Qt::Key_Return);
    QCOMPARE(driver.text(), QByteArray("axes:\n  \"y\": 1 # up\n"));
    auto *undo = driver.find<QToolButton>("undo");
    QVERIFY2(undo->toolTip().contains(QStringLiteral("Quote the key")), qPrintable(undo->toolTip()));
    undo->click();
    QCOMPARE(driver.text(), QByteArray("axes:\n  y: 1 # up\n"));
}

void TestValuesFixes::aSpaceAtTheEndIsCutOff()
{
    const auto chart = fixtures::chartOf({{"values.yaml", ""}, {"templates/a.yaml", "kind: A\n"}});
    fixtures::TabDriver driver("name: \"web \"\ntoken: |\n  abcdefgh\nother: 1\n", chart);
    driver.clickRow("problemTable", driver.rowOf("problemTable", QStringLiteral("within the quotes")), 1);
    QTest::keyClick(driver.popover(), Qt::Key_Return);
    QVERIFY2(driver.text().startsWith("name: \"web\"\n"), driver.text());
    QVERIFY(driver.bench.settle());
    driver.clickRow("problemTable", driver.rowOf("problemTable", QStringLiteral("line end")), 1);
    QTest::keyClick(driver.popover(), Qt::Key_Return);
    QCOMPARE(driver.bench.session->document().tree().get("token").stringOr(), std::string("abcdefgh"));
    QVERIFY(driver.text().endsWith("other: 1\n"));
}

void TestValuesFixes::aNumberIsQuotedAsItIsWritten()
{
    fixtures::TabDriver driver("launcher:\n  extraEnv: [{name: MODE, value: 0644}]\n");
    driver.clickRow("problemTable", driver.rowOf("problemTable", QStringLiteral("MODE")), 1);
    QTest::keyClick(driver.popover(), Qt::Key_Return);
    QVERIFY2(driver.text().contains("value: \"0644\""), driver.text());
}

void TestValuesFixes::aProblemInTheListMarksFieldTextAndPreview()
{
    fixtures::TabDriver driver(fixtures::commentedFile());
    driver.clickRow("problemTable", driver.rowOf("problemTable", QStringLiteral("terminationGrace")));
    QCOMPARE(washed(driver.editor), QStringLiteral("7"));
    auto *row = driver.find<QWidget>("row:terminationGracePeriodSeconds");
    QVERIFY(row);
    QTRY_COMPARE(row->grab().toImage().pixelColor(2, row->height() - 2), theme().wash());
    QTRY_VERIFY(driver.shown().contains(QStringLiteral("terminationGracePeriodSeconds: 30")));
    // The line that the value makes is in sight.
    auto *view = driver.find<DiffView>("previewText");
    const int line = int(QString::fromUtf8(view->contents())
                             .split(u'\n')
                             .indexOf(QRegularExpression(QStringLiteral(".*terminationGracePeriodSeconds: 30"))));
    const int first = view->firstVisibleLine();
    QVERIFY(line >= first && line <= first + int(view->SendScintilla(QsciScintilla::SCI_LINESONSCREEN)));
    QCOMPARE(washed(view), QString::number(line + 1));
}

void TestValuesFixes::aLineMarksFieldAndList()
{
    fixtures::TabDriver driver(fixtures::commentedFile());
    driver.caret(debugOffset());
    const int row = driver.rowOf("problemTable", QStringLiteral("SPACELIFT_DEBUG"));
    QTRY_COMPARE(driver.list("problemTable")->currentIndex().row(), row);
    auto *field = driver.find<QWidget>("row:launcher.extraEnv");
    QVERIFY(field);
    QTRY_COMPARE(field->grab().toImage().pixelColor(2, field->height() - 2), theme().wash());
    driver.caret(0);
    QTRY_VERIFY(!driver.list("problemTable")->currentIndex().isValid());
}

void TestValuesFixes::aFieldMarksTextAndList()
{
    fixtures::TabDriver driver(fixtures::commentedFile());
    auto *field = driver.find<QWidget>("field:terminationGracePeriodSeconds");
    QVERIFY(field);
    field->setFocus();
    QCOMPARE(washed(driver.editor), QStringLiteral("7"));
    QCOMPARE(driver.list("problemTable")->currentIndex().row(),
        driver.rowOf("problemTable", QStringLiteral("terminationGrace")));
    driver.find<QWidget>("field:replicaCount")->setFocus();
    QCOMPARE(washed(driver.editor), QStringLiteral("4"));
    QVERIFY(!driver.list("problemTable")->currentIndex().isValid());
}

void TestValuesFixes::problemsStandErrorsFirstThenByLine()
{
    fixtures::TabDriver driver("zeta: 1\nterminationGracePeriodSeconds: 30\nalpha: 2\nlauncher:\n  extraEnv:\n"
                               "    - name: B\n      value: 2\n    - name: SPACELIFT_LAUNCHER_RUN_TIMEOUT\n"
                               "      value: 70m\n    - name: A\n      value: 1\n");
    const auto &problems = driver.bench.session->allProblems();
    QVERIFY(problems.size() > 4);
    for (std::size_t i = 1; i < problems.size(); ++i) {
        const Problem &a = problems[i - 1], &b = problems[i];
        QVERIFY(a.severity <= b.severity);
        if (a.severity == b.severity && b.at.isKnown())
            QVERIFY2(a.at.isKnown() && a.at.line <= b.at.line, qPrintable(QString::number(i)));
    }
}

void TestValuesFixes::theSelectedProblemStaysSelectedWhenItMoves()
{
    fixtures::TabDriver driver("zeta: 1\nterminationGracePeriodSeconds: 30\nlauncher:\n  extraEnv:\n"
                               "    - {name: SPACELIFT_LAUNCHER_RUN_TIMEOUT, value: 70m}\n");
    const int before = driver.rowOf("problemTable", QStringLiteral("terminationGrace"));
    driver.clickRow("problemTable", before);
    driver.editor->setFocus();
    driver.bench.session->type(0, 8, {}); // zeta goes
    QVERIFY(driver.bench.settle());
    const int after = driver.rowOf("problemTable", QStringLiteral("terminationGrace"));
    QVERIFY(after != before);
    QCOMPARE(driver.list("problemTable")->currentIndex().row(), after);
}

void TestValuesFixes::theStripFoldsToItsHeads()
{
    fixtures::TabDriver driver(fixtures::commentedFile());
    auto *strip = driver.find<QWidget>("problemStrip");
    QVERIFY(driver.list("problemTable")->isVisible());
    QCOMPARE(strip->height(), 146);
    QTest::mouseDClick(strip, Qt::LeftButton, {}, QPoint(strip->width() / 3, 6));
    QVERIFY(!driver.list("problemTable")->isVisible());
    QTRY_VERIFY(strip->height() <= 40);
    QVERIFY(fixtures::everyText(*strip).contains(QStringLiteral("Not installed yet")));
    QTest::mouseDClick(strip, Qt::LeftButton, {}, QPoint(strip->width() / 3, 6));
    QTRY_COMPARE(strip->height(), 146);
    QVERIFY(driver.list("problemTable")->isVisible());
}

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    setUpLook(application);
    TestValuesFixes test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_valuesfixes.moc"
