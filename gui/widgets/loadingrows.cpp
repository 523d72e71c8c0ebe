// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/loadingrows.h"

#include "widgets/measures.h"
#include "widgets/poolstyle.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace pk::gui {

LoadingRows::LoadingRows(QWidget *parent) :
    QWidget(parent), m_glyph(new GlyphLabel({GlyphShape::OpenRing, Tone::Info}, QString(), 14, this)),
    m_line(new QLabel(this)), m_cancel(new QPushButton(tr("Cancel"), this))
{
    m_line->setTextFormat(Qt::PlainText);
    m_line->setFont(fonts::small());
    m_line->setForegroundRole(QPalette::PlaceholderText);
    setButtonKind(m_cancel, ButtonKind::Link);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addStretch(1);
    row->addWidget(m_glyph);
    row->addWidget(m_line);
    row->addWidget(m_cancel);
    row->addStretch(1);
    auto *column = new QVBoxLayout(this);
    column->addSpacing(5 * 38 + 30);
    column->addLayout(row);
    column->addStretch(1);
    m_timer.setInterval(100);
    connect(&m_timer, &QTimer::timeout, this, &LoadingRows::tick);
    connect(m_cancel, &QPushButton::clicked, this, &LoadingRows::cancelled);
    stop();
}

void LoadingRows::start(const QString &text)
{
    m_text = text;
    m_clock.start();
    m_timer.start();
    tick();
}

void LoadingRows::stop()
{
    m_timer.stop();
    m_clock.invalidate();
    for (QWidget *part :
        {static_cast<QWidget *>(m_glyph), static_cast<QWidget *>(m_line), static_cast<QWidget *>(m_cancel)})
        part->hide();
    update();
}

void LoadingRows::tick()
{
    const qint64 elapsed = m_clock.elapsed();
    m_glyph->setVisible(elapsed > 300);
    m_line->setVisible(elapsed > 300);
    m_cancel->setVisible(elapsed > 2000);
    m_line->setText(elapsed < 1000 ? m_text : tr("%1, %2 s").arg(m_text).arg(elapsed / 1000));
    setAccessibleName(m_text);
    update();
}

void LoadingRows::paintEvent(QPaintEvent *)
{
    if (!m_clock.isValid() || m_clock.elapsed() <= 300)
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme().hover);
    const double column = (width() - 80) / 408.0; // the grid was drawn 408 wide
    for (int i = 0; i < 5; ++i) {
        const double y = 12 + i * 38;
        const double first = i == 2 ? 130 : i % 2 == 0 ? 90 : 110;
        painter.drawRoundedRect(QRectF(8, y, 18, 18), 4, 4);
        painter.drawRoundedRect(QRectF(38, y + 3, first * column, 12), 3, 3);
        painter.drawRoundedRect(QRectF(38 + 156 * column, y + 3, (i % 2 == 0 ? 156 : 146) * column, 12), 3, 3);
        painter.drawRoundedRect(QRectF(width() - 16 - 48 * column, y + 3, 48 * column, 12), 3, 3);
    }
}

} // namespace pk::gui
