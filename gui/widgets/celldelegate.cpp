// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/celldelegate.h"

#include "widgets/cellpainter.h"
#include "widgets/measures.h"

#include <QAbstractItemView>
#include <QHeaderView>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <QTreeView>

namespace pk::gui {

CellDelegate::CellDelegate(QObject *parent) : QStyledItemDelegate(parent) { }

int CellDelegate::rowHeight(const QFontMetrics &metrics) const
{
    switch (m_rows) {
    case Rows::TwoLines:
        return measure::height(measure::twoLineRow, metrics);
    case Rows::OneLine:
        return measure::height(measure::row, metrics);
    case Rows::Dense:
        return measure::height(measure::denseRow, metrics);
    }
    return measure::row;
}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const int height = rowHeight(QFontMetrics(option.font));
    const auto *table = qobject_cast<const QTreeView *>(option.widget);
    if (!table || table->uniformRowHeights())
        return {80, height};
    const QRect cell(0, 0, table->header()->sectionSize(index.column()), height);
    return {80,
        height
            + CellPainter::extraHeight(
                index.data(CellRole).value<Cell>(), CellPainter::contents(cell), option.direction)};
}

void CellDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &t = theme();
    const bool selected = option.state & QStyle::State_Selected;
    const bool hovered = option.state & QStyle::State_MouseOver;
    const QColor paper = selected ? t.selection : hovered ? t.hover : t.surface;
    if (selected || hovered)
        painter->fillRect(option.rect, paper);
    const bool last = index.row() + 1 == index.model()->rowCount(index.parent());
    if (m_lines && !selected && (m_lastLine || !last))
        painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), t.border);
    const Cell cell = index.data(CellRole).value<Cell>();
    CellPainter(painter, option.direction, paper).paint(cell, CellPainter::contents(option.rect));
    const bool current = (option.state & QStyle::State_HasFocus) && option.widget && option.widget->hasFocus();
    if (current && cell.kind == Cell::Kind::Check)
        CellPainter(painter, option.direction, paper).paintCheckFocus(CellPainter::contents(option.rect));
}

bool CellDelegate::helpEvent(
    QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip || !index.isValid())
        return false;
    const Cell cell = index.data(CellRole).value<Cell>();
    const QString tip =
        CellPainter::toolTipAt(cell, CellPainter::contents(option.rect), event->pos(), option.direction);
    if (tip.isEmpty())
        QToolTip::hideText();
    else // what comes from a cluster is plain text
        QToolTip::showText(event->globalPos(),
            QStringLiteral("<p style='white-space:pre-wrap'>%1</p>").arg(tip.toHtmlEscaped()), view, option.rect);
    return true;
}

bool CellDelegate::editorEvent(
    QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &, const QModelIndex &index)
{
    const Cell cell = index.data(CellRole).value<Cell>();
    if (cell.kind != Cell::Kind::Check || !(index.flags() & Qt::ItemIsUserCheckable))
        return false;
    const bool click =
        event->type() == QEvent::MouseButtonRelease && static_cast<QMouseEvent *>(event)->button() == Qt::LeftButton;
    const bool space = event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Space;
    if (!click && !space)
        return false;
    return model->setData(index, cell.checked ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
}

} // namespace pk::gui
