// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "status/overviewstate.h"

namespace pk::gui {

/// Below the sentence of a pool that is not well: what happened, and the cluster's own words. May be empty.
QString secondLineOfNews(const OverviewState &state);

/// Below the sentence of a cluster that does not answer: why, when it is asked again, what works meanwhile.
QString secondLineOfStale(const OverviewState &state);

/// What would keep the newest eviction from happening again is known, and can be set in the values.
bool hasRemedy(const OverviewState &state);

} // namespace pk::gui
