// SPDX-License-Identifier: GPL-3.0-or-later
#include "status/eventlist.h"

#include "texts/texts.h"
#include "widgets/elidedlabel.h"
#include "widgets/glyphlabel.h"
#include "widgets/measures.h"

namespace pk::gui {

namespace {

Glyph glyphOf(const pool::EventFacts &event)
{
    if (event.reason == "Evicted")
        return glyph(WorkerState::Evicted);
    if (event.reason == "NodeHasDiskPressure")
        return glyph(NodeState::DiskPressure);
    if (event.reason == "FailedScheduling")
        return glyph(WorkerState::Waiting);
    if (event.reason == "Started")
        return glyph(WorkerState::Ready);
    if (event.reason == "Killing")
        return glyph(WorkerState::Ending);
    return glyph(event.type == "Warning" ? Severity::Warning : Severity::Hint);
}

} // namespace

EventList::EventList(QWidget *parent) : QWidget(parent)
{
    m_grid = new QGridLayout(this);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(12);
    m_grid->setVerticalSpacing(10);
    m_grid->setColumnStretch(3, 1);
}

void EventList::setEvents(const std::vector<const pool::EventFacts *> &events, int most)
{
    QStringList wanted;
    for (std::size_t i = 0; i < events.size() && int(i) < most; ++i)
        wanted.append(QString::fromStdString(events[i]->meta.uid + "/" + events[i]->meta.resourceVersion));
    if (wanted == m_shown && m_grid->count() > 0)
        return;
    m_shown = wanted;
    m_newest = events.empty() ? tr("none in the last hour") : QString();
    if (!events.empty()) {
        const auto when = events.front()->last ? events.front()->last : events.front()->first;
        const QString reason = texts::clean(events.front()->reason, 60);
        m_newest = when ? tr("%1, %2").arg(texts::clock(*when), reason) : reason;
    }
    while (QLayoutItem *item = m_grid->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    if (events.empty())
        m_grid->addWidget(helpLabel(tr("None. Kubernetes keeps events for about an hour.")), 0, 0, 1, 4);
    for (int row = 0; row < wanted.size(); ++row) {
        const pool::EventFacts &event = *events[row];
        const auto when = event.last ? event.last : event.first;
        auto *time = new QLabel(when ? texts::clock(*when) : QString());
        time->setFont(fonts::denseCode());
        time->setForegroundRole(QPalette::PlaceholderText);
        auto *reason = new ElidedLabel(texts::clean(event.reason, 60));
        reason->setFont(fonts::medium());
        reason->setMinimumWidth(140);
        auto *message = new ElidedLabel(texts::clean(event.message));
        message->setForegroundRole(QPalette::PlaceholderText);
        const Glyph state = glyphOf(event);
        m_grid->addWidget(time, row, 0);
        m_grid->addWidget(new GlyphLabel(state, QString::fromStdString(event.type), 14), row, 1);
        m_grid->addWidget(reason, row, 2);
        m_grid->addWidget(message, row, 3);
    }
    m_grid->setRowStretch(int(wanted.size()), 1);
}

} // namespace pk::gui
