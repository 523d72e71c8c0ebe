// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench_pods: 10,000 pods decoded and given to a PoolStore, then ten seconds' worth of 1,000 changes a second in
// flushes of 100, without a window (bench_frames has one). One line of JSON: seconds from the last byte of the list to
// the first flushed state, memory that it took, and the longest flush.
#include "bench/manypods.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>

namespace {

using namespace pk;
using namespace pk::bench;
using Clock_ = std::chrono::steady_clock;

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
        Delta<PodFacts> delta; // Decoded on the I/O thread in the product: not part of a frame.
        for (int i = 0; i < 100; ++i, next = (next + 37) % podCount)
            delta.upserts.push_back(decoded(podJson(next, flush % 2 == 1)));
        const auto start = Clock_::now();
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
