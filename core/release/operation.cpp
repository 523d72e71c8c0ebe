// SPDX-License-Identifier: GPL-3.0-or-later
#include "release/operation.h"

#include "chart/manifest.h"
#include "release/steps.h"
#include "yaml/printer.h"

#include <algorithm>
#include <set>

namespace pk::release {

using State = StepEvent::State;

const char *nameOf(StepEvent::State state)
{
    switch (state) {
    case State::Planned:
        return "planned";
    case State::Running:
        return "running";
    case State::Waiting:
        return "waiting";
    case State::Done:
        return "done";
    case State::Skipped:
        return "skipped";
    case State::Failed:
        break;
    }
    return "failed";
}

const std::vector<std::string> &stepIds()
{
    static const std::vector<std::string> ids = {"read-history", "resolve-pending", "trim-history", "create-namespace",
        "install-crd", "check-object", "write-record", "hook", "migrate", "recreate", "apply", "delete", "keep", "free",
        "wait", "supersede-record", "finish-record", "fail-record", "forget-record"};
    return ids;
}

namespace {

Record *findRevision(ReleaseHistory &history, int revision)
{
    for (Record &record : history.revisions) {
        if (record.revision() == revision)
            return &record;
    }
    return nullptr;
}

std::string joined(const std::vector<Error> &errors)
{
    std::string text;
    for (const Error &error : errors)
        text += (text.empty() ? "" : " && ") + error.message;
    return text;
}

/// How an action calls its parts.
struct Words
{
    Status pending;
    const char *preHook, *postHook, *failed;
};

Words wordsOf(Action action)
{
    switch (action) {
    case Action::Install:
        return {Status::PendingInstall, "pre-install", "post-install", "Release"};
    case Action::Upgrade:
        return {Status::PendingUpgrade, "pre-upgrade", "post-upgrade", "Upgrade"};
    case Action::Rollback:
        return {Status::PendingRollback, "pre-rollback", "post-rollback", "Rollback"};
    case Action::Complete: // Never: a plan says what the revision was begun as.
    case Action::Uninstall:
        break;
    }
    return {Status::Uninstalling, "pre-delete", "post-delete", "Uninstall"};
}

/// False once there is another newest revision, or the one that was compared with is no longer what runs.
bool leadsToTheSame(const ReleasePlan &plan, const ReleasePlan &seen)
{
    return plan.last == seen.last && plan.baseline == seen.baseline && plan.target == seen.target
        && plan.newRevision == seen.newRevision;
}

} // namespace

class Operation::Run
{
public:
    Run(ClusterApi &api, const Clock &clock, OperationRequest request, OnStep onStep, OnDone onDone) :
        m_api(api), m_request(std::move(request)), m_steps(api, clock, m_request, std::move(onStep)),
        m_onDone(std::move(onDone)), m_main(main())
    {
    }

    void start() { m_main.start(); }
    void stop() { m_steps.stop(); }
    bool isFinished() const { return m_finished; }

private:
    Task<bool> main();
    Task<Failure> prepare();
    Task<Failure> clearTheWay();
    Task<Failure> checkAdoption();
    Task<Failure> change();
    Task<Failure> changeObjects();
    Task<Failure> writeEnd(Failure outcome);
    Task<Failure> uninstall();
    Task<Failure> removeObjects(
        const std::vector<Object> &objects, std::vector<Object> &removed, std::vector<std::string> &uids);
    Task<Failure> endUninstall();
    Result<Record> newRecord();
    Record continuedRecord();
    std::string pendingDescription() const;
    void tellPlan();
    /// What is being done; of Complete: what the revision was begun as.
    Action action() const { return m_plan.action; }
    bool isInstall() const { return action() == Action::Install; }
    bool goesOn() const { return m_request.action == Action::Complete; }

