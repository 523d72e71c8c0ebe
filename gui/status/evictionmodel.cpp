// SPDX-License-Identifier: GPL-3.0-or-later
#include "status/evictionmodel.h"

#include "status/statusmap.h"
#include "texts/texts.h"
#include "widgets/cell.h"

#include <algorithm>

namespace pk::gui {

namespace {

/// Below the cause: how often, which volume, or how it is known.
QString causeDetail(const pool::Eviction &eviction)
{
    if (eviction.count > 1)
        return EvictionModel::tr("%1 new pods refused").arg(QLocale().toString(eviction.count));
    if (!eviction.what.volume.empty())
        return EvictionModel::tr("Volume %1").arg(texts::clean(eviction.what.volume, 80));
    if ((eviction.sources & pool::Eviction::Status) == 0)
        return EvictionModel::tr("Rebuilt from events");
    if (eviction.what.cause == pool::EvictionCause::NodePressure && eviction.what.containers.empty())
        return EvictionModel::tr("No container named");
    return {};
}

QString sources(const pool::Eviction &eviction)
{
    QStringList words;
    if (eviction.sources & pool::Eviction::Status)
        words.append(EvictionModel::tr("status"));
    if (eviction.sources & pool::Eviction::Event)
        words.append(EvictionModel::tr("event"));
    return words.join(QStringLiteral(", "));
}

} // namespace

void EvictionModel::setEvictions(const std::vector<pool::Eviction> &evictions, WallTime now)
{
    // Moments read otherwise once a day is over.
    const bool aged = !m_rows.empty()
        && texts::momentToSecond(m_rows.front().time, m_now) != texts::momentToSecond(m_rows.front().time, now);
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
        } else if (m_rows[row] != evictions[row] || aged) {
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
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && section == FreeColumn)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const QString titles[] = {
        tr("Time"), tr("Worker and node"), tr("Pool"), tr("What ran out"), tr("Free / limit"), tr("Seen in")};
    return titles[section];
}

QVariant EvictionModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= int(m_rows.size()))
        return {};
    const pool::Eviction &eviction = m_rows[index.row()];
    switch (role) {
    case CellRole:
        return QVariant::fromValue(cell(eviction, index.column()));
    case Qt::DisplayRole:
        return cell(eviction, index.column()).plainText();
    case SortRole:
        if (index.column() == TimeColumn)
            return qint64(
                std::chrono::duration_cast<std::chrono::milliseconds>(eviction.time.time_since_epoch()).count());
        return cell(eviction, index.column()).plainText();
    case NameRole:
        return QString::fromStdString(eviction.pod);
    case Qt::AccessibleTextRole:
        if (index.column() != 0)
            return cell(eviction, index.column()).plainText();
        return tr("%1, %2, %3, on %4")
            .arg(workerName(eviction), texts::causeWord(eviction.what), texts::momentToSecond(eviction.time, m_now),
                eviction.node.empty() ? tr("an unknown node") : QString::fromStdString(eviction.node));
    default:
        return {};
    }
}

Cell EvictionModel::cell(const pool::Eviction &eviction, int column) const
{
    Cell result;
    switch (column) {
    case TimeColumn: {
        const bool rejected = eviction.what.cause == pool::EvictionCause::Rejected;
        result = Cell::withGlyph(
            glyph(rejected ? WorkerState::Waiting : WorkerState::Evicted), texts::momentToSecond(eviction.time, m_now));
        result.strong = false;
        result.tip = texts::fullTime(eviction.time);
        break;
    }
    case WorkerColumn:
        result = Cell::twoLines(
            workerName(eviction), eviction.node.empty() ? tr("Node unknown") : QString::fromStdString(eviction.node));
        result.secondMono = true;
        result.elideMiddle = true;
        result.tip = QString::fromStdString(eviction.pod);
        break;
    case PoolColumn:
        result = Cell::plain(eviction.poolName.empty() ? tr("Unknown") : QString::fromStdString(eviction.poolName));
        result.elideMiddle = true;
        break;
    case CauseColumn:
        result = Cell::twoLines(texts::causeWord(eviction.what), causeDetail(eviction));
        break;
    case FreeColumn: {
        const QString figures = freeAndLimit(eviction.what);
        const bool told = !figures.isEmpty() || !eviction.what.limit.empty();
        result = Cell::number(!told ? tr("Not told")
                : figures.isEmpty() ? tr("Over %1").arg(texts::quantity(eviction.what.limit))
                                    : figures,
            told ? Tone::Neutral : Tone::Muted);
        break;
    }
    case SeenColumn:
        result = Cell::muted(sources(eviction));
        break;
    default:
        break;
    }
    return result;
}

} // namespace pk::gui
