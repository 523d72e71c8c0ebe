// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of every page in every state: pageshots FOLDER [WIDTHxHEIGHT]. Offscreen; look at them beside the design.
#include "gui/shots/fixtures.h"

#include "app/firststartpage.h"
#include "app/pagehead.h"
#include "review/uninstalldialog.h"
#include "status/evictionspage.h"
#include "widgets/card.h"
#include "widgets/pagetabbar.h"
#include "widgets/tableview.h"

#include <QApplication>
#include <QDir>

#include <functional>

using namespace pk::gui;

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
        head->setChips({{QStringLiteral("StatefulSet"), Tone::Neutral, {}, false}, {QStringLiteral("Revision 14"), Tone::Neutral, {}, false},
            {QStringLiteral("spacelift-worker 1.0.0"), Tone::Neutral, {}, false}});
        auto *review = new QAction(QStringLiteral("Review upgrade…"), window);
        head->setActions({new QAction(QStringLiteral("Uninstall…"), window), review}, review);
        column->addWidget(head);
        auto *tabs = new PageTabBar;
        for (const char *tab : {"Overview", "Values", "Evictions"})
            tabs->addTab(QString::fromLatin1(tab));
        tabs->setBadge(1, 4, Tone::Edited);
        tabs->setBadge(2, 3);
        column->addWidget(tabs);
        column->addWidget(new Separator(Qt::Horizontal));
    }
    column->addWidget(page, 1);
    row->addLayout(column, 1);
    return window;
}

struct Shot
{
    const char *name;
    std::function<QWidget *()> make;
};

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
    page->setEvictions(fixtures::evictions(), {{"prod-eu-spacelift-worker", setup}}, fixtures::now() - std::chrono::hours(24 * 40), fixtures::now());
    page->selectNewest();
    return framed(page, true);
}

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
                page->setEmpty(QStringLiteral("pencil"), QStringLiteral("payments-eu is a draft"), QStringLiteral("Nothing of it is in the cluster."));
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
        {"uninstall",
            [] {
                return static_cast<QWidget *>(new UninstallDialog(QStringLiteral("prod-eu"), QStringLiteral("prod-eu-west, namespace spacelift"),
                    {QStringLiteral("StatefulSet prod-eu"), QStringLiteral("Service prod-eu"), QStringLiteral("Secret prod-eu")},
                    {{QStringLiteral("Claim launcher-storage-prod-eu-0"), QStringLiteral("Claims of a template are never deleted with their StatefulSet.")}}));
            }},
        {"first-start",
            [] {
                auto *page = new FirstStartPage;
                page->setPlaces({{QStringLiteral("KUBECONFIG"), QStringLiteral("is not set")}, {QStringLiteral("~/.kube/config"), QStringLiteral("does not exist")}});
                auto *window = framed(page, false);
                window->findChild<SideBar *>()->setState({});
                return window;
            }},
    };
    return all;
}

} // namespace

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    QApplication::setFont(QFont(QStringLiteral("Inter"), 10));
    setUpLook(application);
    const QString folder = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QStringLiteral("shots");
    if (!QDir().mkpath(folder))
        return 1;
    const QStringList size = QString::fromLatin1(argc > 2 ? argv[2] : "1440x900").split(u'x');
    for (const bool dark : {false, true}) {
        setTheme(dark ? darkTheme() : lightTheme());
        for (const Shot &shot : shots()) {
            const std::unique_ptr<QWidget> widget(shot.make());
            if (!qobject_cast<QDialog *>(widget.get()))
                widget->resize(size.value(0).toInt(), size.value(1).toInt());
            widget->show();
            QApplication::processEvents();
            QApplication::processEvents();
            widget->grab().save(QStringLiteral("%1/%2-%3.png").arg(folder, QLatin1String(shot.name), dark ? QLatin1String("dark") : QLatin1String("light")));
        }
    }
    return 0;
}
