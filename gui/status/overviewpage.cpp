// SPDX-License-Identifier: GPL-3.0-or-later
#include "status/overviewpage.h"

#include "status/eventlist.h"
#include "status/statusmap.h"
#include "status/workermodel.h"
#include "status/workerpanel.h"
#include "texts/texts.h"
#include "widgets/band.h"
#include "widgets/card.h"
#include "widgets/emptystate.h"
#include "widgets/icons.h"
#include "widgets/measures.h"
#include "widgets/metricstrip.h"
#include "widgets/sidepanel.h"
#include "widgets/tableview.h"
#include "widgets/workermap.h"

#include <QSortFilterProxyModel>

#include <set>

namespace pk::gui {

namespace {

constexpr int ManyWorkers = 40; ///< Over it: dense rows and a map.
constexpr int EventsShown = 5;
constexpr std::chrono::hours Week {24 * 7};

/// Sorted by SortRole; filtered by any word of the row.
class WorkerProxy : public QSortFilterProxyModel
{
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override
    {
        const QString wanted = filterRegularExpression().pattern();
        for (int column = 0; column < sourceModel()->columnCount(parent); ++column) {
            if (sourceModel()->index(row, column, parent).data().toString().contains(wanted, Qt::CaseInsensitive))
                return true;
        }
        return false;
    }
};

} // namespace

OverviewPage::OverviewPage(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("overviewPage"));
    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(measure::pageMargin, 18, measure::pageMargin, 18);
    column->setSpacing(measure::cardGap);

    m_showEviction = new QAction(tr("Show eviction"), this);
    m_showEviction->setObjectName(QStringLiteral("showEviction"));
    m_retry = new QAction(tr("Retry now"), this);
    m_retry->setObjectName(QStringLiteral("retryNow"));
    connect(m_showEviction, &QAction::triggered, this, &OverviewPage::evictionRequested);
    connect(m_retry, &QAction::triggered, this, &OverviewPage::retryRequested);
    m_band = new Band;
    m_band->setObjectName(QStringLiteral("healthBand"));
    column->addWidget(m_band);
    m_metrics = new MetricStrip;
    m_metrics->setObjectName(QStringLiteral("metrics"));
    column->addWidget(m_metrics);

    m_map = new WorkerMap;
    m_map->setObjectName(QStringLiteral("workerMap"));
    m_mapCard = new Card(tr("All workers"));
    m_mapCard->body()->addWidget(m_map);
    column->addWidget(m_mapCard);

    m_model = new WorkerModel(this);
    m_sorted = new WorkerProxy(this);
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(SortRole);
    // Nothing jumps: rows sort when a head is clicked, not when a cell changes.
    m_sorted->setDynamicSortFilter(false);
    m_table = new TableView;
    m_table->setObjectName(QStringLiteral("workerTable"));
    m_table->setAccessibleName(tr("Workers"));
    m_table->setModel(m_sorted);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(WorkerModel::NameColumn, Qt::AscendingOrder);
    const int widths[WorkerModel::ColumnCount] = {170, 240, 110, 76, 230, 70, 120, 130};
    for (int section = 0; section < WorkerModel::ColumnCount; ++section)
        m_table->header()->resizeSection(section, widths[section]);
    m_table->setSlackColumn(WorkerModel::PodColumn);
    m_filter = new QLineEdit;
    m_filter->setObjectName(QStringLiteral("filterWorkers"));
    m_filter->setPlaceholderText(tr("Filter workers"));
    m_filter->setAccessibleName(tr("Filter workers"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setFixedWidth(200);
    icons::bind(m_filter->addAction(QIcon(), QLineEdit::LeadingPosition), QStringLiteral("search"));
    m_workers = new Card(tr("Workers"));
    m_workers->setBodyFlush();
    m_workers->addHeadWidget(m_filter);
    m_workers->body()->addWidget(m_table);
    column->addWidget(m_workers, 3);

    m_events = new EventList;
    m_eventCard = new Card(tr("Latest events"));
    m_eventCard->body()->addWidget(m_events);
    column->addWidget(m_eventCard);
    // Keeps the cards at the top when the table needs less than the page has.
    column->addStretch(1);

    auto *scroll = new QScrollArea;
    scroll->setWidget(page);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    m_host = new PanelHost(scroll);
    m_panel = new WorkerPanel(*m_host->panel(), this);
    m_empty = new EmptyState;
    m_stack = new QStackedWidget;
    m_stack->addWidget(m_host);
    m_stack->addWidget(m_empty);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_stack);

    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_sorted->setFilterRegularExpression(QRegularExpression());
        m_sorted->setFilterFixedString(text);
        m_table->setPlaceholder(
            tr("No worker matches “%1”. %2 are hidden.").arg(text).arg(QLocale().toString(m_model->rowCount())));
    });
    connect(m_table, &TableView::opened, this, &OverviewPage::openPanel);
    connect(m_table, &TableView::filterRequested, m_filter, qOverload<>(&QWidget::setFocus));
    connect(m_table, &TableView::currentRowChanged, this, [this](const QModelIndex &index) {
        const int row = m_sorted->mapToSource(index).row();
        m_map->setCurrent(row);
        if (m_host->isOpen())
            openPanel();
    });
    connect(m_table, &QAbstractItemView::clicked, this, &OverviewPage::openPanel);
    connect(m_map, &WorkerMap::currentChanged, this, [this](int row) {
        m_table->setCurrentIndex(m_sorted->mapFromSource(m_model->index(row, 0)));
    });
    connect(m_map, &WorkerMap::activated, this, &OverviewPage::openPanel);
}

