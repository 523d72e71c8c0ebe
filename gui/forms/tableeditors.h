// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "forms/editors.h"

class QPushButton;
class QTableWidget;

namespace pk::gui {

/// What the editors of lists and maps share: a table that grows with its rows, Add and Remove below it.
class TableEditor : public Editor
{
    Q_OBJECT
public:
    TableEditor(const QStringList &columns, const QString &addText, const FieldSpec &field, FormSource &source,
        QWidget *parent);

    void refresh() override;
    QWidget *problemWidget() override;

protected:
    /// One row as texts of its columns.
    using Row = QStringList;

    /// The rows of a value; nothing when the value has another shape and is only editable as YAML.
    virtual std::optional<std::vector<Row>> rowsOf(const Value &value) const = 0;
    /// Called when a cell was committed.
    virtual void commitCell(int row, int column, const QString &text) = 0;
    virtual void appendRow() = 0;
    virtual void removeRow(int row) = 0;
    /// Lets a column be edited by choice instead of by typing.
    void setChoices(int column, const QStringList &choices);
    /// The index of the item that a row shows; the document's list may hold more than strings.
    yaml::Path itemPath(int row) const { return field().path.child(std::size_t(row)); }

    QTableWidget *table() const { return m_table; }

private:
    void fitHeight();

    QTableWidget *m_table;
    QPushButton *m_add;
    QPushButton *m_remove;
    bool m_filling = false;
};

class StringListEditor : public TableEditor
{
    Q_OBJECT
public:
    StringListEditor(const FieldSpec &field, FormSource &source, QWidget *parent);

protected:
    std::optional<std::vector<Row>> rowsOf(const Value &value) const override;
    void commitCell(int row, int column, const QString &text) override;
    void appendRow() override;
    void removeRow(int row) override;
};

class StringMapEditor : public TableEditor
{
    Q_OBJECT
public:
    StringMapEditor(const FieldSpec &field, FormSource &source, QWidget *parent);

protected:
    std::optional<std::vector<Row>> rowsOf(const Value &value) const override;
    void commitCell(int row, int column, const QString &text) override;
    void appendRow() override;
    void removeRow(int row) override;
};

/// Environment variables: name, where the value comes from, and the value or `name/key` of a Secret or ConfigMap, or
/// the path of a field. Other references (resources, files) are shown and left as they are.
class EnvironmentEditor : public TableEditor
{
    Q_OBJECT
public:
    EnvironmentEditor(const FieldSpec &field, FormSource &source, QWidget *parent);

protected:
    std::optional<std::vector<Row>> rowsOf(const Value &value) const override;
    void commitCell(int row, int column, const QString &text) override;
    void appendRow() override;
    void removeRow(int row) override;
};

} // namespace pk::gui
