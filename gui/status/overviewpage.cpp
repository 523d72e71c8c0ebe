// SPDX-License-Identifier: GPL-3.0-or-later
#include "status/overviewpage.h"

#include "status/eventlist.h"
#include "status/maplegend.h"
#include "status/statusmap.h"
#include "status/workermodel.h"
#include "status/workerpanel.h"
#include "status/workerproxy.h"
#include "texts/texts.h"
#include "widgets/band.h"
#include "widgets/card.h"
#include "widgets/elidedlabel.h"
#include "widgets/emptystate.h"
#include "widgets/glyphlabel.h"
#include "widgets/icons.h"
#include "widgets/measures.h"
#include "widgets/metricstrip.h"
#include "widgets/segmentedswitch.h"
#include "widgets/sidepanel.h"
#include "widgets/tableview.h"
#include "widgets/workermap.h"

#include <map>
#include <set>

namespace pk::gui {

namespace {

constexpr int ManyWorkers = 40; ///< Over it: dense rows, a map, worst first.
constexpr int EventsShown = 5;
constexpr int LowPage = 660; ///< Below it the lower cards and the figures fold.
constexpr int HighPage = 1000; ///< From it on many workers leave room for figures and events.
constexpr std::chrono::hours Week{24 * 7};

using Show = WorkerProxy::Show;
constexpr Show shows[] = {Show::All, Show::NotReady, Show::OlderRevision};

// Widths of WorkerModel's columns. The slack column never gets less than its own.
const QVector<int> fewColumns{170, 0, 200, 110, 80, 190, 70, 120, 130};
const QVector<int> manyColumns{80, 210, 180, 110, 80, 170, 70, 110, 130};
// What leaves first where there is no room; the panel has it all.
constexpr WorkerModel::Column leaving[] = {WorkerModel::ImageColumn, WorkerModel::AgeColumn,
    WorkerModel::RestartsColumn, WorkerModel::EvictionColumn, WorkerModel::VolumeColumn};

const pool::Worker *worstOf(const pool::Pool &pool)
{
    const auto worst = std::min_element(pool.workers.begin(), pool.workers.end(), [](const auto &a, const auto &b) {
        return pool::badness(a.reading.state, a.waitsLong) < pool::badness(b.reading.state, b.waitsLong);
    });
    return worst == pool.workers.end() || worst->reading.state == pool::WorkerState::Ready ? nullptr : &*worst;
}

/// What scrolls. Its least height is that for its width: Qt's own counts wrapped labels as if the page were narrow, and
/// a scroll bar would appear beside a page that fits.
class PageBody : public QWidget
{
public:
    QSize minimumSizeHint() const override
    {
        const QSize narrow = QWidget::minimumSizeHint();
        const int height = layout() ? layout()->minimumHeightForWidth(width()) : -1;
        return height < 0 ? narrow : QSize(narrow.width(), height);
    }
};

} // namespace

/// The one line of a healthy pool: no band, no colour.
class OverviewPage::CalmLine : public QWidget
{
public:
    CalmLine()
    {
        auto *row = new QHBoxLayout(this);
        row->setContentsMargins(2, 0, 2, 0);
        row->setSpacing(10);
        m_glyph = new GlyphLabel(20);
        m_sentence = headingLabel({});
        m_sentence->setObjectName(QStringLiteral("calmSentence"));
        m_second = helpLabel({});
        row->addWidget(m_glyph);
        row->addWidget(m_sentence);
        row->addWidget(m_second, 1);
    }
    void setNews(Glyph state, const QString &word, const QString &sentence, const QString &second)
    {
        m_glyph->setGlyph(state, word);
        m_sentence->setText(sentence);
        m_second->setText(second);
        setAccessibleName(sentence);
    }

private:
    GlyphLabel *m_glyph;
    QLabel *m_sentence;
    QLabel *m_second;
};

OverviewPage::OverviewPage(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("overviewPage"));
    auto *page = new PageBody;
    m_column = new QVBoxLayout(page);
    m_column->setContentsMargins(measure::pageMargin, 18, measure::pageMargin, 18);
    m_column->setSpacing(measure::cardGap);
    const auto action = [this](const QString &text, const QString &name) {
        auto *made = new QAction(text, this);
        made->setObjectName(name);
        return made;
    };
    m_showEviction = action(tr("Show eviction"), QStringLiteral("showEviction"));
    m_showWorker = action({}, QStringLiteral("showWorker"));
    m_retry = action(tr("Retry now"), QStringLiteral("retryNow"));
    m_band = new Band;
    m_band->setObjectName(QStringLiteral("healthBand"));
    m_calm = new CalmLine;
    m_metrics = new MetricStrip;
    m_metrics->setObjectName(QStringLiteral("metrics"));
    m_map = new WorkerMap;
    m_map->setObjectName(QStringLiteral("workerMap"));
    m_map->setAccessibleName(tr("Map of workers"));
    m_legend = new MapLegend;
    m_mapCard = new Card(tr("Map"));
    m_mapCard->setNote(tr("one square a worker, by ordinal"));
    m_mapCard->addHeadWidget(m_legend);
    m_mapCard->body()->addWidget(m_map);
    makeTable();
    m_events = new EventList;
    m_eventCard = new Card(tr("Latest events"));
    m_eventCard->body()->addWidget(m_events);
    m_column->addWidget(m_band);
    m_column->addWidget(m_calm);
    m_column->addWidget(m_metrics);
    m_column->addWidget(m_mapCard);
    m_column->addWidget(m_workers);
    m_column->addWidget(m_eventCard);
    // Keeps the cards at the top when they need less than the page has.
    m_column->addStretch(1);

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
    showSize(false);
    connectAll();
    updatePlaceholder();
}

