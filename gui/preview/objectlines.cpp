// SPDX-License-Identifier: GPL-3.0-or-later
#include "preview/objectlines.h"

#include "yaml/linediff.h"

#include <algorithm>
#include <limits>

namespace pk::gui {

namespace {

std::string_view view(const QByteArray &bytes)
{
    return {bytes.constData(), std::size_t(bytes.size())};
}

DiffLine::Kind kindOf(yaml::DiffLine::Kind kind)
{
    switch (kind) {
    case yaml::DiffLine::Kind::Added:
        return DiffLine::Kind::Added;
    case yaml::DiffLine::Kind::Removed:
        return DiffLine::Kind::Removed;
    case yaml::DiffLine::Kind::Equal:
        break;
    }
    return DiffLine::Kind::Same;
}

} // namespace

QVector<DiffLine> plainLines(const QByteArray &text)
{
    QVector<DiffLine> lines;
    int number = 0;
    for (const QByteArray &line : text.split('\n')) {
        ++number;
        lines.append({DiffLine::Kind::Same, number, number, line, {}});
    }
    if (!lines.isEmpty() && lines.last().text.isEmpty())
        lines.removeLast();
    return lines;
}

QVector<DiffLine> comparedLines(const QByteArray &before, const QByteArray &after)
{
    QVector<DiffLine> lines;
    for (const yaml::Hunk &hunk : yaml::diffLines(view(before), view(after), std::numeric_limits<int>::max() / 2)) {
        for (const yaml::DiffLine &line : hunk.lines) {
            lines.append({kindOf(line.kind), line.oldLine, line.newLine,
                QByteArray(line.text.data(), qsizetype(line.text.size())), {}});
        }
    }
    // Equal texts have no difference at all, but are shown.
    return lines.isEmpty() ? plainLines(after) : lines;
}

void JoinedLines::append(const QVector<DiffLine> &lines)
{
    if (!m_lines.isEmpty())
        m_lines.append({DiffLine::Kind::Same, ++m_old, ++m_new, QByteArrayLiteral("---"), {}});
    m_starts.append(m_new + 1);
    const int oldBefore = m_old;
    const int newBefore = m_new;
    for (DiffLine line : lines) {
        line.oldNumber += line.oldNumber > 0 ? oldBefore : 0;
        line.newNumber += line.newNumber > 0 ? newBefore : 0;
        m_old = std::max(m_old, line.oldNumber);
        m_new = std::max(m_new, line.newNumber);
        m_lines.append(std::move(line));
    }
}

QByteArray textOf(const QVector<DiffLine> &lines, bool compared)
{
    QByteArray text;
    for (const DiffLine &line : lines) {
        if (compared)
            text += line.kind == DiffLine::Kind::Added ? '+' : line.kind == DiffLine::Kind::Removed ? '-' : ' ';
        text += line.text + '\n';
    }
    return text;
}

} // namespace pk::gui
