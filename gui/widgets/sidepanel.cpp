// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/sidepanel.h"

#include "widgets/glyphlabel.h"
#include "widgets/icons.h"
#include "widgets/measures.h"
#include "widgets/poolstyle.h"
#include "widgets/theme.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>

namespace pk::gui {

SidePanel::SidePanel(QWidget *parent) :
    QWidget(parent), m_glyph(new GlyphLabel(20, this)), m_title(new QLabel(this)), m_close(new QToolButton(this)),
    m_back(new QPushButton(tr("Back"), this)), m_scroll(new QScrollArea(this)), m_foot(new QWidget(this)),
    m_footRow(new QHBoxLayout(m_foot))
{
    m_title->setTextFormat(Qt::PlainText);
    m_title->setFont(fonts::heading());
    icons::bind(m_close, QStringLiteral("close"));
    m_close->setAutoRaise(true);
    m_close->setAccessibleName(tr("Close panel"));
    m_close->setToolTip(tr("Close panel (Esc)"));
    icons::bind(m_back, QStringLiteral("chevron-left"));
    m_back->hide();
    for (QAbstractButton *button : {static_cast<QAbstractButton *>(m_close), static_cast<QAbstractButton *>(m_back)})
        connect(button, &QAbstractButton::clicked, this, &SidePanel::closeRequested);

    auto *head = new QHBoxLayout;
    head->setContentsMargins(20, 0, 14, 0);
    head->setSpacing(10);
    head->addWidget(m_back);
    head->addWidget(m_glyph);
    head->addWidget(m_title, 1);
    head->addWidget(m_close);
    m_scroll->setAccessibleName(tr("Details"));
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->viewport()->setAutoFillBackground(false);
    m_footRow->setContentsMargins(20, 12, 20, 12);
    m_footRow->addStretch(1);
    m_foot->hide();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 12, 0, 0);
    column->setSpacing(6);
    column->addLayout(head);
    column->addWidget(m_scroll, 1);
    column->addWidget(m_foot);
}

void SidePanel::setHead(Glyph glyph, const QString &word, const QString &title)
{
    m_glyph->setGlyph(glyph, word);
    m_glyph->setVisible(!glyph.isNull());
    m_title->setText(title);
    setAccessibleName(title);
}

void SidePanel::setBody(QWidget *body)
{
    if (body->layout())
        body->layout()->setContentsMargins(20, 4, 20, 16);
    m_scroll->setWidget(body);
    body->setAutoFillBackground(false);
}

void SidePanel::ensureVisible(QWidget *part)
{
    // A body that was just filled has its heights only after its layout.
    if (m_scroll->widget() && m_scroll->widget()->layout())
        m_scroll->widget()->layout()->activate();
    m_scroll->ensureWidgetVisible(part, 0, 16);
}

void SidePanel::addFootWidget(QWidget *widget)
{
    m_footRow->insertWidget(m_footRow->count() - 1, widget);
    m_foot->show();
}

void SidePanel::setCovering(bool covering)
{
    m_back->setVisible(covering);
    m_close->setVisible(!covering);
}

void SidePanel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().surface);
    const int edge = layoutDirection() == Qt::RightToLeft ? width() - 1 : 0;
    painter.fillRect(QRect(edge, 0, 1, height()), theme().border);
    if (m_foot->isVisible())
        painter.fillRect(QRect(0, m_foot->y(), width(), 1), theme().border);
}

void SidePanel::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        Q_EMIT closeRequested();
    else
        QWidget::keyPressEvent(event);
}

PanelHost::PanelHost(QWidget *page, QWidget *parent) :
    QWidget(parent), m_page(page), m_panel(new SidePanel(this)), m_grip(new QWidget(this)), m_width(measure::sidePanel)
{
    m_page->setParent(this);
    m_panel->hide();
    m_grip->hide();
    m_grip->setCursor(Qt::SplitHCursor);
    m_grip->installEventFilter(this);
    connect(m_panel, &SidePanel::closeRequested, this, &PanelHost::close);
}

void PanelHost::open()
{
    if (!isOpen())
        m_opener = QApplication::focusWidget();
    m_panel->show();
    arrange();
}

void PanelHost::close()
{
    if (!isOpen())
        return;
    m_panel->hide();
    arrange();
    if (m_opener)
        m_opener->setFocus(Qt::OtherFocusReason);
    Q_EMIT closed();
}

bool PanelHost::isOpen() const
{
    return !m_panel->isHidden();
}

void PanelHost::setCoverBelow(int width)
{
    m_coverBelow = width;
    arrange();
}

void PanelHost::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

bool PanelHost::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_grip && event->type() == QEvent::MouseMove) {
        const int x = mapFromGlobal(static_cast<QMouseEvent *>(event)->globalPosition().toPoint()).x();
        m_width = std::clamp(layoutDirection() == Qt::RightToLeft ? x : width() - x, 360, 560);
        arrange();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void PanelHost::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && isOpen())
        close();
    else
        QWidget::keyPressEvent(event);
}

void PanelHost::arrange()
{
    const bool covers = isOpen() && width() < m_coverBelow;
    const bool beside = isOpen() && !covers;
    m_panel->setCovering(covers);
    m_page->setVisible(!covers);
    m_grip->setVisible(beside);
    const QRect right(width() - m_width, 0, m_width, height());
    const auto place = [this](QWidget *widget, const QRect &area) {
        widget->setGeometry(layoutDirection() == Qt::RightToLeft
                ? QRect(width() - area.right() - 1, area.y(), area.width(), area.height())
                : area);
    };
    place(m_panel, covers ? rect() : right);
    place(m_page, beside ? QRect(0, 0, width() - m_width, height()) : rect());
    place(m_grip, QRect(width() - m_width - 3, 0, 7, height()));
    m_grip->raise();
}

} // namespace pk::gui