void OverviewPage::makeTable()
{
    m_model = new WorkerModel(this);
    m_sorted = new WorkerProxy(*m_model, this);
    m_table = new TableView;
    m_table->setObjectName(QStringLiteral("workerTable"));
    m_table->setAccessibleName(tr("Workers"));
    m_table->setModel(m_sorted);
    m_table->setSortingEnabled(true);
    m_table->installEventFilter(this); // columns leave by the width of the table, which the panel changes too
    m_show = new SegmentedSwitch(QStringList{tr("All"), tr("Not ready"), tr("Older revision")});
    m_show->setObjectName(QStringLiteral("showWorkers"));
    m_show->setAccessibleName(tr("Which workers"));
    m_filter = new QLineEdit;
    m_filter->setObjectName(QStringLiteral("filterWorkers"));
    m_filter->setPlaceholderText(tr("Filter workers"));
    m_filter->setAccessibleName(tr("Filter workers"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setFixedWidth(200);
    icons::bind(m_filter->addAction(QIcon(), QLineEdit::LeadingPosition), QStringLiteral("search"));
    m_workers = new Card(tr("Workers"));
    m_workers->setBodyFlush();
    m_workers->addHeadWidget(m_show);
    m_workers->addHeadWidget(m_filter);
    m_workers->body()->addWidget(m_table);
}

void OverviewPage::connectAll()
{
    connect(m_showEviction, &QAction::triggered, this, &OverviewPage::evictionRequested);
    connect(m_showWorker, &QAction::triggered, this, [this] { selectWorker(m_worst); });
    connect(m_retry, &QAction::triggered, this, &OverviewPage::retryRequested);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_sorted->setWords(text);
        updatePlaceholder();
    });
    connect(m_show, &SegmentedSwitch::currentChanged, this, [this](int segment) {
        m_sorted->setShow(shows[std::clamp(segment, 0, 2)]);
        updatePlaceholder();
    });
    connect(m_table, &TableView::opened, this, &OverviewPage::openPanel);
    connect(m_table, &TableView::filterRequested, m_filter, qOverload<>(&QWidget::setFocus));
    connect(m_table, &TableView::currentRowChanged, this, [this](const QModelIndex &index) {
        m_map->setCurrent(m_sorted->mapToSource(index).row());
        if (m_host->isOpen())
            openPanel();
    });
    connect(m_table, &QAbstractItemView::clicked, this, &OverviewPage::openPanel);
    connect(m_map, &WorkerMap::currentChanged, this,
        [this](int row) { m_table->setCurrentIndex(m_sorted->mapFromSource(m_model->index(row, 0))); });
    connect(m_map, &WorkerMap::activated, this, &OverviewPage::openPanel);
}

/// Few workers: rows of two lines that the page grows with. Many: dense rows in a table that scrolls, worst first.
void OverviewPage::showSize(bool many)
{
    m_many = many;
    m_foldedWidth = -1;
    m_model->setOneLine(many);
    m_table->setRows(many ? CellDelegate::Rows::Dense : CellDelegate::Rows::TwoLines);
    m_table->setGrowing(many ? 0 : 12);
    m_table->setColumnHidden(WorkerModel::StateColumn, !many);
    m_table->setColumns(many ? manyColumns : fewColumns, WorkerModel::PodColumn);
    m_table->sortByColumn(many ? WorkerModel::StateColumn : WorkerModel::NameColumn, Qt::AscendingOrder);
    m_column->setStretchFactor(m_workers, many ? 100 : 0);
    m_mapCard->setVisible(many);
    m_show->setVisible(many);
    if (!many)
        m_show->setCurrent(0);
}

