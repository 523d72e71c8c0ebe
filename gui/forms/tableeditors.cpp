// SPDX-License-Identifier: GPL-3.0-or-later
#include "forms/tableeditors.h"

#include "base/redacted.h"
#include "document/secrets.h"
#include "widgets/measures.h"
#include "widgets/poolstyle.h"
#include "yaml/printer.h"

namespace pk::gui {

namespace {

QString qs(const Value &value)
{
    return QString::fromStdString(value.isString() ? value.toString() : yaml::toYaml(value));
}

Value text(const QString &string)
{
    return Value::string(string.toStdString());
}

/// Offers a few words for the cells of one column.
class ChoiceDelegate : public QStyledItemDelegate
{
public:
    ChoiceDelegate(const QStringList &choices, QObject *parent) : QStyledItemDelegate(parent), m_choices(choices) { }

    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        auto *combo = new QComboBox(parent);
        combo->addItems(m_choices);
        return combo;
    }
    void setEditorData(QWidget *editor, const QModelIndex &index) const override
    {
        qobject_cast<QComboBox *>(editor)->setCurrentText(index.data().toString());
    }
    void setModelData(QWidget *editor, QAbstractItemModel *model, const QModelIndex &index) const override
    {
        model->setData(index, qobject_cast<QComboBox *>(editor)->currentText());
    }

private:
    QStringList m_choices;
};

} // namespace

TableEditor::TableEditor(
    const QStringList &columns, const QString &addText, const FieldSpec &field, FormSource &source, QWidget *parent) :
    Editor(field, source, parent)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    m_table = new QTableWidget(0, int(columns.size()), this);
    name(m_table);
    m_table->setHorizontalHeaderLabels(columns);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setFixedHeight(measure::tableHead);
    m_table->horizontalHeader()->setVisible(columns.size() > 1);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(measure::denseRow);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->setTextElideMode(Qt::ElideMiddle);
    m_table->setShowGrid(false);
    m_table->verticalHeader()->setMinimumSectionSize(measure::denseRow);
    m_table->setFont(fonts::denseCode());
    m_table->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    column->addWidget(m_table);
    auto *buttons = new QHBoxLayout;
    m_add = new QPushButton(addText, this);
    name(m_add, QStringLiteral("add"), addText);
    m_remove = new QPushButton(tr("Remove"), this);
    name(m_remove, QStringLiteral("remove"), tr("Remove"));
    setButtonKind(m_add, ButtonKind::Link);
    setButtonKind(m_remove, ButtonKind::Link);
    buttons->addWidget(m_add);
    buttons->addWidget(m_remove);
    buttons->addStretch();
    column->addLayout(buttons);
    connect(m_add, &QPushButton::clicked, this, [this] { appendRow(); });
    connect(m_remove, &QPushButton::clicked, this, [this] {
        if (m_table->currentRow() >= 0)
            removeRow(m_table->currentRow());
    });
    connect(m_table, &QTableWidget::cellChanged, this, [this](int row, int cell) {
        if (!m_filling)
            commitCell(row, cell, m_table->item(row, cell)->text());
    });
    connect(m_table, &QTableWidget::itemSelectionChanged, this,
        [this] { m_remove->setEnabled(m_table->currentRow() >= 0 && m_add->isEnabled()); });
}

QWidget *TableEditor::problemWidget()
{
    return m_table;
}

void TableEditor::setChoices(int column, const QStringList &choices)
{
    m_table->setItemDelegateForColumn(column, new ChoiceDelegate(choices, m_table));
}

