// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/values/valuesfixtures.h"
#include "preview/objectdiff.h"
#include "values/valueseditor.h"
#include "widgets/band.h"
#include "widgets/theme.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QSpinBox>
#include <QTest>
#include <QWindow>

using namespace pk;
using namespace pk::gui;

/// The tab driven by keys: what is done in one pane shows in the others.
class TestValuesTab : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<fixtures::Bench> m_bench;
    std::unique_ptr<ValuesTab> m_tab;
    ValuesEditor *m_editor = nullptr;

    void show(const std::string &text)
    {
        m_tab.reset();
        m_bench = std::make_unique<fixtures::Bench>(text);
        m_tab = std::make_unique<ValuesTab>();
        m_tab->resize(1388, 814);
        m_tab->setSession(m_bench->session.get());
        m_tab->show();
        QApplication::setActiveWindow(m_tab.get());
        QVERIFY(m_tab->isActiveWindow());
        QVERIFY(m_bench->settle());
        m_editor = m_tab->findChild<ValuesEditor *>();
    }
    template <class T> T *find(const char *name) const { return m_tab->findChild<T *>(QLatin1String(name)); }
    /// A shortcut of the tab, as the window system tells it to the window that is active.
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        m_tab->windowHandle()->requestActivate();
        QTRY_COMPARE(QGuiApplication::focusWindow(), m_tab->windowHandle());
        QTest::keyClick(m_tab->windowHandle(), key, modifiers);
    }
    QByteArray text() const { return QByteArray::fromStdString(m_bench->session->document().text()); }
    QString preview() const { return m_tab->findChild<ObjectDiff *>()->shownText(); }
    void focusEditor(int offset)
    {
        m_editor->setFocus();
        m_editor->setCaretOffset(offset);
    }

private Q_SLOTS:
    void cleanup()
    {
        m_tab.reset();
        m_bench.reset();
    }
    void typedTextReachesFormAndPreview()
    {
        show("replicaCount: 2\n");
        focusEditor(15);
        QTest::keyClicks(m_editor, QStringLiteral("3"));
        QCOMPARE(text(), QByteArray("replicaCount: 23\n"));
        QTRY_COMPARE(find<QSpinBox>("field:replicaCount")->value(), 23);
        QTRY_VERIFY(preview().contains(QStringLiteral("replicas: 23")));
    }
    void aFieldChangesOnlyItsCharacters()
    {
        show("# gr\xc3\xbc\xc3\x9f\x65\r\nreplicaCount: 2   # two\r\nuseStatefulSet: true\r\n");
        auto *workers = find<QSpinBox>("field:replicaCount");
        QVERIFY(workers);
        workers->setFocus();
        QTest::keyClick(workers, Qt::Key_Up);
        const QByteArray expected("# gr\xc3\xbc\xc3\x9f\x65\r\nreplicaCount: 3   # two\r\nuseStatefulSet: true\r\n");
        QCOMPARE(text(), expected);
        QCOMPARE(m_editor->text().toUtf8(), expected);
        QTRY_VERIFY(preview().contains(QStringLiteral("replicas: 3")));
        press(Qt::Key_F6);
        press(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(workers->value(), 2);
    }
    void undoCoversTypingAndForm()
    {
        show("replicaCount: 2\n");
        focusEditor(0);
        QTest::keyClicks(m_editor, QStringLiteral("# x"));
        QTest::keyClick(m_editor, Qt::Key_Return);
        m_bench->session->set(yaml::Path{"replicaCount"}, Value::integer(5));
        QCOMPARE(text(), QByteArray("# x\nreplicaCount: 5\n"));
        for (int i = 0; i < 8 && m_bench->session->canUndo(); ++i)
            QTest::keyClick(m_editor, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(text(), QByteArray("replicaCount: 2\n"));
        QCOMPARE(m_editor->text().toUtf8(), text());
        for (int i = 0; i < 8 && m_bench->session->canRedo(); ++i)
            QTest::keyClick(m_editor, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(m_editor->text().toUtf8(), QByteArray("# x\nreplicaCount: 5\n"));
    }
    void brokenTextLocksTheFormAndKeepsThePreview()
    {
        show("replicaCount: 2\n");
        QTRY_VERIFY(preview().contains(QStringLiteral("replicas: 2")));
        focusEditor(0);
        QTest::keyClicks(m_editor, QStringLiteral("a: ["));
        QTest::keyClick(m_editor, Qt::Key_Return);
        QTRY_VERIFY(!find<QSpinBox>("field:replicaCount")->isEnabled());
        QVERIFY(preview().contains(QStringLiteral("replicas: 2")));
        QVERIFY(m_tab->findChild<Band *>()->isVisible());
    }
    void stepsThroughProblemsInAllPanes()
    {
        show(fixtures::commentedFile());
        auto *list = find<QAbstractItemView>("problemTable");
        QVERIFY(list);
        focusEditor(0);
        press(Qt::Key_F8);
        QCOMPARE(list->currentIndex().row(), 0);
        // The field of the problem was unfolded.
        QVERIFY(find<QWidget>("row:launcher.extraEnv"));
        QTRY_VERIFY(find<QWidget>("row:launcher.extraEnv")->visibleRegion().boundingRect().height() > 0);
    }
    void aPreviewLineLeadsToItsValue()
    {
        std::string comments;
        for (int i = 0; i < 200; ++i)
            comments += "# a comment\n";
        show(comments + "replicaCount: 2\n");
        QCOMPARE(m_editor->firstVisibleLine(), 0);
        int line = 0;
        const QStringList lines = QString::fromStdString(m_bench->session->lastGood()->rendered.manifest).split(u'\n');
        for (int i = 0; i < lines.size(); ++i) {
            if (lines[i].contains(QStringLiteral("replicas: 2")))
                line = i + 1;
        }
        QVERIFY(line > 0);
        QSignalSpy said(m_tab.get(), &ValuesTab::said);
        Q_EMIT m_tab->findChild<ObjectDiff *>()->manifestLineClicked(line);
        QVERIFY(m_editor->firstVisibleLine() > 100);
        QCOMPARE(said.size(), 0);
    }
    void aPasteOfAMegabyteStaysWhole()
    {
        show("replicaCount: 2\n");
        QByteArray big;
        for (int i = 0; big.size() < 1'000'000; ++i)
            big += "# line " + QByteArray::number(i) + " \xc3\xbc\n";
        focusEditor(0);
        m_editor->insert(QString::fromUtf8(big));
        QCOMPARE(text(), big + "replicaCount: 2\n");
        QVERIFY(m_bench->settle());
        QCOMPARE(m_bench->session->value(yaml::Path{"replicaCount"}).integerOr(0), 2);
    }
    void keysFoldPanes()
    {
        show("replicaCount: 2\n");
        focusEditor(0);
        auto *button = find<QAbstractButton>("showPreview");
        QVERIFY(button->isChecked());
        press(Qt::Key_3, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(!button->isChecked());
    }
};

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    setUpLook(application);
    TestValuesTab test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_valuestab.moc"
