// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/levels.h"

namespace pk::chart {

namespace {

Levels makeLevels43()
{
    Levels levels;
    levels.name = "4.3";
    return levels;
}

Levels makeLevels41()
{
    Levels levels;
    levels.name = "4.1";
    levels.splitAtLineStartsOnly = false;
    levels.dropNullDefaults = false;
    levels.kubeVersion = "v1.35.0";
    levels.newestApiList = false;
    levels.emptyLinesFail = true;
    levels.schemaLibrary603 = false;
    levels.limitEachFile = true;
    levels.wording = Wording::Helm41;
    levels.dialect = {.semverLimits = false, .durations = false, .mustToYaml = true};
    return levels;
}

Levels makeLevels3()
{
    Levels levels;
    levels.name = "3";
    levels.splitAtLineStartsOnly = false;
    levels.dropNullDefaults = false;
    levels.cutKubeVersionSuffix = true;
    levels.chartIsStruct = true;
    levels.chartutilTypes = true;
    levels.blockErrors = false;
    levels.mergeDocuments = false;
    levels.setJsonObject = false;
    levels.ignoreOpenIndex = false;
    levels.webhooksInOrder = false;
    levels.nestedPerAlias = false;
    levels.limitEachFile = true;
    levels.checkApiVersion = false;
    levels.hideArchiveCause = false;
    levels.wording = Wording::Helm3;
    levels.dialect = {.semverLimits = true, .durations = false, .mustToYaml = false};
    return levels;
}

} // namespace

const Levels &levels43()
{
    static const Levels levels = makeLevels43();
    return levels;
}

const Levels &levels3()
{
    static const Levels levels = makeLevels3();
    return levels;
}

const Levels &levels41()
{
    static const Levels levels = makeLevels41();
    return levels;
}

Result<Levels> parseLevels(std::string_view text)
{
    for (const Levels *levels : {&levels43(), &levels41(), &levels3()}) {
        if (levels->name == text)
            return *levels;
    }
    return Error{.code = Error::Code::InvalidInput,
        .message = "unknown level '" + std::string(text) + "': expected 4.3, 4.1 or 3"};
}

} // namespace pk::chart
