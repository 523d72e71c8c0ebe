// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/mainwindow.h"

#include "app/chartpicker.h"
#include "app/contextdialog.h"
#include "app/firststartpage.h"
#include "app/newpooldialog.h"
#include "app/pagehead.h"
#include "app/poolpage.h"
#include "status/statusmap.h"
#include "texts/texts.h"
#include "values/valuessession.h"
#include "widgets/asking.h"
#include "widgets/band.h"
#include "widgets/card.h"
#include "widgets/emptystate.h"
#include "widgets/icons.h"
#include "widgets/loadingrows.h"
#include "widgets/measures.h"
#include "widgets/scrim.h"

#include <QClipboard>
#include <QSettings>
#include <QStackedWidget>

namespace pk::gui {

namespace {

constexpr int RailBelow = 1360;
constexpr int RailBelowWithPanes = 1500;
constexpr int NoticeTime = 8000; ///< Milliseconds that a note stays.

} // namespace

MainWindow::MainWindow(Parts parts) : m_parts(std::move(parts)), m_approvals(std::make_shared<kube::ExecApprovals>())
{
    setObjectName(QStringLiteral("mainWindow"));
    setMinimumSize(960, 600);
    resize(1440, 900);
    const auto chart = chart::loadChart("builtin:spacelift-worker", chart::levels43());
    if (chart)
        m_chart = *chart;
    makePages();
    makeActions();
    m_parts.store.approvals([this, guard = QPointer<MainWindow>(this)](Result<std::vector<store::ApprovalRow>> rows) {
        if (guard && rows) {
            for (const store::ApprovalRow &row : *rows)
                m_approvals->approve(row.hash);
        }
    });
    m_parts.store.state([this, guard = QPointer<MainWindow>(this)](Result<bool> usable) {
        if (!guard || usable)
            return;
        // Until something else is said: what is lost meanwhile is lost for good.
        m_notice->setNews(Tone::Warning, glyph(Severity::Warning), texts::sentence(usable.error()));
        m_notice->show();
    });
    m_noticeTimer.setSingleShot(true);
    connect(&m_noticeTimer, &QTimer::timeout, this, [this] { m_notice->hide(); });
    m_secondTimer.setInterval(1000);
    connect(&m_secondTimer, &QTimer::timeout, this, [this] {
        updateSideBar();
        updateProgress();
        if (m_cluster && m_current.startsWith(QLatin1String("pool:")))
            showPool();
    });
    m_secondTimer.start();
    new Scrim(this);
    restoreLook();
    showFirstStart();
    updateSideBar();
}

MainWindow::~MainWindow()
{
    // Flows and the preview borrow the cluster's client, sessions the drafts: they go first.
    m_poolPage->values()->setCluster(nullptr);
    qDeleteAll(m_flows);
    delete m_reviewFlow;
    qDeleteAll(m_sessions);
}

void MainWindow::makePages()
{
    auto *centre = new QWidget;
    auto *row = new QHBoxLayout(centre);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    m_sideBar = new SideBar;
    row->addWidget(m_sideBar);
    auto *column = new QVBoxLayout;
    column->setSpacing(0);
    m_pages = new QStackedWidget;
    column->addWidget(m_pages, 1);
    m_notice = new Band;
    m_notice->setObjectName(QStringLiteral("notice"));
    m_notice->setCompact(true);
    m_notice->hide();
    column->addWidget(m_notice);
    row->addLayout(column, 1);
    setCentralWidget(centre);

    m_firstStart = new FirstStartPage;
    m_poolPage = new PoolPage;
    m_evictionsFrame = makeEvictions();
    m_reviewPage = new ReviewPage;
    m_progressPage = new ProgressPage;
    makeWaiting();
    for (QWidget *page : {static_cast<QWidget *>(m_firstStart), static_cast<QWidget *>(m_poolPage), m_evictionsFrame,
             static_cast<QWidget *>(m_reviewPage), static_cast<QWidget *>(m_progressPage), m_waiting})
        m_pages->addWidget(page);
    connectPages();
}

QWidget *MainWindow::makeEvictions()
{
    auto *frame = new QWidget;
    auto *column = new QVBoxLayout(frame);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_evictionsHead = new PageHead;
    m_evictionsHead->setTitle({}, {}, tr("Evictions"));
    m_evictionsPage = new EvictionsPage(false);
    column->addWidget(m_evictionsHead);
    column->addWidget(new Separator(Qt::Horizontal));
    column->addWidget(m_evictionsPage, 1);
    return frame;
}

void MainWindow::makeWaiting()
{
    m_waiting = new QWidget;
    auto *column = new QVBoxLayout(m_waiting);
    column->setContentsMargins(measure::pageMargin, measure::pageMargin, measure::pageMargin, measure::pageMargin);
    m_waitingText = new EmptyState;
    m_loading = new LoadingRows;
    m_loadingCard = new Card;
    m_loadingCard->body()->addWidget(m_loading, 1);
    column->addWidget(m_loadingCard, 1);
    column->addWidget(m_waitingText, 1);
    m_retry = new QAction(tr("Try again"), this);
    m_retry->setObjectName(QStringLiteral("tryAgain"));
    m_copyDetails = new QAction(tr("Copy details"), this);
    m_copyDetails->setObjectName(QStringLiteral("copyDetails"));
    icons::bind(m_copyDetails, QStringLiteral("copy"));
    connect(m_copyDetails, &QAction::triggered, this, [this] { QGuiApplication::clipboard()->setText(m_details); });
    connect(m_loading, &LoadingRows::cancelled, this, &MainWindow::leaveCluster);
}

void MainWindow::connectPages()
{
    connect(m_sideBar, &SideBar::chosen, this, qOverload<const QString &>(&MainWindow::show));
    connect(m_sideBar, &SideBar::contextRequested, this, &MainWindow::chooseContext);
    connect(m_sideBar, &SideBar::newPoolRequested, this,
        [this] { findChild<QAction *>(QStringLiteral("newPoolAction"))->trigger(); });
    connect(m_sideBar, &SideBar::settingsRequested, this, &MainWindow::showSettings);
    connect(m_sideBar, &SideBar::widthChanged, this,
        [this](int width) { m_parts.settings.setValue(QStringLiteral("window/sideBar"), width); });
    connect(m_sideBar, &SideBar::menuRequested, this,
        [this](const QPoint &position) { findChild<QMenu *>(QStringLiteral("mainMenu"))->popup(position); });
    connect(m_firstStart, &FirstStartPage::openRequested, this, &MainWindow::openKubeconfig);
    connect(m_firstStart, &FirstStartPage::pasteRequested, this, &MainWindow::pasteKubeconfig);
    connect(m_firstStart, &FirstStartPage::newPoolRequested, this,
        [this] { findChild<QAction *>(QStringLiteral("newPoolAction"))->trigger(); });
    connect(m_firstStart, &FirstStartPage::lookAgainRequested, this, [this] {
        setKubeconfig(m_origin);
        connectAtStart({});
    });
    connect(m_retry, &QAction::triggered, this, [this] {
        if (m_cluster)
            m_cluster->restart();
    });
    connect(m_poolPage->overview(), &OverviewPage::retryRequested, m_retry, &QAction::trigger);
    connect(m_poolPage->overview(), &OverviewPage::goOnRequested, this, &MainWindow::goOnFromLeft);
    connect(m_poolPage->overview(), &OverviewPage::rollbackRequested, this,
        [this](int revision) { reviewRollback(releaseOf(m_current), revision); });
    connect(m_poolPage->overview(), &OverviewPage::evictionRequested, this, [this] {
        m_poolPage->setTab(PoolPage::EvictionsTab);
        m_poolPage->evictions()->selectNewest();
    });
    connect(m_poolPage->overview(), &OverviewPage::remedyRequested, this, [this] {
        m_poolPage->setTab(PoolPage::EvictionsTab);
        m_poolPage->evictions()->selectNewest();
        m_poolPage->evictions()->showRemedies();
    });
    connect(m_poolPage->overview(), &OverviewPage::evictionsOfRequested, this, [this](const QString &pod) {
        m_poolPage->setTab(PoolPage::EvictionsTab);
        if (!m_poolPage->evictions()->selectPod(pod))
            say(tr("The ledger knows no eviction of %1.").arg(pod));
    });
    for (EvictionsPage *page : {m_poolPage->evictions(), m_evictionsPage})
        connect(page, &EvictionsPage::said, this, &MainWindow::say);
    connect(m_poolPage->reviewAction(), &QAction::triggered, this, &MainWindow::review);
    connect(m_poolPage->uninstallAction(), &QAction::triggered, this, &MainWindow::uninstall);
    connect(m_poolPage->discardAction(), &QAction::triggered, this, [this] {
        if (ValuesSession *session = sessionFor(m_current))
            session->discardEdits();
    });
    m_poolPage->values()->setSettings(&m_parts.settings);
    connect(m_poolPage->values(), &ValuesTab::said, this, &MainWindow::say);
    connect(m_poolPage, &PoolPage::tabChanged, this, [this] { updateRail(); });
    const auto remedy = [this](const QString &poolName, const std::vector<pool::ValueChange> &changes) {
        ValuesSession *session = showValuesOf(poolName);
        if (!session)
            return;
        std::vector<std::pair<std::string, std::string>> edits;
        for (const pool::ValueChange &change : changes)
            edits.emplace_back(change.path, change.remove ? std::string() : change.yaml);
        session->applyChanges(edits);
        say(tr("The change is in the draft of %1. Nothing was sent.").arg(poolName));
    };
    const auto showValue = [this](const QString &poolName, const QString &path) {
        if (showValuesOf(poolName))
            m_poolPage->values()->showInYaml(path);
    };
    connect(m_poolPage->overview(), &OverviewPage::valuesRequested, this, showValue);
    connect(m_poolPage->evictions(), &EvictionsPage::valuesRequested, this, showValue);
    connect(m_evictionsPage, &EvictionsPage::valuesRequested, this, showValue);
    connect(m_poolPage->evictions(), &EvictionsPage::remedyChosen, this, remedy);
    connect(m_evictionsPage, &EvictionsPage::remedyChosen, this, remedy);
    connect(m_reviewPage, &ReviewPage::backRequested, this, [this] {
        show(m_current);
        m_poolPage->setTab(PoolPage::ValuesPage);
    });
    connect(m_reviewPage, &ReviewPage::copyCommandRequested, m_poolPage->values(), &ValuesTab::copyHelmCommand);
    connect(m_reviewPage, &ReviewPage::confirmed, this, [this] { beginOperation(m_reviewPage->options()); });
    connect(m_progressPage, &ProgressPage::leaveRequested, this, [this] { show(m_current); });
    connect(m_progressPage, &ProgressPage::showPoolRequested, this, [this] { show(m_current); });
    connect(m_progressPage, &ProgressPage::stopRequested, this, [this] {
        if (ReleaseFlow *flow = m_flows.value(m_shownOperation))
            flow->stop();
    });
    connect(m_progressPage, &ProgressPage::resumeRequested, this, [this] { resume(m_shownOperation); });
    connect(m_progressPage, &ProgressPage::rollBackRequested, this,
        [this](int revision) { reviewRollback(m_shownOperation, revision); });
    connect(m_progressPage, &ProgressPage::leaveAsItIsRequested, this, [this] { leaveAsItIs(m_shownOperation); });
}

ValuesSession *MainWindow::showValuesOf(const QString &poolName)
{
    if (!m_cluster)
        return nullptr;
    for (const auto &[id, pool] : m_cluster->pools().pools()) {
        if (QString::fromStdString(pool.name) != poolName)
            continue;
        show(QStringLiteral("pool:") + QString::fromStdString(id));
        ValuesSession *session = sessionFor(m_current);
        if (session)
            m_poolPage->setTab(PoolPage::ValuesPage);
        return session;
    }
    return nullptr;
}

void MainWindow::makeActions()
{
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("mainMenu"));
    const auto add = [this, menu](const QString &text, const QString &name, const QKeySequence &keys, auto &&work) {
        auto *action = new QAction(text, this);
        action->setObjectName(name);
        action->setShortcut(keys);
        connect(action, &QAction::triggered, this, work);
        addAction(action);
        menu->addAction(action);
        return action;
    };
    add(tr("New pool…"), QStringLiteral("newPoolAction"), QKeySequence::New, [this] {
        auto *dialog = new NewPoolDialog(takenNames(), this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &QDialog::accepted, this, [this, dialog] { newPool(dialog->name()); });
        dialog->open();
    });
    add(tr("New pool of another chart…"), QStringLiteral("newPoolOfChartAction"), {}, [this] {
        askOpenPath(this, tr("Open a chart"), {}, tr("Charts (Chart.yaml *.tgz)"),
            [this](const QString &path) { newPoolOf(path); });
    });
    add(tr("New pool of a repository's chart…"), QStringLiteral("newPoolOfRepositoryAction"), {},
        [this] { newPoolOfRepository(); });
    add(tr("Open values…"), QStringLiteral("openValuesAction"), QKeySequence::Open, [this] {
        askOpenPath(this, tr("Open values"), {}, tr("YAML (*.yaml *.yml);;All files (*)"),
            [this](const QString &path) { openValues(path); });
    });
    auto *recent = menu->addMenu(tr("Open recent"));
    recent->setObjectName(QStringLiteral("recentMenu"));
    connect(recent, &QMenu::aboutToShow, this, [this, recent] {
        recent->clear();
        for (const QString &path : m_parts.settings.value(QStringLiteral("recent")).toStringList())
            recent->addAction(path, this, [this, path] { openValues(path); });
        if (recent->isEmpty())
            recent->addAction(tr("None yet"))->setEnabled(false);
    });
    add(tr("Save"), QStringLiteral("saveAction"), QKeySequence::Save, [this] { m_poolPage->values()->save(); });
    add(tr("Save as…"), QStringLiteral("saveAsAction"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S),
        [this] { m_poolPage->values()->saveAs(); });
    menu->addSeparator();
    add(tr("Context and namespace…"), QStringLiteral("contextAction"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_N),
        [this] { chooseContext(); });
    add(tr("Open a kubeconfig…"), QStringLiteral("openKubeconfigAction"), {}, [this] { openKubeconfig(); });
    add(tr("Ask the cluster again"), QStringLiteral("refreshAction"), QKeySequence::Refresh, [this] {
        if (m_cluster)
            m_cluster->restart();
    });
    menu->addSeparator();
    auto *appearance = menu->addMenu(tr("Appearance"));
    appearance->setObjectName(QStringLiteral("appearanceMenu"));
    auto *group = new QActionGroup(this);
    const std::pair<Appearance, QString> choices[] = {{Appearance::FollowDesktop, tr("Follow the desktop")},
        {Appearance::Light, tr("Light")}, {Appearance::Dark, tr("Dark")}};
    for (const auto &[choice, text] : choices) {
        QAction *action = appearance->addAction(text);
        action->setCheckable(true);
        action->setChecked(m_parts.appearance.choice() == choice);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, choice = choice] {
            m_parts.appearance.setChoice(choice);
            m_parts.settings.setValue(QStringLiteral("appearance/choice"), int(choice));
        });
    }
    add(tr("Side bar"), QStringLiteral("sideBarAction"), QKeySequence(Qt::CTRL | Qt::Key_B), [this] {
        m_railWanted[hasWidePanes()] = !m_sideBar->isRail();
        updateRail();
    });
    auto *settings = new QAction(tr("Settings"), this);
    settings->setObjectName(QStringLiteral("settingsAction"));
    settings->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Comma));
    connect(settings, &QAction::triggered, this, [this] { showSettings(mapToGlobal(rect().bottomLeft())); });
    addAction(settings);
    add(tr("Full screen"), QStringLiteral("fullScreenAction"), QKeySequence(Qt::Key_F11),
        [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); });
    menu->addSeparator();
    add(tr("Quit"), QStringLiteral("quitAction"), QKeySequence::Quit, [this] { close(); });
    for (int number = 1; number <= 9; ++number) {
        auto *action = new QAction(this);
        action->setShortcut(QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_0 + number)));
        connect(action, &QAction::triggered, this, [this, number] {
            const QStringList ids = m_sideBar->ids();
            if (number <= ids.size())
                show(ids[number - 1]);
        });
        addAction(action);
    }
    const QString tabs[] = {tr("Overview"), tr("Values"), tr("Evictions of the pool")};
    for (int tab = PoolPage::OverviewTab; tab <= PoolPage::EvictionsTab; ++tab) {
        auto *action = new QAction(tabs[tab], this);
        action->setObjectName(QStringLiteral("tabAction%1").arg(tab));
        action->setShortcut(QKeySequence(Qt::ALT | Qt::Key(Qt::Key_1 + tab)));
        connect(action, &QAction::triggered, this, [this, tab] { m_poolPage->setTab(tab); });
        addAction(action);
    }
    makeMenuBar();
    makeRegionKeys();
}

