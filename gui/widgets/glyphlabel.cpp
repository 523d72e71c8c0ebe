// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/glyphlabel.h"

#include <QPainter>
#include <QStyle>

namespace pk::gui {

GlyphLabel::GlyphLabel(int size, QWidget *parent) : QWidget(parent), m_size(size)
{
    setFixedSize(size, size);
    m_timer.setInterval(50);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        m_turn = (m_turn + 18) % 360;
        update();
    });
}

GlyphLabel::GlyphLabel(Glyph glyph, const QString &word, int size, QWidget *parent) : GlyphLabel(size, parent)
{
    setGlyph(glyph, word);
}

void GlyphLabel::setGlyph(Glyph glyph, const QString &word)
{
    setAccessibleName(word);
    setToolTip(word);
    if (m_glyph == glyph)
        return;
    m_glyph = glyph;
    m_turn = 0;
    updateTurning();
    update();
}

void GlyphLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    if (isEnabled())
        paintGlyph(&painter, rect(), m_glyph, m_turn);
    else
        paintGlyph(&painter, rect(), m_glyph.shape, theme().disabledText(), theme().surface);
}

void GlyphLabel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    updateTurning();
}

void GlyphLabel::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_timer.stop();
}

void GlyphLabel::updateTurning()
{
    const bool animated = style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this) > 0;
    if (isVisible() && animated && m_glyph.shape == GlyphShape::OpenRing)
        m_timer.start();
    else
        m_timer.stop();
}

} // namespace pk::gui
