// SPDX-License-Identifier: GPL-3.0-or-later
#include "release/steps.h"
#include "yaml/reader.h"

#include <algorithm>

namespace pk::release {

using State = StepEvent::State;
using namespace std::chrono_literals;

namespace {

bool contains(const std::vector<std::string> &texts, std::string_view text)
{
    return std::ranges::find(texts, text) != texts.end();
}

/// Jobs and Pods are waited for; everything else has done its work when it is there.
bool runsToAnEnd(const Object &object)
{
    return (object.kind == "Job" && object.group() == "batch") || (object.kind == "Pod" && object.group().empty());
}

/// True when it has ended; `failure` is set when it ended badly.
bool hasEnded(const Object &object, const Value &live, Failure &failure)
{
    if (object.kind == "Pod") {
        const std::string phase = live.at({"status", "phase"}).stringOr();
        if (phase == "Failed")
            failure = Error{.code = Error::Code::Conflict, .message = "pod " + object.name + " failed"};
        return phase == "Failed" || phase == "Succeeded";
    }
    const Value conditions = live.at({"status", "conditions"});
    if (!conditions.isList())
        return false;
    for (const Value &condition : conditions.asList().items) {
        if (condition.get("status").stringOr() != "True")
            continue;
        const std::string type = condition.get("type").stringOr();
        if (type == "Failed") {
            failure = Error{.code = Error::Code::Conflict,
                .message = "job " + object.name + " failed: " + condition.get("reason").stringOr()};
            return true;
        }
        if (type == "Complete")
            return true;
    }
    return false;
}

} // namespace

std::vector<chart::Hook> hooksOf(const Record &record, std::string_view event)
{
    std::vector<chart::Hook> hooks;
    for (const chart::Hook &hook : record.hooks()) {
        if (contains(hook.events, event))
            hooks.push_back(hook);
    }
    // By weight, then name.
    std::ranges::stable_sort(hooks, [](const chart::Hook &a, const chart::Hook &b) {
        return a.weight != b.weight ? a.weight < b.weight : a.name < b.name;
    });
    return hooks;
}

bool Steps::RunningHook::has(std::string_view policy) const
{
    // Without any policy the one before the next run holds.
    if (hook.deletePolicies.empty())
        return policy == "before-hook-creation";
    return contains(hook.deletePolicies, policy);
}

Result<Steps::RunningHook> Steps::prepareHook(const chart::Hook &hook) const
{
    auto objects = readObjects(hook.manifest, m_request.ns, m_catalog.get());
    if (!objects)
        return objects.error().wrapped("unable to build kubernetes object for hook " + hook.path + ": ");
    if (objects->size() != 1)
        return Error{.code = Error::Code::InvalidInput, .message = "hook " + hook.path + " is not one object"};
    return RunningHook{hook, std::move(objects->front())};
}

Task<Failure> Steps::removeHook(const RunningHook &running)
{
    if (running.object.kind == "CustomResourceDefinition")
        co_return Failure(); // Deleting it would delete everything of its kind.
    const kube::ObjectPath path = running.object.path();
    Reading live = co_await read(path);
    if (isNotFound(live))
        co_return Failure();
    if (!live)
        co_return Failure(live.error());
    const std::string uid = live->at({"metadata", "uid"}).stringOr();
    const kube::DeleteOptions options{.uid = uid};
    Reply<Reading> reply([&](auto done) { return m_api.remove(path, options, std::move(done)); });
    Reading answer = co_await reply;
    if (!answer && !isNotFound(answer))
        co_return Failure(answer.error());
    co_return co_await waitUntilGone(path, uid, running.object.title());
}

Task<Failure> Steps::waitForHook(const Object &object)
{
    if (!runsToAnEnd(object))
        co_return Failure();
    const auto end = m_clock.ticks() + m_request.timeout;
    for (auto delay = 50ms;; delay = std::min<std::chrono::milliseconds>(delay * 2, 500ms)) {
        Reading live = co_await read(object.path());
        Failure failure;
        if (live && hasEnded(object, *live, failure))
            co_return failure;
        if (isNotFound(live))
            co_return Failure(live.error());
        if (mustStop())
            co_return Failure(stoppedError());
        if (m_clock.ticks() >= end) {
            Error error{.code = Error::Code::Timeout, .message = "timed out waiting for the condition"};
            co_return Failure(error);
        }
        co_await sleep(delay);
    }
}

Task<Failure> Steps::runHook(Record &record, const RunningHook &running)
{
    const std::string title = running.object.title();
    tell("hook", title, State::Running);
    if (running.has("before-hook-creation")) {
        if (Failure failed = co_await removeHook(running))
            co_return failed;
    }
    HookRun run{.started = m_clock.now(), .completed = {}, .phase = "Running"};
    record.setHookRun(running.hook, run);
    if (Failure failed = co_await updateRecord(record, nullptr))
        co_return failed;
    const kube::ObjectPath path = running.object.path();
    const kube::ApplyOptions options{.fieldManager = "helm", .force = true};
    Reply<Reading> reply([&](auto done) { return m_api.apply(path, running.object.tree, options, std::move(done)); });
    Reading answer = co_await reply;
    Failure failed;
    if (!answer) {
        failed = applyError(running.object, answer).wrapped("warning: Hook " + running.hook.path + " failed: ");
    } else {
        tell("hook", title, State::Waiting);
        failed = co_await waitForHook(running.object);
    }
    run.completed = m_clock.now();
    run.phase = failed ? "Failed" : "Succeeded";
    record.setHookRun(running.hook, run);
    tell("hook", title, failed ? State::Failed : State::Done, failed ? failed->message : std::string());
    if (failed && running.has("hook-failed"))
        co_await removeHook(running);
    co_return failed;
}

Task<Failure> Steps::runHooks(Record &record, std::string event)
{
    if (!m_request.runHooks)
        co_return Failure();
    std::vector<RunningHook> done;
    for (const chart::Hook &hook : hooksOf(record, event)) {
        auto running = prepareHook(hook);
        if (!running)
            co_return Failure(running.error());
        if (Failure failed = co_await runHook(record, *running)) {
            if (failed->id != "release.stopped")
                failed = failed->wrapped("failed " + event + ": ");
            co_return failed;
        }
        done.push_back(std::move(*running));
    }
    for (auto hook = done.rbegin(); hook != done.rend(); ++hook) {
        if (!hook->has("hook-succeeded"))
            continue;
        if (Failure failed = co_await removeHook(*hook))
            co_return failed;
    }
    co_return Failure();
}

} // namespace pk::release
