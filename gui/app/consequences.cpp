// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/consequences.h"

#include "texts/texts.h"
#include "yaml/printer.h"

#include <algorithm>

namespace pk::gui {

namespace {

using release::Consequence;

ChangeState shown(Consequence consequence)
{
    switch (consequence) {
    case Consequence::Refused:
        return ChangeState::Refused;
    case Consequence::Replaced:
        return ChangeState::Replaced;
    case Consequence::Deleted:
        return ChangeState::Deleted;
    case Consequence::Restarts:
        return ChangeState::Restarts;
    case Consequence::Created:
        return ChangeState::Created;
    case Consequence::Changed:
    case Consequence::LabelsOnly:
        return ChangeState::Changed;
    case Consequence::Kept:
    case Consequence::Unchanged:
        break;
    }
    return ChangeState::Unchanged;
}

std::string joined(const std::vector<std::string> &words)
{
    std::string all;
    for (const std::string &word : words)
        all += (all.empty() ? "" : ", ") + word;
    return all;
}

void append(QVector<ReviewState::Item> &items, ChangeState state, const std::string &id,
    const texts::Parameters &parameters, const std::string &detailId = {})
{
    const std::string detail = detailId.empty() ? "consequence." + id + ".detail" : "consequence." + detailId + ".detail";
    items.append({glyph(state), texts::fill("consequence." + id, parameters), texts::fill(detail, parameters)});
}

} // namespace

QVector<ReviewState::Item> consequenceItems(
    const std::vector<release::ObjectChange> &changes, bool install, int objects)
{
    QVector<ReviewState::Item> items;
    if (install) {
        append(items, ChangeState::Created, "install", {{"count", std::to_string(objects)}});
        return items;
    }
    for (const release::ObjectChange &change : changes) {
        if (change.consequence == Consequence::Unchanged)
            continue;
        const texts::Parameters parameters = {{"object", change.kind + " " + change.name},
            {"paths", joined(change.refusedPaths)}, {"by", change.replacedBy},
            {"count", std::to_string(change.restarts)}};
        if (change.consequence == Consequence::Restarts && change.restarts == 0)
            append(items, ChangeState::Changed, "changed", parameters);
        else
            append(items, shown(change.consequence), release::nameOf(change.consequence), parameters,
                change.needsRestart ? "needs-restart" : std::string());
        if (change.scaledFrom >= 0 && change.scaledTo >= 0 && change.scaledFrom != change.scaledTo) {
            const bool up = change.scaledTo > change.scaledFrom;
            append(items, up ? ChangeState::Created : ChangeState::Deleted, up ? "scaled-up" : "scaled-down",
                {{"count", std::to_string(std::abs(change.scaledTo - change.scaledFrom))},
                    {"from", std::to_string(change.scaledFrom)}, {"to", std::to_string(change.scaledTo)}});
        }
        if (!change.leftBehind.empty())
            append(items, ChangeState::Changed, "left-behind", {{"count", std::to_string(change.leftBehind.size())}});
    }
    if (items.isEmpty())
        append(items, ChangeState::Unchanged, "nothing", {});
    return items;
}

QVector<PreviewObject> previewObjects(const std::vector<release::Object> &before, const chart::Rendered *rendered,
    const std::vector<release::Object> &after, const std::vector<release::ObjectChange> &changes)
{
    const auto changeOf = [&changes](const std::string &key) {
        const auto change = std::find_if(
            changes.begin(), changes.end(), [&key](const release::ObjectChange &known) { return known.key == key; });
        return change == changes.end() ? Consequence::Unchanged : change->consequence;
    };
    const auto text = [](const release::Object &object) {
        return QByteArray::fromStdString(yaml::toYaml(object.tree)) + '\n';
    };
    QVector<PreviewObject> objects;
    for (const release::Object &object : after) {
        PreviewObject one;
        one.key = QString::fromStdString(object.key());
        one.kind = QString::fromStdString(object.kind);
        one.name = QString::fromStdString(object.name);
        one.state = shown(changeOf(object.key()));
        if (before.empty())
            one.state = ChangeState::Created;
        // Comparing needs one form on both sides, whoever wrote the text; without a baseline the rendered text counts.
        one.after = text(object);
        const auto old = std::find_if(
            before.begin(), before.end(), [&](const release::Object &known) { return known.key() == object.key(); });
        if (old != before.end())
            one.before = text(*old);
        if (rendered) {
            for (const chart::ManifestObject &manifest : rendered->objects) {
                if (manifest.kind == object.kind && manifest.name == object.name)
                    one.firstLine = manifest.line;
                if (before.empty() && manifest.kind == object.kind && manifest.name == object.name)
                    one.after = QByteArray::fromStdString(manifest.text);
            }
        }
        objects.append(one);
    }
    for (const release::Object &object : before) {
        const bool gone = std::none_of(
            after.begin(), after.end(), [&](const release::Object &known) { return known.key() == object.key(); });
        if (!gone)
            continue;
        PreviewObject one;
        one.key = QString::fromStdString(object.key());
        one.kind = QString::fromStdString(object.kind);
        one.name = QString::fromStdString(object.name);
        one.before = text(object);
        one.state = ChangeState::Deleted;
        objects.append(one);
    }
    return objects;
}

} // namespace pk::gui
