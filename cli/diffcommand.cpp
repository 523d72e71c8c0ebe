// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/checkcommands.h"
#include "cli/checkflags.h"
#include "cli/finding.h"
#include "document/maskedpair.h"
#include "document/preview.h"
#include "document/treedifference.h"
#include "release/changenotes.h"
#include "yaml/json.h"
#include "yaml/linediff.h"

#include <algorithm>

namespace pk::cli {

namespace {

constexpr const char *diffHelp = R"(Tells what an upgrade from one values file to another would do.

Usage:
  poolkeeper diff BEFORE AFTER [flags]
  poolkeeper diff FILE [flags]      what FILE changes against the chart's defaults

Flags:
      --chart CHART         folder or .tgz of the chart, REPO/NAME or oci:// (default: the one that comes with Poolkeeper)
      --version TEXT        of a chart from a repository
      --base FILE           values that lie below both; may be given several times
      --manifests           also the lines of the manifests that differ (text and json)
      --name NAME           name of the release (default "my-pool")
  -n, --namespace NAME      namespace of the release (default "default")
      --kube-version TEXT   version of Kubernetes that the chart is told
      --compat LEVEL        render as Helm 4.3, 4.1 or 3 does (default "4.3")
  -o, --output FORM         text, json or sarif (SARIF 2.1.0)

Exit code: 0 nothing changes, 1 something does, 2 nothing could be compared. A file of - is the standard input. Secrets
are never shown.
)";

/// One of the two sides.
struct Side
{
    std::string file;
    std::string text;
    document::Inspection inspection;
    std::vector<release::Object> objects;
};

/// One value that differs, without secrets.
struct ValueLine
{
    std::string path, before, after; ///< One line of JSON each; empty: not there.
};

/// One object whose manifest differs: a unified difference without secrets.
struct ObjectLines
{
    std::string object, lines;
};

struct Comparison
{
    std::vector<ValueLine> values;
    std::vector<Finding> consequences;
    std::vector<ObjectLines> objects;
    bool equal = true;
};

Result<Side> readSide(
    const std::string &file, chart::Renderer &renderer, const CheckedChart &checked, const Clock &clock)
{
    Side side{file, {}, {}, {}};
    if (!file.empty()) {
        auto text = readValuesFile(file);
        if (!text)
            return text.error();
        side.text = *std::move(text);
    }
    document::PreviewRandom random;
    chart::RenderRequest request = checked.request;
    request.random = &random;
    request.clock = &clock;
    request.release.isUpgrade = true; // Both sides alike: what only an install renders is no difference.
    side.inspection = document::inspectValues(side.text, renderer, request);
    const std::string name = file.empty() ? "the chart's defaults" : file;
    if (side.inspection.rendered.error && side.inspection.rendered.objects.empty()) {
        Error error = side.inspection.rendered.error->error.wrapped(name + ": ");
        for (const std::string &base : checked.baseTexts)
            side.inspection.secrets.addValues(base);
        error.message = side.inspection.secrets.hidden(error.message);
        return error;
    }
    auto objects = release::readObjects(side.inspection.rendered.manifest, checked.request.release.namespaceName,
        nullptr, release::UnknownKinds::Accept);
    if (!objects)
        return objects.error().wrapped(name + ": ");
    side.objects = *std::move(objects);
    return side;
}

std::string lineOf(const Value &value, const document::SecretWords &secrets)
{
    return value.isNil() ? std::string() : secrets.hidden(yaml::toJson(value, yaml::HtmlEscape::Off));
}

/// The person's values that differ; against the chart's defaults all that the file says otherwise.
std::vector<ValueLine> valueLines(const Side &before, const Side &after, const document::SecretWords &secrets)
{
    std::vector<ValueLine> lines;
    for (const document::Difference &difference :
        document::differences(before.inspection.rendered.values, after.inspection.rendered.values)) {
        ValueLine line{
            difference.path.toString(), lineOf(difference.before, secrets), lineOf(difference.after, secrets)};
        if (line.before == line.after)
            line.before = "(hidden, differs)", line.after.clear();
        lines.push_back(std::move(line));
    }
    return lines;
}

Problem::Severity severityOf(release::Consequence look)
{
    switch (look) {
    case release::Consequence::Refused:
        return Problem::Severity::Error;
    case release::Consequence::Replaced:
    case release::Consequence::Deleted:
    case release::Consequence::Restarts:
        return Problem::Severity::Warning;
    default:
        return Problem::Severity::Hint;
    }
}

Finding findingOf(const release::ChangeNote &note, const Side &after, const SourceSpan &at)
{
    Finding finding;
    finding.file = after.file;
    finding.severity = severityOf(note.look);
    finding.rule = note.id;
    finding.message = sentenceOf(note.id, note.parameters);
    finding.detail = sentenceOf(note.detailId, note.parameters);
    setPlace(finding, at, after.text);
    return finding;
}

/// The first value of the text that differs: where a review shows what comes of it.
SourceSpan firstChange(const Side &after, const std::vector<ValueLine> &values)
{
    const document::ValuesDocument document(after.text);
    SourceSpan first;
    for (const ValueLine &line : values) {
        const auto path = yaml::Path::parse(line.path);
        const auto span = path ? document.nearestSpan(*path) : std::nullopt;
        if (span && span->end > span->begin && (!first.isKnown() || span->line < first.line))
            first = *span;
    }
    return first;
}

std::string unified(const std::string &before, const std::string &after)
{
    std::string text;
    for (const yaml::Hunk &hunk : yaml::diffLines(before, after)) {
        text += "@@ -" + std::to_string(hunk.oldStart) + ',' + std::to_string(hunk.oldCount) + " +"
            + std::to_string(hunk.newStart) + ',' + std::to_string(hunk.newCount) + " @@\n";
        for (const yaml::DiffLine &line : hunk.lines) {
            text += line.kind == yaml::DiffLine::Kind::Equal ? ' '
                : line.kind == yaml::DiffLine::Kind::Added   ? '+'
                                                             : '-';
            text.append(line.text).append("\n");
        }
    }
    return text;
}

const chart::ManifestObject *findObject(const Side &side, const chart::ManifestObject &like)
{
    const auto &objects = side.inspection.rendered.objects;
    const auto found = std::find_if(objects.begin(), objects.end(), [&like](const chart::ManifestObject &object) {
        return object.kind == like.kind && object.name == like.name && object.namespaceName == like.namespaceName;
    });
    return found == objects.end() ? nullptr : &*found;
}

std::vector<ObjectLines> objectLines(const Side &before, const Side &after, const document::SecretWords &secrets)
{
    std::vector<ObjectLines> all;
    const auto add = [&](const chart::ManifestObject *old, const chart::ManifestObject *now) {
        const document::MaskedTexts masked =
            document::maskTexts(old ? old->text : std::string(), now ? now->text : std::string(), secrets);
        std::string lines = unified(masked.before, masked.after);
        if (!lines.empty())
            all.push_back({(now ? now : old)->kind + '/' + (now ? now : old)->name, std::move(lines)});
    };
    for (const chart::ManifestObject &now : after.inspection.rendered.objects)
        add(findObject(before, now), &now);
    for (const chart::ManifestObject &old : before.inspection.rendered.objects) {
        if (!findObject(after, old))
            add(&old, nullptr);
    }
    return all;
}

Comparison compare(const Side &before, const Side &after, const CheckedChart &checked)
{
    document::SecretWords secrets = before.inspection.secrets;
    secrets.add(after.inspection.secrets);
    for (const std::string &text : checked.baseTexts)
        secrets.addValues(text);
    secrets.addValues(checked.chart->valuesText);
    Comparison comparison;
    comparison.values = valueLines(before, after, secrets);
    const SourceSpan at = firstChange(after, comparison.values);
    const auto changes = release::classifyChange(before.objects, after.objects);
    for (const release::ChangeNote &note : release::notesOf(changes, false, after.objects.size()))
        comparison.consequences.push_back(findingOf(note, after, at));
    comparison.objects = objectLines(before, after, secrets);
    comparison.equal = comparison.values.empty()
        && std::all_of(changes.begin(), changes.end(),
            [](const release::ObjectChange &change) { return change.consequence == release::Consequence::Unchanged; });
    return comparison;
}

std::string printText(const Comparison &comparison, bool manifests)
{
    std::string text;
    for (const ValueLine &line : comparison.values) {
        text += line.path + ": " + (line.before.empty() ? "(not set)" : line.before);
        if (line.before != "(hidden, differs)")
            text += " -> " + (line.after.empty() ? std::string("(not set)") : line.after);
        text += '\n';
    }
    if (!text.empty())
        text += '\n';
    for (const Finding &finding : comparison.consequences) {
        text +=
            finding.severity == Problem::Severity::Hint ? std::string() : std::string(nameOf(finding.severity)) + ": ";
        text += finding.message + '\n';
        if (!finding.detail.empty())
            text += "    " + finding.detail + '\n';
    }
    if (manifests) {
        for (const ObjectLines &object : comparison.objects)
            text += "\n=== " + object.object + '\n' + object.lines;
    }
    return text;
}

std::string printJson(const Comparison &comparison, bool manifests)
{
    const Value values = Value::list();
    for (const ValueLine &line : comparison.values) {
        const Value one = Value::map({{"path", Value::string(line.path)}});
        if (!line.before.empty())
            one.asMap().set("before", Value::string(line.before));
        if (!line.after.empty())
            one.asMap().set("after", Value::string(line.after));
        values.asList().items.push_back(one);
    }
    const Value consequences = Value::list();
    for (const Finding &finding : comparison.consequences)
        consequences.asList().items.push_back(treeOf(finding));
    const Value report =
        Value::map({{"equal", Value::boolean(comparison.equal)}, {"values", values}, {"consequences", consequences}});
    if (manifests) {
        const Value objects = Value::list();
        for (const ObjectLines &object : comparison.objects)
            objects.asList().items.push_back(
                Value::map({{"object", Value::string(object.object)}, {"diff", Value::string(object.lines)}}));
        report.asMap().set("objects", objects);
    }
    std::string text;
    (void)yaml::appendPrettyJson(text, report, yaml::HtmlEscape::Off);
    return text + '\n';
}

int failWith(Streams &streams, const Error &error)
{
    streams.err += "Error: " + error.message + '\n';
    return 2;
}

} // namespace

