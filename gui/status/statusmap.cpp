// SPDX-License-Identifier: GPL-3.0-or-later
#include "status/statusmap.h"

#include "texts/texts.h"

#include <QLocale>

#include <algorithm>
#include <map>
#include <string_view>

namespace pk::gui {

WorkerState shown(pool::WorkerState state)
{
    using P = pool::WorkerState;
    switch (state) {
    case P::Ready:
        return WorkerState::Ready;
    case P::Starting:
        return WorkerState::Starting;
    case P::Waiting:
        return WorkerState::Waiting;
    case P::Ending:
        return WorkerState::Ending;
    case P::NotReady:
        return WorkerState::NotReady;
    case P::Failing:
        return WorkerState::Failing;
    case P::Evicted:
        return WorkerState::Evicted;
    case P::NearEviction:
        return WorkerState::NearEviction;
    case P::Unknown:
        break;
    }
    return WorkerState::Unknown;
}

ContainerState shown(pool::ContainerState state)
{
    using P = pool::ContainerState;
    switch (state) {
    case P::Running:
        return ContainerState::Running;
    case P::Starting:
        return ContainerState::Starting;
    case P::Waiting:
        return ContainerState::Waiting;
    case P::CrashLooping:
        return ContainerState::CrashLooping;
    case P::Failed:
        return ContainerState::Failed;
    case P::Ended:
        return ContainerState::Ended;
    case P::None:
        break;
    }
    return ContainerState::None;
}

VolumeState shown(pool::ClaimState state)
{
    using P = pool::ClaimState;
    switch (state) {
    case P::Bound:
        return VolumeState::Bound;
    case P::Pending:
    case P::Ending:
        return VolumeState::Pending;
    case P::Growing:
        return VolumeState::Growing;
    case P::Lost:
        return VolumeState::Lost;
    case P::LeftOver:
        break;
    }
    return VolumeState::LeftOver;
}

NodeState shown(pool::NodeState state)
{
    using P = pool::NodeState;
    switch (state) {
    case P::Ready:
        return NodeState::Ready;
    case P::DiskPressure:
        return NodeState::DiskPressure;
    case P::Closed:
        return NodeState::Closed;
    case P::NotReady:
        return NodeState::NotReady;
    case P::Unknown:
        break;
    }
    return NodeState::Unknown;
}

namespace {

QString numbered(const QString &label)
{
    return QCoreApplication::translate("Status", "Worker %1").arg(label);
}

} // namespace

QString workerName(const pool::Worker &worker)
{
    return numbered(QString::fromStdString(worker.label));
}

QString workerName(const pool::Eviction &eviction)
{
    if (eviction.ordinal >= 0)
        return numbered(QString::number(eviction.ordinal));
    return numbered(QString::fromStdString(eviction.pod).section(u'-', -1));
}

QString workerWord(const pool::Worker &worker)
{
    const QString reason = texts::sentence(worker.reading.why);
    return reason.isEmpty() ? stateWord(shown(worker.reading.state)) : reason;
}

QString storageLine(const pool::Worker &worker)
{
    const QString size = texts::quantity(worker.volumeSize);
    switch (worker.storage) {
    case pool::StorageWay::EmptyDir:
        return size.isEmpty() ? QCoreApplication::translate("Status", "Node disk, no limit")
                              : QCoreApplication::translate("Status", "Node disk, at most %1").arg(size);
    case pool::StorageWay::Ephemeral:
        return QCoreApplication::translate("Status", "Ephemeral volume, %1").arg(size);
    case pool::StorageWay::ClaimTemplate:
        return QCoreApplication::translate("Status", "Claim, %1").arg(size);
    case pool::StorageWay::Other:
        break;
    }
    return QCoreApplication::translate("Status", "Another volume");
}

QString resourceFigure(const pool::EvictionMessage &what, const std::string &figure)
{
    if (what.resource != "inodes" && what.resource != "pids")
        return texts::quantity(figure);
    bool isNumber = false;
    const qlonglong number = QString::fromStdString(figure).toLongLong(&isNumber);
    return isNumber ? QLocale().toString(number) : texts::clean(figure, 40);
}

QString freeAndLimit(const pool::EvictionMessage &what)
{
    if (what.available.empty() || what.threshold.empty())
        return {};
    QString free = resourceFigure(what, what.available);
    const QString limit = resourceFigure(what, what.threshold);
    // "9.4 / 9.8 GiB" reads better than the unit twice.
    const QString unit = limit.section(u' ', 1);
    if (!unit.isEmpty() && free.section(u' ', 1) == unit)
        free = free.section(u' ', 0, 0);
    return QCoreApplication::translate("Status", "%1 / %2").arg(free, limit);
}

ContainerState mapState(const pool::Worker &worker)
{
    switch (worker.reading.state) {
    case pool::WorkerState::Failing:
    case pool::WorkerState::Evicted:
        return ContainerState::Failed;
    case pool::WorkerState::Waiting:
        return ContainerState::Waiting;
    case pool::WorkerState::Starting:
        return ContainerState::Starting;
    default:
        break;
    }
    // From calm to worst.
    static constexpr ContainerState order[] = {ContainerState::Running, ContainerState::Ended, ContainerState::None,
        ContainerState::Starting, ContainerState::Waiting, ContainerState::Failed, ContainerState::CrashLooping};
    const auto rank = [](ContainerState state) { return std::find(std::begin(order), std::end(order), state) - order; };
    const ContainerState launcher = shown(worker.reading.launcher.state);
    const ContainerState dind = shown(worker.reading.dind.state);
    return rank(launcher) > rank(dind) ? launcher : dind;
}

std::vector<bool> olderImages(const std::vector<pool::Worker> &workers)
{
    std::map<std::string_view, const pool::Worker *> newest; // by image reference
    for (const pool::Worker &worker : workers) {
        if (worker.reading.launcher.digest.empty() || !worker.created)
            continue;
        const pool::Worker *&known = newest[worker.reading.launcher.image];
        if (!known || *known->created <= *worker.created)
            known = &worker;
    }
    std::vector<bool> older;
    older.reserve(workers.size());
    for (const pool::Worker &worker : workers) {
        const auto known = newest.find(worker.reading.launcher.image);
        older.push_back(known != newest.end() && !worker.reading.launcher.digest.empty()
            && worker.reading.launcher.digest != known->second->reading.launcher.digest);
    }
    return older;
}

QString shortDigest(const std::string &digest)
{
    const QString text = QString::fromStdString(digest);
    return text.mid(text.indexOf(u':') + 1).left(7);
}

} // namespace pk::gui
