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
    const auto line = std::find_if(rendered.lines.begin(), rendered.lines.end(), [&](const chart::LineOrigin &origin) {
        return std::any_of(origin.paths.begin(), origin.paths.end(), [&](std::uint32_t id) { return ids.contains(id); });
    });
    return line == rendered.lines.end() ? 0 : int(line - rendered.lines.begin()) + 1;
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
