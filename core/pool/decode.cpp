// SPDX-License-Identifier: GPL-3.0-or-later
#include "pool/jsonfields.h"

namespace pk::pool {

using namespace json;

namespace {

Error notAnObject(std::string_view what)
{
    return {
        .code = Error::Code::InvalidInput, .message = std::string(what) + " is no JSON object with a metadata.name"};
}

} // namespace

Result<ClaimFacts> decodeClaim(std::string_view text)
{
    ClaimFacts claim;
    const bool read = eachRootField(text, [&](std::string_view key, Field field) {
        if (key == "metadata")
            readMeta(field, claim.meta);
        else if (key == "spec")
            readClaimSpec(field, claim);
        else if (key == "status")
            readClaimStatus(field, claim);
    });
    if (!read || claim.meta.name.empty())
        return notAnObject("claim");
    return claim;
}

Result<DiskFacts> decodeDisk(std::string_view text)
{
    DiskFacts disk;
    const bool read = eachRootField(text, [&](std::string_view key, Field field) {
        if (key == "metadata") {
            readMeta(field, disk.meta);
        } else if (key == "spec") {
            eachField(field, [&](std::string_view name, Field value) {
                if (name == "storageClassName")
                    readText(value, disk.storageClass);
                else if (name == "persistentVolumeReclaimPolicy")
                    readText(value, disk.reclaimPolicy);
                else if (name == "capacity")
                    readTextAt(value, "storage", disk.capacity);
                else if (name == "claimRef")
                    eachField(value, [&](std::string_view part, Field of) {
                        if (part == "namespace")
                            readText(of, disk.claimNs);
                        else if (part == "name")
                            readText(of, disk.claimName);
                        else if (part == "uid")
                            readText(of, disk.claimUid);
                    });
            });
        } else if (key == "status") {
            eachField(field, [&](std::string_view name, Field value) {
                if (name == "phase")
                    readText(value, disk.phase);
                else if (name == "reason")
                    readText(value, disk.reason);
                else if (name == "message")
                    readText(value, disk.message);
            });
        }
    });
    if (!read || disk.meta.name.empty())
        return notAnObject("persistent volume");
    return disk;
}

Result<StorageClassFacts> decodeStorageClass(std::string_view text)
{
    StorageClassFacts facts;
    const bool read = eachRootField(text, [&](std::string_view key, Field field) {
        if (key == "metadata")
            readMeta(field, facts.meta);
        else if (key == "provisioner")
            readText(field, facts.provisioner);
        else if (key == "reclaimPolicy")
            readText(field, facts.reclaimPolicy);
        else if (key == "volumeBindingMode")
            readText(field, facts.bindingMode);
        else if (key == "allowVolumeExpansion")
            readBool(field, facts.allowsGrowth);
    });
    if (!read || facts.meta.name.empty())
        return notAnObject("storage class");
    facts.isDefault = facts.meta.annotation("storageclass.kubernetes.io/is-default-class") == "true";
    return facts;
}

Result<NodeFacts> decodeNode(std::string_view text)
{
    NodeFacts node;
    const auto readTaint = [&](Field item) {
        TaintFacts taint;
        eachField(item, [&](std::string_view name, Field value) {
            if (name == "key")
                readText(value, taint.key);
            else if (name == "value")
                readText(value, taint.value);
            else if (name == "effect")
                readText(value, taint.effect);
        });
        node.taints.push_back(std::move(taint));
    };
    const bool read = eachRootField(text, [&](std::string_view key, Field field) {
        if (key == "metadata") {
            readMeta(field, node.meta);
        } else if (key == "spec") {
            eachField(field, [&](std::string_view name, Field value) {
                if (name == "unschedulable")
                    readBool(value, node.unschedulable);
                else if (name == "taints")
                    eachItem(value, readTaint);
            });
        } else if (key == "status") {
            eachField(field, [&](std::string_view name, Field value) {
                if (name == "conditions")
                    readConditions(value, node.conditions);
                else if (name == "capacity")
                    readStringMap(value, node.capacity);
                else if (name == "allocatable")
                    readStringMap(value, node.allocatable);
                else if (name == "nodeInfo")
                    eachField(value, [&](std::string_view part, Field of) {
                        if (part == "kubeletVersion")
                            readText(of, node.kubeletVersion);
                        else if (part == "osImage")
                            readText(of, node.osImage);
                        else if (part == "containerRuntimeVersion")
                            readText(of, node.runtime);
                    });
            });
        }
    });
    if (!read || node.meta.name.empty())
        return notAnObject("node");
    return node;
}

Result<EventFacts> decodeEvent(std::string_view text)
{
    EventFacts event;
    std::optional<WallTime> eventTime, seriesLast;
    std::string note, reporter, reporterHost;
    const auto readObject = [&](std::string_view part, Field of) {
        if (part == "kind")
            readText(of, event.objectKind);
        else if (part == "namespace")
            readText(of, event.objectNs);
        else if (part == "name")
            readText(of, event.objectName);
        else if (part == "uid")
            readText(of, event.objectUid);
        else if (part == "fieldPath")
            readText(of, event.fieldPath);
    };
    const bool read = eachRootField(text, [&](std::string_view key, Field field) {
        if (key == "metadata")
            readMeta(field, event.meta);
        else if (key == "type")
            readText(field, event.type);
        else if (key == "reason")
            readText(field, event.reason);
        else if (key == "message")
            readText(field, event.message);
        else if (key == "note")
            readText(field, note);
        else if (key == "involvedObject" || key == "regarding")
            eachField(field, readObject);
        else if (key == "count" || key == "deprecatedCount")
            readInteger(field, event.count);
        else if (key == "firstTimestamp" || key == "deprecatedFirstTimestamp")
            readTime(field, event.first);
        else if (key == "lastTimestamp" || key == "deprecatedLastTimestamp")
            readTime(field, event.last);
        else if (key == "eventTime")
            readTime(field, eventTime);
        else if (key == "reportingComponent" || key == "reportingController")
            readText(field, reporter);
        else if (key == "reportingInstance")
            readText(field, reporterHost);
        else if (key == "source" || key == "deprecatedSource")
            eachField(field, [&](std::string_view part, Field of) {
                if (part == "component")
                    readText(of, event.component);
                else if (part == "host")
                    readText(of, event.host);
            });
        else if (key == "series")
            eachField(field, [&](std::string_view part, Field of) {
                if (part == "count")
                    readInteger(of, event.count);
                else if (part == "lastObservedTime")
                    readTime(of, seriesLast);
            });
    });
    if (!read || event.meta.name.empty())
        return notAnObject("event");
    if (event.message.empty())
        event.message = std::move(note);
    if (event.component.empty())
        event.component = std::move(reporter);
    if (event.host.empty())
        event.host = std::move(reporterHost);
    // The scheduler writes events of the newer API: there both old times are null.
    if (!event.first)
        event.first = eventTime ? eventTime : event.meta.created;
    if (!event.last)
        event.last = seriesLast ? seriesLast : event.first;
    if (event.count < 1)
        event.count = 1;
    return event;
}

} // namespace pk::pool
