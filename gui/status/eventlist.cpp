// SPDX-License-Identifier: GPL-3.0-or-later
#include "status/eventlist.h"

#include "texts/texts.h"

#include <QCoreApplication>
#include <QLocale>

namespace pk::gui {

namespace {

struct Named
{
    Glyph glyph;
    QString word;
};

Named named(const pool::EventFacts &event)
{
    const auto of = [](auto state) { return Named{glyph(state), stateWord(state)}; };
    if (event.reason == "Evicted")
        return of(WorkerState::Evicted);
    if (event.reason == "NodeHasDiskPressure")
        return of(NodeState::DiskPressure);
    if (event.reason == "FailedScheduling")
        return of(WorkerState::Waiting);
    if (event.reason == "Started")
        return of(WorkerState::Ready);
    if (event.reason == "Killing")
        return of(WorkerState::Ending);
    if (event.reason == "Failed" || event.reason == "BackOff")
        return of(WorkerState::Failing);
    return event.type == "Warning" ? of(Severity::Warning) : of(Severity::Hint);
}

QString wordsOf(const pool::EventFacts &event)
{
    const QString message = texts::clean(event.message);
    if (event.count < 2)
        return message;
    const QString often = QLocale().toString(qlonglong(event.count));
    return event.first ? QCoreApplication::translate("EventList", "%1 (%2 times since %3)")
                             .arg(message, often, texts::clock(*event.first))
                       : QCoreApplication::translate("EventList", "%1 (%2 times)").arg(message, often);
}

} // namespace

EventRows::Row eventRow(const pool::EventFacts &event)
{
    const auto when = event.last ? event.last : event.first;
    const Named said = named(event);
    return {
        when ? texts::clock(*when) : QString(), said.glyph, said.word, texts::clean(event.reason, 60), wordsOf(event)};
}

QVector<EventRows::Row> eventRows(const std::vector<const pool::EventFacts *> &events, int most)
{
    QVector<EventRows::Row> rows;
    for (std::size_t i = 0; i < events.size() && int(i) < most; ++i)
        rows.append(eventRow(*events[i]));
    return rows;
}

} // namespace pk::gui
