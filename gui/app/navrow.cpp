// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/navrow.h"

#include "widgets/icons.h"
#include "widgets/measures.h"
#include "widgets/strings.h"

#include <QHelpEvent>
#include <QToolTip>

namespace pk::gui {

namespace {

constexpr int GlyphSize = 16;
constexpr int TextLeft = 34;
constexpr int Padding = 9;

} // namespace

NavRow::NavRow(QWidget *parent) : QAbstractButton(parent)
{
    setCheckable(true);
    setAutoExclusive(false);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    // It fills itself: what lies below is not painted again for each row that has news.
    setAttribute(Qt::WA_OpaquePaintEvent);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void NavRow::setState(const NavRowState &state)
{
    if (state == m_state)
        return;
    const bool taller = state.second.isEmpty() != m_state.second.isEmpty();
    m_state = state;
    setText(state.text);
    setAccessibleName(state.accessible.isEmpty()
            ? withoutEmpty({state.text, state.right, state.second}).join(QStringLiteral(", "))
            : state.accessible);
    if (taller)
        updateGeometry();
    update();
}

void NavRow::setRail(bool rail)
{
    if (rail == m_rail)
        return;
    m_rail = rail;
    updateGeometry();
    update();
}

QString NavRow::toolTipNow() const
{
    const QFontMetrics first(m_state.strong ? fonts::medium() : fonts::body());
    const int right = m_state.right.isEmpty() ? 0 : fontMetrics().horizontalAdvance(m_state.right) + 8;
    const int room = width() - TextLeft - Padding;
    const bool elided = first.horizontalAdvance(m_state.text) > room - right
        || QFontMetrics(fonts::small()).horizontalAdvance(m_state.second) > room;
    const QString words = m_rail || (elided && m_state.toolTip.isEmpty()) ? accessibleName() : m_state.toolTip;
    // Names and news come from a cluster: always plain text.
    return words.isEmpty() ? QString() : Qt::convertFromPlainText(words, Qt::WhiteSpaceNormal);
}

bool NavRow::event(QEvent *event)
{
    // Measured when it is asked for: with a hundred pools most rows have news between two looks.
    if (event->type() == QEvent::ToolTip) {
        QToolTip::showText(static_cast<QHelpEvent *>(event)->globalPos(), toolTipNow(), this);
        return true;
    }
    return QAbstractButton::event(event);
}

QSize NavRow::sizeHint() const
{
    if (m_rail)
        return {36, 36};
    if (m_state.second.isEmpty())
        return {measure::sideBar - 16, measure::height(32, fontMetrics())};
    return {measure::sideBar - 16, measure::height(46, fontMetrics())};
}

void NavRow::focusInEvent(QFocusEvent *event)
{
    m_ring = event->reason() != Qt::MouseFocusReason && (m_ring || event->reason() != Qt::ActiveWindowFocusReason);
    QAbstractButton::focusInEvent(event);
}

void NavRow::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme &colors = theme();
    const QRectF area = QRectF(rect());
    painter.fillRect(rect(), colors.sunken);
    if (isChecked() || underMouse()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(isChecked() ? colors.navigation : colors.hover);
        painter.drawRoundedRect(area, measure::buttonRadius, measure::buttonRadius);
    }
    const bool twoLines = !m_rail && !m_state.second.isEmpty();
    const int line = fontMetrics().height();
    const qreal firstTop = twoLines ? area.center().y() - line : area.center().y() - line / 2.0;
    const qreal glyphTop = twoLines ? firstTop + (line - GlyphSize) / 2.0 + 1 : area.center().y() - GlyphSize / 2.0;
    const auto place = [this](qreal left, qreal top, qreal wide, qreal high) {
        const bool mirrored = layoutDirection() == Qt::RightToLeft;
        return QRectF(mirrored ? width() - left - wide : left, top, wide, high);
    };
    const QRectF glyphArea =
        place(m_rail ? area.center().x() - GlyphSize / 2.0 : Padding, glyphTop, GlyphSize, GlyphSize);
    if (!m_state.glyph.isNull())
        paintGlyph(&painter, glyphArea, m_state.glyph);
    else if (!m_state.icon.isEmpty())
        painter.drawPixmap(glyphArea.topLeft(),
            icons::pixmap(m_state.icon, GlyphSize, isChecked() ? colors.text : colors.muted, devicePixelRatioF()));
    if (!m_rail) {
        const bool bare = m_state.glyph.isNull() && m_state.icon.isEmpty();
        const qreal left = bare ? Padding : TextLeft;
        const qreal right = area.width() - Padding;
        painter.setFont(fonts::body());
        const qreal rightWidth =
            m_state.right.isEmpty() ? 0 : QFontMetricsF(painter.font()).horizontalAdvance(m_state.right);
        painter.setPen(colors.ink(m_state.rightTone));
        painter.drawText(place(right - rightWidth, firstTop, rightWidth, line), Qt::AlignVCenter, m_state.right);
        painter.setFont(m_state.strong ? fonts::medium() : fonts::body());
        painter.setPen(!isEnabled() ? colors.disabledText() : m_state.strong ? colors.text : colors.muted);
        const qreal room = right - rightWidth - left - (rightWidth > 0 ? 8 : 0);
        const QFontMetricsF metrics(painter.font());
        painter.drawText(place(left, firstTop, room, line), Qt::AlignVCenter,
            metrics.elidedText(m_state.text, Qt::ElideMiddle, room));
        if (twoLines) {
            painter.setFont(fonts::small());
            painter.setPen(colors.ink(m_state.secondTone));
            const QFontMetricsF small(painter.font());
            painter.drawText(place(left, firstTop + line, right - left, line), Qt::AlignVCenter,
                small.elidedText(m_state.second, Qt::ElideRight, right - left));
        }
    }
    if (hasFocus() && m_ring) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(colors.accent, 2));
        painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), measure::buttonRadius, measure::buttonRadius);
    }
}

} // namespace pk::gui
