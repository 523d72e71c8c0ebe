// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chart/render.h"
#include "preview/objectdiff.h"
#include "release/changes.h"
#include "review/reviewpage.h"

namespace pk::gui {

/// What a change does, as lines for the review and for the strip of the Values tab; most severe first. `install`: there
/// is nothing to compare with, `objects` are created. Always at least one line.
QVector<ReviewState::Item> consequenceItems(
    const std::vector<release::ObjectChange> &changes, bool install, int objects);

/// Objects with their text before and after, in the order in which they are shown: changed first, then Helm's order.
QVector<PreviewObject> previewObjects(const std::vector<release::Object> &before, const chart::Rendered *rendered,
    const std::vector<release::Object> &after, const std::vector<release::ObjectChange> &changes);

} // namespace pk::gui
