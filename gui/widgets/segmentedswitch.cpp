// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/segmentedswitch.h"

#include "widgets/measures.h"
#include "widgets/segmentbutton.h"
#include "widgets/theme.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>

namespace pk::gui {

SegmentButton::SegmentButton(QWidget *parent) : QToolButton(parent)
{
    setCheckable(true);
    setAutoRaise(true);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Expanding);
}

QSize SegmentButton::sizeHint() const
{
    // As wide as the checked look, so that choosing moves nothing.
    const QFontMetrics metrics(fonts::strong());
    return {metrics.horizontalAdvance(text()) + 18, measure::height(measure::toolButton, metrics) - 4};
}

void SegmentButton::paintEvent(QPaintEvent *)
{
    const Theme &t = theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    if (isChecked()) {
        painter.setPen(t.dark ? t.control : mix(t.control, t.surface, 0.45));
        painter.setBrush(t.dark ? t.barTrack : t.raised);
        painter.drawRoundedRect(box, 5, 5);
    } else if (underMouse() && isEnabled()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(mix(t.text, t.dark ? t.chipFill : t.barTrack, 0.06));
        painter.drawRoundedRect(box, 5, 5);
    }
    painter.setFont(isChecked() ? fonts::strong() : fonts::medium());
    painter.setPen(!isEnabled() ? t.disabledText() : isChecked() ? t.text : t.muted);
    painter.drawText(rect(), Qt::AlignCenter, text());
    if (hasFocus()) {
        painter.setPen(QPen(t.accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 5, 5);
    }
}

SegmentedSwitch::SegmentedSwitch(QWidget *parent) : QWidget(parent), m_group(new QButtonGroup(this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(2, 2, 2, 2);
    row->setSpacing(0);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_group->setExclusive(true);
    connect(m_group, &QButtonGroup::idToggled, this, [this](int id, bool on) {
        if (on) {
            // One Tab stop: the chosen segment.
            for (QAbstractButton *other : m_group->buttons())
                other->setFocusPolicy(m_group->id(other) == id ? Qt::TabFocus : Qt::NoFocus);
            Q_EMIT currentChanged(id);
        }
    });
}

SegmentedSwitch::SegmentedSwitch(const QStringList &texts, QWidget *parent) : SegmentedSwitch(parent)
{
    for (const QString &text : texts)
        addSegment(text);
    setCurrent(0);
}

int SegmentedSwitch::addSegment(const QString &text, const QString &shortText, const QString &toolTip)
{
    auto *segment = new SegmentButton(this);
    segment->setToolTip(toolTip);
    segment->installEventFilter(this);
    const int index = int(m_texts.size());
    m_texts << text;
    m_shortTexts << (shortText.isEmpty() ? text : shortText);
    m_group->addButton(segment, index);
    layout()->addWidget(segment);
    updateTexts();
    return index;
}

int SegmentedSwitch::count() const
{
    return int(m_texts.size());
}

void SegmentedSwitch::setText(int index, const QString &text, const QString &shortText)
{
    const QString shortened = shortText.isEmpty() ? text : shortText;
    if (m_texts[index] == text && m_shortTexts[index] == shortened)
        return;
    m_texts[index] = text;
    m_shortTexts[index] = shortened;
    updateText(index);
}

void SegmentedSwitch::setSegmentEnabled(int index, bool enabled, const QString &reason)
{
    button(index)->setEnabled(enabled);
    button(index)->setToolTip(reason);
}

void SegmentedSwitch::setShortened(bool shortened)
{
    if (m_shortened == shortened)
        return;
    m_shortened = shortened;
    updateTexts();
}

QToolButton *SegmentedSwitch::button(int index) const
{
    return static_cast<QToolButton *>(m_group->button(index));
}

int SegmentedSwitch::current() const
{
    return m_group->checkedId();
}

void SegmentedSwitch::setCurrent(int index)
{
    if (QToolButton *segment = button(index))
        segment->setChecked(true);
}

void SegmentedSwitch::updateTexts()
{
    for (int i = 0; i < count(); ++i)
        updateText(i);
}

void SegmentedSwitch::updateText(int index)
{
    QToolButton *segment = button(index);
    const QSize before = segment->sizeHint();
    segment->setText(m_shortened ? m_shortTexts[index] : m_texts[index]);
    segment->setAccessibleName(m_texts[index]);
    if (segment->sizeHint() == before)
        return; // A count that goes on must not lay out the page anew.
    segment->updateGeometry();
    updateGeometry();
}

void SegmentedSwitch::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme().dark ? theme().chipFill : theme().barTrack);
    painter.drawRoundedRect(rect(), measure::buttonRadius, measure::buttonRadius);
}

bool SegmentedSwitch::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent *>(event)->key();
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    int step = 0;
    if (key == Qt::Key_Left || key == Qt::Key_Up)
        step = mirrored && key == Qt::Key_Left ? 1 : -1;
    else if (key == Qt::Key_Right || key == Qt::Key_Down)
        step = mirrored && key == Qt::Key_Right ? -1 : 1;
    if (step == 0)
        return QWidget::eventFilter(watched, event);
    for (int next = current() + step; next >= 0 && next < count(); next += step) {
        if (button(next)->isEnabled()) {
            setCurrent(next);
            button(next)->setFocus(Qt::TabFocusReason);
            break;
        }
    }
    return true;
}

} // namespace pk::gui
