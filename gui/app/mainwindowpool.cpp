// SPDX-License-Identifier: GPL-3.0-or-later
// What the window shows of the chosen pool, and of the evictions of all.

#include "app/mainwindow.h"
#include "app/pagehead.h"
#include "app/poolpage.h"
#include "app/releaseflow.h"
#include "status/statusmap.h"
#include "texts/texts.h"
#include "values/valuessession.h"
#include "widgets/strings.h"

namespace pk::gui {

namespace {

constexpr std::size_t LatestEvents = 20;

/// Of the sentence that says what was left.
const char *idOf(release::Status left)
{
    switch (left) {
    case release::Status::PendingInstall:
        return "release.left.pending-install";
    case release::Status::PendingRollback:
        return "release.left.pending-rollback";
    case release::Status::Uninstalling:
        return "release.left.uninstalling";
    default:
        return "release.left.pending-upgrade";
    }
}

} // namespace

OverviewState MainWindow::overviewOf(const pool::Pool &pool) const
{
    OverviewState overview;
    overview.pool = pool;
    overview.now = m_parts.clock.now();
    overview.cluster = m_cluster->context();
    overview.user = m_cluster->user();
    const pool::PoolStore &pools = m_cluster->pools();
    overview.events = pools.eventsOf(pool.id, LatestEvents);
    overview.mayReadEvents = m_cluster->maySee(QStringLiteral("Event"));
    for (const pool::Worker &worker : pool.workers) {
        const auto claim = pools.claims().find(worker.claim);
        if (claim != pools.claims().end())
            overview.claims.insert(*claim);
    }
    for (const pool::Eviction &eviction : m_cluster->ledger()) {
        if (eviction.poolName == pool.name)
            overview.evictions.push_back(eviction);
    }
    // Asked when a panel opens, which may be after another context was chosen.
    overview.podOf = [this](const std::string &id) { return m_cluster ? m_cluster->pools().podFacts(id) : nullptr; };
    overview.nodeOf = [this](const std::string &name) -> const pool::Node * {
        if (!m_cluster)
            return nullptr;
        const auto node = m_cluster->pools().nodes().find(name);
        return node == m_cluster->pools().nodes().end() ? nullptr : &node->second;
    };
    overview.eventsOf = [this, id = pool.id](const std::string &pod) {
        std::vector<const pool::EventFacts *> said;
        if (m_cluster)
            said = m_cluster->pools().eventsOf(id);
        std::erase_if(said, [&pod](const pool::EventFacts *event) { return event->objectName != pod; });
        return said;
    };
    overview.left = leftReleaseOf(pool);
    if (m_cluster->phase() == ClusterLink::Phase::Stale) {
        overview.staleSince = m_cluster->since();
        overview.trouble = m_cluster->error() ? texts::sentence(*m_cluster->error()) : QString();
    }
    return overview;
}

std::optional<LeftRelease> MainWindow::leftReleaseOf(const pool::Pool &pool) const
{
    const release::ReleaseHistory *history = m_cluster->release(pool.release);
    const ReleaseFlow *flow = m_flows.value(qs(pool.release));
    const auto left = history ? release::leftOperation(*history) : std::nullopt;
    if (!left || (flow && flow->isRunning()))
        return {};
    const WallTime now = m_parts.clock.now();
    LeftRelease shown;
    shown.sentence = texts::fill(idOf(left->status),
        {{"revision", std::to_string(left->revision)},
            {"since", (left->since ? texts::longAgo(*left->since, now) : tr("at some time")).toStdString()}});
    if (left->since && now - *left->since < MayBeAtWork)
        shown.advice = tr("Whoever began it may still be at work.");
    shown.returnTo = left->lastDeployed;
    shown.uninstalls = left->status == release::Status::Uninstalling;
    return shown;
}

void MainWindow::showPool()
{
    const ValuesSession *session = m_sessions.value(m_current);
    const pool::Pool pool = currentPool();
    const bool installed = !pool.id.empty();
    if (!session && !installed)
        return;
    const auto &unread = m_cluster ? m_cluster->releasesError() : std::nullopt;
    m_poolPage->setValuesUnknown(session ? QString()
            : unread                     ? tr("Its Helm release cannot be read. %1").arg(texts::sentence(*unread))
                                         : tr("Its Helm release is being read."));
    const QString name = session ? qs(session->about().name) : qs(pool.release);
    QVector<ChipData> chips;
    const auto chip = [&chips](const QString &text) { chips.append({text, Tone::Neutral, {}, false}); };
    if (installed)
        chip(qs(pool.kind));
    if (session && session->deployed().revision > 0)
        chip(tr("Revision %1").arg(session->deployed().revision));
    if (session && session->chart())
        chip(QStringLiteral("%1 %2").arg(qs(session->chart()->metadata.name), qs(session->chart()->metadata.version)));
    const bool stale = m_cluster && m_cluster->phase() == ClusterLink::Phase::Stale;
    const WorkerState worst = stale ? WorkerState::Unknown : shown(pool.worst);
    m_poolPage->setHead(installed ? glyph(worst) : glyph(ReleaseState::Draft),
        installed ? stateWord(worst) : stateWord(ReleaseState::Draft), name, chips, installed);
    if (!installed) {
        m_poolPage->overview()->setEmpty(QStringLiteral("pencil"), tr("%1 is a draft").arg(name),
            tr("Nothing of it is in the cluster."), {m_poolPage->editValuesAction(), m_poolPage->reviewAction()},
            m_poolPage->editValuesAction());
        m_poolPage->evictions()->setEvictions({}, {}, std::nullopt, m_parts.clock.now());
        m_poolPage->setEvictionCount(0);
        return;
    }
    const OverviewState overview = overviewOf(pool);
    m_poolPage->overview()->setState(overview);
    m_poolPage->evictions()->setNodes(m_cluster->pools().nodes());
    m_poolPage->evictions()->setWorkers(pool.workers);
    m_poolPage->evictions()->setEvictions(
        overview.evictions, {{pool.name, pool.storage}}, m_cluster->ledgerSince(), overview.now);
    m_poolPage->setEvictionCount(int(overview.evictions.size()));
}

void MainWindow::showEvictions()
{
    if (!m_cluster)
        return;
    std::map<std::string, pool::StorageSetup> setups;
    for (const auto &[id, pool] : m_cluster->pools().pools())
        setups[pool.name] = pool.storage;
    m_evictionsHead->setSecondLine(tr("Of all pools in namespace %1 of %2").arg(m_cluster->ns(), m_cluster->context()));
    m_evictionsPage->setNodes(m_cluster->pools().nodes());
    m_evictionsPage->setEvictions(m_cluster->ledger(), setups, m_cluster->ledgerSince(), m_parts.clock.now());
}

} // namespace pk::gui
