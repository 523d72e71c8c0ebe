// SPDX-License-Identifier: GPL-3.0-or-later
#include "pool/eviction.h"

#include <algorithm>
#include <charconv>

namespace pk::pool {

namespace {

constexpr std::pair<EvictionCause, const char *> causeNames[] = {
    {EvictionCause::NodePressure, "node-pressure"},
    {EvictionCause::EmptyDirLimit, "empty-dir-limit"},
    {EvictionCause::PodLimit, "pod-limit"},
    {EvictionCause::ContainerLimit, "container-limit"},
    {EvictionCause::Rejected, "rejected"},
    {EvictionCause::Unknown, "unknown"},
};

std::string trimmed(std::string_view text)
{
    while (!text.empty() && (text.back() == ' ' || text.back() == '\n'))
        text.remove_suffix(1);
    return std::string(text);
}

/// When the status says that it happened.
std::optional<WallTime> timeOf(const PodFacts &pod)
{
    for (const char *type : {"DisruptionTarget", "Ready", "ContainersReady"}) {
        const ConditionFacts *condition = findCondition(pod.conditions, type);
        if (condition && condition->since && (type != std::string_view("Ready") || condition->status == "False"))
            return condition->since;
    }
    // A rejected pod has no conditions: it was refused when it came.
    return pod.started ? pod.started : pod.meta.created;
}

bool isTelling(const Eviction &eviction)
{
    return eviction.what.cause != EvictionCause::Unknown;
}

/// Fills what `known` lacks; true when something was added.
bool complete(Eviction &known, const Eviction &seen)
{
    const Eviction before = known;
    const auto fill = [](std::string &target, const std::string &source) {
        if (target.empty())
            target = source;
    };
    if (!isTelling(known) && isTelling(seen)) {
        known.what = seen.what;
        known.message = seen.message;
    }
    fill(known.message, seen.message);
    fill(known.pod, seen.pod);
    fill(known.node, seen.node);
    fill(known.ownerKind, seen.ownerKind);
    fill(known.ownerName, seen.ownerName);
    fill(known.ownerUid, seen.ownerUid);
    fill(known.poolName, seen.poolName);
    if (known.ordinal < 0)
        known.ordinal = seen.ordinal;
    known.time = std::min(known.time, seen.time);
    known.lastTime = std::max(known.lastTime, seen.lastTime);
    known.sources |= seen.sources;
    return known != before;
}

} // namespace

const char *nameOf(EvictionCause cause)
{
    for (const auto &[known, name] : causeNames) {
        if (known == cause)
            return name;
    }
    return "unknown";
}

EvictionCause evictionCauseOf(std::string_view name)
{
    for (const auto &[cause, known] : causeNames) {
        if (known == name)
            return cause;
    }
    return EvictionCause::Unknown;
}

int ordinalOf(std::string_view podName, std::string_view setName)
{
    if (setName.empty() || podName.size() < setName.size() + 2 || !podName.starts_with(setName)
        || podName[setName.size()] != '-')
        return -1;
    const std::string_view digits = podName.substr(setName.size() + 1);
    int ordinal = -1;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), ordinal);
    const bool canonical = digits.size() == 1 || digits.front() != '0';
    return error == std::errc() && end == digits.data() + digits.size() && canonical && ordinal >= 0 ? ordinal : -1;
}

void describeOwner(Eviction &eviction, const ObjectFacts &meta)
{
    eviction.ownerKind = meta.ownerKind;
    eviction.ownerName = meta.ownerName;
    eviction.ownerUid = meta.ownerUid;
    if (meta.ownerKind == "StatefulSet") {
        eviction.poolName = meta.ownerName;
        eviction.ordinal = ordinalOf(meta.name, meta.ownerName);
    } else if (meta.ownerKind == "ReplicaSet") {
        // A Deployment's ReplicaSet is called DEPLOYMENT-HASH, and its pods carry the hash as a label.
        const std::string hash = '-' + meta.label("pod-template-hash");
        if (hash.size() > 1 && meta.ownerName.ends_with(hash))
            eviction.poolName = meta.ownerName.substr(0, meta.ownerName.size() - hash.size());
    }
}

