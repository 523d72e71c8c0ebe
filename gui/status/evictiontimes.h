// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pool/pool.h"
#include "widgets/timeline.h"

#include <map>
#include <string>
#include <vector>

namespace pk::gui {

/// What a time line is made of. `nodes`: as they are now, for pressure that lasts; `workers`: of the pool, for how long
/// each has been what it is; empty where pools are mixed.
struct EvictionFacts
{
    const std::vector<pool::Eviction> &evictions;
    const std::map<std::string, pool::Node> &nodes;
    const std::vector<pool::Worker> &workers;
    WallTime from{}, now{};
    qsizetype mostNodes = 4; ///< What does not fit leaves the ledger its room.
    qsizetype mostWorkers = 5;
};

/// The ledger and the present, laid out over time: a lane for each node and worker, with evictions as marks (their ids
/// are places in `evictions`), the spans in which a node is known to have been under pressure, and those in which the
/// pods of now have been ready or waiting. How full disks were is in no ledger.
TimeLineData timeLineOf(const EvictionFacts &facts);

} // namespace pk::gui
