// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pool/live/poolstore.h"

#include <cstdio>
#include <cstdlib>

/// 10,000 pods in 100 pools.
namespace pk::bench {

using namespace pk::pool;

inline constexpr int podCount = 10'000;
inline constexpr int poolCount = 100;

/// A pod of pool `index % poolCount` as the API server sends it.
inline std::string podJson(int index, bool ready)
{
    const std::string set = "pool-" + std::to_string(index % poolCount);
    const std::string name = set + "-" + std::to_string(index / poolCount);
    const std::string state = ready
        ? R"("ready":true,"started":true,"state":{"running":{"startedAt":"2026-11-23T10:00:00Z"}})"
        : R"("ready":false,"started":false,"state":{"waiting":{"reason":"ImagePullBackOff"}})";
    std::string statuses;
    for (const char *container : {"launcher", "dind"})
        statuses += std::string(statuses.empty() ? "" : ",") + R"({"name":")" + container
            + R"(","image":"example.invalid/worker:1","imageID":"example.invalid/worker@sha256:00","restartCount":0,)"
            + state + "}";
    return R"({"kind":"Pod","metadata":{"name":")" + name + R"(","namespace":"ci","uid":"u)" + std::to_string(index)
        + R"(","resourceVersion":"7","creationTimestamp":"2026-11-23T09:59:00Z","labels":{"app.kubernetes.io/instance":")"
        + set + R"("},"ownerReferences":[{"kind":"StatefulSet","name":")" + set + R"(","uid":"s)"
        + std::to_string(index % poolCount) + R"(","controller":true}]},"spec":{"nodeName":"node-)"
        + std::to_string(index % 200)
        + R"(","containers":[{"name":"launcher","image":"example.invalid/worker:1"},{"name":"dind","image":"example.invalid/dind:1"}],)"
        + R"("volumes":[{"name":"launcher-storage","emptyDir":{}}]},"status":{"phase":"Running","containerStatuses":[)"
        + statuses + "]}}";
}

/// The StatefulSet of a pool.
inline WorkloadFacts setOf(int index)
{
    WorkloadFacts set;
    set.kind = "StatefulSet";
    set.meta.name = "pool-" + std::to_string(index);
    set.meta.ns = "ci";
    set.meta.uid = "s" + std::to_string(index);
    set.meta.annotations["meta.helm.sh/release-name"] = set.meta.name;
    set.desired = podCount / poolCount;
    set.containers.resize(2);
    set.containers[0].name = "launcher";
    set.containers[1].name = "dind";
    return set;
}

/// As the I/O thread makes it of the bytes.
inline PodFacts decoded(const std::string &json)
{
    auto pod = decodePod(json);
    if (!pod) {
        std::fprintf(stderr, "bench: %s\n", pod.error().message.c_str());
        std::exit(1);
    }
    return *std::move(pod);
}

} // namespace pk::bench