void MainWindow::say(const QString &sentence)
{
    m_notice->setNews(Tone::Neutral, glyph(Severity::Hint), sentence);
    m_notice->show();
    m_noticeTimer.start(NoticeTime);
}

bool MainWindow::hasWidePanes() const
{
    return m_pages->currentWidget() == m_poolPage && m_poolPage->tab() == PoolPage::ValuesPage;
}

void MainWindow::updateRail()
{
    const bool panes = hasWidePanes();
    const bool narrow = width() < (panes ? RailBelowWithPanes : RailBelow);
    m_sideBar->setRail(m_railWanted[panes].value_or(narrow));
    for (QAction *key : std::as_const(m_regionKeys))
        key->setEnabled(!panes);
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    updateRail();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    const auto running =
        std::find_if(m_flows.cbegin(), m_flows.cend(), [](const ReleaseFlow *flow) { return flow->isRunning(); });
    if (running != m_flows.cend() && !m_closeAsked) {
        event->ignore();
        askQuestion(this, tr("An operation is running"),
            tr("%1: it would stop where it is, and the next start asks how to go on.")
                .arg((*running)->progress().title),
            {tr("Close all the same")}, [this](int) {
                m_closeAsked = true;
                close();
            });
        return;
    }
    for (ValuesSession *session : std::as_const(m_sessions)) {
        if (session->isModified())
            session->saveDraft();
    }
    keepLook();
    QMainWindow::closeEvent(event);
}

