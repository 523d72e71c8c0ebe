// SPDX-License-Identifier: GPL-3.0-or-later
#include "status/mapsquares.h"

#include "status/statusmap.h"

#include <QCoreApplication>

#include <map>

namespace pk::gui {

QVector<WorkerMap::Worker> mapSquares(const pool::Pool &pool)
{
    QVector<WorkerMap::Worker> squares;
    squares.reserve(qsizetype(pool.workers.size()));
    for (const pool::Worker &worker : pool.workers) {
        WorkerMap::Worker square;
        square.ordinal = worker.ordinal;
        square.state = mapState(worker);
        square.nearEviction = worker.reading.state == pool::WorkerState::NearEviction;
        square.sentence =
            QCoreApplication::translate("pk::gui::MapSquares", "%1, %2").arg(workerName(worker), workerWord(worker));
        squares.append(square);
    }
    return squares;
}

QVector<MapLegend::Entry> mapLegend(const pool::Pool &pool)
{
    std::map<int, MapLegend::Entry> worstFirst;
    for (const pool::Worker &worker : pool.workers) {
        MapLegend::Entry &entry = worstFirst[pool::badness(worker.reading.state)];
        entry.glyph = worker.reading.state == pool::WorkerState::NearEviction ? glyph(WorkerState::NearEviction)
                                                                              : glyph(mapState(worker));
        entry.word = stateWord(shown(worker.reading.state));
        ++entry.count;
    }
    QVector<MapLegend::Entry> entries;
    for (const auto &[badness, entry] : worstFirst)
        entries.prepend(entry);
    return entries;
}

} // namespace pk::gui
