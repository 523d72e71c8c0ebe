// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to core/release.
#include "document/secretwords.h"
#include "release/clusterfacts.h"
#include "release/inspect.h"
#include "release/operation.h"
#include "release/task.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace pk::release {

/// "Done", or why not: what a step gives. (Task needs a movable value, so no Result<void>.)
using Failure = std::optional<Error>;
using Reading = kube::Answer<Value>;

/// The single steps that all operations are made of: each says what it does to the listener and to the cluster.
/// Everything runs on one thread. Arguments are taken by value where they must live across a wait.
class Steps
{
public:
    Steps(ClusterApi &api, const Clock &clock, const OperationRequest &request, Operation::OnStep onStep) :
        m_api(api), m_clock(clock), m_request(request), m_onStep(std::move(onStep)), m_catalog(request.catalog)
    {
        if (request.action == Action::Install && !request.crds.empty())
            m_catalog = std::make_shared<const kube::ResourceCatalog>(
                withCrds(m_catalog ? *m_catalog : kube::ResourceCatalog(), request.crds));
        m_secrets.add(request.secrets);
    }

    void tell(std::string step, std::string object, StepEvent::State state, const std::string &detail = {},
        WorkerProgress workers = {});
    /// What the texts of values and manifests know as secret is hidden in all that is told from here on.
    void learnSecrets(std::string_view text) { m_secrets.addValues(text); }
    /// Kubernetes' words may quote what it was sent.
    std::string hidden(std::string words) const { return m_secrets.hidden(std::move(words)); }
    Error hidden(Error error) const;
    void stop() { m_stopAsked = true; }
    bool mustStop() const { return m_stopAsked; }
    /// The error of an operation that was asked to stop.
    static Error stoppedError();
    const Clock &clock() const { return m_clock; }
    /// The kinds of the cluster, with those that an install brings; may be null.
    const kube::ResourceCatalog *catalog() const { return m_catalog.get(); }

    // --- Records
    Task<Result<ReleaseHistory>> readHistory();
    Task<Failure> createRecord(Record &record);
    /// `step` is the id that it is told by; null: it is not told.
    Task<Failure> updateRecord(Record &record, const char *step);
    Task<Failure> forgetRecord(Record record, const char *step);

    // --- Objects
    Task<Reading> read(kube::ObjectPath path);
    /// The live state of each object, in order.
    Task<std::vector<Reading>> readAll(const std::vector<Object> &objects);
    Task<Failure> createNamespace();
    Task<Failure> applyCrds();
    /// `live`: as read before, or NotFound. `migrate`: move what client-side Helm owns first. On success `live` is the
    /// object as it is now.
    Task<Failure> applyObject(const Object &object, Reading &live, bool migrate);
    /// Deletes what an upgrade leaves behind, unless the live object says keep.
    Task<Failure> deleteObject(Object object);
    /// DELETE with orphaned pods, and waits until the object is gone.
    Task<Failure> orphan(const Object &object, const Value &live);
    Task<Failure> waitUntilGone(kube::ObjectPath path, std::string uid, std::string title);
    /// Until all are current. `live` is what is known of them.
    Task<Failure> waitUntilReady(const std::vector<Object> &objects, std::vector<Reading> live);

    // --- Hooks
    /// All hooks of `event` ("pre-install"), in order; `record` keeps their runs.
    Task<Failure> runHooks(Record &record, std::string event);

    OperationResult result;

private:
    struct RunningHook
    {
        chart::Hook hook;
        Object object;
        bool has(std::string_view policy) const;
    };

    Task<Failure> waitUntilServed();
    Task<bool> freeStatefulSet(Object object, Value live);
    Task<Failure> migrateOwnership(const Object &object, Reading &live);
    Task<Failure> runHook(Record &record, const RunningHook &running);
    Task<Failure> waitForHook(const Object &object);
    Task<Failure> removeHook(const RunningHook &running);
    Task<bool> sleep(std::chrono::milliseconds delay);
    Result<RunningHook> prepareHook(const chart::Hook &hook) const;
    void keepWarnings(const kube::AnswerInfo &info);

    ClusterApi &m_api;
    const Clock &m_clock;
    const OperationRequest &m_request;
    Operation::OnStep m_onStep;
    std::shared_ptr<const kube::ResourceCatalog> m_catalog;
    document::SecretWords m_secrets;
    bool m_stopAsked = false;
};

bool isNotFound(const Reading &reading);

/// Hooks of `event`, in the order in which they run.
std::vector<chart::Hook> hooksOf(const Record &record, std::string_view event);
/// Takes time to become ready: has a "wait" line of its own even when it is ready at once.
bool isWaitedFor(const Object &object);

/// Helm's words for an apply that failed.
Error applyError(const Object &object, const Reading &answer);

} // namespace pk::release
