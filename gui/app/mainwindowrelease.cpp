// SPDX-License-Identifier: GPL-3.0-or-later
// The part of the window that changes a cluster: review, install, upgrade, uninstall, and their progress.
#include "app/mainwindow.h"
#include "app/poolpage.h"
#include "review/uninstalldialog.h"
#include "status/statusmap.h"
#include "texts/texts.h"
#include "values/valuessession.h"
#include "widgets/asking.h"

#include <QSettings>
#include <QStackedWidget>

namespace pk::gui {

namespace {

constexpr int SaidLines = 12;

QString qs(const std::string &text)
{
    return QString::fromStdString(text);
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
    ReleaseTarget target;
    target.release = name;
    target.ns = m_cluster->ns();
    target.cluster = tr("%1, as %2").arg(m_cluster->context(), m_cluster->user());
    target.action = m_cluster->release(session->about().name) ? release::Action::Upgrade : release::Action::Install;
    target.chart = session->chart();
    target.valuesText = session->document().text();
    target.edits = session->editCount();
    target.problems = session->errorCount();
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
    const QString name = flow->target().release;
    delete m_flows.take(name);
    m_flows.insert(name, flow);
    const auto id = std::make_shared<std::int64_t>(0);
    store::OperationRow row;
    row.cluster = m_cluster->clusterUid();
    row.context = m_cluster->context().toStdString();
    row.ns = flow->target().ns.toStdString();
    row.release = name.toStdString();
    row.action = release::nameOf(flow->target().action);
    row.started = m_parts.clock.now();
    m_parts.store.beginOperation(row, [id](Result<std::int64_t> begun) {
        if (begun)
            *id = *begun;
    });
    connect(flow, &ReleaseFlow::stepped, this, [this, id](const release::StepEvent &event) {
        if (*id)
            m_parts.store.addStep(
                *id, {event.step, event.object, release::nameOf(event.state), event.detail, event.time});
    });
    connect(flow, &ReleaseFlow::progressChanged, this, [this, flow] {
        if (m_pages->currentWidget() == m_progressPage && m_flows.value(releaseOf(m_current)) == flow)
            m_progressPage->setState(flow->progress());
        updateSideBar();
    });
    connect(flow, &ReleaseFlow::finished, this, [this, flow, name, id](bool succeeded) {
        if (*id)
            m_parts.store.endOperation(
                *id, succeeded ? "done" : "failed", flow->progress().reason.toStdString(), m_parts.clock.now());
        if (m_cluster)
            m_cluster->readReleases();
        if (!succeeded || flow->target().action == release::Action::Uninstall)
            return;
        keepValues(name);
        updateSideBar();
        m_sideBar->setCurrent(m_current);
    });
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
            QVector<ProgressState::Worker> workers;
            for (const pool::Worker &worker : pool.workers) {
                ProgressState::Worker one;
                one.name = workerName(worker);
                one.word = workerWord(worker);
                one.state = glyph(shown(worker.reading.state));
                one.launcher = glyph(shown(worker.reading.launcher.state));
                one.dind = glyph(shown(worker.reading.dind.state));
                one.current = worker.reading.state == pool::WorkerState::Ending
                    || worker.reading.state == pool::WorkerState::Starting;
                workers.append(one);
            }
            flow.value()->setWorkers(workers, tr("%1 of %2 are ready").arg(pool.ready).arg(pool.desired));
            QStringList said;
            for (const pool::EventFacts *event : m_cluster->pools().eventsOf(id, SaidLines)) {
                const auto when = event->last ? event->last : event->first;
                said.append(tr("%1  %2: %3")
                                .arg(when ? texts::clock(*when) : QString(), texts::clean(event->reason, 60),
                                    texts::clean(event->message, 300)));
            }
            flow.value()->setSaid(said);
        }
    }
}

void MainWindow::uninstall()
{
    ValuesSession *session = sessionFor(m_current);
    if (!session || !m_cluster)
        return;
    ReleaseTarget target;
    target.action = release::Action::Uninstall;
    target.release = qs(session->about().name);
    target.ns = m_cluster->ns();
    target.cluster = tr("%1, as %2").arg(m_cluster->context(), m_cluster->user());
    auto *flow = new ReleaseFlow(m_cluster->api(), m_parts.clock, std::move(target), this);
    connect(flow, &ReleaseFlow::failedToPrepare, this, [this, flow](const QString &reason) {
        say(reason);
        flow->deleteLater();
    });
    const auto asked = std::make_shared<bool>(false);
    connect(flow, &ReleaseFlow::reviewChanged, this, [this, flow, asked] {
        if (flow->review().checking || flow->history().revisions.empty() || *asked)
            return;
        *asked = true;
        const release::UninstallPreview preview = release::previewUninstall(flow->before());
        QStringList goes;
        for (const release::Object &object : preview.goes)
            goes.append(QStringLiteral("%1 %2").arg(qs(object.kind), qs(object.name)));
        QVector<std::pair<QString, QString>> stays;
        for (const release::Object &object : preview.stays)
            stays.append({QStringLiteral("%1 %2").arg(qs(object.kind), qs(object.name)), tr("Marked to be kept.")});
        for (const std::string &claim : preview.claims)
            stays.append(
                {tr("Claim %1").arg(qs(claim)), tr("A claim of a template is not deleted with its StatefulSet.")});
        auto *dialog = new UninstallDialog(flow->target().release,
            tr("%1, namespace %2").arg(flow->target().cluster, flow->target().ns), goes, stays, this);
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