void OverviewPage::setEmpty(const QString &icon, const QString &heading, const QString &text)
{
    m_empty->setContent(icon, heading, text);
    m_stack->setCurrentWidget(m_empty);
}

void OverviewPage::setState(const OverviewState &state)
{
    m_now = state.now;
    const bool many = state.pool.workers.size() > ManyWorkers;
    if (many != m_many)
        showSize(many);
    const bool changed = m_model->setWorkers(state.pool.workers, state.claims, state.now);
    m_model->setStale(state.staleSince.has_value());
    // Rows change places only while nobody points at them or walks through them.
    if (changed && !m_table->underMouse() && !m_table->hasFocus())
        m_sorted->settle();
    m_workers->setNote(many ? tr("worst first") : QLocale().toString(int(state.pool.workers.size())));
    m_events->setEvents(state.events, EventsShown);
    showNews(state);
    showMetrics(state);
    if (changed) {
        showMap(state);
        showCounts(state);
        updatePlaceholder();
    }
    fold();
    if (m_host->isOpen())
        openPanel();
    m_stack->setCurrentWidget(m_host);
}

void OverviewPage::showNews(const OverviewState &state)
{
    const pool::Pool &pool = state.pool;
    const bool healthy = pool.worst == pool::WorkerState::Ready && pool.ready == pool.desired;
    const bool calm = !state.staleSince && healthy;
    m_band->setVisible(!calm);
    m_calm->setVisible(calm);
    if (state.staleSince) {
        const QString next = state.nextAttempt
            ? tr("Next attempt in %1. Editing, preview and export work; installing and upgrading wait for the "
                 "connection.")
                  .arg(texts::duration(*state.nextAttempt - state.now))
            : tr("Editing, preview and export work; installing and upgrading wait for the connection.");
        m_band->setNews(Tone::Warning, glyph(Severity::Warning),
            tr("No answer from the cluster since %1. What you see is what was known then.")
                .arg(texts::clock(*state.staleSince)),
            next);
        m_band->setActions({m_retry});
        return;
    }
    const Glyph worst = glyph(shown(pool.worst));
    if (calm) {
        const bool none = pool.desired == 0;
        m_calm->setNews(none ? glyph(Severity::Hint) : worst,
            none ? stateWord(Severity::Hint) : stateWord(shown(pool.worst)), texts::sentence(pool.news),
            state.evictions.empty()
                ? tr("Last eviction: none seen.")
                : tr("Last eviction: %1.").arg(texts::moment(state.evictions.front().time, state.now)));
        return;
    }
    m_band->setNews(worst.tone, worst, texts::sentence(pool.news), secondLine(state));
    QList<QAction *> actions;
    const bool evicted = !state.evictions.empty()
        && (pool.worst == pool::WorkerState::Evicted
            || state.now - state.evictions.front().time < std::chrono::hours(1));
    if (evicted)
        actions.append(m_showEviction);
    const pool::Worker *worker = worstOf(pool);
    m_worst = worker ? worker->id : std::string();
    if (worker) {
        m_showWorker->setText(tr("Show %1").arg(workerName(*worker).toLower()));
        actions.append(m_showWorker);
    }
    m_band->setActions(actions);
}

QString OverviewPage::secondLine(const OverviewState &state)
{
    const pool::Pool &pool = state.pool;
    const pool::Worker *worker = worstOf(pool);
    if (pool.worst == pool::WorkerState::Evicted && worker && !state.evictions.empty()) {
        const pool::Eviction &eviction = state.evictions.front();
        if (eviction.pod == worker->pod && !eviction.what.available.empty())
            return tr("%1 had %2 left at %3, under its limit of %4. The run on it is lost.")
                .arg(QString::fromStdString(eviction.node), resourceFigure(eviction.what, eviction.what.available),
                    texts::clock(eviction.time), resourceFigure(eviction.what, eviction.what.threshold));
    }
    const QString quote = texts::clean(pool.news.quote, 300);
    if (pool.news.id == "pool.order-blocked" && worker)
        return quote.isEmpty()
            ? tr("Pods of this pool start in order. %1: %2.").arg(workerName(*worker), workerWord(*worker))
            : tr("Pods of this pool start in order. %1: %2 (“%3”).")
                  .arg(workerName(*worker), workerWord(*worker), quote);
    return quote.isEmpty() ? QString() : tr("The cluster says: “%1”").arg(quote);
}

