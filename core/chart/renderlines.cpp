// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/renderlines.h"

#include <algorithm>

namespace pk::chart {

namespace {

constexpr std::string_view noValue = "<no value>";
constexpr std::string_view valuesPrefix = "Values.";

/// Moves offsets to where they are once each "<no value>" is gone.
class Shrinker
{
public:
    explicit Shrinker(std::string_view text)
    {
        for (auto at = text.find(noValue); at != std::string_view::npos; at = text.find(noValue, at + noValue.size()))
            m_removed.push_back(static_cast<std::uint32_t>(at));
    }

    std::uint32_t shifted(std::uint32_t offset) const
    {
        const auto before = static_cast<std::size_t>(std::ranges::lower_bound(m_removed, offset) - m_removed.begin());
        if (before == 0)
            return offset;
        const auto last = std::min<std::size_t>(noValue.size(), offset - m_removed[before - 1]);
        return offset - static_cast<std::uint32_t>((before - 1) * noValue.size() + last);
    }

private:
    std::vector<std::uint32_t> m_removed;
};

} // namespace

/// Goes through the lines of one file from its start to its end, so that a long file costs no more a line than a short
/// one.
class LineMapper::Sweep
{
public:
    Sweep(const LineMapper &mapper, const FileSpans &spans, std::string_view text) :
        m_mapper(mapper), m_spans(spans), m_text(text)
    {
    }

    /// `begin` and `end` bound one line of the text; each line begins behind the one before.
    LineOrigin originOf(std::size_t begin, std::size_t end);

private:
    const tmpl::OutputSpan *conditionAround(std::size_t begin, std::size_t end);
    std::uint32_t linesInto(const tmpl::OutputSpan &piece, std::size_t offset);

