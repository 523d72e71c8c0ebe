// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pool/pool.h"
#include "widgets/timeline.h"

#include <QWidget>

#include <map>
#include <optional>
#include <string>
#include <vector>

class QSortFilterProxyModel;
class QStackedWidget;

namespace pk::gui {

class Card;
class EmptyState;
class EvictionModel;
class EvictionPanel;
class PanelHost;
class SegmentedSwitch;
class TableView;

/// The ledger of evictions with the explanation of the selected one: of one pool, or of all of a context.
class EvictionsPage : public QWidget
{
    Q_OBJECT
public:
    /// `ofPool`: leaves the column Pool out.
    explicit EvictionsPage(bool ofPool, QWidget *parent = nullptr);

    /// Newest first. `setups` by the workload's name, for remedies; `since`: when the ledger began.
    void setEvictions(const std::vector<pool::Eviction> &evictions,
        const std::map<std::string, pool::StorageSetup> &setups, std::optional<WallTime> since, WallTime now);
    /// Nodes as they are now, for pressure that lasts.
    void setNodes(const std::map<std::string, pool::Node> &nodes) { m_nodes = nodes; }
    /// Of the pool, for how long each worker has been what it is.
    void setWorkers(const std::vector<pool::Worker> &workers) { m_workers = workers; }
    void selectNewest();
    /// The newest eviction of that pod; false when the ledger knows none.
    bool selectPod(const QString &pod);
    void showRemedies(); ///< In the panel, when it has some.

Q_SIGNALS:
    void remedyChosen(const QString &poolName, const std::vector<pk::pool::ValueChange> &changes);
    void valuesRequested(const QString &poolName, const QString &path);
    void said(const QString &sentence); ///< Of an export.

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void openPanel();
    void openMenu(const QModelIndex &index, const QPoint &position);
    void makeLedger(bool ofPool);
    void makeTimeLine();
    void chooseRange();
    void selectRow(int row);
    void exportLedger();
    TimeLineData showTimes();
    void fold();

    EvictionModel *m_model;
    QSortFilterProxyModel *m_sorted;
    TableView *m_table;
    Card *m_card;
    PanelHost *m_host;
    EvictionPanel *m_panel;
    EmptyState *m_empty;
    QStackedWidget *m_stack;
    Card *m_times;
    TimeLine *m_timeLine;
    QWidget *m_legend;
    SegmentedSwitch *m_range;
    std::map<std::string, pool::StorageSetup> m_setups;
    std::map<std::string, pool::Node> m_nodes;
    std::vector<pool::Worker> m_workers;
    std::vector<pool::Eviction> m_evictions;
    bool m_rangeChosen = false;
    WallTime m_now{};
};

} // namespace pk::gui
