// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "status/overviewstate.h"
#include "widgets/metricstrip.h"

namespace pk::gui {

/// The worst worker, by state and how long it waits; null when all are ready.
const pool::Worker *worstOf(const pool::Pool &pool);

/// The figures above the workers: how many are ready, evictions, images, storage.
QVector<MetricStrip::Metric> poolMetrics(const OverviewState &state);

} // namespace pk::gui
