// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/diskbar.h"

#include "widgets/measures.h"

#include <QCoreApplication>
#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace pk::gui {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(DiskBar)
};

constexpr int thickness = 8;

/// Track, fill, zone behind the threshold, and its tick. Never mirrored: more is always to the right.
void paintBar(QPainter *painter, const QRectF &bar, const DiskBarData &data)
{
    const Theme &t = theme();
    QPainterPath track;
    track.addRoundedRect(bar, 4, 4);
    painter->fillPath(track, t.barTrack);
    painter->save();
    painter->setClipPath(track);
    if (data.threshold) {
        QRectF zone = bar;
        zone.setLeft(bar.left() + bar.width() * *data.threshold);
        painter->fillRect(zone, t.zone());
    }
    if (data.used) {
        QRectF fill = bar;
        fill.setWidth(bar.width() * std::clamp(*data.used, 0.0, 1.0));
        painter->fillRect(fill, data.tone == Tone::Neutral ? t.barFill : t.fill(data.tone));
    }
    painter->restore();
    if (data.threshold) {
        const double x = std::round(bar.left() + bar.width() * *data.threshold);
        painter->fillRect(QRectF(x - 1, bar.top() - 2, 2, bar.height() + 5), t.text);
    }
}

} // namespace

void paintDiskBar(QPainter *painter, const QRect &area, const DiskBarData &data, bool muted)
{
    const Theme &t = theme();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (!data.placeholder.isEmpty()) {
        painter->setPen(t.muted);
        painter->drawText(area, Qt::AlignVCenter | Qt::AlignLeft,
            painter->fontMetrics().elidedText(data.placeholder, Qt::ElideRight, area.width()));
        painter->restore();
        return;
    }
    const QFont font = fonts::small();
    const QFontMetrics metrics(font);
    painter->setFont(font);
    const auto rightInk = muted ? t.muted : t.ink(data.rightTone);
    if (data.oneLine) {
        const int textWidth = std::min(area.width() / 2, metrics.horizontalAdvance(data.right) + 4);
        const double barWidth = std::min(112.0, area.width() - textWidth - 10.0);
        if (data.used && barWidth > 20)
            paintBar(painter, QRectF(area.left(), area.center().y() - thickness / 2 + 1, barWidth, thickness), data);
        const QRect text = area.adjusted(int(data.used ? barWidth + 10 : 0), 0, 0, 0);
        painter->setPen(rightInk);
        painter->drawText(
            text, Qt::AlignVCenter | Qt::AlignLeft, metrics.elidedText(data.right, Qt::ElideRight, text.width()));
        painter->restore();
        return;
    }
    const bool texts = !data.left.isEmpty() || !data.right.isEmpty();
    const int height = thickness + (texts ? 5 + metrics.height() : 0);
    const double top = area.top() + (area.height() - height) / 2;
    if (data.used)
        paintBar(painter, QRectF(area.left(), top, area.width(), thickness), data);
    if (texts) {
        const QRect line(area.left(), int(top) + thickness + 5, area.width(), metrics.height());
        painter->setPen(rightInk);
        painter->drawText(line, Qt::AlignVCenter | Qt::AlignRight, data.right);
        const int room = line.width() - metrics.horizontalAdvance(data.right) - 8;
        painter->setPen(muted ? t.muted : t.text);
        painter->drawText(
            line, Qt::AlignVCenter | Qt::AlignLeft, metrics.elidedText(data.left, Qt::ElideRight, std::max(room, 0)));
    }
    painter->restore();
}

QString diskBarSentence(const DiskBarData &data)
{
    if (!data.placeholder.isEmpty())
        return data.placeholder;
    QStringList parts;
    const auto percent = [](double share) { return int(std::lround(share * 100)); };
    if (data.used)
        parts << Words::tr("%1 % used").arg(percent(*data.used));
    else
        parts << Words::tr("Use unknown");
    if (data.threshold)
        parts << Words::tr("eviction at %1 %").arg(percent(*data.threshold));
    for (const QString &text : {data.left, data.right}) {
        if (!text.isEmpty())
            parts << text;
    }
    return parts.join(QStringLiteral(", "));
}

DiskBar::DiskBar(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void DiskBar::setData(const DiskBarData &data)
{
    if (m_data == data)
        return;
    m_data = data;
    setAccessibleDescription(diskBarSentence(data));
    setToolTip(diskBarSentence(data));
    updateGeometry();
    update();
}

QSize DiskBar::sizeHint() const
{
    return {220, minimumSizeHint().height()};
}

QSize DiskBar::minimumSizeHint() const
{
    const bool texts = !m_data.left.isEmpty() || !m_data.right.isEmpty();
    const int line = QFontMetrics(fonts::small()).height();
    return {80, m_data.oneLine || !m_data.placeholder.isEmpty() ? line + 4 : thickness + 5 + (texts ? 5 + line : 0)};
}

void DiskBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintDiskBar(&painter, rect(), m_data, !isEnabled());
}

ProgressLine::ProgressLine(QWidget *parent) : QWidget(parent)
{
    setFixedHeight(4);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ProgressLine::setProgress(double share, Tone tone)
{
    m_share = std::clamp(share, 0.0, 1.0);
    m_tone = tone;
    update();
}

void ProgressLine::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme().barTrack);
    painter.drawRoundedRect(rect(), 2, 2);
    if (m_share <= 0)
        return;
    painter.setBrush(theme().fill(m_tone));
    QRectF done(rect());
    done.setWidth(std::max(4.0, done.width() * m_share));
    if (layoutDirection() == Qt::RightToLeft)
        done.moveRight(rect().right() + 1);
    painter.drawRoundedRect(done, 2, 2);
}

} // namespace pk::gui
