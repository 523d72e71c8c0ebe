// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pool/eviction.h"
#include "pool/states.h"

#include <string>
#include <vector>

namespace pk::pool {

/// How a pool keeps launcher-storage (spec: domain.md 1.2).
enum class StorageWay { EmptyDir, Ephemeral, ClaimTemplate, Other };
const char *nameOf(StorageWay way);

/// What the pool's deployed workload says about disks: from it the explanation knows what is missing.
struct StorageSetup
{
    StorageWay way = StorageWay::EmptyDir;
    std::string size; ///< sizeLimit of the emptyDir, or size of the claim; empty: none.
    std::string storageClass;
    std::string launcherRequest, launcherLimit, dindRequest, dindLimit; ///< ephemeral-storage; empty: none.
    bool statefulSet = false;
    bool operator==(const StorageSetup &) const = default;
};
StorageSetup storageSetupOf(const WorkloadFacts &workload);

/// One value to set in the person's values: a path as in Problem::Fix, and the YAML of the new value.
struct ValueChange
{
    std::string path, yaml;
    bool remove = false;
    bool operator==(const ValueChange &) const = default;
};

/// One of at most three ways to keep an eviction from happening again (UI.md 7, Eviction panel).
struct Remedy
{
    std::string id; ///< "remedy.ephemeral-volume", "remedy.requests-and-size-limit", "remedy.raise-size-limit", …
    Parameters parameters = {};
    std::string priceId; ///< What it costs: "price.claims-cost-money", …
    bool fits = false; ///< "fits this case"; at most one.
    std::vector<ValueChange> changes = {}; ///< Empty: nothing to change in the values.
    bool operator==(const Remedy &) const = default;
};

/// An eviction in a sentence, with what the kubelet's message leaves out.
struct Explanation
{
    News what; ///< "eviction.node-low" {worker, node, resource}
    News whyThisPod; ///< "eviction.no-request": first in line; empty when nothing is known.
    News leftOut; ///< "eviction.message-omits-volume"; empty when the message is complete.
    std::vector<Remedy> remedies; ///< The fitting one first.
    bool operator==(const Explanation &) const = default;
};

/// Pure. Sizes that are proposed are the next sensible step over what is known, never over 1 Ti.
Explanation explainEviction(const Eviction &eviction, const StorageSetup &setup);

} // namespace pk::pool
