// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "widgets/theme.h"

#include <QIcon>
#include <QPixmap>
#include <QRectF>
#include <QString>

class QPainter;

namespace pk::gui {

// The states of UI.md 3. The order inside an enum is the order of the specification, not of severity.
enum class WorkerState { Ready, Starting, Waiting, Ending, NotReady, Failing, Evicted, NearEviction, Unknown };
enum class SpaceliftState { Busy, Idle, Drained };
enum class ContainerState { Running, Starting, Waiting, CrashLooping, Failed, Ended, None };
enum class VolumeState { Bound, Pending, Growing, Lost, LeftOver };
enum class NodeState { Ready, DiskPressure, Closed, NotReady, Unknown };
enum class ReleaseState {
    Deployed,
    Installing,
    Upgrading,
    RollingBack,
    Uninstalling,
    Pending,
    Failed,
    Superseded,
    Draft
};
enum class ChangeState { Unchanged, Created, Changed, Restarts, Replaced, Deleted, Refused };
enum class Severity { Error, Warning, Hint };

/// Shapes; two states may share one. Each is distinct from all others without colour at 12 px (a test looks).
enum class GlyphShape {
    Nothing,
    TickDisc,
    OpenRing,
    Clock,
    EndingRing,
    DiamondOutlineCross,
    DiamondCross,
    EvictedSquare,
    Cylinder,
    QuestionRing,
    Triangle,
    TriangleOutline,
    Bars,
    SquareFilled,
    SquareHalf,
    SquareClock,
    SquareLoop,
    SquareCross,
    SquareOutline,
    SquareDashed,
    GrowingRing,
    DashedRingDot,
    BarredRing,
    WarningTriangle,
    Ring,
    Pencil,
    Equals,
    Plus,
    Wave,
    Loop,
    TwoArrows,
    Minus,
    Octagon,
    InfoDisc,
};

/// A shape with its tone. Make one from a state: `Glyph g = glyph(WorkerState::Evicted);`. Beside it stands its word.
struct Glyph
{
    GlyphShape shape = GlyphShape::Nothing;
    Tone tone = Tone::Neutral;

    bool isNull() const { return shape == GlyphShape::Nothing; }
    bool operator==(const Glyph &) const = default;
};

Glyph glyph(WorkerState state);
Glyph glyph(SpaceliftState state);
Glyph glyph(ContainerState state);
Glyph glyph(VolumeState state);
Glyph glyph(NodeState state);
Glyph glyph(ReleaseState state);
Glyph glyph(ChangeState state);
Glyph glyph(Severity severity);

/// The word of a state ("Near eviction"), translated. A more specific reason, where known, is better.
QString stateWord(WorkerState state);
QString stateWord(SpaceliftState state); ///< lower case: written after the worker's, "Ready, busy"
QString stateWord(ContainerState state);
QString stateWord(VolumeState state);
QString stateWord(NodeState state);
QString stateWord(ReleaseState state);
QString stateWord(ChangeState state);
QString stateWord(Severity severity);

/// Paints a glyph into the square `area` (12 to 36 px; 12, 14, 16, 20 and 24 are the sizes in use). `paper` is the
/// colour of marks cut into filled shapes; the default is the theme's surface. `turn` turns OpenRing, in degrees.
void paintGlyph(QPainter *painter, const QRectF &area, Glyph glyph, double turn = 0);
/// The same in one given colour, for muted and disabled rows.
void paintGlyph(
    QPainter *painter, const QRectF &area, GlyphShape shape, const QColor &ink, const QColor &paper, double turn = 0);

/// A glyph as picture or icon, for menus and item views of Qt's own. Cached until the theme changes.
QPixmap glyphPixmap(Glyph glyph, int size, double devicePixelRatio);
QIcon glyphIcon(Glyph glyph);

} // namespace pk::gui
