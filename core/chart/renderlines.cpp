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

    bool isIdle() const { return m_removed.empty(); }

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

/// Lists of the values that lines have read, each kept once: thousands of lines read the same few.
class LineMapper::PathSets
{
public:
    explicit PathSets(const tmpl::OriginTable &origins) : m_origins(origins), m_ofOrigin(origins.size(), unknown) { }

    /// The number of the list of a line that read just this; 0: no values.
    std::uint32_t numberOf(tmpl::OriginId origin)
    {
        std::uint32_t &known = m_ofOrigin[origin];
        if (known == unknown)
            known = intern(pathsOf(origin));
        return known;
    }

    /// The number of the list of a line that read all these, in this order.
    std::uint32_t numberOf(const std::vector<tmpl::OriginId> &read)
    {
        if (read.size() < 2) // as nearly always
            return read.empty() ? 0 : numberOf(read.front());
        std::vector<std::uint32_t> all;
        for (const tmpl::OriginId origin : read) {
            for (const std::uint32_t path : m_sets[numberOf(origin)]) {
                if (std::ranges::find(all, path) == all.end())
                    all.push_back(path);
            }
        }
        return intern(std::move(all));
    }

    bool varies(tmpl::OriginId origin) const { return m_origins.varies(origin); }

    /// Moves the lists and the paths that they name into `out`.
    void moveInto(Rendered &out)
    {
        out.pathSets = std::move(m_sets);
        out.valuePaths = std::move(m_paths);
    }

private:
    static constexpr std::uint32_t unknown = ~0U;

    std::vector<std::uint32_t> pathsOf(tmpl::OriginId origin)
    {
        std::vector<std::uint32_t> numbers;
        for (const tmpl::OriginId id : m_origins.paths(origin)) {
            std::string path = m_origins.text(id);
            if (!path.starts_with(valuesPrefix))
                continue;
            path.erase(0, valuesPrefix.size());
            const auto [entry, fresh] = m_pathNumbers.try_emplace(path, static_cast<std::uint32_t>(m_paths.size()));
            if (fresh)
                m_paths.push_back(std::move(path));
            numbers.push_back(entry->second);
        }
        return numbers;
    }

    std::uint32_t intern(std::vector<std::uint32_t> paths)
    {
        const auto [entry, fresh] =
            m_setNumbers.try_emplace(std::move(paths), static_cast<std::uint32_t>(m_sets.size()));
        if (fresh)
            m_sets.push_back(entry->first);
        return entry->second;
    }

    const tmpl::OriginTable &m_origins;
    std::vector<std::uint32_t> m_ofOrigin;
    std::vector<std::vector<std::uint32_t>> m_sets{{}};
    std::map<std::vector<std::uint32_t>, std::uint32_t> m_setNumbers{{{}, 0}};
    std::vector<std::string> m_paths;
    std::map<std::string, std::uint32_t> m_pathNumbers;
};

/// Goes through the lines of one file from its start to its end, so that a long file costs no more a line than a short
/// one.
class LineMapper::Sweep
{
public:
    Sweep(const LineMapper &mapper, const FileSpans &spans, std::string_view text, PathSets &sets) :
        m_mapper(mapper), m_spans(spans), m_text(text), m_sets(sets)
    {
    }

    /// `begin` and `end` bound one line of the text; each line begins behind the one before.
    LineOrigin originOf(std::size_t begin, std::size_t end);

private:
    void addOrigin(const tmpl::OutputSpan &span, LineOrigin &line);
    const tmpl::OutputSpan *conditionAround(std::size_t begin, std::size_t end);
    std::uint32_t linesInto(const tmpl::OutputSpan &piece, std::size_t offset);

    const LineMapper &m_mapper;
    const FileSpans &m_spans;
    std::string_view m_text;
    PathSets &m_sets;
    std::vector<const tmpl::OutputSpan *> m_open; ///< Conditions that have begun and are not over, outer ones first.
    std::size_t m_nextCondition = 0;
    std::size_t m_nextPiece = 0; ///< The first that begins behind the start of the line.
    const tmpl::OutputSpan *m_counted = nullptr; ///< The piece whose newlines were counted up to m_countedTo.
    std::size_t m_countedTo = 0;
    std::uint32_t m_newlines = 0;
    std::vector<tmpl::OriginId> m_read; ///< What has values, of the line being looked at.
};

