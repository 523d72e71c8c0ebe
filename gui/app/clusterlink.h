// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/iothread.h"
#include "kube/apiclient.h"
#include "pool/live/poolstore.h"
#include "release/clusterfacts.h"
#include "release/inspect.h"
#include "store/store.h"

#include <QMap>
#include <QObject>
#include <QTimer>

#include <memory>

namespace pk::gui {

/// One context in use: the client, the watches that feed the pools, the releases of its namespace, and the ledger of
/// its evictions. Dropping it ends everything that it asked for. GUI thread.
class ClusterLink : public QObject
{
    Q_OBJECT
public:
    enum class Phase { Connecting, Live, Stale, Refused };

    /// Borrows `io`, `store` and `clock`.
    ClusterLink(http::IoThread &io, std::shared_ptr<http::Dispatcher> dispatcher, kube::ContextConfig context,
        kube::ApiClient::Options options, store::Store &store, const Clock &clock, QObject *parent = nullptr);
    ~ClusterLink() override;

    void start();
    /// Asks for everything anew; after a refusal, or when the person wants it.
    void restart();

    QString context() const;
    QString ns() const;
    QString user() const { return m_user; }
    Phase phase() const { return m_phase; }
    /// Why it is refused or stale.
    const std::optional<Error> &error() const { return m_error; }
    WallTime since() const { return m_since; } ///< Of the phase.
    std::optional<std::chrono::milliseconds> latency() const { return m_client.lastLatency(); }

    const pool::PoolStore &pools() const { return m_pools; }
    const release::ReleaseHistory *release(const std::string &name) const;
    const std::vector<release::ReleaseHistory> &releases() const { return m_releases.releases; }
    void readReleases();
    /// False until the releases were read, and when they cannot be: what is deployed must not be guessed then.
    bool releasesKnown() const { return m_releasesKnown; }
    /// Why they cannot be read. Unless it is a right that is missing, it is tried again.
    const std::optional<Error> &releasesError() const { return m_releasesError; }
    /// What charts are rendered for; null as long as it is not known. Asked for at the start, and whenever something
    /// may have changed it.
    const release::ClusterFactsPtr &facts() const { return m_facts; }
    void readFacts();
    /// Evictions of this cluster and namespace, newest first, also those of earlier runs.
    const std::vector<pool::Eviction> &ledger() const { return m_ledger; }
    std::optional<WallTime> ledgerSince() const;
    /// May watch this kind? False once the server has refused it.
    bool maySee(const QString &what) const;

    release::ClusterApi &api() { return *m_api; }
    kube::ApiClient &client() { return m_client; }
    const std::string &clusterUid() const { return m_clusterUid; }

Q_SIGNALS:
    void poolsChanged(const pool::PoolChanges &changes);
    void releasesChanged();
    void factsChanged();
    void ledgerChanged();
    void phaseChanged();

private:
    template <class Facts>
    void follow(const char *apiVersion, const char *kind, bool namespaced, Result<Facts> (*decode)(std::string_view));
    void followWorkload(const char *kind);
    void noteGenerations(const kube::WatchUpdate<pool::WorkloadFacts> &update);
    void onState(const QString &what, const kube::WatchState &state);
    void readLedger();
    void flush();

    const Clock &m_clock;
    store::Store &m_store;
    kube::ContextConfig m_config;
    kube::ApiClient m_client;
    std::unique_ptr<release::ClusterApi> m_api;
    pool::PoolStore m_pools;
    pool::PoolStore::Subscription m_subscription;
    std::vector<http::Call> m_calls;
    QTimer m_flushTimer;
    QMap<QString, kube::WatchState> m_states; ///< By kind.
    Phase m_phase = Phase::Connecting;
    std::optional<Error> m_error;
    WallTime m_since{};
    QString m_user;
    std::string m_clusterUid;
    release::ReleaseList m_releases;
    bool m_releasesKnown = false;
    std::optional<Error> m_releasesError;
    QTimer m_releasesTimer; ///< Until they are read again.
    std::map<std::string, std::int64_t> m_generations; ///< Of workloads, by uid.
    std::vector<pool::Eviction> m_ledger;
    http::Call m_releaseCall;
    release::ClusterFactsPtr m_facts;
    http::Call m_factsCall;
};

} // namespace pk::gui