void TableEditor::refresh()
{
    const auto rows = rowsOf(source().value(field().path));
    const bool editable = source().isEditable() && rows.has_value();
    m_filling = true;
    m_table->setRowCount(rows ? int(rows->size()) : 0);
    for (int row = 0; rows && row < int(rows->size()); ++row) {
        for (int cell = 0; cell < m_table->columnCount(); ++cell) {
            QTableWidgetItem *item = m_table->item(row, cell);
            if (!item) {
                item = new QTableWidgetItem;
                m_table->setItem(row, cell, item);
            }
            if (item->text() != (*rows)[row][cell])
                item->setText((*rows)[row][cell]);
        }
    }
    m_filling = false;
    m_table->setEditTriggers(editable
            ? QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed | QAbstractItemView::AnyKeyPressed
            : QAbstractItemView::NoEditTriggers);
    m_add->setEnabled(editable);
    m_remove->setEnabled(editable && m_table->currentRow() >= 0);
    m_table->setToolTip(rows ? QString() : tr("This value has another shape here: edit it in the YAML."));
    fitHeight();
}

void TableEditor::fitHeight()
{
    const int head = m_table->horizontalHeader()->isVisible() ? measure::tableHead : 0;
    m_table->setFixedHeight(head + m_table->verticalHeader()->length() + 2);
    m_table->setVisible(m_table->rowCount() > 0);
    m_remove->setVisible(m_table->rowCount() > 0);
}

StringListEditor::StringListEditor(const FieldSpec &field, FormSource &source, QWidget *parent) :
    TableEditor({tr("Value")}, tr("Add value"), field, source, parent)
{
}

std::optional<std::vector<TableEditor::Row>> StringListEditor::rowsOf(const Value &value) const
{
    std::vector<Row> rows;
    if (value.isNil())
        return rows;
    if (!value.isList())
        return std::nullopt;
    for (const Value &item : value.asList().items)
        rows.push_back({qs(item)});
    return rows;
}

void StringListEditor::commitCell(int row, int, const QString &string)
{
    source().set(itemPath(row), text(string));
}

void StringListEditor::appendRow()
{
    source().set(itemPath(table()->rowCount()), text({}));
}

void StringListEditor::removeRow(int row)
{
    source().unset(itemPath(row));
}

StringMapEditor::StringMapEditor(const FieldSpec &field, FormSource &source, QWidget *parent) :
    TableEditor({tr("Key"), tr("Value")}, tr("Add entry"), field, source, parent)
{
}

std::optional<std::vector<TableEditor::Row>> StringMapEditor::rowsOf(const Value &value) const
{
    std::vector<Row> rows;
    if (value.isNil())
        return rows;
    if (!value.isMap())
        return std::nullopt;
    for (const Map::Entry &entry : value.asMap())
        rows.push_back({QString::fromStdString(entry.key), qs(entry.value)});
    return rows;
}

void StringMapEditor::commitCell(int row, int column, const QString &string)
{
    const Value map = source().value(field().path);
    if (!map.isMap() || row >= int(map.asMap().size()))
        return;
    const Map::Entry entry = map.asMap().entries()[row];
    if (column == 1) {
        source().set(field().path.child(entry.key), text(string));
    } else if (!string.isEmpty() && string.toStdString() != entry.key) {
        // Another key is another entry: the whole map is written, so that it is one step to undo.
        const Value renamed = map.deepCopy();
        renamed.asMap().erase(entry.key);
        renamed.asMap().set(string.toStdString(), entry.value);
        source().set(field().path, renamed);
    }
}

void StringMapEditor::appendRow()
{
    const Value map = source().value(field().path);
    std::string key = "key";
    for (int i = 2; map.isMap() && map.asMap().contains(key); ++i)
        key = "key" + std::to_string(i);
    source().set(field().path.child(key), text({}));
}

void StringMapEditor::removeRow(int row)
{
    const Value map = source().value(field().path);
    if (map.isMap() && row < int(map.asMap().size()))
        source().unset(field().path.child(map.asMap().entries()[row].key));
}

namespace {

enum EnvironmentColumn { NameColumn, FromColumn, ValueColumn };

struct Reference
{
    const char *word;
    const char *key; ///< below valueFrom
    const char *first;
    const char *second; ///< null: one part
};
constexpr Reference references[] = {{QT_TRANSLATE_NOOP("EnvironmentEditor", "Secret"), "secretKeyRef", "name", "key"},
    {QT_TRANSLATE_NOOP("EnvironmentEditor", "ConfigMap"), "configMapKeyRef", "name", "key"},
    {QT_TRANSLATE_NOOP("EnvironmentEditor", "Field"), "fieldRef", "fieldPath", nullptr}};

const Reference *referenceOf(const Value &variable)
{
    for (const Reference &reference : references) {
        if (variable.get("valueFrom").get(reference.key).isMap())
            return &reference;
    }
    return nullptr;
}

} // namespace

