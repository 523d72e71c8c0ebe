// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/checkflags.h"

#include "base/files.h"
#include "base/inputerror.h"
#include "base/quote.h"
#include "cli/chartref.h"
#include "cli/flags.h"

#include <unistd.h>

namespace pk::cli {

namespace {

using Type = Flag::Type;

Result<ReportForm> formOf(const std::string &text)
{
    if (text == "text")
        return ReportForm::Text;
    if (text == "json")
        return ReportForm::Json;
    if (text == "sarif")
        return ReportForm::Sarif;
    return inputError("--output is text, json or sarif, not \"" + text + "\"");
}

/// Where the chart lies; fetched into helm's cache when it comes from elsewhere.
Result<std::string> locate(const CheckOptions &options, Streams &streams)
{
    if (options.chart.starts_with("builtin:"))
        return options.chart;
    FetchFlags fetch;
    fetch.version = options.version;
    if (const auto source = makeChartSource(fetch, streams))
        return source->locate(options.chart);
    if (::access(options.chart.c_str(), F_OK) != 0)
        return inputError("path " + goQuote(options.chart) + " not found");
    return options.chart;
}

} // namespace

Result<CheckOptions> parseCheckOptions(const std::string &command, const std::vector<std::string> &arguments)
{
    CheckOptions options;
    std::string output = "text";
    std::vector<Flag> flags = {
        {.name = "chart", .type = Type::Text, .text = &options.chart},
        {.name = "version", .type = Type::Text, .text = &options.version},
        {.name = "name", .type = Type::Text, .text = &options.releaseName},
        {.name = "namespace", .shorthand = 'n', .type = Type::Text, .text = &options.namespaceName},
        {.name = "kube-version", .type = Type::Text, .text = &options.kubeVersion},
        {.name = "compat", .type = Type::Text, .text = &options.compat},
        {.name = "base", .type = Type::Texts, .texts = &options.base},
        {.name = "output", .shorthand = 'o', .type = Type::Text, .text = &output},
        {.name = "help", .shorthand = 'h', .type = Type::Switch, .on = &options.help},
    };
    if (command == "lint")
        flags.push_back({.name = "strict", .type = Type::Switch, .on = &options.strict});
    else
        flags.push_back({.name = "manifests", .type = Type::Switch, .on = &options.manifests});
    auto files = parseFlags(arguments, flags);
    if (!files)
        return files.error();
    if (options.help)
        return options;
    options.files = *std::move(files);
    const auto form = formOf(output);
    if (!form)
        return form.error();
    options.form = *form;
    if (command == "lint" ? options.files.empty() : options.files.empty() || options.files.size() > 2)
        return inputError(command == "lint"
                ? "lint needs at least one values file"
                : "diff needs two values files, or one to compare with the chart's defaults");
    return options;
}

bool needsChartSource(const CheckOptions &options)
{
    Streams unused;
    return !makeChartSource({}, unused) && needsChartSource(TemplateOptions(), options.chart);
}

Result<std::string> readValuesFile(const std::string &path)
{
    return readFile(path == "-" ? "/dev/stdin" : path);
}

Result<CheckedChart> loadCheckedChart(const CheckOptions &options, Streams &streams)
{
    const auto levels = chart::parseLevels(options.compat);
    if (!levels)
        return levels.error();
    CheckedChart checked{*levels, {}, {}, {}};
    if (const auto valid = checkReleaseName(options.releaseName, *levels); !valid)
        return valid.error();
    const auto chartPath = locate(options, streams);
    if (!chartPath)
        return chartPath.error();
    auto loaded = chart::loadChart(*chartPath, *levels);
    if (!loaded)
        return loaded.error();
    checked.chart = *std::move(loaded);
    chart::UserValues base;
    for (const std::string &path : options.base) {
        auto text = readValuesFile(path);
        if (!text)
            return text.error();
        checked.baseTexts.push_back(*text);
        base.files.push_back({path, *std::move(text)});
    }
    if (!base.files.empty()) {
        auto values = chart::mergeUserValues(base, *levels);
        if (!values)
            return values.error();
        checked.request.values = *std::move(values);
    }
    checked.request.release.name = options.releaseName;
    checked.request.release.namespaceName = options.namespaceName;
    checked.request.capabilities = chart::Capabilities::offline(*levels);
    if (!options.kubeVersion.empty()) {
        if (const auto done = checked.request.capabilities.setKubeVersion(options.kubeVersion, *levels); !done)
            return done.error();
    }
    return checked;
}

} // namespace pk::cli
