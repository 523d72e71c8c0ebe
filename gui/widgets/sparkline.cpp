// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/sparkline.h"

#include <QPainter>
#include <QPainterPath>

namespace pk::gui {
namespace {

class Chart
{
public:
    Chart(const QRectF &area, const SparkLineData &data) : m_area(area), m_data(data) { }

    double x(double time) const
    {
        const double length = std::max(1.0, m_data.to - m_data.from);
        return m_area.left() + m_area.width() * (time - m_data.from) / length;
    }
    double y(double share) const
    {
        const double height = std::max(0.01, m_data.highest - m_data.lowest);
        return m_area.bottom() - m_area.height() * std::clamp((share - m_data.lowest) / height, 0.0, 1.0);
    }
    QRectF span(const TimeSpan &span) const
    {
        const double left = std::max(m_area.left(), x(span.from));
        const double right = std::min(m_area.right(), x(span.to));
        return QRectF(left, m_area.top(), std::max(0.0, right - left), m_area.height());
    }

    /// Stretches without gaps.
    QVector<QPolygonF> stretches() const
    {
        QVector<QPolygonF> result;
        double last = 0;
        for (const QPointF &point : m_data.points) {
            if (result.isEmpty() || point.x() - last > m_data.gap)
                result.append(QPolygonF());
            result.last() << QPointF(x(point.x()), y(point.y()));
            last = point.x();
        }
        return result;
    }

private:
    QRectF m_area;
    const SparkLineData &m_data;
};

} // namespace

void paintSparkLine(QPainter *painter, const QRectF &area, const SparkLineData &data)
{
    const Theme &t = theme();
    const Chart chart(area, data);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setClipRect(area.adjusted(0, -2, 0, 1), Qt::IntersectClip);
    const QColor ink = t.fill(data.tone);
    for (const QPolygonF &stretch : chart.stretches()) {
        if (stretch.size() < 2)
            continue;
        QPolygonF below = stretch;
        below << QPointF(stretch.last().x(), area.bottom()) << QPointF(stretch.first().x(), area.bottom());
        painter->setPen(Qt::NoPen);
        painter->setBrush(mix(ink, t.surface, t.dark ? 0.22 : 0.15));
        painter->drawPolygon(below);
    }
    for (const TimeSpan &span : data.pressure) {
        // Pressure lies over the area, a darker shade of bad; hatched as well where a legend says so.
        QRectF box = chart.span(span);
        painter->fillRect(box, mix(t.bad, t.surface, data.hatched ? (t.dark ? 0.24 : 0.16) : (t.dark ? 0.4 : 0.24)));
        if (data.hatched) {
            painter->save();
            painter->setClipRect(box, Qt::IntersectClip);
            painter->setPen(QPen(mix(t.bad, t.surface, 0.42), 1));
            for (double x = box.left() - box.height(); x < box.right(); x += 5)
                painter->drawLine(QPointF(x, box.bottom()), QPointF(x + box.height(), box.top()));
            painter->restore();
        }
    }
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(ink, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    for (const QPolygonF &stretch : chart.stretches())
        painter->drawPolyline(stretch);
    if (data.threshold) {
        QPen dashes(t.muted, 1);
        dashes.setDashPattern({3, 3});
        painter->setRenderHint(QPainter::Antialiasing, false);
        painter->setPen(dashes);
        const double y = chart.y(*data.threshold);
        painter->drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
    }
    painter->setClipping(false);
    for (const SparkLineData::Mark &mark : data.marks) {
        if (mark.at < data.from || mark.at > data.to)
            continue;
        const QRectF box(chart.x(mark.at) - 7, area.top() - 1, 14, 14);
        painter->setPen(Qt::NoPen);
        painter->setBrush(t.surface);
        painter->drawRoundedRect(box.adjusted(-0.5, -0.5, 0.5, 0.5), 4, 4);
        paintGlyph(painter, box, mark.glyph);
    }
    painter->restore();
}

SparkLine::SparkLine(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
}

void SparkLine::setData(const SparkLineData &shown)
{
    m_data = shown;
    setAccessibleName(shown.sentence);
    update();
}

void SparkLine::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintSparkLine(&painter, QRectF(rect()).adjusted(0, 3, 0, 0), m_data);
}

} // namespace pk::gui