void OverviewPage::setEmpty(const QString &icon, const QString &heading, const QString &text)
{
    m_empty->setContent(icon, heading, text);
    m_stack->setCurrentWidget(m_empty);
}

void OverviewPage::setState(const OverviewState &state)
{
    m_state = state;
    m_state.events.clear();
    const bool many = state.pool.workers.size() > ManyWorkers;
    m_table->setRows(many ? CellDelegate::Rows::Dense : CellDelegate::Rows::TwoLines);
    m_table->setGrowing(many ? 0 : 12);
    m_model->setWorkers(state.pool.workers, state.claims, state.now);
    m_model->setNow(state.now);
    m_model->setStale(state.staleSince.has_value());
    m_workers->setNote(QLocale().toString(int(state.pool.workers.size())));
    m_events->setEvents(state.events, EventsShown);
    showNews(state);
    showMetrics(state);
    showMap(state);
    fold();
    if (m_host->isOpen())
        openPanel();
    m_stack->setCurrentWidget(m_host);
}

void OverviewPage::showNews(const OverviewState &state)
{
    if (state.staleSince) {
        m_band->setNews(Tone::Warning, glyph(WorkerState::Unknown),
            tr("No answer from the cluster since %1. What you see is what was known then.")
                .arg(texts::clock(*state.staleSince)),
            state.nextAttempt ? tr("Next attempt in %1.").arg(texts::duration(*state.nextAttempt - state.now)) : QString());
        m_band->setActions({m_retry}, m_retry);
        return;
    }
    if (state.pool.workers.empty() && state.pool.desired == 0) {
        m_band->setNews(Tone::Neutral, glyph(Severity::Hint), tr("No workers: replicaCount is 0."));
        m_band->setActions({});
        return;
    }
    const bool healthy = state.pool.worst == pool::WorkerState::Ready && state.pool.ready == state.pool.desired;
    const Glyph worst = glyph(shown(state.pool.worst));
    m_band->setNews(healthy ? Tone::Neutral : worst.tone, worst, texts::sentence(state.pool.news),
        texts::clean(state.pool.news.quote));
    const bool evicted = !state.evictions.empty()
        && (state.pool.worst == pool::WorkerState::Evicted || state.now - state.evictions.front().time < std::chrono::hours(1));
    m_band->setActions(evicted ? QList<QAction *> {m_showEviction} : QList<QAction *> {});
}

