// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/stylepaint.h"

#include "widgets/measures.h"
#include "widgets/theme.h"

#include <QPainter>
#include <QStyleOption>

namespace pk::gui {
namespace {

struct ButtonColours
{
    QColor paper, edge, ink;
};

ButtonColours coloursOf(ButtonKind kind, QStyle::State state)
{
    const Theme &t = theme();
    const bool enabled = state & QStyle::State_Enabled;
    const bool pressed = state & (QStyle::State_Sunken | QStyle::State_On);
    const bool hovered = enabled && (state & QStyle::State_MouseOver);
    const QColor softEdge = t.outlinedOnly ? t.control : mix(t.control, t.surface, t.dark ? 0.55 : 0.5);
    const auto shaded = [&](const QColor &color) {
        return pressed ? mix(t.text, color, 0.16) : hovered ? mix(t.text, color, 0.08) : color;
    };
    if (!enabled) {
        if (kind == ButtonKind::Flat || kind == ButtonKind::Link)
            return {{}, {}, t.disabledText()};
        const bool filled = kind == ButtonKind::DangerFilled;
        return {filled ? (t.dark ? t.raised : t.window) : t.dark ? t.surface : t.raised, t.border, t.disabledText()};
    }
    switch (kind) {
    case ButtonKind::Primary:
        return {shaded(t.accent), {}, t.onAccent};
    case ButtonKind::DangerFilled:
        return {shaded(t.bad), {}, t.onDanger};
    case ButtonKind::Danger:
        return {hovered || pressed ? t.bandPaper(Tone::Bad) : t.raised, mix(t.bad, t.surface, 0.7), t.bad};
    case ButtonKind::Flat:
        return {hovered || pressed ? t.hover : QColor(), {}, t.text};
    case ButtonKind::Link:
        return {{}, {}, t.accent};
    case ButtonKind::Secondary:
        break;
    }
    return {pressed ? t.hover : hovered ? mix(t.hover, t.raised, 0.6) : t.raised, softEdge, t.text};
}

QIcon::Mode iconMode(QStyle::State state)
{
    if (!(state & QStyle::State_Enabled))
        return QIcon::Disabled;
    return state & (QStyle::State_MouseOver | QStyle::State_On) ? QIcon::Active : QIcon::Normal;
}

/// Our icons are drawn in one colour; on a filled button it must be the ink of the text.
QPixmap inked(const QIcon &icon, int size, double ratio, QIcon::Mode mode, const QColor &ink)
{
    QPixmap picture = icon.pixmap(QSize(size, size), ratio, mode);
    QPainter painter(&picture);
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(QRect(0, 0, size, size), ink);
    return picture;
}

constexpr int iconSize = 16;
constexpr int iconGap = 6;

} // namespace

void paintRing(QPainter *painter, const QRectF &area, double radius)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(theme().accent, 2));
    painter->setBrush(Qt::NoBrush);
    painter->drawRoundedRect(area.adjusted(1, 1, -1, -1), radius - 1, radius - 1);
    painter->restore();
}

void paintField(QPainter *painter, const QRect &area, QStyle::State state, FieldProblem problem)
{
    const Theme &t = theme();
    const bool enabled = state & QStyle::State_Enabled;
    const bool readOnly = state & QStyle::State_ReadOnly;
    const bool focused = enabled && (state & QStyle::State_HasFocus);
    QPen edge(enabled && !readOnly ? t.control : t.border, 1);
    if (problem == FieldProblem::Error)
        edge = QPen(t.bad, 2);
    else if (problem == FieldProblem::Warning)
        edge = QPen(t.warningFill, 2);
    else if (focused)
        edge = QPen(t.accent, 2);
    const double inset = edge.widthF() / 2;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(edge);
    painter->setBrush(t.dark || readOnly || !enabled ? t.sunken : t.surface);
    painter->drawRoundedRect(QRectF(area).adjusted(inset, inset, -inset, -inset), measure::buttonRadius - inset,
        measure::buttonRadius - inset);
    painter->restore();
    // With a problem the edge keeps its colour; the ring goes inside it.
    if (focused && problem != FieldProblem::None)
        paintRing(painter, QRectF(area).adjusted(2, 2, -2, -2), measure::buttonRadius - 1);
}

void paintRadio(QPainter *painter, const QRectF &box, QStyle::State state)
{
    const Theme &t = theme();
    const bool enabled = state & QStyle::State_Enabled;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (state & QStyle::State_On) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(enabled ? t.accent : t.control);
        painter->drawEllipse(box);
        painter->setBrush(t.onAccent);
        painter->drawEllipse(box.center(), 3, 3);
    } else {
        painter->setPen(enabled ? t.control : t.border);
        painter->setBrush(t.dark ? t.sunken : t.surface);
        painter->drawEllipse(box.adjusted(0.5, 0.5, -0.5, -0.5));
    }
    painter->restore();
    if (state & QStyle::State_HasFocus)
        paintRing(painter, box.adjusted(-2, -2, 2, 2), box.width() / 2 + 2);
}

