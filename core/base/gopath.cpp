// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/gopath.h"

#include "base/split.h"

namespace pk {

std::string_view pathBase(std::string_view path)
{
    if (path.empty())
        return ".";
    while (path.size() > 1 && path.ends_with('/'))
        path.remove_suffix(1);
    return path == "/" ? path : path.substr(path.rfind('/') + 1);
}

std::string pathClean(std::string_view path)
{
    const bool rooted = path.starts_with('/');
    std::vector<std::string_view> steps;
    for (const std::string_view step : split(path, "/")) {
        if (step.empty() || step == ".")
            continue;
        if (step != "..")
            steps.push_back(step);
        else if (!steps.empty() && steps.back() != "..")
            steps.pop_back();
        else if (!rooted) // There is nothing above the root.
            steps.push_back(step);
    }
    std::string out = rooted ? "/" : "";
    for (const std::string_view step : steps) {
        if (!out.empty() && out.back() != '/')
            out += '/';
        out += step;
    }
    return out.empty() ? "." : out;
}

} // namespace pk
