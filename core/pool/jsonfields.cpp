// SPDX-License-Identifier: GPL-3.0-or-later
#include "pool/jsonfields.h"

#include <limits>

namespace pk::pool::json {

namespace {

/// Cut so that no UTF-8 sequence is torn.
std::string_view cut(std::string_view text)
{
    if (text.size() <= maxText)
        return text;
    std::size_t end = maxText;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
        --end;
    return text.substr(0, end);
}

void readOwners(Field value, ObjectFacts &meta)
{
    eachItem(value, [&](Field item) {
        std::string kind, name, uid;
        bool controls = false;
        eachField(item, [&](std::string_view key, Field field) {
            if (key == "kind")
                readText(field, kind);
            else if (key == "name")
                readText(field, name);
            else if (key == "uid")
                readText(field, uid);
            else if (key == "controller")
                readBool(field, controls);
        });
        // A claim's owner does not control it, and is still the one that deletes it.
        if (controls || meta.ownerName.empty()) {
            meta.ownerKind = std::move(kind);
            meta.ownerName = std::move(name);
            meta.ownerUid = std::move(uid);
        }
    });
}

void readMounts(Field value, std::vector<MountFacts> &mounts)
{
    eachItem(value, [&](Field item) {
        MountFacts mount;
        eachField(item, [&](std::string_view key, Field field) {
            if (key == "name")
                readText(field, mount.volume);
            else if (key == "mountPath")
                readText(field, mount.path);
            else if (key == "subPath")
                readText(field, mount.subPath);
        });
        mounts.push_back(std::move(mount));
    });
}

void readVolume(Field value, VolumeFacts &volume)
{
    using Source = VolumeFacts::Source;
    static constexpr std::pair<std::string_view, Source> others[] = {{"hostPath", Source::HostPath},
        {"nfs", Source::Nfs}, {"secret", Source::Secret}, {"configMap", Source::ConfigMap},
        {"projected", Source::Projected}, {"downwardAPI", Source::DownwardApi}, {"csi", Source::Csi}};
    eachField(value, [&](std::string_view key, Field field) {
        if (key == "name") {
            readText(field, volume.name);
        } else if (key == "emptyDir") {
            volume.source = Source::EmptyDir;
            eachField(field, [&](std::string_view name, Field of) {
                if (name == "sizeLimit")
                    readQuantity(of, volume.size);
                else if (name == "medium")
                    readText(of, volume.medium);
            });
        } else if (key == "persistentVolumeClaim") {
            volume.source = Source::Claim;
            readTextAt(field, "claimName", volume.claim);
        } else if (key == "ephemeral") {
            volume.source = Source::Ephemeral;
            eachField(field, [&](std::string_view name, Field of) {
                if (name != "volumeClaimTemplate")
                    return;
                ClaimFacts claim;
                eachField(of, [&](std::string_view part, Field spec) {
                    if (part == "spec")
                        readClaimSpec(spec, claim);
                });
                volume.size = std::move(claim.requested);
                volume.storageClass = std::move(claim.storageClass);
            });
        } else {
            volume.source = Source::Other;
            for (const auto &[name, source] : others) {
                if (name == key)
                    volume.source = source;
            }
        }
    });
}

} // namespace

simdjson::error_code parse(std::string_view text, simdjson::ondemand::document &document)
{
    thread_local simdjson::ondemand::parser parser;
    thread_local std::string buffer; // Kept, so that a stream of events does not allocate for each.
    buffer.reserve(text.size() + simdjson::SIMDJSON_PADDING);
    buffer.assign(text);
    return parser.iterate(simdjson::padded_string_view(buffer.data(), buffer.size(), buffer.capacity())).get(document);
}

void readText(Field value, std::string &text)
{
    std::string_view read;
    if (!value.get_string().get(read))
        text.assign(cut(read));
}

void readBool(Field value, bool &flag)
{
    bool read = false;
    if (!value.get_bool().get(read))
        flag = read;
}

void readInteger(Field value, std::int64_t &number)
{
    std::int64_t read = 0;
    if (!value.get_int64().get(read))
        number = read;
}

void readInteger(Field value, int &number)
{
    std::int64_t read = number;
    readInteger(value, read);
    if (read >= std::numeric_limits<int>::min() && read <= std::numeric_limits<int>::max())
        number = static_cast<int>(read);
}

void readTime(Field value, std::optional<WallTime> &time)
{
    std::string_view read;
    if (!value.get_string().get(read)) {
        if (const auto parsed = parseTimestamp(read))
            time = parsed;
    }
}

void readStringMap(Field value, StringMap &map)
{
    eachField(value, [&](std::string_view key, Field field) {
        if (map.size() < maxItems)
            readQuantity(field, map[std::string(cut(key))]);
    });
}

void readTextAt(Field value, std::string_view key, std::string &text)
{
    eachField(value, [&](std::string_view name, Field field) {
        if (name == key)
            readQuantity(field, text);
    });
}

void readQuantity(Field value, std::string &text)
{
    simdjson::ondemand::json_type type;
    if (value.type().get(type))
        return;
    if (type == simdjson::ondemand::json_type::string) {
        readText(value, text);
    } else if (type == simdjson::ondemand::json_type::number) {
        std::string_view token = value.raw_json_token();
        while (!token.empty()
            && (token.back() == ' ' || token.back() == '\n' || token.back() == '\r' || token.back() == '\t'))
            token.remove_suffix(1);
        text.assign(cut(token));
    }
}

void readMeta(Field value, ObjectFacts &meta)
{
    eachField(value, [&](std::string_view key, Field field) {
        if (key == "name")
            readText(field, meta.name);
        else if (key == "namespace")
            readText(field, meta.ns);
        else if (key == "uid")
            readText(field, meta.uid);
        else if (key == "resourceVersion")
            readText(field, meta.resourceVersion);
        else if (key == "labels")
            readStringMap(field, meta.labels);
        else if (key == "annotations")
            eachField(field, [&](std::string_view name, Field of) {
                // A copy of the whole object that kubectl leaves behind; nobody here reads it.
                if (name != "kubectl.kubernetes.io/last-applied-configuration" && meta.annotations.size() < maxItems)
                    readText(of, meta.annotations[std::string(cut(name))]);
            });
        else if (key == "ownerReferences")
            readOwners(field, meta);
        else if (key == "creationTimestamp")
            readTime(field, meta.created);
        else if (key == "deletionTimestamp")
            readTime(field, meta.deleting);
        else if (key == "generation")
            readInteger(field, meta.generation);
        else if (key == "finalizers")
            eachItem(field, [&](Field) { meta.hasFinalizers = true; });
    });
}

void readConditions(Field value, std::vector<ConditionFacts> &conditions)
{
    eachItem(value, [&](Field item) {
        ConditionFacts condition;
        eachField(item, [&](std::string_view key, Field field) {
            if (key == "type")
                readText(field, condition.type);
            else if (key == "status")
                readText(field, condition.status);
            else if (key == "reason")
                readText(field, condition.reason);
            else if (key == "message")
                readText(field, condition.message);
            else if (key == "lastTransitionTime")
                readTime(field, condition.since);
        });
        conditions.push_back(std::move(condition));
    });
}

void readVolumes(Field value, std::vector<VolumeFacts> &volumes)
{
    eachItem(value, [&](Field item) { readVolume(item, volumes.emplace_back()); });
}

void readContainers(Field value, ContainerFacts::Kind kind, std::vector<ContainerFacts> &containers)
{
    eachItem(value, [&](Field item) {
        ContainerFacts container;
        container.kind = kind;
        eachField(item, [&](std::string_view key, Field field) {
            if (key == "name") {
                readText(field, container.name);
            } else if (key == "image") {
                readText(field, container.image);
            } else if (key == "restartPolicy") {
                std::string policy;
                readText(field, policy);
                if (policy == "Always" && kind == ContainerFacts::Kind::Init)
                    container.kind = ContainerFacts::Kind::Sidecar;
            } else if (key == "resources") {
                eachField(field, [&](std::string_view name, Field of) {
                    if (name == "requests")
                        readStringMap(of, container.requests);
                    else if (name == "limits")
                        readStringMap(of, container.limits);
                });
            } else if (key == "volumeMounts") {
                readMounts(field, container.mounts);
            }
        });
        containers.push_back(std::move(container));
    });
}

void readClaimSpec(Field value, ClaimFacts &claim)
{
    eachField(value, [&](std::string_view key, Field field) {
        if (key == "storageClassName")
            readText(field, claim.storageClass);
        else if (key == "volumeName")
            readText(field, claim.volume);
        else if (key == "volumeMode")
            readText(field, claim.volumeMode);
        else if (key == "accessModes")
            eachItem(field, [&](Field item) { readText(item, claim.accessModes.emplace_back()); });
        else if (key == "resources")
            eachField(field, [&](std::string_view name, Field of) {
                if (name == "requests")
                    readTextAt(of, "storage", claim.requested);
            });
    });
}

void readClaimStatus(Field value, ClaimFacts &claim)
{
    eachField(value, [&](std::string_view key, Field field) {
        if (key == "phase")
            readText(field, claim.phase);
        else if (key == "capacity")
            readTextAt(field, "storage", claim.capacity);
        else if (key == "conditions")
            readConditions(field, claim.conditions);
        else if (key == "allocatedResourceStatuses")
            readTextAt(field, "storage", claim.resizeState);
    });
}

} // namespace pk::pool::json
