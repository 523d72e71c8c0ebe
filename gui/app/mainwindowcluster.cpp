// SPDX-License-Identifier: GPL-3.0-or-later
// The part of the window that follows a cluster: contexts, pools, values of the chosen one.
#include "app/contextdialog.h"
#include "app/mainwindow.h"
#include "app/poolpage.h"
#include "status/statusmap.h"
#include "texts/texts.h"
#include "values/valuessession.h"
#include "widgets/asking.h"
#include "widgets/strings.h"
#include "yaml/printer.h"
#include "yaml/reader.h"

#include <QSettings>
#include <QStackedWidget>

namespace pk::gui {

namespace {

const QString PoolPrefix = QStringLiteral("pool:");
const QString DraftPrefix = QStringLiteral("draft:");
const QString OperationPrefix = QStringLiteral("operation:");
const QString EvictionsId = QStringLiteral("page:evictions");

/// A release's values as text.
std::string baseOf(const release::Record &record)
{
    return record.config().isMap() && !record.config().asMap().isEmpty() ? yaml::toYaml(record.config()) + "\n"
                                                                         : std::string();
}

} // namespace

void MainWindow::setKubeconfig(const kube::Kubeconfig::Origin &origin)
{
    m_origin = origin;
    m_kubeconfig = kube::Kubeconfig::load(origin);
    // Where kubectl would find nothing, the file that was opened here before is meant.
    const QString opened = m_parts.settings.value(QStringLiteral("cluster/kubeconfig")).toString();
    if (m_kubeconfig.isEmpty() && origin.explicitFile.empty() && QFileInfo::exists(opened)) {
        m_origin.explicitFile = opened.toStdString();
        m_kubeconfig = kube::Kubeconfig::load(m_origin);
    }
    if (!m_cluster && m_current.isEmpty())
        showFirstStart();
}

void MainWindow::connectAtStart(const QString &context)
{
    const auto contexts = m_kubeconfig.contexts();
    QString wanted = context;
    if (wanted.isEmpty())
        wanted = m_parts.settings.value(QStringLiteral("cluster/context")).toString();
    QString ns = context.isEmpty() ? m_parts.settings.value(QStringLiteral("cluster/namespace")).toString() : QString();
    const auto known = std::find_if(
        contexts.begin(), contexts.end(), [&wanted](const kube::ContextInfo &info) { return qs(info.name) == wanted; });
    if (known != contexts.end()) {
        useContext(wanted, ns);
    } else if (contexts.size() == 1 && contexts.front().problems.empty()) {
        useContext(qs(contexts.front().name), {});
    } else if (!contexts.empty()) {
        leaveCluster();
    }
}

/// Nothing is asked of any cluster until a context is chosen.
void MainWindow::leaveCluster()
{
    if (m_cluster) {
        m_poolPage->values()->setCluster(nullptr, tr("Not connected: choose a context first"));
        m_cluster.reset();
        updateChangeable();
        updateSideBar();
    }
    auto *choose = findChild<QAction *>(QStringLiteral("contextAction"));
    showInstead(QStringLiteral("context"), tr("Choose a context"),
        tr("Poolkeeper contacts only the context that you choose."), {choose}, choose);
}

void MainWindow::chooseContext()
{
    m_kubeconfig = kube::Kubeconfig::load(m_origin);
    if (m_kubeconfig.isEmpty()) {
        showFirstStart();
        return;
    }
    auto *dialog = new ContextDialog(m_kubeconfig.contexts(), m_cluster ? m_cluster->context() : QString(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { useContext(dialog->context(), dialog->ns()); });
    dialog->open();
}

void MainWindow::useContext(const QString &context, const QString &ns)
{
    auto config = m_kubeconfig.resolve(context.toStdString());
    if (!config) {
        if (m_cluster || m_current.startsWith(DraftPrefix)) {
            say(texts::sentence(config.error()));
            return;
        }
        auto *choose = findChild<QAction *>(QStringLiteral("contextAction"));
        showInstead(QStringLiteral("wifi-off"), tr("Context %1 cannot be used").arg(context),
            texts::sentence(config.error()), {choose}, choose);
        return;
    }
    if (!ns.isEmpty())
        config->nameSpace = ns.toStdString();
    // Whatever ran against the old context borrows its client: it ends first. The records tell what was left.
    qDeleteAll(m_flows);
    m_flows.clear();
    delete m_reviewFlow;
    m_leftTold = false;
    m_leftToShow.clear();
    for (auto session = m_sessions.begin(); session != m_sessions.end();) {
        if (session.key().startsWith(PoolPrefix)) {
            if (session.value()->isModified())
                session.value()->saveDraft();
            if (m_poolPage->values()->session() == session.value())
                m_poolPage->values()->setSession(nullptr);
            delete session.value();
            session = m_sessions.erase(session);
        } else {
            session.value()->setCluster({});
            session.value()->setContext(context);
            session.value()->setRelease(qs(session.value()->about().name), qs(config->nameSpace));
            ++session;
        }
    }
    m_poolPage->values()->setCluster(nullptr, tr("Not connected: choose a context first"));
    m_cluster.reset();
    kube::ApiClient::Options options;
    options.approvals = m_approvals;
    m_cluster =
        std::make_unique<ClusterLink>(m_parts.io, m_parts.dispatcher, *config, options, m_parts.store, m_parts.clock);
    connect(m_cluster.get(), &ClusterLink::phaseChanged, this, &MainWindow::onPhase);
    connect(m_cluster.get(), &ClusterLink::poolsChanged, this,
        [this](const pool::PoolChanges &changes) { onPools(concernsPage(changes)); });
    connect(m_cluster.get(), &ClusterLink::releasesChanged, this, &MainWindow::onReleases);
    connect(m_cluster.get(), &ClusterLink::factsChanged, this, [this] {
        for (ValuesSession *session : std::as_const(m_sessions))
            session->setCluster(m_cluster->facts());
    });
    connect(m_cluster.get(), &ClusterLink::ledgerChanged, this, [this] {
        tellLeftOperations();
        showEvictions();
        if (m_current.startsWith(PoolPrefix))
            showPool();
        updateSideBar();
    });
    m_parts.settings.setValue(QStringLiteral("cluster/context"), context);
    m_parts.settings.setValue(QStringLiteral("cluster/namespace"), qs(config->nameSpace));
    if (!m_current.startsWith(DraftPrefix)) {
        m_current.clear();
        showLoading(tr("Reading pools of namespace %1 in %2").arg(qs(config->nameSpace), context));
    }
    m_cluster->start();
    updateChangeable();
    updateSideBar();
}

void MainWindow::onPhase()
{
    const auto &error = m_cluster->error();
    if (error && error->id == "kube.exec-needs-approval")
        askPlugin(*error);
    if (m_current.isEmpty() && (m_cluster->phase() == ClusterLink::Phase::Refused || error)) {
        const bool refused = m_cluster->phase() == ClusterLink::Phase::Refused;
        const bool login = error && QByteArray::fromStdString(error->id).startsWith("kube.exec-");
        const bool asks = error && error->id == "kube.exec-needs-approval";
        const QString heading = (asks ? tr("%1 needs a login command")
                : login               ? tr("The login of %1 failed")
                : refused             ? tr("%1 does not let us in")
                                      : tr("No answer from %1"))
                                    .arg(m_cluster->context());
        auto *choose = findChild<QAction *>(QStringLiteral("contextAction"));
        showInstead(QStringLiteral("wifi-off"), heading, error ? texts::sentence(*error) : QString(),
            {m_retry, choose, m_copyDetails}, m_retry);
    }
    if (m_current.isEmpty() && m_cluster->phase() == ClusterLink::Phase::Live)
        onPools(false);
    if (m_current.startsWith(PoolPrefix))
        showPool();
    updateChangeable();
    updateSideBar();
}

void MainWindow::askPlugin(const Error &needs)
{
    if (m_asking)
        return;
    m_asking = true;
    auto *dialog = new PluginDialog(m_cluster->context(), needs, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::finished, this, [this, needs](int answer) {
        m_asking = false;
        if (answer == PluginDialog::DontAllow || !m_cluster)
            return;
        store::ApprovalRow row;
        for (const auto &[name, value] : needs.parameters) {
            if (name == "hash")
                row.hash = value;
            else if (name == "command")
                row.command = value;
        }
        row.time = m_parts.clock.now();
        m_approvals->approve(row.hash);
        if (answer == PluginDialog::AlwaysAllow)
            m_parts.store.approve(row);
        m_cluster->restart();
    });
    dialog->open();
}

/// What other pools go through is the side bar's; ages count on with the seconds.
bool MainWindow::concernsPage(const pool::PoolChanges &changes) const
{
    if (changes.eventsChanged || !changes.claims.isEmpty() || !changes.nodes.isEmpty() || !changes.evictions.empty())
        return true;
    const std::string id = m_current.mid(PoolPrefix.size()).toStdString();
    const auto has = [&id](const std::vector<std::string> &ids) { return std::ranges::find(ids, id) != ids.end(); };
    return has(changes.pools.added) || has(changes.pools.updated) || has(changes.pools.removed);
}

void MainWindow::onPools(bool concernsPage)
{
    updateSideBar();
    updateProgress();
    if (m_current.isEmpty() && m_cluster->phase() == ClusterLink::Phase::Live) {
        const auto &pools = m_cluster->pools().pools();
        if (!pools.empty()) {
            show(PoolPrefix + qs(pools.begin()->first));
        } else {
            auto *make = findChild<QAction *>(QStringLiteral("newPoolAction"));
            auto *choose = findChild<QAction *>(QStringLiteral("contextAction"));
            showInstead(QStringLiteral("layers"), tr("No worker pools in namespace %1").arg(m_cluster->ns()),
                tr("Poolkeeper looks for StatefulSets and Deployments whose pods have the containers launcher and "
                   "dind. "
                   "There is none here."),
                {make, choose}, make);
        }
        if (!m_leftToShow.isEmpty())
            show(OperationPrefix + std::exchange(m_leftToShow, {}));
        return;
    }
    if (concernsPage && m_current.startsWith(PoolPrefix))
        showPool();
}

void MainWindow::onReleases()
{
    for (auto session = m_sessions.begin(); session != m_sessions.end(); ++session) {
        const release::ReleaseHistory *history = m_cluster->release(session.value()->about().name);
        const release::Record *record = history ? history->current() : nullptr;
        if (!record || record->revision() == session.value()->deployed().revision)
            continue;
        const bool edited = session.value()->isModified() || !session.value()->about().file.empty();
        session.value()->setDeployed(
            {record->revision(), record->config(), record->manifest(), record->lastDeployed()});
        if (!session.key().startsWith(PoolPrefix) || session.value()->document().tree().sameContent(record->config()))
            continue;
        // Somebody else upgraded it. What a person has made stays, and is compared with what is deployed now.
        if (edited)
            say(tr("%1 is on revision %2 now. Your values are not based on it.")
                    .arg(qs(history->name))
                    .arg(record->revision()));
        else
            session.value()->setBase(baseOf(*record));
    }
    tellLeftOperations();
    // A pool whose record was not read yet gets its values now.
    if (m_current.startsWith(PoolPrefix) && !m_sessions.contains(m_current) && m_pages->currentWidget() == m_poolPage)
        show(m_current);
    else if (m_current.startsWith(PoolPrefix))
        showPool();
    updateSideBar();
}

void MainWindow::updateChangeable()
{
    QString reason;
    if (!m_cluster)
        reason = tr("Not connected: choose a context first");
    else if (m_cluster->phase() == ClusterLink::Phase::Stale)
        reason = tr("The cluster does not answer");
    else if (m_cluster->phase() == ClusterLink::Phase::Refused)
        reason = tr("The cluster refuses the login");
    else if (m_cluster->phase() == ClusterLink::Phase::Connecting)
        reason = tr("Still connecting");
    m_poolPage->setChangeable(reason.isEmpty(), reason);
    m_poolPage->values()->setCluster(reason.isEmpty() ? &m_cluster->api() : nullptr, reason);
}

void MainWindow::show(const QString &id)
{
    if (id.startsWith(OperationPrefix)) {
        if (ReleaseFlow *flow = m_flows.value(id.mid(OperationPrefix.size()))) {
            m_shownOperation = id.mid(OperationPrefix.size());
            m_progressPage->setState(flow->progress());
            m_pages->setCurrentWidget(m_progressPage);
        }
        return;
    }
    m_current = id;
    m_sideBar->setCurrent(id);
    if (id == EvictionsId) {
        showEvictions();
        m_pages->setCurrentWidget(m_evictionsFrame);
    } else if (ValuesSession *session = sessionFor(id); session || !currentPool().id.empty()) {
        m_poolPage->values()->setSession(session);
        m_poolPage->setEditCount(session ? session->editCount() : 0);
        showPool();
        m_pages->setCurrentWidget(m_poolPage);
    } else if (m_cluster) {
        m_current.clear();
        onPools(false);
    } else {
        showFirstStart();
    }
    updateRail();
}

ValuesSession *MainWindow::sessionFor(const QString &id)
{
    if (ValuesSession *known = m_sessions.value(id))
        return known;
    if (!m_cluster || !id.startsWith(PoolPrefix))
        return nullptr;
    const pool::Pool *pool = m_cluster->pools().pool(id.mid(PoolPrefix.size()).toStdString());
    if (!pool)
        return nullptr;
    // The pool's own record tells its values and its chart; a pool that Helm did not make starts from nothing. Until
    // the record is there nothing may be edited: an upgrade would drop the values that were not read yet.
    if (!pool->release.empty() && !m_cluster->releasesKnown())
        return nullptr;
    const release::ReleaseHistory *history = m_cluster->release(pool->release);
    const release::Record *record = history ? history->current() : nullptr;
    document::Draft draft;
    draft.id = document::DraftStore::newDraftId();
    draft.name = pool->release.empty() ? pool->name : pool->release;
    draft.ns = pool->ns;
    draft.context = m_cluster->context().toStdString();
    draft.installed = true;
    chart::ChartPtr chart;
    std::string base;
    if (record) {
        if (auto loaded = chart::loadRecord(record->chart(), chart::levels43()))
            chart = *loaded;
        base = baseOf(*record);
    }
    std::optional<document::Draft> kept;
    for (document::Draft &old : m_parts.drafts.list()) {
        const bool ofThis =
            old.installed && old.name == draft.name && old.context == draft.context && old.ns == draft.ns;
        if (!ofThis || kept)
            continue;
        if (m_parts.drafts.claim(old.id))
            kept = std::move(old);
        else
            say(tr("Another window of Poolkeeper edits %1 as well. Its edits are not shown here.").arg(qs(draft.name)));
    }
    if (kept)
        draft.id = kept->id;
    ValuesSession *session = makeSession(draft, chart);
    session->setBase(base);
    // The person's own file, with its comments, as long as it says what is deployed.
    const QString file = m_parts.settings.value(fileKey(qs(draft.name))).toString();
    if (record && !file.isEmpty()) {
        const auto text = document::readTextFile(file.toStdString());
        const auto tree = text ? yaml::toMap(text->text) : Result<Value>(text.error());
        if (tree && tree->sameContent(record->config()))
            (void)session->open(file);
    }
    if (record)
        session->setDeployed({record->revision(), record->config(), record->manifest(), record->lastDeployed()});
    if (kept && kept->text != base) {
        session->restore(*kept);
        say(tr("Your edits of %1 are back.").arg(texts::moment(kept->saved, m_parts.clock.now())));
    }
    m_sessions.insert(id, session);
    return session;
}

QString MainWindow::releaseOf(const QString &id) const
{
    if (const ValuesSession *session = m_sessions.value(id))
        return qs(session->about().name);
    return qs(currentPool().release);
}

pool::Pool MainWindow::currentPool() const
{
    const pool::Pool *pool =
        m_cluster ? m_cluster->pools().pool(m_current.mid(PoolPrefix.size()).toStdString()) : nullptr;
    return pool ? *pool : pool::Pool();
}

void MainWindow::useKubeconfigFile(const QString &path)
{
    kube::Kubeconfig::Origin origin = m_origin;
    origin.explicitFile = path.toStdString();
    setKubeconfig(origin);
    if (m_kubeconfig.isEmpty()) {
        say(m_kubeconfig.errors().empty() ? tr("%1 names no cluster.").arg(path)
                                          : texts::sentence(m_kubeconfig.errors().front()));
        return;
    }
    m_parts.settings.setValue(QStringLiteral("cluster/kubeconfig"), QFileInfo(path).absoluteFilePath());
    chooseContext();
}

void MainWindow::openKubeconfig()
{
    askOpenPath(this, tr("Open a kubeconfig"), QDir::homePath() + QStringLiteral("/.kube"), {},
        [this](const QString &path) { useKubeconfigFile(path); });
}

void MainWindow::pasteKubeconfig()
{
    askText(this, tr("Paste a kubeconfig"), tr("Text of the kubeconfig"), QGuiApplication::clipboard()->text(),
        [this](const QString &text) {
            askSavePath(this, tr("Save the kubeconfig"), QDir::homePath() + QStringLiteral("/.kube/config"), {},
                [this, text](const QString &path) {
                    const auto written =
                        document::writeTextFile({path.toStdString(), {}, 0}, text.toStdString(), true, 0600);
                    if (written)
                        useKubeconfigFile(path);
                    else
                        say(texts::sentence(written.error()));
                });
        });
}

} // namespace pk::gui
