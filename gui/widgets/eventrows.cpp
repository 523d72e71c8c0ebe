// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/eventrows.h"

#include "widgets/elidedlabel.h"
#include "widgets/glyphlabel.h"
#include "widgets/measures.h"

#include <QGridLayout>

namespace pk::gui {
namespace {

constexpr int reasonWidth = 140;
constexpr int glyphSize = 14;

QString sentence(const EventRows::Row &row)
{
    return EventRows::tr("%1: %2").arg(row.reason, row.message);
}

QLabel *timeLabel(const QString &time)
{
    auto *label = new QLabel(time);
    label->setTextFormat(Qt::PlainText);
    label->setFont(fonts::denseCode());
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

} // namespace

EventRows::EventRows(Style style, QWidget *parent) : QWidget(parent), m_style(style), m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(style == Style::OneLine ? 12 : 10);
    m_grid->setVerticalSpacing(style == Style::OneLine ? 10 : 8);
    m_grid->setColumnStretch(style == Style::OneLine ? 3 : 2, 1);
}

void EventRows::setRows(const QVector<Row> &rows, const QString &none)
{
    if (rows == m_rows && none == m_none && m_grid->count() > 0)
        return;
    m_rows = rows;
    m_none = none;
    while (QLayoutItem *item = m_grid->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    if (rows.isEmpty())
        m_grid->addWidget(helpLabel(none), 0, 0, 1, 4);
    for (int at = 0; at < rows.size(); ++at) {
        if (m_style == Style::OneLine)
            addOneLine(at, rows[at]);
        else
            addWrapped(at, rows[at]);
    }
}

void EventRows::addOneLine(int at, const Row &row)
{
    auto *reason = new ElidedLabel(row.reason);
    reason->setFont(fonts::medium());
    reason->setMinimumWidth(reasonWidth);
    auto *message = new ElidedLabel(row.message);
    message->setForegroundRole(QPalette::PlaceholderText);
    m_grid->addWidget(timeLabel(row.time), at, 0);
    m_grid->addWidget(new GlyphLabel(row.glyph, row.word, glyphSize), at, 1);
    m_grid->addWidget(reason, at, 2);
    m_grid->addWidget(message, at, 3);
}

void EventRows::addWrapped(int at, const Row &row)
{
    auto *words = new QLabel(sentence(row));
    words->setTextFormat(Qt::PlainText);
    words->setWordWrap(true);
    words->setFont(fonts::small());
    words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_grid->addWidget(timeLabel(row.time), at, 0, Qt::AlignTop);
    m_grid->addWidget(new GlyphLabel(row.glyph, row.word, glyphSize), at, 1, Qt::AlignTop);
    m_grid->addWidget(words, at, 2, Qt::AlignTop);
}

QStringList EventRows::texts() const
{
    QStringList lines;
    for (const Row &row : m_rows)
        lines.append(row.time + QStringLiteral("  ") + sentence(row));
    return lines;
}

} // namespace pk::gui
