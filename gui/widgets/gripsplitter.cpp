// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/gripsplitter.h"

#include "widgets/theme.h"

#include <QMouseEvent>
#include <QPainter>

namespace pk::gui {
namespace {

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
        painter.fillRect(rect(), theme().surface);
        const bool lit = underMouse();
        const int thick = lit ? 3 : 1;
        QRect line = rect();
        if (orientation() == Qt::Horizontal)
            line = QRect((width() - thick) / 2, 0, thick, height());
        else
            line = QRect(0, (height() - thick) / 2, width(), thick);
        painter.fillRect(line, lit ? theme().accent : theme().border);
    }

    void mouseDoubleClickEvent(QMouseEvent *event) override
    {
        Q_EMIT m_splitter->handleDoubleClicked(m_splitter->indexOf(this));
        event->accept();
    }

private:
    GripSplitter *m_splitter;
};

} // namespace

GripSplitter::GripSplitter(Qt::Orientation orientation, QWidget *parent) : QSplitter(orientation, parent)
{
    setHandleWidth(7);
    setChildrenCollapsible(false);
}

QSplitterHandle *GripSplitter::createHandle()
{
    return new Handle(orientation(), this);
}

} // namespace pk::gui
