// SPDX-License-Identifier: GPL-3.0-or-later
#include "preview/labellines.h"

namespace pk::gui {

namespace {

/// Follows one side of a difference from line to line: is it within a block of labels or annotations?
class LabelBlock
{
public:
    /// Goes on to the next line of the side; true when it belongs to such a block, its head included.
    bool next(const QByteArray &line)
    {
        const QByteArray text = line.trimmed();
        if (text.isEmpty())
            return m_indent >= 0;
        const qsizetype indent = line.indexOf(text.front());
        if (m_indent >= 0 && indent > m_indent)
            return true;
        const bool head =
            text == "labels:" || text == "annotations:" || text == "labels: {}" || text == "annotations: {}";
        m_indent = head ? indent : -1;
        return head;
    }

private:
    qsizetype m_indent = -1; ///< Of the block's head; -1: outside.
};

} // namespace

QVector<DiffLine> withoutLabelChanges(const QVector<DiffLine> &lines)
{
    QVector<DiffLine> kept;
    kept.reserve(lines.size());
    LabelBlock before;
    LabelBlock after;
    QVector<int> gone; // numbers of removed lines that the next added ones stand in for
    for (const DiffLine &line : lines) {
        DiffLine shown = line;
        switch (line.kind) {
        case DiffLine::Kind::Same:
            before.next(line.text);
            after.next(line.text);
            gone.clear();
            break;
        case DiffLine::Kind::Removed:
            if (before.next(line.text)) {
                gone.append(line.oldNumber);
                continue;
            }
            break;
        case DiffLine::Kind::Added:
            if (after.next(line.text)) {
                shown.kind = DiffLine::Kind::Same;
                shown.oldNumber = gone.isEmpty() ? 0 : gone.takeFirst();
            }
            break;
        }
        kept.append(shown);
    }
    return kept;
}

} // namespace pk::gui
