// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/render.h"

#include "base/gopath.h"
#include "base/inputerror.h"
#include "chart/chartobjects.h"
#include "chart/crds.h"
#include "chart/explainerror.h"
#include "chart/gotext.h"
#include "chart/helmfunctions.h"
#include "chart/rendererrors.h"
#include "chart/renderlines.h"
#include "chart/templatetree.h"
#include "template/executor.h"
#include "template/functions/semver.h"

#include <sys/random.h>

#include <algorithm>
#include <cstring>
#include <map>

namespace pk::chart {

namespace {

class SystemRandom final : public tmpl::RandomSource
{
public:
    void fill(std::span<unsigned char> bytes) override
    {
        while (!bytes.empty()) {
            const ssize_t count = getrandom(bytes.data(), bytes.size(), 0);
            if (count > 0)
                bytes = bytes.subspan(static_cast<std::size_t>(count));
        }
    }
};

constexpr std::string_view hint = "Use --debug flag to render out invalid YAML";

RenderError failureOf(RenderError::Stage stage, Error error)
{
    RenderError out;
    out.stage = error.code == Error::Code::Cancelled ? RenderError::Stage::Cancelled : stage;
    out.at = error.at;
    out.error = std::move(error);
    if (stage == RenderError::Stage::KubeVersion || stage == RenderError::Stage::Template
        || stage == RenderError::Stage::Manifest)
        out.hint = hint;
    return out;
}

/// What shape of charts a resolution gave: two with the same have the same templates.
void appendShape(const ResolvedChart &chart, std::string &out)
{
    out += chart.path;
    out += '\n';
    for (const ResolvedChart &sub : chart.dependencies)
        appendShape(sub, out);
}

std::string lineOf(std::string_view text, int line)
{
    for (int current = 1; current < line; ++current) {
        const auto newline = text.find('\n');
        if (newline == std::string_view::npos)
            return {};
        text.remove_prefix(newline + 1);
    }
    return std::string(text.substr(0, text.find('\n')));
}

} // namespace

struct Renderer::Impl
{
    struct CompiledSchema
    {
        std::shared_ptr<const Schema> schema;
        std::string error;
        std::optional<SchemaNode> described;
    };

    ChartPtr chart;
    Levels levels;
    std::map<std::string, std::unique_ptr<ParsedCharts>> parsed; ///< By shape.
    std::map<const Chart *, CompiledSchema> schemas;
    std::map<const Chart *, Value> files;
    std::map<const ChartFile *, std::vector<std::string>> crdApis; ///< What a file of crds/ adds to APIVersions.
    HeadCache heads;

    /// One run; its steps fill `out` and are true when the next may follow.
    struct Run
    {
        Impl &self;
        const RenderRequest &request;
        Rendered out = {};
        ResolvedChart resolved = {};
        Capabilities capabilities = {};

        Rendered go();
        bool prepare();
        void checkSchemas();
        void checkSchema(const ResolvedChart &at, const Value &values, const std::string &prefix, std::string &text);
        bool checkKubeVersion();
        void addCrdApis(const ResolvedChart &at);
        bool execute();
        bool executeAll(const ParsedCharts &charts, tmpl::Executor &executor, const Scopes &scopes);
        void executionError(const tmpl::Executor &executor, const Error &error);
        void takeNotes();
        void split();
        RenderError manifestError(const Error &error) const;
        std::string templateLine(const SourceSpan &at) const;
        void stop(RenderError error, const tmpl::ExecError *exec = nullptr);

        LineMapper mapper = {};
    };

