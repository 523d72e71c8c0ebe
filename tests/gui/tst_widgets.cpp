// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/gallery.h"
#include "widgets/band.h"
#include "widgets/card.h"
#include "widgets/elidedlabel.h"
#include "widgets/pagetabbar.h"
#include "widgets/poolstyle.h"
#include "widgets/segmentedswitch.h"
#include "widgets/sidepanel.h"
#include "widgets/workermap.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace pk::gui;

class TestWidgets : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void switchMovesByKeys();
    void switchSkipsDisabledSegments();
    void switchIsARadioGroup();
    void mapWalksByKeys();
    void mapIsATableOfSentences();
    void mapKeepsItsWorker();
    void mapHasFiftyARow();
    void tableKeys();
    void tableCopiesRowAsText();
    void tabBadgeIsSpoken();
    void bandSpeaksItsSentence();
    void diskBarHasValue();
    void elidedLabelKeepsItsName();
    void panelCoversNarrowHost();
    void focusReturnsFromPanel();
    void problemEdgeIsDrawn();
    void timeLineStepsThroughEvictions();
};

namespace {

QString nameOf(QObject *object)
{
    QAccessibleInterface *face = QAccessible::queryAccessibleInterface(object);
    return face ? face->text(QAccessible::Name) : QString();
}

QVector<WorkerMap::Worker> workers(int count, int first = 0)
{
    QVector<WorkerMap::Worker> result;
    for (int i = 0; i < count; ++i)
        result.append({first + i, ContainerState::Running, false, u"Worker %1, running"_s.arg(first + i)});
    return result;
}

} // namespace

void TestWidgets::initTestCase()
{
    setUpLook(*qApp);
}

void TestWidgets::switchMovesByKeys()
{
    SegmentedSwitch segments({u"All"_s, u"Edited"_s, u"Problems"_s});
    segments.show();
    QVERIFY(QTest::qWaitForWindowExposed(&segments));
    QSignalSpy changed(&segments, &SegmentedSwitch::currentChanged);
    segments.button(0)->setFocus();
    QTest::keyClick(segments.button(0), Qt::Key_Right);
    QCOMPARE(segments.current(), 1);
    QTest::keyClick(segments.button(1), Qt::Key_Right);
    QTest::keyClick(segments.button(2), Qt::Key_Right); // stays at the end
    QCOMPARE(segments.current(), 2);
    QTest::keyClick(segments.button(2), Qt::Key_Left);
    QCOMPARE(segments.current(), 1);
    QCOMPARE(changed.size(), 3);
    // One Tab stop: the chosen segment.
    QCOMPARE(segments.button(0)->focusPolicy(), Qt::NoFocus);
    QCOMPARE(segments.button(1)->focusPolicy(), Qt::TabFocus);
}

void TestWidgets::switchSkipsDisabledSegments()
{
    SegmentedSwitch segments({u"Rendered"_s, u"Revision 14"_s, u"Live cluster"_s});
    segments.setSegmentEnabled(1, false, u"Not installed"_s);
    QTest::keyClick(segments.button(0), Qt::Key_Right);
    QCOMPARE(segments.current(), 2);
    QCOMPARE(segments.button(1)->toolTip(), u"Not installed"_s);
}

void TestWidgets::switchIsARadioGroup()
{
    SegmentedSwitch segments({u"All"_s, u"Edited"_s});
    segments.setText(1, u"Edited 4"_s, u"Ed."_s);
    segments.setShortened(true);
    QAccessibleInterface *group = QAccessible::queryAccessibleInterface(&segments);
    QCOMPARE(group->role(), QAccessible::Grouping);
    QCOMPARE(group->childCount(), 2);
    QCOMPARE(group->child(0)->role(), QAccessible::RadioButton);
    QVERIFY(group->child(0)->state().checked);
    QCOMPARE(group->child(1)->text(QAccessible::Name), u"Edited 4"_s); // the long text, also when shortened
    QCOMPARE(segments.button(1)->text(), u"Ed."_s);
}

void TestWidgets::mapWalksByKeys()
{
    WorkerMap map;
    map.setWorkers(workers(120));
    map.resize(1200, 100);
    QSignalSpy activated(&map, &WorkerMap::activated);
    QTest::keyClick(&map, Qt::Key_Home);
    QTest::keyClick(&map, Qt::Key_Down);
    QCOMPARE(map.current(), 50);
    QTest::keyClick(&map, Qt::Key_Left);
    QCOMPARE(map.current(), 49);
    QTest::keyClick(&map, Qt::Key_Up); // no row above: stays
    QCOMPARE(map.current(), 49);
    QTest::keyClick(&map, Qt::Key_End);
    QCOMPARE(map.current(), 119);
    QTest::keyClick(&map, Qt::Key_Return);
    QCOMPARE(activated.size(), 1);
    QCOMPARE(activated.first().first().toInt(), 119);
    QTest::mouseClick(&map, Qt::LeftButton, {}, map.cellRect(51).center());
    QCOMPARE(map.current(), 51);
}

