// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/measures.h"
#include "widgets/timeline.h"

#include <QDateTime>
#include <QLocale>
#include <QPainter>

namespace pk::gui {
namespace {

constexpr double axisHeight = 22;
constexpr double nodePitch = 34;
constexpr double nodeHeight = 27; ///< of the chart inside a lane
constexpr int smallestWorkerPitch = 19;
constexpr double nodesToWorkers = 12;
constexpr double bandHeight = 6;
constexpr double quietHeight = 22;

double nameWidth(const TimeLineData &data)
{
    const QFontMetrics mono(fonts::denseCode());
    const QFontMetrics plain(fonts::body());
    double width = 60;
    for (const auto &lane : data.nodes)
        width = std::max<double>(width, mono.horizontalAdvance(lane.name));
    for (const auto &lane : data.workers)
        width = std::max<double>(width, plain.horizontalAdvance(lane.name));
    return std::min(width, 220.0) + 28;
}

/// Steps between ticks, in seconds, of which the smallest with room for its label is taken.
double tickStep(double length, double width)
{
    const double most = std::max(1.0, width / 80);
    for (const double step :
        {60., 300., 600., 900., 1800., 3600., 7200., 14400., 21600., 43200., 86400., 172800., 604800.}) {
        if (length / step <= most)
            return step;
    }
    return 2592000;
}

QString tickText(double time, double step)
{
    const QDateTime at = QDateTime::fromSecsSinceEpoch(qint64(time));
    return step >= 43200 ? QLocale().toString(at.date(), QStringLiteral("d MMM"))
                         : at.toString(QStringLiteral("HH:mm"));
}

void paintAxis(QPainter *painter, const TimeLineLayout &layout, const TimeLineData &data)
{
    const Theme &t = theme();
    const double step = tickStep(data.to - data.from, layout.plot.width());
    // Ticks at round local times: half hours of zones with odd offsets included.
    const double offset = QDateTime::fromSecsSinceEpoch(qint64(data.from)).offsetFromUtc();
    painter->setFont(fonts::axis());
    for (double at = std::ceil((data.from + offset) / step) * step - offset; at <= data.to; at += step) {
        const double x = layout.x(at, data);
        painter->fillRect(
            QRectF(std::round(x), layout.nodesTop, 1, layout.bottom - layout.nodesTop), mix(t.border, t.surface, 0.7));
        painter->setPen(t.muted);
        painter->drawText(QRectF(x - 50, layout.axis.top(), 100, axisHeight - 6), Qt::AlignCenter, tickText(at, step));
    }
}

void paintNode(QPainter *painter, const TimeLineLayout &layout, const TimeLineData &data, int index)
{
    const Theme &t = theme();
    const TimeLineData::NodeLane &lane = data.nodes[index];
    const QRectF area = layout.nodeLane(index);
    SparkLineData chart;
    chart.points = lane.points;
    chart.from = data.from;
    chart.to = data.now > data.from && data.now < data.to ? data.now : data.to;
    chart.threshold = lane.threshold;
    chart.tone = lane.tone;
    chart.pressure = lane.pressure;
    chart.hatched = true;
    QRectF plot(layout.plot.left(), area.top(), layout.x(chart.to, data) - layout.plot.left(), nodeHeight);
    paintSparkLine(painter, plot, chart);
    painter->setFont(fonts::denseCode());
    painter->setPen(t.text);
    const QRectF name(layout.axis.left(), area.top(), layout.plot.left() - layout.axis.left() - 12, nodeHeight);
    painter->drawText(name, Qt::AlignVCenter | Qt::AlignLeft,
        painter->fontMetrics().elidedText(lane.name, Qt::ElideMiddle, int(name.width())));
    painter->setFont(fonts::medium());
    painter->setPen(t.ink(lane.figureTone));
    painter->drawText(QRectF(layout.plot.right(), area.top(), layout.axis.right() - layout.plot.right(), nodeHeight),
        Qt::AlignVCenter | Qt::AlignRight, lane.figure);
}

void paintWorker(QPainter *painter, const TimeLineLayout &layout, const TimeLineData &data, int index)
{
    const Theme &t = theme();
    const TimeLineData::WorkerLane &lane = data.workers[index];
    const QRectF area = layout.workerLane(index);
    painter->setFont(fonts::body());
    painter->setPen(t.text);
    painter->drawText(
        QRectF(layout.axis.left(), area.top(), layout.plot.left() - layout.axis.left() - 12, area.height()),
        Qt::AlignVCenter | Qt::AlignLeft, lane.name);
    for (const TimeLineData::WorkerSpan &span : lane.spans) {
        const double left = std::max(layout.plot.left(), layout.x(span.span.from, data));
        const double right = std::min(layout.plot.right(), layout.x(span.span.to, data));
        if (right <= left || span.phase == TimeLineData::Phase::Gone)
            continue;
        QRectF band(left, area.center().y() - bandHeight / 2, std::max(2.0, right - left - 1), bandHeight);
        const double radius = std::min(3.0, band.width() / 2);
        painter->setPen(Qt::NoPen);
        if (span.phase == TimeLineData::Phase::Ready) {
            painter->setBrush(t.soft(Tone::Good));
        } else if (span.phase == TimeLineData::Phase::Starting) {
            painter->setBrush(t.info);
        } else {
            painter->setBrush(Qt::NoBrush);
            painter->setPen(QPen(t.warningFill, 1.4));
            band.adjust(0.7, 0.7, -0.7, -0.7);
        }
        painter->drawRoundedRect(band, radius, radius);
    }
}

void paintMarks(QPainter *painter, const TimeLineLayout &layout, const TimeLineData &data, int selected)
{
    const Theme &t = theme();
    for (const TimeLineData::Mark &mark : data.marks) {
        if (mark.at < data.from || mark.at > data.to)
            continue;
        const QRectF lane = mark.worker ? layout.workerLane(mark.lane) : layout.nodeLane(mark.lane);
        const double size = mark.worker ? 14 : 16;
        const double y = mark.worker ? lane.center().y() : lane.top() + nodeHeight / 2;
        const QRectF box(layout.x(mark.at, data) - size / 2, y - size / 2, size, size);
        const bool chosen = selected >= 0 && mark.eviction == selected;
        painter->setPen(chosen ? QPen(t.accent, 2) : QPen(Qt::NoPen));
        painter->setBrush(t.surface);
        const double around = chosen ? 3 : 1;
        painter->drawRoundedRect(box.adjusted(-around, -around, around, around), 5, 5);
        paintGlyph(painter, box, mark.glyph);
    }
}

void paintUpgrades(QPainter *painter, const TimeLineLayout &layout, const TimeLineData &data)
{
    const Theme &t = theme();
    const QFont font = fonts::smallStrong();
    const QFontMetrics metrics(font);
    for (const TimeLineData::Upgrade &upgrade : data.upgrades) {
        if (upgrade.at < data.from || upgrade.at > data.to)
            continue;
        const double x = std::round(layout.x(upgrade.at, data));
        painter->fillRect(QRectF(x, layout.nodesTop, 1, layout.bottom - layout.nodesTop), t.info);
        const double wide = metrics.horizontalAdvance(upgrade.label) + 10;
        QRectF label(x + 3, layout.nodesTop, wide, metrics.height() + 1);
        if (label.right() > layout.plot.right())
            label.moveRight(x - 3);
        painter->setPen(Qt::NoPen);
        painter->setBrush(t.tint(Tone::Info));
        painter->drawRoundedRect(label, 4, 4);
        painter->setFont(font);
        painter->setPen(t.info);
        painter->drawText(label, Qt::AlignCenter, upgrade.label);
    }
}

} // namespace

double TimeLineLayout::x(double time, const TimeLineData &data) const
{
    return plot.left() + plot.width() * (time - data.from) / std::max(1.0, data.to - data.from);
}

double TimeLineLayout::time(double position, const TimeLineData &data) const
{
    return data.from + (position - plot.left()) / std::max(1.0, plot.width()) * (data.to - data.from);
}

QRectF TimeLineLayout::nodeLane(int index) const
{
    return {axis.left(), nodesTop + index * nodePitch + 4, axis.width(), nodePitch};
}

QRectF TimeLineLayout::workerLane(int index) const
{
    return {axis.left(), workersTop + index * workerPitch, axis.width(), workerPitch};
}

TimeLineLayout layOutTimeLine(const QRectF &area, const TimeLineData &data)
{
    TimeLineLayout layout;
    layout.axis = QRectF(area.left(), area.top(), area.width(), axisHeight);
    const double names = nameWidth(data);
    const QFontMetrics metrics(fonts::medium());
    double figures = metrics.horizontalAdvance(QStringLiteral("100 %"));
    for (const TimeLineData::NodeLane &lane : data.nodes)
        figures = std::max(figures, double(metrics.horizontalAdvance(lane.figure)));
    figures += 14;
    layout.plot = QRectF(area.left() + names, area.top() + axisHeight, std::max(40.0, area.width() - names - figures),
        std::max(0.0, area.height() - axisHeight));
    layout.nodesTop = layout.plot.top();
    layout.workerPitch = measure::height(smallestWorkerPitch, QFontMetrics(fonts::body()));
    double y = layout.nodesTop + double(data.nodes.size()) * nodePitch;
    if (!data.quietNodes.isEmpty()) {
        layout.quietNodes = QRectF(area.left(), y, area.width(), quietHeight);
        y += quietHeight;
    }
    layout.workersTop = y + nodesToWorkers;
    y = layout.workersTop + double(data.workers.size()) * layout.workerPitch;
    if (!data.quietWorkers.isEmpty()) {
        layout.quietWorkers = QRectF(area.left(), y, area.width(), quietHeight);
        y += quietHeight;
    }
    layout.bottom = y + 6;
    return layout;
}

double timeLineHeight(const TimeLineData &data)
{
    return layOutTimeLine(QRectF(0, 0, 600, 0), data).bottom + 6;
}

void paintTimeLine(QPainter *painter, const QRectF &area, const TimeLineData &data, int selected)
{
    const Theme &t = theme();
    const TimeLineLayout layout = layOutTimeLine(area, data);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    paintAxis(painter, layout, data);
    for (int i = 0; i < data.nodes.size(); ++i)
        paintNode(painter, layout, data, i);
    painter->fillRect(QRectF(area.left(), layout.workersTop - nodesToWorkers / 2, area.width(), 1), t.border);
    paintUpgrades(painter, layout, data);
    for (int i = 0; i < data.workers.size(); ++i)
        paintWorker(painter, layout, data, i);
    if (data.now >= data.from && data.now <= data.to)
        painter->fillRect(
            QRectF(std::round(layout.x(data.now, data)), layout.nodesTop, 2, layout.bottom - layout.nodesTop),
            mix(t.text, t.surface, 0.75));
    paintMarks(painter, layout, data, selected);
    painter->setFont(fonts::small());
    painter->setPen(t.accent);
    painter->drawText(layout.quietNodes, Qt::AlignVCenter | Qt::AlignLeft, data.quietNodes);
    painter->drawText(layout.quietWorkers, Qt::AlignVCenter | Qt::AlignLeft, data.quietWorkers);
    painter->restore();
}

} // namespace pk::gui