    const LineMapper &m_mapper;
    const FileSpans &m_spans;
    std::string_view m_text;
    std::vector<const tmpl::OutputSpan *> m_open; ///< Conditions that have begun and are not over, outer ones first.
    std::size_t m_nextCondition = 0;
    std::size_t m_nextPiece = 0; ///< The first that begins behind the start of the line.
    const tmpl::OutputSpan *m_counted = nullptr; ///< The piece whose newlines were counted up to m_countedTo.
    std::size_t m_countedTo = 0;
    std::uint32_t m_newlines = 0;
};

void LineMapper::add(const std::string &path, const tmpl::Rendered &rendered)
{
    FileSpans &spans = m_files[path];
    const Shrinker shrinker(rendered.text);
    spans.pieces.reserve(spans.pieces.size() + rendered.spans.size());
    for (tmpl::OutputSpan span : rendered.spans) {
        span.begin = shrinker.shifted(span.begin);
        span.end = shrinker.shifted(span.end);
        (span.kind == tmpl::OutputSpan::Kind::Condition ? spans.conditions : spans.pieces).push_back(span);
    }
    // Pieces do not nest, so nearly always their ends have put them in order.
    if (!std::ranges::is_sorted(spans.pieces, {}, &tmpl::OutputSpan::begin))
        std::ranges::stable_sort(spans.pieces, {}, &tmpl::OutputSpan::begin);
    std::ranges::stable_sort(spans.conditions,
        [](const auto &a, const auto &b) { return a.begin != b.begin ? a.begin < b.begin : a.end > b.end; });
}

void LineMapper::finish(const tmpl::Executor &executor)
{
    std::map<std::string, std::uint32_t> templateIndex;
    std::map<std::string, std::uint32_t> pathIndex;
    const auto indexed = [](std::map<std::string, std::uint32_t> &known, std::vector<std::string> &list,
                             const std::string &text) {
        const auto [entry, fresh] = known.try_emplace(text, static_cast<std::uint32_t>(list.size()));
        if (fresh)
            list.push_back(text);
        return entry->second;
    };
    // Thousands of spans come from a few templates and origins.
    constexpr std::uint32_t unknown = ~0U;
    std::vector<std::uint32_t> indexOfTemplate;
    std::vector<bool> seen;
    for (auto &[path, spans] : m_files) {
        for (auto *list : {&spans.pieces, &spans.conditions}) {
            for (tmpl::OutputSpan &span : *list) {
                if (indexOfTemplate.size() <= span.templateId)
                    indexOfTemplate.resize(span.templateId + 1, unknown);
                std::uint32_t &index = indexOfTemplate[span.templateId];
                if (index == unknown)
                    index = indexed(templateIndex, m_templates, executor.templateAt(span.templateId).source->name);
                span.templateId = index;
                if (span.origin == tmpl::OriginTable::none)
                    continue;
                if (seen.size() <= span.origin)
                    seen.resize(span.origin + 1);
                if (seen[span.origin])
                    continue;
                seen[span.origin] = true;
                if (m_origins.size() <= span.origin)
                    m_origins.resize(span.origin + 1);
                Origin &origin = m_origins[span.origin];
                origin.varies = executor.origins().varies(span.origin);
                for (const tmpl::OriginId id : executor.origins().paths(span.origin)) {
                    const std::string text = executor.origins().text(id);
                    if (text.starts_with(valuesPrefix))
                        origin.paths.push_back(indexed(pathIndex, m_paths, text.substr(valuesPrefix.size())));
                }
            }
        }
    }
}

void LineMapper::addPaths(const tmpl::OutputSpan &span, LineOrigin &line) const
{
    if (span.origin >= m_origins.size())
        return;
    const Origin &origin = m_origins[span.origin];
    line.varies = line.varies || origin.varies;
    for (const std::uint32_t path : origin.paths) {
        if (std::ranges::find(line.paths, path) == line.paths.end())
            line.paths.push_back(path);
    }
}

LineOrigin LineMapper::Sweep::originOf(std::size_t begin, std::size_t end)
{
    LineOrigin line;
    while (m_nextPiece < m_spans.pieces.size() && m_spans.pieces[m_nextPiece].begin < begin)
        ++m_nextPiece;
    auto piece = m_spans.pieces.begin() + static_cast<std::ptrdiff_t>(m_nextPiece);
    while (piece != m_spans.pieces.begin() && std::prev(piece)->end > begin)
        --piece;
    for (; piece != m_spans.pieces.end() && piece->begin < end; ++piece) {
        const bool empty = piece->begin == piece->end;
        if (piece->end <= begin && !empty)
            continue;
        if (piece->kind == tmpl::OutputSpan::Kind::Value)
            m_mapper.addPaths(*piece, line);
        // The text before a line's first value says where the line is written; a value of many lines, all of them.
        if (line.templateLine == 0 && !empty) {
            line.file = piece->templateId;
            line.templateLine = piece->line;
            // Text is copied, so the template's line moves on with it.
            if (piece->kind == tmpl::OutputSpan::Kind::Text && piece->begin < begin)
                line.templateLine += linesInto(*piece, begin);
        }
    }
    const tmpl::OutputSpan *condition = conditionAround(begin, end);
    if (line.paths.empty() && condition) // Then it stands there because of the innermost condition around it.
        m_mapper.addPaths(*condition, line);
    return line;
}

std::uint32_t LineMapper::Sweep::linesInto(const tmpl::OutputSpan &piece, std::size_t offset)
{
    if (m_counted != &piece || offset < m_countedTo) {
        m_counted = &piece;
        m_countedTo = piece.begin;
        m_newlines = 0;
    }
    m_newlines +=
        static_cast<std::uint32_t>(std::ranges::count(m_text.substr(m_countedTo, offset - m_countedTo), '\n'));
    m_countedTo = offset;
    return m_newlines;
}

const tmpl::OutputSpan *LineMapper::Sweep::conditionAround(std::size_t begin, std::size_t end)
{
    for (; m_nextCondition < m_spans.conditions.size(); ++m_nextCondition) {
        const tmpl::OutputSpan &next = m_spans.conditions[m_nextCondition];
        if (next.begin > begin)
            break;
        while (!m_open.empty() && m_open.back()->end <= next.begin)
            m_open.pop_back();
        m_open.push_back(&next);
    }
    // One that ends within this line is around no later one either.
    while (!m_open.empty() && m_open.back()->end < end)
        m_open.pop_back();
    return m_open.empty() ? nullptr : m_open.back();
}

SourceSpan LineMapper::originOf(
    const std::string &path, std::string_view text, std::size_t begin, std::size_t end) const
{
    const auto spans = m_files.find(path);
    if (spans == m_files.end())
        return {};
    const LineOrigin line = Sweep(*this, spans->second, text).originOf(begin, end);
    if (line.templateLine == 0)
        return {};
    return {.file = m_templates[line.file], .line = static_cast<int>(line.templateLine)};
}

void LineMapper::map(Rendered &out) const
{
    out.templates = m_templates;
    out.valuePaths = m_paths;
    out.lines.assign(static_cast<std::size_t>(std::ranges::count(out.manifest, '\n')), LineOrigin());
    std::map<std::string_view, std::string_view> texts;
    for (const auto &[path, text] : out.files)
        texts.emplace(path, text);
    // Objects stand in the order of their kinds; each file is gone through once, in its own order.
    std::map<std::string_view, std::vector<const ManifestObject *>> objects;
    for (const ManifestObject &object : out.objects)
        objects[object.source].push_back(&object);
    for (auto &[source, ofFile] : objects) {
        const auto spans = m_files.find(std::string(source));
        const auto text = texts.find(source);
        if (spans == m_files.end() || text == texts.end())
            continue;
        std::ranges::sort(ofFile, {}, &ManifestObject::sourceOffset);
        Sweep sweep(*this, spans->second, text->second);
        for (const ManifestObject *object : ofFile) {
            auto index = static_cast<std::size_t>(object->line - 1);
            std::size_t begin = 0;
            while (begin <= object->text.size() && index < out.lines.size()) {
                const auto newline = std::min(object->text.find('\n', begin), object->text.size());
                out.lines[index++] = sweep.originOf(object->sourceOffset + begin, object->sourceOffset + newline);
                begin = newline + 1;
            }
        }
    }
}

} // namespace pk::chart