// --- Drafts and values

ValuesSession *MainWindow::makeSession(document::Draft draft, chart::ChartPtr chart)
{
    if (!chart && !draft.chart.empty()) {
        auto loaded = chart::loadChart(draft.chart, chart::levels43());
        if (loaded)
            chart = *loaded;
        else
            say(tr("The chart of %1 cannot be read: %2")
                    .arg(QString::fromStdString(draft.name), texts::sentence(loaded.error())));
    }
    auto *session = new ValuesSession(chart ? chart : m_chart, m_parts.drafts, std::move(draft));
    if (m_cluster)
        session->setCluster(m_cluster->facts());
    connect(session, &ValuesSession::stateChanged, this, [this, session] {
        if (m_poolPage->values()->session() == session)
            m_poolPage->setEditCount(session->editCount());
    });
    return session;
}

void MainWindow::restoreDrafts()
{
    std::vector<std::string> damaged;
    for (const document::Draft &draft : m_parts.drafts.list(&damaged)) {
        if (draft.installed || !m_parts.drafts.claim(draft.id))
            continue; // It is offered when its pool is seen; or it is open in another window.
        const QString id = QStringLiteral("draft:") + QString::fromStdString(draft.id);
        ValuesSession *session = makeSession(draft, nullptr);
        if (!draft.file.empty())
            (void)session->open(QString::fromStdString(draft.file));
        session->restore(draft);
        m_sessions.insert(id, session);
    }
    if (!damaged.empty())
        say(tr("%n draft(s) could not be read and were put aside.", nullptr, int(damaged.size())));
    updateSideBar();
}

