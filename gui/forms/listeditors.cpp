// SPDX-License-Identifier: GPL-3.0-or-later
#include "forms/tableeditor.h"
#include "forms/valuewords.h"
#include "widgets/asking.h"
#include "yaml/printer.h"

namespace pk::gui {

namespace {

QStringList filledLines(const QString &pasted)
{
    QStringList lines;
    for (const QString &line : pasted.split(u'\n')) {
        if (!line.trimmed().isEmpty())
            lines.append(line.trimmed());
    }
    return lines;
}

} // namespace

std::vector<Value> ListEditor::items() const
{
    const Value list = source().value(field().path);
    return list.isList() ? list.asList().items : std::vector<Value>();
}

bool ListEditor::isInherited() const
{
    return !source().valueIn(Origin::Edited, field().path).isList();
}

void ListEditor::setItems(std::vector<Value> all)
{
    source().set(field().path, Value::list(std::move(all)));
}

void ListEditor::setItem(int row, const Value &item)
{
    setInItem(row, {}, item);
}

void ListEditor::setInItem(int row, const yaml::Path &below, const Value &value)
{
    std::vector<Value> all = items();
    if (row < 0 || row >= int(all.size()))
        return;
    if (!isInherited()) {
        yaml::Path path = itemPath(row);
        for (const yaml::Step &step : below.steps())
            path = path.child(step);
        source().set(path, value);
        return;
    }
    Value item = below.isRoot() ? value : all[std::size_t(row)].deepCopy();
    Value at = item;
    for (std::size_t i = 0; i < below.size(); ++i) {
        const std::string &key = std::get<std::string>(below.steps()[i]);
        if (i + 1 == below.size())
            at.asMap().set(key, value);
        else
            at = at.get(key);
    }
    all[std::size_t(row)] = item;
    setItems(std::move(all));
}

void ListEditor::unsetInItem(int row, const std::string &key)
{
    std::vector<Value> all = items();
    if (row < 0 || row >= int(all.size()))
        return;
    if (!isInherited()) {
        source().unset(itemPath(row).child(key));
        return;
    }
    all[std::size_t(row)] = all[std::size_t(row)].deepCopy();
    all[std::size_t(row)].asMap().erase(key);
    setItems(std::move(all));
}

void ListEditor::insertItem(int row, const Value &item)
{
    if (!isInherited() && !items().empty()) {
        source().insert(itemPath(row), item);
        return;
    }
    std::vector<Value> all = items();
    all.insert(all.begin() + std::min(row, int(all.size())), item);
    setItems(std::move(all));
}

void ListEditor::removeRow(int row)
{
    if (!isInherited()) {
        source().unset(itemPath(row));
        return;
    }
    std::vector<Value> all = items();
    all.erase(all.begin() + row);
    setItems(std::move(all));
}

void ListEditor::doubleRow(int row)
{
    insertItem(row + 1, items()[std::size_t(row)].deepCopy());
}

bool ListEditor::canMove(int row, int by) const
{
    return row >= 0 && row + by >= 0 && row + by < int(items().size());
}

void ListEditor::moveRow(int row, int by)
{
    // Two neighbours change places: comments stay where they are, and nothing of theirs is lost.
    const std::vector<Value> all = items();
    const Value first = all[std::size_t(row)].deepCopy();
    const Value second = all[std::size_t(row + by)].deepCopy();
    setItem(row, second);
    setItem(row + by, first);
}

StringListEditor::StringListEditor(const FieldSpec &field, FormSource &source, QWidget *parent) :
    ListEditor({tr("Value")}, field, source, parent)
{
    connect(addLink(tr("Add value"), QStringLiteral("add")), &QPushButton::clicked, this,
        [this] { addAndEdit([this] { insertItem(int(items().size()), asValue({})); }, 0); });
    connect(addLink(tr("Paste lines…"), QStringLiteral("paste")), &QPushButton::clicked, this, [this] {
        askText(this, tr("Paste lines"), tr("One value a line:"), {}, [this](const QString &pasted) {
            this->source().beginChange(this->field().path);
            for (const QString &line : filledLines(pasted))
                insertItem(int(items().size()), asValue(line));
            this->source().endChange();
            refresh();
        });
    });
}

std::optional<std::vector<FormRow>> StringListEditor::rows() const
{
    const Value list = source().value(field().path);
    if (!list.isNil() && !list.isList())
        return std::nullopt;
    std::vector<FormRow> rows;
    for (const Value &item : items())
        rows.push_back({FormCell{asWords(item)}});
    return rows;
}

void StringListEditor::commitCell(int row, int, const QString &string)
{
    setItem(row, asValue(string));
}

StringMapEditor::StringMapEditor(const FieldSpec &field, FormSource &source, QWidget *parent) :
    TableEditor({tr("Key"), tr("Value")}, field, source, parent)
{
    connect(addLink(tr("Add entry"), QStringLiteral("add")), &QPushButton::clicked, this,
        [this] { addAndEdit([this] { add(freeKey("key"), {}); }, 0); });
    connect(addLink(tr("Paste lines…"), QStringLiteral("paste")), &QPushButton::clicked, this, [this] {
        askText(this, tr("Paste lines"), tr("One entry a line, as key=value or key: value:"), {},
            [this](const QString &pasted) {
                static const QRegularExpression form(QStringLiteral("^(.+?)\\s*[=:]\\s*(.*)$"));
                this->source().beginChange(this->field().path);
                for (const QString &line : filledLines(pasted)) {
                    const QRegularExpressionMatch match = form.match(line);
                    if (match.hasMatch())
                        add(match.captured(1).toStdString(), match.captured(2));
                }
                this->source().endChange();
                refresh();
            });
    });
}

std::optional<std::vector<FormRow>> StringMapEditor::rows() const
{
    const Value map = source().value(field().path);
    if (!map.isNil() && !map.isMap())
        return std::nullopt;
    std::vector<FormRow> rows;
    if (map.isMap()) {
        for (const Map::Entry &entry : map.asMap())
            rows.push_back({FormCell{QString::fromStdString(entry.key)}, FormCell{asWords(entry.value)}});
    }
    return rows;
}

void StringMapEditor::add(const std::string &key, const QString &value)
{
    source().set(field().path.child(key), asValue(value));
}

std::string StringMapEditor::freeKey(const std::string &wanted) const
{
    const Value map = source().value(field().path);
    std::string key = wanted;
    for (int i = 2; map.isMap() && map.asMap().contains(key); ++i)
        key = wanted + std::to_string(i);
    return key;
}

void StringMapEditor::commitCell(int row, int column, const QString &string)
{
    const Value map = source().value(field().path);
    if (!map.isMap() || row >= int(map.asMap().size()))
        return;
    const Map::Entry entry = map.asMap().entries()[row];
    if (column == 1) {
        source().set(field().path.child(entry.key), asValue(string));
        return;
    }
    const std::string key = string.trimmed().toStdString();
    if (key.empty() || key == entry.key)
        return;
    if (map.asMap().contains(key)) {
        say(tr("%1 is there already.").arg(QString::fromStdString(key)), Tone::Bad);
        return;
    }
    // Another key is another entry: the whole map is written, in its order.
    const Value renamed = Value::map();
    for (const Map::Entry &each : map.asMap())
        renamed.asMap().set(each.key == entry.key ? key : each.key, each.value);
    source().set(field().path, renamed);
}

void StringMapEditor::removeRow(int row)
{
    const Value map = source().value(field().path);
    if (!map.isMap() || row >= int(map.asMap().size()))
        return;
    const yaml::Path path = field().path.child(map.asMap().entries()[row].key);
    if (source().valueIn(Origin::Edited, path).isNil())
        source().set(path, Value()); // The chart's own entry: null takes it away.
    else
        source().unset(path);
}

void StringMapEditor::doubleRow(int row)
{
    const Value map = source().value(field().path);
    const Map::Entry entry = map.asMap().entries()[row];
    add(freeKey(entry.key), asWords(entry.value));
}

bool StringMapEditor::canMove(int, int) const
{
    return false; // The order of a map says nothing.
}

void StringMapEditor::moveRow(int, int) { }

void StringMapEditor::fitColumns(int width)
{
    table()->setColumnWidth(0, width * 45 / 100);
}

} // namespace pk::gui
