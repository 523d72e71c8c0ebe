// SPDX-License-Identifier: GPL-3.0-or-later
#include "forms/fieldstate.h"

#include "document/secrets.h"
#include "yaml/printer.h"
#include "yaml/reader.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>
#include <utility>

namespace pk::gui {

namespace {

constexpr int LongestShown = 200; ///< Letters of one layer in a tooltip.

struct FieldState
{
    Q_DECLARE_TR_FUNCTIONS(FieldState)
};

QString hiddenWord()
{
    return FieldState::tr("(hidden)");
}

/// A map or list around `value`, so that it stands where `path` says: whether it is a secret depends on the place.
Value placed(const yaml::Path &path, Value value)
{
    for (auto step = path.steps().rbegin(); step != path.steps().rend(); ++step) {
        if (const auto *key = std::get_if<std::string>(&*step))
            value = Value::map({{*key, value}});
        else
            value = Value::list({value});
    }
    return value;
}

Value taken(const yaml::Path &path, Value whole)
{
    for (const yaml::Step &step : path.steps()) {
        if (const auto *key = std::get_if<std::string>(&step))
            whole = whole.get(*key);
        else
            whole = whole.isList() && !whole.asList().items.empty() ? whole.asList().items.front() : Value();
    }
    return whole;
}

bool isScalar(FieldKind kind)
{
    switch (kind) {
    case FieldKind::Switch:
    case FieldKind::Number:
    case FieldKind::Decimal:
    case FieldKind::Choice:
    case FieldKind::Text:
    case FieldKind::Quantity:
        return true;
    default:
        return false;
    }
}

} // namespace

Origin originOf(const FieldSpec &field, const FormSource &source)
{
    Origin origin = Origin::ChartDefault;
    for (const yaml::Path &path : field.paths())
        origin = std::max(origin, source.origin(path));
    return origin;
}

std::vector<Problem> problemsOf(const FieldSpec &field, const FormSource &source)
{
    std::vector<Problem> all;
    for (const yaml::Path &path : field.paths()) {
        const std::vector<Problem> some = source.problems(path);
        all.insert(all.end(), some.begin(), some.end());
    }
    std::stable_sort(
        all.begin(), all.end(), [](const Problem &a, const Problem &b) { return a.severity < b.severity; });
    return all;
}

bool differsFromDeployed(const FieldSpec &field, const FormSource &source)
{
    if (source.deployedName().isEmpty())
        return false;
    const std::vector<yaml::Path> paths = field.paths();
    return std::any_of(paths.begin(), paths.end(), [&source](const yaml::Path &path) {
        return !source.valueIn(Origin::Edited, path).sameContent(source.valueIn(Origin::Deployed, path));
    });
}

void useLayer(const FieldSpec &field, FormSource &source, Origin layer)
{
    source.beginChange(field.path);
    for (const yaml::Path &path : field.paths()) {
        if (layer == Origin::File) {
            source.resetToFile(path);
            continue;
        }
        const Value value = layer == Origin::ChartDefault ? Value() : source.valueIn(layer, path);
        if (value.isNil())
            source.unset(path);
        else
            source.set(path, value);
    }
    source.endChange();
}

namespace {

/// `value` with "(hidden)" in the place of each secret; nothing when it cannot be told.
std::optional<Value> withoutSecrets(const yaml::Path &path, const Value &value)
{
    const std::string text = yaml::toYaml(placed(path, value));
    const auto hidden = yaml::toValue(document::withoutSecrets(text, '"' + hiddenWord().toStdString() + '"'));
    return hidden ? std::optional(taken(path, *hidden)) : std::nullopt;
}

} // namespace

QString shownValue(const yaml::Path &path, const Value &value)
{
    const auto shown = withoutSecrets(path, value);
    if (!shown)
        return hiddenWord();
    return QString::fromStdString(shown->isString() ? shown->toString() : yaml::toYaml(*shown));
}

QString shownYaml(const yaml::Path &path, const Value &value)
{
    const auto shown = withoutSecrets(path, value);
    return shown ? QString::fromStdString(yaml::toYaml(*shown)) : hiddenWord();
}

QString layersText(const FieldSpec &field, const FormSource &source)
{
    const QString deployed = source.deployedName();
    const std::pair<Origin, QString> layers[] = {{Origin::ChartDefault, FieldState::tr("Default")},
        {Origin::File, source.hasFile() ? FieldState::tr("File") : FieldState::tr("Saved")},
        {Origin::Deployed,
            deployed.isEmpty() ? FieldState::tr("Deployed") : FieldState::tr("Deployed (%1)").arg(deployed)},
        {Origin::Edited, FieldState::tr("Now")}};
    QStringList lines;
    for (const auto &[layer, word] : layers) {
        QStringList values;
        for (const yaml::Path &path : field.paths()) {
            const Value value = source.valueIn(layer, path);
            if (value.isNil())
                continue;
            QString text = field.kind == FieldKind::Secret ? hiddenWord() : shownValue(path, value).trimmed();
            if (text.size() > LongestShown)
                text = text.left(LongestShown) + u'…';
            if (text.isEmpty())
                text = FieldState::tr("empty");
            values.append(text.contains(u'\n') ? u'\n' + text : text);
        }
        const bool absent = layer == Origin::Deployed && deployed.isEmpty();
        lines.append(FieldState::tr("%1: %2").arg(word,
            absent                 ? FieldState::tr("not installed")
                : values.isEmpty() ? FieldState::tr("not set")
                                   : values.join(u'\n')));
    }
    // Lines of YAML are indented under their layer.
    for (QString &line : lines)
        line.replace(u'\n', QStringLiteral("\n    "));
    return lines.join(u'\n');
}

QString longHelp(const FieldSpec &field, const FormSource &source)
{
    QStringList lines{field.label, field.key()};
    constexpr int lineLength = 70; // The popup does not wrap what has lines of its own.
    QString line;
    for (const QString &word : field.help.split(u' ', Qt::SkipEmptyParts)) {
        if (!line.isEmpty() && line.size() + word.size() > lineLength)
            lines.append(std::exchange(line, {}));
        line += (line.isEmpty() ? QString() : QStringLiteral(" ")) + word;
    }
    if (!line.isEmpty())
        lines.append(line);
    if (!field.choices.isEmpty()) {
        QStringList words = field.choices;
        std::ranges::replace(words, QString(), FieldState::tr("empty"));
        lines.append(FieldState::tr("One of: %1").arg(words.join(QStringLiteral(", "))));
    }
    if (field.minimum && field.maximum)
        lines.append(FieldState::tr("From %1 to %2").arg(*field.minimum).arg(*field.maximum));
    else if (field.minimum)
        lines.append(FieldState::tr("At least %1").arg(*field.minimum));
    else if (field.maximum)
        lines.append(FieldState::tr("At most %1").arg(*field.maximum));
    if (!field.pattern.isEmpty())
        lines.append(FieldState::tr("Must match %1").arg(field.pattern));
    lines.append(QString());
    lines.append(layersText(field, source));
    return lines.join(u'\n');
}

QString wasText(const FieldSpec &field, const FormSource &source)
{
    const Value saved = source.valueIn(Origin::File, field.path);
    if (!isScalar(field.kind) || saved.isNil() || source.origin(field.path) != Origin::Edited)
        return {};
    QString was;
    if (saved.isBool())
        was = saved.boolOr(false) ? FieldState::tr("On") : FieldState::tr("Off");
    else if (saved.isString() || saved.isNumber())
        was = shownValue(field.path, saved).trimmed();
    else
        return {};
    if (was.isEmpty())
        was = FieldState::tr("empty");
    if (source.hasFile())
        return FieldState::tr("was %1 in file").arg(was);
    const QString deployed = source.deployedName();
    return deployed.isEmpty() ? FieldState::tr("was %1").arg(was) : FieldState::tr("was %1 in %2").arg(was, deployed);
}

bool matches(const FieldSpec &field, const FormSource &source, const QString &words)
{
    const auto holds = [&words](const QString &text) { return text.contains(words, Qt::CaseInsensitive); };
    if (holds(field.label) || holds(field.help))
        return true;
    const std::vector<yaml::Path> paths = field.paths();
    return std::any_of(paths.begin(), paths.end(), [&](const yaml::Path &path) {
        if (holds(QString::fromStdString(path.toString())))
            return true;
        if (field.kind == FieldKind::Secret)
            return false;
        const Value value = source.value(path);
        return !value.isNil() && holds(shownValue(path, value));
    });
}

} // namespace pk::gui
