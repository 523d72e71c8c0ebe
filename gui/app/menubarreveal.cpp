// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/menubarreveal.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QMenuBar>

#include <utility>

namespace pk::gui {

MenuBarReveal::MenuBarReveal(QMenuBar &bar, QWidget &window) : QObject(&window), m_bar(bar), m_window(window)
{
    if (m_bar.isNativeMenuBar())
        return;
    m_bar.hide();
    for (const QAction *action : m_bar.actions()) {
        if (const QMenu *menu = action->menu())
            connect(menu, &QMenu::aboutToHide, this, &MenuBarReveal::hideWhenLeft, Qt::QueuedConnection);
    }
    qApp->installEventFilter(this);
}

bool MenuBarReveal::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::KeyPress: {
        const auto *key = static_cast<QKeyEvent *>(event);
        m_armed = key->key() == Qt::Key_Alt && !key->isAutoRepeat() && m_window.isActiveWindow();
        if (key->key() == Qt::Key_F10 && key->modifiers() == Qt::NoModifier && m_window.isActiveWindow()
            && !QApplication::activePopupWidget()) {
            reveal();
            return true;
        }
        break;
    }
    case QEvent::ShortcutOverride: // A shortcut takes its key before it is pressed: Alt+1.
        m_armed = m_armed && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Alt;
        break;
    case QEvent::KeyRelease:
        if (static_cast<QKeyEvent *>(event)->key() == Qt::Key_Alt && std::exchange(m_armed, false)
            && !QApplication::activePopupWidget())
            reveal();
        break;
    case QEvent::MouseButtonPress:
    case QEvent::Wheel:
    case QEvent::WindowDeactivate:
        m_armed = false;
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

void MenuBarReveal::reveal()
{
    if (m_bar.isVisible()) {
        m_bar.hide();
        return;
    }
    m_bar.show();
    m_bar.setActiveAction(m_bar.actions().value(0));
}

void MenuBarReveal::hideWhenLeft()
{
    // Walking along the bar closes one menu and opens the next.
    const auto *open = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    if (!open)
        m_bar.hide();
}

} // namespace pk::gui
