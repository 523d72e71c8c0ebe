// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench_pods: 10,000 pods decoded and given to a PoolStore, then ten seconds' worth of 1,000 changes a second in
// flushes of 100. One line of JSON: seconds from the last byte of the list to the first flushed state, memory that it
// took, and the longest flush, which is what a frame has to bear.
#include "pool/live/poolstore.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>

namespace {

using namespace pk;
using namespace pk::pool;
using Clock_ = std::chrono::steady_clock;

constexpr int podCount = 10'000;
constexpr int poolCount = 100;

std::string podJson(int index, bool ready)
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

WorkloadFacts setOf(int index)
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

double residentMegabytes()
{
    std::ifstream file("/proc/self/statm");
    double total = 0;
    double resident = 0;
    file >> total >> resident;
    return resident * 4096 / 1e6;
}

double secondsSince(Clock_::time_point start)
{
    return std::chrono::duration<double>(Clock_::now() - start).count();
}

PodFacts decoded(const std::string &json)
{
    auto pod = decodePod(json);
    if (!pod) {
        std::fprintf(stderr, "bench_pods: %s\n", pod.error().message.c_str());
        std::exit(1);
    }
    return *std::move(pod);
}

} // namespace

int main()
{
    const Clock clock;
    PoolStore store(clock);
    std::size_t told = 0;
    const auto listening =
        store.listen([&told](const PoolChanges &changes) { told += changes.workers.updated.size(); });
    Delta<WorkloadFacts> sets{.replaceAll = true, .upserts = {}, .removed = {}};
    for (int i = 0; i < poolCount; ++i)
        sets.upserts.push_back(setOf(i));
    store.apply(std::move(sets), "StatefulSet");

    std::vector<std::string> bytes;
    for (int i = 0; i < podCount; ++i)
        bytes.push_back(podJson(i, true));
    const double before = residentMegabytes();
    const auto listed = Clock_::now();
    Delta<PodFacts> list{.replaceAll = true, .upserts = {}, .removed = {}};
    for (const std::string &json : bytes)
        list.upserts.push_back(decoded(json));
    store.apply(std::move(list));
    store.flush();
    const double listSeconds = secondsSince(listed);

    double longest = 0;
    int next = 0;
    for (int flush = 0; flush < 100; ++flush) {
        const auto start = Clock_::now();
        Delta<PodFacts> delta;
        for (int i = 0; i < 100; ++i, next = (next + 37) % podCount)
            delta.upserts.push_back(decoded(podJson(next, flush % 2 == 1)));
        store.apply(std::move(delta));
        store.flush();
        longest = std::max(longest, secondsSince(start) * 1000);
    }
    const double grown = residentMegabytes() - before;
    if (store.pools().size() != poolCount || told == 0) {
        std::fprintf(stderr, "bench_pods: %zu pools, %zu changes told\n", store.pools().size(), told);
        return 1;
    }
    std::printf(
        "{\"listSeconds\": %.3f, \"longestFlushMs\": %.2f, \"grownMegabytes\": %.1f}\n", listSeconds, longest, grown);
    return 0;
}
