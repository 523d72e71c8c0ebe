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

} // namespace

int lineMadeBy(const chart::Rendered &rendered, const std::string &path)
{
    std::set<std::uint32_t> ids;
    for (std::uint32_t id = 0; id < rendered.valuePaths.size(); ++id) {
        const std::string &read = rendered.valuePaths[id];
        if (read == path || read.starts_with(path + ".") || read.starts_with(path + "["))
            ids.insert(id);
    }
    // Templates read a value for conditions too, far above: a line that was made from nothing else is meant, if there
    // is one.
    const auto find = [&rendered](auto &&fits) {
        const auto line = std::find_if(rendered.lines.begin(), rendered.lines.end(), fits);
        return line == rendered.lines.end() ? 0 : int(line - rendered.lines.begin()) + 1;
    };
    const int own = find([&ids](const chart::LineOrigin &origin) {
        return !origin.paths.empty()
            && std::all_of(origin.paths.begin(), origin.paths.end(), [&](auto id) { return ids.contains(id); });
    });
    return own > 0 ? own : find([&ids](const chart::LineOrigin &origin) {
        return std::any_of(origin.paths.begin(), origin.paths.end(), [&](auto id) { return ids.contains(id); });
    });
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