int runDiff(const std::vector<std::string> &arguments, Streams &streams)
{
    const auto options = parseCheckOptions("diff", arguments);
    if (!options)
        return failWith(streams, options.error());
    if (options->help) {
        streams.out += diffHelp;
        return 0;
    }
    if (needsChartSource(*options))
        return needsOtherProgram;
    const auto checked = loadCheckedChart(*options, streams);
    if (!checked)
        return failWith(streams, checked.error());
    chart::Renderer renderer(checked->chart, checked->levels);
    const document::PreviewClock clock(Clock().now()); // Both sides are of one instant.
    const auto before =
        readSide(options->files.size() > 1 ? options->files.front() : std::string(), renderer, *checked, clock);
    if (!before)
        return failWith(streams, before.error());
    const auto after = readSide(options->files.back(), renderer, *checked, clock);
    if (!after)
        return failWith(streams, after.error());
    const Comparison comparison = compare(*before, *after, *checked);
    switch (options->form) {
    case ReportForm::Text:
        streams.out += printText(comparison, options->manifests);
        break;
    case ReportForm::Json:
        streams.out += printJson(comparison, options->manifests);
        break;
    case ReportForm::Sarif:
        streams.out += printSarif(comparison.equal ? std::vector<Finding>() : comparison.consequences, PK_VERSION);
        break;
    }
    return comparison.equal ? 0 : 1;
}

} // namespace pk::cli
