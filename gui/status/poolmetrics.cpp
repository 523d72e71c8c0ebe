// SPDX-License-Identifier: GPL-3.0-or-later
#include "status/poolmetrics.h"

#include "status/statusmap.h"
#include "texts/texts.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <map>
#include <set>

namespace pk::gui {

namespace {

using Metric = MetricStrip::Metric;
constexpr std::chrono::hours Week{24 * 7};
constexpr int WorkersNamed = 3; ///< More are counted.

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(pk::gui::PoolMetrics)
};

QString number(std::size_t count)
{
    return QLocale().toString(qulonglong(count));
}

QString hourAndMinute(WallTime time)
{
    return texts::clock(time).left(5);
}

Metric readyMetric(const OverviewState &state)
{
    const pool::Pool &pool = state.pool;
    Metric ready;
    ready.caption =
        state.staleSince ? Words::tr("Ready at %1").arg(hourAndMinute(*state.staleSince)) : Words::tr("Ready");
    ready.value = number(std::size_t(pool.ready));
    ready.unit = Words::tr("of %1").arg(number(std::size_t(pool.desired)));
    if (state.staleSince) {
        ready.tone = Tone::Muted;
        ready.note = Words::tr("Not known now");
        ready.noteGlyph = glyph(WorkerState::Unknown);
        return ready;
    }
    const pool::Worker *worst = worstOf(pool);
    if (worst) {
        ready.noteGlyph = glyph(shown(worst->reading.state));
        // The band tells of the eviction; here stands what its new pod does.
        const bool waits = worst->replacement && worst->node.empty();
        if (worst->replacement)
            ready.noteGlyph = glyph(waits ? WorkerState::Waiting : WorkerState::Starting);
        ready.note = waits ? Words::tr("%1 waits for a node").arg(workerName(*worst))
                           : Words::tr("%1: %2").arg(workerName(*worst),
                               worst->replacement ? texts::sentence(*worst->replacement) : workerWord(*worst));
    } else {
        ready.note = pool.rolling       ? Words::tr("Rolling out")
            : pool.ready < pool.desired ? Words::tr("Others do not exist yet")
                                        : Words::tr("All of them");
    }
    return ready;
}

Metric diskMetric()
{
    Metric full;
    full.caption = Words::tr("Next to be full");
    full.value = Words::tr("Unknown");
    full.tone = Tone::Muted;
    full.note = Words::tr("Disk figures are not read");
    full.leaves = true;
    full.toolTip = Words::tr(
        "Poolkeeper does not read the disk figures of nodes yet. Evictions and disk pressure are seen all the same.");
    return full;
}

Metric evictionMetric(const OverviewState &state)
{
    std::map<QString, std::size_t> causes;
    std::size_t recent = 0;
    for (const pool::Eviction &eviction : state.evictions) {
        if (state.now - eviction.time < Week) {
            ++causes[texts::causeWord(eviction.what)];
            ++recent;
        }
    }
    QStringList byCause;
    for (const auto &[cause, count] : causes)
        byCause.append(Words::tr("%1 %2").arg(cause, number(count)));
    Metric evictions;
    evictions.caption = Words::tr("Evictions, 7 days");
    evictions.value = number(recent);
    evictions.note = state.staleSince ? Words::tr("From the ledger on this computer")
        : recent == 0                 ? Words::tr("None seen")
        : causes.size() > 2           ? Words::tr("Last: %1").arg(texts::causeWord(state.evictions.front().what))
                                      : byCause.join(QStringLiteral(", "));
    byCause.append(Words::tr("From the ledger on this computer: what Poolkeeper has seen while it ran."));
    evictions.toolTip = byCause.join(u'\n');
    return evictions;
}

/// "Workers 0 and 1 are older", "7 workers are older".
QString olderNote(const pool::Pool &pool, const std::vector<bool> &older)
{
    QStringList labels;
    for (std::size_t i = 0; i < older.size(); ++i) {
        if (older[i])
            labels.append(QString::fromStdString(pool.workers[i].label));
    }
    if (labels.isEmpty())
        return Words::tr("Workers differ");
    if (labels.size() > WorkersNamed)
        return Words::tr("%1 workers are older").arg(number(std::size_t(labels.size())));
    const QString last = labels.takeLast();
    return labels.isEmpty() ? Words::tr("Worker %1 is older").arg(last)
                            : Words::tr("Workers %1 and %2 are older").arg(labels.join(QStringLiteral(", ")), last);
}

Metric imageMetric(const OverviewState &state)
{
    std::set<std::string> digests;
    for (const pool::Worker &worker : state.pool.workers) {
        if (!worker.reading.launcher.digest.empty())
            digests.insert(worker.reading.launcher.digest);
    }
    Metric images;
    images.caption = Words::tr("Launcher image");
    images.value = digests.empty() ? Words::tr("Unknown") : number(digests.size());
    images.unit = digests.empty() ? QString() : digests.size() == 1 ? Words::tr("digest") : Words::tr("digests");
    images.tone = state.staleSince || digests.empty() ? Tone::Muted : Tone::Neutral;
    if (state.staleSince) {
        images.note = Words::tr("At %1").arg(hourAndMinute(*state.staleSince));
    } else if (digests.size() > 1) {
        images.note = olderNote(state.pool, olderImages(state.pool.workers));
        images.noteGlyph = glyph(Severity::Warning);
    } else {
        images.note = digests.empty() ? Words::tr("Not pulled yet") : Words::tr("The same everywhere");
    }
    return images;
}

Metric storageMetric(const pool::StorageSetup &setup)
{
    const QString size = texts::quantity(setup.size);
    Metric storage;
    storage.caption = Words::tr("Storage");
    storage.leaves = true;
    switch (setup.way) {
    case pool::StorageWay::EmptyDir:
        storage.value = Words::tr("Node disk");
        storage.note =
            size.isEmpty() ? Words::tr("emptyDir without a limit") : Words::tr("emptyDir, at most %1").arg(size);
        break;
    case pool::StorageWay::Ephemeral:
        storage.value = Words::tr("Ephemeral");
        storage.note = Words::tr("%1 each, go with the pod").arg(size);
        break;
    case pool::StorageWay::ClaimTemplate:
        storage.value = Words::tr("Claims");
        storage.note = Words::tr("%1 each, kept").arg(size);
        break;
    case pool::StorageWay::Other:
        storage.value = Words::tr("Other");
        storage.note = Words::tr("A volume of its own");
        break;
    }
    return storage;
}

} // namespace

const pool::Worker *worstOf(const pool::Pool &pool)
{
    const auto worst = std::min_element(pool.workers.begin(), pool.workers.end(), [](const auto &a, const auto &b) {
        return pool::badness(a.reading.state, a.waitsLong) < pool::badness(b.reading.state, b.waitsLong);
    });
    return worst == pool.workers.end() || worst->reading.state == pool::WorkerState::Ready ? nullptr : &*worst;
}

QVector<Metric> poolMetrics(const OverviewState &state)
{
    return {
        readyMetric(state), diskMetric(), evictionMetric(state), imageMetric(state), storageMetric(state.pool.storage)};
}

} // namespace pk::gui
