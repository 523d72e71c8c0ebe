// SPDX-License-Identifier: GPL-3.0-or-later
#include "status/overviewpage.h"

#include "status/eventlist.h"
#include "status/healthnews.h"
#include "status/maplegend.h"
#include "status/mapsquares.h"
#include "status/poolmetrics.h"
#include "status/statusmap.h"
#include "status/workermodel.h"
#include "status/workerpanel.h"
#include "status/workerproxy.h"
#include "texts/texts.h"
#include "widgets/card.h"
#include "widgets/elidedlabel.h"
#include "widgets/emptystate.h"
#include "widgets/foldstrip.h"
#include "widgets/icons.h"
#include "widgets/measures.h"
#include "widgets/metricstrip.h"
#include "widgets/segmentedswitch.h"
#include "widgets/sidepanel.h"
#include "widgets/tableview.h"
#include "widgets/workermap.h"

#include <QMenu>
#include <QToolButton>

namespace pk::gui {

namespace {

constexpr int ManyWorkers = 40; ///< Over it: dense rows, a map, worst first.
constexpr int EventsShown = 5;
constexpr int LowPage = 660; ///< Below it the lower cards and the figures fold.
constexpr int HighPage = 1000; ///< From it on many workers leave room for figures and events.
constexpr int WideTable = 1560; ///< From it on there is room for what is seldom asked for (windows of 1900).
constexpr int RowsShown = 12; ///< More of a few workers scroll within their card, unless the page is high.
constexpr int LeastRows = 6; ///< Of a low page.
constexpr int RoomBesideRows = 560; ///< What the page shows above and below them.
constexpr int RoomForCompact = 1100; ///< Width of five figures on one line.
constexpr int NarrowPage = 800; ///< Below it the figures that say least leave.

using Show = WorkerProxy::Show;
constexpr Show shows[] = {Show::All, Show::NotReady, Show::OlderImage, Show::OlderRevision};

// Widths of WorkerModel's columns. The slack column never gets less than its own.
const QVector<int> twoLineColumns{162, 0, 200, 106, 76, 180, 66, 112, 124, 160};
const QVector<int> oneLineColumns{96, 190, 150, 106, 76, 150, 66, 112, 120, 160};
// What leaves first where there is no room; the panel has it all.
constexpr WorkerModel::Column leaving[] = {WorkerModel::ImageColumn, WorkerModel::AgeColumn,
    WorkerModel::RestartsColumn, WorkerModel::EvictionColumn, WorkerModel::VolumeColumn};
// What a person may put away.
constexpr WorkerModel::Column hideable[] = {WorkerModel::RestartsColumn, WorkerModel::VolumeColumn,
    WorkerModel::AgeColumn, WorkerModel::ImageColumn, WorkerModel::EvictionColumn};

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

/// Of the font that the sizes were drawn for.
double fontScale(const QWidget &widget)
{
    return std::max(1.0, widget.fontMetrics().height() / 16.0);
}

/// Without what is not known, and what the table says of each worker.
QVector<MetricStrip::Metric> withoutLeast(QVector<MetricStrip::Metric> figures)
{
    figures.removeIf([](const MetricStrip::Metric &figure) { return figure.leaves; });
    return figures;
}

QToolButton *headButton(const QString &icon, const QString &name, const char *objectName)
{
    auto *button = new QToolButton;
    button->setObjectName(QLatin1String(objectName));
    button->setAutoRaise(true);
    button->setToolTip(name);
    button->setAccessibleName(name);
    icons::bind(button, icon);
    return button;
}

} // namespace

OverviewPage::OverviewPage(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("overviewPage"));
    auto *page = new PageBody;
    m_column = new QVBoxLayout(page);
    m_column->setContentsMargins(measure::pageMargin, 18, measure::pageMargin, 18);
    m_column->setSpacing(measure::cardGap);
    makeActions();
    m_news = new HealthNews;
    m_metrics = new MetricStrip;
    m_metrics->setObjectName(QStringLiteral("metrics"));
    m_map = new WorkerMap;
    m_map->setObjectName(QStringLiteral("workerMap"));
    m_map->setAccessibleName(tr("Map of workers"));
    m_legend = new MapLegend;
    m_mapCard = new Card(tr("Map"));
    m_mapCard->setNote(tr("one square a worker, by ordinal, worst container"));
    m_mapCard->addHeadWidget(m_legend);
    m_mapCard->body()->addWidget(m_map);
    makeTable();
    makeTools();
    makeEvents();
    for (QWidget *part : {static_cast<QWidget *>(m_news), static_cast<QWidget *>(m_metrics),
             static_cast<QWidget *>(m_mapCard), static_cast<QWidget *>(m_workers), static_cast<QWidget *>(m_eventStrip),
             static_cast<QWidget *>(m_eventCard)})
        m_column->addWidget(part);
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

QAction *OverviewPage::makeAction(const QString &text, const char *name)
{
    auto *made = new QAction(text, this);
    made->setObjectName(QLatin1String(name));
    return made;
}

void OverviewPage::makeActions()
{
    m_clearFilter = makeAction(tr("Clear filter"), "clearWorkerFilter");
    m_setWorkers = makeAction(tr("Set workers…"), "setWorkers");
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
    m_show = new SegmentedSwitch(QStringList{tr("All"), tr("Not ready"), tr("Older image"), tr("Older revision")});
    m_show->setObjectName(QStringLiteral("showWorkers"));
    m_show->setAccessibleName(tr("Which workers"));
    m_filter = new QLineEdit;
    m_filter->setObjectName(QStringLiteral("filterWorkers"));
    m_filter->setPlaceholderText(tr("Filter workers"));
    m_filter->setAccessibleName(tr("Filter workers"));
    m_filter->setToolTip(tr("Filter workers (/)"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setFixedWidth(200);
    icons::bind(m_filter->addAction(QIcon(), QLineEdit::LeadingPosition), QStringLiteral("search"));
    m_table->setFilterField(m_filter);
    m_workers = new Card(tr("Workers"));
    m_workers->setBodyFlush();
    m_workers->addHeadWidget(m_show);
    m_workers->addHeadWidget(m_filter);
    m_workers->body()->addWidget(m_table);
}

/// Right of the filter: which columns, and rows of one line.
void OverviewPage::makeTools()
{
    m_columns = headButton(QStringLiteral("columns"), tr("Columns"), "workerColumns");
    m_columns->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(m_columns);
    for (const WorkerModel::Column column : hideable) {
        QAction *action = menu->addAction(m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
        action->setCheckable(true);
        action->setChecked(true);
        connect(action, &QAction::toggled, this, [this, column](bool wanted) {
            if (wanted)
                m_unwanted.remove(column);
            else
                m_unwanted.insert(column);
            m_foldedWidth = -1;
            foldColumns();
        });
    }
    m_columns->setMenu(menu);
    m_dense = headButton(QStringLiteral("list"), tr("Dense rows"), "denseRows");
    m_dense->setCheckable(true);
    connect(m_dense, &QToolButton::toggled, this, &OverviewPage::showRows);
    m_workers->addHeadWidget(m_columns);
    m_workers->addHeadWidget(m_dense);
}

void OverviewPage::makeEvents()
{
    m_events = new EventRows(EventRows::Style::OneLine);
    m_events->setObjectName(QStringLiteral("latestEvents"));
    m_eventCard = new Card(tr("Latest events"));
    m_eventCard->body()->addWidget(m_events);
    m_foldEvents = headButton(QStringLiteral("chevron-up"), tr("Fold events"), "foldEvents");
    m_eventCard->addHeadWidget(m_foldEvents);
    m_eventStrip = new FoldStrip(tr("Latest events"));
    m_eventStrip->setObjectName(QStringLiteral("eventStrip"));
    const auto want = [this](bool wanted) {
        m_eventsWanted = wanted;
        fold();
        (wanted ? static_cast<QWidget *>(m_foldEvents) : m_eventStrip)->setFocus(Qt::OtherFocusReason);
    };
    connect(m_eventStrip, &FoldStrip::clicked, this, [want] { want(true); });
    connect(m_foldEvents, &QToolButton::clicked, this, [want] { want(false); });
}

void OverviewPage::connectAll()
{
    connect(m_news, &HealthNews::evictionRequested, this, &OverviewPage::evictionRequested);
    connect(m_news, &HealthNews::remedyRequested, this, &OverviewPage::remedyRequested);
    connect(m_news, &HealthNews::workerRequested, this, &OverviewPage::selectWorker);
    connect(m_news, &HealthNews::retryRequested, this, &OverviewPage::retryRequested);
    connect(m_news, &HealthNews::goOnRequested, this, &OverviewPage::goOnRequested);
    connect(m_news, &HealthNews::rollbackRequested, this, &OverviewPage::rollbackRequested);
    connect(m_clearFilter, &QAction::triggered, this, [this] {
        m_filter->clear();
        m_show->setCurrent(0);
        m_table->setFocus();
    });
    connect(m_setWorkers, &QAction::triggered, this,
        [this] { Q_EMIT valuesRequested(QString::fromStdString(m_shown.pool.name), QStringLiteral("replicaCount")); });
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_sorted->setWords(text);
        updatePlaceholder();
    });
    connect(m_show, &SegmentedSwitch::currentChanged, this, [this](int segment) {
        m_sorted->setShow(shows[std::clamp(segment, 0, int(std::size(shows)) - 1)]);
        updatePlaceholder();
    });
    connect(m_table, &TableView::opened, this, &OverviewPage::openPanel);
    connect(m_table, &TableView::menuRequested, this, &OverviewPage::openMenu);
    connect(m_table, &TableView::letterPressed, this, &OverviewPage::pressLetter);
    connect(m_table, &TableView::currentRowChanged, this, [this](const QModelIndex &index) {
        m_map->setCurrent(m_sorted->mapToSource(index).row());
        if (m_host->isOpen())
            openPanel();
    });
    connect(m_table, &QAbstractItemView::clicked, this, &OverviewPage::openPanel);
    connect(m_map, &WorkerMap::currentChanged, this,
        [this](int row) { m_table->setCurrentIndex(m_sorted->mapFromSource(m_model->index(row, 0))); });
    connect(m_map, &WorkerMap::activated, this, &OverviewPage::openPanel);
    connect(m_panel, &WorkerPanel::evictionsRequested, this, &OverviewPage::evictionsOfRequested);
}

/// Few workers: rows of two lines that the page grows with. Many: dense rows in a table that scrolls, worst first.
void OverviewPage::showSize(bool many)
{
    m_many = many;
    const QSignalBlocker quiet(m_dense);
    m_dense->setChecked(many);
    showRows();
    m_table->setGrowing(many ? 0 : RowsShown);
    m_table->sortByColumn(many ? WorkerModel::StateColumn : WorkerModel::NameColumn, Qt::AscendingOrder);
    m_column->setStretchFactor(m_workers, many ? 100 : 0);
    m_mapCard->setVisible(many);
    m_show->setVisible(many);
    if (!many)
        m_show->setCurrent(0);
}

void OverviewPage::showRows()
{
    const bool dense = m_dense->isChecked();
    m_model->setOneLine(dense);
    m_table->setRows(!dense ? CellDelegate::Rows::TwoLines
            : m_many        ? CellDelegate::Rows::Dense
                            : CellDelegate::Rows::OneLine);
    m_table->setColumnHidden(WorkerModel::StateColumn, !dense);
    m_foldedWidth = -1;
    foldColumns();
}

void OverviewPage::setEmpty(
    const QString &icon, const QString &heading, const QString &text, const QList<QAction *> &actions, QAction *primary)
{
    m_empty->setContent(icon, heading, text);
    m_empty->setActions(actions, primary);
    m_stack->setCurrentWidget(m_empty);
}

void OverviewPage::setState(const OverviewState &state)
{
    m_shown.pool.name = state.pool.name;
    m_shown.pool.storage = state.pool.storage;
    m_shown.podOf = state.podOf;
    m_shown.nodeOf = state.nodeOf;
    m_shown.eventsOf = state.eventsOf;
    m_shown.staleSince = state.staleSince;
    m_shown.now = state.now;
    if (state.pool.workers.empty() && state.pool.desired == 0 && !state.staleSince) {
        m_host->close();
        setEmpty(QStringLiteral("layers"), tr("No workers"), texts::sentence(pool::News{"pool.no-workers-wanted"}),
            {m_setWorkers}, m_setWorkers);
        return;
    }
    const bool many = state.pool.workers.size() > ManyWorkers;
    if (many != m_many)
        showSize(many);
    m_model->setEvictions(state.evictions);
    m_model->setPods(state.podOf);
    const bool changed = m_model->setWorkers(state.pool.workers, state.claims, state.now);
    m_model->setStale(state.staleSince.has_value());
    // Rows change places only while nobody points at them or walks through them.
    if (changed && !m_table->underMouse() && !m_table->hasFocus())
        m_sorted->settle();
    const QString count = QLocale().toString(int(state.pool.workers.size()));
    m_workers->setNote(state.staleSince
            ? tr("%1, as of %2, %3 ago")
                  .arg(count, texts::clock(*state.staleSince), texts::duration(state.now - *state.staleSince))
            : many ? tr("worst first")
                   : count);
    showEvents(state);
    m_news->setState(state);
    m_figures = poolMetrics(state);
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

void OverviewPage::showEvents(const OverviewState &state)
{
    const QVector<EventRows::Row> rows = eventRows(state.events, EventsShown);
    m_events->setRows(rows,
        state.mayReadEvents ? tr("None. Kubernetes keeps events for about an hour.")
                            : tr("%1 may not read events of this namespace. Workers and evictions are found from their "
                                 "status all the same.")
                                  .arg(state.user));
    m_eventStrip->setNews(rows.isEmpty() ? Glyph() : rows.first().glyph,
        !state.mayReadEvents ? tr("May not read events")
            : rows.isEmpty() ? tr("none in the last hour")
                             : tr("%1 %2").arg(rows.first().reason, rows.first().time));
}

void OverviewPage::showMap(const OverviewState &state)
{
    if (!m_many)
        return;
    m_map->setWorkers(mapSquares(state.pool));
    m_legend->setEntries(mapLegend(state.pool));
}

void OverviewPage::showCounts(const OverviewState &state)
{
    if (!m_many)
        return;
    const QString texts[] = {tr("All %1"), tr("Not ready %1"), tr("Older image %1"), tr("Older revision %1")};
    for (int segment = 0; segment < int(std::size(shows)); ++segment) {
        int count = shows[segment] == Show::All ? int(state.pool.workers.size()) : 0;
        for (int row = 0; shows[segment] != Show::All && row < m_model->rowCount(); ++row)
            count += WorkerProxy::accepts(shows[segment], *m_model, row);
        m_show->setText(segment, texts[segment].arg(QLocale().toString(count)));
    }
}

void OverviewPage::updatePlaceholder()
{
    const QString hidden = QLocale().toString(m_model->rowCount());
    const QString words = m_filter->text().trimmed();
    if (m_model->rowCount() == 0)
        m_table->setPlaceholder(tr("There is no pod of this pool."));
    else if (words.isEmpty())
        m_table->setPlaceholder(tr("No worker is among these. %1 are hidden.").arg(hidden), m_clearFilter);
    else
        m_table->setPlaceholder(tr("No worker matches “%1”. %2 are hidden.").arg(words, hidden), m_clearFilter);
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
    WorkerDetails details;
    details.worker = worker;
    details.claim = m_model->claimAt(row);
    details.pod = m_shown.podOf ? m_shown.podOf(worker->id) : nullptr;
    details.node = m_shown.nodeOf && !worker->node.empty() ? m_shown.nodeOf(worker->node) : nullptr;
    details.storage = m_shown.pool.storage;
    if (m_shown.eventsOf)
        details.events = eventRows(m_shown.eventsOf(worker->pod), EventsShown);
    details.stale = m_shown.staleSince.has_value();
    details.now = m_shown.now;
    m_panel->setWorker(details);
    if (!m_host->isOpen())
        m_host->open();
}

void OverviewPage::openMenu(const QModelIndex &index, const QPoint &position)
{
    m_table->setCurrentIndex(index);
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("workerMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Show details"), this, &OverviewPage::openPanel);
    menu->addAction(
        tr("Show events (E)"), this, [this, index = QPersistentModelIndex(index)] { pressLetter(Qt::Key_E, index); });
    menu->addAction(tr("Show evictions (V)"), this,
        [this, index = QPersistentModelIndex(index)] { pressLetter(Qt::Key_V, index); });
    menu->addSeparator();
    menu->addAction(tr("Copy row"), this, [this] { m_table->copyRow(false); });
    menu->addAction(tr("Copy name of pod"), this, [this] { m_table->copyRow(true); });
    menu->popup(position);
}

void OverviewPage::pressLetter(Qt::Key key, const QModelIndex &index)
{
    const pool::Worker *worker = m_model->workerAt(m_sorted->mapToSource(index).row());
    if (!worker)
        return;
    if (key == Qt::Key_V) {
        Q_EMIT evictionsOfRequested(QString::fromStdString(worker->pod));
    } else if (key == Qt::Key_E) {
        openPanel();
        m_panel->showEvents();
    }
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
    m_metrics->setVisible(!m_many || high);
    const bool narrow = m_workers->width() < NarrowPage * fontScale(*this);
    m_metrics->setMetrics(narrow ? withoutLeast(m_figures) : m_figures);
    const bool events = !m_many || high;
    m_eventStrip->setVisible(events && low && !m_eventsWanted);
    m_eventCard->setVisible(events && (!low || m_eventsWanted));
    m_foldEvents->setVisible(low);
    const int margin = width() < 1100 - measure::sideBar ? measure::narrowPageMargin : measure::pageMargin;
    m_column->setContentsMargins(margin, low ? 12 : 18, margin, low ? 12 : 18);
    foldColumns();
    foldFigures(low && !narrow && !m_many);
    if (!m_many)
        m_table->setGrowing(rowsThatFit(low));
}

/// More rows scroll within their card. A low page has fewer of them rather than a second scroll bar.
int OverviewPage::rowsThatFit(bool low) const
{
    const int row = std::max(1, m_table->rowHeight());
    if (!low)
        return std::max(RowsShown, (height() - RoomBesideRows) / row);
    m_workers->layout()->activate(); // Else it tells the height of other rows.
    const int others = m_column->parentWidget()->minimumSizeHint().height() - m_table->minimumSizeHint().height();
    return std::max(LeastRows, (height() - others - m_table->header()->sizeHint().height()) / row);
}

/// Only where the page would scroll. A narrow strip would cut values on the one line; it keeps its three.
void OverviewPage::foldFigures(bool may)
{
    if (!may) {
        m_metrics->setCompact(false);
        return;
    }
    const int whole = m_metrics->heightOf(MetricStrip::Form::Whole), now = m_metrics->sizeHint().height();
    const int needed = m_column->parentWidget()->minimumSizeHint().height() + whole - now;
    const bool compact = needed > height();
    m_metrics->setCompact(compact);
    if (compact && m_workers->width() < RoomForCompact * fontScale(*this))
        m_metrics->setMetrics(withoutLeast(m_figures));
}

void OverviewPage::foldColumns()
{
    if (m_table->width() == m_foldedWidth)
        return;
    m_foldedWidth = m_table->width();
    const auto isWanted = [this](WorkerModel::Column column) { return !m_unwanted.contains(column); };
    for (const WorkerModel::Column column : hideable)
        m_table->setColumnHidden(column, !isWanted(column));
    m_table->setColumnHidden(WorkerModel::PriorityColumn, m_foldedWidth < WideTable);
    const QVector<int> &widths = m_dense->isChecked() ? oneLineColumns : twoLineColumns;
    m_table->setColumns(widths, WorkerModel::PodColumn);
    // Measured after setColumns(), which scales them to the font; the slack column counts with its least.
    const double scale =
        double(m_table->header()->sectionSize(WorkerModel::NameColumn)) / widths[WorkerModel::NameColumn];
    double wanted = 12;
    const auto widthOf = [&](int column) {
        return column == WorkerModel::PodColumn ? widths[column] * scale : m_table->header()->sectionSize(column);
    };
    for (int column = 0; column < widths.size(); ++column) {
        if (!m_table->isColumnHidden(column))
            wanted += widthOf(column);
    }
    for (const WorkerModel::Column column : leaving) {
        if (wanted <= m_foldedWidth)
            break;
        if (m_table->isColumnHidden(column))
            continue;
        wanted -= widthOf(column);
        m_table->setColumnHidden(column, true);
    }
}

} // namespace pk::gui
