// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/watch.h"
#include "pool/live/poolstore.h"

#include <utility>

namespace pk::pool {

/// Hands what a watch has told to the store, in its order: a pod that was changed, then deleted, must not come back,
/// and the last words of a deleted one may be an eviction. `more`: the kind, for workloads.
template <class Facts, class... More> void feed(PoolStore &store, kube::WatchUpdate<Facts> update, More... more)
{
    Delta<Facts> delta{.replaceAll = update.replaced, .upserts = {}, .removed = {}};
    const auto hand = [&] { store.apply(std::exchange(delta, Delta<Facts>{}), more...); };
    // Delta removes before it adds, so a removal behind an addition begins a new one.
    for (kube::WatchChange<Facts> &change : update.changes) {
        if (change.kind != kube::ChangeKind::Deleted) {
            delta.upserts.push_back(std::move(change.object));
            continue;
        }
        if (!delta.upserts.empty())
            hand();
        delta.removed.push_back(std::move(change.object));
    }
    if (delta.replaceAll || !delta.upserts.empty() || !delta.removed.empty())
        hand();
}

} // namespace pk::pool
