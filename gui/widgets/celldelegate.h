// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "widgets/cell.h"

#include <QStyledItemDelegate>

namespace pk::gui {

/// Paints rows of Cells: background (selection, hover), line below, contents. TableView installs one; other views may
/// too. All rows have one height: two lines, one line (34) or dense (30); where a view has uneven rows, cells that wrap
/// make theirs higher.
class CellDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    enum class Rows { TwoLines, OneLine, Dense };

    explicit CellDelegate(QObject *parent = nullptr);
    void setRows(Rows rows) { m_rows = rows; }
    Rows rows() const { return m_rows; }
    /// Lines between the rows; on by default.
    void setLines(bool lines) { m_lines = lines; }
    /// A line below the last row too; off where the table ends with its card.
    void setLastLine(bool line) { m_lastLine = line; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
        const QModelIndex &index) override;
    bool editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option,
        const QModelIndex &index) override;

    int rowHeight(const QFontMetrics &metrics) const;

private:
    Rows m_rows = Rows::TwoLines;
    bool m_lines = true;
    bool m_lastLine = true;
};

} // namespace pk::gui
