// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/gallery.h"
#include "widgets/diffview.h"

#include <QApplication>
#include <QKeyEvent>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace pk::gui;

class TestCodeView : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { setUpLook(*qApp); }
    void editorLetsWindowKeysPass();
    void editorKeepsBytes();
    void problemsAreAnnotated();
    void themeChangeRecoloursEditor();
    void diffFoldsAndOpens();
    void diffKeepsOpenedFolds();
    void diffSidesHaveEqualLength();
};

void TestCodeView::editorLetsWindowKeysPass()
{
    CodeView view;
    const std::pair<Qt::KeyboardModifiers, Qt::Key> keys[] = {{Qt::ControlModifier, Qt::Key_Z},
        {Qt::ControlModifier, Qt::Key_L}, {Qt::ControlModifier, Qt::Key_T}, {Qt::ControlModifier, Qt::Key_D},
        {Qt::ControlModifier | Qt::ShiftModifier, Qt::Key_Z}, {Qt::AltModifier, Qt::Key_Backspace},
        {Qt::NoModifier, Qt::Key_Escape}};
    for (const auto &[modifiers, key] : keys) {
        QKeyEvent wish(QEvent::ShortcutOverride, key, modifiers);
        wish.ignore();
        QApplication::sendEvent(&view, &wish);
        QVERIFY2(!wish.isAccepted(), qPrintable(QString::number(key, 16)));
    }
    QKeyEvent typed(QEvent::ShortcutOverride, Qt::Key_A, Qt::NoModifier, u"a"_s);
    typed.ignore();
    QApplication::sendEvent(&view, &typed);
    QVERIFY(typed.isAccepted());
}

void TestCodeView::editorKeepsBytes()
{
    CodeView view;
    const QByteArray text = QByteArray("a: \xC3\xBC\nb: |\n  x\n\0c", 17);
    view.setContents(text);
    QCOMPARE(view.contents(), text);
    QVERIFY(!view.isUndoAvailable());
}

void TestCodeView::problemsAreAnnotated()
{
    CodeView view;
    view.setContents("a: 1\nb: true\nc: 3\n");
    view.setProblems({{1, 3, 7, Severity::Error, u"must be a string"_s, u"Alt Enter"_s},
        {0, 0, 0, Severity::Warning, u"short"_s, {}}});
    QVERIFY(view.annotation(1).contains(u"must be a string   Alt Enter"_s));
    QVERIFY(view.annotation(0).contains(u"short"_s));
    view.setProblems({{2, 0, 0, Severity::Hint, u"hint"_s, {}}});
    QVERIFY(view.annotation(1).isEmpty());
    QVERIFY(view.annotation(2).contains(u"hint"_s));
}

void TestCodeView::themeChangeRecoloursEditor()
{
    CodeView view;
    view.setContents("key: value\n");
    view.resize(300, 200);
    view.show();
    QCOMPARE(view.grab().toImage().pixelColor(250, 150), lightTheme().surface);
    setTheme(darkTheme());
    QTRY_COMPARE(view.grab().toImage().pixelColor(250, 150), darkTheme().surface);
    setTheme(lightTheme());
}

void TestCodeView::diffFoldsAndOpens()
{
    DiffView view;
    view.setContext(1);
    view.setLines(gallery::diffLines());
    QCOMPARE(view.changeCount(), 3);
    QVERIFY(view.contents().startsWith("\u22EF 9 lines\nspec:\n"));
    const int folded = view.lines().size() > 0 ? int(view.contents().count('\n')) : 0;
    view.setCursorPosition(0, 0);
    QSignalSpy opened(&view, &DiffView::expanded);
    QTest::keyClick(&view, Qt::Key_Return);
    QCOMPARE(opened.size(), 1);
    QCOMPARE(int(view.contents().count('\n')), folded + 8);
    QCOMPARE(view.newLineAt(0), 1);
    view.showNewLines(20, 21); // hidden until asked for
    QVERIFY(view.contents().count('\n') > folded + 8);
}

void TestCodeView::diffKeepsOpenedFolds()
{
    DiffView view;
    view.setContext(1);
    view.setLines(gallery::diffLines(), u"StatefulSet"_s);
    view.expandLine(0);
    const auto opened = view.contents().count('\n');
    QVector<DiffLine> typed = gallery::diffLines();
    typed[11].text = "  replicas: 7";
    view.setLines(typed, u"StatefulSet"_s);
    QCOMPARE(view.contents().count('\n'), opened);
    view.setLines(typed, u"Service"_s);
    QVERIFY(view.contents().count('\n') < opened);
}

void TestCodeView::diffSidesHaveEqualLength()
{
    DiffView before(DiffView::Side::Old), after(DiffView::Side::New);
    for (DiffView *side : {&before, &after})
        side->setLines(gallery::diffLines());
    before.scrollWith(&after);
    QCOMPARE(before.contents().count('\n'), after.contents().count('\n'));
    QVERIFY(before.contents().contains("replicas: 5"));
    QVERIFY(!before.contents().contains("replicas: 6"));
    QVERIFY(after.contents().contains("replicas: 6"));
    before.expandLine(0);
    QCOMPARE(before.newLineAt(0), 1);
}

QTEST_MAIN(TestCodeView)
#include "tst_codeview.moc"
