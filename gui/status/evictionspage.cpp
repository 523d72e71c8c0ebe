// SPDX-License-Identifier: GPL-3.0-or-later
#include "status/evictionspage.h"

#include "status/evictionmodel.h"
#include "status/evictionpanel.h"
#include "texts/texts.h"
#include "widgets/card.h"
#include "widgets/cell.h"
#include "widgets/emptystate.h"
#include "widgets/measures.h"
#include "widgets/sidepanel.h"
#include "widgets/tableview.h"

#include <QSortFilterProxyModel>

namespace pk::gui {

EvictionsPage::EvictionsPage(bool ofPool, QWidget *parent) : QWidget(parent)
{
    setObjectName(ofPool ? QStringLiteral("poolEvictions") : QStringLiteral("allEvictions"));
    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(measure::pageMargin, 18, measure::pageMargin, 18);
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
    m_card->body()->addWidget(m_table);
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
    connect(m_table, &TableView::currentRowChanged, this, [this] {
        if (m_host->isOpen())
            openPanel();
    });
    connect(m_panel, &EvictionPanel::remedyChosen, this, &EvictionsPage::remedyChosen);
}

void EvictionsPage::setEvictions(const std::vector<pool::Eviction> &evictions,
    const std::map<std::string, pool::StorageSetup> &setups, std::optional<WallTime> since, WallTime now)
{
    m_setups = setups;
    m_now = now;
    m_model->setEvictions(evictions, now);
    const QString count =
        evictions.size() == 1 ? tr("1 eviction") : tr("%1 evictions").arg(QLocale().toString(int(evictions.size())));
    m_card->setNote(since ? tr("%1 since %2, kept on this computer").arg(count, texts::moment(*since, now)) : count);
    const QString rule =
        tr("Kubernetes forgets an eviction within the hour. Poolkeeper keeps each one that it sees while "
           "it runs.");
    m_empty->setContent(QStringLiteral("eject"),
        since ? tr("No evictions since %1").arg(texts::moment(*since, now)) : tr("No evictions seen yet"), rule);
    m_stack->setCurrentWidget(evictions.empty() ? static_cast<QWidget *>(m_empty) : m_host);
}

bool EvictionsPage::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_table && event->type() == QEvent::Resize) {
        const int room = m_table->width() - (m_table->isColumnHidden(EvictionModel::PoolColumn) ? 0 : 170);
        m_table->setColumnHidden(EvictionModel::SeenColumn, room < 780);
    }
    return QWidget::eventFilter(watched, event);
}

void EvictionsPage::selectNewest()
{
    if (m_model->rowCount() == 0)
        return;
    m_table->setCurrentIndex(m_sorted->mapFromSource(m_model->index(0, 0)));
    openPanel();
}

void EvictionsPage::openPanel()
{
    const pool::Eviction *eviction = m_model->evictionAt(m_sorted->mapToSource(m_table->currentIndex()).row());
    if (!eviction)
        return;
    const auto setup = m_setups.find(eviction->poolName);
    m_panel->setEviction(*eviction, setup == m_setups.end() ? std::nullopt : std::optional(setup->second), m_now);
    if (!m_host->isOpen())
        m_host->open();
}

} // namespace pk::gui
