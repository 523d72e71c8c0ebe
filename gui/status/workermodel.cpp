// SPDX-License-Identifier: GPL-3.0-or-later
#include "status/workermodel.h"

#include "status/statusmap.h"
#include "texts/texts.h"
#include "widgets/cell.h"

#include <algorithm>

namespace pk::gui {

void WorkerModel::setWorkers(const std::vector<pool::Worker> &workers,
    const std::map<std::string, pool::Claim> &claims, WallTime now)
{
    m_now = now;
    std::vector<Row> rows;
    rows.reserve(workers.size());
    for (const pool::Worker &worker : workers) {
        const auto claim = claims.find(worker.claim);
        rows.push_back({worker, claim == claims.end() ? std::nullopt : std::optional(claim->second)});
    }
    // What is gone goes first, from the end, so that the rows before it keep their places.
    for (int row = int(m_rows.size()) - 1; row >= 0; --row) {
        const auto &id = m_rows[row].worker.id;
        if (std::none_of(rows.begin(), rows.end(), [&id](const Row &other) { return other.worker.id == id; })) {
            beginRemoveRows({}, row, row);
            m_rows.erase(m_rows.begin() + row);
            endRemoveRows();
        }
    }
    // Both lists have the order of the pool now, so one walk finds what is new and what has changed.
    for (int row = 0; row < int(rows.size()); ++row) {
        if (row == int(m_rows.size()) || m_rows[row].worker.id != rows[row].worker.id) {
            beginInsertRows({}, row, row);
            m_rows.insert(m_rows.begin() + row, rows[row]);
            endInsertRows();
        } else if (m_rows[row] != rows[row]) {
            m_rows[row] = rows[row];
            Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
        }
    }
}

void WorkerModel::setStale(bool stale)
{
    if (stale == m_stale)
        return;
    m_stale = stale;
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void WorkerModel::setNow(WallTime now)
{
    m_now = now;
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, AgeColumn), index(rowCount() - 1, EvictionColumn));
}

const pool::Worker *WorkerModel::workerAt(int row) const
{
    return row >= 0 && row < int(m_rows.size()) ? &m_rows[row].worker : nullptr;
}

const pool::Claim *WorkerModel::claimAt(int row) const
{
    return row >= 0 && row < int(m_rows.size()) && m_rows[row].claim ? &*m_rows[row].claim : nullptr;
}

int WorkerModel::rowOf(const std::string &id) const
{
    const auto found
        = std::find_if(m_rows.begin(), m_rows.end(), [&id](const Row &row) { return row.worker.id == id; });
    return found == m_rows.end() ? -1 : int(found - m_rows.begin());
}

int WorkerModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int WorkerModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant WorkerModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && (section == RestartsColumn || section == AgeColumn))
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const QString titles[]
        = {tr("Worker"), tr("Pod and node"), tr("launcher, dind"), tr("Restarts"), tr("Storage"), tr("Age"),
            tr("Launcher image"), tr("Last eviction")};
    return titles[section];
}

QVariant WorkerModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= int(m_rows.size()))
        return {};
    const Row &row = m_rows[index.row()];
    switch (role) {
    case CellRole:
        return cell(row, index.column());
    case Qt::DisplayRole:
        return cell(row, index.column()).value<Cell>().plainText();
    case SortRole:
        return sortKey(row, index.column());
    case NameRole:
        return QString::fromStdString(row.worker.pod);
    case Qt::AccessibleTextRole:
        return index.column() == 0 ? sentence(row) : cell(row, index.column()).value<Cell>().plainText();
    default:
        return {};
    }
}

