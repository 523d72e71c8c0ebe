// SPDX-License-Identifier: GPL-3.0-or-later
#include "status/evictionspage.h"

#include "status/evictionexport.h"
#include "status/evictionmodel.h"
#include "status/evictionpanel.h"
#include "status/evictiontimes.h"
#include "status/timelegend.h"
#include "texts/texts.h"
#include "widgets/asking.h"
#include "widgets/card.h"
#include "widgets/cell.h"
#include "widgets/emptystate.h"
#include "widgets/icons.h"
#include "widgets/measures.h"
#include "widgets/poolstyle.h"
#include "widgets/segmentedswitch.h"
#include "widgets/sidepanel.h"
#include "widgets/tableview.h"
#include "widgets/timeline.h"

#include <QDateTime>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QResizeEvent>
#include <QSaveFile>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>

namespace pk::gui {

EvictionsPage::EvictionsPage(bool ofPool, QWidget *parent) : QWidget(parent)
{
    setObjectName(ofPool ? QStringLiteral("poolEvictions") : QStringLiteral("allEvictions"));
    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(measure::pageMargin, 18, measure::pageMargin, 18);
    makeLedger(ofPool);
    column->setSpacing(measure::cardGap);
    makeTimeLine();
    column->addWidget(m_times);
    column->addWidget(m_card, 1);
    m_host = new PanelHost(page);
    m_panel = new EvictionPanel(*m_host->panel(), this);
    m_empty = new EmptyState;
    m_stack = new QStackedWidget;
    m_stack->addWidget(m_host);
    m_stack->addWidget(m_empty);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_stack);
    connect(m_table, &TableView::opened, this, &EvictionsPage::openPanel);
    connect(m_table, &QAbstractItemView::clicked, this, &EvictionsPage::openPanel);
    connect(m_table, &TableView::menuRequested, this, &EvictionsPage::openMenu);
    connect(m_table, &TableView::currentRowChanged, this, [this] {
        if (m_host->isOpen())
            openPanel();
    });
    connect(m_panel, &EvictionPanel::remedyChosen, this, &EvictionsPage::remedyChosen);
    connect(m_panel, &EvictionPanel::valuesRequested, this, &EvictionsPage::valuesRequested);
}

void EvictionsPage::makeLedger(bool ofPool)
{
    m_model = new EvictionModel(this);
    m_sorted = new QSortFilterProxyModel(this);
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(SortRole);
    m_table = new TableView;
    m_table->setObjectName(QStringLiteral("evictionTable"));
    m_table->setAccessibleName(tr("Evictions"));
    m_table->setModel(m_sorted);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(EvictionModel::TimeColumn, Qt::DescendingOrder);
    m_table->setColumns({190, 180, 170, 170, 120, 110}, EvictionModel::WorkerColumn);
    m_table->installEventFilter(this); // the last column leaves where the panel takes its room
    m_table->setColumnHidden(EvictionModel::PoolColumn, ofPool);
    m_card = new Card(tr("Ledger"));
    m_card->setBodyFlush();
    auto *save = new QPushButton(tr("Export…"));
    save->setObjectName(QStringLiteral("exportLedger"));
    setButtonKind(save, ButtonKind::Flat);
    icons::bind(save, QStringLiteral("export"));
    connect(save, &QPushButton::clicked, this, &EvictionsPage::exportLedger);
    m_card->addHeadWidget(save);
    m_card->body()->addWidget(m_table);
}

/// "07:27" of today, else "10 Oct, 14:32": what stands behind "since" is never relative.
static QString sinceWords(WallTime since, WallTime now)
{
    const auto dateOf = [](WallTime time) {
        const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
        return QDateTime::fromMSecsSinceEpoch(ms).date();
    };
    return dateOf(since) == dateOf(now) ? texts::clock(since).left(5) : texts::momentToSecond(since, now);
}

void EvictionsPage::setEvictions(const std::vector<pool::Eviction> &evictions,
    const std::map<std::string, pool::StorageSetup> &setups, std::optional<WallTime> since, WallTime now)
{
    m_setups = setups;
    m_now = now;
    m_model->setEvictions(evictions, now);
    m_evictions = evictions;
    if (!m_rangeChosen && !evictions.empty())
        chooseRange();
    showTimes();
    const QString count =
        evictions.size() == 1 ? tr("1 eviction") : tr("%1 evictions").arg(QLocale().toString(int(evictions.size())));
    m_card->setNote(since ? tr("%1 since %2, kept on this computer").arg(count, sinceWords(*since, now)) : count);
    const QString rule =
        tr("Kubernetes forgets an eviction within the hour. Poolkeeper keeps each one that it sees while "
           "it runs.");
    m_empty->setContent(QStringLiteral("eject"),
        since ? tr("No evictions since %1").arg(sinceWords(*since, now)) : tr("No evictions seen yet"), rule);
    m_stack->setCurrentWidget(evictions.empty() ? static_cast<QWidget *>(m_empty) : m_host);
}

namespace {

constexpr std::chrono::hours ranges[] = {
    std::chrono::hours(1), std::chrono::hours(6), std::chrono::hours(24), std::chrono::hours(24 * 7)};
constexpr int WholeRange = int(std::size(ranges));
constexpr int RoomForTimes = 560; ///< Below this height the ledger has all of the page.
constexpr int RoomForMoreLanes = 1000;
constexpr int RoomForLegend = 560; ///< Width of the card.
constexpr int RoomForNote = 820;

} // namespace

