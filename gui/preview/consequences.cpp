// SPDX-License-Identifier: GPL-3.0-or-later
#include "preview/consequences.h"

#include "release/changenotes.h"
#include "release/varying.h"
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

const chart::ManifestObject *objectOf(const chart::Rendered &rendered, const QString &key)
{
    const auto found = std::find_if(rendered.objects.begin(), rendered.objects.end(),
        [&key](const chart::ManifestObject &object) { return previewKey(object.kind, object.name) == key; });
    return found == rendered.objects.end() ? nullptr : &*found;
}

QVector<int> numbers(const std::vector<int> &lines)
{
    return {lines.begin(), lines.end()};
}

} // namespace

QVector<ConsequenceLine> consequenceLines(const std::vector<release::ObjectChange> &changes, bool install, int objects)
{
    QVector<ConsequenceLine> items;
    for (const release::ChangeNote &note : release::notesOf(changes, install, std::size_t(objects))) {
        items.append({glyph(shown(note.look)), texts::fill(note.id, note.parameters),
            texts::fill(note.detailId, note.parameters),
            note.name.empty() ? QString() : previewKey(note.kind, note.name), shown(note.look)});
    }
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

void markVarying(QVector<PreviewObject> &objects, const chart::Rendered *before, const chart::Rendered &after)
{
    for (PreviewObject &object : objects) {
        if (const chart::ManifestObject *now = objectOf(after, object.key))
            object.varyingAfter = numbers(release::varyingLines(*now, after));
        const chart::ManifestObject *old = before ? objectOf(*before, object.key) : nullptr;
        if (old)
            object.varyingBefore = numbers(release::varyingLines(*old, *before));
    }
}

void markVaryingFields(QVector<PreviewObject> &objects, const chart::Rendered &rendered)
{
    for (PreviewObject &object : objects) {
        if (const chart::ManifestObject *wanted = objectOf(rendered, object.key))
            object.varyingAfter =
                numbers(release::linesOf(object.after.toStdString(), release::varyingPaths(*wanted, rendered)));
    }
}

} // namespace pk::gui
