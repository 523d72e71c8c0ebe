// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "widgets/chip.h"
#include "widgets/diskbar.h"
#include "widgets/glyphs.h"

#include <QMetaType>
#include <QVector>

namespace pk::gui {

/// What one cell of a table shows. A model returns it for CellRole: `return QVariant::fromValue(Cell::twoLines(a,
/// b));`. The model also returns Qt::AccessibleTextRole (column 0: the sentence of the whole row), and a raw value for
/// sorting under SortRole.
struct Cell
{
    enum class Kind { Text, Mono, Squares, Bar, Chips, Check };

    Kind kind = Kind::Text;
    QString text; ///< first line; Mono and Text
    QString second; ///< second line in small type, may be empty
    Tone tone = Tone::Neutral;
    Tone secondTone = Tone::Muted;
    bool strong = false; ///< first line demibold
    bool secondMono = false;
    bool right = false; ///< number columns
    bool elideMiddle = false; ///< for object names; default: at the end
    bool wraps = false; ///< first line: up to three, where the rows of the table have heights of their own
    bool checked = false;
    Glyph leading; ///< before the text
    int leadingSize = 16;
    QVector<Glyph> squares; ///< launcher, dind
    QStringList squareTips; ///< tooltip of each square
    DiskBarData bar;
    QVector<ChipData> chips; ///< Kind::Chips; with Kind::Text they stand behind the text
    QString tip; ///< tooltip of the rest of the cell; elided text shows itself
    bool stale = false; ///< everything muted

    static Cell plain(const QString &text, Tone tone = Tone::Neutral);
    static Cell muted(const QString &text) { return plain(text, Tone::Muted); }
    static Cell number(const QString &text, Tone tone = Tone::Neutral);
    static Cell mono(const QString &text, const QString &second = {});
    static Cell twoLines(const QString &text, const QString &second, Tone secondTone = Tone::Muted);
    static Cell withGlyph(Glyph glyph, const QString &text, const QString &second = {}, Tone secondTone = Tone::Muted);
    static Cell ofSquares(const QVector<Glyph> &squares, const QStringList &tips);
    static Cell ofBar(const DiskBarData &bar);
    static Cell ofChip(const ChipData &chip);
    static Cell check(bool checked);

    /// All words of the cell in reading order, for screen readers and for copying a row as text.
    QString plainText() const;
};

enum CellRoles {
    CellRole = Qt::UserRole + 1000, ///< Cell
    SortRole, ///< raw value to sort by
    NameRole, ///< name of the object of the row, for Ctrl+Shift+C
};

} // namespace pk::gui

Q_DECLARE_METATYPE(pk::gui::Cell)
