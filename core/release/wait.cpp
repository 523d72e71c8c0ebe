// SPDX-License-Identifier: GPL-3.0-or-later
// How an operation waits: until objects are ready, or gone.
#include "release/steps.h"

#include <algorithm>
#include <set>

namespace pk::release {

using State = StepEvent::State;
using namespace std::chrono_literals;

namespace {

constexpr auto pollEvery = 500ms;
constexpr int freeEvery = 4; ///< Polls: pods are listed only now and then.

std::string selectorOf(const Value &workload)
{
    std::string text;
    const Value labels = workload.at({"spec", "selector", "matchLabels"});
    if (!labels.isMap())
        return text;
    for (const auto &[key, value] : labels.asMap())
        text += (text.empty() ? "" : ",") + key + '=' + value.stringOr();
    return text;
}

} // namespace

Task<Failure> Steps::waitUntilGone(kube::ObjectPath path, std::string uid, std::string title)
{
    const auto end = m_clock.ticks() + m_request.timeout;
    for (auto delay = 20ms;; delay = std::min<std::chrono::milliseconds>(delay * 2, pollEvery)) {
        Reading live = co_await read(path);
        if (isNotFound(live) || (live && live->at({"metadata", "uid"}).stringOr() != uid))
            co_return Failure();
        if (!live)
            co_return Failure(live.error());
        if (mustStop())
            co_return Failure(stoppedError());
        if (m_clock.ticks() >= end) {
            Error error{.code = Error::Code::Timeout, .message = title + " is still there: context deadline exceeded"};
            co_return Failure(error);
        }
        co_await sleep(delay);
    }
}

bool isWaitedFor(const Object &object)
{
    static const std::set<std::string> kinds = {
        "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Pod", "Job", "PersistentVolumeClaim"};
    return kinds.contains(object.kind);
}

/// Deletes what an ordered set would wait for in vain. Who may not is not stopped: the wait tells what it sees.
Task<bool> Steps::freeStatefulSet(Object object, Value live)
{
    const std::string selector = selectorOf(live);
    if (selector.empty())
        co_return false;
    const kube::ObjectPath pods{.resource = *kube::knownResource("v1", "Pod"), .nameSpace = object.ns};
    using Pods = kube::Answer<kube::Listing<Value>>;
    Reply<Pods> list([&](auto done) { return m_api.list(pods, {.labels = selector}, std::move(done)); });
    const Pods answer = co_await list;
    if (!answer)
        co_return false;
    for (const Value &pod : podsInTheWay(live, answer->items)) {
        kube::ObjectPath path = pods;
        path.name = pod.at({"metadata", "name"}).stringOr();
        const std::string title = "Pod/" + path.name;
        tell("free", title, State::Running);
        const kube::DeleteOptions options{.uid = pod.at({"metadata", "uid"}).stringOr()};
        Reply<Reading> reply([&](auto done) { return m_api.remove(path, options, std::move(done)); });
        const Reading removed = co_await reply;
        const bool gone = removed || isNotFound(removed);
        tell("free", title, gone ? State::Done : State::Skipped, gone ? std::string() : removed.error().message);
    }
    co_return true;
}

Task<Failure> Steps::waitUntilReady(const std::vector<Object> &objects, std::vector<Reading> live)
{
    const auto end = m_clock.ticks() + m_request.timeout;
    std::vector<std::size_t> waiting;
    std::vector<Readiness> told(objects.size(), Readiness{Readiness::State::Current, {}});
    std::vector<WorkerProgress> workers(objects.size());
    for (std::size_t i = 0; i < objects.size(); ++i) {
        if (live[i] && !live[i]->at({"spec", "paused"}).boolOr(false))
            waiting.push_back(i);
        else if (isWaitedFor(objects[i]))
            tell("wait", objects[i].title(), State::Skipped, live[i] ? "paused" : std::string());
    }
    for (int round = 0;; ++round) {
        if (round > 0) {
            std::vector<Task<Reading>> tasks;
            for (const std::size_t i : waiting)
                tasks.push_back(read(objects[i].path()));
            All<Reading> all(std::move(tasks));
            std::vector<Reading> readings = co_await all;
            for (std::size_t n = 0; n < waiting.size(); ++n)
                live[waiting[n]] = std::move(readings[n]);
        }
        std::vector<std::size_t> still;
        for (const std::size_t i : waiting) {
            // A lost connection is no verdict; the next round asks again.
            const Readiness now =
                live[i] ? readinessOf(*live[i]) : Readiness{Readiness::State::InProgress, live[i].error().message};
            const WorkerProgress progress = live[i] ? workerProgressOf(*live[i]) : workers[i];
            if (now.state == Readiness::State::Failed) {
                tell("wait", objects[i].title(), State::Failed, now.message, progress);
                Error error{.code = Error::Code::Conflict,
                    .message = "resource " + objects[i].kind + '/' + objects[i].ns + '/' + objects[i].name
                        + " not ready. status: Failed, message: " + now.message};
                co_return Failure(error);
            }
            if (now.state == Readiness::State::Current) {
                if (isWaitedFor(objects[i]) || told[i] != Readiness{Readiness::State::Current, {}})
                    tell("wait", objects[i].title(), State::Done, now.message, progress);
                continue;
            }
            if (now != told[i] || progress != workers[i])
                tell("wait", objects[i].title(), State::Waiting, now.message, progress);
            told[i] = now;
            workers[i] = progress;
            still.push_back(i);
        }
        waiting = std::move(still);
        if (waiting.empty())
            co_return Failure();
        if (mustStop())
            co_return Failure(stoppedError());
        for (const std::size_t i : waiting) {
            if (round % freeEvery == 1 && live[i] && objects[i].kind == "StatefulSet"
                && told[i].state == Readiness::State::InProgress)
                co_await freeStatefulSet(objects[i], *live[i]);
        }
        if (m_clock.ticks() >= end) {
            Error error{.code = Error::Code::Timeout, .message = {}, .id = "release.not-ready-in-time"};
            for (const std::size_t i : waiting) {
                error.message += "resource " + objects[i].kind + '/' + objects[i].ns + '/' + objects[i].name
                    + " not ready. status: " + nameOf(told[i].state) + ", message: " + told[i].message + '\n';
                tell("wait", objects[i].title(), State::Failed, told[i].message, workers[i]);
            }
            error.message += "context deadline exceeded";
            co_return Failure(error);
        }
        co_await sleep(pollEvery);
    }
}

} // namespace pk::release
