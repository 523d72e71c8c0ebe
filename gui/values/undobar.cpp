// SPDX-License-Identifier: GPL-3.0-or-later
#include "values/undobar.h"

#include "widgets/elidedlabel.h"
#include "widgets/icons.h"
#include "widgets/measures.h"
#include "widgets/poolstyle.h"
#include "widgets/theme.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

namespace pk::gui {

namespace {

constexpr int Shown = 8000; ///< Milliseconds.
constexpr int Gap = 12; ///< To the edge that it lies over.

} // namespace

UndoBar::UndoBar(QWidget *over, QWidget *parent) : QFrame(parent), m_over(over)
{
    setObjectName(QStringLiteral("undoBar"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(14, 6, 6, 6);
    row->setSpacing(12);
    m_sentence = new ElidedLabel({}, Qt::ElideMiddle);
    m_sentence->setObjectName(QStringLiteral("undoSentence"));
    row->addWidget(m_sentence);
    auto *undo = new QPushButton(tr("Undo"));
    undo->setObjectName(QStringLiteral("undoOffered"));
    undo->setToolTip(tr("Undo (Ctrl+Z)"));
    setButtonKind(undo, ButtonKind::Link);
    row->addWidget(undo);
    auto *close = new QToolButton;
    close->setObjectName(QStringLiteral("closeUndo"));
    close->setAutoRaise(true);
    close->setToolTip(tr("Close"));
    close->setAccessibleName(close->toolTip());
    icons::bind(close, QStringLiteral("close"));
    row->addWidget(close);
    connect(undo, &QPushButton::clicked, this, [this] {
        hide();
        Q_EMIT undoRequested();
    });
    connect(close, &QToolButton::clicked, this, &QWidget::hide);
    m_timer.setSingleShot(true);
    m_timer.setInterval(Shown);
    connect(&m_timer, &QTimer::timeout, this, &QWidget::hide);
    over->installEventFilter(this);
    hide();
}

void UndoBar::offer(const QString &sentence)
{
    static_cast<ElidedLabel *>(m_sentence)->setFullText(sentence);
    setAccessibleName(sentence);
    place();
    show();
    raise();
    m_timer.start();
    QAccessibleEvent news(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&news);
}

QString UndoBar::sentence() const
{
    return isHidden() ? QString() : m_sentence->accessibleName();
}

void UndoBar::place()
{
    const QSize wanted = sizeHint().boundedTo(QSize(m_over->width() - 2 * Gap, sizeHint().height()));
    const QPoint middle = m_over->mapTo(parentWidget(), QPoint(m_over->width() / 2, m_over->height() - Gap));
    setGeometry(middle.x() - wanted.width() / 2, middle.y() - wanted.height(), wanted.width(), wanted.height());
}

bool UndoBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_over && (event->type() == QEvent::Resize || event->type() == QEvent::Move) && !isHidden())
        place();
    return QFrame::eventFilter(watched, event);
}

void UndoBar::enterEvent(QEnterEvent *event)
{
    QFrame::enterEvent(event);
    m_timer.stop();
}

void UndoBar::leaveEvent(QEvent *event)
{
    QFrame::leaveEvent(event);
    m_timer.start();
}

void UndoBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme().control);
    painter.setBrush(theme().raised);
    painter.drawRoundedRect(
        QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), measure::buttonRadius, measure::buttonRadius);
}

} // namespace pk::gui
