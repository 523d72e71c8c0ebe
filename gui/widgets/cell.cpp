// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/cell.h"

#include <QCoreApplication>

namespace pk::gui {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Cell)
};

} // namespace

Cell Cell::plain(const QString &text, Tone tone)
{
    Cell cell;
    cell.text = text;
    cell.tone = tone;
    return cell;
}

Cell Cell::number(const QString &text, Tone tone)
{
    Cell cell = plain(text, tone);
    cell.right = true;
    return cell;
}

Cell Cell::mono(const QString &text, const QString &second)
{
    Cell cell = plain(text);
    cell.kind = Kind::Mono;
    cell.second = second;
    cell.elideMiddle = true;
    return cell;
}

Cell Cell::twoLines(const QString &text, const QString &second, Tone secondTone)
{
    Cell cell = plain(text);
    cell.second = second;
    cell.secondTone = secondTone;
    return cell;
}

Cell Cell::withGlyph(Glyph glyph, const QString &text, const QString &second, Tone secondTone)
{
    Cell cell = twoLines(text, second, secondTone);
    cell.leading = glyph;
    cell.strong = true;
    return cell;
}

Cell Cell::ofSquares(const QVector<Glyph> &squares, const QStringList &tips)
{
    Cell cell;
    cell.kind = Kind::Squares;
    cell.squares = squares;
    cell.squareTips = tips;
    return cell;
}

Cell Cell::ofBar(const DiskBarData &bar)
{
    Cell cell;
    cell.kind = Kind::Bar;
    cell.bar = bar;
    return cell;
}

Cell Cell::ofChip(const ChipData &chip)
{
    Cell cell;
    cell.kind = Kind::Chips;
    cell.chips = {chip};
    return cell;
}

Cell Cell::check(bool checked)
{
    Cell cell;
    cell.kind = Kind::Check;
    cell.checked = checked;
    return cell;
}

QString Cell::plainText() const
{
    switch (kind) {
    case Kind::Squares:
        return squareTips.join(QStringLiteral(", "));
    case Kind::Bar:
        return diskBarSentence(bar);
    case Kind::Check:
        return checked ? Words::tr("ticked") : Words::tr("not ticked");
    case Kind::Text:
    case Kind::Mono:
    case Kind::Chips:
        break;
    }
    QStringList words;
    for (const QString &word : {text, second}) {
        if (!word.isEmpty())
            words << word;
    }
    for (const ChipData &chip : chips)
        words << chip.text;
    return words.join(QStringLiteral(", "));
}

} // namespace pk::gui
