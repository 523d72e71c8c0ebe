// SPDX-License-Identifier: GPL-3.0-or-later
// The part of the window that changes a cluster: review, install, upgrade, uninstall, and their progress.
#include "app/mainwindow.h"
#include "app/poolpage.h"
#include "app/uninstallfacts.h"
#include "status/eventlist.h"
#include "status/statusmap.h"
#include "texts/texts.h"
#include "values/valuessession.h"
#include "widgets/asking.h"
#include "widgets/strings.h"

#include <QSettings>
#include <QStackedWidget>

namespace pk::gui {

namespace {

constexpr int SaidLines = 12;

ProgressState::Worker shownWorker(const pool::Worker &worker)
{
    ProgressState::Worker one;
    one.name = workerName(worker);
    one.word = workerWord(worker);
    one.state = glyph(shown(worker.reading.state));
    one.launcher = glyph(shown(worker.reading.launcher.state));
    one.dind = glyph(shown(worker.reading.dind.state));
    one.current =
        worker.reading.state == pool::WorkerState::Ending || worker.reading.state == pool::WorkerState::Starting;
    one.outdated = worker.outdated;
    one.square.ordinal = worker.ordinal;
    one.square.state = mapState(worker);
    one.square.nearEviction = worker.reading.state == pool::WorkerState::NearEviction;
    return one;
}

ReleaseWorkers workersOf(const pool::Pool &pool, const std::vector<const pool::EventFacts *> &events)
{
    ReleaseWorkers all;
    all.ready = pool.ready;
    all.desired = pool.desired;
    if (pool.worst != pool::WorkerState::Ready)
        all.trouble = texts::sentence(pool.news);
    for (const pool::Worker &worker : pool.workers)
        all.workers.append(shownWorker(worker));
    all.said = eventRows(events, SaidLines);
    return all;
}

} // namespace

void MainWindow::review()
{
    ValuesSession *session = sessionFor(m_current);
    if (!session || !m_cluster)
        return;
    const QString name = qs(session->about().name);
    if (ReleaseFlow *running = m_flows.value(name); running && running->isRunning()) {
        show(QStringLiteral("operation:") + name);
        return;
    }
    const bool exists = m_cluster->release(session->about().name) != nullptr;
    ReleaseTarget target = targetOf(name, exists ? release::Action::Upgrade : release::Action::Install);
    target.chart = session->chart();
    target.valuesText = session->document().text();
    target.edits = session->editCount();
    target.problems = session->errorCount();
    openReview(std::move(target));
}

ReleaseTarget MainWindow::targetOf(const QString &name, release::Action action) const
{
    ReleaseTarget target;
    target.action = action;
    target.release = name;
    target.ns = m_cluster->ns();
    target.cluster = tr("%1, as %2").arg(m_cluster->context(), m_cluster->user());
    return target;
}

void MainWindow::reviewRollback(const QString &name, int revision)
{
    if (!m_cluster)
        return;
    ReleaseTarget target = targetOf(name, release::Action::Rollback);
    target.rollbackTo = revision;
    openReview(std::move(target));
}

void MainWindow::goOnFromLeft()
{
    const release::ReleaseHistory *history =
        m_cluster ? m_cluster->release(releaseOf(m_current).toStdString()) : nullptr;
    const auto left = history ? release::leftOperation(*history) : std::nullopt;
    if (left && left->status == release::Status::Uninstalling)
        askUninstall(qs(history->name));
    else
        review(); // It asks before it closes what was left.
}

void MainWindow::openReview(ReleaseTarget target)
{
    delete m_reviewFlow;
    m_reviewFlow = new ReleaseFlow(m_cluster->api(), m_parts.clock, std::move(target));
    connect(m_reviewFlow, &ReleaseFlow::leftOperationFound, this,
        [this, flow = m_reviewFlow.data()](const QString &sentence) {
            askQuestion(this, tr("An operation was left"), sentence, {tr("Close it and go on")},
                [guard = QPointer<ReleaseFlow>(flow)](int) {
                    if (guard)
                        guard->resolvePending();
                });
        });
    connect(m_reviewFlow, &ReleaseFlow::reviewChanged, this, [this] {
        m_reviewPage->setState(m_reviewFlow->review());
        m_reviewPage->setOptions(
            {m_reviewPage->options().wait, m_reviewPage->options().timeoutMinutes, !m_reviewFlow->namespaceExists()},
            m_reviewFlow->namespaceExists());
    });
    m_reviewFlow->prepare();
    m_pages->setCurrentWidget(m_reviewPage);
    updateRail();
}

void MainWindow::beginOperation(const ReviewOptions &options)
{
    ReleaseFlow *flow = m_reviewFlow;
    m_reviewFlow.clear();
    if (!flow)
        return;
    attach(flow);
    flow->run(options);
    show(QStringLiteral("operation:") + flow->target().release);
}

void MainWindow::attach(ReleaseFlow *flow)
{
    const ReleaseTarget &target = flow->target();
    store::OperationRow row;
    row.cluster = m_cluster->clusterUid();
    row.context = m_cluster->context().toStdString();
    row.ns = target.ns.toStdString();
    row.release = target.release.toStdString();
    row.action = release::nameOf(flow->plan().action);
    row.revision = flow->plan().action == release::Action::Uninstall ? flow->plan().last : flow->plan().newRevision;
    row.started = m_parts.clock.now();
    forget(target.release); // First, since it holds the lock of what ended before.
    flow->setJournal(std::make_unique<OperationJournal>(m_parts.store, m_parts.dataFolder, std::move(row)));
    follow(flow);
    connect(flow, &ReleaseFlow::changedSinceReview, this,
        [this, flow](const QString &sentence) { reviewAgain(flow, sentence); });
    connect(flow, &ReleaseFlow::finished, this, [this, flow, name = target.release](bool succeeded) {
        if (m_cluster) {
            m_cluster->readReleases();
            m_cluster->readFacts(); // It may have brought kinds, or what templates look up.
        }
        if (!succeeded || flow->target().action == release::Action::Uninstall)
            return;
        if (flow->target().chart)
            keepValues(name);
        updateSideBar();
        m_sideBar->setCurrent(m_current);
    });
}

void MainWindow::reviewAgain(ReleaseFlow *flow, const QString &why)
{
    ReleaseTarget target = flow->target();
    m_flows.remove(target.release);
    flow->deleteLater();
    m_cluster->readReleases();
    updateSideBar();
    if (target.action == release::Action::Uninstall || target.action == release::Action::Complete)
        show(m_current);
    if (target.action == release::Action::Uninstall)
        askUninstall(target.release);
    else if (target.action != release::Action::Complete)
        openReview(std::move(target));
    say(why);
}

void MainWindow::follow(ReleaseFlow *flow)
{
    m_flows.insert(flow->target().release, flow);
    connect(flow, &ReleaseFlow::progressChanged, this, [this, flow] {
        if (m_pages->currentWidget() == m_progressPage && m_flows.value(m_shownOperation) == flow)
            m_progressPage->setState(flow->progress());
        updateSideBar();
    });
}

void MainWindow::forget(const QString &name)
{
    ReleaseFlow *flow = m_flows.take(name);
    if (!flow)
        return;
    if (flow->leftRow() != 0)
        m_parts.store.endOperation(flow->leftRow(), "left", {}, m_parts.clock.now());
    delete flow;
}

void MainWindow::leaveAsItIs(const QString &name)
{
    forget(name);
    updateSideBar();
    show(m_current);
}

void MainWindow::resume(const QString &name)
{
    if (!m_cluster)
        return;
    const ReleaseFlow *stopped = m_flows.value(name);
    const bool uninstalls = stopped && stopped->plan().action == release::Action::Uninstall;
    auto *flow = new ReleaseFlow(m_cluster->api(), m_parts.clock,
        targetOf(name, uninstalls ? release::Action::Uninstall : release::Action::Complete), this);
    connect(flow, &ReleaseFlow::failedToPrepare, this, [this, flow](const QString &reason) {
        say(reason);
        flow->deleteLater();
    });
    connect(flow, &ReleaseFlow::reviewChanged, this, [this, flow] {
        if (flow->review().checking || flow->isRunning() || flow->history().revisions.empty())
            return;
        flow->disconnect(this);
        if (flow->refused()) {
            say(texts::sentence(*flow->refused()));
            flow->deleteLater();
            return;
        }
        flow->setParent(nullptr);
        attach(flow);
        flow->run({});
        show(QStringLiteral("operation:") + flow->target().release);
    });
    flow->prepare();
}

// --- What a process before this one has left

void MainWindow::tellLeftOperations()
{
    if (m_leftTold || !m_cluster->releasesKnown() || m_cluster->clusterUid().empty())
        return;
    m_leftTold = true;
    m_parts.store.leftOperations(m_cluster->clusterUid(),
        [this, guard = QPointer<ClusterLink>(m_cluster.get())](Result<std::vector<store::OperationRow>> rows) {
            if (!guard || !rows)
                return;
            for (const store::OperationRow &row : *rows) {
                if (row.ns == guard->ns().toStdString() && !OperationJournal::isAtWork(m_parts.dataFolder, row))
                    tellLeft(row);
            }
        });
}

void MainWindow::tellLeft(const store::OperationRow &row)
{
    const QString name = qs(row.release);
    const release::ReleaseHistory *history = m_cluster->release(row.release);
    const release::Record *last = history && !history->revisions.empty() ? &history->revisions.front() : nullptr;
    const bool uninstalls = last && last->status() == release::Status::Uninstalling;
    const bool unfinished = last && last->revision() == row.revision
        && (uninstalls || release::isPending(last->status()) || last->status() == release::Status::Failed);
    if (!unfinished || m_flows.contains(name)) {
        // It came to its end, somebody went on from there, or nothing was written yet.
        m_parts.store.endOperation(row.id, "left", {}, m_parts.clock.now());
        return;
    }
    auto *flow = new ReleaseFlow(m_cluster->api(), m_parts.clock,
        targetOf(name, uninstalls ? release::Action::Uninstall : release::Action::Complete));
    follow(flow);
    flow->showLeft(row, *history);
    updateProgress();
    if (m_current.isEmpty())
        m_leftToShow = name;
    else
        show(QStringLiteral("operation:") + name);
}

void MainWindow::keepValues(const QString &name)
{
    for (auto session = m_sessions.begin(); session != m_sessions.end(); ++session) {
        if (qs(session.value()->about().name) != name)
            continue;
        // What was a draft runs now; its text and file stay what the person edits.
        session.value()->setInstalled(m_cluster->context(), m_cluster->ns());
        if (const std::string &file = session.value()->about().file; !file.empty())
            m_parts.settings.setValue(fileKey(name), qs(file));
        if (!session.key().startsWith(QLatin1String("draft:")))
            return;
        for (const auto &[id, pool] : m_cluster->pools().pools()) {
            if (qs(pool.release) != name)
                continue;
            ValuesSession *kept = session.value();
            const bool shown = m_current == session.key();
            m_sessions.erase(session);
            const QString poolId = QStringLiteral("pool:") + qs(id);
            delete m_sessions.take(poolId);
            m_sessions.insert(poolId, kept);
            if (shown)
                m_current = poolId;
            return;
        }
        return;
    }
}

QString MainWindow::fileKey(const QString &release) const
{
    return QStringLiteral("files/%1/%2/%3").arg(m_cluster->context(), m_cluster->ns(), release);
}

void MainWindow::updateProgress()
{
    if (!m_cluster)
        return;
    for (auto flow = m_flows.begin(); flow != m_flows.end(); ++flow) {
        for (const auto &[id, pool] : m_cluster->pools().pools()) {
            if (qs(pool.release) != flow.key())
                continue;
            flow.value()->setWorkers(workersOf(pool, m_cluster->pools().eventsOf(id, SaidLines)));
        }
    }
}

UninstallFacts MainWindow::factsOf(const ReleaseFlow &flow) const
{
    const release::UninstallPreview preview = release::previewUninstall(flow.before());
    const pool::Pool pool = currentPool();
    UninstallSource source{.preview = preview, .claims = m_cluster->pools().claims()};
    source.pool = pool.id.empty() ? nullptr : &pool;
    if (const pool::WorkloadFacts *workload = m_cluster->pools().workloadFacts(pool.id))
        source.graceSeconds = workload->graceSeconds;
    source.release = flow.target().release;
    source.context = m_cluster->context();
    source.cluster = flow.target().cluster;
    source.ns = flow.target().ns;
    source.revision = flow.plan().last;
    source.revisions = int(flow.history().revisions.size());
    return uninstallFacts(source);
}

void MainWindow::uninstall()
{
    const ValuesSession *session = sessionFor(m_current);
    if (session && m_cluster)
        askUninstall(qs(session->about().name));
}

void MainWindow::askUninstall(const QString &name)
{
    auto *flow = new ReleaseFlow(m_cluster->api(), m_parts.clock, targetOf(name, release::Action::Uninstall), this);
    connect(flow, &ReleaseFlow::failedToPrepare, this, [this, flow](const QString &reason) {
        say(reason);
        flow->deleteLater();
    });
    const auto asked = std::make_shared<bool>(false);
    connect(flow, &ReleaseFlow::reviewChanged, this, [this, flow, asked] {
        if (flow->review().checking || flow->history().revisions.empty() || *asked)
            return;
        *asked = true;
        auto *dialog = new UninstallDialog(factsOf(*flow), this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &QDialog::rejected, flow, &QObject::deleteLater);
        connect(dialog, &QDialog::accepted, this, [this, flow] {
            flow->setParent(nullptr);
            attach(flow);
            flow->run({});
            show(QStringLiteral("operation:") + flow->target().release);
        });
        dialog->open();
    });
    flow->prepare();
}

} // namespace pk::gui
