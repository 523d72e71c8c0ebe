// SPDX-License-Identifier: GPL-3.0-or-later
#include "status/evictionmodel.h"

#include "status/statusmap.h"
#include "texts/texts.h"
#include "widgets/cell.h"

#include <algorithm>

namespace pk::gui {

void EvictionModel::setEvictions(const std::vector<pool::Eviction> &evictions, WallTime now)
{
    m_now = now;
    for (int row = int(m_rows.size()) - 1; row >= 0; --row) {
        const std::string key = m_rows[row].key();
        if (std::none_of(
                evictions.begin(), evictions.end(), [&key](const auto &other) { return other.key() == key; })) {
            beginRemoveRows({}, row, row);
            m_rows.erase(m_rows.begin() + row);
            endRemoveRows();
        }
    }
    for (int row = 0; row < int(evictions.size()); ++row) {
        if (row == int(m_rows.size()) || m_rows[row].key() != evictions[row].key()) {
            beginInsertRows({}, row, row);
            m_rows.insert(m_rows.begin() + row, evictions[row]);
            endInsertRows();
        } else {
            m_rows[row] = evictions[row];
            Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
        }
    }
    // An eviction whose time became known may have moved: what an insertion pushed behind the end is there twice.
    if (m_rows.size() > evictions.size()) {
        beginRemoveRows({}, int(evictions.size()), int(m_rows.size()) - 1);
        m_rows.resize(evictions.size());
        endRemoveRows();
    }
}

const pool::Eviction *EvictionModel::evictionAt(int row) const
{
    return row >= 0 && row < int(m_rows.size()) ? &m_rows[row] : nullptr;
}

int EvictionModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int EvictionModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant EvictionModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const QString titles[] = {
        tr("Time"), tr("Worker"), tr("Pool"), tr("Node"), tr("Cause"), tr("Resource"), tr("Seen in")};
    return titles[section];
}

QVariant EvictionModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= int(m_rows.size()))
        return {};
    const pool::Eviction &eviction = m_rows[index.row()];
    switch (role) {
    case CellRole:
        return cell(eviction, index.column());
    case Qt::DisplayRole:
        return cell(eviction, index.column()).value<Cell>().plainText();
    case SortRole:
        if (index.column() == TimeColumn)
            return qint64(
                std::chrono::duration_cast<std::chrono::milliseconds>(eviction.time.time_since_epoch()).count());
        return cell(eviction, index.column()).value<Cell>().plainText();
    case NameRole:
        return QString::fromStdString(eviction.pod);
    case Qt::AccessibleTextRole:
        return tr("%1, %2, %3, on %4")
            .arg(workerName(eviction), texts::causeWord(eviction.what), texts::moment(eviction.time, m_now),
                QString::fromStdString(eviction.node));
    default:
        return {};
    }
}

QVariant EvictionModel::cell(const pool::Eviction &eviction, int column) const
{
    Cell result;
    switch (column) {
    case TimeColumn:
        result = Cell::plain(texts::moment(eviction.time, m_now));
        result.tip = texts::fullTime(eviction.time);
        break;
    case WorkerColumn: {
        const bool rejected = eviction.what.cause == pool::EvictionCause::Rejected;
        result = Cell::withGlyph(glyph(rejected ? WorkerState::Waiting : WorkerState::Evicted), workerName(eviction),
            QString::fromStdString(eviction.pod));
        result.strong = true;
        result.secondMono = true;
        result.elideMiddle = true;
        break;
    }
    case PoolColumn:
        result = Cell::plain(eviction.poolName.empty() ? tr("Unknown") : QString::fromStdString(eviction.poolName));
        break;
    case NodeColumn:
        result = Cell::mono(eviction.node.empty() ? tr("Unknown") : QString::fromStdString(eviction.node));
        break;
    case CauseColumn:
        result = Cell::plain(texts::causeWord(eviction.what));
        if (eviction.count > 1)
            result.second = tr("%n time(s) in a minute", nullptr, eviction.count);
        break;
    case ResourceColumn:
        result = Cell::plain(
            eviction.what.resource.empty() ? tr("Not told") : QString::fromStdString(eviction.what.resource));
        if (!eviction.what.available.empty())
            result.second =
                tr("%1 left, limit %2")
                    .arg(texts::quantity(eviction.what.available), texts::quantity(eviction.what.threshold));
        break;
    case SeenColumn: {
        QStringList sources;
        if (eviction.sources & pool::Eviction::Status)
            sources.append(tr("status"));
        if (eviction.sources & pool::Eviction::Event)
            sources.append(tr("event"));
        result = Cell::muted(sources.join(QStringLiteral(", ")));
        if (eviction.sources & pool::Eviction::Replaced)
            result.second = tr("pod was replaced");
        break;
    }
    default:
        break;
    }
    return QVariant::fromValue(result);
}

} // namespace pk::gui
