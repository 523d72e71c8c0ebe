// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/glyphs.h"

#include <QVector>
#include <QWidget>

class QHBoxLayout;
class QLabel;

namespace pk::gui {

/// What the squares of the worker map mean, with counts: "Ready 185", "Waiting 11".
class MapLegend : public QWidget
{
    Q_OBJECT
public:
    struct Entry
    {
        Glyph glyph;
        QString word;
        int count = 0;
        bool operator==(const Entry &) const = default;
    };

    explicit MapLegend(QWidget *parent = nullptr);

    void setEntries(const QVector<Entry> &entries);

private:
    static QString textOf(const Entry &entry);

    QHBoxLayout *m_row;
    QVector<QLabel *> m_texts; ///< One for each entry.
    QVector<Entry> m_entries;
};

} // namespace pk::gui
