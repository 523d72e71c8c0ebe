// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pool/pool.h"
#include "widgets/cell.h"

#include <QAbstractTableModel>

#include <functional>
#include <map>
#include <vector>

namespace pk::gui {

/// The workers of one pool as rows of cells. Updates keep the identity of rows, so that selection and scrolling stay:
/// rows appear, go and change in place.
class WorkerModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column {
        NameColumn,
        StateColumn,
        PodColumn,
        ContainersColumn,
        RestartsColumn,
        VolumeColumn,
        AgeColumn,
        ImageColumn,
        EvictionColumn,
        PriorityColumn,
        ColumnCount
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// `claims` by id, as PoolStore has them; only what the workers name is kept. False: nothing has changed.
    bool setWorkers(
        const std::vector<pool::Worker> &workers, const std::map<std::string, pool::Claim> &claims, WallTime now);
    /// What the ledger knows of these workers, also from before this run; newest first. Counts with the next
    /// setWorkers().
    void setEvictions(const std::vector<pool::Eviction> &evictions);
    /// The facts of a worker's pod, by its id; null when there are none. Asked in setWorkers() only.
    using PodLookup = std::function<const pool::PodFacts *(const std::string &id)>;
    void setPods(PodLookup pods) { m_pods = std::move(pods); }
    /// Muted rows that say "Was ready": what is shown may be out of date.
    void setStale(bool stale);
    /// Only ages: called once a while without new facts. Tells the view only about what reads otherwise now.
    void setNow(WallTime now);
    /// One line a cell, for dense rows: the state has its column, and the pod goes in favour of its node.
    void setOneLine(bool oneLine);

    const pool::Worker *workerAt(int row) const;
    const pool::Claim *claimAt(int row) const;
    /// Runs another build of its image reference than the newest worker does.
    bool hasOlderImage(int row) const;
    int rowOf(const std::string &id) const; ///< -1: none

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row
    {
        pool::Worker worker;
        std::optional<pool::Claim> claim;
        QString evictionCause; ///< Of worker.lastEviction.
        QString priority; ///< Class, or number; empty: not known.
        bool olderImage = false;
        bool operator==(const Row &) const = default;
    };

    Row makeRow(const pool::Worker &worker, const std::map<std::string, pool::Claim> &claims) const;
    Cell cell(const Row &row, int column) const;
    Cell nameCell(const Row &row) const;
    Cell stateCell(const Row &row) const;
    Cell podCell(const Row &row) const;
    Cell volumeCell(const Row &row) const;
    Cell imageCell(const Row &row) const;
    Cell evictionCell(const Row &row) const;
    QString stateWords(const Row &row) const;
    QVariant sortKey(const Row &row, int column) const;
    QString sentence(const Row &row) const;

    struct Known
    {
        WallTime time{};
        QString cause;
    };

    std::map<std::string, Known> m_evictions; ///< The newest one by pod name.
    PodLookup m_pods;
    std::vector<Row> m_rows; ///< In the order of the pool: by ordinal.
    WallTime m_now{};
    bool m_stale = false;
    bool m_oneLine = false;
};

} // namespace pk::gui
