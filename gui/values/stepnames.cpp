// SPDX-License-Identifier: GPL-3.0-or-later
#include "values/stepnames.h"

#include "document/treedifference.h"
#include "yaml/path.h"

#include <QCoreApplication>

namespace pk::gui {

namespace {

struct Words
{
    const char *id;
    const char *named; ///< %1: the value.
};

constexpr Words words[] = {
    {"fix.quote", QT_TRANSLATE_NOOP("StepNames", "Quote %1")},
    {"fix.quote-key", QT_TRANSLATE_NOOP("StepNames", "Quote the key %1")},
    {"fix.trim", QT_TRANSLATE_NOOP("StepNames", "Cut off the end of %1")},
    {"fix.straight-quotes", QT_TRANSLATE_NOOP("StepNames", "Quote %1")},
    {"fix.use-default", QT_TRANSLATE_NOOP("StepNames", "Use the default of %1")},
    {"fix.write", QT_TRANSLATE_NOOP("StepNames", "Set %1")},
    {"fix.remove", QT_TRANSLATE_NOOP("StepNames", "Remove %1")},
    {"fix.rename", QT_TRANSLATE_NOOP("StepNames", "Rename %1")},
    {"fix.use-nearest", QT_TRANSLATE_NOOP("StepNames", "Correct %1")},
    {"fix.use-seconds", QT_TRANSLATE_NOOP("StepNames", "Set %1")},
    {"fix.use-statefulset", QT_TRANSLATE_NOOP("StepNames", "Use a StatefulSet")},
    {"edit.set", QT_TRANSLATE_NOOP("StepNames", "Change %1")},
    {"edit.remove", QT_TRANSLATE_NOOP("StepNames", "Remove %1")},
    {"edit.typing", QT_TRANSLATE_NOOP("StepNames", "Typing")},
    {"edit.replace", QT_TRANSLATE_NOOP("StepNames", "Replace the text")},
    {"edit.add", QT_TRANSLATE_NOOP("StepNames", "Add values of a file")},
    {"edit.several", QT_TRANSLATE_NOOP("StepNames", "Change several values")},
};

} // namespace

QString nameOfValue(const std::string &path, const Value &tree)
{
    const auto parsed = yaml::Path::parse(path);
    if (!parsed || parsed->isRoot())
        return QString::fromStdString(path);
    // The item of a list that holds the value says best what it is about.
    for (yaml::Path at = *parsed; !at.isRoot(); at = at.parent()) {
        if (!std::holds_alternative<std::size_t>(at.last()))
            continue;
        const Value name = document::valueAt(tree, at.child("name"));
        if (name.isString() && !name.toString().empty())
            return QString::fromStdString(name.toString()).left(60);
        break;
    }
    const auto *key = std::get_if<std::string>(&parsed->last());
    return QString::fromStdString(key ? *key : path);
}

QString stepWords(const document::StepName &step, const Value &tree)
{
    for (const Words &known : words) {
        if (step.id != known.id)
            continue;
        const QString text = QCoreApplication::translate("StepNames", known.named);
        return text.contains(QLatin1String("%1")) ? text.arg(nameOfValue(step.path, tree)) : text;
    }
    return {};
}

} // namespace pk::gui
