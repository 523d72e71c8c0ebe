// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ledgerrow.h"

namespace pk::gui {

namespace {

using pool::Eviction;
using store::EvictionRow;

/// Calls `copy` with each pair of fields that mean the same.
template <class Copy> void forEachField(Copy copy)
{
    copy(&Eviction::ns, &EvictionRow::ns);
    copy(&Eviction::poolName, &EvictionRow::pool);
    copy(&Eviction::pod, &EvictionRow::pod);
    copy(&Eviction::podUid, &EvictionRow::podUid);
    copy(&Eviction::node, &EvictionRow::node);
    copy(&Eviction::ownerKind, &EvictionRow::ownerKind);
    copy(&Eviction::ownerName, &EvictionRow::ownerName);
    copy(&Eviction::ownerUid, &EvictionRow::ownerUid);
    copy(&Eviction::message, &EvictionRow::message);
    copy(&Eviction::ordinal, &EvictionRow::ordinal);
    copy(&Eviction::count, &EvictionRow::count);
    copy(&Eviction::sources, &EvictionRow::sources);
    copy(&Eviction::time, &EvictionRow::time);
    copy(&Eviction::lastTime, &EvictionRow::lastTime);
}

} // namespace

EvictionRow rowOf(const Eviction &eviction, const std::string &cluster)
{
    EvictionRow row;
    forEachField([&](auto known, auto kept) { row.*kept = eviction.*known; });
    row.cluster = cluster;
    row.key = eviction.key();
    row.cause = pool::nameOf(eviction.what.cause);
    return row;
}

Eviction evictionOf(const EvictionRow &row)
{
    Eviction eviction;
    forEachField([&](auto known, auto kept) { eviction.*known = row.*kept; });
    eviction.what = pool::parseEvictionMessage(row.message);
    return eviction;
}

} // namespace pk::gui