    ClusterApi &m_api;
    const OperationRequest m_request;
    Steps m_steps;
    OnDone m_onDone;
    ReleaseHistory m_history;
    ReleasePlan m_plan;
    Record m_record; ///< The revision being written.
    std::vector<Object> m_before, m_after;
    std::vector<Reading> m_live; ///< Of m_after.
    http::Call m_telling;
    bool m_finished = false;
    Task<bool> m_main;
};

Task<bool> Operation::Run::main()
{
    Failure failed = co_await prepare();
    if (!failed) {
        if (action() == Action::Uninstall)
            failed = co_await uninstall();
        else
            failed = co_await change();
    }
    if (failed)
        failed = m_steps.hidden(*failed);
    m_steps.result.error = failed;
    m_steps.result.stopped = failed && failed->id == "release.stopped";
    m_finished = true;
    // Not from within this coroutine: the receiver may destroy it.
    m_telling = m_api.after(std::chrono::milliseconds(0), [this] {
        const OnDone onDone = m_onDone;
        const OperationResult result = std::move(m_steps.result);
        onDone(result);
    });
    co_return true;
}

/// Reads what there is, and plans. Nothing is changed.
Task<Failure> Operation::Run::prepare()
{
    Result<ReleaseHistory> history = co_await m_steps.readHistory();
    if (!history)
        co_return Failure(history.error());
    m_history = std::move(*history);
    for (const Record &record : m_history.revisions) {
        m_steps.learnSecrets(yaml::toYaml(record.config()));
        m_steps.learnSecrets(record.manifest());
    }
    m_steps.learnSecrets(yaml::toYaml(m_request.config));
    m_steps.learnSecrets(m_request.manifest);
    ReleaseFacts facts{.wanted = m_request.action,
        .name = m_request.name,
        .history = {},
        .rollbackTo = m_request.rollbackTo,
        .historyLimit = m_request.historyLimit,
        .resolvePending = m_request.resolvePending,
        .replace = m_request.replace};
    for (const Record &record : m_history.revisions)
        facts.history.push_back(factsOf(record));
    m_plan = planRelease(facts);
    if (m_request.reviewed && !leadsToTheSame(m_plan, *m_request.reviewed))
        co_return Failure(Error{.code = Error::Code::Conflict,
            .message = "release " + m_request.name + " was changed since the review",
            .id = "release.changed",
            .parameters = {{"name", m_request.name}}});
    if (m_plan.refused)
        co_return Failure(m_plan.refused);
    if (const Record *baseline = findRevision(m_history, m_plan.baseline)) {
        auto before = readObjects(baseline->manifest(), m_request.ns, m_steps.catalog());
        if (!before)
            co_return Failure(
                before.error().wrapped("unable to build kubernetes objects from current release manifest: "));
        m_before = std::move(*before);
    }
    if (action() == Action::Uninstall) {
        m_record = *findRevision(m_history, m_plan.last);
        tellPlan();
        co_return Failure();
    }
    if (goesOn()) {
        m_record = continuedRecord();
    } else {
        auto record = newRecord();
        if (!record)
            co_return Failure(record.error());
        m_record = std::move(*record);
    }
    auto after = readObjects(m_record.manifest(), m_request.ns, m_steps.catalog());
    if (!after)
        co_return Failure(after.error().wrapped("unable to build kubernetes objects from new release manifest: "));
    m_after = std::move(*after);
    tellPlan();
    co_return Failure();
}

/// What is going to be done, so that a person sees how much is to come.
void Operation::Run::tellPlan()
{
    const auto plan = [this](const char *step, std::string object) {
        m_steps.tell(step, std::move(object), State::Planned);
    };
    const auto planAll = [&](const char *step, const std::vector<int> &revisions) {
        for (const int revision : revisions)
            plan(step, std::to_string(revision));
    };
    const auto planHooks = [&](const char *event) {
        for (const chart::Hook &hook : m_request.runHooks ? hooksOf(m_record, event) : std::vector<chart::Hook>())
            plan("hook", hook.kind + '/' + hook.name);
    };
    const Words words = wordsOf(action());
    if (action() == Action::Uninstall) {
        planHooks(words.preHook);
        plan("write-record", std::to_string(m_plan.last));
        for (const Object &object : m_before)
            plan(isKept(object.tree) ? "keep" : "delete", object.title());
        planHooks(words.postHook);
        for (const Record &record : m_history.revisions)
            plan(m_request.keepHistory ? "finish-record" : "forget-record", std::to_string(record.revision()));
        return;
    }
    planAll("resolve-pending", m_plan.markFailed);
    planAll("trim-history", m_plan.forget);
    plan("write-record", std::to_string(m_plan.newRevision));
    planHooks(words.preHook);
    std::set<std::string> wanted;
    for (const Object &object : m_after) {
        wanted.insert(object.key());
        plan("apply", object.title());
    }
    for (const Object &object : m_before) {
        if (!wanted.contains(object.key()))
            plan("delete", object.title());
    }
    for (const Object &object : m_after) {
        if (m_request.wait && isWaitedFor(object))
            plan("wait", object.title());
    }
    planHooks(words.postHook);
    planAll("supersede-record", m_plan.supersede);
    plan("finish-record", std::to_string(m_plan.newRevision));
}

std::string Operation::Run::pendingDescription() const
{
    if (isInstall())
        return "Initial install underway";
    if (action() == Action::Upgrade)
        return "Preparing upgrade";
    const int target = goesOn() ? m_record.rollbackRevision() : m_plan.target;
    return m_request.description.empty() ? "Rollback to " + std::to_string(target) : m_request.description;
}

/// The newest revision as it was begun; helm sees it as pending again while we are at work.
Record Operation::Run::continuedRecord()
{
    m_record = *findRevision(m_history, m_plan.newRevision);
    const WallTime now = m_steps.clock().now();
    m_record.setTimes(m_record.firstDeployed().value_or(now), now);
    m_record.setStatus(wordsOf(action()).pending, pendingDescription());
    return m_record;
}

Result<Record> Operation::Run::newRecord()
{
    const WallTime now = m_steps.clock().now();
    Record record;
    WallTime first = now;
    if (m_request.action == Action::Rollback) {
        const Record *target = findRevision(m_history, m_plan.target);
        if (!target)
            return Error{.code = Error::Code::NotFound,
                .message = "release has no " + std::to_string(m_plan.target) + " version"};
        record.setChart(target->chart());
        record.setConfig(target->config());
        record.setManifest(target->manifest());
        record.setHooks(target->hooks());
        record.setNotes(target->notes());
        record.setUserLabels(target->userLabels());
        record.setRollbackRevision(m_plan.target);
    } else {
        record.setChart(m_request.chart);
        record.setConfig(m_request.config.isMap() ? m_request.config : Value::map());
        record.setManifest(m_request.manifest);
        record.setHooks(m_request.hooks);
        record.setNotes(m_request.notes);
        if (const Record *baseline = findRevision(m_history, m_plan.baseline); baseline && !isInstall())
            record.setUserLabels(baseline->userLabels());
        std::map<std::string, std::string> labels = record.userLabels();
        for (const auto &[key, value] : m_request.labels) {
            if (value == "null")
                labels.erase(key); // Helm's way to take a label away.
            else
                labels[key] = value;
        }
        record.setUserLabels(std::move(labels));
    }
    if (const Record *baseline = findRevision(m_history, m_plan.baseline); baseline && !isInstall())
        first = baseline->firstDeployed().value_or(now);
    record.setName(m_request.name, m_request.ns);
    record.setRevision(m_plan.newRevision);
    record.setTimes(first, now);
    record.setServerSide(true);
    record.setStatus(wordsOf(action()).pending, pendingDescription());
    return record;
}

/// Objects that exist and are not known to be the release's must carry its marks.
Task<Failure> Operation::Run::checkAdoption()
{
    m_live = co_await m_steps.readAll(m_after);
    std::set<std::string> known;
    for (const Object &object : m_before)
        known.insert(object.key());
    for (std::size_t i = 0; i < m_after.size(); ++i) {
        const Object &object = m_after[i];
        if (!m_live[i]) {
            // In a namespace that is yet to be made, nothing is found.
            if (!isNotFound(m_live[i])) {
                m_steps.tell("check-object", object.title(), State::Failed, m_live[i].error().message);
                co_return Failure(m_live[i].error());
            }
            continue;
        }
        if (known.contains(object.key()) || m_request.takeOwnership)
            continue;
        const std::string problem = ownershipProblem(*m_live[i], m_request.name, m_request.ns);
        if (problem.empty())
            continue;
        m_steps.tell("check-object", object.title(), State::Failed, problem);
        co_return Failure(adoptionRefused(object, problem, isInstall()));
    }
    co_return Failure();
}

/// What stands in the way of a new revision: operations that were left, and too many old ones.
Task<Failure> Operation::Run::clearTheWay()
{
    for (const int revision : m_plan.markFailed) {
        Record *record = findRevision(m_history, revision);
        record->setStatus(Status::Failed, "Marked as failed: it was started and never finished");
        if (Failure failed = co_await m_steps.updateRecord(*record, "resolve-pending"))
            co_return failed;
    }
    for (const int revision : m_plan.forget) {
        if (Failure failed = co_await m_steps.forgetRecord(*findRevision(m_history, revision), "trim-history"))
            co_return failed;
    }
    co_return Failure();
}

/// Install, upgrade and rollback.
Task<Failure> Operation::Run::change()
{
    if (isInstall() && m_request.createNamespace) {
        if (Failure failed = co_await m_steps.createNamespace())
            co_return failed;
    }
    if (isInstall()) {
        if (Failure failed = co_await m_steps.applyCrds())
            co_return failed;
    }
    if (Failure failed = co_await checkAdoption())
        co_return failed;
    if (Failure failed = co_await clearTheWay())
        co_return failed;
    if (m_steps.mustStop())
        co_return Failure(Steps::stoppedError());
    Failure failed;
    if (goesOn()) {
        m_steps.result.record = m_record;
        failed = co_await m_steps.updateRecord(m_record, "write-record");
    } else {
        failed = co_await m_steps.createRecord(m_record);
    }
    if (failed)
        co_return failed;

    const Words words = wordsOf(action());
    failed = co_await m_steps.runHooks(m_record, words.preHook);
    if (!failed)
        failed = co_await changeObjects();
    if (!failed && m_request.wait)
        failed = co_await m_steps.waitUntilReady(m_after, std::move(m_live));
    if (!failed)
        failed = co_await m_steps.runHooks(m_record, words.postHook);
    co_return co_await writeEnd(std::move(failed));
}

/// Applies in manifest order, which is Helm's order of kinds; then deletes what the new manifest does not have.
Task<Failure> Operation::Run::changeObjects()
{
    std::vector<Error> errors;
    for (std::size_t i = 0; i < m_after.size(); ++i) {
        if (m_steps.mustStop())
            co_return Failure(Steps::stoppedError());
        const bool existed = m_live[i].ok();
        Failure failed = co_await m_steps.applyObject(m_after[i], m_live[i], m_plan.migrateOwnership);
        if (!failed)
            continue;
        if (!existed && !isInstall())
            failed = failed->wrapped("failed to create resource: ");
        errors.push_back(*failed);
        // What cannot be created ends all; what cannot be changed leaves the rest to be tried.
        if (!existed || failed->code == Error::Code::Unavailable)
            break;
    }
    if (!errors.empty()) {
        Error all = errors.front();
        all.message = joined(errors);
        co_return Failure(all);
    }
    std::set<std::string> wanted;
    for (const Object &object : m_after)
        wanted.insert(object.key());
    for (const Object &object : m_before) {
        if (wanted.contains(object.key()))
            continue;
        if (m_steps.mustStop())
            co_return Failure(Steps::stoppedError());
        if (Failure failed = co_await m_steps.deleteObject(object))
            co_return failed;
    }
    co_return Failure();
}

/// The records' last state: the truth, whatever has happened.
Task<Failure> Operation::Run::writeEnd(Failure outcome)
{
    if (outcome) {
        const char *what = wordsOf(action()).failed;
        m_record.setStatus(Status::Failed,
            std::string(what) + " \"" + m_request.name + "\" failed: " + m_steps.hidden(outcome->message));
        if (action() == Action::Rollback) {
            Record *current = findRevision(m_history, m_plan.baseline);
            if (current && current->status() == Status::Deployed) {
                current->setStatus(Status::Superseded);
                co_await m_steps.updateRecord(*current, "supersede-record");
            }
        }
        // When even this cannot be written the record stays pending, and the first error is the one to tell.
        co_await m_steps.updateRecord(m_record, "fail-record");
        co_return outcome;
    }
    for (const int revision : m_plan.supersede) {
        Record *record = findRevision(m_history, revision);
        record->setStatus(Status::Superseded);
        if (Failure failed = co_await m_steps.updateRecord(*record, "supersede-record"))
            co_return failed;
    }
    std::string description = m_request.description;
    if (description.empty() && isInstall())
        description = "Install complete";
    else if (description.empty() && action() == Action::Upgrade)
        description = "Upgrade complete";
    if (action() == Action::Rollback)
        m_record.setStatus(Status::Deployed);
    else
        m_record.setStatus(Status::Deployed, description);
    co_return co_await m_steps.updateRecord(m_record, "finish-record");
}

// --- Uninstall

Task<Failure> Operation::Run::removeObjects(
    const std::vector<Object> &objects, std::vector<Object> &removed, std::vector<std::string> &uids)
{
    std::vector<Reading> live = co_await m_steps.readAll(objects);
    std::vector<Error> errors;
    for (std::size_t i = 0; i < objects.size(); ++i) {
        const Object &object = objects[i];
        const std::string words = '[' + object.kind + "] " + object.name;
        if (isKept(object.tree)) {
            m_steps.tell("keep", object.title(), State::Done);
            m_steps.result.kept.push_back(words);
            continue;
        }
        if (isNotFound(live[i])) {
            m_steps.tell("delete", object.title(), State::Skipped, "not found");
            continue;
        }
        if (!live[i]) {
            m_steps.tell("delete", object.title(), State::Skipped, live[i].error().message);
            m_steps.result.unverified.push_back(words + ": " + live[i].error().message);
            continue;
        }
        if (!ownershipProblem(*live[i], m_request.name, m_request.ns).empty()) {
            m_steps.tell("delete", object.title(), State::Skipped, "not owned by this release");
            m_steps.result.notOwned.push_back(words);
            continue;
        }
        if (m_steps.mustStop())
            co_return Failure(Steps::stoppedError());
        m_steps.tell("delete", object.title(), State::Running);
        const kube::ObjectPath path = object.path();
        const std::string uid = live[i]->at({"metadata", "uid"}).stringOr();
        const kube::DeleteOptions options{.uid = uid};
        Reply<Reading> reply([&](auto done) { return m_api.remove(path, options, std::move(done)); });
        Reading answer = co_await reply;
        if (!answer && !isNotFound(answer)) {
            m_steps.tell("delete", object.title(), State::Failed, answer.error().message);
            errors.push_back(answer.error());
            continue;
        }
        m_steps.tell("delete", object.title(), State::Done);
        removed.push_back(object);
        uids.push_back(uid);
    }
    if (errors.empty())
        co_return Failure();
    Error all = errors.front();
    all.message = "failed to delete release: " + m_request.name + ": " + joined(errors);
    co_return Failure(all);
}

Task<Failure> Operation::Run::uninstall()
{
    m_steps.result.record = m_record;
    if (m_record.status() == Status::Uninstalled)
        co_return co_await endUninstall(); // Only its records are left.
    if (Failure failed = co_await m_steps.runHooks(m_record, "pre-delete"))
        co_return failed;
    if (m_steps.mustStop())
        co_return Failure(Steps::stoppedError());
    m_record.setStatus(Status::Uninstalling, "Deletion in progress (or silently failed)");
    m_record.setDeleted(m_steps.clock().now());
    if (Failure failed = co_await m_steps.updateRecord(m_record, "write-record"))
        co_return failed;

    std::vector<Object> objects = m_before;
    std::ranges::stable_sort(objects, {}, [](const Object &object) {
        return chart::placeOfKind(object.kind, chart::KindOrder::Uninstall, chart::levels43());
    });
    std::vector<Object> removed;
    std::vector<std::string> uids;
    if (Failure failed = co_await removeObjects(objects, removed, uids))
        co_return failed;
    if (m_request.wait) {
        for (std::size_t i = 0; i < removed.size(); ++i) {
            m_steps.tell("wait", removed[i].title(), State::Waiting);
            Failure failed = co_await m_steps.waitUntilGone(removed[i].path(), uids[i], removed[i].title());
            m_steps.tell("wait", removed[i].title(), failed ? State::Failed : State::Done,
                failed ? failed->message : std::string());
            if (failed)
                co_return failed;
        }
    }
    if (Failure failed = co_await m_steps.runHooks(m_record, "post-delete"))
        co_return failed;
    co_return co_await endUninstall();
}

Task<Failure> Operation::Run::endUninstall()
{
    if (m_request.keepHistory) {
        m_record.setStatus(
            Status::Uninstalled, m_request.description.empty() ? "Uninstallation complete" : m_request.description);
        if (Failure failed = co_await m_steps.updateRecord(m_record, "finish-record"))
            co_return failed;
        for (Record &record : m_history.revisions) {
            if (record.revision() == m_record.revision() || record.status() != Status::Deployed)
                continue;
            record.setStatus(Status::Superseded);
            if (Failure failed = co_await m_steps.updateRecord(record, "finish-record"))
                co_return failed;
        }
        co_return Failure();
    }
    for (const Record &record : m_history.revisions) {
        // The newest has been written since it was read.
        const Record &latest = record.revision() == m_record.revision() ? m_record : record;
        if (Failure failed = co_await m_steps.forgetRecord(latest, "forget-record"))
            co_return failed;
    }
    co_return Failure();
}

// --- The public side

Operation::Operation(ClusterApi &api, const Clock &clock, OperationRequest request, OnStep onStep, OnDone onDone) :
    m_run(std::make_unique<Run>(api, clock, std::move(request), std::move(onStep), std::move(onDone)))
{
}
Operation::~Operation() = default;

void Operation::start()
{
    m_run->start();
}

void Operation::stop()
{
    m_run->stop();
}

bool Operation::isFinished() const
{
    return m_run->isFinished();
}

} // namespace pk::release