std::string Eviction::key() const
{
    if (what.cause != EvictionCause::Rejected)
        return podUid.empty() ? ns + '/' + pod : podUid;
    const auto minute = std::chrono::floor<std::chrono::minutes>(time).time_since_epoch().count();
    const std::string owner = !ownerUid.empty() ? ownerUid : !poolName.empty() ? poolName : ns + '/' + pod;
    return "rejected:" + owner + ':' + node + ':' + std::to_string(minute);
}

std::optional<Eviction> evictionFromPod(const PodFacts &pod, WallTime seen)
{
    const bool failedSo = pod.phase == "Failed" && pod.reason == "Evicted";
    std::string message = pod.message;
    if (!failedSo) {
        // On a full disk the phase was still Running 40 s after the decision; the condition came at once. A shutdown of
        // the node uses the same condition with other words.
        const ConditionFacts *target = findCondition(pod.conditions, "DisruptionTarget");
        if (!target || target->status != "True" || target->reason != "TerminationByKubelet"
            || parseEvictionMessage(target->message).cause == EvictionCause::Unknown)
            return {};
        message = target->message;
    }
    Eviction eviction;
    eviction.ns = pod.meta.ns;
    eviction.pod = pod.meta.name;
    eviction.podUid = pod.meta.uid;
    eviction.node = pod.node;
    describeOwner(eviction, pod.meta);
    eviction.message = trimmed(message);
    eviction.what = parseEvictionMessage(message);
    eviction.time = timeOf(pod).value_or(seen);
    eviction.lastTime = eviction.time;
    eviction.sources = Eviction::Status;
    return eviction;
}

News newsOf(const Eviction &eviction)
{
    const EvictionMessage &what = eviction.what;
    return {std::string("worker.evicted.") + nameOf(what.cause),
        {{"node", eviction.node}, {"resource", what.resource}, {"volume", what.volume}, {"limit", what.limit}},
        eviction.message};
}

std::optional<Eviction> evictionFromEvent(const EventFacts &event)
{
    if (event.reason != "Evicted" || event.objectKind != "Pod")
        return {};
    Eviction eviction;
    eviction.ns = event.objectNs;
    eviction.pod = event.objectName;
    eviction.podUid = event.objectUid;
    eviction.node = event.host;
    eviction.message = trimmed(event.message);
    eviction.what = parseEvictionMessage(event.message);
    eviction.time = event.first.value_or(WallTime());
    eviction.lastTime = event.last.value_or(eviction.time);
    eviction.sources = Eviction::Event;
    return eviction;
}

EvictionBook::Outcome EvictionBook::add(const Eviction &seen)
{
    // A rejection is counted once, however often and in whichever way its pod is seen.
    if (!seen.podUid.empty()) {
        if (const auto counted = m_byPodUid.find(seen.podUid); counted != m_byPodUid.end())
            return complete(m_evictions[counted->second], seen) ? Outcome::Completed : Outcome::Known;
    }
    const auto [place, isNew] = m_byKey.try_emplace(seen.key(), m_evictions.size());
    if (!seen.podUid.empty())
        m_byPodUid.emplace(seen.podUid, place->second);
    if (isNew) {
        m_evictions.push_back(seen);
        return Outcome::New;
    }
    Eviction &known = m_evictions[place->second];
    if (seen.what.cause == EvictionCause::Rejected && known.podUid != seen.podUid)
        ++known.count;
    else if (!complete(known, seen))
        return Outcome::Known;
    known.lastTime = std::max(known.lastTime, seen.lastTime);
    return Outcome::Completed;
}

const Eviction *EvictionBook::find(std::string_view key) const
{
    const auto found = m_byKey.find(key);
    return found == m_byKey.end() ? nullptr : &m_evictions[found->second];
}

} // namespace pk::pool
