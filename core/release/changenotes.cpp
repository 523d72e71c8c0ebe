// SPDX-License-Identifier: GPL-3.0-or-later
#include "release/changenotes.h"

#include <algorithm>
#include <cstdlib>

namespace pk::release {

namespace {

constexpr std::size_t MostNamed = 2; ///< Of paths that nobody has to act on.

std::string joined(const std::vector<std::string> &words, std::size_t most = ~std::size_t(0))
{
    std::string all;
    for (std::size_t i = 0; i < std::min(words.size(), most); ++i)
        all += (all.empty() ? "" : ", ") + words[i];
    return words.size() > most ? all + ", …" : all;
}

ChangeNote noteOf(
    Consequence look, const std::string &name, std::vector<std::pair<std::string, std::string>> parameters)
{
    return {look, "consequence." + name, "consequence." + name + ".detail", std::move(parameters), {}, {}};
}

ChangeNote objectNote(const ObjectChange &change)
{
    // A pod template that differs where no worker runs restarts nobody.
    const bool restartsNobody = change.consequence == Consequence::Restarts && change.restarts == 0;
    const Consequence look = restartsNobody ? Consequence::Changed : change.consequence;
    ChangeNote note = noteOf(look, nameOf(look),
        {{"object", change.kind + " " + change.name}, {"paths", joined(change.refusedPaths)}, {"by", change.replacedBy},
            {"count", std::to_string(change.restarts)}, {"varying", joined(change.varyingPaths, MostNamed)}});
    if (change.needsRestart && !restartsNobody)
        note.detailId = "consequence.needs-restart.detail";
    if (change.onlyVaries)
        note.detailId = "consequence.varies.detail";
    return note;
}

} // namespace

std::vector<ChangeNote> notesOf(const std::vector<ObjectChange> &changes, bool install, std::size_t objects)
{
    if (install)
        return {noteOf(Consequence::Created, "install", {{"count", std::to_string(objects)}})};
    std::vector<ChangeNote> notes;
    for (const ObjectChange &change : changes) {
        if (change.consequence == Consequence::Unchanged)
            continue;
        const auto add = [&](ChangeNote note) {
            note.kind = change.kind;
            note.name = change.name;
            notes.push_back(std::move(note));
        };
        add(objectNote(change));
        if (change.scaledFrom >= 0 && change.scaledTo >= 0 && change.scaledFrom != change.scaledTo) {
            const bool up = change.scaledTo > change.scaledFrom;
            add(noteOf(up ? Consequence::Created : Consequence::Deleted, up ? "scaled-up" : "scaled-down",
                {{"count", std::to_string(std::abs(change.scaledTo - change.scaledFrom))},
                    {"from", std::to_string(change.scaledFrom)}, {"to", std::to_string(change.scaledTo)}}));
        }
        if (!change.leftBehind.empty())
            add(noteOf(Consequence::Changed, "left-behind", {{"count", std::to_string(change.leftBehind.size())}}));
    }
    std::stable_sort(
        notes.begin(), notes.end(), [](const ChangeNote &a, const ChangeNote &b) { return a.look < b.look; });
    if (notes.empty())
        notes.push_back(noteOf(Consequence::Unchanged, "nothing", {}));
    return notes;
}

} // namespace pk::release