void LineMapper::add(const std::string &path, std::string_view text, std::vector<tmpl::OutputSpan> spans)
{
    if (const Shrinker shrinker(text); !shrinker.isIdle()) {
        for (tmpl::OutputSpan &span : spans) {
            span.begin = shrinker.shifted(span.begin);
            span.end = shrinker.shifted(span.end);
        }
    }
    // One walk: there are more spans than lines. Pieces do not nest, so nearly always their ends have put them in
    // order.
    FileSpans &file = m_files[path];
    bool inOrder = true;
    std::size_t kept = 0;
    for (const tmpl::OutputSpan &span : spans) {
        if (span.kind == tmpl::OutputSpan::Kind::Condition) {
            file.conditions.push_back(span);
            continue;
        }
        inOrder = inOrder && (kept == 0 || spans[kept - 1].begin <= span.begin);
        spans[kept++] = span;
    }
    spans.resize(kept);
    file.pieces = std::move(spans);
    if (!inOrder)
        std::ranges::stable_sort(file.pieces, {}, &tmpl::OutputSpan::begin);
    std::ranges::stable_sort(file.conditions,
        [](const auto &a, const auto &b) { return a.begin != b.begin ? a.begin < b.begin : a.end > b.end; });
}

void LineMapper::finish(tmpl::Executor &executor)
{
    m_origins = executor.takeOrigins();
    std::map<std::string, std::uint32_t> known;
    for (std::uint32_t id = 0; id < executor.templateCount(); ++id) {
        const std::string &name = executor.templateAt(id).source->name;
        const auto [entry, fresh] = known.try_emplace(name, static_cast<std::uint32_t>(m_templates.size()));
        if (fresh)
            m_templates.push_back(name);
        m_templateOf.push_back(entry->second);
    }
}

void LineMapper::Sweep::addOrigin(const tmpl::OutputSpan &span, LineOrigin &line)
{
    if (span.origin == tmpl::OriginTable::none)
        return;
    line.varies = line.varies || m_sets.varies(span.origin);
    if (m_sets.numberOf(span.origin) != 0 && std::ranges::find(m_read, span.origin) == m_read.end())
        m_read.push_back(span.origin);
}

LineOrigin LineMapper::Sweep::originOf(std::size_t begin, std::size_t end)
{
    LineOrigin line;
    m_read.clear();
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
            addOrigin(*piece, line);
        // The text before a line's first value says where the line is written; a value of many lines, all of them.
        if (line.templateLine == 0 && !empty) {
            line.file = m_mapper.m_templateOf[piece->templateId];
            line.templateLine = piece->line;
            // Text is copied, so the template's line moves on with it.
            if (piece->kind == tmpl::OutputSpan::Kind::Text && piece->begin < begin)
                line.templateLine += linesInto(*piece, begin);
        }
    }
    const tmpl::OutputSpan *condition = conditionAround(begin, end);
    if (m_read.empty() && condition) // Then it stands there because of the innermost condition around it.
        addOrigin(*condition, line);
    line.read = m_sets.numberOf(m_read);
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
    PathSets sets(m_origins);
    const LineOrigin line = Sweep(*this, spans->second, text, sets).originOf(begin, end);
    if (line.templateLine == 0)
        return {};
    return {.file = m_templates[line.file], .line = static_cast<int>(line.templateLine)};
}

void LineMapper::map(Rendered &out) const
{
    out.templates = m_templates;
    out.lines.assign(static_cast<std::size_t>(std::ranges::count(out.manifest, '\n')), LineOrigin());
    PathSets sets(m_origins);
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
        Sweep sweep(*this, spans->second, text->second, sets);
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
    sets.moveInto(out);
}

} // namespace pk::chart