void TestWidgets::mapIsATableOfSentences()
{
    WorkerMap map;
    map.setWorkers(workers(120));
    map.resize(1200, 100);
    QAccessibleInterface *face = QAccessible::queryAccessibleInterface(&map);
    QCOMPARE(face->role(), QAccessible::Table);
    QAccessibleTableInterface *table = face->tableInterface();
    QVERIFY(table);
    QCOMPARE(table->rowCount(), 3);
    QCOMPARE(table->columnCount(), 50);
    QCOMPARE(table->cellAt(1, 3)->text(QAccessible::Name), u"Worker 53, running"_s);
    QCOMPARE(table->cellAt(1, 3)->tableCellInterface()->rowIndex(), 1);
    QCOMPARE(face->childCount(), 120);
}

void TestWidgets::mapKeepsItsWorker()
{
    WorkerMap map;
    map.setWorkers(workers(20));
    map.setCurrent(12);
    QSignalSpy changed(&map, &WorkerMap::currentChanged);
    map.setWorkers(workers(20, 5)); // ordinals 5 to 24
    QCOMPARE(map.workers()[map.current()].ordinal, 12);
    QCOMPARE(changed.size(), 1); // its index is another now
    map.setWorkers(workers(3));
    QCOMPARE(map.current(), -1);
}

void TestWidgets::mapHasFiftyARow()
{
    WorkerMap map;
    map.setWorkers(workers(200));
    QCOMPARE(map.heightForWidth(1200), 4 * map.heightForWidth(1200) / 4);
    map.resize(1200, 90);
    QCOMPARE(map.columns(), 50);
    QCOMPARE(map.rows(), 4);
    map.resize(500, 300);
    QVERIFY(map.columns() < 50);
    QCOMPARE(map.columns() % 5, 0);
    QVERIFY(map.cellRect(map.columns() - 1).right() < 500);
}

void TestWidgets::tableKeys()
{
    TableView table;
    gallery::CellModel model({u"A"_s, u"B"_s},
        {{Cell::plain(u"one"_s), Cell::number(u"1"_s)}, {Cell::plain(u"two"_s), Cell::number(u"2"_s)}}, nullptr);
    const QAbstractItemModelTester tester(&model);
    table.setModel(&model);
    table.setCurrentIndex(model.index(0, 0));
    QSignalSpy opened(&table, &TableView::opened), letter(&table, &TableView::letterPressed),
        filter(&table, &TableView::filterRequested), row(&table, &TableView::currentRowChanged);
    QTest::keyClick(&table, Qt::Key_Down);
    QCOMPARE(table.currentIndex().row(), 1);
    QCOMPARE(row.size(), 1);
    QTest::keyClick(&table, Qt::Key_Return);
    QCOMPARE(opened.size(), 1);
    QTest::keyClick(&table, Qt::Key_L);
    QCOMPARE(letter.size(), 1);
    QCOMPARE(letter.first().first().value<Qt::Key>(), Qt::Key_L);
    QTest::keyClick(&table, Qt::Key_Slash);
    QCOMPARE(filter.size(), 1);
    QTest::keyClick(&table, Qt::Key_Home);
    QCOMPARE(table.currentIndex().row(), 0);
}

void TestWidgets::tableCopiesRowAsText()
{
    TableView table;
    gallery::CellModel model({u"A"_s, u"B"_s, u"C"_s}, {gallery::workerRows()[0].mid(0, 3)}, nullptr);
    table.setModel(&model);
    table.setCurrentIndex(model.index(0, 0));
    QTest::keyClick(&table, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QApplication::clipboard()->text(),
        u"Worker 0, Ready, busy\tprod-eu-spacelift-worker-0, runners-a-4kq7\tlauncher: Running, dind: Running"_s);
}

void TestWidgets::tabBadgeIsSpoken()
{
    PageTabBar tabs;
    tabs.addTab(u"Values"_s);
    const int plain = tabs.sizeHint().width();
    tabs.setBadge(0, 4, Tone::Edited);
    QVERIFY(tabs.sizeHint().width() > plain);
    QCOMPARE(tabs.accessibleTabName(0), u"Values, 4"_s);
    tabs.setBadge(0, 0);
    QCOMPARE(tabs.sizeHint().width(), plain);
}

