// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/poolstyle.h"

#include "widgets/cellpainter.h"
#include "widgets/icons.h"
#include "widgets/measures.h"
#include "widgets/stylepaint.h"
#include "widgets/theme.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QComboBox>
#include <QHeaderView>
#include <QPainter>
#include <QPushButton>
#include <QStyleOption>
#include <QVariant>

namespace pk::gui {
namespace {

constexpr auto kindProperty = "pkButtonKind";
constexpr auto problemProperty = "problem";

} // namespace

void setButtonKind(QAbstractButton *button, ButtonKind kind)
{
    button->setProperty(kindProperty, QVariant::fromValue(kind));
    if (kind == ButtonKind::Link)
        button->setCursor(Qt::PointingHandCursor);
    button->updateGeometry();
    button->update();
}

ButtonKind buttonKind(const QWidget *button)
{
    return button ? button->property(kindProperty).value<ButtonKind>() : ButtonKind::Secondary;
}

void setFieldProblem(QWidget *field, FieldProblem problem)
{
    if (fieldProblem(field) == problem)
        return;
    field->setProperty(problemProperty, QVariant::fromValue(problem));
    field->update();
}

FieldProblem fieldProblem(const QWidget *field)
{
    // The line edit inside a spin or combo box shows no edge of its own: its parent does.
    return field ? field->property(problemProperty).value<FieldProblem>() : FieldProblem::None;
}

PoolStyle::PoolStyle() : QProxyStyle(QStringLiteral("Fusion")) { }

void PoolStyle::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QAbstractButton *>(widget) || qobject_cast<QComboBox *>(widget)
        || qobject_cast<QHeaderView *>(widget))
        widget->setAttribute(Qt::WA_Hover);
}

void PoolStyle::drawPrimitive(
    PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    const Theme &t = theme();
    switch (element) {
    case PE_FrameFocusRect:
    case PE_PanelItemViewRow:
        return; // rings are drawn by each control, rows by the delegate
    case PE_PanelLineEdit:
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option); frame && frame->lineWidth > 0)
            paintField(painter, option->rect, option->state, fieldProblem(widget));
        return;
    case PE_FrameLineEdit:
        return;
    case PE_IndicatorItemViewItemCheck:
    case PE_IndicatorCheckBox:
        paintCheckBox(painter, option->rect, option->state & State_On, option->state & State_NoChange,
            option->state & State_Enabled);
        if (option->state & State_HasFocus)
            paintRing(painter, QRectF(option->rect).adjusted(-2, -2, 2, 2), measure::checkRadius + 2);
        return;
    case PE_IndicatorRadioButton:
        paintRadio(painter, option->rect, option->state);
        return;
    case PE_IndicatorBranch: {
        if (!(option->state & State_Children))
            return;
        const bool open = option->state & State_Open;
        const bool mirrored = option->direction == Qt::RightToLeft;
        paintChevron(painter, option->rect, open ? Qt::DownArrow : mirrored ? Qt::LeftArrow : Qt::RightArrow, t.muted);
        return;
    }
    case PE_IndicatorArrowDown:
        paintChevron(painter, option->rect, Qt::DownArrow, t.muted);
        return;
    case PE_IndicatorArrowUp:
        paintChevron(painter, option->rect, Qt::UpArrow, t.muted);
        return;
    case PE_IndicatorHeaderArrow:
        if (const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option)) {
            // Qt's own rectangle hangs from the top; the text stands in the middle.
            QRect area = option->rect;
            if (widget)
                area.moveCenter(QPoint(area.center().x(), widget->height() / 2));
            paintChevron(painter, area,
                header->sortIndicator == QStyleOptionHeader::SortUp ? Qt::UpArrow : Qt::DownArrow, t.muted);
        }
        return;
    case PE_Frame:
        // Lists and editors stand in cards that have the edge already.
        if (qobject_cast<const QAbstractScrollArea *>(widget))
            return;
        break;
    case PE_PanelButtonTool:
    case PE_FrameButtonTool:
        return; // CC_ToolButton paints all
    case PE_PanelTipLabel:
        painter->fillRect(option->rect, t.raised);
        painter->setPen(t.border);
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        return;
    default:
        break;
    }
    QProxyStyle::drawPrimitive(element, option, painter, widget);
}

