// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pool/facts.h"
#include "pool/states.h"

#include <string>

namespace pk::pool {

/// What `kubectl get pods` prints for a pod, as a server of 1.36 computes it (spec: kubernetes.md 3.1).
struct KubectlColumns
{
    std::string ready; ///< "1/2"
    std::string status; ///< "CrashLoopBackOff"
    std::string restarts; ///< "3 (5m ago)"
    std::string age; ///< "5h24m"; "<unknown>" without a creation time.
    bool operator==(const KubectlColumns &) const = default;
};

KubectlColumns kubectlColumns(const PodFacts &pod, WallTime now);

/// kubectl's way to write an age: "38s", "5m3s", "5h24m", "3d4h", "2y17d"; "<invalid>" below -1 s.
std::string humanDuration(std::chrono::nanoseconds duration);

struct ContainerReading
{
    ContainerState state = ContainerState::None;
    std::string reason; ///< "ImagePullBackOff", "OOMKilled"; empty when there is none.
    std::string message; ///< The kubelet's own words.
    int restarts = 0;
    int exitCode = 0;
    std::string image, digest; ///< digest: "sha256:…" of what runs; empty until known.
    bool operator==(const ContainerReading &) const = default;
};

ContainerReading readContainer(const ContainerFacts &container);

/// A container that runs so long without being ready is no longer starting.
inline constexpr std::chrono::minutes longStart(2);

/// A pod as a person needs it: our word with the most specific reason known, and kubectl's beside it.
struct PodReading
{
    WorkerState state = WorkerState::Unknown;
    News why; ///< Empty for Ready.
    std::string kubectlStatus;
    ContainerReading launcher, dind;
    int restarts = 0;
    std::optional<WallTime> since; ///< When `state` began, as far as the API tells.
    bool operator==(const PodReading &) const = default;
};

/// Pure; the same facts give the same reading whatever came before.
PodReading interpretPod(const PodFacts &pod, WallTime now);

} // namespace pk::pool