void MainWindow::addDraft(document::Draft draft)
{
    draft.id = document::DraftStore::newDraftId();
    draft.ns = m_cluster ? m_cluster->ns().toStdString() : "default";
    const QString id = QStringLiteral("draft:") + QString::fromStdString(draft.id);
    ValuesSession *session = makeSession(std::move(draft), nullptr);
    m_sessions.insert(id, session);
    session->saveDraft();
    updateSideBar();
    show(id);
    m_poolPage->setTab(PoolPage::ValuesPage);
}

void MainWindow::newPool(const QString &name)
{
    document::Draft draft;
    draft.name = name.toStdString();
    addDraft(std::move(draft));
}

void MainWindow::newPoolOf(const QString &chartPath)
{
    const QFileInfo chosen(chartPath);
    document::Draft draft;
    draft.chart = (chosen.fileName() == QLatin1String("Chart.yaml") ? chosen.absolutePath() : chosen.absoluteFilePath())
                      .toStdString();
    const auto chart = chart::loadChart(draft.chart, chart::levels43());
    if (!chart) {
        say(texts::sentence(chart.error()));
        return;
    }
    auto *dialog = new NewPoolDialog(takenNames(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, draft]() mutable {
        draft.name = dialog->name().toStdString();
        addDraft(std::move(draft));
    });
    dialog->open();
}

