// SPDX-License-Identifier: GPL-3.0-or-later
#include "values/valuelinks.h"

#include <algorithm>
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
        const auto &paths = rendered.lines[line].paths;
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

std::string valueOfLine(const chart::Rendered &rendered, int line)
{
    const chart::LineOrigin *origin = originOf(rendered, line);
    return origin && !origin->paths.empty() ? rendered.valuePaths[origin->paths.back()] : std::string();
}

std::pair<std::string, int> templateOfLine(const chart::Rendered &rendered, int line)
{
    const chart::LineOrigin *origin = originOf(rendered, line);
    if (!origin || origin->templateLine == 0)
        return {};
    return {rendered.templates[origin->file], int(origin->templateLine)};
}

} // namespace pk::gui
