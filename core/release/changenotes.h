// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "release/changes.h"

#include <string>
#include <utility>
#include <vector>

namespace pk::release {

/// One thing that a change does, as an id and parameters: what the review, the Values tab and `poolkeeper diff` tell.
struct ChangeNote
{
    /// How it looks, as Consequence::Created, Deleted, ...; not always that of the object, whose scaling is one note
    /// more.
    Consequence look = Consequence::Unchanged;
    std::string id = {}; ///< "consequence.restarts": its sentence in gui/texts.
    std::string detailId = {}; ///< The second sentence; there may be none of that id.
    std::vector<std::pair<std::string, std::string>> parameters = {}; ///< Of both.
    std::string kind = {}, name = {}; ///< The object; empty: about the whole.
};

/// What a change does; most severe first. `install`: there is nothing to compare with, `objects` are created. Always at
/// least one.
std::vector<ChangeNote> notesOf(const std::vector<ObjectChange> &changes, bool install, std::size_t objects);

} // namespace pk::release
