// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "value/value.h"

#include <string>

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

} // namespace pk::release
