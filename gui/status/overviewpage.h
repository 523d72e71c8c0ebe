// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pool/pool.h"
#include "widgets/metricstrip.h"

#include <QWidget>

class QBoxLayout;
class QLabel;
class QLineEdit;
class QStackedWidget;

namespace pk::gui {

class Band;
class Card;
class EventList;
class EmptyState;
class PanelHost;
class MapLegend;
class SegmentedSwitch;
class TableView;
class WorkerMap;
class WorkerModel;
class WorkerPanel;
class WorkerProxy;

/// What the Overview shows; built by whoever owns the cluster's facts.
struct OverviewState
{
    pool::Pool pool = {};
    std::map<std::string, pool::Claim> claims = {};
    std::vector<pool::Eviction> evictions = {}; ///< Of this pool, newest first, from the ledger.
    std::vector<const pool::EventFacts *> events = {}; ///< Newest first; valid during the call.
    WallTime now{};
    std::optional<WallTime> staleSince = {}; ///< Set while the cluster does not answer.
    std::optional<WallTime> nextAttempt = {};
};

/// The first tab of a pool (UI.md 5, pictures 01, 02, 10): the sentence of health, figures, workers, events.
class OverviewPage : public QWidget
{
    Q_OBJECT
public:
    explicit OverviewPage(QWidget *parent = nullptr);

    void setState(const OverviewState &state);
    /// Instead of the workers: why there is nothing, as UI.md 4.2 tells.
    void setEmpty(const QString &icon, const QString &heading, const QString &text);
    QLineEdit *filterField() const { return m_filter; }

Q_SIGNALS:
    void evictionRequested(); ///< Show the newest eviction.
    void retryRequested();

protected:
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    class CalmLine;

    void makeTable();
    void connectAll();
    void showNews(const OverviewState &state);
    static QString secondLine(const OverviewState &state);
    static MetricStrip::Metric storageMetric(const pool::StorageSetup &setup);
    void showMetrics(const OverviewState &state);
    void showMap(const OverviewState &state);
    void showCounts(const OverviewState &state);
    void showSize(bool many);
    void updatePlaceholder();
    void selectWorker(const std::string &id);
    void openPanel();
    void fold();
    void foldColumns();

    QStackedWidget *m_stack;
    EmptyState *m_empty;
    Band *m_band;
    CalmLine *m_calm;
    QAction *m_showEviction;
    QAction *m_showWorker;
    QAction *m_retry;
    MetricStrip *m_metrics;
    QBoxLayout *m_column;
    Card *m_mapCard;
    MapLegend *m_legend;
    WorkerMap *m_map;
    Card *m_workers;
    SegmentedSwitch *m_show;
    QLineEdit *m_filter;
    WorkerModel *m_model;
    WorkerProxy *m_sorted;
    TableView *m_table;
    Card *m_eventCard;
    EventList *m_events;
    PanelHost *m_host;
    WorkerPanel *m_panel;
    int m_foldedWidth = -1; ///< Width of the table that the columns were folded for.
    bool m_many = false; ///< Over 40 workers: dense rows, map, worst first.
    std::string m_worst; ///< Id of the worst worker, for the band's button.
    WallTime m_now{};
};

} // namespace pk::gui
