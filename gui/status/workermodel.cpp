// SPDX-License-Identifier: GPL-3.0-or-later
#include "status/workermodel.h"

#include "status/statusmap.h"
#include "texts/texts.h"
#include "widgets/cell.h"
#include "widgets/strings.h"

#include <algorithm>

namespace pk::gui {

namespace {

/// "dind: Crash looping, OOMKilled"
QString containerTip(const QString &name, const pool::ContainerReading &container)
{
    const QString reason = QString::fromStdString(container.reason);
    const QString word = stateWord(shown(container.state));
    return reason.isEmpty() ? WorkerModel::tr("%1: %2").arg(name, word)
                            : WorkerModel::tr("%1: %2, %3").arg(name, word, reason);
}

} // namespace

bool WorkerModel::setWorkers(
    const std::vector<pool::Worker> &workers, const std::map<std::string, pool::Claim> &claims, WallTime now)
{
    setNow(now);
    std::vector<Row> rows;
    rows.reserve(workers.size());
    for (const pool::Worker &worker : workers)
        rows.push_back(makeRow(worker, claims));
    const std::vector<bool> older = olderImages(workers);
    for (std::size_t i = 0; i < rows.size(); ++i)
        rows[i].olderImage = older[i];
    bool changed = false;
    QSet<QByteArrayView> wanted;
    for (const Row &row : rows)
        wanted.insert(QByteArrayView(row.worker.id));
    // What is gone goes first, from the end, so that the rows before it keep their places.
    for (int row = int(m_rows.size()) - 1; row >= 0; --row) {
        if (!wanted.contains(QByteArrayView(m_rows[row].worker.id))) {
            beginRemoveRows({}, row, row);
            m_rows.erase(m_rows.begin() + row);
            endRemoveRows();
            changed = true;
        }
    }
    // Both lists have the order of the pool now, so one walk finds what is new and what has changed.
    for (int row = 0; row < int(rows.size()); ++row) {
        if (row == int(m_rows.size()) || m_rows[row].worker.id != rows[row].worker.id) {
            beginInsertRows({}, row, row);
            m_rows.insert(m_rows.begin() + row, rows[row]);
            endInsertRows();
            changed = true;
        } else if (m_rows[row] != rows[row]) {
            m_rows[row] = rows[row];
            Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
            changed = true;
        }
    }
    // Workers that changed places were put in anew; where they stood before they are still there, behind the end.
    if (m_rows.size() > rows.size()) {
        beginRemoveRows({}, int(rows.size()), int(m_rows.size()) - 1);
        m_rows.resize(rows.size());
        endRemoveRows();
    }
    return changed;
}

WorkerModel::Row WorkerModel::makeRow(
    const pool::Worker &worker, const std::map<std::string, pool::Claim> &claims) const
{
    Row row;
    row.worker = worker;
    if (const auto claim = claims.find(worker.claim); claim != claims.end())
        row.claim = claim->second;
    // The ledger remembers what was evicted before this run, and why.
    const auto known = m_evictions.find(worker.pod);
    if (known != m_evictions.end() && (!worker.lastEviction || *worker.lastEviction <= known->second.time)) {
        row.worker.lastEviction = known->second.time;
        row.evictionCause = known->second.cause;
    }
    if (const pool::PodFacts *pod = m_pods ? m_pods(worker.id) : nullptr)
        row.priority = pod->priorityClass.empty() ? QLocale().toString(qlonglong(pod->priority))
                                                  : texts::clean(pod->priorityClass, 60);
    return row;
}

void WorkerModel::setEvictions(const std::vector<pool::Eviction> &evictions)
{
    m_evictions.clear();
    for (const pool::Eviction &eviction : evictions) {
        // A pod that was turned away at a node never ran, so nothing of it was evicted.
        if (eviction.what.cause != pool::EvictionCause::Rejected)
            m_evictions.try_emplace(eviction.pod, Known{eviction.lastTime, texts::causeWord(eviction.what)});
    }
}

void WorkerModel::setOneLine(bool oneLine)
{
    if (oneLine == m_oneLine)
        return;
    m_oneLine = oneLine;
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
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
    const WallTime before = std::exchange(m_now, now);
    // Ages count in seconds only at first, and telling the view of 200 rows costs more than comparing them.
    for (int row = 0; row < rowCount(); ++row) {
        const pool::Worker &worker = m_rows[row].worker;
        const bool age = worker.created
            && pool::humanDuration(now - *worker.created) != pool::humanDuration(before - *worker.created);
        const bool eviction = worker.lastEviction
            && texts::moment(*worker.lastEviction, now) != texts::moment(*worker.lastEviction, before);
        if (age || eviction)
            Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    }
}

const pool::Worker *WorkerModel::workerAt(int row) const
{
    return row >= 0 && row < int(m_rows.size()) ? &m_rows[row].worker : nullptr;
}

const pool::Claim *WorkerModel::claimAt(int row) const
{
    return row >= 0 && row < int(m_rows.size()) && m_rows[row].claim ? &*m_rows[row].claim : nullptr;
}

bool WorkerModel::hasOlderImage(int row) const
{
    return row >= 0 && row < int(m_rows.size()) && m_rows[row].olderImage;
}

int WorkerModel::rowOf(const std::string &id) const
{
    const auto found =
        std::find_if(m_rows.begin(), m_rows.end(), [&id](const Row &row) { return row.worker.id == id; });
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
    const QString titles[] = {tr("Worker"), tr("State"), m_oneLine ? tr("Node") : tr("Pod and node"),
        tr("launcher, dind"), tr("Restarts"), tr("Storage"), tr("Age"), tr("Launcher image"), tr("Last eviction"),
        tr("Priority")};
    return titles[section];
}

QVariant WorkerModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= int(m_rows.size()))
        return {};
    const Row &row = m_rows[index.row()];
    switch (role) {
    case CellRole:
        return QVariant::fromValue(cell(row, index.column()));
    case Qt::DisplayRole:
        return cell(row, index.column()).plainText();
    case SortRole:
        return sortKey(row, index.column());
    case NameRole:
        return QString::fromStdString(row.worker.pod);
    case Qt::AccessibleTextRole:
        return index.column() == 0 ? sentence(row) : cell(row, index.column()).plainText();
    default:
        return {};
    }
}

