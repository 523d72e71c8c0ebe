// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/card.h"

#include "widgets/measures.h"
#include "widgets/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>

namespace pk::gui {

Card::Card(QWidget *parent) : QFrame(parent), m_column(new QVBoxLayout(this)), m_body(new QVBoxLayout)
{
    m_column->setContentsMargins(0, measure::cardPaddingY, 0, measure::cardPaddingY);
    m_column->setSpacing(8);
    m_body->setContentsMargins(measure::cardPaddingX, 0, measure::cardPaddingX, 0);
    m_body->setSpacing(8);
    m_column->addLayout(m_body, 1);
}

Card::Card(const QString &title, QWidget *parent) : Card(parent)
{
    setTitle(title);
}

void Card::needHead()
{
    if (m_head)
        return;
    m_head = new QHBoxLayout;
    m_head->setContentsMargins(measure::cardPaddingX, 0, measure::cardPaddingX - 4, 0);
    m_head->setSpacing(8);
    m_title = new QLabel(this);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setFont(fonts::strong());
    m_note = new QLabel(this);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setFont(fonts::small());
    m_note->setForegroundRole(QPalette::PlaceholderText);
    m_note->hide();
    m_head->addWidget(m_title);
    m_head->addWidget(m_note);
    m_head->addStretch(1);
    m_column->insertLayout(0, m_head);
}

void Card::setTitle(const QString &title)
{
    needHead();
    m_title->setText(title);
    setAccessibleName(title);
}

void Card::setNote(const QString &note)
{
    needHead();
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
}

void Card::setEdge(Edge edge)
{
    m_edge = edge;
    update();
}

void Card::addHeadWidget(QWidget *widget)
{
    needHead();
    m_head->addWidget(widget);
}

void Card::setBodyFlush()
{
    m_column->setContentsMargins(0, measure::cardPaddingY - 4, 0, 1);
    m_body->setContentsMargins(10, 0, 10, 0);
}

void Card::paintEvent(QPaintEvent *)
{
    const Theme &t = theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(m_edge == Edge::Selected ? t.accent : t.border);
    painter.setBrush(m_edge == Edge::Selected ? t.wash() : m_edge == Edge::Quiet ? t.sunken : t.surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), measure::cardRadius, measure::cardRadius);
}

Separator::Separator(Qt::Orientation orientation, QWidget *parent) : QWidget(parent)
{
    if (orientation == Qt::Horizontal)
        setFixedHeight(1);
    else
        setFixedWidth(1);
}

void Separator::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), theme().border);
}

} // namespace pk::gui
