// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/clusterlink.h"

#include "app/ledgerrow.h"
#include "pool/live/feed.h"

#include <QPointer>

#include <algorithm>

namespace pk::gui {

namespace {

constexpr int FlushInterval = 100; ///< Milliseconds: at most ten updates of the window a second.
constexpr int AfterChange = 1000; ///< Milliseconds from a changed workload to reading the records that tell why.
constexpr int AfterFailure = 5000; ///< Milliseconds until records that could not be read are asked for again.

} // namespace

ClusterLink::ClusterLink(http::IoThread &io, std::shared_ptr<http::Dispatcher> dispatcher, kube::ContextConfig context,
    kube::ApiClient::Options options, store::Store &store, const Clock &clock, QObject *parent) :
    QObject(parent),
    m_clock(clock), m_store(store), m_config(context), m_client(io, dispatcher, std::move(context), std::move(options)),
    m_api(release::makeClusterApi(m_client, io, dispatcher)), m_pools(clock)
{
    m_user = QString::fromStdString(m_config.user.name);
    m_flushTimer.setInterval(FlushInterval);
    connect(&m_flushTimer, &QTimer::timeout, this, &ClusterLink::flush);
    m_releasesTimer.setSingleShot(true);
    connect(&m_releasesTimer, &QTimer::timeout, this, &ClusterLink::readReleases);
    m_subscription = m_pools.listen([this](const pool::PoolChanges &changes) {
        if (!changes.evictions.empty() && !m_clusterUid.empty()) {
            std::vector<store::EvictionRow> rows;
            for (const pool::Eviction &eviction : changes.evictions)
                rows.push_back(rowOf(eviction, m_clusterUid));
            m_store.addEvictions(std::move(rows));
            readLedger();
        }
        if (!changes.isEmpty())
            Q_EMIT poolsChanged(changes);
    });
}

ClusterLink::~ClusterLink() = default;

QString ClusterLink::context() const
{
    return QString::fromStdString(m_config.name);
}

QString ClusterLink::ns() const
{
    return QString::fromStdString(m_config.nameSpace);
}

void ClusterLink::start()
{
    m_since = m_clock.now();
    // The ledger is kept by cluster, not by context. Who may not read the namespace gets one by address.
    const auto ns = kube::knownResource("v1", "Namespace");
    m_calls.push_back(m_client.get({.resource = *ns, .name = "kube-system"}, [this](kube::Answer<Value> answer) {
        const std::string uid = answer.ok() ? answer->at({"metadata", "uid"}).stringOr() : std::string();
        m_clusterUid = uid.empty() ? m_config.cluster.server : uid;
        std::vector<store::EvictionRow> rows;
        for (const pool::Eviction &eviction : m_pools.evictions())
            rows.push_back(rowOf(eviction, m_clusterUid));
        if (!rows.empty())
            m_store.addEvictions(std::move(rows));
        readLedger();
    }));
    m_calls.push_back(m_client.whoAmI([this](kube::Answer<kube::Identity> answer) {
        if (answer.ok() && !answer->username.empty())
            m_user = QString::fromStdString(answer->username);
        Q_EMIT phaseChanged();
    }));
    follow<pool::PodFacts>("v1", "Pod", true, &pool::decodePod);
    follow<pool::EventFacts>("v1", "Event", true, &pool::decodeEvent);
    follow<pool::ClaimFacts>("v1", "PersistentVolumeClaim", true, &pool::decodeClaim);
    follow<pool::NodeFacts>("v1", "Node", false, &pool::decodeNode);
    for (const char *kind : {"StatefulSet", "Deployment", "ReplicaSet"})
        followWorkload(kind);
    readReleases();
    readFacts();
    m_flushTimer.start();
}

void ClusterLink::restart()
{
    m_calls.clear();
    m_states.clear();
    m_phase = Phase::Connecting;
    m_error.reset();
    Q_EMIT phaseChanged();
    start();
}

template <class Facts>
void ClusterLink::follow(
    const char *apiVersion, const char *kind, bool namespaced, Result<Facts> (*decode)(std::string_view))
{
    kube::WatchSpec spec;
    spec.resource = *kube::knownResource(apiVersion, kind);
    if (namespaced)
        spec.nameSpace = m_config.nameSpace;
    m_calls.push_back(
        m_client.watch<Facts>(spec, decode, [this, what = QString::fromLatin1(kind)](kube::WatchUpdate<Facts> update) {
            onState(what, update.state);
            pool::feed(m_pools, std::move(update));
        }));
}

void ClusterLink::followWorkload(const char *kind)
{
    kube::WatchSpec spec;
    spec.resource = *kube::knownResource("apps/v1", kind);
    spec.nameSpace = m_config.nameSpace;
    const std::string name = kind;
    m_calls.push_back(m_client.watch<pool::WorkloadFacts>(
        spec, [name](std::string_view json) { return pool::decodeWorkload(json, name); },
        [this, name](kube::WatchUpdate<pool::WorkloadFacts> update) {
            onState(QString::fromStdString(name), update.state);
            noteGenerations(update);
            pool::feed(m_pools, std::move(update), name);
        }));
}

/// Whoever else upgrades a release changes its workload: what is deployed is asked for again then.
void ClusterLink::noteGenerations(const kube::WatchUpdate<pool::WorkloadFacts> &update)
{
    for (const auto &change : update.changes) {
        const auto [known, added] = m_generations.try_emplace(change.key.uid, change.object.meta.generation);
        const bool changed = !added && known->second != change.object.meta.generation;
        if (change.kind == kube::ChangeKind::Deleted)
            m_generations.erase(known);
        else
            known->second = change.object.meta.generation;
        if (changed || (added && !update.replaced) || change.kind == kube::ChangeKind::Deleted)
            m_releasesTimer.start(AfterChange);
    }
}

void ClusterLink::onState(const QString &what, const kube::WatchState &state)
{
    m_states[what] = state;
    // Pods and workloads are what a pool is made of; nodes and events may be missing, and the rest works.
    Phase phase = Phase::Live;
    std::optional<Error> error;
    WallTime since = m_since;
    for (const char *needed : {"Pod", "StatefulSet", "Deployment"}) {
        const auto known = m_states.constFind(QLatin1String(needed));
        if (known == m_states.constEnd() || known->phase == kube::WatchState::Phase::Loading) {
            if (known != m_states.constEnd() && !known->error.message.empty())
                error = known->error;
            if (phase == Phase::Live)
                phase = Phase::Connecting;
        } else if (known->phase == kube::WatchState::Phase::Stale) {
            phase = Phase::Stale;
            error = known->error;
            since = known->since;
        } else if (known->phase == kube::WatchState::Phase::Forbidden) {
            phase = Phase::Refused;
            error = known->error;
            break;
        }
    }
    // It may have been another server's version before the connection was lost.
    if (phase == Phase::Live && m_phase == Phase::Stale)
        readFacts();
    const bool changed = phase != m_phase || error.has_value() != m_error.has_value()
        || (error && m_error && error->message != m_error->message);
    m_phase = phase;
    m_error = error;
    m_since = since;
    if (changed)
        Q_EMIT phaseChanged();
}

bool ClusterLink::maySee(const QString &what) const
{
    const auto known = m_states.constFind(what);
    return known == m_states.constEnd() || known->phase != kube::WatchState::Phase::Forbidden;
}

void ClusterLink::flush()
{
    if (m_pools.needsFlush())
        m_pools.flush();
}

void ClusterLink::readReleases()
{
    m_releasesKnown = false;
    m_releaseCall = release::listReleases(*m_api, m_config.nameSpace, [this](Result<release::ReleaseList> list) {
        // Who may not read Secrets still sees the pools; what is deployed is then not known.
        m_releasesKnown = list.ok();
        m_releasesError = list ? std::nullopt : std::optional(list.error());
        if (list)
            m_releases = std::move(*list);
        else if (m_releasesError->code != Error::Code::Denied)
            m_releasesTimer.start(AfterFailure);
        Q_EMIT releasesChanged();
    });
}

void ClusterLink::readFacts()
{
    m_factsCall = release::readClusterFacts(*m_api, [this](Result<release::ClusterFactsPtr> facts) {
        // Without an answer what was known stays: a review asks for itself, and tells what is wrong.
        if (!facts)
            return;
        m_facts = std::move(*facts);
        Q_EMIT factsChanged();
    });
}

const release::ReleaseHistory *ClusterLink::release(const std::string &name) const
{
    const auto found = std::find_if(m_releases.releases.begin(), m_releases.releases.end(),
        [&name](const release::ReleaseHistory &history) { return history.name == name; });
    return found == m_releases.releases.end() ? nullptr : &*found;
}

void ClusterLink::readLedger()
{
    store::Store::EvictionQuery query;
    query.cluster = m_clusterUid;
    query.ns = m_config.nameSpace;
    m_store.evictions(query, [guard = QPointer<ClusterLink>(this)](Result<std::vector<store::EvictionRow>> rows) {
        if (!guard)
            return;
        guard->m_ledger.clear();
        if (rows) {
            for (const store::EvictionRow &row : *rows)
                guard->m_ledger.push_back(evictionOf(row));
        } else {
            // Without a ledger what this run has seen is shown all the same.
            guard->m_ledger.assign(guard->m_pools.evictions().rbegin(), guard->m_pools.evictions().rend());
        }
        Q_EMIT guard->ledgerChanged();
    });
}

std::optional<WallTime> ClusterLink::ledgerSince() const
{
    return m_ledger.empty() ? std::nullopt : std::optional(m_ledger.back().time);
}

} // namespace pk::gui
