// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

namespace pk::gui {

/// Darkens a window while a dialog blocks it (UI.md 2.1): `new Scrim(window)`, and the rest follows the window.
class Scrim : public QWidget
{
    Q_OBJECT
public:
    explicit Scrim(QWidget *window);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
};

} // namespace pk::gui
