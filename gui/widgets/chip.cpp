// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/chip.h"

#include "widgets/icons.h"
#include "widgets/measures.h"

#include <QPainter>

namespace pk::gui {
namespace {

constexpr int side = 7;
constexpr int iconSize = 12;
constexpr int iconGap = 4;

} // namespace

QSize chipSize(const ChipData &chip, const QFont &font)
{
    const QFontMetrics metrics(font);
    const int icon = chip.icon.isEmpty() ? 0 : iconSize + iconGap;
    return {metrics.horizontalAdvance(chip.text) + 2 * side + icon, std::max(20, metrics.height() + 4)};
}

void paintChip(QPainter *painter, const QRect &area, const ChipData &chip, const QFont &font)
{
    const Theme &t = theme();
    const QColor ink = t.ink(chip.tone == Tone::Neutral ? Tone::Muted : chip.tone);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5);
    painter->setPen(chip.outlined || t.outlinedOnly
            ? QPen(chip.tone == Tone::Neutral ? t.border : t.bandEdge(chip.tone))
            : QPen(Qt::NoPen));
    painter->setBrush(chip.outlined ? t.surface : t.tint(chip.tone));
    painter->drawRoundedRect(chip.outlined ? box : QRectF(area), measure::chipRadius, measure::chipRadius);
    QRect text = area.adjusted(side, 0, -side, 0);
    if (!chip.icon.isEmpty()) {
        const double ratio = painter->device()->devicePixelRatioF();
        painter->drawPixmap(
            text.left(), area.center().y() - iconSize / 2 + 1, icons::pixmap(chip.icon, iconSize, ink, ratio));
        text.setLeft(text.left() + iconSize + iconGap);
    }
    painter->setFont(font);
    painter->setPen(chip.outlined && chip.tone == Tone::Neutral ? t.text : ink);
    painter->drawText(text, Qt::AlignVCenter | Qt::AlignLeft, chip.text);
    painter->restore();
}

Chip::Chip(const QString &text, Tone tone, QWidget *parent) : Chip(ChipData{text, tone, {}, false}, parent) { }

Chip::Chip(const ChipData &data, QWidget *parent) : QAbstractButton(parent)
{
    setFocusPolicy(Qt::NoFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAttribute(Qt::WA_TransparentForMouseEvents, false);
    setFont(fonts::smallStrong());
    setData(data);
}

void Chip::setData(const ChipData &data)
{
    if (m_data == data && text() == data.text)
        return;
    m_data = data;
    setText(data.text);
    setAccessibleName(data.text);
    updateGeometry();
    update();
}

void Chip::setClickable(bool clickable)
{
    setFocusPolicy(clickable ? Qt::StrongFocus : Qt::NoFocus);
    setCursor(clickable ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

QSize Chip::sizeHint() const
{
    return chipSize(m_data, font());
}

void Chip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintChip(&painter, rect(), m_data, font());
    if (hasFocus()) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(theme().accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(
            QRectF(rect()).adjusted(1, 1, -1, -1), measure::chipRadius - 1, measure::chipRadius - 1);
    }
}

} // namespace pk::gui
