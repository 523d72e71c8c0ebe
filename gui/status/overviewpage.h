// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "status/overviewstate.h"
#include "widgets/metricstrip.h"

#include <QSet>
#include <QWidget>

class QAction;
class QBoxLayout;
class QLineEdit;
class QStackedWidget;
class QToolButton;

namespace pk::gui {

class Card;
class EmptyState;
class EventRows;
class FoldStrip;
class HealthNews;
class PanelHost;
class MapLegend;
class SegmentedSwitch;
class TableView;
class WorkerMap;
class WorkerModel;
class WorkerPanel;
class WorkerProxy;

/// The first tab of a pool (UI.md 5, pictures 01, 02, 10): the sentence of health, figures, workers, events.
class OverviewPage : public QWidget
{
    Q_OBJECT
public:
    explicit OverviewPage(QWidget *parent = nullptr);

    void setState(const OverviewState &state);
    /// Instead of the workers: why there is nothing, as UI.md 4.2 tells. The caller owns the actions.
    void setEmpty(const QString &icon, const QString &heading, const QString &text,
        const QList<QAction *> &actions = {}, QAction *primary = nullptr);
    QLineEdit *filterField() const { return m_filter; }

Q_SIGNALS:
    void evictionRequested(); ///< Show the newest eviction.
    void remedyRequested(); ///< And what prevents it.
    void evictionsOfRequested(const QString &pod);
    void valuesRequested(const QString &poolName, const QString &path);
    void retryRequested();
    /// The operation that was left is to be closed, or finished, and gone on from; or taken back.
    void goOnRequested();
    void rollbackRequested(int revision);

protected:
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QAction *makeAction(const QString &text, const char *name);
    void makeActions();
    void makeTable();
    void makeTools();
    void makeEvents();
    void connectAll();
    void showMap(const OverviewState &state);
    void showCounts(const OverviewState &state);
    void showEvents(const OverviewState &state);
    void showSize(bool many);
    void showRows();
    void updatePlaceholder();
    void selectWorker(const std::string &id);
    void openPanel();
    void openMenu(const QModelIndex &index, const QPoint &position);
    void pressLetter(Qt::Key key, const QModelIndex &index);
    void fold();
    int rowsThatFit(bool low) const;
    void foldColumns();
    void foldFigures(bool may);

    QStackedWidget *m_stack;
    EmptyState *m_empty;
    HealthNews *m_news;
    QAction *m_clearFilter;
    QAction *m_setWorkers;
    MetricStrip *m_metrics;
    QVector<MetricStrip::Metric> m_figures; ///< All of them.
    QBoxLayout *m_column;
    Card *m_mapCard;
    MapLegend *m_legend;
    WorkerMap *m_map;
    Card *m_workers;
    SegmentedSwitch *m_show;
    QLineEdit *m_filter;
    QToolButton *m_columns;
    QToolButton *m_dense;
    WorkerModel *m_model;
    WorkerProxy *m_sorted;
    TableView *m_table;
    Card *m_eventCard;
    EventRows *m_events;
    FoldStrip *m_eventStrip; ///< Instead of the card where the page is low.
    QToolButton *m_foldEvents;
    PanelHost *m_host;
    WorkerPanel *m_panel;
    OverviewState m_shown; ///< Of what was last shown, only what the panel asks for.
    QSet<int> m_unwanted; ///< Columns that the person has put away.
    int m_foldedWidth = -1; ///< Width of the table that the columns were folded for.
    bool m_many = false; ///< Over 40 workers: map, worst first, dense rows at first.
    bool m_eventsWanted = false; ///< Unfolded by the person on a low page.
};

} // namespace pk::gui
