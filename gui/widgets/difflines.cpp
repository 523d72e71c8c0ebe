// SPDX-License-Identifier: GPL-3.0-or-later

#include "widgets/difflines.h"

#include <algorithm>

namespace pk::gui {
namespace {

using Range = DiffLine::Range;

/// Above this many pairs of tokens two lines count as wholly different; typing must not wait for a megabyte line.
constexpr qsizetype mostPairs = 40000;
constexpr double mostChanged = 0.6;
constexpr int fewestHidden = 7;

bool isWord(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || (c & 0x80);
}

/// Words, and every other byte by itself; blanks in a row are one token.
QVector<Range> tokens(const QByteArray &text)
{
    QVector<Range> result;
    for (int at = 0; at < text.size();) {
        int end = at + 1;
        if (isWord(text[at])) {
            while (end < text.size() && isWord(text[end]))
                ++end;
        } else if (text[at] == ' ') {
            while (end < text.size() && text[end] == ' ')
                ++end;
        }
        result.append({at, end});
        at = end;
    }
    return result;
}

Range wholeLine(const QByteArray &text)
{
    int from = 0;
    while (from < text.size() && text[from] == ' ')
        ++from;
    return {from, int(text.size())};
}

/// Ranges of the tokens that are not `kept`, joined where they touch or only blanks lie between.
QVector<Range> changedRanges(const QByteArray &text, const QVector<Range> &all, const QVector<bool> &kept)
{
    QVector<Range> result;
    int changed = 0;
    for (qsizetype i = 0; i < all.size(); ++i) {
        if (kept[i])
            continue;
        if (text[all[i].from] != ' ')
            changed += all[i].to - all[i].from;
        const bool touches =
            !result.isEmpty() && text.mid(result.last().to, all[i].from - result.last().to).trimmed().isEmpty();
        if (touches)
            result.last().to = all[i].to;
        else
            result.append(all[i]);
    }
    const Range whole = wholeLine(text);
    const bool most = changed > mostChanged * (whole.to - whole.from);
    return most && whole.to > whole.from ? QVector<Range>{whole} : result;
}

void markPair(DiffLine &before, DiffLine &after)
{
    const QVector<Range> olds = tokens(before.text), news = tokens(after.text);
    QVector<bool> keptOld(olds.size(), false), keptNew(news.size(), false);
    if (olds.size() * news.size() <= mostPairs) {
        const auto same = [&](qsizetype i, qsizetype j) {
            return QByteArrayView(before.text).sliced(olds[i].from, olds[i].to - olds[i].from)
                == QByteArrayView(after.text).sliced(news[j].from, news[j].to - news[j].from);
        };
        // Longest common subsequence of tokens, from the end, then walked from the start.
        const qsizetype width = news.size() + 1;
        QVector<int> longest((olds.size() + 1) * width, 0);
        for (qsizetype i = olds.size() - 1; i >= 0; --i) {
            for (qsizetype j = news.size() - 1; j >= 0; --j) {
                longest[i * width + j] = same(i, j)
                    ? longest[(i + 1) * width + j + 1] + 1
                    : std::max(longest[(i + 1) * width + j], longest[i * width + j + 1]);
            }
        }
        for (qsizetype i = 0, j = 0; i < olds.size() && j < news.size();) {
            if (same(i, j)) {
                keptOld[i++] = true;
                keptNew[j++] = true;
            } else if (longest[(i + 1) * width + j] >= longest[i * width + j + 1]) {
                ++i;
            } else {
                ++j;
            }
        }
    }
    before.changed = changedRanges(before.text, olds, keptOld);
    after.changed = changedRanges(after.text, news, keptNew);
}

} // namespace

void markChangedCharacters(QVector<DiffLine> &lines)
{
    for (qsizetype at = 0; at < lines.size();) {
        const qsizetype removed = at;
        while (at < lines.size() && lines[at].kind == DiffLine::Kind::Removed)
            ++at;
        const qsizetype added = at;
        while (at < lines.size() && lines[at].kind == DiffLine::Kind::Added)
            ++at;
        const qsizetype pairs = std::min(added - removed, at - added);
        for (qsizetype i = 0; i < pairs; ++i)
            markPair(lines[removed + i], lines[added + i]);
        if (at == removed)
            ++at;
    }
}

QVector<DiffRow> foldUnchanged(const QVector<DiffLine> &lines, int context, const QVector<int> &expanded)
{
    QVector<DiffRow> rows;
    for (int at = 0; at < lines.size();) {
        if (lines[at].kind != DiffLine::Kind::Same) {
            rows.append({at++, 0});
            continue;
        }
        int end = at;
        while (end < lines.size() && lines[end].kind == DiffLine::Kind::Same)
            ++end;
        // Context belongs to a change: none before the first line of the text, none after its last.
        const int from = at == 0 ? 0 : std::min(end, at + context);
        const int to = end == lines.size() ? end : std::max(from, end - context);
        const bool folds = context >= 0 && to - from >= fewestHidden && !expanded.contains(from);
        for (int i = at; i < (folds ? from : end); ++i)
            rows.append({i, 0});
        if (folds) {
            rows.append({from, to - from});
            for (int i = to; i < end; ++i)
                rows.append({i, 0});
        }
        at = end;
    }
    return rows;
}

QVector<int> changeStarts(const QVector<DiffLine> &lines)
{
    QVector<int> starts;
    for (int i = 0; i < lines.size(); ++i) {
        const bool changed = lines[i].kind != DiffLine::Kind::Same;
        if (changed && (i == 0 || lines[i - 1].kind == DiffLine::Kind::Same))
            starts.append(i);
    }
    return starts;
}

} // namespace pk::gui
