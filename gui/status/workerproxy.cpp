// SPDX-License-Identifier: GPL-3.0-or-later
#include "status/workerproxy.h"

#include "status/workermodel.h"

namespace pk::gui {

WorkerProxy::WorkerProxy(WorkerModel &workers, QObject *parent) : QSortFilterProxyModel(parent), m_workers(workers)
{
    setSourceModel(&workers);
    setSortRole(SortRole);
    setDynamicSortFilter(false);
}

void WorkerProxy::setShow(Show show)
{
    m_show = show;
    settle();
}

void WorkerProxy::setWords(const QString &words)
{
    m_words = words.trimmed();
    settle();
}

void WorkerProxy::settle()
{
    invalidateFilter();
    if (sortColumn() >= 0 && !isSorted())
        sort(sortColumn(), sortOrder());
}

/// Sorting lays out the table and paints it, also when no row changes its place.
bool WorkerProxy::isSorted() const
{
    for (int row = 1; row < rowCount(); ++row) {
        const QModelIndex before = mapToSource(index(row - 1, sortColumn()));
        const QModelIndex after = mapToSource(index(row, sortColumn()));
        if (sortOrder() == Qt::AscendingOrder ? lessThan(after, before) : lessThan(before, after))
            return false;
    }
    return true;
}

bool WorkerProxy::accepts(Show show, const WorkerModel &workers, int row)
{
    const pool::Worker *worker = workers.workerAt(row);
    switch (show) {
    case Show::NotReady:
        return worker && worker->reading.state != pool::WorkerState::Ready;
    case Show::OlderImage:
        return workers.hasOlderImage(row);
    case Show::OlderRevision:
        return worker && worker->outdated;
    case Show::All:
        break;
    }
    return true;
}

bool WorkerProxy::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    if (!accepts(m_show, m_workers, row))
        return false;
    if (m_words.isEmpty())
        return true;
    for (int column = 0; column < m_workers.columnCount(parent); ++column) {
        if (m_workers.index(row, column, parent).data().toString().contains(m_words, Qt::CaseInsensitive))
            return true;
    }
    const pool::Worker *worker = m_workers.workerAt(row);
    return QString::fromStdString(worker->pod).contains(m_words, Qt::CaseInsensitive);
}

} // namespace pk::gui
