// SPDX-License-Identifier: GPL-3.0-or-later
#include "status/maplegend.h"

#include "widgets/elidedlabel.h"
#include "widgets/glyphlabel.h"

#include <QHBoxLayout>
#include <QLocale>

namespace pk::gui {

MapLegend::MapLegend(QWidget *parent) : QWidget(parent), m_row(new QHBoxLayout(this))
{
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(6);
}

void MapLegend::setEntries(const QVector<Entry> &entries)
{
    if (entries == m_entries)
        return;
    m_entries = entries;
    while (QLayoutItem *item = m_row->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const Entry &entry : entries) {
        if (m_row->count() > 0)
            m_row->addSpacing(10);
        m_row->addWidget(new GlyphLabel(entry.glyph, entry.word, 14));
        auto *text = helpLabel(tr("%1 %2").arg(entry.word, QLocale().toString(entry.count)));
        text->setWordWrap(false);
        m_row->addWidget(text);
    }
}

} // namespace pk::gui
