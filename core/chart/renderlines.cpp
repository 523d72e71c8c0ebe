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
        std::uint32_t out = offset;
        for (const std::uint32_t at : m_removed) {
            if (at >= offset)
                break;
            out -= std::min<std::uint32_t>(noValue.size(), offset - at);
        }
        return out;
    }

private:
    std::vector<std::uint32_t> m_removed;
};

} // namespace

void LineMapper::add(const std::string &path, const tmpl::Rendered &rendered)
{
    FileSpans &spans = m_files[path];
    const Shrinker shrinker(rendered.text);
    for (tmpl::OutputSpan span : rendered.spans) {
        span.begin = shrinker.shifted(span.begin);
        span.end = shrinker.shifted(span.end);
        (span.kind == tmpl::OutputSpan::Kind::Condition ? spans.conditions : spans.pieces).push_back(span);
    }
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
    std::map<tmpl::OriginId, bool> seen;
    for (auto &[path, spans] : m_files) {
        for (auto *list : {&spans.pieces, &spans.conditions}) {
            for (tmpl::OutputSpan &span : *list) {
                const tmpl::Template &made = executor.templateAt(span.templateId);
                span.templateId = indexed(templateIndex, m_templates, made.source->name);
                if (span.origin == tmpl::OriginTable::none || !seen.try_emplace(span.origin, true).second)
                    continue;
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

LineOrigin LineMapper::originOf(const FileSpans &spans, std::string_view text, std::size_t begin, std::size_t end) const
{
    LineOrigin line;
    auto piece = std::ranges::lower_bound(
        spans.pieces, begin, {}, [](const tmpl::OutputSpan &span) { return static_cast<std::size_t>(span.begin); });
    while (piece != spans.pieces.begin() && std::prev(piece)->end > begin)
        --piece;
    for (; piece != spans.pieces.end() && piece->begin < end; ++piece) {
        const bool empty = piece->begin == piece->end;
        if (piece->end <= begin && !empty)
            continue;
        if (piece->kind == tmpl::OutputSpan::Kind::Value)
            addPaths(*piece, line);
        // The text before a line's first value says where the line is written; a value of many lines, all of them.
        if (line.templateLine == 0 && !empty) {
            line.file = piece->templateId;
            line.templateLine = piece->line;
            // Text is copied, so the template's line moves on with it.
            if (piece->kind == tmpl::OutputSpan::Kind::Text && piece->begin < begin)
                line.templateLine += static_cast<std::uint32_t>(
                    std::ranges::count(text.substr(piece->begin, begin - piece->begin), '\n'));
        }
    }
    if (line.paths.empty()) { // Then it stands there because of the innermost condition around it.
        const tmpl::OutputSpan *innermost = nullptr;
        for (const tmpl::OutputSpan &condition : spans.conditions) {
            if (condition.begin > begin)
                break;
            if (condition.end >= end)
                innermost = &condition;
        }
        if (innermost)
            addPaths(*innermost, line);
    }
    return line;
}

void LineMapper::mapObject(
    const ManifestObject &object, const FileSpans &spans, std::string_view text, std::vector<LineOrigin> &lines) const
{
    auto index = static_cast<std::size_t>(object.line - 1);
    std::size_t begin = 0;
    while (begin <= object.text.size() && index < lines.size()) {
        const auto newline = std::min(object.text.find('\n', begin), object.text.size());
        lines[index++] = originOf(spans, text, object.sourceOffset + begin, object.sourceOffset + newline);
        begin = newline + 1;
    }
}

void LineMapper::map(Rendered &out) const
{
    out.templates = m_templates;
    out.valuePaths = m_paths;
    out.lines.assign(static_cast<std::size_t>(std::ranges::count(out.manifest, '\n')), LineOrigin());
    for (const ManifestObject &object : out.objects) {
        const auto spans = m_files.find(object.source);
        const auto file = std::ranges::find(out.files, object.source, &std::pair<std::string, std::string>::first);
        if (spans != m_files.end() && file != out.files.end())
            mapObject(object, spans->second, file->second, out.lines);
    }
}

} // namespace pk::chart
