// SPDX-License-Identifier: GPL-3.0-or-later
// The part of the window that is the same for all pages: menu bar, size and place, what stands in place of a page.
#include "app/mainwindow.h"
#include "app/menubarreveal.h"
#include "app/pagehead.h"
#include "app/poolpage.h"
#include "widgets/card.h"
#include "widgets/emptystate.h"
#include "widgets/loadingrows.h"
#include "widgets/pagetabbar.h"
#include "widgets/sidepanel.h"

#include <QApplication>
#include <QMenuBar>
#include <QScreen>
#include <QSettings>
#include <QStackedWidget>

namespace pk::gui {

namespace {

/// Windows are placed anew on another screen: what fits one is lost on the other.
QString geometryKey(const QScreen *screen)
{
    const QSize size = screen ? screen->size() : QSize();
    return QStringLiteral("window/%1x%2/geometry").arg(size.width()).arg(size.height());
}

QString railKey(bool panes)
{
    return panes ? QStringLiteral("window/railWithPanes") : QStringLiteral("window/rail");
}

} // namespace

void MainWindow::makeMenuBar()
{
    const auto fill = [this](QMenu *menu, std::initializer_list<const char *> names) {
        for (const char *name : names) {
            if (*name == '\0')
                menu->addSeparator();
            else if (auto *action = findChild<QAction *>(QLatin1String(name)))
                menu->addAction(action);
            else if (auto *sub = findChild<QMenu *>(QLatin1String(name)))
                menu->addMenu(sub);
        }
    };
    fill(menuBar()->addMenu(tr("&File")),
        {"newPoolAction", "newPoolOfChartAction", "newPoolOfRepositoryAction", "openValuesAction", "recentMenu",
            "saveAction", "saveAsAction", "", "quitAction"});
    fill(menuBar()->addMenu(tr("&Pool")),
        {"review", "discardEdits", "uninstallPool", "", "tabAction0", "tabAction1", "tabAction2"});
    fill(menuBar()->addMenu(tr("&Cluster")), {"contextAction", "openKubeconfigAction", "refreshAction"});
    fill(menuBar()->addMenu(tr("&View")), {"appearanceMenu", "sideBarAction", "fullScreenAction"});
    new MenuBarReveal(*menuBar(), *this);
}

void MainWindow::makeRegionKeys()
{
    for (const int step : {1, -1}) {
        auto *action = new QAction(this);
        action->setObjectName(step > 0 ? QStringLiteral("nextRegion") : QStringLiteral("previousRegion"));
        action->setShortcut(step > 0 ? QKeySequence(Qt::Key_F6) : QKeySequence(Qt::SHIFT | Qt::Key_F6));
        connect(action, &QAction::triggered, this, [this, step] { focusNextRegion(step); });
        addAction(action);
        m_regionKeys.append(action);
    }
}

void MainWindow::focusNextRegion(int step)
{
    QWidget *page = m_pages->currentWidget();
    // The page last: it holds the others.
    QList<QWidget *> parts{m_sideBar, page->findChild<PageHead *>(), page->findChild<PageTabBar *>()};
    for (SidePanel *panel : page->findChildren<SidePanel *>()) {
        if (panel->isVisible())
            parts.append(panel);
    }
    parts.append(page);
    parts.removeAll(nullptr);
    const auto regionOf = [&parts](QWidget *widget) {
        for (QWidget *part : std::as_const(parts)) {
            if (part == widget || part->isAncestorOf(widget))
                return part;
        }
        return static_cast<QWidget *>(nullptr);
    };
    // In the order in which Tab comes to them, the first that takes focus in each.
    QList<QWidget *> first;
    QList<QWidget *> seen;
    for (QWidget *at = nextInFocusChain(); at && at != this; at = at->nextInFocusChain()) {
        QWidget *region =
            at->isVisible() && at->isEnabled() && (at->focusPolicy() & Qt::TabFocus) ? regionOf(at) : nullptr;
        if (!region || seen.contains(region))
            continue;
        seen.append(region);
        first.append(at);
    }
    if (first.isEmpty())
        return;
    const qsizetype now = seen.indexOf(QApplication::focusWidget() ? regionOf(QApplication::focusWidget()) : nullptr);
    const qsizetype next = now < 0 ? 0 : (now + step + first.size()) % first.size();
    first[next]->setFocus(Qt::ShortcutFocusReason);
}

void MainWindow::showSettings(const QPoint &at)
{
    auto *menu = findChild<QMenu *>(QStringLiteral("appearanceMenu"));
    menu->popup(at - QPoint(0, menu->sizeHint().height()));
}

void MainWindow::restoreLook()
{
    const QSettings &settings = m_parts.settings;
    restoreGeometry(settings.value(geometryKey(screen())).toByteArray());
    for (const bool panes : {false, true}) {
        const QVariant rail = settings.value(railKey(panes));
        if (rail.isValid())
            m_railWanted[panes] = rail.toBool();
    }
    m_sideBar->setWide(settings.value(QStringLiteral("window/sideBar"), m_sideBar->wide()).toInt());
}

void MainWindow::keepLook()
{
    m_parts.settings.setValue(geometryKey(screen()), saveGeometry());
    for (const bool panes : {false, true}) {
        if (m_railWanted[panes])
            m_parts.settings.setValue(railKey(panes), *m_railWanted[panes]);
    }
}

void MainWindow::showLoading(const QString &what)
{
    m_waitingText->hide();
    m_loadingCard->show();
    m_loading->start(what);
    m_pages->setCurrentWidget(m_waiting);
}

void MainWindow::showInstead(
    const QString &icon, const QString &heading, const QString &text, const QList<QAction *> &actions, QAction *primary)
{
    m_loading->stop();
    m_loadingCard->hide();
    m_waitingText->setContent(icon, heading, text);
    m_waitingText->setActions(actions, primary);
    m_waitingText->show();
    m_details = heading + u'\n' + text;
    m_pages->setCurrentWidget(m_waiting);
}

} // namespace pk::gui
