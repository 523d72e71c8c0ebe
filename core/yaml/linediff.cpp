// SPDX-License-Identifier: GPL-3.0-or-later
#include "yaml/linediff.h"

#include "base/ascii.h"

#include <algorithm>
#include <functional>
#include <unordered_map>

namespace pk::yaml {

namespace {

constexpr std::size_t longestLine = 4000; // longer lines are shown as changed as a whole

std::vector<std::string_view> linesOf(std::string_view text)
{
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

/// Marks what two sequences of numbers do not have in common, by Myers' algorithm in linear space.
class Myers
{
public:
    Myers(const std::vector<int> &a, const std::vector<int> &b, int costLimit) :
        m_a(a), m_b(b), m_costLimit(costLimit), m_removed(a.size()), m_added(b.size())
    {
    }

    void run() { compare(0, static_cast<int>(m_a.size()), 0, static_cast<int>(m_b.size())); }
    bool isRemoved(std::size_t line) const { return m_removed[line]; }
    bool isAdded(std::size_t line) const { return m_added[line]; }

private:
    struct Middle
    {
        int x = 0;
        int y = 0;
        bool found = false;
    };

    void compare(int aBegin, int aEnd, int bBegin, int bEnd)
    {
        while (aBegin < aEnd && bBegin < bEnd && at(m_a, aBegin) == at(m_b, bBegin))
            ++aBegin, ++bBegin;
        while (aBegin < aEnd && bBegin < bEnd && at(m_a, aEnd - 1) == at(m_b, bEnd - 1))
            --aEnd, --bEnd;
        if (aBegin == aEnd || bBegin == bEnd)
            return mark(aBegin, aEnd, bBegin, bEnd);
        const Middle middle = findMiddle(aBegin, aEnd, bBegin, bEnd);
        const bool splits =
            middle.found && (middle.x > aBegin || middle.y > bBegin) && (middle.x < aEnd || middle.y < bEnd);
        if (!splits)
            return mark(aBegin, aEnd, bBegin, bEnd);
        compare(aBegin, middle.x, bBegin, middle.y);
        compare(middle.x, aEnd, middle.y, bEnd);
    }

    void mark(int aBegin, int aEnd, int bBegin, int bEnd)
    {
        std::fill(m_removed.begin() + aBegin, m_removed.begin() + aEnd, true);
        std::fill(m_added.begin() + bBegin, m_added.begin() + bEnd, true);
    }

    static int at(const std::vector<int> &line, int index) { return line[static_cast<std::size_t>(index)]; }

    /// Walks from both ends at once until the paths meet: a point of a shortest script.
    Middle findMiddle(int aBegin, int aEnd, int bBegin, int bEnd)
    {
        const int n = aEnd - aBegin;
        const int m = bEnd - bBegin;
        const int delta = n - m;
        const int most = std::min((n + m + 1) / 2, m_costLimit);
        const int offset = most + 1;
        m_forward.assign(static_cast<std::size_t>(2 * offset + 1), 0);
        m_backward.assign(static_cast<std::size_t>(2 * offset + 1), 0);
        const auto furthest = [&](std::vector<int> &v, int k) -> int & {
            return v[static_cast<std::size_t>(k + offset)];
        };
        for (int d = 0; d <= most; ++d) {
            for (int k = -d; k <= d; k += 2) {
                const bool down = k == -d || (k != d && furthest(m_forward, k - 1) < furthest(m_forward, k + 1));
                int x = down ? furthest(m_forward, k + 1) : furthest(m_forward, k - 1) + 1;
                while (x < n && x - k < m && x - k >= 0 && at(m_a, aBegin + x) == at(m_b, bBegin + x - k))
                    ++x;
                furthest(m_forward, k) = x;
                const int other = delta - k;
                if (delta % 2 != 0 && other >= -(d - 1) && other <= d - 1 && x + furthest(m_backward, other) >= n)
                    return inside(aBegin, bBegin, x, x - k, n, m);
            }
            for (int k = -d; k <= d; k += 2) {
                const bool down = k == -d || (k != d && furthest(m_backward, k - 1) < furthest(m_backward, k + 1));
                int x = down ? furthest(m_backward, k + 1) : furthest(m_backward, k - 1) + 1;
                while (x < n && x - k < m && x - k >= 0 && at(m_a, aEnd - 1 - x) == at(m_b, bEnd - 1 - (x - k)))
                    ++x;
                furthest(m_backward, k) = x;
                const int other = delta - k;
                if (delta % 2 == 0 && other >= -d && other <= d && x + furthest(m_forward, other) >= n)
                    return inside(aBegin, bBegin, n - x, m - (x - k), n, m);
            }
        }
        return {};
    }

    static Middle inside(int aBegin, int bBegin, int x, int y, int n, int m)
    {
        if (x < 0 || y < 0 || x > n || y > m)
            return {};
        return {aBegin + x, bBegin + y, true};
    }

    const std::vector<int> &m_a;
    const std::vector<int> &m_b;
    int m_costLimit;
    std::vector<bool> m_removed;
    std::vector<bool> m_added;
    std::vector<int> m_forward;
    std::vector<int> m_backward;
};

/// Equal texts get equal numbers.
class Numbering
{
public:
    std::vector<int> number(const std::vector<std::string_view> &texts)
    {
        std::vector<int> numbers;
        numbers.reserve(texts.size());
        for (const std::string_view text : texts)
            numbers.push_back(m_numbers.try_emplace(text, static_cast<int>(m_numbers.size())).first->second);
        return numbers;
    }

private:
    std::unordered_map<std::string_view, int> m_numbers;
};

/// Words, runs of blanks, and single other characters.
std::vector<std::string_view> tokensOf(std::string_view line)
{
    const auto classOf = [](char c) {
        const bool word = ascii::isAlphanumeric(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80;
        return word ? 1 : (c == ' ' || c == '\t') ? 2 : 0;
    };
    std::vector<std::string_view> tokens;
    for (std::size_t i = 0; i < line.size();) {
        std::size_t end = i + 1;
        const int kind = classOf(line[i]);
        while (kind != 0 && end < line.size() && classOf(line[end]) == kind)
            ++end;
        tokens.push_back(line.substr(i, end - i));
        i = end;
    }
    return tokens;
}

/// Spans of the marked tokens, joined where they touch; returns how many bytes they cover.
std::size_t spansOf(const std::vector<std::string_view> &tokens, const std::function<bool(std::size_t)> &isMarked,
    std::vector<Span> &spans)
{
    std::size_t at = 0;
    std::size_t covered = 0;
    for (std::size_t i = 0; i < tokens.size(); at += tokens[i++].size()) {
        if (!isMarked(i))
            continue;
        covered += tokens[i].size();
        if (!spans.empty() && spans.back().end == at)
            spans.back().end += tokens[i].size();
        else
            spans.push_back({at, at + tokens[i].size()});
    }
    return covered;
}

void pairChangedLines(std::vector<DiffLine> &lines)
{
    for (std::size_t i = 0; i < lines.size();) {
        std::size_t added = i;
        while (added < lines.size() && lines[added].kind == DiffLine::Kind::Removed)
            ++added;
        std::size_t end = added;
        while (end < lines.size() && lines[end].kind == DiffLine::Kind::Added)
            ++end;
        for (std::size_t k = 0; i + k < added && added + k < end; ++k)
            diffWithinLine(lines[i + k].text, lines[added + k].text, lines[i + k].changed, lines[added + k].changed);
        i = std::max(end, i + 1);
    }
}

Hunk makeHunk(std::vector<DiffLine> lines, int oldBefore, int newBefore)
{
    Hunk hunk;
    for (const DiffLine &line : lines) {
        hunk.oldCount += line.kind != DiffLine::Kind::Added;
        hunk.newCount += line.kind != DiffLine::Kind::Removed;
    }
    hunk.oldStart = oldBefore + (hunk.oldCount > 0 ? 1 : 0);
    hunk.newStart = newBefore + (hunk.newCount > 0 ? 1 : 0);
    pairChangedLines(lines);
    hunk.lines = std::move(lines);
    return hunk;
}

/// Cuts the whole comparison into hunks.
std::vector<Hunk> hunksOf(const std::vector<DiffLine> &all, std::size_t context)
{
    std::vector<Hunk> hunks;
    int oldSeen = 0;
    int newSeen = 0;
    std::size_t done = 0;
    const auto pass = [&](std::size_t end) {
        for (; done < end; ++done) {
            oldSeen += all[done].kind != DiffLine::Kind::Added;
            newSeen += all[done].kind != DiffLine::Kind::Removed;
        }
    };
    const auto isChange = [&](std::size_t i) { return all[i].kind != DiffLine::Kind::Equal; };
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (!isChange(i))
            continue;
        const std::size_t begin = i - std::min(context, i - done);
        std::size_t end = i + 1;
        for (std::size_t j = i + 1; j < all.size() && j <= end + 2 * context; ++j) {
            if (isChange(j))
                end = j + 1;
        }
        const std::size_t stop = std::min(end + context, all.size());
        pass(begin);
        const int oldBefore = oldSeen;
        const int newBefore = newSeen;
        std::vector<DiffLine> lines(
            all.begin() + static_cast<std::ptrdiff_t>(begin), all.begin() + static_cast<std::ptrdiff_t>(stop));
        hunks.push_back(makeHunk(std::move(lines), oldBefore, newBefore));
        pass(stop);
        i = stop - 1;
    }
    return hunks;
}

} // namespace

std::vector<Hunk> diffLines(std::string_view oldText, std::string_view newText, int context, int costLimit)
{
    if (oldText == newText)
        return {};
    const std::vector<std::string_view> oldLines = linesOf(oldText);
    const std::vector<std::string_view> newLines = linesOf(newText);
    Numbering numbering;
    const std::vector<int> a = numbering.number(oldLines);
    const std::vector<int> b = numbering.number(newLines);
    Myers myers(a, b, costLimit);
    myers.run();

    std::vector<DiffLine> all;
    all.reserve(std::max(a.size(), b.size()));
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < a.size() || j < b.size()) {
        if (i < a.size() && myers.isRemoved(i)) {
            all.push_back({DiffLine::Kind::Removed, static_cast<int>(i) + 1, 0, oldLines[i], {}});
            ++i;
        } else if (j < b.size() && myers.isAdded(j)) {
            all.push_back({DiffLine::Kind::Added, 0, static_cast<int>(j) + 1, newLines[j], {}});
            ++j;
        } else {
            all.push_back({DiffLine::Kind::Equal, static_cast<int>(i) + 1, static_cast<int>(j) + 1, oldLines[i], {}});
            ++i, ++j;
        }
    }
    return hunksOf(all, static_cast<std::size_t>(std::max(context, 0)));
}

void diffWithinLine(
    std::string_view oldLine, std::string_view newLine, std::vector<Span> &oldSpans, std::vector<Span> &newSpans)
{
    oldSpans.clear();
    newSpans.clear();
    const auto whole = [&] {
        oldSpans.assign(oldLine.empty() ? 0 : 1, Span{0, oldLine.size()});
        newSpans.assign(newLine.empty() ? 0 : 1, Span{0, newLine.size()});
    };
    if (oldLine.size() > longestLine || newLine.size() > longestLine)
        return whole();
    const std::vector<std::string_view> oldTokens = tokensOf(oldLine);
    const std::vector<std::string_view> newTokens = tokensOf(newLine);
    Numbering numbering;
    const std::vector<int> a = numbering.number(oldTokens);
    const std::vector<int> b = numbering.number(newTokens);
    Myers myers(a, b, static_cast<int>(longestLine));
    myers.run();
    const std::size_t removed = spansOf(
        oldTokens, [&](std::size_t i) { return myers.isRemoved(i); }, oldSpans);
    const std::size_t added = spansOf(
        newTokens, [&](std::size_t i) { return myers.isAdded(i); }, newSpans);
    const std::size_t longer = std::max(oldLine.size(), newLine.size());
    if (10 * std::max(removed, added) > 6 * longer)
        whole();
}

} // namespace pk::yaml