    CompiledSchema &schemaOf(const Chart &of);
    const SchemaNode *describedOf(const Chart &of);
    ParsedCharts &parsedFor(const ResolvedChart &resolved);
};

Renderer::Impl::CompiledSchema &Renderer::Impl::schemaOf(const Chart &of)
{
    const auto [known, fresh] = schemas.try_emplace(&of);
    if (fresh && of.hasSchema) {
        auto compiled = Schema::compile(of.schema, levels);
        if (compiled)
            known->second.schema = *compiled;
        else
            known->second.error = compiled.error().message;
    }
    return known->second;
}

const SchemaNode *Renderer::Impl::describedOf(const Chart &of)
{
    CompiledSchema &compiled = schemaOf(of);
    if (compiled.schema && !compiled.described)
        compiled.described = compiled.schema->describe();
    return compiled.described ? &*compiled.described : nullptr;
}

ParsedCharts &Renderer::Impl::parsedFor(const ResolvedChart &resolved)
{
    std::string shape;
    appendShape(resolved, shape);
    auto &known = parsed[shape];
    if (known)
        return *known;
    known = std::make_unique<ParsedCharts>(functionsOf(levels));
    known->files = templateFiles(resolved);
    for (const TemplateFile &file : known->files) {
        const auto done = known->templates.parse(file.path, file.file->data);
        if (done)
            continue;
        Error error = done.error();
        error.message = parseFailure(file.path, error.message);
        known->error = failureOf(RenderError::Stage::Template, error);
        known->error->at.file = file.path;
        known->error->sourceLine = lineOf(file.file->data, known->error->at.line);
        break;
    }
    return *known;
}

void Renderer::Impl::Run::stop(RenderError error, const tmpl::ExecError *exec)
{
    if (out.error)
        return;
    if (error.sourceLine.empty() && error.at.isKnown() && !error.at.file.empty())
        error.sourceLine = templateLine(error.at);
    explainError(error, exec, out.values);
    Problem problem;
    problem.severity = Problem::Severity::Error;
    problem.source = error.stage == RenderError::Stage::Schema ? Problem::Source::Schema : Problem::Source::Render;
    problem.message = error.error.message;
    problem.id = error.error.id;
    problem.parameters = error.error.parameters;
    problem.path = error.valuePath;
    problem.fix = error.fix;
    problem.at = error.at;
    if (error.stage != RenderError::Stage::Schema && error.stage != RenderError::Stage::Cancelled)
        out.problems.push_back(std::move(problem));
    out.error = std::move(error);
}

bool Renderer::Impl::Run::prepare()
{
    const std::string &type = self.chart->metadata.type;
    if (!type.empty() && type != "application") {
        stop(failureOf(RenderError::Stage::Dependencies, inputError(type + " charts are not installable")));
        return false;
    }
    auto found = resolveDependencies(self.chart, request.values, self.levels, &out.warnings);
    if (!found) {
        stop(failureOf(RenderError::Stage::Dependencies, found.error()));
        return false;
    }
    resolved = *std::move(found);
    auto values = coalesceValues(resolved, request.values, self.levels, &out.warnings);
    if (!values) {
        stop(failureOf(RenderError::Stage::Values, values.error()));
        return false;
    }
    out.values = *std::move(values);
    return true;
}

void Renderer::Impl::Run::checkSchema(
    const ResolvedChart &at, const Value &values, const std::string &prefix, std::string &text)
{
    CompiledSchema &compiled = self.schemaOf(*at.chart);
    if (!compiled.error.empty()) {
        text += at.name + ":\n" + compiled.error;
        Problem problem;
        problem.source = Problem::Source::Schema;
        problem.message = compiled.error;
        problem.path = prefix;
        out.problems.push_back(std::move(problem));
    } else if (compiled.schema) {
        const auto failures = compiled.schema->validate(values);
        if (!failures.empty()) {
            text += at.name + ":\n" + describeFailures(failures);
            for (Problem &problem : problemsOf(failures, values, self.describedOf(*at.chart))) {
                if (!prefix.empty()) {
                    problem.path = prefix + (problem.path.empty() || problem.path[0] == '[' ? "" : ".") + problem.path;
                    if (!problem.fix.path.empty())
                        problem.fix.path = problem.path;
                }
                out.problems.push_back(std::move(problem));
            }
        }
    }
    for (const ResolvedChart &sub : at.dependencies) {
        const Value below = values.get(sub.name);
        if (below.isMap())
            checkSchema(sub, below, prefix.empty() ? sub.name : prefix + "." + sub.name, text);
    }
}

void Renderer::Impl::Run::checkSchemas()
{
    std::string text;
    checkSchema(resolved, out.values, {}, text);
    if (text.empty())
        return;
    static constexpr std::string_view start =
        "values don't meet the specifications of the schema(s) in the following chart(s):\n";
    stop(failureOf(RenderError::Stage::Schema, inputError(std::string(start) + text)));
}

bool Renderer::Impl::Run::checkKubeVersion()
{
    const std::string &wanted = self.chart->metadata.kubeVersion;
    if (wanted.empty())
        return true;
    const bool limits = self.levels.dialect.semverLimits;
    const auto version = tmpl::Version::parse(capabilities.normalized, limits);
    const auto constraint = tmpl::Constraint::parse(wanted, limits);
    if (version && constraint && constraint->accepts(*version))
        return true;
    stop(failureOf(RenderError::Stage::KubeVersion,
        inputError("chart requires kubeVersion: " + wanted + " which is incompatible with Kubernetes "
            + capabilities.version)));
    return false;
}

void Renderer::Impl::Run::addCrdApis(const ResolvedChart &at)
{
    for (const ChartFile *file : at.chart->crds()) {
        auto known = self.crdApis.find(file);
        if (known == self.crdApis.end()) {
            known = self.crdApis.emplace(file, std::vector<std::string>()).first;
            for (const CrdKind &kind : kindsOfCrds(file->data)) {
                const std::string groupVersion = kind.group + "/" + kind.version;
                known->second.insert(known->second.end(), {groupVersion, groupVersion + "/" + kind.kind});
                if (kind.scales)
                    known->second.push_back(groupVersion + "/Scale");
            }
        }
        for (const std::string &api : known->second) {
            if (std::ranges::find(capabilities.apiVersions, api) == capabilities.apiVersions.end())
                capabilities.apiVersions.push_back(api);
        }
    }
    for (const ResolvedChart &sub : at.dependencies)
        addCrdApis(sub);
}

bool Renderer::Impl::Run::execute()
{
    const ParsedCharts &charts = self.parsedFor(resolved);
    if (charts.error) {
        stop(*charts.error);
        return false;
    }
    Scopes scopes(self.levels, self.files);
    scopes.build(resolved, out.values, request.release, capabilities);
    SystemRandom systemRandom;
    const Clock systemClock;
    tmpl::Budget budget;
    budget.steps = request.budgetSteps;
    budget.bytes = request.budgetBytes;
    budget.time = request.budgetTime;
    budget.cancelled = request.cancel;
    const tmpl::Surroundings surroundings{self.levels.dialect, request.random ? *request.random : systemRandom,
        request.clock ? *request.clock : systemClock};
    tmpl::Executor executor(charts.templates, surroundings, budget);
    executor.setMethods(MapType::Files, filesMethods(self.levels.emptyLinesFail));
    executor.setMethods(valuesType(self.levels), valuesMethods());
    executor.recordSpans(request.recordSpans);
    const LookupScope lookups(request);
    return executeAll(charts, executor, scopes);
}

bool Renderer::Impl::Run::executeAll(const ParsedCharts &charts, tmpl::Executor &executor, const Scopes &scopes)
{
    for (const TemplateFile &file : charts.files) {
        if (pathBase(file.path).starts_with('_'))
            continue;
        const Value &scope = scopes.at(file.scope);
        const Value about = Value::map(valuesType(self.levels));
        about.asMap().set("Name", Value::string(file.path));
        about.asMap().set("BasePath", Value::string(file.basePath));
        scope.asMap().set("Template", about);
        auto rendered = executor.render(file.path, scope);
        if (!rendered) {
            executionError(executor, rendered.error());
            return false;
        }
        if (request.recordSpans)
            mapper.add(file.path, rendered->text, std::move(rendered->spans));
        out.files.emplace_back(file.path, without(std::move(rendered->text), "<no value>"));
    }
    if (request.recordSpans)
        mapper.finish(executor);
    return true;
}

void Renderer::Impl::Run::executionError(const tmpl::Executor &executor, const Error &error)
{
    Error told = error;
    const tmpl::ExecError &failure = executor.lastError();
    told.message = executionFailure(failure, self.levels);
    // The innermost place is where a person has to look; tpl texts have no file of their own.
    SourceSpan at;
    for (const tmpl::ErrorLink &link : failure.links) {
        if (link.line > 0 && link.file != "gotpl") {
            at.file = link.file;
            at.line = link.line;
            at.column = link.column;
        }
    }
    told.at = at;
    stop(failureOf(RenderError::Stage::Template, std::move(told)), &failure);
}

void Renderer::Impl::Run::takeNotes()
{
    const std::string own = resolved.path + "/templates/NOTES.txt";
    std::erase_if(out.files, [&](auto &file) {
        if (!file.first.ends_with("NOTES.txt"))
            return false;
        if (file.first == own || request.subchartNotes) {
            if (!out.notes.empty())
                out.notes += '\n';
            out.notes += file.second;
        }
        return true;
    });
}

RenderError Renderer::Impl::Run::manifestError(const Error &error) const
{
    RenderError failed = failureOf(RenderError::Stage::Manifest, error);
    failed.at = {};
    const auto file = std::ranges::find(out.files, error.at.file, [](const auto &one) { return one.first; });
    if (file == out.files.end())
        return failed;
    const std::string &text = file->second;
    failed.rendered = error.at;
    std::size_t begin = 0;
    for (int line = 1; line < error.at.line && begin < text.size(); ++line)
        begin = std::min(text.find('\n', begin), text.size() - 1) + 1;
    failed.renderedLine = text.substr(begin, text.find('\n', begin) - begin);
    if (const auto last = text.find_last_not_of(" \t\r\n", begin);
        trimSpace(failed.renderedLine).empty() && last != std::string::npos) {
        // What is not closed is noticed at the end, where there is nothing to see.
        begin = text.rfind('\n', last) + 1;
        failed.renderedLine = text.substr(begin, text.find('\n', begin) - begin);
        failed.rendered.line =
            1 + static_cast<int>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(begin), '\n'));
        failed.rendered.column = 0;
    }
    failed.at = mapper.originOf(file->first, text, begin, begin + failed.renderedLine.size());
    if (!failed.at.isKnown())
        failed.at.file = error.at.file;
    return failed;
}

