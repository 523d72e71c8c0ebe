// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/tableview.h"

#include "widgets/measures.h"
#include "widgets/poolstyle.h"
#include "widgets/theme.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QScrollBar>

namespace pk::gui {

namespace {

constexpr int HeadPadding = 20; ///< Of a head's text, both sides.

} // namespace

TableView::TableView(QWidget *parent) : QTreeView(parent), m_cells(new CellDelegate(this))
{
    setItemDelegate(m_cells);
    setFrameShape(QFrame::NoFrame);
    setUniformRowHeights(true);
    setRootIsDecorated(false);
    setItemsExpandable(false);
    setAllColumnsShowFocus(true);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMouseTracking(true);
    setAttribute(Qt::WA_Hover);
    header()->setHighlightSections(false);
    header()->setSectionsMovable(false);
    header()->setStretchLastSection(false);
    header()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header()->setFont(fonts::smallStrong());
    connect(header(), &QHeaderView::sectionResized, this, [this](int column) {
        if (column != m_slack)
            fitSlack();
        if (!uniformRowHeights())
            scheduleDelayedItemsLayout(); // What wraps takes other lines now.
    });
    connect(this, &QTreeView::doubleClicked, this, &TableView::opened);
}

void TableView::setModel(QAbstractItemModel *model)
{
    if (this->model())
        disconnect(this->model(), nullptr, this, nullptr);
    QTreeView::setModel(model);
    if (model) {
        const auto grown = [this] {
            updateGeometry();
            showPlaceholder();
            viewport()->update();
        };
        connect(model, &QAbstractItemModel::rowsInserted, this, grown);
        connect(model, &QAbstractItemModel::rowsRemoved, this, grown);
        connect(model, &QAbstractItemModel::modelReset, this, grown);
    }
    fitSlack();
}

void TableView::setRows(CellDelegate::Rows rows)
{
    m_cells->setRows(rows);
    scheduleDelayedItemsLayout();
    updateGeometry();
}

void TableView::setSlackColumn(int column)
{
    m_slack = column;
    fitSlack();
}

void TableView::setColumns(const QVector<int> &widths, int slack)
{
    const double factor = std::max(1.0, fontMetrics().averageCharWidth() / 8.0);
    m_slack = -1; // fitted once, at the end
    const QFontMetrics heads(header()->font());
    for (int column = 0; column < widths.size() && column < header()->count(); ++column) {
        // A font that is wider than it is high must not cut the heads.
        const QString head = model() && !isHeaderHidden()
            ? model()->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString()
            : QString();
        header()->resizeSection(
            column, std::max(int(widths[column] * factor), heads.horizontalAdvance(head) + HeadPadding));
    }
    m_slackWidth = int(widths.value(slack, 80) * factor);
    setSlackColumn(slack);
}

void TableView::setPlaceholder(const QString &text, QAction *wayOn)
{
    m_placeholder = text;
    if (wayOn && !m_wayOn) {
        m_wayOn = new QPushButton(viewport());
        setButtonKind(m_wayOn, ButtonKind::Link);
    }
    if (m_wayOn) {
        m_wayOn->disconnect();
        if (wayOn) {
            m_wayOn->setObjectName(wayOn->objectName());
            m_wayOn->setText(wayOn->text());
            connect(m_wayOn, &QPushButton::clicked, wayOn, &QAction::trigger);
        }
        m_wayOn->setEnabled(wayOn != nullptr);
    }
    showPlaceholder();
    viewport()->update();
}

void TableView::showPlaceholder()
{
    if (!m_wayOn)
        return;
    const bool empty = model() && model()->rowCount(rootIndex()) == 0;
    m_wayOn->setVisible(empty && m_wayOn->isEnabled());
    m_wayOn->adjustSize();
    m_wayOn->move((viewport()->width() - m_wayOn->width()) / 2, viewport()->height() / 2 + fontMetrics().height() / 2);
}

void TableView::setFilterField(QLineEdit *field)
{
    m_filter = field;
    field->installEventFilter(this);
    connect(this, &TableView::filterRequested, field, [field] {
        field->setFocus(Qt::ShortcutFocusReason);
        field->selectAll();
    });
}

bool TableView::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_filter && event->type() == QEvent::KeyPress && filterKey(*static_cast<QKeyEvent *>(event)))
        return true;
    return QTreeView::eventFilter(watched, event);
}

bool TableView::filterKey(const QKeyEvent &event)
{
    const bool escape = event.key() == Qt::Key_Escape;
    if (escape && !m_filter->text().isEmpty()) {
        m_filter->clear();
        return true;
    }
    if (!escape && event.key() != Qt::Key_Down && event.key() != Qt::Key_Return && event.key() != Qt::Key_Enter)
        return false;
    if (!escape && !currentIndex().isValid() && model() && model()->rowCount() > 0)
        setCurrentIndex(model()->index(0, 0));
    setFocus(Qt::ShortcutFocusReason);
    return true;
}

int TableView::fullHeight() const
{
    const int rows = model() ? model()->rowCount(rootIndex()) : 0;
    const int head = isHeaderHidden() ? 0 : header()->sizeHint().height();
    return head + std::max(rows, 1) * m_cells->rowHeight(fontMetrics());
}

void TableView::setGrowing(int most)
{
    if (most > 0 && most == m_most)
        return;
    m_most = most;
    m_cells->setLastLine(most == 0);
    setSizePolicy(QSizePolicy::Expanding, most > 0 ? QSizePolicy::Fixed : QSizePolicy::Expanding);
    setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    updateGeometry();
}

