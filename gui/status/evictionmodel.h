// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pool/pool.h"
#include "widgets/cell.h"

#include <QAbstractTableModel>

namespace pk::gui {

/// The ledger of evictions as rows of cells, newest first.
class EvictionModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { TimeColumn, WorkerColumn, PoolColumn, CauseColumn, FreeColumn, SeenColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    /// Newest first. Rows that stay keep their identity by Eviction::key().
    void setEvictions(const std::vector<pool::Eviction> &evictions, WallTime now);
    const pool::Eviction *evictionAt(int row) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    Cell cell(const pool::Eviction &eviction, int column) const;

    std::vector<pool::Eviction> m_rows;
    WallTime m_now{};
};

} // namespace pk::gui
