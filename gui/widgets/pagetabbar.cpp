// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/pagetabbar.h"

#include "widgets/measures.h"

#include <QLocale>
#include <QPainter>
#include <QStyleOptionTab>

namespace pk::gui {
namespace {

constexpr int gapBetween = 24;
constexpr int badgeGap = 6;

} // namespace

PageTabBar::PageTabBar(QWidget *parent) : QTabBar(parent)
{
    setAccessibleName(tr("Tabs"));
    setDrawBase(false);
    setExpanding(false);
    setElideMode(Qt::ElideNone);
    setUsesScrollButtons(true);
    setFont(fonts::medium());
    setFocusPolicy(Qt::TabFocus);
}

void PageTabBar::setBadge(int index, int count, Tone tone)
{
    const Badge badge{count, tone};
    if (m_badges.value(index) == badge)
        return;
    m_badges[index] = badge;
    setTabText(index, tabText(index));
    setAccessibleTabName(
        index, count == 0 ? tabText(index) : tr("%1, %2").arg(tabText(index), QLocale().toString(count)));
    // The bar caches its layout: only a changed text makes it ask for sizes again.
    const QString text = tabText(index);
    setTabText(index, text + QLatin1Char(' '));
    setTabText(index, text);
    update();
}

int PageTabBar::badge(int index) const
{
    return m_badges.value(index).count;
}

int PageTabBar::badgeWidth(int index) const
{
    const Badge badge = m_badges.value(index);
    if (badge.count == 0)
        return 0;
    return std::max(18, QFontMetrics(fonts::smallStrong()).horizontalAdvance(QLocale().toString(badge.count)) + 12);
}

QSize PageTabBar::tabSizeHint(int index) const
{
    const int text = QFontMetrics(fonts::strong()).horizontalAdvance(tabText(index).trimmed());
    const int badge = badgeWidth(index);
    return {text + (badge ? badge + badgeGap : 0) + gapBetween,
        measure::height(measure::tab, QFontMetrics(fonts::medium()))};
}

void PageTabBar::changeEvent(QEvent *event)
{
    QTabBar::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        update();
}

void PageTabBar::paintEvent(QPaintEvent *)
{
    const Theme &t = theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    for (int i = 0; i < count(); ++i) {
        QStyleOptionTab option;
        initStyleOption(&option, i);
        const bool chosen = i == currentIndex();
        const bool hovered = option.state & QStyle::State_MouseOver;
        const bool mirrored = layoutDirection() == Qt::RightToLeft;
        // The gap lies behind each tab, so that the first text stands on the page's margin.
        const QRect area = tabRect(i).adjusted(mirrored ? gapBetween : 0, 0, mirrored ? 0 : -gapBetween, 0);
        painter.setFont(chosen ? fonts::strong() : fonts::medium());
        painter.setPen(!isTabEnabled(i) ? t.disabledText() : chosen || hovered ? t.text : t.muted);
        painter.drawText(area.adjusted(0, 0, 0, -2), Qt::AlignLeft | Qt::AlignVCenter, tabText(i)); // mirrored by Qt
        if (const int wide = badgeWidth(i); wide > 0) {
            const Badge badge = m_badges.value(i);
            QRect box(area.right() + 1 - wide, area.center().y() - 10, wide, 18);
            if (mirrored)
                box.moveLeft(area.left());
            painter.setPen(Qt::NoPen);
            painter.setBrush(t.tint(badge.tone));
            painter.drawRoundedRect(box, measure::chipRadius, measure::chipRadius);
            painter.setFont(fonts::smallStrong());
            painter.setPen(t.ink(badge.tone == Tone::Neutral ? Tone::Muted : badge.tone));
            painter.drawText(box, Qt::AlignCenter, QLocale().toString(badge.count));
        }
        if (chosen)
            painter.fillRect(QRect(area.left(), area.bottom() - 1, area.width(), 2), t.accent);
        if (chosen && hasFocus()) {
            painter.setPen(QPen(t.accent, 2));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(QRectF(area).adjusted(-5, 4, 5, -6), measure::buttonRadius, measure::buttonRadius);
        }
    }
}

} // namespace pk::gui