void paintChevron(QPainter *painter, const QRectF &area, Qt::ArrowType direction, const QColor &ink)
{
    const double angle = direction == Qt::UpArrow ? 180
        : direction == Qt::LeftArrow              ? 90
        : direction == Qt::RightArrow             ? -90
                                                  : 0;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->translate(area.center());
    painter->rotate(angle);
    const double reach = std::min({area.width() / 2, area.height() / 2, 3.6});
    painter->setPen(QPen(ink, 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->drawPolyline(QPolygonF({{-reach, -reach / 2}, {0, reach / 2}, {reach, -reach / 2}}));
    painter->restore();
}

void paintPushButton(QPainter *painter, const QStyleOptionButton &option, ButtonKind kind, const QStyle *style)
{
    const ButtonColours colours = coloursOf(kind, option.state);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRectF area(option.rect);
    if (colours.paper.isValid() || colours.edge.isValid()) {
        painter->setPen(colours.edge.isValid() ? QPen(colours.edge) : QPen(Qt::NoPen));
        painter->setBrush(colours.paper.isValid() ? QBrush(colours.paper) : QBrush(Qt::NoBrush));
        painter->drawRoundedRect(colours.edge.isValid() ? area.adjusted(0.5, 0.5, -0.5, -0.5) : area,
            measure::buttonRadius, measure::buttonRadius);
    }
    const QFont font =
        kind == ButtonKind::Primary || kind == ButtonKind::DangerFilled ? fonts::strong() : fonts::medium();
    const QFontMetrics metrics(font);
    const bool icon = !option.icon.isNull();
    const bool menu = option.features & QStyleOptionButton::HasMenu;
    const int textWidth = metrics.size(Qt::TextShowMnemonic, option.text).width();
    int width = textWidth + (icon ? iconSize + (option.text.isEmpty() ? 0 : iconGap) : 0) + (menu ? 18 : 0);
    QRect content(0, 0, std::min(width, option.rect.width()), option.rect.height());
    content.moveCenter(option.rect.center());
    if (kind == ButtonKind::Link)
        content.moveLeft(
            style->visualRect(option.direction, option.rect, QRect(option.rect.left(), 0, width, 1)).left());
    QRect text = content;
    if (icon) {
        const double ratio = painter->device()->devicePixelRatioF();
        const QRect spot = style->visualRect(option.direction, content,
            QRect(content.left(), content.center().y() - iconSize / 2 + 1, iconSize, iconSize));
        painter->drawPixmap(spot.topLeft(), inked(option.icon, iconSize, ratio, iconMode(option.state), colours.ink));
        text = style->visualRect(option.direction, content, content.adjusted(iconSize + iconGap, 0, 0, 0));
    }
    if (menu) {
        const QRect spot = style->visualRect(
            option.direction, content, QRect(content.right() - 12, content.top(), 12, content.height()));
        paintChevron(painter, spot, Qt::DownArrow, colours.ink);
    }
    painter->setFont(font);
    painter->setPen(colours.ink);
    const int mnemonic =
        style->styleHint(QStyle::SH_UnderlineShortcut, &option) ? Qt::TextShowMnemonic : Qt::TextHideMnemonic;
    painter->drawText(
        text, int(style->visualAlignment(option.direction, Qt::AlignLeft)) | Qt::AlignVCenter | mnemonic, option.text);
    painter->restore();
    if (option.state & QStyle::State_HasFocus) {
        if (kind == ButtonKind::Primary || kind == ButtonKind::DangerFilled) {
            // On a filled button the ring is in the paper of the page, or it would not be seen.
            painter->save();
            painter->setRenderHint(QPainter::Antialiasing);
            painter->setPen(QPen(kind == ButtonKind::Primary ? theme().onAccent : theme().onDanger, 2));
            painter->setBrush(Qt::NoBrush);
            painter->drawRoundedRect(area.adjusted(3, 3, -3, -3), 4, 4);
            painter->restore();
        } else {
            paintRing(painter, area, measure::buttonRadius);
        }
    }
}

QSize pushButtonSize(const QStyleOptionButton &option, ButtonKind kind)
{
    const QFontMetrics metrics(fonts::strong());
    const bool icon = !option.icon.isNull();
    const bool menu = option.features & QStyleOptionButton::HasMenu;
    int width = metrics.size(Qt::TextShowMnemonic, option.text).width()
        + (icon ? iconSize + (option.text.isEmpty() ? 0 : iconGap) : 0) + (menu ? 18 : 0);
    if (kind == ButtonKind::Link)
        return {width + 6, std::max(24, metrics.height() + 6)};
    width += option.text.isEmpty() ? 12 : 28;
    return {width, measure::height(measure::button, metrics)};
}

void paintToolButton(QPainter *painter, const QStyleOptionToolButton &option, const QWidget *widget)
{
    Q_UNUSED(widget)
    const Theme &t = theme();
    const bool enabled = option.state & QStyle::State_Enabled;
    const bool hovered = enabled && (option.state & QStyle::State_MouseOver);
    const bool pressed = option.state & QStyle::State_Sunken;
    const bool checked = option.state & QStyle::State_On;
    const QRectF area(option.rect);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (checked || pressed || hovered) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(checked || pressed ? (t.dark ? t.raised : mix(t.hover, t.barTrack, 0.5)) : t.hover);
        painter->drawRoundedRect(area, measure::buttonRadius, measure::buttonRadius);
    }
    const QColor ink = !enabled ? t.disabledText() : checked || hovered ? t.text : t.muted;
    const bool showsText = option.toolButtonStyle != Qt::ToolButtonIconOnly && !option.text.isEmpty();
    const bool showsIcon = option.toolButtonStyle != Qt::ToolButtonTextOnly && !option.icon.isNull();
    const QFont font = fonts::medium();
    const int textWidth = showsText ? QFontMetrics(font).size(Qt::TextShowMnemonic, option.text).width() : 0;
    const int width = textWidth + (showsIcon ? iconSize : 0) + (showsText && showsIcon ? iconGap : 0);
    QRect content(0, 0, width, option.rect.height());
    content.moveCenter(option.rect.center());
    QRect text = content;
    if (showsIcon) {
        const double ratio = painter->device()->devicePixelRatioF();
        const QRect spot(content.left(), content.center().y() - iconSize / 2 + 1, iconSize, iconSize);
        painter->drawPixmap(QStyle::visualRect(option.direction, content, spot).topLeft(),
            inked(option.icon, iconSize, ratio, iconMode(option.state), ink));
        text = QStyle::visualRect(option.direction, content, content.adjusted(iconSize + iconGap, 0, 0, 0));
    }
    if (showsText) {
        painter->setFont(font);
        painter->setPen(ink);
        painter->drawText(text, Qt::AlignCenter | Qt::TextHideMnemonic, option.text);
    }
    painter->restore();
    if (option.state & QStyle::State_HasFocus)
        paintRing(painter, area, measure::buttonRadius);
}

QSize toolButtonSize(const QStyleOptionToolButton &option)
{
    const QFontMetrics metrics(fonts::medium());
    const bool showsText = option.toolButtonStyle != Qt::ToolButtonIconOnly && !option.text.isEmpty();
    const bool showsIcon = option.toolButtonStyle != Qt::ToolButtonTextOnly && !option.icon.isNull();
    const int height = measure::height(measure::toolButton, metrics);
    if (!showsText)
        return {height, height};
    const int text = metrics.size(Qt::TextShowMnemonic, option.text).width();
    return {text + (showsIcon ? iconSize + iconGap : 0) + 16, height};
}

void paintComboLabel(QPainter *painter, const QStyleOptionComboBox &option, const QStyle *style, const QWidget *widget)
{
    const Theme &t = theme();
    if (option.editable)
        return;
    QRect area = style->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, widget);
    painter->save();
    if (!option.currentIcon.isNull()) {
        const QRect spot(area.left(), area.center().y() - iconSize / 2 + 1, iconSize, iconSize);
        option.currentIcon.paint(painter, QStyle::visualRect(option.direction, area, spot));
        area = QStyle::visualRect(option.direction, area, area.adjusted(iconSize + iconGap, 0, 0, 0));
    }
    painter->setPen(option.state & QStyle::State_Enabled ? t.text : t.disabledText());
    painter->drawText(area, int(QStyle::visualAlignment(option.direction, Qt::AlignLeft)) | Qt::AlignVCenter,
        option.fontMetrics.elidedText(option.currentText, Qt::ElideRight, area.width()));
    painter->restore();
}

void paintScrollBar(QPainter *painter, const QStyleOptionSlider &option, const QRect &slider)
{
    const Theme &t = theme();
    if (option.maximum <= option.minimum)
        return;
    const bool lit = option.state & (QStyle::State_MouseOver | QStyle::State_Sunken);
    QRectF handle = QRectF(slider).adjusted(3, 3, -2, -2);
    if (lit)
        handle = QRectF(slider).adjusted(2, 2, -1, -1);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(mix(t.control, t.surface, lit ? 0.9 : 0.6));
    const double radius = std::min(handle.width(), handle.height()) / 2;
    painter->drawRoundedRect(handle, radius, radius);
    painter->restore();
}

} // namespace pk::gui
