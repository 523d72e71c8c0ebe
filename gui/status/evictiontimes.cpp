// SPDX-License-Identifier: GPL-3.0-or-later
#include "status/evictiontimes.h"

#include "status/statusmap.h"
#include "texts/texts.h"

#include <QCoreApplication>

#include <algorithm>
#include <chrono>

namespace pk::gui {

namespace {

// What does not fit leaves the ledger its room.
constexpr qsizetype MostNodes = 4;
constexpr qsizetype MostWorkers = 5;

double seconds(WallTime time)
{
    return std::chrono::duration<double>(time.time_since_epoch()).count();
}

/// The lane of that name, made when there is room; -1: there is none.
template <class Lane> int laneOf(QVector<Lane> &lanes, const QString &name, qsizetype most)
{
    const auto known = std::find_if(lanes.begin(), lanes.end(), [&](const Lane &lane) { return lane.name == name; });
    if (known != lanes.end())
        return int(known - lanes.begin());
    if (lanes.size() == most)
        return -1;
    Lane lane;
    lane.name = name;
    lanes.append(lane);
    return int(lanes.size()) - 1;
}

} // namespace

TimeLineData timeLineOf(const std::vector<pool::Eviction> &evictions, const std::map<std::string, pool::Node> &nodes,
    WallTime from, WallTime now)
{
    TimeLineData data;
    data.from = seconds(from);
    data.to = seconds(now) + (seconds(now) - seconds(from)) * 0.02;
    data.now = seconds(now);
    const bool severalPools = std::any_of(evictions.begin(), evictions.end(),
        [&](const pool::Eviction &eviction) { return eviction.poolName != evictions.front().poolName; });
    for (std::size_t i = 0; i < evictions.size(); ++i) {
        const pool::Eviction &eviction = evictions[i];
        if (eviction.lastTime < from && eviction.time < from)
            continue;
        TimeLineData::Mark mark;
        mark.at = seconds(eviction.time);
        mark.glyph = glyph(WorkerState::Evicted);
        mark.eviction = int(i);
        mark.tip = QCoreApplication::translate("pk::gui::EvictionTimes", "%1, %2")
                       .arg(workerName(eviction), texts::momentToSecond(eviction.time, now));
        if (const int node =
                eviction.node.empty() ? -1 : laneOf(data.nodes, texts::clean(eviction.node, 60), MostNodes);
            node >= 0) {
            // A node that refuses pods says that it is under pressure from the first to the last of them.
            if (eviction.lastTime > eviction.time)
                data.nodes[node].pressure.append({seconds(eviction.time), seconds(eviction.lastTime)});
            mark.lane = node;
            data.marks.append(mark);
        }
        const QString name = severalPools ? texts::clean(eviction.pod, 60) : workerName(eviction);
        if (const int worker = laneOf(data.workers, name, MostWorkers); worker >= 0) {
            mark.lane = worker;
            mark.worker = true;
            data.marks.append(mark);
        }
    }
    for (TimeLineData::NodeLane &lane : data.nodes) {
        lane.figure = QCoreApplication::translate("pk::gui::EvictionTimes", "Unknown");
        lane.figureTone = Tone::Muted;
        const auto node = nodes.find(lane.name.toStdString());
        if (node != nodes.end() && node->second.pressureSince)
            lane.pressure.append({seconds(*node->second.pressureSince), seconds(now)});
    }
    return data;
}

} // namespace pk::gui
