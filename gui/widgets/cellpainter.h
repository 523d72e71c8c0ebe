// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "widgets/cell.h"

#include <QPainter>
#include <QRect>

namespace pk::gui {

/// Paints the contents of one cell into a rectangle; also used by rows that are not in a view.
class CellPainter
{
public:
    /// `paper`: what is behind, for marks cut into filled glyphs.
    CellPainter(QPainter *painter, Qt::LayoutDirection direction, const QColor &paper);

    void paint(const Cell &cell, const QRect &area);
    void paintCheckFocus(const QRect &area);

    /// The inner part of a cell: 8 px free at each side.
    static QRect contents(const QRect &cell);
    /// What the first text needs beyond one line, where it wraps.
    static int extraHeight(const Cell &cell, const QRect &area, Qt::LayoutDirection direction);
    static QString toolTipAt(const Cell &cell, const QRect &area, const QPoint &point, Qt::LayoutDirection direction);
    static QRect squareRect(const QRect &area, int index, Qt::LayoutDirection direction);
    static QRect checkRect(const QRect &area, Qt::LayoutDirection direction);

private:
    void paintTexts(const Cell &cell, QRect area);
    void paintChips(const Cell &cell, QRect area);

    QPainter *m_painter;
    Qt::LayoutDirection m_direction;
    QColor m_paper;
};

/// A check box of the theme, 16 by 16, as PoolStyle paints it.
void paintCheckBox(QPainter *painter, const QRectF &box, bool checked, bool partly, bool enabled);

} // namespace pk::gui
