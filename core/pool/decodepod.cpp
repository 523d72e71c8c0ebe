// SPDX-License-Identifier: GPL-3.0-or-later
#include "pool/jsonfields.h"

namespace pk::pool {

using namespace json;

namespace {

void readTerminated(Field value, std::optional<TerminatedFacts> &terminated)
{
    TerminatedFacts read;
    const bool isObject = eachField(value, [&](std::string_view key, Field field) {
        if (key == "exitCode")
            readInteger(field, read.exitCode);
        else if (key == "signal")
            readInteger(field, read.signal);
        else if (key == "reason")
            readText(field, read.reason);
        else if (key == "message")
            readText(field, read.message);
        else if (key == "startedAt")
            readTime(field, read.started);
        else if (key == "finishedAt")
            readTime(field, read.finished);
    });
    if (isObject)
        terminated = std::move(read);
}

void readState(Field value, ContainerFacts &container)
{
    eachField(value, [&](std::string_view key, Field field) {
        if (key == "waiting") {
            const bool isObject = eachField(field, [&](std::string_view name, Field of) {
                if (name == "reason")
                    readText(of, container.waitingReason);
                else if (name == "message")
                    readText(of, container.waitingMessage);
            });
            if (isObject)
                container.run = ContainerFacts::Run::Waiting;
        } else if (key == "running") {
            const bool isObject = eachField(field, [&](std::string_view name, Field of) {
                if (name == "startedAt")
                    readTime(of, container.runningSince);
            });
            if (isObject)
                container.run = ContainerFacts::Run::Running;
        } else if (key == "terminated") {
            readTerminated(field, container.terminated);
            if (container.terminated)
                container.run = ContainerFacts::Run::Terminated;
        }
    });
}

void readStatuses(Field value, std::vector<ContainerFacts> &statuses)
{
    eachItem(value, [&](Field item) {
        ContainerFacts &container = statuses.emplace_back();
        container.run = ContainerFacts::Run::Waiting; // An empty state means waiting, by the API's documentation.
        eachField(item, [&](std::string_view key, Field field) {
            if (key == "name")
                readText(field, container.name);
            else if (key == "image")
                readText(field, container.image);
            else if (key == "imageID")
                readText(field, container.imageId);
            else if (key == "ready")
                readBool(field, container.ready);
            else if (key == "started")
                readBool(field, container.started);
            else if (key == "restartCount")
                readInteger(field, container.restarts);
            else if (key == "state")
                readState(field, container);
            else if (key == "lastState")
                eachField(field, [&](std::string_view name, Field of) {
                    if (name == "terminated")
                        readTerminated(of, container.lastTerminated);
                });
        });
    });
}

void readPodSpec(Field value, PodFacts &pod)
{
    std::vector<ContainerFacts> mains, inits;
    eachField(value, [&](std::string_view key, Field field) {
        if (key == "nodeName")
            readText(field, pod.node);
        else if (key == "restartPolicy")
            readText(field, pod.restartPolicy);
        else if (key == "priorityClassName")
            readText(field, pod.priorityClass);
        else if (key == "priority")
            readInteger(field, pod.priority);
        else if (key == "terminationGracePeriodSeconds")
            readInteger(field, pod.graceSeconds);
        else if (key == "containers")
            readContainers(field, ContainerFacts::Kind::Main, mains);
        else if (key == "initContainers")
            readContainers(field, ContainerFacts::Kind::Init, inits);
        else if (key == "volumes")
            readVolumes(field, pod.volumes);
    });
    pod.containers = std::move(inits);
    pod.containers.insert(
        pod.containers.end(), std::make_move_iterator(mains.begin()), std::make_move_iterator(mains.end()));
}

/// Gives each container of the spec what its status says. A status without a container in the spec is kept as well:
/// kubectl counts it.
void join(std::vector<ContainerFacts> statuses, bool ofInit, PodFacts &pod)
{
    for (ContainerFacts &status : statuses) {
        ContainerFacts *target = nullptr;
        for (ContainerFacts &container : pod.containers) {
            if (container.name == status.name && (container.kind != ContainerFacts::Kind::Main) == ofInit)
                target = &container;
        }
        if (!target) {
            status.kind = ofInit ? ContainerFacts::Kind::Init : ContainerFacts::Kind::Main;
            pod.containers.push_back(std::move(status));
            continue;
        }
        status.kind = target->kind;
        status.requests = std::move(target->requests);
        status.limits = std::move(target->limits);
        status.mounts = std::move(target->mounts);
        if (status.image.empty())
            status.image = std::move(target->image);
        *target = std::move(status);
    }
}

} // namespace

Result<PodFacts> decodePod(std::string_view text)
{
    PodFacts pod;
    std::vector<ContainerFacts> mains, inits;
    const bool read = eachRootField(text, [&](std::string_view key, Field field) {
        if (key == "metadata") {
            readMeta(field, pod.meta);
        } else if (key == "spec") {
            readPodSpec(field, pod);
        } else if (key == "status") {
            eachField(field, [&](std::string_view name, Field value) {
                if (name == "phase")
                    readText(value, pod.phase);
                else if (name == "reason")
                    readText(value, pod.reason);
                else if (name == "message")
                    readText(value, pod.message);
                else if (name == "qosClass")
                    readText(value, pod.qosClass);
                else if (name == "nominatedNodeName")
                    readText(value, pod.nominatedNode);
                else if (name == "startTime")
                    readTime(value, pod.started);
                else if (name == "conditions")
                    readConditions(value, pod.conditions);
                else if (name == "containerStatuses")
                    readStatuses(value, mains);
                else if (name == "initContainerStatuses")
                    readStatuses(value, inits);
            });
        }
    });
    if (!read || pod.meta.name.empty())
        return Error{.code = Error::Code::InvalidInput, .message = "pod is no JSON object with a metadata.name"};
    pod.hasContainerStatuses = !mains.empty();
    join(std::move(inits), true, pod);
    join(std::move(mains), false, pod);
    for (VolumeFacts &volume : pod.volumes) {
        if (volume.source == VolumeFacts::Source::Ephemeral)
            volume.claim = pod.meta.name + '-' + volume.name;
    }
    return pod;
}

} // namespace pk::pool