QVariant WorkerModel::cell(const Row &row, int column) const
{
    const pool::Worker &worker = row.worker;
    const Glyph state = m_stale ? glyph(WorkerState::Unknown) : glyph(shown(worker.reading.state));
    Cell result;
    switch (column) {
    case NameColumn: {
        const QString word = m_stale ? tr("Was %1").arg(workerWord(worker).toLower()) : workerWord(worker);
        const bool calm = worker.reading.state == pool::WorkerState::Ready;
        result = Cell::withGlyph(state, workerName(worker), word, calm || m_stale ? Tone::Muted : state.tone);
        result.strong = true;
        result.tip = tr("kubectl: %1").arg(QString::fromStdString(worker.reading.kubectlStatus));
        break;
    }
    case PodColumn:
        result = Cell::mono(QString::fromStdString(worker.pod),
            worker.node.empty() ? tr("No node yet") : QString::fromStdString(worker.node));
        result.elideMiddle = true;
        break;
    case ContainersColumn: {
        const auto tip = [](const char *name, const pool::ContainerReading &container) {
            const QString reason = QString::fromStdString(container.reason);
            const QString word = stateWord(shown(container.state));
            return reason.isEmpty() ? tr("%1: %2").arg(QLatin1String(name), word)
                                    : tr("%1: %2, %3").arg(QLatin1String(name), word, reason);
        };
        result = Cell::ofSquares(
            {glyph(shown(worker.reading.launcher.state)), glyph(shown(worker.reading.dind.state))},
            {tip("launcher", worker.reading.launcher), tip("dind", worker.reading.dind)});
        break;
    }
    case RestartsColumn:
        result = Cell::number(QLocale().toString(worker.reading.restarts));
        break;
    case VolumeColumn:
        if (row.claim) {
            const QString storageClass = QString::fromStdString(row.claim->storageClass);
            const Glyph volume = glyph(shown(row.claim->state));
            const QString word = stateWord(shown(row.claim->state));
            result = Cell::withGlyph(volume, storageLine(worker),
                storageClass.isEmpty() ? word : tr("%1, class %2").arg(word, storageClass));
            result.tip = QString::fromStdString(row.claim->name);
        } else {
            result = Cell::plain(storageLine(worker));
            result.second = worker.storage == pool::StorageWay::EmptyDir ? tr("emptyDir") : tr("No claim yet");
        }
        break;
    case AgeColumn:
        result = Cell::number(worker.created ? texts::age(m_now - *worker.created) : tr("Unknown"));
        break;
    case ImageColumn: {
        const QString digest = shortDigest(worker.reading.launcher.digest);
        result = digest.isEmpty() ? Cell::muted(tr("None yet"))
                                  : Cell::mono(digest, worker.outdated ? tr("Older revision") : QString());
        result.secondTone = Tone::Warning;
        result.tip = QString::fromStdString(worker.reading.launcher.image);
        break;
    }
    case EvictionColumn:
        result = worker.lastEviction ? Cell::plain(texts::moment(*worker.lastEviction, m_now)) : Cell::muted(tr("None"));
        break;
    default:
        break;
    }
    result.stale = m_stale;
    return QVariant::fromValue(result);
}

QVariant WorkerModel::sortKey(const Row &row, int column) const
{
    const pool::Worker &worker = row.worker;
    const auto seconds = [](const std::optional<WallTime> &time) {
        return time ? qint64(std::chrono::duration_cast<std::chrono::seconds>(time->time_since_epoch()).count()) : 0;
    };
    switch (column) {
    case NameColumn:
        return worker.ordinal >= 0 ? QVariant(worker.ordinal) : QVariant(QString::fromStdString(worker.pod));
    case PodColumn:
        return QString::fromStdString(worker.node + "/" + worker.pod);
    case ContainersColumn:
        return pool::badness(worker.reading.state, worker.waitsLong);
    case RestartsColumn:
        return worker.reading.restarts;
    case VolumeColumn:
        return row.claim ? pool::badness(row.claim->state) : 100;
    case AgeColumn:
        return -seconds(worker.created);
    case ImageColumn:
        return QString::fromStdString(worker.reading.launcher.digest);
    case EvictionColumn:
        return seconds(worker.lastEviction);
    default:
        return {};
    }
}

QString WorkerModel::sentence(const Row &row) const
{
    QStringList parts {workerName(row.worker), workerWord(row.worker), storageLine(row.worker)};
    if (!row.worker.node.empty())
        parts.append(tr("on %1").arg(QString::fromStdString(row.worker.node)));
    if (row.worker.lastEviction)
        parts.append(tr("last eviction %1").arg(texts::moment(*row.worker.lastEviction, m_now)));
    return parts.join(QStringLiteral(", "));
}

} // namespace pk::gui