void MainWindow::newPoolOfRepository()
{
    const ValuesSession *session = m_sessions.value(m_current);
    chart::ReleaseInfo release;
    if (session) {
        release.name = session->about().name.empty() ? "my-pool" : session->about().name;
        release.namespaceName = session->about().ns.empty() ? "default" : session->about().ns;
        release.isUpgrade = true;
    }
    auto *library = new ChartLibrary(m_parts.io, m_parts.dispatcher, repo::HelmPaths::fromEnvironment());
    auto *picker = new ChartPicker(*library, session ? session->document().text() : std::string(), release,
        m_cluster ? m_cluster->facts() : nullptr, this);
    library->setParent(picker);
    picker->setAttribute(Qt::WA_DeleteOnClose);
    connect(picker, &ChartPicker::chosen, this, [this](const QString &path, const QString &name) {
        // A draft outlives what is in a cache.
        const QDir folder(m_parts.dataFolder + QStringLiteral("/charts"));
        const QString kept = folder.filePath(
            name + QLatin1Char('-') + QFileInfo(path).completeBaseName().left(8) + QStringLiteral(".tgz"));
        folder.mkpath(QStringLiteral("."));
        newPoolOf(QFile::exists(kept) || QFile::copy(path, kept) ? kept : path);
    });
    picker->open();
}

