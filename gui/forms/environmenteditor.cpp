// SPDX-License-Identifier: GPL-3.0-or-later
#include "forms/environmenteditor.h"

#include "base/redacted.h"
#include "chart/rules.h"
#include "document/secrets.h"
#include "forms/launchervariables.h"
#include "forms/valuewords.h"
#include "widgets/asking.h"
#include "widgets/elidedlabel.h"
#include "widgets/measures.h"
#include "yaml/printer.h"

namespace pk::gui {

namespace {

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

QString wordOf(const Reference &reference)
{
    return QCoreApplication::translate("EnvironmentEditor", reference.word);
}

const Reference *referenceOf(const Value &variable)
{
    for (const Reference &reference : references) {
        if (variable.get("valueFrom").get(reference.key).isMap())
            return &reference;
    }
    return nullptr;
}

Value emptyTarget(const Reference &reference)
{
    const Value target = Value::map({{reference.first, asValue({})}});
    if (reference.second)
        target.asMap().set(reference.second, asValue({}));
    return Value::map({{reference.key, target}});
}

/// Paints a name with its meaning behind it, for the completer.
class VariableDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return {560, measure::height(44, option.fontMetrics)};
    }
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Theme &colors = theme();
        painter->save();
        painter->fillRect(option.rect, option.state & QStyle::State_Selected ? colors.selection : colors.surface);
        const QRect room = option.rect.adjusted(8, 4, -8, -4);
        painter->setFont(fonts::denseCode());
        painter->setPen(colors.text);
        painter->drawText(room, Qt::AlignLeft | Qt::AlignTop, index.data().toString());
        painter->setFont(fonts::small());
        painter->setPen(colors.muted);
        painter->drawText(room, Qt::AlignLeft | Qt::AlignBottom,
            painter->fontMetrics().elidedText(index.data(Qt::UserRole).toString(), Qt::ElideRight, room.width()));
        painter->restore();
    }
};

} // namespace

EnvironmentEditor::EnvironmentEditor(const FieldSpec &field, FormSource &source, QWidget *parent) :
    ListEditor({tr("Name"), tr("Value or reference"), tr("From"), tr("Set by")}, field, source, parent)
{
    connect(addLink(tr("Add variable"), QStringLiteral("add")), &QPushButton::clicked, this, [this] {
        addAndEdit(
            [this] {
                insertItem(int(items().size()), Value::map({{"name", asValue({})}, {"value", asValue({})}}));
            },
            Name);
    });
    auto *from = addLink(tr("Add from…"), QStringLiteral("addFrom"));
    auto *menu = new QMenu(from);
    for (const Reference &reference : references)
        menu->addAction(wordOf(reference), this, [this, key = reference.key] { addFrom(key); });
    connect(
        from, &QPushButton::clicked, menu, [from, menu] { menu->popup(from->mapToGlobal(QPoint(0, from->height()))); });
    connect(addLink(tr("Paste lines…"), QStringLiteral("paste")), &QPushButton::clicked, this, [this] {
        askText(this, tr("Paste lines"), tr("One variable a line, as NAME=value:"), {},
            [this](const QString &lines) { paste(lines); });
    });
    delegate()->setPrepare([this](QLineEdit *edit, const QModelIndex &index) {
        if (index.column() == Name)
            offerNames(edit);
    });
}

std::string EnvironmentEditor::container() const
{
    const auto &steps = field().path.steps();
    const auto *first = steps.size() == 2 ? std::get_if<std::string>(&steps.front()) : nullptr;
    return first ? *first : std::string();
}

std::set<std::string> EnvironmentEditor::builtIn() const
{
    const Value credentials = Value::map({{"create", source().value({"credentials", "create"})}});
    return chart::builtInVariables(Value::map({{"credentials", credentials}}), container());
}

void EnvironmentEditor::offerNames(QLineEdit *edit) const
{
    if (container() != "launcher")
        return;
    auto *names = new QStandardItemModel(edit);
    const auto taken = builtIn();
    for (const LauncherVariable &variable : launcherVariables()) {
        if (taken.contains(variable.name.toStdString()))
            continue;
        auto *item = new QStandardItem(variable.name);
        item->setData(variable.meaning, Qt::UserRole);
        item->setData(variable.name + QStringLiteral(", ") + variable.meaning, Qt::AccessibleTextRole);
        names->appendRow(item);
    }
    auto *completer = new QCompleter(names, edit);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setFilterMode(Qt::MatchContains);
    completer->popup()->setItemDelegate(new VariableDelegate(completer));
    completer->popup()->setMinimumWidth(480);
    edit->setCompleter(completer);
}

