// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QVector>

namespace pk::gui {

/// One line of a difference, in the order in which a unified difference shows them.
struct DiffLine
{
    enum class Kind { Same, Added, Removed };
    /// Bytes of UTF-8 in `text`, `to` exclusive.
    struct Range
    {
        int from = 0;
        int to = 0;
        bool operator==(const Range &) const = default;
    };

    Kind kind = Kind::Same;
    int oldNumber = 0; ///< from 1; 0: not in the old text
    int newNumber = 0;
    QByteArray text; ///< UTF-8 without line end
    QVector<Range> changed; ///< filled by markChangedCharacters()
    bool varies = false; ///< differs with each rendering, whatever it is compared with
    bool operator==(const DiffLine &) const = default;
};

/// Marks what differs between a removed line and the added line at the same place of the same run, token by token. When
/// more than 60 % of a line differs, the line as a whole (without its indentation) is one range; lines without a
/// partner have none.
void markChangedCharacters(QVector<DiffLine> &lines);

/// A line of the view: either a line of the difference, or a fold that stands for several.
struct DiffRow
{
    int line = -1; ///< index into the lines, or of the first hidden one
    int hidden = 0; ///< number of hidden lines; 0: an ordinary line
    bool operator==(const DiffRow &) const = default;
};

/// Rows with unchanged stretches folded: `context` lines stay around each change, and a stretch is folded when over six
/// lines would be hidden. `expanded` holds first hidden lines that the person opened. context < 0: nothing folds.
QVector<DiffRow> foldUnchanged(const QVector<DiffLine> &lines, int context, const QVector<int> &expanded = {});

/// Runs of changes, each as index of its first line: what "Change 1 of 4" counts.
QVector<int> changeStarts(const QVector<DiffLine> &lines);

} // namespace pk::gui
