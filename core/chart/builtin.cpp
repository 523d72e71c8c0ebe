// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/builtinfiles.h"
#include "chart/chart.h"

#include <algorithm>

namespace pk::chart {

std::vector<std::string_view> builtinCharts()
{
    std::vector<std::string_view> names;
    for (const BuiltinFile &file : builtinFiles()) {
        const std::string_view name = file.path.substr(0, file.path.find('/'));
        if (std::ranges::find(names, name) == names.end())
            names.push_back(name);
    }
    return names;
}

Result<ChartPtr> loadBuiltin(std::string_view name, const Levels &levels)
{
    std::vector<ChartFile> files;
    for (const BuiltinFile &file : builtinFiles()) {
        if (file.path.starts_with(name) && file.path.substr(name.size()).starts_with('/'))
            files.push_back({std::string(file.path.substr(name.size() + 1)), std::string(file.begin, file.end)});
    }
    if (files.empty())
        return Error{.code = Error::Code::NotFound, .message = "there is no built-in chart " + std::string(name)};
    return loadFiles(std::move(files), levels);
}

} // namespace pk::chart
