// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pool/eviction.h"

#include <QByteArray>

#include <vector>

namespace pk::gui {

/// Evictions as CSV (RFC 4180, UTF-8, times in UTC) for other programs. A word that a spreadsheet would take for a
/// formula is made plain by an apostrophe before it, since it comes from a cluster.
QByteArray evictionsAsCsv(const std::vector<pool::Eviction> &evictions);

} // namespace pk::gui
