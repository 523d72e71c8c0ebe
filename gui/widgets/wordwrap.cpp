// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/wordwrap.h"

namespace pk::gui {

namespace {

/// The longest beginning of `word` that fits, at least one character.
qsizetype fitting(const QString &word, const QFontMetrics &metrics, int room)
{
    qsizetype length = 1;
    while (length < word.size() && metrics.horizontalAdvance(word.left(length + 1)) <= room)
        ++length;
    return length;
}

} // namespace

QStringList wordWrapped(const QString &text, const QFontMetrics &metrics, int room)
{
    QStringList lines;
    for (const QString &paragraph : text.split(u'\n')) {
        QString line;
        for (QString word : paragraph.split(u' ', Qt::SkipEmptyParts)) {
            const QString longer = line.isEmpty() ? word : line + u' ' + word;
            if (metrics.horizontalAdvance(longer) <= room) {
                line = longer;
                continue;
            }
            if (!line.isEmpty())
                lines.append(line);
            while (metrics.horizontalAdvance(word) > room && word.size() > 1) {
                const qsizetype length = fitting(word, metrics, room);
                lines.append(word.left(length));
                word.remove(0, length);
            }
            line = word;
        }
        lines.append(line);
    }
    return lines;
}

} // namespace pk::gui