void EnvironmentEditor::refresh()
{
    ListEditor::refresh();
    const int hidden = int(builtIn().size());
    const int count = model()->rowCount();
    countLabel()->setFullText(count == 0 && hidden == 0 ? QString()
            : hidden > 0 ? tr("%n variable(s), %1 built in hidden", nullptr, count).arg(hidden)
                         : tr("%n variable(s)", nullptr, count));
    fitCount();
    fitColumns(width() - 4);
}

QString EnvironmentEditor::removedText(const QString &name) const
{
    return name.isEmpty() ? TableEditor::removedText(name) : tr("Deleted variable %1").arg(name);
}

FormCell EnvironmentEditor::layerOf(const Value &variable) const
{
    const auto sameIn = [&](Origin layer) {
        const Value list = source().valueIn(layer, field().path);
        if (!list.isList())
            return false;
        return std::any_of(list.asList().items.begin(), list.asList().items.end(),
            [&variable](const Value &other) { return other.sameContent(variable); });
    };
    FormCell cell;
    cell.locked = cell.words = true;
    cell.tone = Tone::Muted;
    if (sameIn(Origin::File))
        cell.text = tr("file");
    else if (source().valueIn(Origin::Edited, field().path).isNil())
        cell.text = tr("default");
    else
        cell = {.text = tr("edited"), .locked = true, .words = true, .tone = Tone::Edited};
    return cell;
}

FormRow EnvironmentEditor::rowOf(const Value &variable, int row, const QStringList &masked) const
{
    const QString name = asWords(variable.get("name"));
    const auto wrong = [this, row](const char *key) {
        const auto problems = source().problems(itemPath(row).child(key));
        return !problems.empty() && problems.front().severity == Problem::Severity::Error;
    };
    FormCell nameCell{.text = name, .placeholder = tr("NAME")};
    nameCell.tone = wrong("name") ? Tone::Bad : Tone::Neutral;
    FormCell value;
    FormCell from{.words = true};
    from.choices = {tr("Value")};
    for (const Reference &reference : references)
        from.choices.append(wordOf(reference));
    if (const Reference *reference = referenceOf(variable)) {
        const Value target = variable.get("valueFrom").get(reference->key);
        value.text = QString::fromStdString(target.get(reference->first).stringOr());
        if (reference->second) {
            const QString key = QString::fromStdString(target.get(reference->second).stringOr());
            value.text = value.text.isEmpty() && key.isEmpty() ? QString() : tr("%1, %2").arg(value.text, key);
        }
        value.placeholder = reference->second ? tr("name, key") : tr("metadata.name");
        from.text = wordOf(*reference);
        from.chip = true;
    } else if (variable.get("valueFrom").isMap()) {
        value.text = asWords(variable.get("valueFrom")).replace(u'\n', u' ');
        value.locked = true;
        from.text = tr("Other");
        from.chip = true;
    } else {
        value.text = asWords(variable.get("value"));
        value.secret = !value.text.isEmpty()
            && (looksSecret(value.text.toStdString()) || document::namesSecret(name.toStdString())
                || masked.contains(name));
        value.tone = wrong("value") ? Tone::Bad : Tone::Neutral;
        from.text = tr("Value");
        from.tone = Tone::Muted;
    }
    return {nameCell, value, from, layerOf(variable)};
}

std::optional<std::vector<FormRow>> EnvironmentEditor::rows() const
{
    const Value list = source().value(field().path);
    if (!list.isNil() && !list.isList())
        return std::nullopt;
    const std::vector<Value> variables = items();
    QStringList masked;
    for (const Value &variable : variables) {
        if (variable.get("name").stringOr() == "SPACELIFT_MASK_ENVS") {
            for (const QString &name : QString::fromStdString(variable.get("value").stringOr()).split(u','))
                masked.append(name.trimmed());
        }
    }
    std::vector<FormRow> rows;
    for (std::size_t i = 0; i < variables.size(); ++i)
        rows.push_back(rowOf(variables[i], int(i), masked));
    return rows;
}

void EnvironmentEditor::commitCell(int row, int column, const QString &string)
{
    const std::vector<Value> variables = items();
    if (row >= int(variables.size()))
        return;
    const Value &variable = variables[std::size_t(row)];
    if (column == Name)
        commitName(row, string.trimmed());
    else if (column == ValueOrReference)
        commitValue(row, variable, string);
    else if (column == From)
        commitFrom(row, variable, string);
}

