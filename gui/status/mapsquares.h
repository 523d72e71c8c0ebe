// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pool/pool.h"
#include "status/maplegend.h"
#include "widgets/workermap.h"

namespace pk::gui {

/// The squares of a pool's workers, in their order.
QVector<WorkerMap::Worker> mapSquares(const pool::Pool &pool);

/// What the squares mean, calm first, each with its count.
QVector<MapLegend::Entry> mapLegend(const pool::Pool &pool);

} // namespace pk::gui