void TestWidgets::bandSpeaksItsSentence()
{
    Band band;
    QAction show(u"Show eviction"_s);
    band.setNews(Tone::Bad, glyph(WorkerState::Evicted), u"Worker 3 was evicted."_s, u"<b>plain</b>"_s);
    band.setActions({&show});
    QCOMPARE(nameOf(&band), u"Worker 3 was evicted. <b>plain</b>"_s);
    auto *button = band.findChild<QPushButton *>();
    QVERIFY(button);
    QSignalSpy triggered(&show, &QAction::triggered);
    button->click();
    QCOMPARE(triggered.size(), 1);
    show.setEnabled(false);
    QVERIFY(!button->isEnabled());
}

void TestWidgets::diskBarHasValue()
{
    DiskBar bar;
    DiskBarData data;
    data.used = 0.72;
    data.threshold = 0.9;
    data.right = u"28.5 GiB left"_s;
    bar.setData(data);
    QAccessibleInterface *face = QAccessible::queryAccessibleInterface(&bar);
    QCOMPARE(face->role(), QAccessible::ProgressBar);
    QCOMPARE(face->valueInterface()->currentValue().toInt(), 72);
    QCOMPARE(face->text(QAccessible::Value), u"72 % used, eviction at 90 %, 28.5 GiB left"_s);
    bar.setData({}); // not known is not 0
    QVERIFY(!face->valueInterface()->currentValue().isValid());
}

void TestWidgets::elidedLabelKeepsItsName()
{
    ElidedLabel label(u"launcher-storage-drift-eu-spacelift-worker-4"_s, Qt::ElideMiddle);
    label.resize(80, 20);
    QVERIFY(label.isElided());
    QCOMPARE(nameOf(&label), u"launcher-storage-drift-eu-spacelift-worker-4"_s);
    label.resize(label.sizeHint());
    QVERIFY(!label.isElided());
}

void TestWidgets::panelCoversNarrowHost()
{
    auto *page = new QWidget;
    PanelHost host(page);
    host.resize(1100, 600);
    host.show();
    host.open();
    QVERIFY(page->isVisible());
    QCOMPARE(host.panel()->width(), 432);
    host.resize(900, 600);
    QCOMPARE(host.panel()->width(), 900);
    QVERIFY(!page->isVisible());
    QTest::keyClick(host.panel(), Qt::Key_Escape);
    QVERIFY(!host.isOpen());
    QVERIFY(page->isVisible());
}

void TestWidgets::focusReturnsFromPanel()
{
    auto *page = new QWidget;
    auto *opener = new QLineEdit(page);
    PanelHost host(page);
    host.resize(1100, 600);
    host.show();
    host.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&host));
    opener->setFocus();
    host.open();
    host.panel()->setFocus();
    auto *inside = host.panel()->findChild<QToolButton *>();
    inside->setFocus();
    QVERIFY(!opener->hasFocus());
    host.close();
    QVERIFY(opener->hasFocus());
}

void TestWidgets::problemEdgeIsDrawn()
{
    QLineEdit field(u"x"_s);
    field.resize(120, 32);
    const auto edge = [&] { return field.grab().toImage().pixelColor(60, 0); };
    QCOMPARE(edge(), theme().control);
    setFieldProblem(&field, FieldProblem::Error);
    QCOMPARE(edge(), theme().bad);
    setFieldProblem(&field, FieldProblem::Warning);
    QCOMPARE(edge(), theme().warningFill);
}

void TestWidgets::timeLineStepsThroughEvictions()
{
    TimeLine line;
    line.setData(gallery::timeLine());
    QSignalSpy selected(&line, &TimeLine::evictionSelected);
    QTest::keyClick(&line, Qt::Key_Left); // the last one
    QCOMPARE(line.selected(), 9);
    QTest::keyClick(&line, Qt::Key_Left);
    QCOMPARE(line.selected(), 8);
    QTest::keyClick(&line, Qt::Key_Return);
    QCOMPARE(selected.size(), 1);
    const double whole = line.data().to - line.data().from;
    line.setRange(line.data().from + 3600, line.data().from + 7200);
    QTest::keyClick(&line, Qt::Key_0);
    QCOMPARE(line.data().to - line.data().from, whole);
}

QTEST_MAIN(TestWidgets)
#include "tst_widgets.moc"