QString WorkerModel::stateWords(const Row &row) const
{
    const pool::Worker &worker = row.worker;
    if (m_stale) {
        // What it was, in a word: how long ago something happened then goes on in its own column.
        const QString word = stateWord(shown(worker.reading.state));
        return tr("Was %1").arg(word.left(1).toLower() + word.mid(1));
    }
    // The time says more than the reason, which stands in the band and in the panel.
    return worker.reading.state == pool::WorkerState::Evicted && worker.lastEviction
        ? tr("Evicted %1").arg(texts::moment(*worker.lastEviction, m_now))
        : workerWord(worker);
}

Cell WorkerModel::nameCell(const Row &row) const
{
    const pool::Worker &worker = row.worker;
    const Glyph state = m_stale ? glyph(WorkerState::Unknown) : glyph(shown(worker.reading.state));
    const bool calm = worker.reading.state == pool::WorkerState::Ready;
    Cell result = m_oneLine
        ? Cell::withGlyph(state, QString::fromStdString(worker.label))
        : Cell::withGlyph(state, workerName(worker), stateWords(row), calm || m_stale ? Tone::Muted : state.tone);
    result.strong = true;
    result.tip = tr("%1, kubectl: %2").arg(workerWord(worker), QString::fromStdString(worker.reading.kubectlStatus));
    return result;
}

Cell WorkerModel::stateCell(const Row &row) const
{
    const bool calm = m_stale || row.worker.reading.state == pool::WorkerState::Ready;
    Cell result = Cell::plain(stateWords(row), calm ? Tone::Neutral : glyph(shown(row.worker.reading.state)).tone);
    result.tip = tr("kubectl: %1").arg(QString::fromStdString(row.worker.reading.kubectlStatus));
    return result;
}

Cell WorkerModel::volumeCell(const Row &row) const
{
    if (row.worker.node.empty() && row.worker.storage == pool::StorageWay::EmptyDir)
        return m_oneLine ? Cell::muted(tr("None yet")) : Cell::twoLines(tr("None yet"), tr("The pod has no node"));
    const QString where = storageLine(row.worker);
    if (m_oneLine)
        return Cell::plain(where);
    if (!row.claim) {
        const bool onNode = row.worker.storage == pool::StorageWay::EmptyDir;
        return Cell::twoLines(where, onNode ? tr("emptyDir") : tr("No claim yet"));
    }
    const QString storageClass = QString::fromStdString(row.claim->storageClass);
    const QString word = stateWord(shown(row.claim->state));
    Cell result = Cell::withGlyph(glyph(shown(row.claim->state)), where,
        storageClass.isEmpty() ? word : tr("%1, class %2").arg(word, storageClass));
    result.strong = false;
    result.tip = QString::fromStdString(row.claim->name);
    return result;
}