void OverviewPage::showMetrics(const OverviewState &state)
{
    const pool::Pool &pool = state.pool;
    const auto number = [](auto count) { return QLocale().toString(qlonglong(count)); };
    const bool stale = state.staleSince.has_value();
    MetricStrip::Metric ready;
    ready.caption = stale ? tr("Ready at %1").arg(texts::clock(*state.staleSince).left(5)) : tr("Ready");
    ready.value = number(pool.ready);
    ready.unit = tr("of %1").arg(number(pool.desired));
    ready.tone = stale ? Tone::Muted : Tone::Neutral;
    const pool::Worker *worst = worstOf(pool);
    ready.note = stale              ? tr("Not known now")
        : pool.rolling              ? tr("Rolling out")
        : worst                     ? tr("%1: %2").arg(workerName(*worst), stateWord(shown(worst->reading.state)))
        : pool.ready < pool.desired ? tr("Others do not exist yet")
                                    : tr("All of them");
    ready.noteGlyph = stale ? glyph(WorkerState::Unknown) : worst ? glyph(shown(worst->reading.state)) : Glyph();

    MetricStrip::Metric full;
    full.caption = tr("Next to be full");
    full.value = tr("Unknown");
    full.tone = Tone::Muted;
    full.note = tr("Disk figures are not read");
    full.toolTip = tr(
        "Poolkeeper does not read the disk figures of nodes yet. Evictions and disk pressure are seen all the same.");

    std::map<QString, int> causes;
    int recent = 0;
    for (const pool::Eviction &eviction : state.evictions) {
        if (state.now - eviction.time < Week) {
            ++causes[texts::causeWord(eviction.what)];
            ++recent;
        }
    }
    QStringList byCause;
    for (const auto &[cause, count] : causes)
        byCause.append(tr("%1: %2").arg(cause, number(count)));
    MetricStrip::Metric evictions;
    evictions.caption = tr("Evictions, 7 days");
    evictions.value = number(recent);
    evictions.note = recent ? tr("Last: %1").arg(texts::causeWord(state.evictions.front().what)) : tr("None seen");
    byCause.append(tr("From the ledger on this computer: what Poolkeeper has seen while it ran."));
    evictions.toolTip = byCause.join(u'\n');

    std::set<std::string> digests;
    for (const pool::Worker &worker : pool.workers) {
        if (!worker.reading.launcher.digest.empty())
            digests.insert(worker.reading.launcher.digest);
    }
    MetricStrip::Metric images;
    images.caption = tr("Launcher image");
    images.value = digests.empty() ? tr("Unknown") : number(digests.size());
    images.unit = digests.empty() ? QString() : digests.size() == 1 ? tr("digest") : tr("digests");
    images.note = digests.size() > 1 ? tr("Workers differ")
        : digests.empty()            ? tr("Not pulled yet")
                                     : tr("The same everywhere");
    images.noteGlyph = digests.size() > 1 ? glyph(Severity::Warning) : Glyph();
    m_metrics->setMetrics({ready, full, evictions, images, storageMetric(pool.storage)});
}

MetricStrip::Metric OverviewPage::storageMetric(const pool::StorageSetup &setup)
{
    const QString size = texts::quantity(setup.size);
    MetricStrip::Metric storage;
    storage.caption = tr("Storage");
    switch (setup.way) {
    case pool::StorageWay::EmptyDir:
        storage.value = tr("Node disk");
        storage.note = size.isEmpty() ? tr("emptyDir without a limit") : tr("emptyDir, at most %1").arg(size);
        break;
    case pool::StorageWay::Ephemeral:
        storage.value = tr("Ephemeral");
        storage.note = tr("%1 each, go with the pod").arg(size);
        break;
    case pool::StorageWay::ClaimTemplate:
        storage.value = tr("Claims");
        storage.note = tr("%1 each, kept").arg(size);
        break;
    case pool::StorageWay::Other:
        storage.value = tr("Other");
        storage.note = tr("A volume of its own");
        break;
    }
    return storage;
}

