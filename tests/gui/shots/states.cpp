// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/shots/states.h"

#include "app/firststartpage.h"
#include "app/pagehead.h"
#include "gui/shots/fixtures.h"
#include "review/uninstalldialog.h"
#include "status/evictionspage.h"
#include "widgets/card.h"
#include "widgets/measures.h"
#include "widgets/pagetabbar.h"
#include "widgets/tableview.h"

#include <QCoreApplication>

namespace pk::gui::fixtures {

namespace {

/// A page in the frame that the window gives it.
QWidget *framed(QWidget *page, bool withHead)
{
    auto *window = new QWidget;
    auto *row = new QHBoxLayout(window);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    auto *bar = new SideBar;
    bar->setState(fixtures::sideBar());
    bar->setCurrent(QStringLiteral("a"));
    row->addWidget(bar);
    auto *column = new QVBoxLayout;
    column->setSpacing(0);
    if (withHead) {
        auto *head = new PageHead;
        head->setTitle(glyph(WorkerState::Evicted), stateWord(WorkerState::Evicted), QStringLiteral("prod-eu"));
        head->setChips({{QStringLiteral("StatefulSet"), Tone::Neutral, {}, false},
            {QStringLiteral("Revision 14"), Tone::Neutral, {}, false},
            {QStringLiteral("spacelift-worker 1.0.0"), Tone::Neutral, {}, false}});
        auto *review = new QAction(QStringLiteral("Review upgrade…"), window);
        head->setActions({new QAction(QStringLiteral("Uninstall…"), window), review}, review);
        column->addWidget(head);
        auto *tabs = new PageTabBar;
        for (const char *tab : {"Overview", "Values", "Evictions"})
            tabs->addTab(QString::fromLatin1(tab));
        tabs->setBadge(1, 4, Tone::Edited);
        tabs->setBadge(2, 3);
        auto *tabRow = new QWidget;
        tabRow->setBackgroundRole(QPalette::Base);
        tabRow->setAutoFillBackground(true);
        auto *tabLayout = new QHBoxLayout(tabRow);
        tabLayout->setContentsMargins(pk::gui::measure::pageMargin, 0, pk::gui::measure::pageMargin, 0);
        tabLayout->addWidget(tabs);
        tabLayout->addStretch();
        column->addWidget(tabRow);
        column->addWidget(new Separator(Qt::Horizontal));
    }
    column->addWidget(page, 1);
    row->addLayout(column, 1);
    return window;
}

QWidget *overview(const OverviewState &state)
{
    auto *page = new OverviewPage;
    page->setState(state);
    return framed(page, true);
}

QWidget *evictionsPage()
{
    auto *page = new EvictionsPage(true);
    pk::pool::StorageSetup setup;
    setup.statefulSet = true;
    page->setEvictions(fixtures::evictions(), {{"prod-eu-spacelift-worker", setup}},
        fixtures::now() - std::chrono::hours(24 * 40), fixtures::now());
    page->selectNewest();
    return framed(page, true);
}

} // namespace

const std::vector<Shot> &shots()
{
    static const std::vector<Shot> all = {
        {"overview-evicted", [] { return overview(fixtures::evictedPool()); }},
        {"overview-1-worker", [] { return overview(fixtures::poolOf(1)); }},
        {"overview-200-workers", [] { return overview(fixtures::poolOf(200)); }},
        {"overview-stale", [] { return overview(fixtures::stalePool()); }},
        {"overview-long-names", [] { return overview(fixtures::longNames()); }},
        {"overview-empty",
            [] {
                auto *page = new OverviewPage;
                page->setEmpty(QStringLiteral("pencil"), QStringLiteral("payments-eu is a draft"),
                    QStringLiteral("Nothing of it is in the cluster."));
                return framed(page, true);
            }},
        {"evictions", [] { return evictionsPage(); }},
        {"evictions-none",
            [] {
                auto *page = new EvictionsPage(true);
                page->setEvictions({}, {}, fixtures::now() - std::chrono::hours(24 * 40), fixtures::now());
                return framed(page, true);
            }},
        {"review",
            [] {
                auto *page = new ReviewPage;
                page->setState(fixtures::review());
                return framed(page, false);
            }},
        {"progress",
            [] {
                auto *page = new ProgressPage;
                page->setState(fixtures::progress(ProgressState::Outcome::Running));
                return framed(page, false);
            }},
        {"progress-failed",
            [] {
                auto *page = new ProgressPage;
                page->setState(fixtures::progress(ProgressState::Outcome::Failed));
                return framed(page, false);
            }},
        {"progress-left",
            [] {
                auto *page = new ProgressPage;
                page->setState(fixtures::progress(ProgressState::Outcome::Left));
                return framed(page, false);
            }},
        {"progress-1-worker-failed",
            [] {
                auto *page = new ProgressPage;
                ProgressState state = fixtures::progress(ProgressState::Outcome::Failed);
                state.workers = {state.workers[1]};
                page->setState(state);
                return framed(page, false);
            }},
        {"progress-done",
            [] {
                auto *page = new ProgressPage;
                page->setState(fixtures::progress(ProgressState::Outcome::Succeeded));
                return framed(page, false);
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
                return framed(page, false);
            }},
        {"review-blocked",
            [] {
                auto *page = new ReviewPage;
                ReviewState state = fixtures::review();
                state.blockedBecause = QStringLiteral("1 error in values");
                page->setState(state);
                page->setOptions({}, false);
                return framed(page, false);
            }},
        {"review-deletes",
            [] {
                auto *page = new ReviewPage;
                ReviewState state = fixtures::review();
                state.danger = true;
                state.confirmText = QStringLiteral("Upgrade and delete Service prod-eu");
                page->setState(state);
                return framed(page, false);
            }},
        {"overview-worker-panel",
            [] {
                auto *page = new OverviewPage;
                page->setState(fixtures::evictedPool());
                auto *window = framed(page, true);
                auto *table = page->findChild<TableView *>(QStringLiteral("workerTable"));
                table->setCurrentIndex(table->model()->index(3, 0));
                Q_EMIT table->opened(table->currentIndex());
                return window;
            }},
        {"overview-20-workers", [] { return overview(fixtures::poolOf(20)); }},
        {"uninstall",
            [] {
                return static_cast<QWidget *>(
                    new UninstallDialog(QStringLiteral("prod-eu"), QStringLiteral("prod-eu-west, namespace spacelift"),
                        {QStringLiteral("StatefulSet prod-eu"), QStringLiteral("Service prod-eu"),
                            QStringLiteral("Secret prod-eu")},
                        {{QStringLiteral("Claim launcher-storage-prod-eu-0"),
                            QStringLiteral("Claims of a template are never deleted with their StatefulSet.")}}));
            }},
        {"first-start",
            [] {
                auto *page = new FirstStartPage;
                page->setPlaces({{QStringLiteral("KUBECONFIG"), QStringLiteral("is not set")},
                    {QStringLiteral("~/.kube/config"), QStringLiteral("does not exist")}});
                auto *window = framed(page, false);
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
    widget.show();
    // Layouts settle in two rounds: the first one gives widths, the second heights for them.
    QCoreApplication::processEvents();
    QCoreApplication::processEvents();
}

} // namespace pk::gui::fixtures