QSize TableView::sizeHint() const
{
    if (m_most == 0)
        return {480, 240};
    const int head = isHeaderHidden() ? 0 : header()->sizeHint().height();
    return {480, std::min(fullHeight(), head + m_most * m_cells->rowHeight(fontMetrics()))};
}

QSize TableView::minimumSizeHint() const
{
    return {160, m_most > 0 ? sizeHint().height() : 2 * m_cells->rowHeight(fontMetrics())};
}

void TableView::keyboardSearch(const QString &)
{
    // Single letters are commands here (letterPressed).
}

void TableView::keyPressEvent(QKeyEvent *event)
{
    const QModelIndex index = currentIndex();
    const auto modifiers = event->modifiers() & ~Qt::KeypadModifier;
    if (modifiers == Qt::NoModifier) {
        switch (event->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (index.isValid())
                Q_EMIT opened(index);
            return;
        case Qt::Key_Slash:
            Q_EMIT filterRequested();
            return;
        case Qt::Key_Home:
        case Qt::Key_End: // first and last row; the view would move between columns
            if (model() && model()->rowCount() > 0)
                setCurrentIndex(model()->index(event->key() == Qt::Key_Home ? 0 : model()->rowCount() - 1, 0));
            return;
        case Qt::Key_Space:
            for (int column = 0; index.isValid() && column < model()->columnCount(); ++column) {
                const QModelIndex cell = index.siblingAtColumn(column);
                if (cell.flags() & Qt::ItemIsUserCheckable) {
                    const bool on = cell.data(CellRole).value<Cell>().checked;
                    model()->setData(cell, on ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
                    return;
                }
            }
            break;
        default:
            if (event->key() >= Qt::Key_A && event->key() <= Qt::Key_Z) {
                Q_EMIT letterPressed(Qt::Key(event->key()), index);
                return;
            }
        }
    }
    if (event->key() == Qt::Key_C && modifiers == Qt::ControlModifier)
        return copyRow(false);
    if (event->key() == Qt::Key_C && modifiers == (Qt::ControlModifier | Qt::ShiftModifier))
        return copyRow(true);
    QTreeView::keyPressEvent(event);
}

void TableView::copyRow(bool nameOnly) const
{
    const QModelIndex index = currentIndex();
    if (!index.isValid())
        return;
    QStringList words;
    for (int column = 0; column < model()->columnCount(); ++column) {
        const QString text = index.siblingAtColumn(column).data(CellRole).value<Cell>().plainText();
        if (!text.isEmpty() && !isColumnHidden(column))
            words << text;
    }
    const QString name = index.siblingAtColumn(0).data(NameRole).toString();
    QApplication::clipboard()->setText(nameOnly ? name : words.join(QLatin1Char('\t')));
}

void TableView::contextMenuEvent(QContextMenuEvent *event)
{
    const bool keyboard = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex index = keyboard ? currentIndex() : indexAt(event->pos());
    if (!index.isValid())
        return;
    const QPoint point = keyboard ? viewport()->mapToGlobal(visualRect(index).bottomLeft()) : event->globalPos();
    Q_EMIT menuRequested(index, point);
}

void TableView::paintEvent(QPaintEvent *event)
{
    QTreeView::paintEvent(event);
    QPainter painter(viewport());
    if (model() && model()->rowCount(rootIndex()) == 0 && !m_placeholder.isEmpty()) {
        painter.setPen(theme().muted);
        QRect area = viewport()->rect().adjusted(16, 0, -16, 0);
        const bool above = m_wayOn && !m_wayOn->isHidden();
        if (above)
            area.setBottom(m_wayOn->y());
        painter.drawText(
            area, Qt::AlignHCenter | (above ? Qt::AlignBottom : Qt::AlignVCenter) | Qt::TextWordWrap, m_placeholder);
    }
    if (hasFocus() && currentIndex().isValid() && selectionModel()->isSelected(currentIndex())) {
        const QRect row = visualRect(currentIndex().siblingAtColumn(0));
        const QRectF ring(0, row.top(), viewport()->width(), row.height());
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(theme().accent, 2));
        painter.drawRoundedRect(ring.adjusted(1, 1, -1, -1), measure::buttonRadius - 1, measure::buttonRadius - 1);
    }
}

void TableView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTreeView::currentChanged(current, previous);
    viewport()->update();
    if (current.row() != previous.row() || !previous.isValid() || !current.isValid())
        Q_EMIT currentRowChanged(current);
}

void TableView::resizeEvent(QResizeEvent *event)
{
    QTreeView::resizeEvent(event);
    fitSlack();
    showPlaceholder();
}

bool TableView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        viewport()->update();
    return QTreeView::viewportEvent(event);
}

void TableView::drawBranches(QPainter *painter, const QRect &area, const QModelIndex &index) const
{
    if (rootIsDecorated())
        QTreeView::drawBranches(painter, area, index);
}

void TableView::fitSlack()
{
    if (m_slack < 0 || !model() || m_slack >= header()->count())
        return;
    int others = 0;
    for (int column = 0; column < header()->count(); ++column) {
        if (column != m_slack && !header()->isSectionHidden(column))
            others += header()->sectionSize(column);
    }
    header()->resizeSection(m_slack, std::max(m_slackWidth, viewport()->width() - others));
}

} // namespace pk::gui
