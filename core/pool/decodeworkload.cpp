// SPDX-License-Identifier: GPL-3.0-or-later
#include "pool/jsonfields.h"

namespace pk::pool {

using namespace json;

namespace {

void readTemplate(Field value, WorkloadFacts &workload)
{
    eachField(value, [&](std::string_view key, Field field) {
        if (key == "metadata") {
            ObjectFacts meta;
            readMeta(field, meta);
            workload.podLabels = std::move(meta.labels);
        } else if (key == "spec") {
            eachField(field, [&](std::string_view name, Field of) {
                if (name == "containers")
                    readContainers(of, ContainerFacts::Kind::Main, workload.containers);
                else if (name == "volumes")
                    readVolumes(of, workload.volumes);
                else if (name == "terminationGracePeriodSeconds")
                    readInteger(of, workload.graceSeconds);
            });
        }
    });
}

void readClaimTemplate(Field value, WorkloadFacts &workload)
{
    ClaimFacts claim;
    eachField(value, [&](std::string_view key, Field field) {
        if (key == "metadata")
            readMeta(field, claim.meta);
        else if (key == "spec")
            readClaimSpec(field, claim);
    });
    workload.claimTemplates.push_back({claim.meta.name, claim.storageClass, claim.requested});
}

void readStrategy(Field value, WorkloadFacts &workload)
{
    eachField(value, [&](std::string_view key, Field field) {
        if (key == "type")
            readText(field, workload.strategy);
        else if (key == "rollingUpdate")
            eachField(field, [&](std::string_view name, Field of) {
                if (name == "partition")
                    readInteger(of, workload.partition);
            });
    });
}

void readSpec(Field value, WorkloadFacts &workload)
{
    eachField(value, [&](std::string_view key, Field field) {
        if (key == "replicas")
            readInteger(field, workload.desired);
        else if (key == "selector")
            eachField(field, [&](std::string_view name, Field of) {
                if (name == "matchLabels")
                    readStringMap(of, workload.selector);
            });
        else if (key == "template")
            readTemplate(field, workload);
        else if (key == "volumeClaimTemplates")
            eachItem(field, [&](Field item) { readClaimTemplate(item, workload); });
        else if (key == "updateStrategy" || key == "strategy")
            readStrategy(field, workload);
        else if (key == "podManagementPolicy")
            readText(field, workload.podManagement);
        else if (key == "serviceName")
            readText(field, workload.serviceName);
        else if (key == "paused")
            readBool(field, workload.paused);
        else if (key == "ordinals")
            eachField(field, [&](std::string_view name, Field of) {
                if (name == "start")
                    readInteger(of, workload.firstOrdinal);
            });
        else if (key == "persistentVolumeClaimRetentionPolicy")
            eachField(field, [&](std::string_view name, Field of) {
                if (name == "whenDeleted")
                    readText(of, workload.whenDeleted);
                else if (name == "whenScaled")
                    readText(of, workload.whenScaled);
            });
    });
}

void readStatus(Field value, WorkloadFacts &workload)
{
    eachField(value, [&](std::string_view key, Field field) {
        if (key == "replicas")
            readInteger(field, workload.replicas);
        else if (key == "readyReplicas")
            readInteger(field, workload.ready);
        else if (key == "updatedReplicas")
            readInteger(field, workload.updated);
        else if (key == "availableReplicas")
            readInteger(field, workload.available);
        else if (key == "currentReplicas")
            readInteger(field, workload.current);
        else if (key == "observedGeneration")
            readInteger(field, workload.observedGeneration);
        else if (key == "currentRevision")
            readText(field, workload.currentRevision);
        else if (key == "updateRevision")
            readText(field, workload.updateRevision);
        else if (key == "conditions")
            readConditions(field, workload.conditions);
    });
}

} // namespace

Result<WorkloadFacts> decodeWorkload(std::string_view text, std::string_view kind)
{
    WorkloadFacts workload;
    workload.kind = kind;
    const bool read = eachRootField(text, [&](std::string_view key, Field field) {
        if (key == "kind")
            readText(field, workload.kind);
        else if (key == "metadata")
            readMeta(field, workload.meta);
        else if (key == "spec")
            readSpec(field, workload);
        else if (key == "status")
            readStatus(field, workload);
    });
    if (!read || workload.meta.name.empty())
        return Error{.code = Error::Code::InvalidInput, .message = "workload is no JSON object with a metadata.name"};
    return workload;
}

} // namespace pk::pool
