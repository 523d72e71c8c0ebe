// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pool/pool.h"
#include "widgets/glyphs.h"

#include <QString>

namespace pk::gui {

// From core's states to the glyphs and words of the window.
WorkerState shown(pool::WorkerState state);
ContainerState shown(pool::ContainerState state);
VolumeState shown(pool::ClaimState state);
NodeState shown(pool::NodeState state);

/// "Worker 3": by ordinal, else by the last part of the pod's name.
QString workerName(const pool::Worker &worker);
QString workerName(const pool::Eviction &eviction);
/// The most specific word for what a worker does: its reason when there is one, else its state's word.
QString workerWord(const pool::Worker &worker);
/// "Claim of 100Gi, Bound", "emptyDir, no limit": where the worker keeps its data.
QString storageLine(const pool::Worker &worker);
/// "9.4 / 9.8 GiB": what was free at an eviction and the limit; plain numbers for inodes; empty when it was not told.
QString freeAndLimit(const pool::EvictionMessage &what);
/// One such figure: "9.4 GiB", or "4,800" of inodes.
QString resourceFigure(const pool::EvictionMessage &what, const std::string &figure);
/// The square of a worker on the map: what keeps the worker back, else the worse of its containers.
ContainerState mapState(const pool::Worker &worker);
/// For each worker: does it run an older build of its image than the newest worker with the same image reference?
std::vector<bool> olderImages(const std::vector<pool::Worker> &workers);
/// "sha256:b770e1d..." as "b770e1d"; empty stays empty.
QString shortDigest(const std::string &digest);

} // namespace pk::gui
