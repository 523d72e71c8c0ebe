// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "widgets/glyphs.h"

#include <QPainterPath>
#include <QVector>

namespace pk::gui {

/// One step of painting a glyph, in a grid of 16 by 16.
struct GlyphLayer
{
    enum class How {
        Fill, ///< in the ink
        Stroke,
        Faint, ///< stroke in a third of the ink: what is still to come of a ring
        PaperFill, ///< cut into a filled shape
        PaperStroke,
    };
    QPainterPath path;
    How how = How::Fill;
    double width = 1.6;
    bool dashed = false;
    bool turns = false; ///< turned by the angle that paintGlyph() was given
};

/// Layers of a shape from bottom to top; made once.
const QVector<GlyphLayer> &glyphLayers(GlyphShape shape);

} // namespace pk::gui
