// SPDX-License-Identifier: GPL-3.0-or-later
// What the window's side bar says: pools with their news, pages of the cluster, drafts, running operations, connection.
#include "app/mainwindow.h"
#include "status/statusmap.h"
#include "texts/texts.h"
#include "values/valuessession.h"
#include "widgets/strings.h"

namespace pk::gui {

NavRowState MainWindow::poolRow(const pool::Pool &pool) const
{
    NavRowState row;
    row.text = pool.release.empty() ? qs(pool.name) : qs(pool.release);
    if (m_cluster->phase() == ClusterLink::Phase::Stale) {
        row.glyph = glyph(WorkerState::Unknown);
        row.right = QStringLiteral("?");
        row.second = tr("Unknown since %1").arg(texts::clock(m_cluster->since()).left(5));
        row.accessible = tr("%1: not known since %2").arg(row.text, texts::clock(m_cluster->since()));
        return row;
    }
    row.right = QStringLiteral("%1/%2").arg(pool.ready).arg(pool.desired);
    row.accessible = tr("%1: %2").arg(row.text, texts::sentence(pool.news));
    // What we do to a pool says more than what its workers go through meanwhile.
    const ReleaseFlow *flow = m_flows.value(row.text);
    if (flow && flow->isRunning()) {
        row.glyph = glyph(flow->progress().release);
        row.second =
            tr("%1, %2 of %3 ready").arg(stateWord(flow->progress().release)).arg(pool.ready).arg(pool.desired);
        row.secondTone = row.glyph.tone;
        return row;
    }
    const Glyph worst = glyph(shown(pool.worst));
    row.glyph = worst;
    row.rightTone = pool.ready < pool.desired ? worst.tone : Tone::Muted;
    row.secondTone = worst.tone;
    const bool healthy = pool.worst == pool::WorkerState::Ready && pool.ready == pool.desired;
    if (healthy) {
        row.second = pool.desired == 0 ? tr("No workers") : stateWord(WorkerState::Ready);
        row.secondTone = Tone::Muted;
        return row;
    }
    row.second = pool.worst == pool::WorkerState::Ready ? tr("Workers are missing") : stateWord(shown(pool.worst));
    for (const pool::Worker &worker : pool.workers) {
        if (worker.reading.state != pool.worst)
            continue;
        const bool evicted = pool.worst == pool::WorkerState::Evicted && worker.lastEviction;
        row.second = evicted ? tr("Evicted %1").arg(texts::moment(*worker.lastEviction, m_parts.clock.now()))
                             : workerWord(worker);
        break;
    }
    return row;
}

void MainWindow::updateSideBar()
{
    SideBarState state;
    state.connected = m_cluster != nullptr;
    if (m_cluster) {
        state.cluster = m_cluster->context();
        state.userAndNamespace = tr("%1 · %2").arg(m_cluster->user(), m_cluster->ns());
        for (const auto &[id, pool] : m_cluster->pools().pools())
            state.pools.append({QStringLiteral("pool:") + qs(id), poolRow(pool)});
        const auto day = m_parts.clock.now() - std::chrono::hours(24);
        const auto recent = std::count_if(m_cluster->ledger().begin(), m_cluster->ledger().end(),
            [day](const pool::Eviction &eviction) { return eviction.time > day; });
        NavRowState evictions;
        evictions.icon = QStringLiteral("eject");
        evictions.text = tr("Evictions");
        evictions.right = recent ? tr("%1 in 24 h").arg(recent) : QString();
        state.clusterPages.append({QStringLiteral("page:evictions"), evictions});
        switch (m_cluster->phase()) {
        case ClusterLink::Phase::Live:
            state.connectionGlyph = glyph(WorkerState::Ready);
            state.connection = m_cluster->latency() ? tr("Live, %1 ms").arg(m_cluster->latency()->count()) : tr("Live");
            break;
        case ClusterLink::Phase::Connecting:
            state.connectionGlyph = glyph(WorkerState::Starting);
            state.connection = tr("Connecting");
            break;
        case ClusterLink::Phase::Stale:
            state.connectionGlyph = glyph(Severity::Warning);
            state.connection = tr("No answer, %1").arg(texts::age(m_parts.clock.now() - m_cluster->since()));
            break;
        case ClusterLink::Phase::Refused:
            state.connectionGlyph = glyph(Severity::Error);
            state.connection = tr("Refused");
            break;
        }
    }
    for (auto session = m_sessions.cbegin(); session != m_sessions.cend(); ++session) {
        if (!session.key().startsWith(QLatin1String("draft:")))
            continue;
        NavRowState row;
        row.icon = QStringLiteral("pencil");
        row.text = qs(session.value()->about().name);
        row.right = tr("new pool");
        state.drafts.append({session.key(), row});
    }
    for (auto flow = m_flows.cbegin(); flow != m_flows.cend(); ++flow) {
        const ProgressState &progress = flow.value()->progress();
        const bool running = progress.outcome == ProgressState::Outcome::Running;
        if (!running && progress.outcome == ProgressState::Outcome::Succeeded)
            continue;
        NavRowState row;
        row.glyph = glyph(progress.release);
        row.text = progress.title;
        const auto done = std::count_if(progress.steps.begin(), progress.steps.end(), [](const auto &step) {
            return step.state == ProgressState::Step::State::Done || step.state == ProgressState::Step::State::Skipped;
        });
        row.second = running ? tr("%1 of %2 steps").arg(done).arg(progress.steps.size()) : progress.sentence;
        row.toolTip = running ? QString() : progress.sentence;
        state.operations.append({QStringLiteral("operation:") + flow.key(), row});
    }
    m_sideBar->setState(state);
}

} // namespace pk::gui
