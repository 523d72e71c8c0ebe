// SPDX-License-Identifier: GPL-3.0-or-later
#include "pool/eviction.h"
#include "pool/podstatus.h"

#include <algorithm>
#include <array>

namespace pk::pool {

namespace {

using Run = ContainerFacts::Run;
using namespace std::chrono_literals;

/// Waiting reasons that are no failure: the kubelet is at work.
bool isOnItsWay(std::string_view reason)
{
    return reason.empty() || reason == "ContainerCreating" || reason == "PodInitializing";
}

bool isImageFailure(std::string_view reason)
{
    static constexpr std::array<std::string_view, 6> reasons = {"ErrImagePull", "ImagePullBackOff", "ErrImageNeverPull",
        "ImageInspectError", "RegistryUnavailable", "SignatureValidationFailed"};
    return std::ranges::find(reasons, reason) != reasons.end();
}

/// "…@sha256:abc" or "sha256:abc" as "sha256:abc".
std::string digestOf(std::string_view imageId)
{
    const auto at = imageId.rfind("sha256:");
    return at == std::string_view::npos ? std::string() : std::string(imageId.substr(at));
}

/// The text between `before` and the next `after`; nothing when either is missing.
std::optional<std::string> between(std::string_view text, std::string_view before, std::string_view after)
{
    const auto start = text.find(before);
    if (start == std::string_view::npos)
        return {};
    text.remove_prefix(start + before.size());
    const auto end = text.find(after);
    if (end == std::string_view::npos)
        return {};
    return std::string(text.substr(0, end));
}

/// What CreateContainerConfigError is about: a missing Secret or ConfigMap, or a key of one.
News configNews(const ContainerFacts &container)
{
    const std::string &message = container.waitingMessage;
    static constexpr std::array<std::array<std::string_view, 4>, 2> kinds = {{
        {"secret", "Secret", "worker.secret-missing", "worker.secret-key-missing"},
        {"configmap", "ConfigMap", "worker.configmap-missing", "worker.configmap-key-missing"},
    }};
    for (const auto &[lower, kind, missing, keyMissing] : kinds) {
        if (const auto name = between(message, std::string(lower) + " \"", "\" not found"))
            return {std::string(missing), {{"container", container.name}, {"name", *name}}, message};
        const std::string infix = " in " + std::string(kind) + ' ';
        if (const auto key = between(message, "couldn't find key ", infix)) {
            std::string name = message.substr(message.find(infix) + infix.size());
            if (const auto slash = name.find('/'); slash != std::string::npos)
                name.erase(0, slash + 1);
            return {std::string(keyMissing), {{"container", container.name}, {"name", name}, {"key", *key}}, message};
        }
    }
    return {"worker.container-config-error", {{"container", container.name}}, message};
}

News endNews(const ContainerFacts &container, const TerminatedFacts &end, bool loops)
{
    Parameters parameters = {{"container", container.name}, {"exit", std::to_string(end.exitCode)},
        {"reason", end.reason}, {"restarts", std::to_string(container.restarts)}};
    if (end.reason == "OOMKilled")
        return {"worker.out-of-memory", std::move(parameters), end.message};
    return {loops ? "worker.crash-looping" : "worker.container-ended", std::move(parameters), end.message};
}

/// Why a container keeps its pod from running; only for states CrashLooping and Failed.
News failureNews(const ContainerFacts &container, ContainerState state)
{
    if (state == ContainerState::CrashLooping) {
        if (container.terminated)
            return endNews(container, *container.terminated, true);
        if (container.lastTerminated)
            return endNews(container, *container.lastTerminated, true);
        return {"worker.crash-looping",
            {{"container", container.name}, {"exit", ""}, {"reason", ""},
                {"restarts", std::to_string(container.restarts)}},
            container.waitingMessage};
    }
    if (container.terminated)
        return endNews(container, *container.terminated, false);
    const std::string &reason = container.waitingReason;
    if (isImageFailure(reason))
        return {"worker.image-cannot-be-pulled", {{"container", container.name}, {"image", container.image}},
            container.waitingMessage};
    if (reason == "InvalidImageName")
        return {"worker.image-name-invalid", {{"container", container.name}, {"image", container.image}},
            container.waitingMessage};
    if (reason == "CreateContainerConfigError")
        return configNews(container);
    return {
        "worker.container-cannot-start", {{"container", container.name}, {"reason", reason}}, container.waitingMessage};
}

/// The worst container: crash looping or failed ones, launcher before dind before the rest (the order of the spec).
const ContainerFacts *failingContainer(const PodFacts &pod, ContainerState &state)
{
    for (const ContainerFacts &container : pod.containers) {
        state = readContainer(container).state;
        if (state == ContainerState::CrashLooping || state == ContainerState::Failed)
            return &container;
    }
    return nullptr;
}

/// Kubelet and controllers' own reasons for a pod that is over. Empty when status.reason says nothing.
std::optional<PodReading> readStatusReason(const PodFacts &pod)
{
    PodReading reading;
    const auto failing = [&](const char *id, Parameters parameters = {}) {
        reading.state = WorkerState::Failing;
        parameters.emplace_back("node", pod.node);
        reading.why = {id, std::move(parameters), pod.message};
        return reading;
    };
    if (const auto eviction = evictionFromPod(pod, {})) {
        reading.state = WorkerState::Evicted;
        reading.why = newsOf(*eviction);
        if (eviction->time != WallTime())
            reading.since = eviction->time;
        return reading;
    }
    if (pod.reason == "NodeLost") {
        reading.state = WorkerState::Unknown;
        reading.why = {"worker.node-lost", {{"node", pod.node}}, pod.message};
        return reading;
    }
    if (pod.phase != "Failed")
        return {};
    if (pod.reason == "NodeShutdown" || pod.reason == "Terminated" || pod.reason == "Shutdown")
        return failing("worker.node-shut-down");
    if (pod.reason == "Preempting")
        return failing("worker.preempted");
    if (pod.reason == "DeadlineExceeded")
        return failing("worker.deadline-exceeded");
    if (pod.reason == "NodeAffinity")
        return failing("worker.node-affinity");
    if (pod.reason.starts_with("OutOf"))
        return failing("worker.node-out-of", {{"resource", pod.reason.substr(5)}});
    if (!pod.reason.empty())
        return failing("worker.refused-by-node", {{"reason", pod.reason}});
    return {};
}

PodReading readPending(const PodFacts &pod, WallTime)
{
    PodReading reading;
    const ConditionFacts *scheduled = findCondition(pod.conditions, "PodScheduled");
    reading.state = WorkerState::Waiting;
    if (scheduled && scheduled->reason == "SchedulingGated")
        reading.why = {"worker.scheduling-gated", {}, scheduled->message};
    else if (scheduled && scheduled->status == "False")
        reading.why = {"worker.no-node-fits", {}, scheduled->message};
    else if (pod.node.empty())
        reading.why = {"worker.not-scheduled-yet"};
    else {
        reading.state = WorkerState::Starting;
        reading.why = {"worker.creating-containers", {{"node", pod.node}}};
    }
    if (scheduled && scheduled->since)
        reading.since = scheduled->since;
    return reading;
}

PodReading readRunning(const PodFacts &pod, WallTime now)
{
    PodReading reading;
    const ConditionFacts *ready = findCondition(pod.conditions, "Ready");
    if (ready)
        reading.since = ready->since;
    const ContainerFacts *lagging = nullptr;
    for (const ContainerFacts &container : pod.containers) {
        if (container.kind == ContainerFacts::Kind::Main && (!container.ready || container.run != Run::Running)
            && !lagging)
            lagging = &container;
    }
    if (!lagging && (!ready || ready->status == "True")) {
        reading.state = WorkerState::Ready;
        return reading;
    }
    if (!lagging) {
        reading.state = ready->status == "Unknown" ? WorkerState::Unknown : WorkerState::NotReady;
        // Kubernetes marks the pods of a node that went silent without giving a reason.
        if (ready->reason.empty())
            reading.why = {"worker.pod-marked-not-ready", {}, ready->message};
        else
            reading.why = {"worker.pod-not-ready", {{"reason", ready->reason}}, ready->message};
        return reading;
    }
    const bool young =
        lagging->run != Run::Running || !lagging->runningSince || now - *lagging->runningSince < longStart;
    reading.state = young ? WorkerState::Starting : WorkerState::NotReady;
    reading.why = {young ? "worker.container-starting" : "worker.container-not-ready", {{"container", lagging->name}}};
    return reading;
}

PodReading readState(const PodFacts &pod, WallTime now)
{
    if (auto told = readStatusReason(pod))
        return *told;
    PodReading reading;
    if (pod.meta.deleting) {
        reading.state = WorkerState::Ending;
        reading.why = {"worker.ending", {{"grace", std::to_string(pod.graceSeconds)}}};
        reading.since = pod.meta.deleting;
        return reading;
    }
    ContainerState state = ContainerState::None;
    if (const ContainerFacts *container = failingContainer(pod, state)) {
        reading.state = WorkerState::Failing;
        reading.why = failureNews(*container, state);
        if (container->terminated)
            reading.since = container->terminated->finished;
        return reading;
    }
    if (pod.phase == "Pending")
        return readPending(pod, now);
    if (pod.phase == "Running")
        return readRunning(pod, now);
    if (pod.phase == "Succeeded" || pod.phase == "Failed") {
        reading.state = pod.phase == "Failed" ? WorkerState::Failing : WorkerState::NotReady;
        reading.why = {pod.phase == "Failed" ? "worker.failed" : "worker.ended", {}, pod.message};
        return reading;
    }
    reading.why = {"worker.phase-unknown", {{"phase", pod.phase}}, pod.message};
    return reading;
}

} // namespace

ContainerReading readContainer(const ContainerFacts &container)
{
    ContainerReading reading;
    reading.restarts = container.restarts;
    reading.image = container.image;
    reading.digest = digestOf(container.imageId);
    switch (container.run) {
    case Run::NoStatus:
        break;
    case Run::Waiting:
        reading.reason = container.waitingReason;
        reading.message = container.waitingMessage;
        if (container.waitingReason == "CrashLoopBackOff")
            reading.state = ContainerState::CrashLooping;
        else
            reading.state = isOnItsWay(container.waitingReason) ? ContainerState::Waiting : ContainerState::Failed;
        if (container.lastTerminated)
            reading.exitCode = container.lastTerminated->exitCode;
        break;
    case Run::Running:
        reading.state = container.ready ? ContainerState::Running : ContainerState::Starting;
        break;
    case Run::Terminated: {
        const TerminatedFacts end = container.terminated.value_or(TerminatedFacts());
        reading.reason = end.reason;
        reading.message = end.message;
        reading.exitCode = end.exitCode;
        // A crash looping container shows as terminated between its tries.
        const bool failedBefore = container.lastTerminated && container.lastTerminated->exitCode != 0;
        if (end.exitCode == 0)
            reading.state = ContainerState::Ended;
        else
            reading.state =
                container.restarts >= 2 && failedBefore ? ContainerState::CrashLooping : ContainerState::Failed;
        break;
    }
    }
    return reading;
}

PodReading interpretPod(const PodFacts &pod, WallTime now)
{
    PodReading reading = readState(pod, now);
    reading.kubectlStatus = kubectlColumns(pod, now).status;
    for (const ContainerFacts &container : pod.containers) {
        if (container.kind != ContainerFacts::Kind::Init)
            reading.restarts += container.restarts;
        if (container.name == "launcher")
            reading.launcher = readContainer(container);
        else if (container.name == "dind")
            reading.dind = readContainer(container);
    }
    if (!reading.since)
        reading.since = pod.meta.created;
    return reading;
}

} // namespace pk::pool