void OverviewPage::showMetrics(const OverviewState &state)
{
    const pool::Pool &pool = state.pool;
    const auto number = [](std::size_t count) { return QLocale().toString(qulonglong(count)); };
    QVector<MetricStrip::Metric> metrics;
    MetricStrip::Metric ready;
    ready.caption = tr("Ready");
    ready.value = number(pool.ready);
    ready.unit = tr("of %1").arg(number(pool.desired));
    ready.note = pool.rolling ? tr("Rolling out") : pool.ready == pool.desired ? tr("All of them") : stateWord(shown(pool.worst));
    ready.noteGlyph = pool.ready == pool.desired ? Glyph() : glyph(shown(pool.worst));
    metrics.append(ready);

    const auto recent = std::count_if(state.evictions.begin(), state.evictions.end(),
        [&](const pool::Eviction &eviction) { return state.now - eviction.time < Week; });
    MetricStrip::Metric evictions;
    evictions.caption = tr("Evictions, 7 days");
    evictions.value = number(std::size_t(recent));
    evictions.note = recent ? texts::causeWord(state.evictions.front().what) : tr("None seen");
    metrics.append(evictions);

    std::set<std::string> digests;
    int restarts = 0;
    for (const pool::Worker &worker : pool.workers) {
        if (!worker.reading.launcher.digest.empty())
            digests.insert(worker.reading.launcher.digest);
        restarts += worker.reading.restarts;
    }
    MetricStrip::Metric images;
    images.caption = tr("Launcher image");
    images.value = digests.empty() ? tr("Unknown") : number(digests.size());
    images.unit = digests.empty() ? QString() : tr("%n digest(s)", nullptr, int(digests.size()));
    images.note = digests.size() > 1 ? tr("Workers differ") : digests.empty() ? tr("Not pulled yet") : tr("The same everywhere");
    images.noteGlyph = digests.size() > 1 ? glyph(Severity::Warning) : Glyph();
    metrics.append(images);

    MetricStrip::Metric storage;
    storage.caption = tr("Storage");
    switch (pool.storage.way) {
    case pool::StorageWay::EmptyDir:
        storage.value = tr("Node disk");
        storage.note = pool.storage.size.empty() ? tr("emptyDir without a limit")
                                                 : tr("emptyDir of %1").arg(QString::fromStdString(pool.storage.size));
        break;
    case pool::StorageWay::Ephemeral:
        storage.value = tr("Ephemeral");
        storage.note = tr("%1 each").arg(QString::fromStdString(pool.storage.size));
        break;
    case pool::StorageWay::ClaimTemplate:
        storage.value = tr("Claims");
        storage.note = tr("%1 each, kept").arg(QString::fromStdString(pool.storage.size));
        break;
    case pool::StorageWay::Other:
        storage.value = tr("Other");
        break;
    }
    metrics.append(storage);

    MetricStrip::Metric restarted;
    restarted.caption = tr("Restarts");
    restarted.value = number(std::size_t(restarts));
    restarted.note = tr("Of all containers");
    metrics.append(restarted);
    m_metrics->setMetrics(metrics);
}

void OverviewPage::showMap(const OverviewState &state)
{
    const bool many = state.pool.workers.size() > ManyWorkers;
    m_mapCard->setVisible(many);
    if (!many)
        return;
    QVector<WorkerMap::Worker> workers;
    for (const pool::Worker &worker : state.pool.workers) {
        const bool launcherWorse = worker.reading.launcher.state > worker.reading.dind.state;
        WorkerMap::Worker square;
        square.ordinal = worker.ordinal;
        square.state = shown(launcherWorse ? worker.reading.launcher.state : worker.reading.dind.state);
        square.nearEviction = worker.reading.state == pool::WorkerState::NearEviction;
        square.sentence = tr("%1, %2").arg(workerName(worker), workerWord(worker));
        workers.append(square);
    }
    m_map->setWorkers(workers);
}

void OverviewPage::openPanel()
{
    const int row = m_sorted->mapToSource(m_table->currentIndex()).row();
    const pool::Worker *worker = m_model->workerAt(row);
    if (!worker) {
        m_host->close();
        return;
    }
    m_panel->setWorker(*worker, m_model->claimAt(row), m_state.now);
    if (!m_host->isOpen())
        m_host->open();
}

void OverviewPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fold();
}

void OverviewPage::fold()
{
    const bool low = height() < 620;
    m_metrics->setCompact(low);
    const bool many = m_state.pool.workers.size() > ManyWorkers;
    m_eventCard->setVisible(!many || !low);
    const bool narrow = width() < 1000;
    for (const int section : {WorkerModel::ImageColumn, WorkerModel::AgeColumn, WorkerModel::RestartsColumn})
        m_table->setColumnHidden(section, narrow);
}

} // namespace pk::gui
