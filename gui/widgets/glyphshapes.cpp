// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/glyphshapes.h"

#include <QHash>

#include <initializer_list>

namespace pk::gui {
namespace {

using How = GlyphLayer::How;
using Layers = QVector<GlyphLayer>;

QPainterPath disc(double radius, double x = 8, double y = 8)
{
    QPainterPath path;
    path.addEllipse(QPointF(x, y), radius, radius);
    return path;
}

QPainterPath square(double inset, double radius)
{
    QPainterPath path;
    path.addRoundedRect(QRectF(inset, inset, 16 - 2 * inset, 16 - 2 * inset), radius, radius);
    return path;
}

QPainterPath lines(std::initializer_list<QPointF> points, bool close = false)
{
    QPainterPath path;
    bool first = true;
    for (const QPointF &point : points) {
        if (first)
            path.moveTo(point);
        else
            path.lineTo(point);
        first = false;
    }
    if (close)
        path.closeSubpath();
    return path;
}

QPainterPath arc(double radius, double start, double sweep)
{
    const QRectF box(8 - radius, 8 - radius, 2 * radius, 2 * radius);
    QPainterPath path;
    path.arcMoveTo(box, start);
    path.arcTo(box, start, sweep);
    return path;
}

QPainterPath cross(double reach)
{
    QPainterPath path = lines({{8 - reach, 8 - reach}, {8 + reach, 8 + reach}});
    path.addPath(lines({{8 - reach, 8 + reach}, {8 + reach, 8 - reach}}));
    return path;
}

QPainterPath diamond(double reach)
{
    return lines({{8, 8 - reach}, {8 + reach, 8}, {8, 8 + reach}, {8 - reach, 8}}, true);
}

QPainterPath clockHands()
{
    return lines({{8, 4.6}, {8, 8.2}, {10.2, 9.7}});
}

/// Three quarters of a circle with an arrow head at its end; `radius` 5.6 for the glyph itself, smaller inside a
/// square.
Layers loop(double radius, double width, How fill, How stroke)
{
    const double k = radius / 5.6;
    QPainterPath head =
        lines({{8 + 0.9 * k, 8 - 8.2 * k}, {8 + 6.2 * k, 8 - 4.4 * k}, {8 + 0.9 * k, 8 - 1.6 * k}}, true);
    return {{arc(radius, 75, -15 + 300), stroke, width}, {head, fill}};
}

Layers cylinder()
{
    QPainterPath body;
    body.moveTo(1.6, 3.2);
    body.cubicTo(1.6, 0.2, 14.4, 0.2, 14.4, 3.2);
    body.lineTo(14.4, 12.8);
    body.cubicTo(14.4, 15.8, 1.6, 15.8, 1.6, 12.8);
    body.closeSubpath();
    QPainterPath lid; // the rim stays: only a line below it is cut
    lid.moveTo(3, 3.5);
    lid.cubicTo(4.5, 5, 11.5, 5, 13, 3.5);
    QPainterPath empty;
    empty.moveTo(3.3, 5.4);
    empty.cubicTo(5, 6.5, 11, 6.5, 12.7, 5.4);
    empty.lineTo(12.7, 7.8);
    empty.cubicTo(11, 8.8, 5, 8.8, 3.3, 7.8);
    empty.closeSubpath();
    return {{body, How::Fill}, {lid, How::PaperStroke, 0.9}, {empty, How::PaperFill}};
}

Layers question()
{
    QPainterPath mark;
    mark.moveTo(5.9, 6.3);
    mark.cubicTo(6, 3.6, 10.2, 3.7, 10.2, 6.2);
    mark.cubicTo(10.2, 7.7, 8, 7.8, 8, 9.4);
    return {{disc(6.5), How::Stroke, 1.7}, {mark, How::Stroke, 1.9}, {disc(1, 8, 11.8), How::Fill}};
}

Layers pencil()
{
    QPainterPath body = lines({{2.2, 13.8}, {3, 10.2}, {10.4, 2.8}, {13.2, 5.6}, {5.8, 13}}, true);
    return {{body, How::Stroke, 1.7}, {lines({{8.2, 5}, {11, 7.8}}), How::Stroke, 1.5}};
}

Layers wave()
{
    QPainterPath path;
    path.moveTo(2, 9.4);
    path.cubicTo(3.6, 5.4, 5.8, 5.6, 8, 8);
    path.cubicTo(10.2, 10.4, 12.4, 10.6, 14, 6.6);
    return {{path, How::Stroke, 2}};
}

Layers twoArrows()
{
    return {{lines({{2, 5}, {13.4, 5}}), How::Stroke, 1.7},
        {lines({{10, 1.8}, {13.4, 5}, {10, 8.2}}), How::Stroke, 1.7}, {lines({{14, 11}, {2.6, 11}}), How::Stroke, 1.7},
        {lines({{6, 7.8}, {2.6, 11}, {6, 14.2}}), How::Stroke, 1.7}};
}

Layers octagon()
{
    const double a = 7.2, b = 3;
    QPainterPath path = lines({{8 - b, 8 - a}, {8 + b, 8 - a}, {8 + a, 8 - b}, {8 + a, 8 + b}, {8 + b, 8 + a},
                                  {8 - b, 8 + a}, {8 - a, 8 + b}, {8 - a, 8 - b}},
        true);
    return {{path, How::Fill}, {lines({{4.8, 8}, {11.2, 8}}), How::PaperStroke, 2.2}};
}

Layers evicted()
{
    return {{square(0.9, 3), How::Fill}, {lines({{8, 3.6}, {12, 8.8}, {4, 8.8}}, true), How::PaperFill},
        {lines({{4.6, 11.6}, {11.4, 11.6}}), How::PaperStroke, 1.9}};
}

Layers ending()
{
    QPainterPath arrow = lines({{8, 4.4}, {8, 11}});
    arrow.addPath(lines({{5.2, 8.6}, {8, 11.2}, {10.8, 8.6}}));
    return {{disc(6.5), How::Stroke, 1.7, true}, {arrow, How::Stroke, 1.9}};
}

Layers growing()
{
    QPainterPath arrow = lines({{5.6, 10.4}, {10.2, 5.8}});
    arrow.addPath(lines({{6.4, 5.6}, {10.4, 5.6}, {10.4, 9.6}}));
    return {{disc(6.5), How::Stroke, 1.7}, {arrow, How::Stroke, 1.9}};
}

Layers warningTriangle()
{
    QPainterPath body = lines({{8, 1.6}, {15, 14.2}, {1, 14.2}}, true);
    return {{body, How::Fill}, {body, How::Stroke, 0.8}, {lines({{8, 6.2}, {8, 9.6}}), How::PaperStroke, 1.7},
        {disc(1, 8, 12), How::PaperFill}};
}

Layers infoDisc()
{
    return {{disc(7.2), How::Fill}, {lines({{8, 7.6}, {8, 11.4}}), How::PaperStroke, 1.9},
        {disc(1.1, 8, 4.8), How::PaperFill}};
}

Layers squareHalf()
{
    QPainterPath low = square(0.9, 3);
    QPainterPath clip;
    clip.addRect(0, 7.6, 16, 9);
    return {{square(1.6, 2.6), How::Stroke, 1.5}, {low.intersected(clip), How::Fill}};
}

Layers make(GlyphShape shape)
{
    switch (shape) {
    case GlyphShape::Nothing:
        return {};
    case GlyphShape::TickDisc:
        return {{disc(7.2), How::Fill}, {lines({{4.7, 8.4}, {7, 10.6}, {11.3, 5.6}}), How::PaperStroke, 1.9}};
    case GlyphShape::OpenRing:
        return {{disc(6.4), How::Faint, 2}, {arc(6.4, 90, -270), How::Stroke, 2, false, true}};
    case GlyphShape::Clock:
        return {{disc(6.5), How::Stroke, 1.7}, {clockHands(), How::Stroke, 1.8}};
    case GlyphShape::EndingRing:
        return ending();
    case GlyphShape::DiamondOutlineCross:
        return {{diamond(6.8), How::Stroke, 1.8}, {cross(1.9), How::Stroke, 1.9}};
    case GlyphShape::DiamondCross:
        return {{diamond(7.2), How::Fill}, {diamond(7.2), How::Stroke, 0.8}, {cross(2.3), How::PaperStroke, 1.9}};
    case GlyphShape::EvictedSquare:
        return evicted();
    case GlyphShape::Cylinder:
        return cylinder();
    case GlyphShape::QuestionRing:
        return question();
    case GlyphShape::Triangle:
        return {{lines({{3.4, 2.4}, {13.4, 8}, {3.4, 13.6}}, true), How::Fill}};
    case GlyphShape::TriangleOutline:
        return {{lines({{4.2, 3.2}, {12.4, 8}, {4.2, 12.8}}, true), How::Stroke, 1.8}};
    case GlyphShape::Bars:
        return {{lines({{5.4, 3.2}, {5.4, 12.8}}), How::Stroke, 2.2},
            {lines({{10.6, 3.2}, {10.6, 12.8}}), How::Stroke, 2.2}};
    case GlyphShape::SquareFilled:
        return {{square(0.9, 3), How::Fill}};
    case GlyphShape::SquareHalf:
        return squareHalf();
    case GlyphShape::SquareClock:
        return {{square(1.6, 2.6), How::Stroke, 1.5}, {lines({{8, 4.8}, {8, 8.4}, {10, 9.8}}), How::Stroke, 1.5}};
    case GlyphShape::SquareLoop:
        return Layers{{square(0.9, 3), How::Fill}} + loop(3.4, 1.6, How::PaperFill, How::PaperStroke);
    case GlyphShape::SquareCross:
        return {{square(0.9, 3), How::Fill}, {cross(2.7), How::PaperStroke, 1.9}};
    case GlyphShape::SquareOutline:
        return {{square(1.6, 3), How::Stroke, 1.4}};
    case GlyphShape::SquareDashed:
        return {{square(1.6, 3), How::Stroke, 1.4, true}};
    case GlyphShape::GrowingRing:
        return growing();
    case GlyphShape::DashedRingDot:
        return {{disc(6.5), How::Stroke, 1.7, true}, {disc(1.7), How::Fill}};
    case GlyphShape::BarredRing:
        return {{disc(6.5), How::Stroke, 1.7}, {lines({{3.6, 12.4}, {12.4, 3.6}}), How::Stroke, 1.4}};
    case GlyphShape::WarningTriangle:
        return warningTriangle();
    case GlyphShape::Ring:
        return {{disc(5), How::Stroke, 1.6}};
    case GlyphShape::Pencil:
        return pencil();
    case GlyphShape::Equals:
        return {{lines({{3.6, 6}, {12.4, 6}}), How::Stroke, 1.8}, {lines({{3.6, 10}, {12.4, 10}}), How::Stroke, 1.8}};
    case GlyphShape::Plus:
        return {{lines({{8, 2.6}, {8, 13.4}}), How::Stroke, 2}, {lines({{2.6, 8}, {13.4, 8}}), How::Stroke, 2}};
    case GlyphShape::Wave:
        return wave();
    case GlyphShape::Loop:
        return loop(5.6, 1.8, How::Fill, How::Stroke);
    case GlyphShape::TwoArrows:
        return twoArrows();
    case GlyphShape::Minus:
        return {{lines({{2.6, 8}, {13.4, 8}}), How::Stroke, 2}};
    case GlyphShape::Octagon:
        return octagon();
    case GlyphShape::InfoDisc:
        return infoDisc();
    }
    return {};
}

} // namespace

const QVector<GlyphLayer> &glyphLayers(GlyphShape shape)
{
    static QHash<GlyphShape, Layers> made;
    const auto found = made.constFind(shape);
    return found != made.constEnd() ? *found : *made.insert(shape, make(shape));
}

} // namespace pk::gui
