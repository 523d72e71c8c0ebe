// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QProxyStyle>

class QAbstractButton;

namespace pk::gui {
Q_NAMESPACE

/// Look of a push button. Set with setButtonKind(); Secondary is what a button has without.
enum class ButtonKind {
    Secondary, ///< raised, with an edge
    Primary, ///< filled with accent; one per page
    Flat, ///< no edge until the pointer is over it, text in `text`
    Link, ///< accent text, no padding
    Danger, ///< `bad` text and edge: begins something that deletes
    DangerFilled, ///< filled with `bad`: the last button of a dialog that deletes
};
Q_ENUM_NS(ButtonKind)

/// What is wrong with a field. Set with setFieldProblem(); the edge then is 2 px in `bad` or the warning fill.
enum class FieldProblem { None, Warning, Error };
Q_ENUM_NS(FieldProblem)

void setButtonKind(QAbstractButton *button, ButtonKind kind);
ButtonKind buttonKind(const QWidget *button);
void setFieldProblem(QWidget *field, FieldProblem problem);
FieldProblem fieldProblem(const QWidget *field);

/// Our looks on top of Fusion (UI.md 2.3). Installed by setUpLook(); holds no state but the base style. Push buttons,
/// line edits, combo and spin boxes are 32 high; a tool button with autoRaise is flat, 28 high, and washed with accent
/// text while checked. Focus is a ring of 2 px inside the control.
class PoolStyle : public QProxyStyle
{
    Q_OBJECT
public:
    PoolStyle();

    void polish(QWidget *widget) override;
    void drawPrimitive(
        PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const override;
    void drawControl(
        ControlElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
        const QWidget *widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
        const QWidget *widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const override;
    QSize sizeFromContents(
        ContentsType type, const QStyleOption *option, const QSize &size, const QWidget *widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
    int styleHint(
        StyleHint hint, const QStyleOption *option, const QWidget *widget, QStyleHintReturn *data) const override;
};

} // namespace pk::gui
