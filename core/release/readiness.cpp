// SPDX-License-Identifier: GPL-3.0-or-later
#include "release/readiness.h"

namespace pk::release {

namespace {

using State = Readiness::State;

Value conditionOf(const Value &live, std::string_view type)
{
    const Value conditions = live.at({"status", "conditions"});
    if (conditions.isList()) {
        for (const Value &condition : conditions.asList().items) {
            if (condition.get("type").stringOr() == type)
                return condition;
        }
    }
    return {};
}

std::string statusOf(const Value &condition)
{
    return condition.get("status").stringOr();
}

Readiness inProgress(std::string message)
{
    return {State::InProgress, std::move(message)};
}

std::string fraction(const char *what, std::int64_t have, std::int64_t want)
{
    return std::string(what) + ": " + std::to_string(have) + '/' + std::to_string(want);
}

/// The counts that all workloads have in their status.
struct Counts
{
    explicit Counts(const Value &live)
    {
        const Value status = live.get("status");
        desired = live.at({"spec", "replicas"}).integerOr(1);
        replicas = status.get("replicas").integerOr(0);
        ready = status.get("readyReplicas").integerOr(0);
        updated = status.get("updatedReplicas").integerOr(0);
        available = status.get("availableReplicas").integerOr(0);
        current = status.get("currentReplicas").integerOr(0);
    }
    std::int64_t desired, replicas, ready, updated, available, current;
};

Readiness ofDeployment(const Value &live)
{
    const Counts count(live);
    const Value progressing = conditionOf(live, "Progressing");
    if (progressing.get("reason").stringOr() == "ProgressDeadlineExceeded")
        return {State::Failed, "Progress deadline exceeded"};
    if (count.desired > count.replicas)
        return inProgress(fraction("replicas", count.replicas, count.desired));
    if (count.desired > count.updated)
        return inProgress(fraction("Updated", count.updated, count.desired));
    if (count.replicas > count.desired)
        return inProgress("Pending termination: " + std::to_string(count.replicas - count.desired));
    if (count.updated > count.available)
        return inProgress(fraction("Available", count.available, count.updated));
    if (count.desired > count.ready)
        return inProgress(fraction("Ready", count.ready, count.desired));
    // Without a deadline the controller never says that the rollout is over.
    const bool hasDeadline = !live.at({"spec", "progressDeadlineSeconds"}).isNil()
        && live.at({"spec", "progressDeadlineSeconds"}).integerOr(0) != 2147483647;
    if (hasDeadline && progressing.get("reason").stringOr() != "NewReplicaSetAvailable")
        return inProgress("ReplicaSet not Available");
    if (statusOf(conditionOf(live, "Available")) != "True")
        return inProgress("Deployment not Available");
    return {State::Current, "Deployment is available. Replicas: " + std::to_string(count.replicas)};
}

Readiness ofStatefulSet(const Value &live)
{
    if (live.at({"spec", "updateStrategy", "type"}).stringOr() == "OnDelete")
        return {State::Current, "StatefulSet is using the ondelete update strategy"};
    const Counts count(live);
    if (count.desired > count.replicas)
        return inProgress(fraction("Replicas", count.replicas, count.desired));
    if (count.desired > count.ready)
        return inProgress(fraction("Ready", count.ready, count.desired));
    if (count.replicas > count.desired)
        return inProgress("Pending termination: " + std::to_string(count.replicas - count.desired));
    const Value partition = live.at({"spec", "updateStrategy", "rollingUpdate", "partition"});
    if (partition.isNumber() && partition.integerOr(0) != 0) {
        if (count.updated < count.desired - partition.integerOr(0))
            return inProgress("updated: " + std::to_string(count.updated));
        return {State::Current, "Partition rollout complete. updated: " + std::to_string(count.updated)};
    }
    if (count.desired > count.current)
        return inProgress(fraction("current", count.current, count.desired));
    if (live.at({"status", "currentRevision"}) != live.at({"status", "updateRevision"}))
        return inProgress("Waiting for updated revision to match current");
    return {State::Current, "All replicas scheduled as expected. Replicas: " + std::to_string(count.replicas)};
}

Readiness ofDaemonSet(const Value &live)
{
    const Value status = live.get("status");
    if (live.at({"metadata", "generation"}).isNil() || status.get("observedGeneration").isNil())
        return inProgress("Missing generation");
    const std::int64_t desired = status.get("desiredNumberScheduled").integerOr(-1);
    if (desired < 0)
        return inProgress("Missing .status.desiredNumberScheduled");
    const std::pair<const char *, const char *> counts[] = {{"Current", "currentNumberScheduled"},
        {"Updated", "updatedNumberScheduled"}, {"Available", "numberAvailable"}, {"Ready", "numberReady"}};
    for (const auto &[word, key] : counts) {
        if (const std::int64_t have = status.get(key).integerOr(0); desired > have)
            return inProgress(fraction(word, have, desired));
    }
    return {State::Current, "All replicas scheduled as expected. Replicas: " + std::to_string(desired)};
}

Readiness ofReplicaSet(const Value &live)
{
    if (statusOf(conditionOf(live, "ReplicaFailure")) == "True")
        return inProgress("Replica Failure condition. Check Pods");
    const Counts count(live);
    const std::int64_t labelled = live.at({"status", "fullyLabeledReplicas"}).integerOr(0);
    if (count.desired > labelled)
        return inProgress(fraction("Labelled", labelled, count.desired));
    if (count.desired > count.available)
        return inProgress(fraction("Available", count.available, count.desired));
    if (count.desired > count.ready)
        return inProgress(fraction("Ready", count.ready, count.desired));
    if (count.replicas > count.desired)
        return inProgress("Pending termination: " + std::to_string(count.replicas - count.desired));
    return {State::Current, {}};
}

bool isCrashLooping(const Value &pod)
{
    for (const char *key : {"initContainerStatuses", "containerStatuses"}) {
        const Value statuses = pod.at({"status", key});
        if (!statuses.isList())
            continue;
        for (const Value &status : statuses.asList().items) {
            if (status.at({"state", "waiting", "reason"}).stringOr() == "CrashLoopBackOff")
                return true;
        }
    }
    return false;
}

Readiness ofPod(const Value &live, bool unschedulableLong)
{
    const std::string phase = live.at({"status", "phase"}).stringOr();
    if (phase == "Succeeded" || phase == "Failed")
        return {State::Current, "Pod has completed"};
    if (phase == "Running") {
        if (statusOf(conditionOf(live, "Ready")) == "True")
            return {State::Current, "Pod is Ready"};
        if (isCrashLooping(live))
            return {State::Failed, "Containers in CrashLoop state"};
        return inProgress("Pod is running but is not Ready");
    }
    const Value scheduled = conditionOf(live, "PodScheduled");
    if (statusOf(scheduled) == "False" && scheduled.get("reason").stringOr() == "Unschedulable")
        return unschedulableLong ? Readiness{State::Failed, "Pod could not be scheduled"}
                                 : inProgress("Pod has not been scheduled");
    if (isCrashLooping(live))
        return {State::Failed, "Containers in CrashLoop state"};
    return inProgress("Pod is in the " + (phase.empty() ? "Pending" : phase) + " phase");
}

Readiness ofJob(const Value &live)
{
    if (statusOf(conditionOf(live, "Complete")) == "True")
        return {State::Current, "Job Completed"};
    if (statusOf(conditionOf(live, "Failed")) == "True")
        return {State::Failed, "Job Failed"};
    if (live.at({"status", "startTime"}).isNil())
        return inProgress("Job not started");
    return {State::Current, "Job in progress"};
}

Readiness ofOther(const Value &live)
{
    const Value ready = conditionOf(live, "Ready");
    if (ready.isNil() || statusOf(ready) == "True")
        return {State::Current, "Resource is current"};
    return inProgress(ready.get("message").stringOr());
}

Readiness byKind(const Value &live, bool unschedulableLong)
{
    const std::string kind = live.get("kind").stringOr();
    const std::string apiVersion = live.get("apiVersion").stringOr();
    const std::string group =
        apiVersion.substr(0, apiVersion.find('/') == std::string::npos ? 0 : apiVersion.find('/'));
    if (group == "apps" && kind == "Deployment")
        return ofDeployment(live);
    if (group == "apps" && kind == "StatefulSet")
        return ofStatefulSet(live);
    if (group == "apps" && kind == "DaemonSet")
        return ofDaemonSet(live);
    if (group == "apps" && kind == "ReplicaSet")
        return ofReplicaSet(live);
    if (group == "batch" && kind == "Job")
        return ofJob(live);
    if (group.empty() && kind == "Pod")
        return ofPod(live, unschedulableLong);
    if (group.empty() && kind == "PersistentVolumeClaim")
        return live.at({"status", "phase"}).stringOr() == "Bound"
            ? Readiness{State::Current, "PVC is Bound"}
            : inProgress("PVC is not Bound. phase: " + live.at({"status", "phase"}).stringOr("unknown"));
    if (group.empty() && kind == "Service")
        return live.at({"spec", "type"}).stringOr() == "LoadBalancer"
                && live.at({"spec", "clusterIP"}).stringOr().empty()
            ? inProgress("ClusterIP not set. Service type: LoadBalancer")
            : Readiness{State::Current, "Service is ready"};
    if (group == "apiextensions.k8s.io" && kind == "CustomResourceDefinition") {
        if (statusOf(conditionOf(live, "NamesAccepted")) == "False")
            return {State::Failed, conditionOf(live, "NamesAccepted").get("message").stringOr()};
        return statusOf(conditionOf(live, "Established")) == "True" ? Readiness{State::Current, "CRD is established"}
                                                                    : inProgress("Install in progress");
    }
    if (kind == "PodDisruptionBudget" || kind == "ConfigMap" || kind == "Secret" || kind == "CronJob")
        return {State::Current, "Resource is always ready"};
    return ofOther(live);
}

} // namespace

const char *nameOf(Readiness::State state)
{
    switch (state) {
    case State::Current:
        return "Current";
    case State::InProgress:
        return "InProgress";
    case State::Failed:
        return "Failed";
    case State::Terminating:
        break;
    }
    return "Terminating";
}

Readiness readinessOf(const Value &live, bool unschedulableLong)
{
    if (!live.at({"metadata", "deletionTimestamp"}).isNil())
        return {State::Terminating, "Resource scheduled for deletion"};
    const Value observed = live.at({"status", "observedGeneration"});
    const Value generation = live.at({"metadata", "generation"});
    if (observed.isNumber() && generation.isNumber() && observed.integerOr(0) != generation.integerOr(0))
        return inProgress(live.get("kind").stringOr() + " generation is " + std::to_string(generation.integerOr(0))
            + ", but latest observed generation is " + std::to_string(observed.integerOr(0)));
    if (const Value reconciling = conditionOf(live, "Reconciling"); statusOf(reconciling) == "True")
        return inProgress(reconciling.get("message").stringOr());
    if (const Value stalled = conditionOf(live, "Stalled"); statusOf(stalled) == "True")
        return {State::Failed, stalled.get("message").stringOr()};
    return byKind(live, unschedulableLong);
}

WorkerProgress workerProgressOf(const Value &workload)
{
    const Counts count(workload);
    const bool isSet = workload.get("kind").stringOr() == "StatefulSet";
    // A set whose rollout is over has no updatedReplicas left apart from its revision's.
    const bool settled =
        isSet && workload.at({"status", "currentRevision"}) == workload.at({"status", "updateRevision"});
    return {.ready = static_cast<int>(count.ready),
        .updated = static_cast<int>(settled ? count.replicas : count.updated),
        .desired = static_cast<int>(count.desired)};
}

namespace {

bool cannotStart(const Value &pod)
{
    const Value scheduled = conditionOf(pod, "PodScheduled");
    if (statusOf(scheduled) == "False")
        return true;
    for (const char *which : {"initContainerStatuses", "containerStatuses"}) {
        const Value containers = pod.at({"status", which});
        if (!containers.isList())
            continue;
        for (const Value &container : containers.asList().items) {
            const std::string reason = container.at({"state", "waiting", "reason"}).stringOr();
            if (!reason.empty() && reason != "ContainerCreating" && reason != "PodInitializing")
                return true;
        }
    }
    return false;
}

} // namespace

std::vector<Value> podsInTheWay(const Value &statefulSet, const std::vector<Value> &pods)
{
    std::vector<Value> found;
    const std::string uid = statefulSet.at({"metadata", "uid"}).stringOr();
    const std::string wanted = statefulSet.at({"status", "updateRevision"}).stringOr();
    if (wanted.empty() || statefulSet.at({"spec", "podManagementPolicy"}).stringOr() == "Parallel"
        || statefulSet.at({"spec", "updateStrategy", "type"}).stringOr() == "OnDelete")
        return found;
    for (const Value &pod : pods) {
        const Value owners = pod.at({"metadata", "ownerReferences"});
        const bool own =
            owners.isList() && !owners.asList().items.empty() && owners.asList().items[0].get("uid").stringOr() == uid;
        const bool outdated = pod.at({"metadata", "labels", "controller-revision-hash"}).stringOr() != wanted;
        const bool goes = !pod.at({"metadata", "deletionTimestamp"}).isNil();
        if (own && outdated && !goes && statusOf(conditionOf(pod, "Ready")) != "True" && cannotStart(pod))
            found.push_back(pod);
    }
    return found;
}

} // namespace pk::release
