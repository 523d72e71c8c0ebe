// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/workermap.h"

#include "widgets/measures.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

namespace pk::gui {
namespace {

constexpr int cellSize = 14;
constexpr double smallestPitch = 16;
constexpr double widestPitch = 22;
constexpr int rowPitch = 22;
constexpr int rowLength = 50;

} // namespace

WorkerMap::WorkerMap(QWidget *parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Map of workers"));
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void WorkerMap::setWorkers(const QVector<Worker> &workers)
{
    if (m_workers == workers)
        return;
    const bool resized = m_workers.size() != workers.size();
    if (!resized) {
        for (int i = 0; i < workers.size(); ++i) {
            if (workers[i] != m_workers[i])
                update(cellRect(i).adjusted(-4, -4, 4, 4));
            if (workers[i].ordinal != m_workers[i].ordinal && i % columns() == 0)
                update(0, i / columns() * rowPitch, gutter(), rowPitch);
        }
    }
    const int ordinal = m_current >= 0 ? m_workers[m_current].ordinal : -1;
    m_workers = workers;
    int found = -1;
    for (int i = 0; i < m_workers.size() && ordinal >= 0; ++i) {
        if (m_workers[i].ordinal == ordinal)
            found = i;
    }
    const bool moved = found != m_current;
    m_current = found;
    if (resized)
        updateGeometry();
    if (resized || moved)
        update();
    if (moved)
        Q_EMIT currentChanged(m_current);
}

void WorkerMap::setCurrent(int index)
{
    if (index < -1 || index >= m_workers.size() || index == m_current)
        return;
    m_current = index;
    update();
    Q_EMIT currentChanged(index);
    if (index >= 0 && hasFocus()) {
        QAccessibleEvent event(this, QAccessible::Focus);
        event.setChild(index);
        QAccessible::updateAccessibility(&event);
    }
}

int WorkerMap::gutter() const
{
    return QFontMetrics(fonts::axis()).horizontalAdvance(QStringLiteral("0000")) + 12;
}

int WorkerMap::columnsFor(int width) const
{
    const int room = int((width - gutter()) / smallestPitch);
    // Rows begin at round ordinals, so that the numbers at the left can be read.
    return room >= rowLength ? rowLength : std::max(5, room / 5 * 5);
}

int WorkerMap::columns() const
{
    return columnsFor(width());
}

int WorkerMap::rows() const
{
    return (int(m_workers.size()) + columns() - 1) / columns();
}

double WorkerMap::pitch() const
{
    return std::clamp(double(width() - gutter()) / columns(), smallestPitch, widestPitch);
}

QRect WorkerMap::cellRect(int index) const
{
    const int column = index % columns();
    const int row = index / columns();
    return {gutter() + int(column * pitch()), row * rowPitch + 4, cellSize, cellSize};
}

int WorkerMap::indexAt(const QPoint &point) const
{
    const int column = int((point.x() - gutter()) / pitch());
    const int row = point.y() / rowPitch;
    if (point.x() < gutter() || column >= columns() || point.y() < 0)
        return -1;
    const int index = row * columns() + column;
    return index < m_workers.size() ? index : -1;
}

QSize WorkerMap::sizeHint() const
{
    const int wide = gutter() + int(rowLength * widestPitch);
    return {wide, heightForWidth(wide)};
}

QSize WorkerMap::minimumSizeHint() const
{
    return {gutter() + int(10 * smallestPitch), rowPitch};
}

int WorkerMap::heightForWidth(int width) const
{
    const int perRow = columnsFor(width);
    return std::max(1, (int(m_workers.size()) + perRow - 1) / perRow) * rowPitch;
}

void WorkerMap::paintEvent(QPaintEvent *event)
{
    const Theme &t = theme();
    QPainter painter(this);
    painter.setFont(fonts::denseCode());
    painter.setPen(t.muted);
    for (int row = 0; row < rows(); ++row) {
        const QRect line(0, row * rowPitch, gutter() - 10, rowPitch);
        painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, QString::number(m_workers[row * columns()].ordinal));
    }
    for (int i = 0; i < m_workers.size(); ++i) {
        const QRect cell = cellRect(i);
        if (!event->rect().intersects(cell.adjusted(-4, -4, 4, 4)))
            continue;
        const Worker &worker = m_workers[i];
        const Glyph shown = worker.nearEviction ? glyph(WorkerState::NearEviction) : glyph(worker.state);
        // Two hundred running squares are a calm area: their green is softer than elsewhere.
        const QColor ink = shown.shape == GlyphShape::SquareFilled ? t.soft(shown.tone) : t.fill(shown.tone);
        if (i == m_current) {
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setPen(QPen(hasFocus() ? t.accent : t.muted, 2));
            painter.setBrush(t.surface);
            painter.drawRoundedRect(QRectF(cell).adjusted(-3, -3, 3, 3), 6, 6);
        }
        paintGlyph(&painter, cell, shown.shape, ink, t.surface);
    }
}

void WorkerMap::keyPressEvent(QKeyEvent *event)
{
    if (m_workers.isEmpty())
        return QWidget::keyPressEvent(event);
    const int last = int(m_workers.size()) - 1;
    const int now = std::max(0, m_current);
    int next = -1;
    switch (event->key()) {
    case Qt::Key_Left:
        next = now - 1;
        break;
    case Qt::Key_Right:
        next = now + 1;
        break;
    case Qt::Key_Up:
        next = now - columns();
        break;
    case Qt::Key_Down:
        next = now + columns();
        break;
    case Qt::Key_Home:
        next = 0;
        break;
    case Qt::Key_End:
        next = last;
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_current >= 0)
            Q_EMIT activated(m_current);
        return;
    default:
        QWidget::keyPressEvent(event);
        return;
    }
    if (next >= 0 && next <= last)
        setCurrent(next);
}

void WorkerMap::mousePressEvent(QMouseEvent *event)
{
    if (const int index = indexAt(event->position().toPoint()); index >= 0)
        setCurrent(index);
}

void WorkerMap::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (const int index = indexAt(event->position().toPoint()); index >= 0)
        Q_EMIT activated(index);
}

void WorkerMap::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    if (m_current < 0 && !m_workers.isEmpty() && event->reason() != Qt::MouseFocusReason)
        setCurrent(0);
}

bool WorkerMap::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const int index = indexAt(help->pos());
        if (index >= 0)
            QToolTip::showText(help->globalPos(), m_workers[index].sentence.toHtmlEscaped(), this, cellRect(index));
        else
            QToolTip::hideText();
        return true;
    }
    return QWidget::event(event);
}

} // namespace pk::gui