void PoolStyle::drawControl(
    ControlElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    const Theme &t = theme();
    switch (element) {
    case CE_PushButton:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option)) {
            paintPushButton(painter, *button, buttonKind(widget), this);
            return;
        }
        break;
    case CE_HeaderSection:
        painter->fillRect(option->rect, t.surface);
        painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1), t.border);
        return;
    case CE_HeaderEmptyArea:
        painter->fillRect(option->rect, t.surface);
        return;
    case CE_HeaderLabel:
        if (const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option)) {
            painter->setFont(fonts::smallStrong());
            painter->setPen(t.muted);
            const QRect area = option->rect.adjusted(0, 0, 0, -1);
            const auto side = visualAlignment(option->direction, header->textAlignment & Qt::AlignHorizontal_Mask);
            painter->drawText(area, side | Qt::AlignVCenter | Qt::TextSingleLine,
                QFontMetrics(painter->font()).elidedText(header->text, Qt::ElideRight, area.width()));
            return;
        }
        break;
    case CE_Splitter: {
        const bool upright = option->state & State_Horizontal;
        QRect line = option->rect;
        if (upright)
            line = QRect(line.center().x(), line.top(), 1, line.height());
        else
            line = QRect(line.left(), line.center().y(), line.width(), 1);
        painter->fillRect(line, t.border);
        return;
    }
    case CE_ComboBoxLabel:
        if (const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option)) {
            paintComboLabel(painter, *combo, this, widget);
            return;
        }
        break;
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

QSize PoolStyle::sizeFromContents(
    ContentsType type, const QStyleOption *option, const QSize &size, const QWidget *widget) const
{
    QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    const QFontMetrics metrics = option ? option->fontMetrics : QFontMetrics(fonts::body());
    const int field = measure::height(measure::editor, metrics);
    switch (type) {
    case CT_PushButton:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option))
            return pushButtonSize(*button, buttonKind(widget));
        break;
    case CT_LineEdit:
    case CT_SpinBox:
        result.setHeight(field);
        break;
    case CT_ComboBox:
        result = QSize(size.width() + 44, field);
        break;
    case CT_ToolButton:
        if (const auto *tool = qstyleoption_cast<const QStyleOptionToolButton *>(option))
            return toolButtonSize(*tool);
        break;
    case CT_HeaderSection:
        result.setHeight(measure::height(measure::tableHead, metrics));
        break;
    case CT_MenuItem:
        result.setHeight(std::max(result.height(), 28));
        break;
    case CT_CheckBox:
    case CT_RadioButton:
        result.setHeight(std::max(result.height(), 24));
        break;
    default:
        break;
    }
    return result;
}

int PoolStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_SplitterWidth:
        return 7;
    case PM_ScrollBarExtent:
        return 10;
    case PM_ScrollBarSliderMin:
        return 32;
    case PM_DefaultFrameWidth:
        return qobject_cast<const QAbstractScrollArea *>(widget) && !qobject_cast<const QAbstractItemView *>(widget)
            ? 0
            : QProxyStyle::pixelMetric(metric, option, widget);
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return 16;
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
        return 8;
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
        return 0;
    case PM_ButtonIconSize:
    case PM_SmallIconSize:
    case PM_TabBarIconSize:
        return 16;
    case PM_HeaderMargin:
        return 8;
    case PM_TreeViewIndentation:
        return 18;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int PoolStyle::styleHint(
    StyleHint hint, const QStyleOption *option, const QWidget *widget, QStyleHintReturn *data) const
{
    switch (hint) {
    case SH_ItemView_ShowDecorationSelected:
        return 1;
    case SH_EtchDisabledText:
    case SH_ComboBox_Popup:
    case SH_MenuBar_AltKeyNavigation: // the window shows its menu bar on Alt by itself
        return 0;
    case SH_ScrollView_FrameOnlyAroundContents:
        return 0;
    case SH_ToolTip_WakeUpDelay:
        return 500;
    default:
        return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

} // namespace pk::gui
