// SPDX-License-Identifier: GPL-3.0-or-later
#include "status/evictiontimes.h"

#include "status/statusmap.h"
#include "texts/texts.h"

#include <QCoreApplication>

#include <algorithm>
#include <chrono>

namespace pk::gui {

namespace {

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
    if (lanes.size() >= most)
        return -1;
    Lane lane;
    lane.name = name;
    lanes.append(lane);
    return int(lanes.size()) - 1;
}

QString nodeName(const std::string &name)
{
    return texts::clean(name, 60);
}

/// What the pod of now has been since it was made.
void addSpans(TimeLineData::WorkerLane &lane, const pool::Worker &worker, WallTime now)
{
    using Phase = TimeLineData::Phase;
    if (!worker.created)
        return;
    const double made = seconds(*worker.created), end = seconds(now);
    switch (worker.reading.state) {
    case pool::WorkerState::Ready:
        if (worker.reading.since && *worker.reading.since > *worker.created)
            lane.spans.append({{made, seconds(*worker.reading.since)}, Phase::Starting});
        lane.spans.append(
            {{seconds(std::max(worker.reading.since.value_or(*worker.created), *worker.created)), end}, Phase::Ready});
        return;
    case pool::WorkerState::Starting:
        lane.spans.append({{made, end}, Phase::Starting});
        return;
    case pool::WorkerState::Evicted:
        lane.spans.append({{made, end}, worker.replacement && !worker.node.empty() ? Phase::Starting : Phase::Waiting});
        return;
    case pool::WorkerState::Waiting:
        lane.spans.append({{made, end}, Phase::Waiting});
        return;
    default:
        return;
    }
}

/// All workers in their order where they fit; where not, those with evictions have come first.
void addWorkers(TimeLineData &data, const EvictionFacts &facts)
{
    for (const pool::Worker &worker : facts.workers) {
        const int lane = laneOf(data.workers, workerName(worker), facts.mostWorkers);
        if (lane >= 0)
            addSpans(data.workers[lane], worker, facts.now);
    }
}

void addNodes(TimeLineData &data, const EvictionFacts &facts)
{
    for (const pool::Worker &worker : facts.workers) {
        if (!worker.node.empty())
            laneOf(data.nodes, nodeName(worker.node), facts.mostNodes);
    }
    for (TimeLineData::NodeLane &lane : data.nodes) {
        const auto node = facts.nodes.find(lane.name.toStdString());
        const NodeState state = node == facts.nodes.end() ? NodeState::Unknown : shown(node->second.state);
        lane.figure = stateWord(state);
        lane.figureTone = state == NodeState::Ready || state == NodeState::Unknown ? Tone::Muted : glyph(state).tone;
        if (node != facts.nodes.end() && node->second.pressureSince)
            lane.pressure.append({seconds(*node->second.pressureSince), seconds(facts.now)});
    }
}

} // namespace

TimeLineData timeLineOf(const EvictionFacts &facts)
{
    TimeLineData data;
    data.from = seconds(facts.from);
    data.to = seconds(facts.now) + (seconds(facts.now) - seconds(facts.from)) * 0.02;
    data.now = seconds(facts.now);
    const auto &evictions = facts.evictions;
    const bool severalPools = std::any_of(evictions.begin(), evictions.end(),
        [&](const pool::Eviction &eviction) { return eviction.poolName != evictions.front().poolName; });
    if (qsizetype(facts.workers.size()) <= facts.mostWorkers)
        addWorkers(data, facts);
    for (std::size_t i = 0; i < evictions.size(); ++i) {
        const pool::Eviction &eviction = evictions[i];
        if (eviction.lastTime < facts.from && eviction.time < facts.from)
            continue;
        TimeLineData::Mark mark;
        mark.at = seconds(eviction.time);
        mark.glyph = glyph(WorkerState::Evicted);
        mark.eviction = int(i);
        mark.tip = QCoreApplication::translate("pk::gui::EvictionTimes", "%1, %2")
                       .arg(workerName(eviction), texts::momentToSecond(eviction.time, facts.now));
        if (const int node = eviction.node.empty() ? -1 : laneOf(data.nodes, nodeName(eviction.node), facts.mostNodes);
            node >= 0) {
            // A node that refuses pods says that it is under pressure from the first to the last of them.
            if (eviction.lastTime > eviction.time)
                data.nodes[node].pressure.append({seconds(eviction.time), seconds(eviction.lastTime)});
            mark.lane = node;
            data.marks.append(mark);
        }
        const QString name = severalPools ? texts::clean(eviction.pod, 60) : workerName(eviction);
        if (const int worker = laneOf(data.workers, name, facts.mostWorkers); worker >= 0) {
            mark.lane = worker;
            mark.worker = true;
            data.marks.append(mark);
        }
    }
    if (qsizetype(facts.workers.size()) > facts.mostWorkers)
        addWorkers(data, facts);
    addNodes(data, facts);
    return data;
}

} // namespace pk::gui