void EnvironmentEditor::commitName(int row, const QString &name)
{
    if (builtIn().contains(name.toStdString())) {
        say(tr("%1: the chart sets this already.").arg(name), Tone::Bad);
        return;
    }
    setInItem(row, yaml::Path{"name"}, asValue(name));
    rowChosen(row);
}

void EnvironmentEditor::commitValue(int row, const Value &variable, const QString &string)
{
    const Reference *reference = referenceOf(variable);
    if (!reference) {
        if (variable.get("valueFrom").isNil())
            setInItem(row, yaml::Path{"value"}, asValue(string));
        return;
    }
    const Value target = variable.get("valueFrom").get(reference->key).deepCopy();
    static const QRegularExpression between(QStringLiteral("\\s*[,/]\\s*"));
    const QRegularExpressionMatch cut = reference->second ? between.match(string) : QRegularExpressionMatch();
    target.asMap().set(
        reference->first, asValue(cut.hasMatch() ? string.left(cut.capturedStart()).trimmed() : string.trimmed()));
    if (reference->second)
        target.asMap().set(
            reference->second, asValue(cut.hasMatch() ? string.mid(cut.capturedEnd()).trimmed() : QString()));
    setInItem(row, yaml::Path{"valueFrom", reference->key}, target);
}

void EnvironmentEditor::commitFrom(int row, const Value &variable, const QString &word)
{
    const Reference *wanted = nullptr;
    for (const Reference &known : references) {
        if (wordOf(known) == word)
            wanted = &known;
    }
    if (wanted == referenceOf(variable) && (wanted || variable.get("valueFrom").isNil()))
        return;
    const Value changed = Value::map({{"name", variable.get("name")}});
    if (wanted)
        changed.asMap().set("valueFrom", emptyTarget(*wanted));
    else
        changed.asMap().set("value", asValue({}));
    setItem(row, changed);
}

void EnvironmentEditor::addFrom(const char *referenceKey)
{
    for (const Reference &reference : references) {
        if (reference.key == std::string_view(referenceKey)) {
            addAndEdit(
                [&] {
                    insertItem(int(items().size()),
                        Value::map({{"name", asValue({})}, {"valueFrom", emptyTarget(reference)}}));
                },
                Name);
        }
    }
}

void EnvironmentEditor::paste(const QString &lines)
{
    static const QRegularExpression form(QStringLiteral("^\\s*(?:export\\s+)?([^=\\s]+)\\s*=\\s*(.*?)\\s*$"));
    const auto refused = builtIn();
    QStringList left;
    source().beginChange(field().path);
    for (const QString &line : lines.split(u'\n')) {
        const QRegularExpressionMatch match = form.match(line);
        if (!match.hasMatch())
            continue;
        if (refused.contains(match.captured(1).toStdString())) {
            left.append(match.captured(1));
            continue;
        }
        QString value = match.captured(2);
        const bool quoted =
            value.size() >= 2 && value.front() == value.back() && (value.front() == u'"' || value.front() == u'\'');
        if (quoted)
            value = value.mid(1, value.size() - 2);
        insertItem(int(items().size()), Value::map({{"name", asValue(match.captured(1))}, {"value", asValue(value)}}));
    }
    source().endChange();
    refresh();
    if (!left.isEmpty())
        say(tr("%1: the chart sets this already.").arg(left.join(QStringLiteral(", "))), Tone::Bad);
}

void EnvironmentEditor::rowChosen(int row)
{
    const std::vector<Value> variables = items();
    say(row >= 0 && row < int(variables.size()) && container() == "launcher"
            ? meaningOfVariable(asWords(variables[std::size_t(row)].get("name")))
            : QString());
}

void EnvironmentEditor::fitColumns(int width)
{
    const bool wide = width > 480;
    const int from = table()->fontMetrics().horizontalAdvance(tr("ConfigMap")) + 24;
    const int setBy = wide ? table()->fontMetrics().horizontalAdvance(tr("Set by")) + 30 : 0;
    table()->setColumnHidden(SetBy, !wide);
    const int rest = width - from - setBy;
    // Names are read whole before values are: these show at least their beginning.
    int longest = 0;
    const QFontMetrics code(fonts::denseCode());
    for (int row = 0; row < model()->rowCount(); ++row)
        longest = std::max(longest, code.horizontalAdvance(model()->cell(row, Name).text) + 24);
    const int name = std::clamp(longest, rest * 2 / 5, rest * 13 / 20);
    table()->setColumnWidth(Name, name);
    table()->setColumnWidth(ValueOrReference, rest - name);
    table()->setColumnWidth(From, from);
}

} // namespace pk::gui
