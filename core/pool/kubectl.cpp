// SPDX-License-Identifier: GPL-3.0-or-later
#include "pool/podstatus.h"

#include <algorithm>
#include <cstdio>

namespace pk::pool {

namespace {

using Kind = ContainerFacts::Kind;
using Run = ContainerFacts::Run;

std::string endWord(const TerminatedFacts &end)
{
    if (!end.reason.empty())
        return end.reason;
    if (end.signal != 0)
        return "Signal:" + std::to_string(end.signal);
    return "ExitCode:" + std::to_string(end.exitCode);
}

bool isTrue(const PodFacts &pod, std::string_view type)
{
    const ConditionFacts *condition = findCondition(pod.conditions, type);
    return condition && condition->status == "True";
}

/// What the walk over the containers gathers.
struct Tally
{
    std::string reason;
    int ready = 0, total = 0, restarts = 0;
    std::optional<WallTime> lastRestart;
};

void addRestarts(Tally &tally, const ContainerFacts &container)
{
    tally.restarts += container.restarts;
    if (container.lastTerminated && container.lastTerminated->finished)
        tally.lastRestart = std::max(tally.lastRestart.value_or(WallTime::min()), *container.lastTerminated->finished);
}

/// The word of an init container that still holds the pod up; empty when it does not.
std::string initWord(const ContainerFacts &container, std::size_t index, std::size_t initCount)
{
    const bool ended = container.run == Run::Terminated && container.terminated;
    if (ended && container.terminated->exitCode == 0)
        return {};
    if (container.kind == Kind::Sidecar && container.started)
        return {};
    if (ended)
        return "Init:" + endWord(*container.terminated);
    if (container.run == Run::Waiting && !container.waitingReason.empty()
        && container.waitingReason != "PodInitializing")
        return "Init:" + container.waitingReason;
    return "Init:" + std::to_string(index) + '/' + std::to_string(initCount);
}

/// Step 2: true when the pod is still initializing.
bool walkInits(const PodFacts &pod, Tally &tally)
{
    const auto isInit = [](const ContainerFacts &container) { return container.kind != Kind::Main; };
    const auto initCount = static_cast<std::size_t>(std::ranges::count_if(pod.containers, isInit));
    Tally sidecars;
    bool initializing = false;
    std::size_t index = 0;
    for (const ContainerFacts &container : pod.containers) {
        if (!isInit(container) || container.run == Run::NoStatus)
            continue;
        addRestarts(tally, container);
        if (container.kind == Kind::Sidecar)
            addRestarts(sidecars, container);
        const std::string word = initWord(container, index++, initCount);
        if (word.empty()) {
            if (container.kind == Kind::Sidecar && container.started && container.ready)
                ++tally.ready;
            continue;
        }
        tally.reason = word;
        initializing = true;
        break;
    }
    if (!initializing || isTrue(pod, "Initialized")) {
        tally.restarts = sidecars.restarts;
        tally.lastRestart = sidecars.lastRestart;
        return false;
    }
    return true;
}

/// Steps 3 and 4.
void walkMains(const PodFacts &pod, Tally &tally)
{
    bool hasRunning = false;
    std::string errorReason;
    for (auto it = pod.containers.rbegin(); it != pod.containers.rend(); ++it) {
        const ContainerFacts &container = *it;
        if (container.kind != Kind::Main || container.run == Run::NoStatus)
            continue;
        addRestarts(tally, container);
        if (container.run == Run::Waiting && !container.waitingReason.empty()) {
            tally.reason = container.waitingReason;
        } else if (container.run == Run::Terminated && container.terminated) {
            tally.reason = endWord(*container.terminated);
            if (container.terminated->exitCode != 0)
                errorReason = tally.reason;
        } else if (container.ready && container.run == Run::Running) {
            hasRunning = true;
            ++tally.ready;
        }
    }
    if (tally.reason != "Completed")
        return;
    if (hasRunning && isTrue(pod, "Ready"))
        tally.reason = "Running";
    else if (!errorReason.empty())
        tally.reason = errorReason;
    else if (hasRunning)
        tally.reason = "NotReady";
}

bool isTerminal(const PodFacts &pod)
{
    return pod.phase == "Succeeded" || pod.phase == "Failed";
}

std::string two(long long big, const char *bigUnit, long long small, const char *smallUnit)
{
    std::string text = std::to_string(big) + bigUnit;
    if (small != 0)
        text += std::to_string(small) + smallUnit;
    return text;
}

} // namespace

std::string humanDuration(std::chrono::nanoseconds duration)
{
    const long long seconds = std::chrono::duration_cast<std::chrono::seconds>(duration).count();
    if (seconds < -1)
        return "<invalid>";
    if (seconds < 0)
        return "0s";
    if (seconds < 120)
        return std::to_string(seconds) + 's';
    const long long minutes = seconds / 60;
    if (minutes < 10)
        return two(minutes, "m", seconds % 60, "s");
    if (minutes < 180)
        return std::to_string(minutes) + 'm';
    const long long hours = minutes / 60;
    if (hours < 8)
        return two(hours, "h", minutes % 60, "m");
    if (hours < 48)
        return std::to_string(hours) + 'h';
    const long long days = hours / 24;
    if (days < 8)
        return two(days, "d", hours % 24, "h");
    if (days < 365 * 2)
        return std::to_string(days) + 'd';
    if (days < 365 * 8)
        return two(days / 365, "y", days % 365, "d");
    return std::to_string(days / 365) + 'y';
}

KubectlColumns kubectlColumns(const PodFacts &pod, WallTime now)
{
    Tally tally;
    tally.reason = pod.reason.empty() ? pod.phase : pod.reason;
    if (const ConditionFacts *scheduled = findCondition(pod.conditions, "PodScheduled");
        scheduled && scheduled->reason == "SchedulingGated")
        tally.reason = "SchedulingGated";
    for (const ContainerFacts &container : pod.containers)
        tally.total += container.kind != Kind::Init;
    if (!walkInits(pod, tally))
        walkMains(pod, tally);
    if (pod.meta.deleting) {
        if (pod.reason == "NodeLost")
            tally.reason = "Unknown";
        else if (!isTerminal(pod))
            tally.reason = "Terminating";
    }

    KubectlColumns columns;
    columns.ready = std::to_string(tally.ready) + '/' + std::to_string(tally.total);
    columns.status = tally.reason;
    columns.restarts = std::to_string(tally.restarts);
    if (tally.restarts != 0 && tally.lastRestart)
        columns.restarts += " (" + humanDuration(now - *tally.lastRestart) + " ago)";
    columns.age = pod.meta.created ? humanDuration(now - *pod.meta.created) : "<unknown>";
    return columns;
}

} // namespace pk::pool
