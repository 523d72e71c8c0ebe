// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/functions/families.h"

#include <algorithm>
#include <iterator>

namespace pk::tmpl {

namespace {

bool isKnown(std::string_view name, const Dialect &dialect)
{
    return (name != "mustToYaml" || dialect.mustToYaml) && (name != "mustToToml" || dialect.durations);
}

} // namespace

FunctionTable standardFunctions(const Dialect &dialect)
{
    std::vector<Function> all;
    const auto append = [&](std::span<const Function> family) {
        std::copy_if(family.begin(), family.end(), std::back_inserter(all),
            [&dialect](const Function &function) { return isKnown(function.name, dialect); });
    };
    for (const auto family : {stringFunctions, casingFunctions, listFunctions, dictFunctions, numberFunctions,
             logicFunctions, typeFunctions, encodingFunctions, documentFunctions, regexFunctions, digestFunctions,
             certificateFunctions, randomFunctions, dateFunctions, semverFunctions, urlFunctions, pathFunctions})
        append(family());
    if (dialect.durations)
        append(durationFunctions());
    FunctionTable table;
    table.add(all);
    return table;
}

} // namespace pk::tmpl
