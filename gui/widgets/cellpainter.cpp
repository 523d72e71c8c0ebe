// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/cellpainter.h"

#include "widgets/measures.h"
#include "widgets/wordwrap.h"

#include <QStyle>

namespace pk::gui {
namespace {

constexpr int squareSize = 14;
constexpr int squarePitch = 20;
constexpr int checkSize = 16;
constexpr int gap = 10;
constexpr int mostLines = 3; ///< Of a text that wraps.

QFont firstFont(const Cell &cell)
{
    if (cell.kind == Cell::Kind::Mono)
        return fonts::denseCode();
    return cell.strong ? fonts::strong() : fonts::body();
}

QFont secondFont(const Cell &cell)
{
    return cell.secondMono ? fonts::denseCode() : fonts::small();
}

/// Room of the texts: right of the leading glyph.
QRect textArea(const Cell &cell, const QRect &area, Qt::LayoutDirection direction)
{
    if (cell.leading.isNull())
        return area;
    return QStyle::visualRect(direction, area, area.adjusted(cell.leadingSize + gap, 0, 0, 0));
}

/// The first text in the lines that it takes.
QStringList firstLines(const Cell &cell, int width)
{
    const QFontMetrics metrics(firstFont(cell));
    if (!cell.wraps || width <= 0 || metrics.horizontalAdvance(cell.text) <= width)
        return {cell.text};
    QStringList lines = wordWrapped(cell.text, metrics, width);
    if (lines.size() > mostLines)
        lines = lines.mid(0, mostLines - 1) << lines.mid(mostLines - 1).join(QLatin1Char(' '));
    return lines;
}

int chipsWidth(const Cell &cell)
{
    int width = 0;
    for (const ChipData &chip : cell.chips)
        width += chipSize(chip, fonts::smallStrong()).width() + 6;
    return width;
}

} // namespace

CellPainter::CellPainter(QPainter *painter, Qt::LayoutDirection direction, const QColor &paper) :
    m_painter(painter), m_direction(direction), m_paper(paper)
{
}

QRect CellPainter::contents(const QRect &cell)
{
    return cell.adjusted(8, 0, -8, -1);
}

QRect CellPainter::squareRect(const QRect &area, int index, Qt::LayoutDirection direction)
{
    const QRect square(
        area.left() + index * squarePitch, area.center().y() - squareSize / 2 + 1, squareSize, squareSize);
    return QStyle::visualRect(direction, area, square);
}

QRect CellPainter::checkRect(const QRect &area, Qt::LayoutDirection direction)
{
    return QStyle::visualRect(
        direction, area, QRect(area.left(), area.center().y() - checkSize / 2 + 1, checkSize, checkSize));
}

void CellPainter::paint(const Cell &cell, const QRect &area)
{
    const Theme &t = theme();
    switch (cell.kind) {
    case Cell::Kind::Squares:
        for (int i = 0; i < cell.squares.size(); ++i) {
            const Glyph glyph = cell.squares[i];
            paintGlyph(m_painter, squareRect(area, i, m_direction), glyph.shape,
                cell.stale ? t.soft(glyph.tone) : t.fill(glyph.tone), m_paper);
        }
        return;
    case Cell::Kind::Bar:
        m_painter->setFont(fonts::body());
        paintDiskBar(m_painter, area, cell.bar, cell.stale);
        return;
    case Cell::Kind::Check:
        paintCheckBox(m_painter, checkRect(area, m_direction), cell.checked, false, true);
        return;
    case Cell::Kind::Chips:
        paintChips(cell, area);
        return;
    case Cell::Kind::Text:
    case Cell::Kind::Mono:
        break;
    }
    if (!cell.leading.isNull()) {
        const int size = cell.leadingSize;
        const QRect box(area.left(), area.center().y() - size / 2 + 1, size, size);
        paintGlyph(m_painter, QStyle::visualRect(m_direction, area, box), cell.leading.shape,
            cell.stale ? t.muted : t.fill(cell.leading.tone), m_paper);
    }
    paintTexts(cell, textArea(cell, area, m_direction));
}

void CellPainter::paintTexts(const Cell &cell, QRect area)
{
    const Theme &t = theme();
    if (!cell.chips.isEmpty()) {
        const QFontMetrics metrics(firstFont(cell));
        const int chips = chipsWidth(cell);
        const int text = std::min(metrics.horizontalAdvance(cell.text) + 8, std::max(0, area.width() - chips));
        paintChips(cell, QStyle::visualRect(m_direction, area, area.adjusted(text, 0, 0, 0)));
        area = QStyle::visualRect(m_direction, area, QRect(area.left(), area.top(), text - 8, area.height()));
    }
    const auto elide = cell.elideMiddle ? Qt::ElideMiddle : Qt::ElideRight;
    const auto side = QStyle::visualAlignment(m_direction, cell.right ? Qt::AlignRight : Qt::AlignLeft);
    const auto draw = [&](const QString &text, const QFont &font, const QRect &line, Tone tone,
                          Qt::TextElideMode mode) {
        m_painter->setFont(font);
        m_painter->setPen(cell.stale ? t.muted : t.ink(tone));
        m_painter->drawText(line, side | Qt::AlignVCenter | Qt::TextSingleLine,
            QFontMetrics(font).elidedText(text, mode, line.width()));
    };
    const QFont first = firstFont(cell);
    const QStringList lines = firstLines(cell, area.width());
    if (cell.second.isEmpty() && lines.size() == 1) {
        draw(cell.text, first, area, cell.tone, elide);
        return;
    }
    const QFont second = secondFont(cell);
    const int line = QFontMetrics(fonts::body()).height();
    const int above = line * int(lines.size());
    const int below = cell.second.isEmpty() ? 0 : QFontMetrics(fonts::small()).height();
    const int top = area.top() + (area.height() - above - below + 1) / 2;
    for (int i = 0; i < lines.size(); ++i)
        draw(lines[i], first, QRect(area.left(), top + i * line, area.width(), line), cell.tone, elide);
    draw(
        cell.second, second, QRect(area.left(), top + above - 1, area.width(), below), cell.secondTone, Qt::ElideRight);
}

void CellPainter::paintChips(const Cell &cell, QRect area)
{
    const QFont font = fonts::smallStrong();
    int x = area.left();
    for (const ChipData &chip : cell.chips) {
        const QSize size = chipSize(chip, font);
        const QRect box(x, area.center().y() - size.height() / 2 + 1, size.width(), size.height());
        if (box.right() > area.right() + 1)
            return;
        paintChip(m_painter, QStyle::visualRect(m_direction, area, box), chip, font);
        x += size.width() + 6;
    }
}

void CellPainter::paintCheckFocus(const QRect &area)
{
    m_painter->save();
    m_painter->setRenderHint(QPainter::Antialiasing);
    m_painter->setPen(QPen(theme().accent, 2));
    m_painter->setBrush(Qt::NoBrush);
    m_painter->drawRoundedRect(QRectF(checkRect(area, m_direction)).adjusted(-2, -2, 2, 2), measure::checkRadius + 2,
        measure::checkRadius + 2);
    m_painter->restore();
}

int CellPainter::extraHeight(const Cell &cell, const QRect &area, Qt::LayoutDirection direction)
{
    if (!cell.wraps)
        return 0;
    const qsizetype lines = firstLines(cell, textArea(cell, area, direction).width()).size();
    return int(lines - 1) * QFontMetrics(fonts::body()).height();
}

QString CellPainter::toolTipAt(const Cell &cell, const QRect &area, const QPoint &point, Qt::LayoutDirection direction)
{
    if (cell.kind == Cell::Kind::Squares) {
        for (int i = 0; i < std::min(cell.squares.size(), cell.squareTips.size()); ++i) {
            if (squareRect(area, i, direction).adjusted(-3, -6, 3, 6).contains(point))
                return cell.squareTips[i];
        }
        return cell.tip;
    }
    if (!cell.tip.isEmpty())
        return cell.tip;
    if (cell.kind == Cell::Kind::Bar)
        return diskBarSentence(cell.bar);
    const int room = textArea(cell, area, direction).width() - chipsWidth(cell);
    const bool elided = QFontMetrics(firstFont(cell)).horizontalAdvance(cell.text) > room
        || QFontMetrics(secondFont(cell)).horizontalAdvance(cell.second) > room;
    if (!elided)
        return {};
    return cell.second.isEmpty() ? cell.text : cell.text + QLatin1Char('\n') + cell.second;
}

void paintCheckBox(QPainter *painter, const QRectF &box, bool checked, bool partly, bool enabled)
{
    const Theme &t = theme();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRectF edge = box.adjusted(0.5, 0.5, -0.5, -0.5);
    const bool filled = checked || partly;
    if (filled)
        painter->setPen(Qt::NoPen);
    else
        painter->setPen(enabled ? t.control : t.border);
    painter->setBrush(filled ? (enabled ? t.accent : t.control) : t.dark ? t.sunken : t.surface);
    painter->drawRoundedRect(filled ? box : edge, measure::checkRadius, measure::checkRadius);
    painter->setPen(QPen(t.onAccent, 1.7, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->setBrush(Qt::NoBrush);
    painter->translate(box.topLeft());
    painter->scale(box.width() / 16, box.height() / 16);
    if (partly)
        painter->drawLine(QPointF(4.5, 8), QPointF(11.5, 8));
    else if (checked)
        painter->drawPolyline(QPolygonF({{4.2, 8.4}, {7, 11}, {11.8, 5.4}}));
    painter->restore();
}

} // namespace pk::gui
