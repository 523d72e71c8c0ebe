// SPDX-License-Identifier: GPL-3.0-or-later
#include "forms/objectlisteditor.h"

#include "yaml/printer.h"

#include <QPushButton>
#include <QTableView>

namespace pk::gui {

namespace {

constexpr int RoomForAll = 480; ///< Below this width columns that hold nothing are not shown.
constexpr int AlwaysShown = 2;

QStringList labelsOf(const FieldSpec &field)
{
    QStringList labels;
    for (const FieldColumn &column : field.columns)
        labels.append(column.label);
    return labels;
}

QString textOf(const Value &value)
{
    if (value.isNil())
        return {};
    return QString::fromStdString(value.isString() ? value.toString() : yaml::toYaml(value)).trimmed();
}

/// What was typed, as the column's type has it; what does not fit stays a word, and the schema says what is wrong.
Value valueOf(const FieldColumn &column, const QString &text)
{
    bool isNumber = false;
    const qlonglong number = text.toLongLong(&isNumber);
    if (column.type == FieldColumn::Type::Integer && isNumber)
        return Value::integer(number);
    if (column.type == FieldColumn::Type::Switch && (text == QLatin1String("true") || text == QLatin1String("false")))
        return Value::boolean(text == QLatin1String("true"));
    return Value::string(text.toStdString());
}

} // namespace

ObjectListEditor::ObjectListEditor(const FieldSpec &field, FormSource &source, QWidget *parent) :
    ListEditor(labelsOf(field), field, source, parent)
{
    connect(addLink(tr("Add entry"), QStringLiteral("add")), &QPushButton::clicked, this,
        [this] { addAndEdit([this] { insertItem(int(items().size()), newItem()); }, 0); });
}

Value ObjectListEditor::newItem() const
{
    const Value item = Value::map();
    for (const FieldColumn &column : field().columns) {
        // What must be there, at least as an empty word; an object of nothing at all would be no row to type into.
        if (column.required || item.asMap().isEmpty())
            item.asMap().set(
                column.key, valueOf(column, column.choices.isEmpty() ? QString() : column.choices.front()));
    }
    return item;
}

std::optional<std::vector<FormRow>> ObjectListEditor::rows() const
{
    const Value list = source().value(field().path);
    if (!list.isNil() && !list.isList())
        return std::nullopt;
    std::vector<FormRow> rows;
    const std::vector<Value> all = items();
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (!all[i].isMap())
            return std::nullopt;
        FormRow row;
        for (const FieldColumn &column : field().columns) {
            const Value value = all[i].get(column.key);
            FormCell cell{.text = textOf(value), .choices = column.choices};
            cell.locked = value.isMap() || value.isList();
            const auto problems = source().problems(itemPath(int(i)).child(column.key));
            if (!problems.empty() && problems.front().severity == Problem::Severity::Error)
                cell.tone = Tone::Bad;
            row.push_back(std::move(cell));
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

void ObjectListEditor::commitCell(int row, int index, const QString &string)
{
    const FieldColumn &column = field().columns[std::size_t(index)];
    const std::vector<Value> all = items();
    if (row >= int(all.size()))
        return;
    const QString text = string.trimmed();
    if (!text.isEmpty() || column.required) {
        setInItem(row, yaml::Path{column.key}, valueOf(column, text));
        return;
    }
    // The last key stays as an empty word: a row of nothing could not be told from none.
    if (!all[std::size_t(row)].asMap().contains(column.key))
        return;
    if (all[std::size_t(row)].asMap().size() == 1)
        setInItem(row, yaml::Path{column.key}, Value::string(""));
    else
        unsetInItem(row, column.key);
}

void ObjectListEditor::fitColumns(int width)
{
    const int count = model()->columnCount();
    const auto isEmpty = [this](int column) {
        for (int row = 0; row < model()->rowCount(); ++row) {
            if (!model()->cell(row, column).text.isEmpty())
                return false;
        }
        return true;
    };
    QVector<int> shown;
    for (int column = 0; column < count; ++column) {
        const bool hides = width < RoomForAll && count > 3 && column >= AlwaysShown && isEmpty(column);
        table()->setColumnHidden(column, hides);
        if (!hides)
            shown.append(column);
    }
    for (const int column : std::as_const(shown))
        table()->setColumnWidth(column, width / int(shown.size()));
}

} // namespace pk::gui
