// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/checkcommands.h"
#include "cli/checkflags.h"
#include "cli/finding.h"
#include "document/preview.h"
#include "yaml/json.h"

#include <algorithm>

namespace pk::cli {

namespace {

constexpr const char *lintHelp =
    R"(Checks values files as the window does: YAML, schema, rendering, and what experience says.

Usage:
  poolkeeper lint FILE... [flags]

Flags:
      --chart CHART         folder or .tgz of the chart, REPO/NAME or oci:// (default: the one that comes with Poolkeeper)
      --version TEXT        of a chart from a repository
      --base FILE           values that lie below each FILE; may be given several times
      --name NAME           name of the release (default "my-pool")
  -n, --namespace NAME      namespace of the release (default "default")
      --kube-version TEXT   version of Kubernetes that the chart is told
      --compat LEVEL        render as Helm 4.3, 4.1 or 3 does (default "4.3")
      --strict              warnings count as errors
  -o, --output FORM         text, json or sarif (SARIF 2.1.0)

Exit code: 0 no errors, 1 errors, 2 nothing could be checked. A FILE of - is the standard input. Secrets are never shown.
)";

std::vector<Finding> lint(const std::string &file, const std::string &text, chart::Renderer &renderer,
    const chart::RenderRequest &shared, const std::vector<std::string> &baseTexts)
{
    document::PreviewRandom random;
    chart::RenderRequest request = shared;
    request.random = &random;
    request.recordSpans = true; // They tell which value a template failed at.
    const document::Inspection inspection = document::inspectValues(text, renderer, request);
    document::SecretWords baseSecrets;
    for (const std::string &base : baseTexts)
        baseSecrets.addValues(base);
    const document::ValuesDocument values(text);
    std::vector<Problem> problems = document::findHiddenMarks(values.tree());
    problems.insert(problems.end(), inspection.problems.begin(), inspection.problems.end());
    std::vector<Finding> findings;
    for (Problem &problem : problems) {
        document::place(problem, values);
        Finding finding = findingOf(problem, file, text);
        finding.message = baseSecrets.hidden(finding.message);
        finding.detail = baseSecrets.hidden(finding.detail);
        findings.push_back(std::move(finding));
    }
    // As a compiler tells: from top to bottom.
    std::stable_sort(
        findings.begin(), findings.end(), [](const Finding &a, const Finding &b) { return a.line < b.line; });
    return findings;
}

std::string printText(const std::vector<Finding> &findings, std::size_t files)
{
    std::string text;
    for (const Finding &finding : findings)
        text += printFinding(finding);
    const auto count = [&findings](Problem::Severity severity, const char *one, const char *more) {
        const auto number = std::count_if(findings.begin(), findings.end(),
            [severity](const Finding &finding) { return finding.severity == severity; });
        return std::to_string(number) + (number == 1 ? one : more);
    };
    return text + count(Problem::Severity::Error, " error, ", " errors, ")
        + count(Problem::Severity::Warning, " warning, ", " warnings, ")
        + count(Problem::Severity::Hint, " hint in ", " hints in ") + std::to_string(files)
        + (files == 1 ? " file\n" : " files\n");
}

std::string printJson(const std::vector<Finding> &findings, const std::vector<std::string> &files)
{
    const Value all = Value::list();
    for (const std::string &file : files) {
        const Value problems = Value::list();
        for (const Finding &finding : findings) {
            if (finding.file == file)
                problems.asList().items.push_back(treeOf(finding));
        }
        all.asList().items.push_back(Value::map({{"file", Value::string(file)}, {"problems", problems}}));
    }
    std::string text;
    (void)yaml::appendPrettyJson(text, Value::map({{"files", all}}), yaml::HtmlEscape::Off);
    return text + '\n';
}

int failWith(Streams &streams, const Error &error)
{
    streams.err += "Error: " + error.message + '\n';
    return 2;
}

} // namespace

int runLint(const std::vector<std::string> &arguments, Streams &streams)
{
    const auto options = parseCheckOptions("lint", arguments);
    if (!options)
        return failWith(streams, options.error());
    if (options->help) {
        streams.out += lintHelp;
        return 0;
    }
    if (needsChartSource(*options))
        return needsOtherProgram;
    auto checked = loadCheckedChart(*options, streams);
    if (!checked)
        return failWith(streams, checked.error());
    chart::Renderer renderer(checked->chart, checked->levels);
    std::vector<Finding> findings;
    for (const std::string &file : options->files) {
        const auto text = readValuesFile(file);
        if (!text)
            return failWith(streams, text.error());
        auto found = lint(file, *text, renderer, checked->request, checked->baseTexts);
        std::move(found.begin(), found.end(), std::back_inserter(findings));
    }
    switch (options->form) {
    case ReportForm::Text:
        streams.out += printText(findings, options->files.size());
        break;
    case ReportForm::Json:
        streams.out += printJson(findings, options->files);
        break;
    case ReportForm::Sarif:
        streams.out += printSarif(findings, PK_VERSION);
        break;
    }
    const auto worst = options->strict ? Problem::Severity::Warning : Problem::Severity::Error;
    return std::any_of(
               findings.begin(), findings.end(), [worst](const Finding &finding) { return finding.severity <= worst; })
        ? 1
        : 0;
}

} // namespace pk::cli
