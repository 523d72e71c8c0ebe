// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "widgets/glyphs.h"

#include <QPointF>
#include <QVector>
#include <QWidget>

#include <optional>

namespace pk::gui {

/// A span of time in seconds since the epoch; `to` of an open span is the end of the picture.
struct TimeSpan
{
    double from = 0;
    double to = 0;
};

/// Use over time of one disk. Times are seconds since the epoch, shares 0 to 1. Gaps in the points (over `gap` seconds)
/// stay gaps.
struct SparkLineData
{
    QVector<QPointF> points; ///< x: time, y: share used; in order of time
    double from = 0, to = 0; ///< what the width shows
    double gap = 600;
    std::optional<double> threshold; ///< dashed line
    Tone tone = Tone::Info;
    QVector<TimeSpan> pressure; ///< shaded; hatched with `hatched`
    bool hatched = false;
    struct Mark
    {
        double at = 0;
        Glyph glyph;
    };
    QVector<Mark> marks;
    double lowest = 0, highest = 1; ///< shares at the bottom and the top
    QString sentence; ///< for screen readers: "runners-b-x8wn, 72 % used, rising"
};

/// Paints area, line, threshold, spans and marks into `area`. Never mirrored.
void paintSparkLine(QPainter *painter, const QRectF &area, const SparkLineData &data);

/// The same as widget, at least 60 by 24.
class SparkLine : public QWidget
{
    Q_OBJECT
public:
    explicit SparkLine(QWidget *parent = nullptr);
    void setData(const SparkLineData &shown);
    QSize sizeHint() const override { return {160, 34}; }
    QSize minimumSizeHint() const override { return {60, 24}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    SparkLineData m_data;
};

} // namespace pk::gui
