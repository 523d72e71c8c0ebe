// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/gripsplitter.h"

#include "widgets/theme.h"

#include <QMouseEvent>
#include <QPainter>

namespace pk::gui {
namespace {

constexpr int Grip = 3; ///< On both sides of the line.

class Handle : public QSplitterHandle
{
public:
    Handle(Qt::Orientation orientation, GripSplitter *splitter) :
        QSplitterHandle(orientation, splitter), m_splitter(splitter)
    {
        setAttribute(Qt::WA_Hover);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.fillRect(rect(), underMouse() ? theme().accent : theme().border);
    }
    void resizeEvent(QResizeEvent *event) override
    {
        // In place of what QSplitterHandle does: it makes a thin handle five wide, by margins that are caught and not
        // seen.
        QWidget::resizeEvent(event);
        setAttribute(Qt::WA_MouseNoMask);
        if (orientation() == Qt::Horizontal)
            setContentsMargins(Grip, 0, Grip, 0);
        else
            setContentsMargins(0, Grip, 0, Grip);
        showLine();
    }
    void enterEvent(QEnterEvent *event) override
    {
        QSplitterHandle::enterEvent(event);
        showLine();
    }
    void leaveEvent(QEvent *event) override
    {
        QSplitterHandle::leaveEvent(event);
        showLine();
    }

    void mouseDoubleClickEvent(QMouseEvent *event) override
    {
        Q_EMIT m_splitter->handleDoubleClicked(m_splitter->indexOf(this));
        event->accept();
    }

private:
    /// The mask is for painting only: the panes beside are seen up to the line.
    void showLine()
    {
        const int more = underMouse() ? 1 : 0;
        setMask(QRegion(contentsRect().adjusted(-more, -more, more, more)));
        update();
    }

    GripSplitter *m_splitter;
};

} // namespace

GripSplitter::GripSplitter(Qt::Orientation orientation, QWidget *parent) : QSplitter(orientation, parent)
{
    setHandleWidth(1);
    setChildrenCollapsible(false);
}

QSplitterHandle *GripSplitter::createHandle()
{
    return new Handle(orientation(), this);
}

} // namespace pk::gui
