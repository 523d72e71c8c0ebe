// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/timeline.h"

#include "widgets/measures.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>
#include <QWheelEvent>

namespace pk::gui {
namespace {

constexpr double shortestRange = 300; // five minutes
constexpr int dragDistance = 4;

} // namespace

TimeLine::TimeLine(QWidget *parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Time line"));
    // Time runs from left to right in every language.
    setLayoutDirection(Qt::LeftToRight);
}

void TimeLine::setData(const TimeLineData &shown)
{
    // A zoomed view stays where it is when new figures arrive.
    const bool zoomed = m_wholeTo > m_wholeFrom && (m_data.from != m_wholeFrom || m_data.to != m_wholeTo);
    const double from = m_data.from, to = m_data.to;
    m_data = shown;
    m_wholeFrom = shown.from;
    m_wholeTo = shown.to;
    if (zoomed) {
        m_data.from = from;
        m_data.to = to;
    }
    updateGeometry();
    update();
}

void TimeLine::setRange(double from, double to)
{
    if (to - from < shortestRange || (from == m_data.from && to == m_data.to))
        return;
    m_data.from = from;
    m_data.to = to;
    update();
    Q_EMIT rangeChanged(from, to);
}

void TimeLine::setSelected(int eviction)
{
    if (m_selected == eviction)
        return;
    m_selected = eviction;
    update();
}

void TimeLine::setSubstitute(const QString &name)
{
    setAccessibleDescription(tr("Everything here is also in the table “%1”.").arg(name));
}

QSize TimeLine::sizeHint() const
{
    return {640, int(timeLineHeight(m_data))};
}

QSize TimeLine::minimumSizeHint() const
{
    return {320, int(timeLineHeight(m_data))};
}

void TimeLine::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintTimeLine(&painter, rect(), m_data, m_selected);
    if (hasFocus()) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(theme().accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), measure::buttonRadius, measure::buttonRadius);
    }
}

void TimeLine::wheelEvent(QWheelEvent *event)
{
    if (event->angleDelta().y() == 0)
        return QWidget::wheelEvent(event);
    const TimeLineLayout layout = layOutTimeLine(rect(), m_data);
    const double at = layout.time(event->position().x(), m_data);
    const double factor = event->angleDelta().y() > 0 ? 0.8 : 1.25;
    double from = at - (at - m_data.from) * factor;
    double to = at + (m_data.to - at) * factor;
    if (to - from >= m_wholeTo - m_wholeFrom) {
        from = m_wholeFrom;
        to = m_wholeTo;
    }
    setRange(from, to);
    event->accept();
}

const TimeLineData::Mark *TimeLine::markAt(const QPointF &point) const
{
    const TimeLineLayout layout = layOutTimeLine(rect(), m_data);
    for (const TimeLineData::Mark &mark : m_data.marks) {
        const QRectF lane = mark.worker ? layout.workerLane(mark.lane) : layout.nodeLane(mark.lane);
        const QPointF centre(layout.x(mark.at, m_data), lane.center().y());
        if (std::abs(point.x() - centre.x()) <= 12 && std::abs(point.y() - centre.y()) <= lane.height() / 2 + 2)
            return &mark;
    }
    return nullptr;
}

void TimeLine::mousePressEvent(QMouseEvent *event)
{
    m_pressed = event->position();
    m_pressedFrom = m_data.from;
    m_dragging = false;
}

void TimeLine::mouseMoveEvent(QMouseEvent *event)
{
    if (!(event->buttons() & Qt::LeftButton)) {
        const TimeLineData::Mark *mark = markAt(event->position());
        setCursor(mark && mark->eviction >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
        return;
    }
    const double moved = event->position().x() - m_pressed.x();
    if (!m_dragging && std::abs(moved) < dragDistance)
        return;
    m_dragging = true;
    const double length = m_data.to - m_data.from;
    const double perPixel = length / std::max(1.0, layOutTimeLine(rect(), m_data).plot.width());
    const double from = m_pressedFrom - moved * perPixel;
    setRange(from, from + length);
}

void TimeLine::mouseReleaseEvent(QMouseEvent *event)
{
    if (m_dragging)
        return;
    const TimeLineLayout layout = layOutTimeLine(rect(), m_data);
    if (const TimeLineData::Mark *mark = markAt(event->position()); mark && mark->eviction >= 0) {
        setSelected(mark->eviction);
        Q_EMIT evictionSelected(m_selected);
    } else if (layout.quietNodes.contains(event->position())) {
        Q_EMIT quietNodesClicked();
    } else if (layout.quietWorkers.contains(event->position())) {
        Q_EMIT quietWorkersClicked();
    }
}

void TimeLine::step(int direction)
{
    // Evictions in order of time; from nothing selected Right begins with the first, Left with the last.
    QVector<const TimeLineData::Mark *> marks;
    for (const TimeLineData::Mark &mark : m_data.marks) {
        const bool known = std::any_of(
            marks.cbegin(), marks.cend(), [&](const auto *other) { return other->eviction == mark.eviction; });
        if (mark.eviction >= 0 && !known)
            marks << &mark;
    }
    if (marks.isEmpty())
        return;
    std::stable_sort(marks.begin(), marks.end(), [](const auto *a, const auto *b) { return a->at < b->at; });
    qsizetype now = direction > 0 ? -1 : marks.size();
    for (qsizetype i = 0; i < marks.size(); ++i) {
        if (marks[i]->eviction == m_selected)
            now = i;
    }
    const qsizetype next = std::clamp<qsizetype>(now + direction, 0, marks.size() - 1);
    const double at = marks[next]->at;
    setSelected(marks[next]->eviction);
    if (at < m_data.from || at > m_data.to) {
        const double half = (m_data.to - m_data.from) / 2;
        setRange(at - half, at + half);
    }
}

void TimeLine::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Left:
        step(-1);
        return;
    case Qt::Key_Right:
        step(1);
        return;
    case Qt::Key_0:
        setRange(m_wholeFrom, m_wholeTo);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_selected >= 0)
            Q_EMIT evictionSelected(m_selected);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

bool TimeLine::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const TimeLineData::Mark *mark = markAt(help->pos());
        QToolTip::showText(help->globalPos(), mark ? mark->tip.toHtmlEscaped() : QString(), this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace pk::gui
