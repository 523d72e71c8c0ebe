// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "forms/editors.h"
#include "forms/rowsmodel.h"

#include <optional>

class QHBoxLayout;
class QPushButton;
class QTableView;

namespace pk::gui {

class ElidedLabel;

/// What the editors of lists and maps share: a table that grows with its rows, and links below it. F2 or typing edits
/// a cell, Enter goes to the next row, Ctrl+D doubles a row, Delete removes it, Alt+Up and Alt+Down move it; the menu
/// of a row has all of it for the mouse. Each is one step to undo.
class TableEditor : public Editor
{
    Q_OBJECT
public:
    TableEditor(const QStringList &columns, const FieldSpec &field, FormSource &source, QWidget *parent);

    void refresh() override;
    QWidget *problemWidget() override;

protected:
    /// The rows of what the source says; nothing when it has another shape and can only be edited as YAML.
    virtual std::optional<std::vector<FormRow>> rows() const = 0;
    virtual void commitCell(int row, int column, const QString &text) = 0;
    virtual void removeRow(int row) = 0;
    /// "Deleted disk of Node selector"; `name` is what the first cell of the row says.
    virtual QString removedText(const QString &name) const;
    virtual bool canDouble(int row) const { return row >= 0; }
    virtual void doubleRow(int row) = 0;
    virtual bool canMove(int row, int by) const = 0;
    virtual void moveRow(int row, int by) = 0;
    /// Fills the line below the table; called once by a constructor.
    QPushButton *addLink(const QString &text, const QString &name);
    /// Words at the right of the links.
    ElidedLabel *countLabel() const { return m_count; }
    void fitCount();
    /// A sentence below the table: why something was refused, or what the row means.
    void say(const QString &sentence, Tone tone = Tone::Muted);
    /// A new row that is edited at once: Esc takes it back, and its first text belongs to the same step.
    void addAndEdit(const std::function<void()> &add, int column);
    virtual void rowChosen(int row) { Q_UNUSED(row) }
    virtual void fitColumns(int width);

    QTableView *table() const { return m_table; }
    RowsModel *model() const { return m_model; }
    RowsDelegate *delegate() const { return m_delegate; }
    int currentRow() const;

    bool eventFilter(QObject *watched, QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void remove();
    void doubleCurrent();
    void move(int by);
    void showMenu(const QPoint &at);
    void fitHeight();
    bool answerKey(const QKeyEvent &key);

    RowsModel *m_model;
    RowsDelegate *m_delegate;
    QTableView *m_table;
    QHBoxLayout *m_links;
    QVector<QPushButton *> m_linkButtons;
    ElidedLabel *m_count;
    QLabel *m_said;
    bool m_adding = false;
};

/// What lists share: the items of the source's list, changed one by one or, where the chart's own list counts, all.
class ListEditor : public TableEditor
{
    Q_OBJECT
public:
    using TableEditor::TableEditor;

protected:
    void removeRow(int row) override;
    void doubleRow(int row) override;
    bool canMove(int row, int by) const override;
    void moveRow(int row, int by) override;

    std::vector<Value> items() const;
    void setItem(int row, const Value &item);
    void setInItem(int row, const yaml::Path &below, const Value &value);
    void unsetInItem(int row, const std::string &key);
    void insertItem(int row, const Value &item);
    yaml::Path itemPath(int row) const { return field().path.child(std::size_t(row)); }

private:
    /// The list comes from the chart: the person's file gets a whole one with the first change.
    bool isInherited() const;
    void setItems(std::vector<Value> items);
};

class StringListEditor : public ListEditor
{
    Q_OBJECT
public:
    StringListEditor(const FieldSpec &field, FormSource &source, QWidget *parent);

protected:
    std::optional<std::vector<FormRow>> rows() const override;
    void commitCell(int row, int column, const QString &text) override;
};

class StringMapEditor : public TableEditor
{
    Q_OBJECT
public:
    StringMapEditor(const FieldSpec &field, FormSource &source, QWidget *parent);

protected:
    std::optional<std::vector<FormRow>> rows() const override;
    void commitCell(int row, int column, const QString &text) override;
    void removeRow(int row) override;
    void doubleRow(int row) override;
    bool canMove(int row, int by) const override;
    void moveRow(int row, int by) override;
    void fitColumns(int width) override;

private:
    std::string freeKey(const std::string &wanted) const;
    void add(const std::string &key, const QString &value);
};

} // namespace pk::gui
