// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "value/value.h"

#include <string>
#include <vector>

namespace pk::release {

/// How far an object is, by the rules of kstatus (spec: helm.md 7.5).
struct Readiness
{
    enum class State { Current, InProgress, Failed, Terminating };
    State state = State::Current;
    std::string message; ///< "Ready: 1/2"
    bool operator==(const Readiness &) const = default;
};
const char *nameOf(Readiness::State state); ///< kstatus' words: "Current", "InProgress", …

/// `unschedulableLong`: a Pod has been unschedulable for over 15 s, which the object alone does not tell.
Readiness readinessOf(const Value &live, bool unschedulableLong = false);

/// How many workers of a workload run what it asks for, for progress: "2 of 3".
struct WorkerProgress
{
    int ready = 0, updated = 0, desired = 0;
    bool operator==(const WorkerProgress &) const = default;
};
WorkerProgress workerProgressOf(const Value &workload);

/// Pods that an ordered StatefulSet waits for though they can never become ready: of another revision than it wants,
/// and with a container that cannot start, or without a node. The controller does not replace them by itself ("forced
/// rollback" in Kubernetes' documentation), so a rollback or a mended upgrade would wait for ever.
std::vector<Value> podsInTheWay(const Value &statefulSet, const std::vector<Value> &pods);

} // namespace pk::release
