// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pk::store {

/// An eviction as the ledger keeps it. Rows are never deleted; a later sighting of the same `key` only completes one.
struct EvictionRow
{
    std::string cluster; ///< uid of the namespace kube-system: the same cluster whatever its context is called.
    std::string key; ///< What makes two sightings the same (pool::Eviction::key()).
    std::string ns, pool, pod, podUid, node, ownerKind, ownerName, ownerUid, cause;
    std::string message; ///< The kubelet's; everything else about the cause can be read from it again.
    int ordinal = -1;
    int count = 1;
    unsigned sources = 0;
    WallTime time{}, lastTime{};
    bool operator==(const EvictionRow &) const = default;
};

/// One step of an operation, as the progress page showed it.
struct StepRow
{
    std::string step, object, state, detail;
    WallTime time{};
    bool operator==(const StepRow &) const = default;
};

/// An install, upgrade, rollback or uninstall by us. One without an end was left or crashed.
struct OperationRow
{
    std::int64_t id = 0; ///< Set by the store.
    std::string cluster, context, ns, release, action;
    int revision = 0; ///< That it writes; 0: not known yet.
    WallTime started{};
    std::optional<WallTime> ended;
    std::string outcome; ///< "done", "failed", "stopped"; empty while it runs.
    std::string message;
    std::vector<StepRow> steps; ///< The last of each step and object; filled by leftOperations().
    bool operator==(const OperationRow &) const = default;
};

/// How full something was at a time.
struct DiskRow
{
    std::string cluster;
    std::string subject; ///< "node/n1", "worker/ci/prod-0", "claim/ci/data-0"
    WallTime time{};
    std::int64_t used = 0, capacity = 0; ///< Bytes.
    std::int64_t inodesUsed = 0, inodes = 0; ///< 0: not known.
    bool operator==(const DiskRow &) const = default;
};

/// A credential plugin that the person allowed (kube::ExecApprovals::hashOf()).
struct ApprovalRow
{
    std::string hash, command;
    WallTime time{};
    bool operator==(const ApprovalRow &) const = default;
};

} // namespace pk::store
