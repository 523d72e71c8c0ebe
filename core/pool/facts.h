// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/result.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What Poolkeeper keeps of a watched object: small plain structs, read from the API's JSON without building a tree.
///
/// A field that is missing, or has another type than the API documents, leaves its default: a half broken object is
/// shown as far as it goes. Texts are cut at `maxText` bytes and lists at `maxItems`, so that a hostile object stays
/// small. Quantities stay as written ("10Gi"); kube/quantity.h reads them.
namespace pk::pool {

using StringMap = std::map<std::string, std::string, std::less<>>;

constexpr std::size_t maxText = 16 * 1024;
constexpr std::size_t maxItems = 512;

struct ObjectFacts
{
    std::string name, ns, uid, resourceVersion;
    StringMap labels, annotations;
    std::string ownerKind, ownerName, ownerUid; ///< The controlling owner; empty: none.
    std::optional<WallTime> created, deleting; ///< `deleting`: a deletion was asked for.
    std::int64_t generation = 0;
    bool hasFinalizers = false;

    bool operator==(const ObjectFacts &) const = default;
    std::string label(std::string_view key) const;
    std::string annotation(std::string_view key) const;
};

struct ConditionFacts
{
    std::string type, status, reason, message;
    std::optional<WallTime> since;
    bool operator==(const ConditionFacts &) const = default;
};

/// Null when there is none of that type.
const ConditionFacts *findCondition(const std::vector<ConditionFacts> &conditions, std::string_view type);

struct TerminatedFacts
{
    int exitCode = 0, signal = 0;
    std::string reason, message;
    std::optional<WallTime> started, finished;
    bool operator==(const TerminatedFacts &) const = default;
};

struct MountFacts
{
    std::string volume, path, subPath;
    bool operator==(const MountFacts &) const = default;
};

/// A container of a pod: what the spec asks for and what the status says, joined by name.
struct ContainerFacts
{
    enum class Kind { Init, Sidecar, Main }; ///< Sidecar: an init container with restartPolicy Always.
    enum class Run { NoStatus, Waiting, Running, Terminated };

    std::string name, image, imageId; ///< imageId: "docker.io/x@sha256:…", once pulled.
    Kind kind = Kind::Main;
    Run run = Run::NoStatus;
    bool ready = false, started = false;
    int restarts = 0;
    std::string waitingReason, waitingMessage;
    std::optional<WallTime> runningSince;
    std::optional<TerminatedFacts> terminated, lastTerminated;
    StringMap requests, limits;
    std::vector<MountFacts> mounts;
    bool operator==(const ContainerFacts &) const = default;
};

struct VolumeFacts
{
    enum class Source {
        EmptyDir,
        Ephemeral,
        Claim,
        HostPath,
        Nfs,
        Secret,
        ConfigMap,
        Projected,
        DownwardApi,
        Csi,
        Other
    };

    std::string name;
    Source source = Source::EmptyDir; ///< A volume without a source is an emptyDir, as the API implies.
    std::string claim; ///< Of Claim, and of Ephemeral (POD-VOLUME).
    std::string size; ///< sizeLimit of an emptyDir; storage request of an ephemeral volume.
    std::string storageClass; ///< Of Ephemeral.
    std::string medium; ///< Of EmptyDir: "Memory".
    bool operator==(const VolumeFacts &) const = default;
};

struct PodFacts
{
    ObjectFacts meta;
    std::string phase, reason, message;
    std::vector<ConditionFacts> conditions;
    std::string node, nominatedNode, qosClass, priorityClass, restartPolicy;
    std::int64_t priority = 0, graceSeconds = 30;
    std::optional<WallTime> started;
    std::vector<ContainerFacts> containers; ///< Init containers first, in the order of the spec.
    bool hasContainerStatuses = false; ///< False for a pod that the kubelet refused at admission.
    std::vector<VolumeFacts> volumes;
    bool operator==(const PodFacts &) const = default;
};

/// A PersistentVolumeClaim.
struct ClaimFacts
{
    ObjectFacts meta;
    std::string phase, storageClass, volume, requested, capacity, volumeMode;
    std::string resizeState; ///< status.allocatedResourceStatuses.storage
    std::vector<std::string> accessModes;
    std::vector<ConditionFacts> conditions;
    bool operator==(const ClaimFacts &) const = default;
};

/// A PersistentVolume.
struct DiskFacts
{
    ObjectFacts meta;
    std::string phase, storageClass, capacity, reclaimPolicy, reason, message;
    std::string claimNs, claimName, claimUid;
    bool operator==(const DiskFacts &) const = default;
};

struct StorageClassFacts
{
    ObjectFacts meta;
    std::string provisioner, reclaimPolicy, bindingMode;
    bool allowsGrowth = false, isDefault = false;
    bool operator==(const StorageClassFacts &) const = default;
};

struct TaintFacts
{
    std::string key, value, effect;
    bool operator==(const TaintFacts &) const = default;
};

struct NodeFacts
{
    ObjectFacts meta;
    std::vector<ConditionFacts> conditions;
    std::vector<TaintFacts> taints;
    bool unschedulable = false;
    StringMap capacity, allocatable;
    std::string kubeletVersion, osImage, runtime;
    bool operator==(const NodeFacts &) const = default;
};

struct EventFacts
{
    ObjectFacts meta;
    std::string type, reason, message;
    std::string objectKind, objectNs, objectName, objectUid, fieldPath;
    std::string component, host;
    std::int64_t count = 1;
    std::optional<WallTime> first, last; ///< From whichever of the two event APIs has written it.
    bool operator==(const EventFacts &) const = default;
};

struct ClaimTemplateFacts
{
    std::string name, storageClass, size;
    bool operator==(const ClaimTemplateFacts &) const = default;
};

/// A StatefulSet, Deployment or ReplicaSet.
struct WorkloadFacts
{
    ObjectFacts meta;
    std::string kind; ///< "StatefulSet", "Deployment", "ReplicaSet".
    int desired = 1; ///< spec.replicas; 1 when it is absent, as the API defaults it.
    int replicas = 0, ready = 0, updated = 0, available = 0, current = 0; ///< Of the status.
    std::int64_t observedGeneration = 0;
    std::string currentRevision, updateRevision; ///< StatefulSet.
    std::string strategy; ///< "RollingUpdate", "OnDelete", "Recreate".
    std::string podManagement; ///< StatefulSet: "OrderedReady", "Parallel".
    std::string serviceName, whenDeleted, whenScaled; ///< StatefulSet.
    int partition = 0, firstOrdinal = 0;
    bool paused = false;
    StringMap selector, podLabels;
    std::vector<ConditionFacts> conditions;
    std::vector<ContainerFacts> containers; ///< Of the pod template, without states.
    std::vector<VolumeFacts> volumes;
    std::vector<ClaimTemplateFacts> claimTemplates;
    std::int64_t graceSeconds = 30;
    bool operator==(const WorkloadFacts &) const = default;
};

// Each fails only when the text is no JSON object, or has no metadata.name. Any thread; the parser's buffers are the
// thread's own.
Result<PodFacts> decodePod(std::string_view json);
Result<ClaimFacts> decodeClaim(std::string_view json);
Result<DiskFacts> decodeDisk(std::string_view json);
Result<StorageClassFacts> decodeStorageClass(std::string_view json);
Result<NodeFacts> decodeNode(std::string_view json);
Result<EventFacts> decodeEvent(std::string_view json);
/// `kind` is used when the object does not say its own, as items of a list do not.
Result<WorkloadFacts> decodeWorkload(std::string_view json, std::string_view kind);

} // namespace pk::pool
