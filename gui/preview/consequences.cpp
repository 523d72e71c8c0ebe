// SPDX-License-Identifier: GPL-3.0-or-later
#include "preview/consequences.h"

#include "texts/texts.h"

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

/// Most severe first, as UI.md 6.4 has them.
int rankOf(ChangeState state)
{
    constexpr ChangeState order[] = {ChangeState::Refused, ChangeState::Replaced, ChangeState::Deleted,
        ChangeState::Restarts, ChangeState::Created, ChangeState::Changed, ChangeState::Unchanged};
    return int(std::find(std::begin(order), std::end(order), state) - std::begin(order));
}

std::string joined(const std::vector<std::string> &words)
{
    std::string all;
    for (const std::string &word : words)
        all += (all.empty() ? "" : ", ") + word;
    return all;
}

void append(QVector<ConsequenceLine> &items, ChangeState state, const std::string &id,
    const texts::Parameters &parameters, const std::string &detailId = {}, const QString &objectKey = {})
{
    const std::string detail =
        detailId.empty() ? "consequence." + id + ".detail" : "consequence." + detailId + ".detail";
    items.append({glyph(state), texts::fill("consequence." + id, parameters), texts::fill(detail, parameters),
        objectKey, state});
}

} // namespace

QVector<ConsequenceLine> consequenceLines(const std::vector<release::ObjectChange> &changes, bool install, int objects)
{
    QVector<ConsequenceLine> items;
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
        const QString key = previewKey(change.kind, change.name);
        if (change.consequence == Consequence::Restarts && change.restarts == 0)
            append(items, ChangeState::Changed, "changed", parameters, {}, key);
        else
            append(items, shown(change.consequence), release::nameOf(change.consequence), parameters,
                change.needsRestart ? "needs-restart" : std::string(), key);
        if (change.scaledFrom >= 0 && change.scaledTo >= 0 && change.scaledFrom != change.scaledTo) {
            const bool up = change.scaledTo > change.scaledFrom;
            append(items, up ? ChangeState::Created : ChangeState::Deleted, up ? "scaled-up" : "scaled-down",
                {{"count", std::to_string(std::abs(change.scaledTo - change.scaledFrom))},
                    {"from", std::to_string(change.scaledFrom)}, {"to", std::to_string(change.scaledTo)}},
                {}, key);
        }
        if (!change.leftBehind.empty())
            append(items, ChangeState::Changed, "left-behind", {{"count", std::to_string(change.leftBehind.size())}},
                {}, key);
    }
    std::stable_sort(items.begin(), items.end(),
        [](const ConsequenceLine &a, const ConsequenceLine &b) { return rankOf(a.state) < rankOf(b.state); });
    if (items.isEmpty())
        append(items, ChangeState::Unchanged, "nothing", {});
    return items;
}

QString previewKey(const std::string &kind, const std::string &name)
{
    return QString::fromStdString(kind + "/" + name);
}

QVector<PreviewObject> previewObjects(const std::vector<chart::ManifestObject> &before,
    const std::vector<chart::ManifestObject> &after, const std::vector<release::ObjectChange> &changes)
{
    const auto same = [](const chart::ManifestObject &a, const chart::ManifestObject &b) {
        return a.kind == b.kind && a.name == b.name && a.namespaceName == b.namespaceName;
    };
    const auto stateOf = [&changes](const chart::ManifestObject &object) {
        const auto change = std::find_if(changes.begin(), changes.end(),
            [&](const release::ObjectChange &known) { return known.kind == object.kind && known.name == object.name; });
        return change == changes.end() ? ChangeState::Unchanged : shown(change->consequence);
    };
    // Helm 4 keeps the blank lines behind a document, Helm 3 does not, and a record joins them otherwise: no change.
    const auto textOf = [](const chart::ManifestObject &object) {
        QByteArray text = QByteArray::fromStdString(object.text);
        while (text.endsWith('\n'))
            text.chop(1);
        return text + '\n';
    };
    const auto entry = [](const chart::ManifestObject &object) {
        PreviewObject one;
        one.key = previewKey(object.kind, object.name);
        one.kind = QString::fromStdString(object.kind);
        one.name = QString::fromStdString(object.name);
        return one;
    };
    QVector<PreviewObject> objects;
    for (const chart::ManifestObject &object : after) {
        PreviewObject one = entry(object);
        one.after = textOf(object);
        one.firstLine = object.line;
        one.state = before.empty() ? ChangeState::Created : stateOf(object);
        const auto old = std::find_if(
            before.begin(), before.end(), [&](const chart::ManifestObject &known) { return same(known, object); });
        if (old != before.end())
            one.before = textOf(*old);
        objects.append(one);
    }
    for (const chart::ManifestObject &object : before) {
        if (std::any_of(
                after.begin(), after.end(), [&](const chart::ManifestObject &known) { return same(known, object); }))
            continue;
        PreviewObject one = entry(object);
        one.before = textOf(object);
        one.state = ChangeState::Deleted;
        objects.append(one);
    }
    return objects;
}

} // namespace pk::gui
