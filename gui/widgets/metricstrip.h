// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "widgets/glyphs.h"

#include <QVector>
#include <QWidget>

namespace pk::gui {

/// Up to six figures side by side in one card, with lines between them. Compact: caption and value on one line, no note
/// (720 px high windows). Accessible: a list, one item per metric, "Ready, 4 of 5, Worker 3 waits for a node".
class MetricStrip : public QWidget
{
    Q_OBJECT
public:
    struct Metric
    {
        QString caption; ///< "Next to be full"
        QString value; ///< "25 min"
        QString unit; ///< "± 6", beside the value
        QString note; ///< "Worker 1 on runners-a-9tzx"
        Glyph noteGlyph;
        Tone tone = Tone::Neutral; ///< of the value
        QString toolTip; ///< age and source of the figure
        bool leaves = false; ///< First to leave where there is no room; the page decides.
        bool operator==(const Metric &) const = default;
    };

    explicit MetricStrip(QWidget *parent = nullptr);
    void setMetrics(const QVector<Metric> &metrics);
    const QVector<Metric> &metrics() const { return m_metrics; }
    void setCompact(bool compact);
    enum class Form { Whole, Compact };
    int heightOf(Form form) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    QVector<Metric> m_metrics;
    bool m_compact = false;
};

} // namespace pk::gui
