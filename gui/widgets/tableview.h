// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "widgets/celldelegate.h"

#include <QTreeView>

class QAction;
class QLineEdit;
class QPushButton;

namespace pk::gui {

/// The table of all pages: rows of Cells, sorted by SortRole through a proxy of the page, one Tab stop, no keyboard
/// search. Keys (UI.md 4.1): Enter emits opened, Space toggles a check cell, Ctrl+C copies the row as text,
/// Ctrl+Shift+C the object's name (NameRole), Shift+F10 and Menu emit menuRequested, `/` emits filterRequested, other
/// single letters emit letterPressed. Header 30 high. setColumns() gives the widths.
class TableView : public QTreeView
{
    Q_OBJECT
public:
    explicit TableView(QWidget *parent = nullptr);

    void setModel(QAbstractItemModel *model) override;
    void setRows(CellDelegate::Rows rows);
    CellDelegate *cells() const { return m_cells; }
    void setSlackColumn(int column);
    /// Widths of all columns as drawn for a font of 10 pt; larger fonts get more. `slack` takes the rest of the room,
    /// and not less than its own width.
    void setColumns(const QVector<int> &widths, int slack);
    /// Shown in the middle while the model has no rows: "No worker matches “abc”. 200 are hidden."
    /// `wayOn`: a link below it, such as Clear filter; null: none.
    void setPlaceholder(const QString &text, QAction *wayOn = nullptr);
    /// The field that filters this table: `/` goes to it, Esc clears it and then leaves it, Down and Enter leave it.
    void setFilterField(QLineEdit *field);
    void copyRow(bool nameOnly) const;
    /// Height that shows all rows and the header without scrolling, for tables that grow with their card.
    int fullHeight() const;
    int rowHeight() const { return m_cells->rowHeight(fontMetrics()); }
    /// As high as its rows, up to `most` rows; then it scrolls. 0: fill the room.
    void setGrowing(int most);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    void keyboardSearch(const QString &search) override;

Q_SIGNALS:
    void opened(const QModelIndex &index);
    void menuRequested(const QModelIndex &index, const QPoint &globalPosition);
    void filterRequested();
    void letterPressed(Qt::Key key, const QModelIndex &index);
    void currentRowChanged(const QModelIndex &index);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void resizeEvent(QResizeEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void drawBranches(QPainter *painter, const QRect &area, const QModelIndex &index) const override;

private:
    void fitSlack();
    void showPlaceholder();
    bool filterKey(const QKeyEvent &event);

    CellDelegate *m_cells;
    QString m_placeholder;
    QPushButton *m_wayOn = nullptr; ///< Below the placeholder, made when it is needed.
    QLineEdit *m_filter = nullptr;
    int m_slack = -1;
    int m_slackWidth = 80;
    int m_most = 0;
};

} // namespace pk::gui
