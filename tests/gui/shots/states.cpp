// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/shots/states.h"

#include "app/contextdialog.h"
#include "app/firststartpage.h"
#include "app/newpooldialog.h"
#include "app/poolpage.h"
#include "gui/shots/fixtures.h"
#include "status/statusmap.h"
#include "widgets/emptystate.h"
#include "widgets/tableview.h"

#include <QAction>
#include <QCoreApplication>
#include <QCursor>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QToolButton>

namespace pk::gui::fixtures {

namespace {

/// A page beside the side bar, as the window has it.
QWidget *framed(QWidget *page, const SideBarState &state = fixtures::sideBar())
{
    auto *window = new QWidget;
    auto *row = new QHBoxLayout(window);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    auto *bar = new SideBar;
    bar->setState(state);
    bar->setCurrent(QStringLiteral("a"));
    row->addWidget(bar);
    row->addWidget(page, 1);
    return window;
}

PoolPage *poolPage(Glyph state, const QString &word)
{
    auto *page = new PoolPage;
    page->setHead(state, word, QStringLiteral("prod-eu"),
        {{QStringLiteral("StatefulSet"), Tone::Neutral, {}, false},
            {QStringLiteral("Revision 14"), Tone::Neutral, {}, false},
            {QStringLiteral("spacelift-worker 1.0.0"), Tone::Neutral, {}, false}},
        true);
    page->setChangeable(true, {});
    page->setEditCount(4);
    page->setEvictionCount(4);
    return page;
}

QWidget *overview(const OverviewState &state, const std::function<void(OverviewPage &)> &then = {})
{
    const WorkerState worst = state.staleSince ? WorkerState::Unknown : shown(state.pool.worst);
    PoolPage *page = poolPage(glyph(worst), stateWord(worst));
    if (state.staleSince)
        page->setChangeable(false, QStringLiteral("The cluster does not answer"));
    page->overview()->setState(state);
    if (then)
        then(*page->overview());
    page->setEvictionCount(int(state.evictions.size()));
    SideBarState beside = fixtures::sideBar();
    NavRowState &row = beside.pools.first().shown;
    const int count = int(state.pool.workers.size());
    row.glyph = glyph(worst);
    row.right = state.staleSince ? QStringLiteral("?") : QStringLiteral("%1/%2").arg(state.pool.ready).arg(count);
    if (worst == WorkerState::Ready) {
        row.second = stateWord(worst);
        row.rightTone = row.secondTone = Tone::Muted;
    } else if (worst == WorkerState::Failing) {
        row.second = QStringLiteral("Image cannot be pulled");
    }
    if (state.staleSince) {
        beside.connectionGlyph = glyph(Severity::Warning);
        beside.connection = QStringLiteral("No answer, 1 min");
        for (SideBarState::Row &pool : beside.pools) {
            pool.shown.glyph = glyph(WorkerState::Unknown);
            pool.shown.right = QStringLiteral("?");
            pool.shown.second = QStringLiteral("Unknown since 14:31");
            pool.shown.rightTone = pool.shown.secondTone = Tone::Muted;
        }
    }
    return framed(page, beside);
}

/// The details of a worker.
void openWorker(OverviewPage &page, int row)
{
    auto *table = page.findChild<TableView *>(QStringLiteral("workerTable"));
    table->setCurrentIndex(table->model()->index(row, 0));
    Q_EMIT table->opened(table->currentIndex());
}

QWidget *draft()
{
    PoolPage *page = poolPage(glyph(ReleaseState::Draft), stateWord(ReleaseState::Draft));
    page->setHead(glyph(ReleaseState::Draft), stateWord(ReleaseState::Draft), QStringLiteral("payments-eu"),
        {{QStringLiteral("spacelift-worker 1.0.0"), Tone::Neutral, {}, false}}, false);
    page->setEvictionCount(0);
    page->overview()->setEmpty(QStringLiteral("pencil"), QStringLiteral("payments-eu is a draft"),
        QStringLiteral("Nothing of it is in the cluster."), {page->editValuesAction(), page->reviewAction()},
        page->editValuesAction());
    return framed(page);
}

QWidget *evictionsPage(bool some)
{
    PoolPage *page = poolPage(glyph(WorkerState::Evicted), stateWord(WorkerState::Evicted));
    pk::pool::StorageSetup setup;
    setup.statefulSet = true;
    EvictionsPage &evictions = *page->evictions();
    evictions.setNodes(fixtures::nodes());
    evictions.setWorkers(fixtures::evictedPool().pool.workers);
    evictions.setEvictions(some ? fixtures::evictions() : std::vector<pool::Eviction>(),
        {{"prod-eu-spacelift-worker", setup}}, fixtures::now() - std::chrono::hours(24 * 40), fixtures::now());
    if (some)
        evictions.selectNewest();
    page->setTab(PoolPage::EvictionsTab);
    return framed(page);
}

QWidget *instead(const QString &icon, const QString &heading, const QString &text, const QStringList &ways)
{
    auto *state = new EmptyState;
    state->setContent(icon, heading, text);
    QList<QAction *> actions;
    for (const QString &way : ways)
        actions.append(new QAction(way, state));
    state->setActions(actions, actions.value(0));
    return framed(state);
}

QWidget *contextDialog()
{
    std::vector<kube::ContextInfo> contexts;
    const auto add = [&contexts](const char *name, const char *ns, bool exec) -> kube::ContextInfo & {
        contexts.push_back({.name = name,
            .cluster = std::string(name) + "-cluster",
            .user = "platform-ops",
            .nameSpace = ns,
            .server = std::string("https://") + name + ".example.com:6443",
            .needsExec = exec});
        return contexts.back();
    };
    add("prod-eu-west", "spacelift", true).current = true;
    add("lab-a", "default", false).insecure = true;
    add("broken", "default", false)
        .problems.push_back({.code = Error::Code::InvalidInput, .message = "cluster gone is not in the file"});
    return new ContextDialog(contexts, QStringLiteral("prod-eu-west"));
}

QWidget *pluginDialog()
{
    Error needs{.code = Error::Code::Denied, .message = "needs approval", .id = "kube.exec-needs-approval"};
    needs.parameters = {{"command", "aws-iam-authenticator"}, {"arguments", "token -i prod-eu-west"},
        {"environment", "AWS_PROFILE=platform"}, {"file", "/home/somebody/.kube/config"}};
    return new PluginDialog(QStringLiteral("prod-eu-west"), needs);
}

} // namespace

const std::vector<Shot> &shots()
{
    static const std::vector<Shot> all = {
        {"overview-evicted", [] { return overview(fixtures::evictedPool()); }},
        {"overview-1-worker", [] { return overview(fixtures::poolOf(1)); }},
        {"overview-200-workers", [] { return overview(fixtures::poolOf(200)); }},
        {"overview-stale", [] { return overview(fixtures::stalePool()); }},
        {"overview-left-release", [] { return overview(fixtures::leftRelease()); }},
        {"overview-long-names", [] { return overview(fixtures::longNames()); }},
        {"overview-no-workers", [] { return overview(fixtures::poolOf(0)); }},
        {"overview-20-dense",
            [] {
                return overview(fixtures::poolOf(20), [](OverviewPage &page) {
                    page.findChild<QToolButton *>(QStringLiteral("denseRows"))->setChecked(true);
                });
            }},
        {"overview-filtered-to-nothing",
            [] {
                return overview(fixtures::poolOf(200),
                    [](OverviewPage &page) { page.filterField()->setText(QStringLiteral("abc")); });
            }},
        {"overview-1-worker-panel",
            [] { return overview(fixtures::poolOf(1), [](OverviewPage &page) { openWorker(page, 0); }); }},
        {"overview-claims-panel",
            [] { return overview(fixtures::longNames(), [](OverviewPage &page) { openWorker(page, 0); }); }},
        {"overview-draft", [] { return draft(); }},
        {"evictions", [] { return evictionsPage(true); }},
        {"evictions-none", [] { return evictionsPage(false); }},
        {"review",
            [] {
                auto *page = new ReviewPage;
                page->setState(fixtures::review());
                return framed(page);
            }},
        {"progress",
            [] {
                auto *page = new ProgressPage;
                page->setState(fixtures::progress(ProgressState::Outcome::Running));
                return framed(page);
            }},
        {"progress-failed",
            [] {
                auto *page = new ProgressPage;
                page->setState(fixtures::progress(ProgressState::Outcome::Failed));
                return framed(page);
            }},
        {"progress-left",
            [] {
                auto *page = new ProgressPage;
                page->setState(fixtures::progress(ProgressState::Outcome::Left));
                return framed(page);
            }},
        {"progress-1-worker-failed",
            [] {
                auto *page = new ProgressPage;
                ProgressState state = fixtures::progress(ProgressState::Outcome::Failed);
                state.workers = {state.workers[1]};
                page->setState(state);
                return framed(page);
            }},
        {"progress-done",
            [] {
                auto *page = new ProgressPage;
                page->setState(fixtures::progress(ProgressState::Outcome::Succeeded));
                return framed(page);
            }},
        {"progress-200-workers",
            [] {
                auto *page = new ProgressPage;
                ProgressState state = fixtures::progress(ProgressState::Outcome::Running);
                while (state.workers.size() < 200) {
                    state.workers.append(state.workers[0]);
                    state.workers.last().name = QStringLiteral("Worker %1").arg(state.workers.size() - 1);
                }
                for (int worker = 0; worker < 200; ++worker) {
                    state.workers[worker].square.ordinal = worker;
                    state.workers[worker].square.state = worker > 170 ? ContainerState::Running
                        : worker == 170                               ? ContainerState::Starting
                                                                      : ContainerState::Waiting;
                }
                state.workersNote = QStringLiteral("29 of 200 are ready");
                page->setState(state);
                return framed(page);
            }},
        {"review-blocked",
            [] {
                auto *page = new ReviewPage;
                ReviewState state = fixtures::review();
                state.blockedBecause = QStringLiteral("1 error in values");
                page->setState(state);
                page->setOptions({}, false);
                return framed(page);
            }},
        {"review-deletes",
            [] {
                auto *page = new ReviewPage;
                ReviewState state = fixtures::review();
                state.danger = true;
                state.confirmText = QStringLiteral("Upgrade and delete Service prod-eu");
                page->setState(state);
                return framed(page);
            }},
        {"overview-worker-panel",
            [] { return overview(fixtures::evictedPool(), [](OverviewPage &page) { openWorker(page, 3); }); }},
        {"overview-20-workers", [] { return overview(fixtures::poolOf(20)); }},
        {"uninstall", [] { return static_cast<QWidget *>(new UninstallDialog(fixtures::uninstall())); }},
        {"context-dialog", [] { return contextDialog(); }},
        {"plugin-dialog", [] { return pluginDialog(); }},
        {"new-pool-dialog", [] { return static_cast<QWidget *>(new NewPoolDialog({})); }},
        {"no-pools",
            [] {
                return instead(QStringLiteral("layers"), QStringLiteral("No worker pools in namespace spacelift"),
                    QStringLiteral("Poolkeeper looks for StatefulSets and Deployments whose pods have the containers "
                                   "launcher and dind. There is none here."),
                    {QStringLiteral("New pool…"), QStringLiteral("Context and namespace…")});
            }},
        {"login-failed",
            [] {
                return instead(QStringLiteral("wifi-off"), QStringLiteral("The login of prod-eu-west failed"),
                    QStringLiteral("The login command aws-iam-authenticator failed with exit code 1: the token has "
                                   "expired"),
                    {QStringLiteral("Try again"), QStringLiteral("Context and namespace…"),
                        QStringLiteral("Copy details")});
            }},
        {"first-start",
            [] {
                auto *page = new FirstStartPage;
                page->setPlaces({{QStringLiteral("KUBECONFIG"), QStringLiteral("is not set")},
                    {QStringLiteral("~/.kube/config"), QStringLiteral("does not exist")}});
                auto *window = framed(page);
                window->findChild<SideBar *>()->setState({});
                return window;
            }},
    };
    return all;
}

void showShot(QWidget &widget, int width, int height)
{
    if (!qobject_cast<QDialog *>(&widget)) {
        if (auto *bar = widget.findChild<SideBar *>())
            bar->setRail(width < 1360);
        widget.resize(width, height);
    }
    QCursor::setPos(100'000, 100'000); // nothing is hovered
    widget.show();
    // Layouts settle in two rounds: the first one gives widths, the second heights for them.
    QCoreApplication::processEvents();
    QCoreApplication::processEvents();
}

} // namespace pk::gui::fixtures
