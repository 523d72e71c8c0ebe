// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/glyphs.h"

#include "widgets/glyphshapes.h"

#include <QHash>
#include <QPaintEngine>
#include <QPainter>
#include <QPixmapCache>

#include <cmath>

using namespace Qt::StringLiterals;

namespace pk::gui {

namespace {

constexpr int PicturesKept = 1000; ///< A page has some twenty.

/// A glyph as it was drawn once. A table has the same few in every row, and strokes cost more than all its texts.
struct PictureKey
{
    GlyphShape shape;
    QRgb ink;
    QRgb paper;
    int pixels;
    int ratio;
    bool operator==(const PictureKey &) const = default;
};

size_t qHash(const PictureKey &key, size_t seed)
{
    return qHashMulti(seed, int(key.shape), key.ink, key.paper, key.pixels, key.ratio);
}

void drawGlyph(
    QPainter *painter, const QRectF &area, GlyphShape shape, const QColor &ink, const QColor &paper, double turn);

bool isWhole(double number)
{
    return std::abs(number - std::round(number)) < 0.001;
}

/// True where a picture lies on the very pixels that drawing would fill.
bool mayUsePicture(const QPainter &painter, const QRectF &area, double ratio)
{
    const QTransform &turned = painter.deviceTransform();
    const QPointF corner = turned.map(area.topLeft());
    return painter.paintEngine()->type() == QPaintEngine::Raster && isWhole(ratio)
        && turned.type() <= (ratio == 1 ? QTransform::TxTranslate : QTransform::TxScale) && turned.m11() == ratio
        && turned.m22() == ratio && isWhole(corner.x()) && isWhole(corner.y()) && isWhole(area.width() * ratio)
        && area.width() == area.height() && painter.opacity() == 1;
}

const QPixmap &picture(GlyphShape shape, double size, const QColor &ink, const QColor &paper, int ratio)
{
    static QHash<PictureKey, QPixmap> pictures;
    if (pictures.size() > PicturesKept)
        pictures.clear();
    QPixmap &known = pictures[{shape, ink.rgba(), paper.rgba(), qRound(size * ratio), ratio}];
    if (known.isNull()) {
        known = QPixmap(qRound(size * ratio), qRound(size * ratio));
        known.setDevicePixelRatio(ratio);
        known.fill(Qt::transparent);
        QPainter painter(&known);
        drawGlyph(&painter, QRectF(0, 0, size, size), shape, ink, paper, 0);
    }
    return known;
}

} // namespace

Glyph glyph(WorkerState state)
{
    switch (state) {
    case WorkerState::Ready:
        return {GlyphShape::TickDisc, Tone::Good};
    case WorkerState::Starting:
        return {GlyphShape::OpenRing, Tone::Info};
    case WorkerState::Waiting:
        return {GlyphShape::Clock, Tone::Warning};
    case WorkerState::Ending:
        return {GlyphShape::EndingRing, Tone::Muted};
    case WorkerState::NotReady:
        return {GlyphShape::DiamondOutlineCross, Tone::Bad};
    case WorkerState::Failing:
        return {GlyphShape::DiamondCross, Tone::Bad};
    case WorkerState::Evicted:
        return {GlyphShape::EvictedSquare, Tone::Bad};
    case WorkerState::NearEviction:
        return {GlyphShape::Cylinder, Tone::Warning};
    case WorkerState::Unknown:
        return {GlyphShape::QuestionRing, Tone::Muted};
    }
    return {};
}

Glyph glyph(SpaceliftState state)
{
    switch (state) {
    case SpaceliftState::Busy:
        return {GlyphShape::Triangle, Tone::Info};
    case SpaceliftState::Idle:
        return {GlyphShape::TriangleOutline, Tone::Good};
    case SpaceliftState::Drained:
        return {GlyphShape::Bars, Tone::Muted};
    }
    return {};
}

Glyph glyph(ContainerState state)
{
    switch (state) {
    case ContainerState::Running:
        return {GlyphShape::SquareFilled, Tone::Good};
    case ContainerState::Starting:
        return {GlyphShape::SquareHalf, Tone::Info};
    case ContainerState::Waiting:
        return {GlyphShape::SquareClock, Tone::Warning};
    case ContainerState::CrashLooping:
        return {GlyphShape::SquareLoop, Tone::Bad};
    case ContainerState::Failed:
        return {GlyphShape::SquareCross, Tone::Bad};
    case ContainerState::Ended:
        return {GlyphShape::SquareOutline, Tone::Muted};
    case ContainerState::None:
        return {GlyphShape::SquareDashed, Tone::Muted};
    }
    return {};
}

Glyph glyph(VolumeState state)
{
    switch (state) {
    case VolumeState::Bound:
        return {GlyphShape::TickDisc, Tone::Good};
    case VolumeState::Pending:
        return {GlyphShape::Clock, Tone::Warning};
    case VolumeState::Growing:
        return {GlyphShape::GrowingRing, Tone::Info};
    case VolumeState::Lost:
        return {GlyphShape::DiamondCross, Tone::Bad};
    case VolumeState::LeftOver:
        return {GlyphShape::DashedRingDot, Tone::Warning};
    }
    return {};
}

Glyph glyph(NodeState state)
{
    switch (state) {
    case NodeState::Ready:
        return {GlyphShape::TickDisc, Tone::Good};
    case NodeState::DiskPressure:
        return {GlyphShape::Cylinder, Tone::Warning};
    case NodeState::Closed:
        return {GlyphShape::BarredRing, Tone::Muted};
    case NodeState::NotReady:
        return {GlyphShape::DiamondOutlineCross, Tone::Bad};
    case NodeState::Unknown:
        return {GlyphShape::QuestionRing, Tone::Muted};
    }
    return {};
}

Glyph glyph(ReleaseState state)
{
    switch (state) {
    case ReleaseState::Deployed:
        return {GlyphShape::TickDisc, Tone::Good};
    case ReleaseState::Installing:
    case ReleaseState::Upgrading:
    case ReleaseState::RollingBack:
    case ReleaseState::Uninstalling:
        return {GlyphShape::OpenRing, Tone::Info};
    case ReleaseState::Pending:
        return {GlyphShape::WarningTriangle, Tone::Warning};
    case ReleaseState::Failed:
        return {GlyphShape::DiamondCross, Tone::Bad};
    case ReleaseState::Superseded:
        return {GlyphShape::Ring, Tone::Muted};
    case ReleaseState::Draft:
        return {GlyphShape::Pencil, Tone::Edited};
    }
    return {};
}

Glyph glyph(ChangeState state)
{
    switch (state) {
    case ChangeState::Unchanged:
        return {GlyphShape::Equals, Tone::Muted};
    case ChangeState::Created:
        return {GlyphShape::Plus, Tone::Good};
    case ChangeState::Changed:
        return {GlyphShape::Wave, Tone::Info};
    case ChangeState::Restarts:
        return {GlyphShape::Loop, Tone::Warning};
    case ChangeState::Replaced:
        return {GlyphShape::TwoArrows, Tone::Warning};
    case ChangeState::Deleted:
        return {GlyphShape::Minus, Tone::Bad};
    case ChangeState::Refused:
        return {GlyphShape::Octagon, Tone::Bad};
    }
    return {};
}

Glyph glyph(Severity severity)
{
    switch (severity) {
    case Severity::Error:
        return {GlyphShape::DiamondCross, Tone::Bad};
    case Severity::Warning:
        return {GlyphShape::WarningTriangle, Tone::Warning};
    case Severity::Hint:
        return {GlyphShape::InfoDisc, Tone::Info};
    }
    return {};
}

void paintGlyph(QPainter *painter, const QRectF &area, Glyph glyph, double turn)
{
    paintGlyph(painter, area, glyph.shape, theme().fill(glyph.tone), theme().surface, turn);
}

void paintGlyph(
    QPainter *painter, const QRectF &area, GlyphShape shape, const QColor &ink, const QColor &paper, double turn)
{
    if (shape == GlyphShape::Nothing)
        return;
    const double ratio = painter->device()->devicePixelRatio();
    if (turn == 0 && mayUsePicture(*painter, area, ratio))
        painter->drawPixmap(area.topLeft(), picture(shape, area.width(), ink, paper, int(ratio)));
    else
        drawGlyph(painter, area, shape, ink, paper, turn);
}

namespace {

void drawGlyph(
    QPainter *painter, const QRectF &area, GlyphShape shape, const QColor &ink, const QColor &paper, double turn)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->translate(area.topLeft());
    painter->scale(area.width() / 16, area.height() / 16);
    // Strokes of the grid are thin at 12 px: never less than 1.2 device-independent pixels.
    const double thinnest = 1.2 * 16 / area.width();
    for (const GlyphLayer &layer : glyphLayers(shape)) {
        const bool onPaper = layer.how == GlyphLayer::How::PaperFill || layer.how == GlyphLayer::How::PaperStroke;
        const bool filled = layer.how == GlyphLayer::How::Fill || layer.how == GlyphLayer::How::PaperFill;
        const QColor color = onPaper ? paper : layer.how == GlyphLayer::How::Faint ? mix(ink, paper, 0.35) : ink;
        if (filled) {
            painter->fillPath(layer.path, color);
            continue;
        }
        QPen pen(color, std::max(layer.width, thinnest), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
        if (layer.dashed) {
            pen.setCapStyle(Qt::FlatCap);
            const double around = layer.path.length() / pen.widthF();
            pen.setDashPattern({around / 16, around / 16}); // eight dashes, wherever the path begins
            pen.setDashOffset(around / 32);
        }
        if (layer.turns && turn != 0) {
            painter->save();
            painter->translate(8, 8);
            painter->rotate(turn);
            painter->translate(-8, -8);
            painter->strokePath(layer.path, pen);
            painter->restore();
        } else {
            painter->strokePath(layer.path, pen);
        }
    }
    painter->restore();
}

} // namespace

QPixmap glyphPixmap(Glyph glyph, int size, double devicePixelRatio)
{
    const QString key = u"pk-glyph-%1-%2-%3-%4-%5"_s.arg(int(glyph.shape))
                            .arg(theme().fill(glyph.tone).rgb())
                            .arg(theme().surface.rgb())
                            .arg(size)
                            .arg(devicePixelRatio);
    QPixmap picture;
    if (QPixmapCache::find(key, &picture))
        return picture;
    picture = QPixmap(QSize(size, size) * devicePixelRatio);
    picture.setDevicePixelRatio(devicePixelRatio);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    paintGlyph(&painter, QRectF(0, 0, size, size), glyph);
    painter.end();
    QPixmapCache::insert(key, picture);
    return picture;
}

QIcon glyphIcon(Glyph glyph)
{
    QIcon icon;
    for (const int size : {16, 20}) {
        icon.addPixmap(glyphPixmap(glyph, size, 1));
        icon.addPixmap(glyphPixmap(glyph, size, 2));
    }
    return icon;
}

} // namespace pk::gui