/// The line of a template of this rendering; empty when there is no such template.
std::string Renderer::Impl::Run::templateLine(const SourceSpan &at) const
{
    const auto &files = self.parsedFor(resolved).files;
    const auto file = std::ranges::find(files, at.file, &TemplateFile::path);
    return file == files.end() ? std::string() : lineOf(file->file->data, at.line);
}

void Renderer::Impl::Run::split()
{
    auto sorted = sortManifests(out.files, self.levels, &self.heads);
    if (!sorted) {
        stop(manifestError(sorted.error()));
        return;
    }
    out.objects = std::move(sorted->objects);
    out.hooks = std::move(sorted->hooks);
    std::ranges::move(sorted->warnings, std::back_inserter(out.warnings));
    out.manifest = writeManifest(out.objects);
    if (request.recordSpans)
        mapper.map(out);
}

namespace {

void collectCrds(const ResolvedChart &chart, std::vector<std::pair<std::string, std::string>> &out)
{
    std::vector<const ChartFile *> crds = chart.chart->crds();
    for (const ChartFile *file : crds)
        out.emplace_back(chart.path + "/" + file->name, file->data);
    for (const ResolvedChart &sub : chart.dependencies)
        collectCrds(sub, out);
}

} // namespace

Rendered Renderer::Impl::Run::go()
{
    capabilities = request.capabilities.version.empty() ? Capabilities::offline(self.levels) : request.capabilities;
    if (!prepare())
        return std::move(out);
    if (request.crdsFirst)
        addCrdApis(resolved);
    if (!request.skipSchema)
        checkSchemas();
    if (out.error && !request.keepGoing)
        return std::move(out);
    if (!checkKubeVersion() || !execute())
        return std::move(out);
    collectCrds(resolved, out.crds);
    takeNotes();
    split();
    return std::move(out);
}

Renderer::Renderer(ChartPtr chart, Levels levels) : m_impl(std::make_unique<Impl>())
{
    m_impl->chart = std::move(chart);
    m_impl->levels = std::move(levels);
}

Renderer::~Renderer() = default;
Renderer::Renderer(Renderer &&) noexcept = default;
Renderer &Renderer::operator=(Renderer &&) noexcept = default;

const ChartPtr &Renderer::chart() const
{
    return m_impl->chart;
}

const Levels &Renderer::levels() const
{
    return m_impl->levels;
}

std::shared_ptr<const Schema> Renderer::schema()
{
    return m_impl->schemaOf(*m_impl->chart).schema;
}

const SchemaNode *Renderer::described()
{
    return m_impl->describedOf(*m_impl->chart);
}

Rendered Renderer::render(const RenderRequest &request)
{
    return Impl::Run{*m_impl, request}.go();
}

} // namespace pk::chart
