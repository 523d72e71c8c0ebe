// SPDX-License-Identifier: GPL-3.0-or-later
#include "pool/remedy.h"

#include "kube/quantity.h"

#include <algorithm>
#include <array>

namespace pk::pool {

namespace {

constexpr std::int64_t gibi = std::int64_t(1) << 30;
constexpr std::string_view ephemeralStorage = "ephemeral-storage";

std::optional<std::int64_t> bytesOf(const std::string &quantity)
{
    if (quantity.empty())
        return {};
    const auto parsed = kube::Quantity::parse(quantity);
    return parsed ? std::optional(parsed->value()) : std::nullopt;
}

/// The next size of a ladder that is at least twice `size`; 50Gi when nothing is known; at most 1Ti.
std::string nextSize(const std::string &size)
{
    static constexpr std::array<std::int64_t, 9> ladder = {10, 20, 50, 100, 150, 200, 300, 500, 1024};
    const auto bytes = bytesOf(size);
    if (!bytes)
        return "50Gi";
    for (const std::int64_t step : ladder) {
        if (step * gibi / 2 >= *bytes)
            return step == 1024 ? "1Ti" : std::to_string(step) + "Gi";
    }
    return "1Ti";
}

Remedy ephemeralVolume(const StorageSetup &setup)
{
    const std::string size = nextSize(setup.size.empty() ? setup.dindLimit : setup.size);
    std::string yaml = "ephemeral:\n  volumeClaimTemplate:\n    spec:\n      accessModes: [ReadWriteOnce]\n";
    if (!setup.storageClass.empty())
        yaml += "      storageClassName: " + setup.storageClass + '\n';
    yaml += "      resources:\n        requests:\n          storage: " + size + '\n';
    return {.id = "remedy.ephemeral-volume",
        .parameters = {{"size", size}},
        .priceId = "price.disk-per-worker",
        .changes = {{.path = "storageVolume", .yaml = std::move(yaml)}}};
}

/// Requests rank the pod later when a node is short, and sizeLimit lets the pod and not the node fail.
Remedy requestsAndSizeLimit(const StorageSetup &setup)
{
    const std::string size = setup.size.empty() ? nextSize(setup.dindRequest) : setup.size;
    Remedy remedy{
        .id = "remedy.requests-and-size-limit", .parameters = {{"size", size}}, .priceId = "price.fewer-fit-a-node"};
    remedy.changes.push_back({.path = "dind.resources.requests.ephemeral-storage", .yaml = size});
    if (setup.size.empty())
        remedy.changes.push_back({.path = "storageVolume", .yaml = "emptyDir:\n  sizeLimit: " + size + '\n'});
    return remedy;
}

Remedy raiseSizeLimit(const Eviction &eviction)
{
    const std::string size = nextSize(eviction.what.limit);
    return {.id = "remedy.raise-size-limit",
        .parameters = {{"from", eviction.what.limit}, {"to", size}},
        .priceId = "price.more-of-the-node",
        .changes = {{.path = "storageVolume.emptyDir.sizeLimit", .yaml = size}}};
}

/// The container whose limit it was; the one with a limit when the pod's sum was it.
Remedy raiseLimit(const Eviction &eviction, const StorageSetup &setup)
{
    std::string container = "dind";
    std::string from = setup.dindLimit;
    const bool named = eviction.what.cause == EvictionCause::ContainerLimit && !eviction.what.containers.empty();
    if (named)
        container = eviction.what.containers.front().name;
    if (container == "launcher" || (!named && setup.dindLimit.empty() && !setup.launcherLimit.empty())) {
        container = "launcher";
        from = setup.launcherLimit;
    }
    if (from.empty())
        from = eviction.what.limit;
    const std::string to = nextSize(from);
    Remedy remedy{.id = "remedy.raise-limit",
        .parameters = {{"container", container}, {"from", from}, {"to", to}},
        .priceId = "price.more-of-the-node"};
    // A container of the person's own stands in a list that only they know.
    if (container == "dind" || container == "launcher")
        remedy.changes.push_back({.path = container + ".resources.limits.ephemeral-storage", .yaml = to});
    return remedy;
}

bool isOnNodeDisk(const StorageSetup &setup)
{
    return setup.way == StorageWay::EmptyDir;
}

std::vector<Remedy> remediesOf(const Eviction &eviction, const StorageSetup &setup)
{
    switch (eviction.what.cause) {
    case EvictionCause::NodePressure:
        if (eviction.what.resource == "memory" || eviction.what.resource == "pids")
            return {{.id = eviction.what.resource == "memory" ? "remedy.memory-requests" : "remedy.node-has-no-pids",
                .priceId = {},
                .fits = false,
                .changes = {}}};
        if (!isOnNodeDisk(setup))
            return {{.id = "remedy.somebody-else-filled-the-node", .priceId = "price.nothing"}};
        if (eviction.what.resource == "inodes")
            return {ephemeralVolume(setup)}; // Requests do not count inodes, and sizeLimit neither.
        return {ephemeralVolume(setup), requestsAndSizeLimit(setup)};
    case EvictionCause::EmptyDirLimit:
        if (eviction.what.volume != "launcher-storage")
            return {{.id = "remedy.raise-limit-of-own-volume",
                .parameters = {{"volume", eviction.what.volume}, {"from", eviction.what.limit}},
                .priceId = "price.more-of-the-node"}};
        return {raiseSizeLimit(eviction), ephemeralVolume(setup)};
    case EvictionCause::PodLimit:
    case EvictionCause::ContainerLimit:
        if (isOnNodeDisk(setup))
            return {raiseLimit(eviction, setup), ephemeralVolume(setup)};
        return {raiseLimit(eviction, setup)};
    case EvictionCause::Rejected:
    case EvictionCause::Unknown:
        break;
    }
    return {};
}

News whyThisPod(const Eviction &eviction, const StorageSetup &setup)
{
    if (eviction.what.cause != EvictionCause::NodePressure)
        return {};
    if (eviction.what.resource == "inodes")
        return {"eviction.inodes-have-no-request"};
    if (eviction.what.resource != ephemeralStorage)
        return {};
    if (setup.dindRequest.empty() && setup.launcherRequest.empty())
        return {"eviction.no-request"};
    return {"eviction.over-request", {{"launcher", setup.launcherRequest}, {"dind", setup.dindRequest}}};
}

} // namespace

const char *nameOf(StorageWay way)
{
    switch (way) {
    case StorageWay::EmptyDir:
        return "empty-dir";
    case StorageWay::Ephemeral:
        return "ephemeral";
    case StorageWay::ClaimTemplate:
        return "claim-template";
    case StorageWay::Other:
        break;
    }
    return "other";
}

StorageSetup storageSetupOf(const WorkloadFacts &workload)
{
    StorageSetup setup;
    setup.statefulSet = workload.kind == "StatefulSet";
    for (const VolumeFacts &volume : workload.volumes) {
        if (volume.name != "launcher-storage")
            continue;
        setup.size = volume.size;
        setup.storageClass = volume.storageClass;
        if (volume.source == VolumeFacts::Source::Ephemeral)
            setup.way = StorageWay::Ephemeral;
        else if (volume.source != VolumeFacts::Source::EmptyDir)
            setup.way = StorageWay::Other;
    }
    // A claim template takes precedence over the volume of its name (domain.md 1.5, Q4).
    for (const ClaimTemplateFacts &claim : workload.claimTemplates) {
        if (claim.name == "launcher-storage") {
            setup.way = StorageWay::ClaimTemplate;
            setup.size = claim.size;
            setup.storageClass = claim.storageClass;
        }
    }
    const auto amount = [](const StringMap &map) {
        const auto found = map.find(ephemeralStorage);
        return found == map.end() ? std::string() : found->second;
    };
    for (const ContainerFacts &container : workload.containers) {
        if (container.name == "launcher") {
            setup.launcherRequest = amount(container.requests);
            setup.launcherLimit = amount(container.limits);
        } else if (container.name == "dind") {
            setup.dindRequest = amount(container.requests);
            setup.dindLimit = amount(container.limits);
        }
    }
    return setup;
}

Explanation explainEviction(const Eviction &eviction, const StorageSetup &setup)
{
    const EvictionMessage &what = eviction.what;
    Explanation explanation;
    const std::string worker = eviction.ordinal >= 0 ? std::to_string(eviction.ordinal) : eviction.pod;
    explanation.what = {std::string("eviction.") + nameOf(what.cause),
        {{"worker", worker}, {"node", eviction.node}, {"resource", what.resource}, {"threshold", what.threshold},
            {"available", what.available}, {"volume", what.volume}, {"limit", what.limit},
            {"container", what.containers.empty() ? std::string() : what.containers.front().name},
            {"count", std::to_string(eviction.count)}},
        eviction.message};
    explanation.whyThisPod = whyThisPod(eviction, setup);
    // The kubelet counts a container's root file system and logs there, and never the emptyDir that was the cause.
    if (what.cause == EvictionCause::NodePressure && isOnNodeDisk(setup)
        && (what.resource == ephemeralStorage || what.resource == "inodes"))
        explanation.leftOut = {
            what.containers.empty() ? "eviction.message-names-no-container" : "eviction.message-omits-volume"};
    explanation.remedies = remediesOf(eviction, setup);
    if (!explanation.remedies.empty() && !explanation.remedies.front().changes.empty())
        explanation.remedies.front().fits = true;
    return explanation;
}

} // namespace pk::pool