void MainWindow::openValues(const QString &path)
{
    document::Draft draft;
    draft.id = document::DraftStore::newDraftId();
    draft.name = QFileInfo(path).completeBaseName().remove(QStringLiteral("values-")).toStdString();
    draft.ns = m_cluster ? m_cluster->ns().toStdString() : "default";
    const QString id = QStringLiteral("draft:") + QString::fromStdString(draft.id);
    ValuesSession *session = makeSession(std::move(draft), nullptr);
    if (const Result<void> opened = session->open(path); !opened) {
        delete session;
        say(texts::sentence(opened.error()));
        return;
    }
    QStringList recent = m_parts.settings.value(QStringLiteral("recent")).toStringList();
    recent.removeAll(path);
    recent.prepend(path);
    m_parts.settings.setValue(QStringLiteral("recent"), recent.mid(0, 10));
    m_sessions.insert(id, session);
    updateSideBar();
    show(id);
    m_poolPage->setTab(PoolPage::ValuesPage);
}

QStringList MainWindow::takenNames() const
{
    QStringList names;
    for (ValuesSession *session : m_sessions)
        names.append(QString::fromStdString(session->about().name));
    if (m_cluster) {
        for (const release::ReleaseHistory &release : m_cluster->releases())
            names.append(QString::fromStdString(release.name));
    }
    return names;
}

void MainWindow::showFirstStart()
{
    QVector<FirstStartPage::Place> places;
    const bool set = m_origin.kubeconfigVariable && !m_origin.kubeconfigVariable->empty();
    places.append({QStringLiteral("KUBECONFIG"),
        set ? QString::fromStdString(*m_origin.kubeconfigVariable) : tr("is not set"), false});
    const QString home = QDir::homePath() + QStringLiteral("/.kube/config");
    places.append(
        {QStringLiteral("~/.kube/config"), QFileInfo::exists(home) ? tr("exists") : tr("does not exist"), false});
    const QString opened = m_parts.settings.value(QStringLiteral("cluster/kubeconfig")).toString();
    places.append({tr("File opened earlier"),
        opened.isEmpty()                ? tr("none")
            : QFileInfo::exists(opened) ? opened
                                        : tr("%1 does not exist any more").arg(opened),
        false});
    for (const Error &error : m_kubeconfig.errors())
        places.append({tr("Problem"), texts::sentence(error), true});
    m_firstStart->setPlaces(places);
    m_pages->setCurrentWidget(m_firstStart);
}

} // namespace pk::gui
