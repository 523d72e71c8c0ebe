// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/functions/families.h"

namespace pk::tmpl {

namespace {

/// Those of `functions` that `dialect` has.
std::vector<Function> known(std::span<const Function> functions, const Dialect &dialect)
{
    std::vector<Function> result;
    for (const Function &function : functions) {
        const bool missing = (function.name == "mustToYaml" && !dialect.mustToYaml)
            || (function.name == "mustToToml" && !dialect.durations);
        if (!missing)
            result.push_back(function);
    }
    return result;
}

} // namespace

FunctionTable standardFunctions(const Dialect &dialect)
{
    FunctionTable table;
    for (const std::span<const Function> family :
        {stringFunctions(), casingFunctions(), listFunctions(), dictFunctions(), numberFunctions(), logicFunctions(),
            typeFunctions(), encodingFunctions(), regexFunctions(), digestFunctions(), certificateFunctions(),
            randomFunctions(), dateFunctions(), semverFunctions(), urlFunctions(), pathFunctions()})
        table.add(family);
    table.add(known(documentFunctions(), dialect));
    if (dialect.durations)
        table.add(durationFunctions());
    return table;
}

} // namespace pk::tmpl
