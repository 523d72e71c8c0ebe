// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pool/eviction.h"
#include "store/rows.h"

#include <string>

namespace pk::gui {

/// An eviction as the ledger keeps it, and back. What its message says is read again, since readers learn.
store::EvictionRow rowOf(const pool::Eviction &eviction, const std::string &cluster);
pool::Eviction evictionOf(const store::EvictionRow &row);

} // namespace pk::gui
