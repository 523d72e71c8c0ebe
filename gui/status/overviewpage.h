// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pool/pool.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QSortFilterProxyModel;
class QStackedWidget;

namespace pk::gui {

class Band;
class Card;
class EventList;
class EmptyState;
class MetricStrip;
class PanelHost;
class SegmentedSwitch;
class TableView;
class WorkerMap;
class WorkerModel;
class WorkerPanel;

/// What the Overview shows; built by whoever owns the cluster's facts.
struct OverviewState
{
    pool::Pool pool = {};
    std::map<std::string, pool::Claim> claims = {};
    std::vector<pool::Eviction> evictions = {}; ///< Of this pool, newest first, from the ledger.
    std::vector<const pool::EventFacts *> events = {}; ///< Newest first; valid during the call.
    WallTime now {};
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
    void eventsRequested();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void showNews(const OverviewState &state);
    void showMetrics(const OverviewState &state);
    void showMap(const OverviewState &state);
    void openPanel();
    void fold();

    QStackedWidget *m_stack;
    EmptyState *m_empty;
    Band *m_band;
    QAction *m_showEviction;
    QAction *m_retry;
    MetricStrip *m_metrics;
    Card *m_mapCard;
    WorkerMap *m_map;
    Card *m_workers;
    QLineEdit *m_filter;
    WorkerModel *m_model;
    QSortFilterProxyModel *m_sorted;
    TableView *m_table;
    Card *m_eventCard;
    EventList *m_events;
    PanelHost *m_host;
    WorkerPanel *m_panel;
    OverviewState m_state;
};

} // namespace pk::gui
