// SPDX-License-Identifier: GPL-3.0-or-later
#include "release/steps.h"

#include "yaml/reader.h"

#include <algorithm>

namespace pk::release {

using State = StepEvent::State;
using namespace std::chrono_literals;

namespace {

std::string withinNs(const Object &object)
{
    return object.ns.empty() ? object.name : object.ns + '/' + object.name;
}

kube::WriteOptions asHelm()
{
    kube::WriteOptions options;
    options.fieldManager = "helm";
    return options;
}

} // namespace

bool isNotFound(const Reading &reading)
{
    return !reading && reading.error().code == Error::Code::NotFound;
}

Error applyError(const Object &object, const Reading &answer)
{
    Error error = answer.error();
    const std::string &words = answer.info.apiError.message.empty() ? error.message : answer.info.apiError.message;
    const std::string what = "object " + withinNs(object) + ' ' + object.groupVersionKind() + ": " + words;
    if (answer.info.apiError.isConflictOfManagers())
        error.message = "conflict occurred while applying " + what;
    else if (error.code != Error::Code::Unavailable && error.code != Error::Code::Timeout)
        error.message = "server-side apply failed for " + what;
    error.parameters.emplace_back("object", object.title());
    return error;
}

void Steps::tell(std::string step, std::string object, State state, const std::string &detail, WorkerProgress workers)
{
    if (m_onStep)
        m_onStep({std::move(step), std::move(object), state, m_clock.now(), hidden(detail), workers});
}

Error Steps::hidden(Error error) const
{
    error.message = hidden(std::move(error.message));
    for (auto &[name, value] : error.parameters)
        value = hidden(std::move(value));
    return error;
}

Error Steps::stoppedError()
{
    return {.code = Error::Code::Cancelled, .message = "stopped", .id = "release.stopped"};
}

void Steps::keepWarnings(const kube::AnswerInfo &info)
{
    for (const std::string &said : info.warnings) {
        const std::string warning = hidden(said);
        if (std::ranges::find(result.warnings, warning) == result.warnings.end())
            result.warnings.push_back(warning);
    }
}

Task<bool> Steps::sleep(std::chrono::milliseconds delay)
{
    Reply<bool> timer(
        [&](std::function<void(bool)> done) { return m_api.after(delay, [done = std::move(done)] { done(true); }); });
    co_return co_await timer;
}

// --- Records

Task<Result<ReleaseHistory>> Steps::readHistory()
{
    tell("read-history", {}, State::Running);
    Reply<Result<ReleaseHistory>> reply(
        [&](auto done) { return release::readHistory(m_api, m_request.ns, m_request.name, std::move(done)); });
    Result<ReleaseHistory> history = co_await reply;
    tell("read-history", {}, history ? State::Done : State::Failed, history ? std::string() : history.error().message);
    co_return history;
}

Task<Failure> Steps::createRecord(Record &record)
{
    tell("write-record", std::to_string(record.revision()), State::Running, nameOf(record.status()));
    auto secret = record.toSecret(m_clock.now(), true);
    if (!secret)
        co_return Failure(secret.error());
    const kube::ObjectPath path{.resource = *kube::knownResource("v1", "Secret"), .nameSpace = record.ns()};
    const Value body = *secret;
    const kube::WriteOptions options = asHelm();
    Reply<Reading> reply([&](auto done) { return m_api.create(path, body, options, std::move(done)); });
    Reading answer = co_await reply;
    if (!answer) {
        tell("write-record", std::to_string(record.revision()), State::Failed, answer.error().message);
        Error error = answer.error();
        // Two writers of the same revision meet here: the other one is at work.
        if (error.code == Error::Code::AlreadyExists) {
            error.message = "another operation (install/upgrade/rollback) is in progress";
            error.id = "release.pending";
        }
        co_return Failure(error);
    }
    record.setIdentity(
        answer->at({"metadata", "uid"}).stringOr(), answer->at({"metadata", "resourceVersion"}).stringOr());
    result.record = record;
    tell("write-record", std::to_string(record.revision()), State::Done, nameOf(record.status()));
    co_return Failure();
}

Task<Failure> Steps::updateRecord(Record &record, const char *step)
{
    const std::string revision = std::to_string(record.revision());
    const auto say = [&](State state, const std::string &words) {
        if (step)
            tell(step, revision, state, words);
    };
    say(State::Running, nameOf(record.status()));
    auto secret = record.toSecret(m_clock.now(), false);
    if (!secret)
        co_return Failure(secret.error());
    const kube::ObjectPath path{
        .resource = *kube::knownResource("v1", "Secret"), .nameSpace = record.ns(), .name = record.secretName()};
    const Value body = *secret;
    const kube::WriteOptions options = asHelm();
    Reply<Reading> reply([&](auto done) { return m_api.replace(path, body, options, std::move(done)); });
    Reading answer = co_await reply;
    if (!answer) {
        say(State::Failed, answer.error().message);
        co_return Failure(answer.error());
    }
    record.setIdentity(
        answer->at({"metadata", "uid"}).stringOr(), answer->at({"metadata", "resourceVersion"}).stringOr());
    if (result.record && result.record->revision() == record.revision())
        result.record = record;
    say(State::Done, nameOf(record.status()));
    co_return Failure();
}

Task<Failure> Steps::forgetRecord(Record record, const char *step)
{
    const std::string revision = std::to_string(record.revision());
    tell(step, revision, State::Running);
    const kube::ObjectPath path{
        .resource = *kube::knownResource("v1", "Secret"), .nameSpace = record.ns(), .name = record.secretName()};
    const kube::DeleteOptions options{.uid = record.uid()};
    Reply<Reading> reply([&](auto done) { return m_api.remove(path, options, std::move(done)); });
    Reading answer = co_await reply;
    if (!answer && !isNotFound(answer)) {
        tell(step, revision, State::Failed, answer.error().message);
        co_return Failure(answer.error());
    }
    tell(step, revision, State::Done);
    co_return Failure();
}

// --- Objects

Task<Reading> Steps::read(kube::ObjectPath path)
{
    Reply<Reading> reply([&](auto done) { return m_api.get(path, std::move(done)); });
    Reading answer = co_await reply;
    co_return answer;
}

Task<std::vector<Reading>> Steps::readAll(const std::vector<Object> &objects)
{
    std::vector<Task<Reading>> tasks;
    for (const Object &object : objects)
        tasks.push_back(read(object.path()));
    All<Reading> all(std::move(tasks));
    std::vector<Reading> readings = co_await all;
    co_return readings;
}

Task<Failure> Steps::createNamespace()
{
    tell("create-namespace", m_request.ns, State::Running);
    const kube::ObjectPath path{.resource = *kube::knownResource("v1", "Namespace")};
    const Value body = Value::map({{"apiVersion", Value::string("v1")}, {"kind", Value::string("Namespace")},
        {"metadata",
            Value::map({{"name", Value::string(m_request.ns)},
                {"labels", Value::map({{"name", Value::string(m_request.ns)}})}})}});
    const kube::WriteOptions options = asHelm();
    Reply<Reading> reply([&](auto done) { return m_api.create(path, body, options, std::move(done)); });
    Reading answer = co_await reply;
    if (!answer && answer.error().code != Error::Code::AlreadyExists) {
        tell("create-namespace", m_request.ns, State::Failed, answer.error().message);
        co_return Failure(answer.error());
    }
    tell("create-namespace", m_request.ns, answer ? State::Done : State::Skipped);
    co_return Failure();
}

Task<Failure> Steps::applyCrds()
{
    std::vector<Object> crds;
    for (const auto &[path, text] : m_request.crds) {
        auto objects = readObjects(text, m_request.ns, m_catalog.get());
        if (!objects)
            co_return Failure(objects.error().wrapped("failed to install CRD " + path + ": "));
        crds.insert(crds.end(), objects->begin(), objects->end());
    }
    for (const Object &crd : crds) {
        tell("install-crd", crd.title(), State::Running);
        const kube::ObjectPath path = crd.path();
        const kube::ApplyOptions options{.fieldManager = "helm", .force = m_request.forceConflicts};
        Reply<Reading> reply([&](auto done) { return m_api.apply(path, crd.tree, options, std::move(done)); });
        Reading answer = co_await reply;
        if (!answer) {
            tell("install-crd", crd.title(), State::Failed, answer.error().message);
            co_return Failure(applyError(crd, answer).wrapped("failed to install CRD " + crd.source + ": "));
        }
        tell("install-crd", crd.title(), State::Done);
    }
    if (crds.empty())
        co_return Failure();
    std::vector<Reading> live = co_await readAll(crds);
    if (Failure failed = co_await waitUntilReady(crds, std::move(live)))
        co_return failed;
    co_return co_await waitUntilServed();
}

/// A kind that is established is not served at once everywhere; what is sent too early is told to be unknown.
Task<Failure> Steps::waitUntilServed()
{
    const std::vector<std::string> wanted = withCrds({}, m_request.crds).apiVersions();
    const auto end = m_clock.ticks() + m_request.timeout;
    for (auto delay = 20ms;; delay = std::min<std::chrono::milliseconds>(delay * 2, 1s)) {
        using Found = kube::Answer<kube::ResourceCatalog>;
        Reply<Found> reply([&](auto done) { return m_api.discover(std::move(done)); });
        const Found found = co_await reply;
        if (!found)
            co_return Failure(found.error());
        const std::vector<std::string> served = found->apiVersions();
        if (std::ranges::includes(served, wanted))
            co_return Failure();
        if (mustStop())
            co_return Failure(stoppedError());
        if (m_clock.ticks() >= end) {
            Error error{.code = Error::Code::Timeout, .message = "the server does not serve the kinds of crds/"};
            co_return Failure(error);
        }
        co_await sleep(delay);
    }
}

Task<Failure> Steps::migrateOwnership(const Object &object, Reading &live)
{
    // Somebody may write the object in between; the patch holds the resourceVersion that was read.
    for (int tries = 0; tries < 5; ++tries) {
        const Value patch = ownershipMigration(*live);
        if (patch.isNil())
            co_return Failure();
        tell("migrate", object.title(), State::Running);
        const kube::ObjectPath path = object.path();
        const kube::WriteOptions options = asHelm();
        Reply<Reading> reply(
            [&](auto done) { return m_api.patch(path, kube::PatchType::Json, patch, options, std::move(done)); });
        Reading answer = co_await reply;
        if (answer) {
            tell("migrate", object.title(), State::Done);
            live = std::move(answer);
            co_return Failure();
        }
        if (answer.error().code != Error::Code::Conflict) {
            tell("migrate", object.title(), State::Failed, answer.error().message);
            co_return Failure(answer.error());
        }
        Reading again = co_await read(path);
        if (!again)
            co_return Failure(again.error());
        live = std::move(again);
    }
    Error error{
        .code = Error::Code::Conflict, .message = "the owner of " + object.title() + "'s fields keeps changing"};
    co_return Failure(error);
}

Task<Failure> Steps::applyObject(const Object &object, Reading &live, bool migrate)
{
    if (live && migrate) {
        if (Failure failed = co_await migrateOwnership(object, live))
            co_return failed;
    }
    if (live && m_request.recreate.contains(object.key())) {
        if (Failure failed = co_await orphan(object, *live))
            co_return failed;
    }
    tell("apply", object.title(), State::Running);
    const std::string before = live ? live->at({"metadata", "resourceVersion"}).stringOr() : std::string();
    const kube::ObjectPath path = object.path();
    const Value body = withOwnership(object.tree, m_request.name, m_request.ns);
    const kube::ApplyOptions options{.fieldManager = "helm", .force = m_request.forceConflicts};
    for (int tries = 0;; ++tries) {
        Reply<Reading> reply([&](auto done) { return m_api.apply(path, body, options, std::move(done)); });
        Reading answer = co_await reply;
        keepWarnings(answer.info);
        if (answer) {
            const bool changed = answer->at({"metadata", "resourceVersion"}).stringOr() != before;
            tell("apply", object.title(), State::Done, changed ? std::string() : "unchanged");
            live = std::move(answer);
            co_return Failure();
        }
        // A quota that somebody counts on at the same moment; Helm tries five times.
        const bool quota = answer.info.apiError.message.find("resourcequota") != std::string::npos
            || answer.info.apiError.message.find("resource quota") != std::string::npos;
        if (answer.error().code == Error::Code::Conflict && quota && tries < 4) {
            co_await sleep(10ms);
            continue;
        }
        const Error error = applyError(object, answer);
        tell("apply", object.title(), State::Failed, error.message);
        co_return Failure(error);
    }
}

Task<Failure> Steps::deleteObject(Object object)
{
    const kube::ObjectPath path = object.path();
    Reading live = co_await read(path);
    if (isNotFound(live)) {
        tell("delete", object.title(), State::Skipped, "not found");
        co_return Failure();
    }
    if (!live) {
        tell("delete", object.title(), State::Failed, live.error().message);
        co_return Failure(live.error());
    }
    if (isKept(*live)) {
        tell("delete", object.title(), State::Skipped, "kept by its policy");
        result.kept.push_back('[' + object.kind + "] " + object.name);
        co_return Failure();
    }
    tell("delete", object.title(), State::Running);
    const kube::DeleteOptions options{.uid = live->at({"metadata", "uid"}).stringOr()};
    Reply<Reading> reply([&](auto done) { return m_api.remove(path, options, std::move(done)); });
    Reading answer = co_await reply;
    if (!answer && !isNotFound(answer)) {
        tell("delete", object.title(), State::Failed, answer.error().message);
        co_return Failure(answer.error());
    }
    tell("delete", object.title(), State::Done);
    co_return Failure();
}

Task<Failure> Steps::orphan(const Object &object, const Value &live)
{
    tell("recreate", object.title(), State::Running);
    const kube::ObjectPath path = object.path();
    const std::string uid = live.at({"metadata", "uid"}).stringOr();
    const kube::DeleteOptions options{.uid = uid, .propagation = kube::DeleteOptions::Propagation::Orphan};
    Reply<Reading> reply([&](auto done) { return m_api.remove(path, options, std::move(done)); });
    Reading answer = co_await reply;
    Failure failed;
    if (!answer && !isNotFound(answer))
        failed = answer.error();
    else
        failed = co_await waitUntilGone(path, uid, object.title());
    tell("recreate", object.title(), failed ? State::Failed : State::Done, failed ? failed->message : std::string());
    co_return failed;
}

} // namespace pk::release
