// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pool/facts.h"
#include "widgets/eventrows.h"

namespace pk::gui {

/// An event of the cluster as a row; repeated ones say how often and since when. Text of the cluster is made harmless.
EventRows::Row eventRow(const pool::EventFacts &event);

/// The first `most` of `events`, which are newest first.
QVector<EventRows::Row> eventRows(const std::vector<const pool::EventFacts *> &events, int most);

} // namespace pk::gui