Cell WorkerModel::podCell(const Row &row) const
{
    const QString node = texts::clean(row.worker.node, 200);
    if (m_oneLine)
        return node.isEmpty() ? Cell::muted(tr("None")) : Cell::mono(node);
    Cell result = Cell::mono(QString::fromStdString(row.worker.pod), node);
    if (node.isEmpty()) {
        const QString status = QString::fromStdString(row.worker.reading.kubectlStatus);
        result.second = row.worker.replacement
            ? tr("%1, %2").arg(status, texts::sentence(*row.worker.replacement).toLower())
            : tr("%1, no node yet").arg(status);
        result.secondTone = Tone::Warning;
    }
    return result;
}

Cell WorkerModel::imageCell(const Row &row) const
{
    const pool::ContainerReading &launcher = row.worker.reading.launcher;
    const QString digest = shortDigest(launcher.digest);
    if (digest.isEmpty())
        return Cell::muted(tr("None yet"));
    const QString drift = row.worker.outdated ? tr("Older revision") : row.olderImage ? tr("Older image") : QString();
    Cell result = Cell::mono(digest, m_oneLine ? QString() : drift);
    result.secondTone = Tone::Warning;
    if (m_oneLine && !drift.isEmpty())
        result.tone = Tone::Warning;
    result.tip = withoutEmpty({drift, texts::clean(launcher.image, 300), qs(launcher.digest)}).join(u'\n');
    return result;
}

Cell WorkerModel::evictionCell(const Row &row) const
{
    if (!row.worker.lastEviction)
        return Cell::muted(tr("None seen"));
    const QString when = texts::moment(*row.worker.lastEviction, m_now);
    Cell result = m_oneLine ? Cell::plain(when) : Cell::twoLines(when, row.evictionCause);
    result.tip = texts::fullTime(*row.worker.lastEviction);
    if (m_oneLine && !row.evictionCause.isEmpty())
        result.tip = tr("%1, %2").arg(row.evictionCause, result.tip);
    return result;
}

Cell WorkerModel::cell(const Row &row, int column) const
{
    const pool::Worker &worker = row.worker;
    Cell result;
    switch (column) {
    case NameColumn:
        result = nameCell(row);
        break;
    case StateColumn:
        result = stateCell(row);
        break;
    case PodColumn:
        result = podCell(row);
        break;
    case ContainersColumn:
        result = Cell::ofSquares({glyph(shown(worker.reading.launcher.state)), glyph(shown(worker.reading.dind.state))},
            {containerTip(QStringLiteral("launcher"), worker.reading.launcher),
                containerTip(QStringLiteral("dind"), worker.reading.dind)});
        break;
    case RestartsColumn:
        result = Cell::number(QLocale().toString(worker.reading.restarts));
        break;
    case VolumeColumn:
        result = volumeCell(row);
        break;
    case AgeColumn:
        result = Cell::number(worker.created ? texts::age(m_now - *worker.created) : tr("Unknown"));
        break;
    case ImageColumn:
        result = imageCell(row);
        break;
    case EvictionColumn:
        result = evictionCell(row);
        break;
    case PriorityColumn:
        result = row.priority.isEmpty() ? Cell::muted(tr("Unknown")) : Cell::plain(row.priority);
        break;
    default:
        break;
    }
    result.stale = m_stale;
    return result;
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
    case StateColumn: // Worst first, then in order.
        return pool::badness(worker.reading.state, worker.waitsLong) * 1'000'000 + std::max(worker.ordinal, 0);
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
    case PriorityColumn:
        return row.priority;
    default:
        return {};
    }
}

QString WorkerModel::sentence(const Row &row) const
{
    QStringList parts{workerName(row.worker), workerWord(row.worker), storageLine(row.worker)};
    if (!row.worker.node.empty())
        parts.append(tr("on %1").arg(QString::fromStdString(row.worker.node)));
    if (row.worker.lastEviction)
        parts.append(tr("last eviction %1").arg(texts::moment(*row.worker.lastEviction, m_now)));
    return parts.join(QStringLiteral(", "));
}

} // namespace pk::gui
