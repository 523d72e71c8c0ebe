// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QMenuBar;
class QWidget;

namespace pk::gui {

/// Keeps a menu bar out of sight until Alt (pressed and released alone) or F10, and hides it again when its menu was
/// left. A menu bar that the desktop shows by itself is left alone.
class MenuBarReveal : public QObject
{
    Q_OBJECT
public:
    /// Both live longer; `window` is the bar's.
    MenuBarReveal(QMenuBar &bar, QWidget &window);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void reveal();
    void hideWhenLeft();

    QMenuBar &m_bar;
    QWidget &m_window;
    bool m_armed = false; ///< Alt is down, and nothing else was pressed since.
};

} // namespace pk::gui
