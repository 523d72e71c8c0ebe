// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "widgets/poolstyle.h"

#include <QColor>
#include <QRectF>

class QPainter;
class QStyleOptionButton;
class QStyleOptionComboBox;
class QStyleOptionSpinBox;
class QStyleOptionSlider;
class QStyleOptionToolButton;

namespace pk::gui {

// The parts that PoolStyle is painted with; nothing else includes this.

/// Focus ring of 2 px inside `area`.
void paintRing(QPainter *painter, const QRectF &area, double radius);
/// Edge and paper of line edits, combo and spin boxes.
void paintField(QPainter *painter, const QRect &area, QStyle::State state, FieldProblem problem);
void paintRadio(QPainter *painter, const QRectF &box, QStyle::State state);
void paintChevron(QPainter *painter, const QRectF &area, Qt::ArrowType direction, const QColor &ink);
void paintPushButton(QPainter *painter, const QStyleOptionButton &option, ButtonKind kind, const QStyle *style);
QSize pushButtonSize(const QStyleOptionButton &option, ButtonKind kind);
void paintToolButton(QPainter *painter, const QStyleOptionToolButton &option, const QWidget *widget);
QSize toolButtonSize(const QStyleOptionToolButton &option);
void paintComboLabel(QPainter *painter, const QStyleOptionComboBox &option, const QStyle *style, const QWidget *widget);
void paintScrollBar(QPainter *painter, const QStyleOptionSlider &option, const QRect &slider);

} // namespace pk::gui
