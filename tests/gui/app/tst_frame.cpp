// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pagehead.h"
#include "app/poolpage.h"
#include "app/sidebar.h"
#include "gui/shots/fixtures.h"
#include "widgets/elidedlabel.h"
#include "widgets/theme.h"

#include <QAction>
#include <QApplication>
#include <QHelpEvent>
#include <QMenu>
#include <QPushButton>
#include <QTest>
#include <QToolButton>
#include <QToolTip>

using namespace pk::gui;

namespace {

QStringList shownButtons(const PageHead &head)
{
    QStringList texts;
    for (const QPushButton *button : head.findChildren<QPushButton *>()) {
        if (button->isVisible())
            texts.append(button->text());
    }
    return texts;
}

/// What is painted, and how often something is laid out.
class EventCounter : public QObject
{
public:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::LayoutRequest)
            ++layouts;
        if (event->type() == QEvent::Paint && qobject_cast<QAbstractButton *>(watched))
            painted.append(watched->objectName());
        return false;
    }
    QStringList painted; ///< Names of buttons and rows.
    int layouts = 0;
};

} // namespace

/// Side bar and page head: what moves, and what folds where there is no room.
class TestFrame : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        setUpLook(*qApp);
        QApplication::setFont(QFont(QStringLiteral("Inter"), 10));
    }
    void rowsStandApartAtOnce()
    {
        SideBar bar;
        bar.resize(248, 700);
        SideBarState state = fixtures::sideBar();
        for (SideBarState::Row &pool : state.pools)
            pool.shown.second.clear();
        bar.setState(state);
        bar.show();
        QApplication::processEvents();
        // News: rows of one line become rows of two. No event in between, as a frame may be painted before it comes.
        bar.setState(fixtures::sideBar());
        const auto places = [&bar] {
            QStringList all;
            for (const NavRow *row : bar.findChildren<NavRow *>()) {
                if (row->isVisible())
                    all.append(QStringLiteral("%1 %2 %3")
                                   .arg(row->objectName())
                                   .arg(row->mapTo(&bar, QPoint()).y())
                                   .arg(row->height()));
            }
            return all.join(u'\n');
        };
        const QString atOnce = places();
        for (const NavRow *row : bar.findChildren<NavRow *>()) {
            if (row->isVisible())
                QCOMPARE(row->height(), std::max(row->sizeHint().height(), row->height()));
        }
        for (int i = 0; i < 4; ++i)
            QApplication::processEvents();
        QCOMPARE(atOnce, places());
    }
    /// A hundred pools of which one has news: nothing but its row is painted, and nothing is laid out.
    void newsPaintTheirRowOnly()
    {
        SideBar bar;
        bar.resize(248, 700);
        SideBarState state = fixtures::sideBar();
        state.pools.clear();
        for (int i = 0; i < 100; ++i)
            state.pools.append({QStringLiteral("p%1").arg(i),
                {.text = QStringLiteral("pool-%1").arg(i), .right = QStringLiteral("5/5")}});
        bar.setState(state);
        bar.show();
        QVERIFY(QTest::qWaitForWindowExposed(&bar));
        for (int i = 0; i < 4; ++i)
            QApplication::processEvents();
        EventCounter counter;
        qApp->installEventFilter(&counter);
        state.pools[3].shown.right = QStringLiteral("4/5");
        bar.setState(state);
        QApplication::processEvents();
        QCOMPARE(counter.painted, QStringList{QStringLiteral("nav:p3")});
        QCOMPARE(counter.layouts, 0);
        bar.setState(state);
        QApplication::processEvents();
        QCOMPARE(counter.painted.size(), 1);
        qApp->removeEventFilter(&counter);
    }
    void aRowTellsWhatItHasNoRoomFor()
    {
        NavRow row;
        row.resize(120, 32);
        row.setState({.text = QStringLiteral("a-pool-with-a-very-long-name"), .right = QStringLiteral("5/5")});
        row.show();
        const auto tip = [&row] {
            QToolTip::hideText();
            QHelpEvent event(QEvent::ToolTip, QPoint(4, 4), row.mapToGlobal(QPoint(4, 4)));
            QApplication::sendEvent(&row, &event);
            return QToolTip::text();
        };
        QVERIFY2(tip().contains(QStringLiteral("a-pool-with-a-very-long-name")), qPrintable(tip()));
        row.resize(400, 32);
        (void)tip();
        QTRY_VERIFY(!QToolTip::isVisible()); // It goes after a moment.
    }
    void aRailWithoutPoolsHasOneLine()
    {
        SideBar bar;
        bar.resize(52, 700);
        bar.setRail(true);
        SideBarState state;
        state.drafts = fixtures::sideBar().drafts;
        bar.setState(state);
        bar.show();
        QApplication::processEvents();
        const auto *draft = bar.findChild<NavRow *>(QStringLiteral("nav:d"));
        QVERIFY(draft && draft->isVisible());
        int lines = 0;
        for (const QWidget *line : bar.findChildren<QWidget *>()) {
            const int y = line->mapTo(&bar, QPoint()).y();
            lines += line->isVisible() && line->height() == 1 && y > 20 && y < draft->mapTo(&bar, QPoint()).y();
        }
        QCOMPARE(lines, 1);
    }
    void actionsFoldFromTheLeft()
    {
        PageHead head;
        QAction scale(QStringLiteral("Scale…")), restart(QStringLiteral("Restart…")),
            review(QStringLiteral("Review upgrade…"));
        head.setTitle(glyph(WorkerState::Ready), QStringLiteral("Ready"), QStringLiteral("prod-eu"));
        head.setActions({&scale, &restart, &review}, &review);
        head.resize(1100, 60);
        head.show();
        QApplication::processEvents();
        auto *more = head.findChild<QToolButton *>(QStringLiteral("moreActions"));
        QCOMPARE(shownButtons(head), (QStringList{scale.text(), restart.text(), review.text()}));
        QVERIFY(!more->isVisible());
        head.resize(420, 60);
        QApplication::processEvents();
        QCOMPARE(shownButtons(head), (QStringList{restart.text(), review.text()}));
        QVERIFY(more->isVisible());
        QCOMPARE(more->menu()->actions(), QList<QAction *>{&scale});
        head.resize(head.minimumSizeHint().width(), 60);
        QApplication::processEvents();
        QCOMPARE(shownButtons(head), QStringList{review.text()});
        QCOMPARE(more->menu()->actions(), (QList<QAction *>{&scale, &restart}));
        head.resize(1100, 60);
        QApplication::processEvents();
        QVERIFY(!more->isVisible());
        QCOMPARE(shownButtons(head).size(), 3);
    }
    void chipsFoldBelowAThousand()
    {
        PageHead head;
        head.setTitle(glyph(WorkerState::Ready), QStringLiteral("Ready"), QStringLiteral("prod-eu"));
        head.setChips({{QStringLiteral("StatefulSet"), Tone::Neutral, {}, false}});
        head.resize(1000 - 52, 60);
        head.show();
        QVERIFY(head.findChild<Chip *>()->isVisible());
        head.resize(960 - 52, 60);
        QVERIFY(!head.findChild<Chip *>()->isVisible());
        QCOMPARE(head.findChild<ElidedLabel *>(QStringLiteral("pageTitle"))->toolTip(), QStringLiteral("StatefulSet"));
    }
    void aPoolFitsTheLeastWindow_data()
    {
        QTest::addColumn<int>("tab");
        QTest::addRow("overview") << 0;
        QTest::addRow("values") << int(PoolPage::ValuesPage);
        QTest::addRow("evictions") << int(PoolPage::EvictionsTab);
    }
    void aPoolFitsTheLeastWindow()
    {
        QFETCH(const int, tab);
        PoolPage page;
        page.setHead(glyph(WorkerState::Ready), QStringLiteral("Ready"),
            QStringLiteral("a-release-name-that-goes-on-for-fifty-two-characters"),
            {{QStringLiteral("StatefulSet"), Tone::Neutral, {}, false}}, true);
        page.overview()->setState(fixtures::evictedPool());
        page.setTab(tab);
        const int rail = 52;
        QVERIFY2(
            page.minimumSizeHint().width() <= 960 - rail, qPrintable(QString::number(page.minimumSizeHint().width())));
        QVERIFY2(page.minimumSizeHint().height() <= 600, qPrintable(QString::number(page.minimumSizeHint().height())));
    }
};

QTEST_MAIN(TestFrame)
#include "tst_frame.moc"
