// SPDX-License-Identifier: GPL-3.0-or-later
#include "values/valuelinks.h"

#include <algorithm>
#include <cctype>
#include <functional>
#include <map>
#include <ranges>
#include <set>

namespace pk::gui {

namespace {

const chart::LineOrigin *originOf(const chart::Rendered &rendered, int line)
{
    return line >= 1 && line <= int(rendered.lines.size()) ? &rendered.lines[std::size_t(line) - 1] : nullptr;
}

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

std::string_view lineOf(std::string_view text, int line)
{
    for (; line > 1 && !text.empty(); --line)
        text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
    return text.substr(0, text.find('\n'));
}

/// `word` stands in `text`, and is no part of another one.
bool holdsWord(std::string_view text, std::string_view word)
{
    const auto isPart = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
    for (std::size_t at = 0; !word.empty() && (at = text.find(word, at)) != std::string_view::npos; ++at) {
        const std::size_t end = at + word.size();
        if ((at == 0 || !isPart(text[at - 1])) && (end == text.size() || !isPart(text[end])))
            return true;
    }
    return false;
}

} // namespace

int lineMadeBy(const chart::Rendered &rendered, const std::string &path, const std::vector<std::string> &words)
{
    const auto isBelow = [](const std::string &inner, const std::string &outer) {
        return inner.starts_with(outer + ".") || inner.starts_with(outer + "[");
    };
    std::set<std::uint32_t> ids;
    std::set<std::uint32_t> above; // A list or map that was written as a whole.
    for (std::uint32_t id = 0; id < rendered.valuePaths.size(); ++id) {
        const std::string &read = rendered.valuePaths[id];
        if (read == path || isBelow(read, path))
            ids.insert(id);
        else if (isBelow(path, read))
            above.insert(id);
    }
    const auto isMeant = [&ids](std::uint32_t id) { return ids.contains(id); };
    std::vector<std::size_t> lines;
    for (std::size_t line = 0; line < rendered.lines.size(); ++line) {
        const auto &paths = rendered.pathSets[rendered.lines[line].read];
        if (!paths.empty() && std::all_of(paths.begin(), paths.end(), isMeant))
            return int(line) + 1;
        if (std::any_of(
                paths.begin(), paths.end(), [&](std::uint32_t id) { return isMeant(id) || above.contains(id); }))
            lines.push_back(line);
    }
    if (lines.empty())
        return 0;
    const std::vector<std::string_view> texts = linesOf(rendered.manifest);
    for (const std::string &word : words) {
        for (const std::size_t line : lines) {
            if (!word.empty() && line < texts.size() && texts[line].find(word) != std::string_view::npos)
                return int(line) + 1;
        }
    }
    return int(lines.front()) + 1;
}

std::vector<std::string> valuesOfLine(
    const chart::Rendered &rendered, int line, const std::function<std::string(const std::string &path)> &wordsOf)
{
    std::vector<std::string> values;
    const chart::LineOrigin *origin = originOf(rendered, line);
    if (!origin)
        return values;
    for (const std::uint32_t id : std::views::reverse(rendered.pathSets[origin->read])) {
        const std::string &path = rendered.valuePaths[id];
        if (!path.empty() && std::ranges::find(values, path) == values.end())
            values.push_back(path);
    }
    const std::string_view text = lineOf(rendered.manifest, line);
    std::map<std::string, int> says;
    int most = 0;
    for (const std::string &path : values) {
        const std::string words = wordsOf(path);
        const bool named = holdsWord(text.substr(0, text.find(':')), path.substr(path.find_last_of('.') + 1));
        const bool written = !words.empty() && holdsWord(text, words);
        most = std::max(most, says[path] = written * 2 + named);
    }
    // A name alone says little where a text is there.
    std::erase_if(values, [&](const std::string &path) { return most > 0 && says[path] < std::min(most, 2); });
    std::ranges::stable_sort(values, std::ranges::greater(), [&says](const std::string &path) { return says[path]; });
    return values;
}

std::pair<std::string, int> templateOfLine(const chart::Rendered &rendered, int line)
{
    const chart::LineOrigin *origin = originOf(rendered, line);
    if (!origin || origin->templateLine == 0)
        return {};
    return {rendered.templates[origin->file], int(origin->templateLine)};
}

} // namespace pk::gui
