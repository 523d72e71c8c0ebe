// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/measures.h"
#include "widgets/poolstyle.h"
#include "widgets/stylepaint.h"
#include "widgets/theme.h"

#include <QAbstractSpinBox>
#include <QPainter>
#include <QStyleOption>

namespace pk::gui {

void PoolStyle::drawComplexControl(
    ComplexControl control, const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const
{
    const Theme &t = theme();
    switch (control) {
    case CC_ComboBox:
        if (const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option)) {
            paintField(painter, option->rect, option->state, fieldProblem(widget));
            if (!combo->editable && !t.dark && (option->state & State_Enabled) && !(option->state & State_HasFocus)
                && (option->state & State_MouseOver)) {
                painter->save();
                painter->setRenderHint(QPainter::Antialiasing);
                painter->setPen(Qt::NoPen);
                painter->setBrush(mix(t.hover, t.surface, 0.6));
                painter->drawRoundedRect(QRectF(option->rect).adjusted(1, 1, -1, -1), 5, 5);
                painter->restore();
            }
            const QRect arrow = proxy()->subControlRect(CC_ComboBox, option, SC_ComboBoxArrow, widget);
            paintChevron(painter, arrow, Qt::DownArrow, option->state & State_Enabled ? t.muted : t.disabledText());
            return;
        }
        break;
    case CC_SpinBox:
        if (const auto *spin = qstyleoption_cast<const QStyleOptionSpinBox *>(option)) {
            paintField(painter, option->rect, option->state, fieldProblem(widget));
            if (spin->buttonSymbols == QAbstractSpinBox::NoButtons)
                return;
            const auto arrow = [&](SubControl part, Qt::ArrowType direction, bool possible) {
                const QRect area = proxy()->subControlRect(CC_SpinBox, option, part, widget);
                const bool lit = (option->activeSubControls & part) && (option->state & State_MouseOver);
                QRectF spot(0, 0, 9, 9);
                spot.moveCenter(QRectF(area).center());
                paintChevron(painter, spot, direction,
                    !possible || !(option->state & State_Enabled) ? t.disabledText()
                        : lit                                     ? t.text
                                                                  : t.muted);
            };
            arrow(SC_SpinBoxUp, Qt::UpArrow, spin->stepEnabled & QAbstractSpinBox::StepUpEnabled);
            arrow(SC_SpinBoxDown, Qt::DownArrow, spin->stepEnabled & QAbstractSpinBox::StepDownEnabled);
            return;
        }
        break;
    case CC_ScrollBar:
        if (const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option)) {
            paintScrollBar(painter, *bar, proxy()->subControlRect(CC_ScrollBar, option, SC_ScrollBarSlider, widget));
            return;
        }
        break;
    case CC_ToolButton:
        if (const auto *tool = qstyleoption_cast<const QStyleOptionToolButton *>(option)) {
            paintToolButton(painter, *tool, widget);
            return;
        }
        break;
    default:
        break;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

QRect PoolStyle::subControlRect(
    ComplexControl control, const QStyleOptionComplex *option, SubControl part, const QWidget *widget) const
{
    const QRect all = option->rect;
    const auto mirrored = [&](const QRect &rect) { return visualRect(option->direction, all, rect); };
    if (control == CC_ScrollBar) {
        const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
        if (!bar)
            return {};
        // No arrows: the groove is the whole bar.
        if (part == SC_ScrollBarAddLine || part == SC_ScrollBarSubLine)
            return {};
        if (part == SC_ScrollBarGroove)
            return all;
        const bool upright = bar->orientation == Qt::Vertical;
        const int length = upright ? all.height() : all.width();
        const qint64 range = qint64(bar->maximum) - bar->minimum;
        const qint64 shown = std::max<qint64>(1, range + bar->pageStep);
        const int slider = range <= 0 ? length
                                      : std::min(length,
                                          std::max(pixelMetric(PM_ScrollBarSliderMin, option, widget),
                                              int(qint64(bar->pageStep) * length / shown)));
        const int start =
            sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition, length - slider, bar->upsideDown);
        const auto stretch = [&](int from, int size) {
            return upright ? QRect(all.left(), all.top() + from, all.width(), size)
                           : QRect(all.left() + from, all.top(), size, all.height());
        };
        if (part == SC_ScrollBarSlider)
            return stretch(start, slider);
        if (part == SC_ScrollBarSubPage)
            return stretch(0, start);
        if (part == SC_ScrollBarAddPage)
            return stretch(start + slider, length - start - slider);
        return {};
    }
    if (control == CC_ComboBox) {
        if (part == SC_ComboBoxArrow)
            return mirrored(QRect(all.right() - 25, all.top(), 24, all.height()));
        if (part == SC_ComboBoxEditField)
            return mirrored(all.adjusted(9, 2, -28, -2));
    }
    if (control == CC_SpinBox) {
        const auto *spin = qstyleoption_cast<const QStyleOptionSpinBox *>(option);
        const bool buttons = spin && spin->buttonSymbols != QAbstractSpinBox::NoButtons;
        const int half = all.height() / 2;
        if (part == SC_SpinBoxUp)
            return buttons ? mirrored(QRect(all.right() - 25, all.top() + 2, 24, half - 2)) : QRect();
        if (part == SC_SpinBoxDown)
            return buttons ? mirrored(QRect(all.right() - 25, all.top() + half, 24, half - 2)) : QRect();
        if (part == SC_SpinBoxEditField)
            return mirrored(all.adjusted(5, 2, buttons ? -28 : -4, -2));
    }
    return QProxyStyle::subControlRect(control, option, part, widget);
}

QRect PoolStyle::subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    switch (element) {
    case SE_LineEditContents: {
        const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
        if (frame && frame->lineWidth > 0)
            return visualRect(option->direction, option->rect, option->rect.adjusted(4, 2, -4, -2));
        break;
    }
    case SE_HeaderLabel:
        return option->rect.adjusted(8, 0, -8, 0);
    default:
        break;
    }
    return QProxyStyle::subElementRect(element, option, widget);
}

} // namespace pk::gui