void OverviewPage::showMap(const OverviewState &state)
{
    if (!m_many)
        return;
    QVector<WorkerMap::Worker> workers;
    workers.reserve(qsizetype(state.pool.workers.size()));
    std::map<int, MapLegend::Entry> legend; // worst first
    for (const pool::Worker &worker : state.pool.workers) {
        WorkerMap::Worker square;
        square.ordinal = worker.ordinal;
        square.state = mapState(worker);
        square.nearEviction = worker.reading.state == pool::WorkerState::NearEviction;
        square.sentence = tr("%1, %2").arg(workerName(worker), workerWord(worker));
        workers.append(square);
        MapLegend::Entry &entry = legend[pool::badness(worker.reading.state)];
        entry.glyph = square.nearEviction ? glyph(WorkerState::NearEviction) : glyph(square.state);
        entry.word = stateWord(shown(worker.reading.state));
        ++entry.count;
    }
    m_map->setWorkers(workers);
    QVector<MapLegend::Entry> entries;
    for (const auto &[badness, entry] : legend)
        entries.prepend(entry);
    m_legend->setEntries(entries);
}

void OverviewPage::showCounts(const OverviewState &state)
{
    if (!m_many)
        return;
    int counts[] = {int(state.pool.workers.size()), 0, 0};
    for (int row = 0; row < m_model->rowCount(); ++row) {
        counts[1] += WorkerProxy::accepts(Show::NotReady, *m_model, row);
        counts[2] += WorkerProxy::accepts(Show::OlderRevision, *m_model, row);
    }
    const QString texts[] = {tr("All %1"), tr("Not ready %1"), tr("Older revision %1")};
    for (int i = 0; i < 3; ++i)
        m_show->setText(i, texts[i].arg(QLocale().toString(counts[i])));
}

void OverviewPage::updatePlaceholder()
{
    const QString hidden = QLocale().toString(m_model->rowCount());
    const QString words = m_filter->text().trimmed();
    m_table->setPlaceholder(m_model->rowCount() == 0 ? tr("There is no pod of this pool.")
            : words.isEmpty()                        ? tr("No worker is among these. %1 are hidden.").arg(hidden)
                              : tr("No worker matches “%1”. %2 are hidden.").arg(words, hidden));
}

void OverviewPage::selectWorker(const std::string &id)
{
    const int row = m_model->rowOf(id);
    if (row < 0)
        return;
    if (!m_sorted->mapFromSource(m_model->index(row, 0)).isValid()) {
        m_filter->clear();
        m_show->setCurrent(0);
    }
    m_table->setCurrentIndex(m_sorted->mapFromSource(m_model->index(row, 0)));
    m_table->setFocus();
    openPanel();
}

void OverviewPage::openPanel()
{
    const int row = m_sorted->mapToSource(m_table->currentIndex()).row();
    const pool::Worker *worker = m_model->workerAt(row);
    if (!worker) {
        m_host->close();
        return;
    }
    m_panel->setWorker(*worker, m_model->claimAt(row), m_now);
    if (!m_host->isOpen())
        m_host->open();
}

void OverviewPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fold();
}

bool OverviewPage::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_table && event->type() == QEvent::Resize)
        fold();
    return QWidget::eventFilter(watched, event);
}

void OverviewPage::fold()
{

    const bool low = height() < LowPage;
    const bool high = height() >= HighPage;
    // A narrow strip would cut values on the one line; it keeps its three.
    m_metrics->setCompact(low && m_workers->width() >= 1000);
    m_metrics->setVisible(!m_many || high);
    m_eventCard->setVisible(!m_many || high);
    m_events->setVisible(!low);
    m_eventCard->setNote(low ? m_events->newest() : QString());
    const int margin = width() < 1100 - measure::sideBar ? measure::narrowPageMargin : measure::pageMargin;
    m_column->setContentsMargins(margin, low ? 12 : 18, margin, low ? 12 : 18);
    foldColumns();
}

void OverviewPage::foldColumns()
{
    if (m_table->width() == m_foldedWidth)
        return;
    m_foldedWidth = m_table->width();
    for (const WorkerModel::Column column : leaving)
        m_table->setColumnHidden(column, false);
    const QVector<int> &widths = m_many ? manyColumns : fewColumns;
    m_table->setColumns(widths, WorkerModel::PodColumn);
    // Measured after setColumns(), which scales them to the font; the slack column counts with its least.
    const double scale =
        double(m_table->header()->sectionSize(WorkerModel::NameColumn)) / widths[WorkerModel::NameColumn];
    double wanted = 12;
    for (const int width : widths)
        wanted += width * scale;
    for (const WorkerModel::Column column : leaving) {
        if (wanted <= m_foldedWidth)
            break;
        m_table->setColumnHidden(column, true);
        wanted -= widths[column] * scale;
    }
}

} // namespace pk::gui
