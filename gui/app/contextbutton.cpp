// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/contextbutton.h"

#include "widgets/icons.h"
#include "widgets/measures.h"

#include <QCoreApplication>
#include <QFocusEvent>
#include <QPainter>

namespace pk::gui {

ContextButton::ContextButton(QWidget *parent) : QAbstractButton(parent)
{
    setObjectName(QStringLiteral("contextButton"));
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
}

void ContextButton::setTexts(const QString &first, const QString &second)
{
    if (first == m_first && second == m_second)
        return;
    m_first = first;
    m_second = second;
    setAccessibleName(QCoreApplication::translate("SideBar", "Context: %1, %2").arg(first, second));
    updateToolTip();
    update();
}

void ContextButton::setConnection(Glyph glyph, const QString &words)
{
    if (glyph == m_connection && words == m_connectionWords)
        return;
    m_connection = glyph;
    m_connectionWords = words;
    updateToolTip();
    update();
}

void ContextButton::setRail(bool rail)
{
    m_rail = rail;
    updateToolTip();
    updateGeometry();
}

QSize ContextButton::sizeHint() const
{
    return m_rail ? QSize(36, 36) : QSize(measure::sideBar - 16, measure::height(50, fontMetrics()));
}

void ContextButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme &colors = theme();
    const QRectF area = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setBrush(underMouse() ? colors.hover : colors.dark ? colors.raised : colors.surface);
    const bool ring = hasFocus() && m_ring;
    painter.setPen(ring ? QPen(colors.accent, 2) : QPen(colors.border));
    if (!m_rail || underMouse() || ring)
        painter.drawRoundedRect(area, measure::cardRadius, measure::cardRadius);
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const qreal glyphLeft = m_rail ? (width() - 16) / 2.0 : mirrored ? width() - 26 : 10;
    painter.drawPixmap(QPointF(glyphLeft, (height() - 16) / 2.0),
        icons::pixmap(QStringLiteral("context"), 16, colors.muted, devicePixelRatioF()));
    if (m_rail) {
        paintConnection(painter, QPointF(glyphLeft + 15, height() / 2.0 + 7));
        return;
    }
    painter.drawPixmap(QPointF(mirrored ? 10 : width() - 26, (height() - 16) / 2.0),
        icons::pixmap(QStringLiteral("chevron-down"), 16, colors.muted, devicePixelRatioF()));
    const int line = fontMetrics().height();
    const qreal top = height() / 2.0 - line;
    const qreal room = width() - 34 - 32;
    const qreal left = mirrored ? 32 : 34;
    painter.setFont(fonts::strong());
    painter.setPen(colors.text);
    painter.drawText(QRectF(left, top, room, line), Qt::AlignVCenter,
        QFontMetricsF(painter.font()).elidedText(m_first, Qt::ElideMiddle, room));
    painter.setFont(fonts::small());
    painter.setPen(colors.muted);
    painter.drawText(QRectF(left, top + line, room, line), Qt::AlignVCenter,
        QFontMetricsF(painter.font()).elidedText(m_second, Qt::ElideMiddle, room));
}

void ContextButton::focusInEvent(QFocusEvent *event)
{
    m_ring = event->reason() != Qt::MouseFocusReason && (m_ring || event->reason() != Qt::ActiveWindowFocusReason);
    QAbstractButton::focusInEvent(event);
}

void ContextButton::updateToolTip()
{
    const QString all = QStringList{m_first, m_second, m_connectionWords}.join(u'\n');
    setToolTip(m_rail ? Qt::convertFromPlainText(all, Qt::WhiteSpaceNormal) : QString());
}

/// Connected: a dot. Whatever else: its glyph, which says more than a colour.
void ContextButton::paintConnection(QPainter &painter, const QPointF &centre) const
{
    if (m_connection.isNull())
        return;
    const bool good = m_connection.tone == Tone::Good;
    const double radius = good ? 3 : 6;
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme().sunken);
    painter.drawEllipse(centre, radius + 1.5, radius + 1.5);
    if (good) {
        painter.setBrush(theme().good);
        painter.drawEllipse(centre, radius, radius);
    } else {
        paintGlyph(&painter, QRectF(centre.x() - 6, centre.y() - 6, 12, 12), m_connection);
    }
}

} // namespace pk::gui
