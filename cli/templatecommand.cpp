// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/templatecommand.h"

#include "base/files.h"
#include "base/quote.h"
#include "chart/gotext.h"
#include "chart/render.h"
#include "cli/chartref.h"
#include "cli/chartsource.h"
#include "cli/kubenamespace.h"
#include "cli/output.h"
#include "cli/templateflags.h"

#include <unistd.h>

#include <cstdio>

namespace pk::cli {

namespace {

int failWith(Streams &streams, const std::string &message)
{
    streams.err += "Error: " + message + "\n";
    return 1;
}

Result<Value> readValues(const TemplateOptions &options, const chart::Levels &levels, ChartSource *source)
{
    const auto readInput = [source](const std::string &path) -> Result<std::string> {
        if (path == "-")
            return readFile("/dev/stdin");
        return source && isUrl(path) ? source->readUrl(path) : readFile(path);
    };
    chart::UserValues user{.files = {},
        .setJson = options.setJson,
        .set = options.set,
        .setString = options.setString,
        .setFile = options.setFile,
        .setLiteral = options.setLiteral};
    for (const std::string &path : options.valueFiles) {
        auto text = readInput(path);
        if (!text)
            return text.error();
        user.files.push_back({path, *std::move(text)});
    }
    return chart::mergeUserValues(user, levels, readInput);
}

Result<chart::RenderRequest> requestOf(
    const TemplateOptions &options, const std::string &name, Value values, const chart::Levels &levels)
{
    chart::RenderRequest request;
    request.values = std::move(values);
    request.release.name = name;
    request.release.namespaceName = options.namespaceName.empty()
        ? defaultNamespace(options.kubeconfig, options.kubeContext)
        : options.namespaceName;
    request.release.isUpgrade = options.isUpgrade;
    request.capabilities = chart::Capabilities::offline(levels);
    if (!options.kubeVersion.empty()) {
        if (const auto done = request.capabilities.setKubeVersion(options.kubeVersion, levels); !done)
            return done.error();
    }
    request.capabilities.apiVersions.insert(
        request.capabilities.apiVersions.end(), options.apiVersions.begin(), options.apiVersions.end());
    request.skipSchema = options.skipSchema;
    request.subchartNotes = options.subchartNotes;
    request.resolveHosts = options.enableDns;
    request.budgetTime = std::chrono::hours(24); // As Helm: a busy machine refuses nothing. The steps stay limited.
    return request;
}

int tellFailure(Streams &streams, const chart::RenderError &error, bool debug)
{
    std::string text = "Error: " + error.error.message + "\n";
    if (!error.hint.empty() && !debug)
        text += "\n" + error.hint + "\n";
    streams.err += text + describePlace(error);
    return 1;
}

int render(Streams &streams, const chart::ChartPtr &loaded, const chart::RenderRequest &request,
    const TemplateOptions &options, const chart::Levels &levels)
{
    chart::Renderer renderer(loaded, levels);
    const chart::Rendered rendered = renderer.render(request);
    for (const std::string &warning : rendered.warnings)
        streams.err += "level=WARN msg=\"" + warning + "\"\n";
    if (rendered.error && (!options.debug || rendered.error->hint.empty()))
        return tellFailure(streams, *rendered.error, options.debug);
    const auto text = printRendered(rendered, options, request.release.name, levels);
    if (!text)
        return failWith(streams, text.error().message);
    streams.out += *text;
    return rendered.error ? tellFailure(streams, *rendered.error, options.debug) : 0;
}

/// Helm 3 takes what is at that path before it asks the repository of --repo, and says so.
std::string repoThatIsIgnored(const TemplateOptions &options, const chart::Levels &levels)
{
    if (levels.wording != chart::Wording::Helm3 || options.arguments.empty())
        return {};
    const std::string path(trimSpace(options.arguments.back()));
    const bool isPath = path.starts_with('/') || path.starts_with('.') || ::access(path.c_str(), F_OK) == 0;
    return isPath ? options.fetch.repo : std::string();
}

} // namespace

int runTemplate(const std::vector<std::string> &arguments, Streams &streams)
{
    auto options = parseTemplateOptions(arguments);
    if (!options)
        return failWith(streams, options.error().message);
    if (options->help) {
        streams.out += templateHelp();
        return 0;
    }
    const auto levels = chart::parseLevels(options->compat);
    if (!levels)
        return failWith(streams, levels.error().message);
    chart::Capabilities checked = chart::Capabilities::offline(*levels);
    if (!options->kubeVersion.empty()) { // helm looks at it before all else.
        if (const auto done = checked.setKubeVersion(options->kubeVersion, *levels); !done)
            return failWith(streams, done.error().message);
    }
    const std::string ignoredRepo = repoThatIsIgnored(*options, *levels);
    if (!ignoredRepo.empty())
        options->fetch.repo.clear();
    const auto source = makeChartSource(options->fetch, streams);
    if (const auto good = source ? source->check() : Result<void>(); !good)
        return failWith(streams, good.error().message);
    const auto names = nameAndChart(options->arguments, options->generateName, options->nameTemplate, *levels);
    if (!names)
        return failWith(streams, names.error().message);
    std::string path(trimSpace(names->chart));
    if (!source && needsChartSource(*options, path))
        return needsOtherProgram;
    if (source && !path.starts_with("builtin:")) {
        auto located = source->locate(path);
        if (!located)
            return failWith(streams, located.error().message);
        path = *std::move(located);
    } else if (::access(path.c_str(), F_OK) != 0 && !path.starts_with("builtin:")) {
        return failWith(streams, "path " + goQuote(path) + " not found");
    }
    if (!ignoredRepo.empty())
        streams.err += "install.go:759: WARN local chart found in current working directory. repository url ignored "
            + chart::logPair("chart", trimSpace(names->chart)) + " " + chart::logPair("repository", ignoredRepo) + "\n";
    auto values = readValues(*options, *levels, source.get());
    if (!values)
        return failWith(streams, values.error().message);
    const auto loaded = chart::loadChart(path, *levels);
    if (!loaded)
        return failWith(streams, loaded.error().message);
    if (const auto valid = checkReleaseName(names->name, *levels); !valid)
        return failWith(streams, valid.error().message);
    const auto request = requestOf(*options, names->name, *std::move(values), *levels);
    if (!request)
        return failWith(streams, request.error().message);
    if ((*loaded)->metadata.deprecated)
        streams.err += levels->wording == chart::Wording::Helm3 ? "WARNING: This chart is deprecated\n"
                                                                : "level=WARN msg=\"this chart is deprecated\"\n";
    return render(streams, *loaded, *request, *options, *levels);
}

} // namespace pk::cli
