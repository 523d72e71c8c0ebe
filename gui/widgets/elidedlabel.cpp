// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/elidedlabel.h"

#include "widgets/measures.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace pk::gui {

ElidedLabel::ElidedLabel(const QString &text, Qt::TextElideMode mode, QWidget *parent) : QLabel(parent), m_mode(mode)
{
    setTextFormat(Qt::PlainText);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setFullText(text);
}

void ElidedLabel::setFullText(const QString &text)
{
    if (m_text == text && accessibleName() == text)
        return;
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

bool ElidedLabel::isElided() const
{
    return fontMetrics().horizontalAdvance(m_text) > contentsRect().width();
}

QSize ElidedLabel::sizeHint() const
{
    return QSize(fontMetrics().horizontalAdvance(m_text) + 1, fontMetrics().height()).grownBy(contentsMargins());
}

QSize ElidedLabel::minimumSizeHint() const
{
    // Three letters and the dots: below that nothing can be read.
    const QSize least = QSize(fontMetrics().averageCharWidth() * 5, fontMetrics().height()).grownBy(contentsMargins());
    return least.boundedTo(sizeHint());
}

void ElidedLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setFont(font());
    painter.setPen(palette().color(isEnabled() ? QPalette::Normal : QPalette::Disabled, foregroundRole()));
    painter.drawText(contentsRect(), int(alignment()) | Qt::TextSingleLine,
        fontMetrics().elidedText(m_text, m_mode, contentsRect().width()));
}

bool ElidedLabel::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip && toolTip().isEmpty()) {
        if (isElided())
            QToolTip::showText(static_cast<QHelpEvent *>(event)->globalPos(), m_text.toHtmlEscaped(), this);
        else
            QToolTip::hideText();
        return true;
    }
    return QLabel::event(event);
}

namespace {

QLabel *label(const QString &text, const QFont &font, QWidget *parent)
{
    auto *made = new QLabel(parent);
    made->setTextFormat(Qt::PlainText);
    made->setText(text);
    made->setFont(font);
    return made;
}

} // namespace

QLabel *titleLabel(const QString &text, QWidget *parent)
{
    return label(text, fonts::title(), parent);
}

QLabel *headingLabel(const QString &text, QWidget *parent)
{
    return label(text, fonts::heading(), parent);
}

QLabel *strongLabel(const QString &text, QWidget *parent)
{
    return label(text, fonts::strong(), parent);
}

QLabel *helpLabel(const QString &text, QWidget *parent)
{
    QLabel *made = label(text, fonts::small(), parent);
    made->setForegroundRole(QPalette::PlaceholderText);
    made->setWordWrap(true);
    return made;
}

} // namespace pk::gui