EnvironmentEditor::EnvironmentEditor(const FieldSpec &field, FormSource &source, QWidget *parent) :
    TableEditor({tr("Name"), tr("From"), tr("Value or reference")}, tr("Add variable"), field, source, parent)
{
    QStringList words{tr("Value")};
    for (const Reference &reference : references)
        words.append(tr(reference.word));
    setChoices(FromColumn, words);
    table()->setColumnWidth(NameColumn, 175);
    table()->setColumnWidth(FromColumn, 66);
}

std::optional<std::vector<TableEditor::Row>> EnvironmentEditor::rowsOf(const Value &value) const
{
    std::vector<Row> rows;
    if (value.isNil())
        return rows;
    if (!value.isList())
        return std::nullopt;
    for (const Value &variable : value.asList().items) {
        const QString name = qs(variable.get("name"));
        if (const Reference *reference = referenceOf(variable)) {
            const Value target = variable.get("valueFrom").get(reference->key);
            QString where = QString::fromStdString(target.get(reference->first).stringOr());
            if (reference->second)
                where += u'/' + QString::fromStdString(target.get(reference->second).stringOr());
            rows.push_back({name, tr(reference->word), where});
        } else if (variable.get("valueFrom").isMap()) {
            rows.push_back({name, tr("Other"), qs(variable.get("valueFrom"))});
        } else {
            const std::string shown = variable.get("value").stringOr();
            const bool secret = looksSecret(shown) || document::namesSecret(variable.get("name").stringOr());
            rows.push_back({name, tr("Value"),
                secret                              ? tr("(hidden)")
                    : variable.get("value").isNil() ? QString()
                                                    : qs(variable.get("value"))});
        }
    }
    return rows;
}

void EnvironmentEditor::commitCell(int row, int column, const QString &string)
{
    const Value list = source().value(field().path);
    if (!list.isList() || row >= int(list.asList().items.size()))
        return;
    const Value variable = list.asList().items[row];
    const Reference *reference = referenceOf(variable);
    if (column == NameColumn) {
        source().set(itemPath(row).child("name"), text(string.trimmed()));
        return;
    }
    if (column == ValueColumn) {
        if (!reference && variable.get("valueFrom").isNil()) {
            source().set(itemPath(row).child("value"), text(string));
        } else if (reference) {
            const qsizetype slash = string.indexOf(u'/');
            const Value target = variable.get("valueFrom").get(reference->key).deepCopy();
            target.asMap().set(reference->first, text(reference->second ? string.left(slash) : string));
            if (reference->second)
                target.asMap().set(reference->second, text(slash < 0 ? QString() : string.mid(slash + 1)));
            source().set(itemPath(row).child("valueFrom").child(reference->key), target);
        }
        return;
    }
    const Value changed = Value::map({{"name", variable.get("name")}});
    const Reference *wanted = nullptr;
    for (const Reference &known : references) {
        if (tr(known.word) == string)
            wanted = &known;
    }
    if (wanted == reference)
        return;
    if (wanted) {
        const Value target = Value::map({{wanted->first, text({})}});
        if (wanted->second)
            target.asMap().set(wanted->second, text({}));
        changed.asMap().set("valueFrom", Value::map({{wanted->key, target}}));
    } else {
        changed.asMap().set("value", text({}));
    }
    source().set(itemPath(row), changed);
}

void EnvironmentEditor::appendRow()
{
    source().set(itemPath(table()->rowCount()), Value::map({{"name", text(tr("NAME"))}, {"value", text({})}}));
    table()->setCurrentCell(table()->rowCount() - 1, NameColumn);
    table()->setFocus();
}

void EnvironmentEditor::removeRow(int row)
{
    source().unset(itemPath(row));
}

} // namespace pk::gui
