// SPDX-License-Identifier: GPL-3.0-or-later
#include "pool/states.h"

namespace pk::pool {

namespace {

/// What a worker can say about itself; a pool repeats it as "pool.worker.…" with the worker's label and the counts.
const char *const workerIds[] = {"worker.evicted.node-pressure", "worker.evicted.empty-dir-limit",
    "worker.evicted.pod-limit", "worker.evicted.container-limit", "worker.evicted.rejected", "worker.evicted.unknown",
    "worker.node-lost", "worker.node-shut-down", "worker.preempted", "worker.deadline-exceeded", "worker.node-affinity",
    "worker.node-out-of", "worker.refused-by-node", "worker.ending", "worker.scheduling-gated", "worker.no-node-fits",
    "worker.not-scheduled-yet", "worker.creating-containers", "worker.pod-not-ready", "worker.pod-marked-not-ready",
    "worker.container-starting", "worker.container-not-ready", "worker.failed", "worker.ended", "worker.phase-unknown",
    "worker.secret-missing", "worker.secret-key-missing", "worker.configmap-missing", "worker.configmap-key-missing",
    "worker.container-config-error", "worker.out-of-memory", "worker.crash-looping", "worker.container-ended",
    "worker.image-cannot-be-pulled", "worker.image-name-invalid", "worker.container-cannot-start"};

const char *const otherIds[] = {"pool.all-ready", "pool.rolling-out", "pool.no-workers-wanted",
    "pool.scaling-to-nothing", "pool.no-workers-yet", "pool.pods-refused", "pool.workers-missing", "pool.eviction-loop",
    "pool.order-blocked", "claim.lost", "claim.ending", "claim.deletion-waits-for-pod", "claim.left-by-scaling",
    "claim.left-by-deletion", "claim.no-class", "claim.pending", "claim.growing", "claim.growth-waits-for-pod",
    "claim.growth-failed", "claim.growth-impossible", "node.no-word", "node.not-ready", "node.disk-pressure",
    "node.closed", "node.taint-lingers", "eviction.node-pressure", "eviction.empty-dir-limit", "eviction.pod-limit",
    "eviction.container-limit", "eviction.rejected", "eviction.unknown", "eviction.inodes-have-no-request",
    "eviction.no-request", "eviction.over-request", "eviction.message-names-no-container",
    "eviction.message-omits-volume", "remedy.ephemeral-volume", "remedy.requests-and-size-limit",
    "remedy.raise-size-limit", "remedy.raise-limit", "remedy.raise-limit-of-own-volume", "remedy.memory-requests",
    "remedy.node-has-no-pids", "remedy.somebody-else-filled-the-node", "price.disk-per-worker",
    "price.fewer-fit-a-node", "price.more-of-the-node", "price.nothing"};

} // namespace

const std::vector<std::string> &newsIds()
{
    static const std::vector<std::string> ids = [] {
        std::vector<std::string> all(std::begin(otherIds), std::end(otherIds));
        for (const char *id : workerIds) {
            all.emplace_back(id);
            all.push_back(std::string("pool.") + id);
        }
        return all;
    }();
    return ids;
}

} // namespace pk::pool
