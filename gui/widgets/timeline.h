// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "widgets/sparkline.h"

#include <QVector>
#include <QWidget>

namespace pk::gui {

/// What happened to the disks of nodes and to workers. Times are seconds since the epoch.
struct TimeLineData
{
    struct NodeLane
    {
        QString name;
        QVector<QPointF> points; ///< time, share used
        std::optional<double> threshold;
        Tone tone = Tone::Info;
        QVector<TimeSpan> pressure;
        QString figure; ///< "72 %", at the right
        Tone figureTone = Tone::Neutral;
    };
    enum class Phase { Ready, Starting, Waiting, Gone };
    struct WorkerSpan
    {
        TimeSpan span;
        Phase phase = Phase::Ready;
    };
    struct WorkerLane
    {
        QString name;
        QVector<WorkerSpan> spans;
    };
    struct Mark
    {
        int lane = 0; ///< index of the node, or of the worker with `worker`
        bool worker = false;
        double at = 0;
        Glyph glyph;
        int eviction = -1; ///< id that the ledger knows; -1: not selectable
        QString tip;
    };
    struct Upgrade
    {
        double at = 0;
        QString label; ///< "Revision 14"
    };

    double from = 0, to = 0; ///< what is shown
    double now = 0; ///< a line, when inside
    QVector<NodeLane> nodes; ///< worst first
    QVector<WorkerLane> workers;
    QVector<Mark> marks;
    QVector<Upgrade> upgrades;
    QString quietNodes, quietWorkers; ///< "31 quiet nodes", below the lanes; empty: none
};

/// Where things lie, the same for painting and for the mouse.
struct TimeLineLayout
{
    QRectF axis, plot; ///< plot: right of the names, left of the figures
    double nodesTop = 0, workersTop = 0, bottom = 0;
    double workerPitch = 19; ///< more with large fonts
    double x(double time, const TimeLineData &data) const;
    double time(double x, const TimeLineData &data) const;
    QRectF nodeLane(int index) const; ///< 34 high
    QRectF workerLane(int index) const; ///< 19 high
    QRectF quietNodes, quietWorkers;
};
TimeLineLayout layOutTimeLine(const QRectF &area, const TimeLineData &data);
double timeLineHeight(const TimeLineData &data);
/// Pure painting from a plain struct. `selected`: id of the eviction with a ring.
void paintTimeLine(QPainter *painter, const QRectF &area, const TimeLineData &data, int selected = -1);

/// The time line with zoom at the wheel, pan by dragging, 0 for the whole, Left and Right through evictions, Enter
/// selects. Hidden from screen readers: the ledger has every fact, set its name with setSubstitute().
class TimeLine : public QWidget
{
    Q_OBJECT
public:
    explicit TimeLine(QWidget *parent = nullptr);

    /// `data.from` and `.to` become what key 0 goes back to.
    void setData(const TimeLineData &shown);
    const TimeLineData &data() const { return m_data; }
    void setRange(double from, double to);
    void setSelected(int eviction);
    int selected() const { return m_selected; }
    void setSubstitute(const QString &name);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void rangeChanged(double from, double to);
    void evictionSelected(int eviction);
    void quietNodesClicked();
    void quietWorkersClicked();

protected:
    void paintEvent(QPaintEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;

private:
    const TimeLineData::Mark *markAt(const QPointF &point) const;
    void step(int direction);

    TimeLineData m_data;
    double m_wholeFrom = 0, m_wholeTo = 0;
    int m_selected = -1;
    QPointF m_pressed;
    double m_pressedFrom = 0;
    bool m_dragging = false;
};

} // namespace pk::gui
