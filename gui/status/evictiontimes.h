// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pool/pool.h"
#include "widgets/timeline.h"

#include <map>
#include <string>
#include <vector>

namespace pk::gui {

/// What the ledger knows, laid out over time: a lane for each node and worker that it names, the latest first, with
/// evictions as marks (their ids are places in `evictions`) and the spans in which a node is known to have been under
/// pressure. How full disks were is in no ledger: the figure says so. `nodes`: as they are now, for pressure that
/// lasts.
TimeLineData timeLineOf(const std::vector<pool::Eviction> &evictions, const std::map<std::string, pool::Node> &nodes,
    WallTime from, WallTime now);

} // namespace pk::gui
