// SPDX-License-Identifier: GPL-3.0-or-later
#include "status/maplegend.h"

#include "widgets/elidedlabel.h"
#include "widgets/glyphlabel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>

#include <algorithm>

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
    const bool same = std::ranges::equal(
        entries, m_entries, [](const Entry &a, const Entry &b) { return a.glyph == b.glyph && a.word == b.word; });
    m_entries = entries;
    if (same) {
        for (int i = 0; i < entries.size(); ++i)
            m_texts[i]->setText(textOf(entries[i]));
        return;
    }
    m_texts.clear();
    while (QLayoutItem *item = m_row->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const Entry &entry : entries) {
        if (m_row->count() > 0)
            m_row->addSpacing(10);
        m_row->addWidget(new GlyphLabel(entry.glyph, entry.word, 14));
        m_texts.append(helpLabel(textOf(entry)));
        m_texts.last()->setWordWrap(false);
        m_row->addWidget(m_texts.last());
    }
}

QString MapLegend::textOf(const Entry &entry)
{
    return tr("%1 %2").arg(entry.word, QLocale().toString(entry.count));
}

} // namespace pk::gui
