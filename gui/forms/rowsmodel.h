// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme.h"

#include <QAbstractTableModel>
#include <QStyledItemDelegate>

#include <functional>
#include <vector>

namespace pk::gui {

/// One cell of a table inside a field.
struct FormCell
{
    QString text = {};
    bool secret = false; ///< Dots of a fixed number; nothing ever tells the text, and editing begins with none.
    bool locked = false;
    bool chip = false; ///< A word on tinted paper.
    bool words = false; ///< Our words, in the font of the form; else code.
    Tone tone = Tone::Neutral;
    QString placeholder = {}; ///< In the editor while it is empty.
    QStringList choices = {}; ///< Edited by choosing.

    bool operator==(const FormCell &) const = default;
};

using FormRow = std::vector<FormCell>;

/// The rows of a list or map as a model; writing goes to a function and comes back with the next setRows().
class RowsModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Role { CellRole = Qt::UserRole };

    RowsModel(const QStringList &columns, QObject *parent);

    /// Keeps selection and open editors when only cells changed.
    void setRows(std::vector<FormRow> rows);
    void setEditable(bool editable) { m_editable = editable; }
    const FormCell &cell(int row, int column) const { return m_rows[std::size_t(row)][std::size_t(column)]; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

Q_SIGNALS:
    void committed(int row, int column, const QString &text);

private:
    QStringList m_columns;
    std::vector<FormRow> m_rows;
    bool m_editable = true;
};

/// Paints cells and edits them: a line edit over the whole cell, or a list of choices. Enter commits and goes to the
/// next row.
class RowsDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    /// Called for each line edit that a cell opens: for completers.
    void setPrepare(std::function<void(QLineEdit *edit, const QModelIndex &index)> prepare)
    {
        m_prepare = std::move(prepare);
    }

    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void setEditorData(QWidget *editor, const QModelIndex &index) const override;
    void setModelData(QWidget *editor, QAbstractItemModel *model, const QModelIndex &index) const override;
    void updateEditorGeometry(
        QWidget *editor, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;

Q_SIGNALS:
    void nextRowWanted() const;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    std::function<void(QLineEdit *, const QModelIndex &)> m_prepare;
};

} // namespace pk::gui

Q_DECLARE_METATYPE(pk::gui::FormCell)