/// The shortest one that shows what happened last; the person's own choice stays.
void EvictionsPage::chooseRange()
{
    m_rangeChosen = true;
    const auto ago = m_now - m_evictions.front().time;
    const auto fits = std::find_if(std::begin(ranges) + 1, std::end(ranges), [&](auto range) { return ago < range; });
    const QSignalBlocker quiet(m_range);
    m_range->setCurrent(int(fits - std::begin(ranges)));
}

void EvictionsPage::makeTimeLine()
{
    m_times = new Card(tr("Time line"));
    m_times->setObjectName(QStringLiteral("evictionTimes"));
    m_range = new SegmentedSwitch({tr("1 h"), tr("6 h"), tr("24 h"), tr("7 d"), tr("All")});
    m_range->setAccessibleName(tr("Range of the time line"));
    m_range->setCurrent(WholeRange);
    m_legend = new TimeLegend;
    m_times->addHeadWidget(m_legend);
    m_times->addHeadWidget(m_range);
    m_times->installEventFilter(this); // its head folds by its own width
    m_timeLine = new TimeLine;
    m_timeLine->setSubstitute(tr("Evictions"));
    m_times->body()->addWidget(m_timeLine);
    connect(m_range, &SegmentedSwitch::currentChanged, this, [this] {
        const TimeLineData shown = showTimes();
        m_timeLine->setRange(shown.from, shown.to); // Whatever was zoomed to.
    });
    connect(m_timeLine, &TimeLine::evictionSelected, this, [this](int eviction) {
        const QModelIndex row = m_sorted->mapFromSource(m_model->index(eviction, 0));
        if (!row.isValid())
            return;
        m_table->setCurrentIndex(row);
        openPanel();
    });
}

TimeLineData EvictionsPage::showTimes()
{
    fold();
    if (m_evictions.empty())
        return {};
    const int range = m_range->current();
    WallTime from = m_evictions.back().time;
    for (const pool::Eviction &eviction : m_evictions)
        from = std::min(from, eviction.time);
    from -= (m_now - from) / 20 + std::chrono::minutes(5);
    if (range >= 0 && range < WholeRange)
        from = m_now - ranges[range];
    const bool more = height() >= RoomForMoreLanes;
    const TimeLineData shown = timeLineOf({m_evictions, m_nodes, m_workers, from, m_now, more ? 8 : 4, more ? 12 : 5});
    m_times->setNote(shown.marks.isEmpty()   ? tr("No evictions in this time")
            : m_times->width() < RoomForNote ? QString()
                                             : tr("How full disks were is not known"));
    m_timeLine->setData(shown);
    return shown;
}

void EvictionsPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    showTimes();
}

void EvictionsPage::fold()
{
    m_times->setVisible(height() >= RoomForTimes);
    m_legend->setVisible(m_times->width() >= RoomForLegend);
}

bool EvictionsPage::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_table && event->type() == QEvent::Resize) {
        const int room = m_table->width() - (m_table->isColumnHidden(EvictionModel::PoolColumn) ? 0 : 170);
        m_table->setColumnHidden(EvictionModel::SeenColumn, room < 780);
    }
    if (watched == m_times && event->type() == QEvent::Resize)
        fold();
    return QWidget::eventFilter(watched, event);
}

void EvictionsPage::selectRow(int row)
{
    m_table->setCurrentIndex(m_sorted->mapFromSource(m_model->index(row, 0)));
    openPanel();
}

void EvictionsPage::selectNewest()
{
    if (m_model->rowCount() > 0)
        selectRow(0);
}

bool EvictionsPage::selectPod(const QString &pod)
{
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (m_model->evictionAt(row)->pod == pod.toStdString()) {
            selectRow(row);
            return true;
        }
    }
    return false;
}

void EvictionsPage::showRemedies()
{
    m_panel->showRemedies();
}

void EvictionsPage::openMenu(const QModelIndex &index, const QPoint &position)
{
    m_table->setCurrentIndex(index);
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("evictionMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Show details"), this, &EvictionsPage::openPanel);
    menu->addSeparator();
    menu->addAction(tr("Copy row"), this, [this] { m_table->copyRow(false); });
    menu->addAction(tr("Copy name of pod"), this, [this] { m_table->copyRow(true); });
    menu->popup(position);
}

void EvictionsPage::exportLedger()
{
    askSavePath(this, tr("Export evictions"), QStringLiteral("evictions.csv"), tr("Tables (*.csv);;All files (*)"),
        [this](const QString &path) {
            QSaveFile file(path);
            const QByteArray csv = evictionsAsCsv(m_evictions);
            const bool written = file.open(QIODevice::WriteOnly) && file.write(csv) == csv.size() && file.commit();
            Q_EMIT said(written ? tr("%1 has the evictions as a table.").arg(path)
                                : tr("%1 cannot be written: %2").arg(path, file.errorString()));
        });
}

void EvictionsPage::openPanel()
{
    const pool::Eviction *eviction = m_model->evictionAt(m_sorted->mapToSource(m_table->currentIndex()).row());
    if (!eviction)
        return;
    m_timeLine->setSelected(m_sorted->mapToSource(m_table->currentIndex()).row());
    const auto setup = m_setups.find(eviction->poolName);
    m_panel->setEviction(*eviction, setup == m_setups.end() ? std::nullopt : std::optional(setup->second), m_now);
    if (!m_host->isOpen())
        m_host->open();
}

} // namespace pk::gui
