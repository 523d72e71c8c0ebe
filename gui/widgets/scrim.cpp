// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/scrim.h"

#include "widgets/theme.h"

#include <QEvent>
#include <QPainter>

namespace pk::gui {

Scrim::Scrim(QWidget *window) : QWidget(window)
{
    setObjectName(QStringLiteral("scrim"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    hide();
    window->installEventFilter(this);
}

bool Scrim::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::WindowBlocked:
        setGeometry(parentWidget()->rect());
        raise();
        show();
        break;
    case QEvent::WindowUnblocked:
        hide();
        break;
    case QEvent::Resize:
        setGeometry(parentWidget()->rect());
        break;
    default:
        break;
    }
    return QWidget::eventFilter(watched, event);
}

void Scrim::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), theme().scrim);
}

} // namespace pk::gui
