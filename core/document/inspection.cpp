// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/inspection.h"

#include "chart/rules.h"
#include "document/readproblem.h"
#include "document/secrets.h"
#include "document/surprises.h"
#include "yaml/path.h"

#include <algorithm>
#include <tuple>

namespace pk::document {

namespace {

/// Schemas and templates quote the values that they refuse, which may be secrets.
void hideIn(Problem &problem, const SecretWords &secrets)
{
    problem.message = secrets.hidden(problem.message);
    for (auto &[name, value] : problem.parameters)
        value = secrets.hidden(value);
}

void hideSecrets(Inspection &inspection)
{
    const SecretWords &secrets = inspection.secrets;
    for (std::vector<Problem> *problems : {&inspection.problems, &inspection.rendered.problems}) {
        for (Problem &problem : *problems)
            hideIn(problem, secrets);
    }
    for (std::string &warning : inspection.rendered.warnings)
        warning = secrets.hidden(warning);
    if (auto &failed = inspection.rendered.error) {
        failed->error.message = secrets.hidden(failed->error.message);
        for (auto &[name, value] : failed->error.parameters)
            value = secrets.hidden(value);
        for (auto &[line, at] :
            {std::tie(failed->sourceLine, failed->at), std::tie(failed->renderedLine, failed->rendered)}) {
            std::string hidden = secrets.hidden(line);
            if (hidden != line)
                at.column = 0; // It was one of the line as it stood.
            line = std::move(hidden);
        }
        failed->hint = secrets.hidden(failed->hint);
    }
}

/// The schema says the same of a value in Helm's words: a rule's, with a fix, take its place. But advice about a value
/// leaves the error that the schema finds in it.
void addRules(std::vector<Problem> &problems, std::vector<Problem> rules)
{
    for (const Problem &rule : rules) {
        std::erase_if(problems, [&rule](const Problem &known) {
            return known.source == Problem::Source::Schema && !known.path.empty() && known.path == rule.path
                && rule.severity <= known.severity;
        });
    }
    std::move(rules.begin(), rules.end(), std::back_inserter(problems));
}

/// Helm 3 takes the first document of a values file and says nothing of the rest.
void addIgnoredDocuments(std::vector<Problem> &problems, const yaml::Stream &nodes)
{
    if (nodes.size() < 2)
        return;
    const yaml::Node &ignored = nodes[1].root;
    Problem problem;
    problem.severity = Problem::Severity::Warning;
    problem.source = Problem::Source::Yaml;
    problem.id = "yaml.documents";
    problem.at = {.begin = ignored.span.begin, .end = ignored.span.end, .line = ignored.line, .column = ignored.column};
    problems.push_back(std::move(problem));
}

/// What the text says beside what Helm reads.
void addReading(Inspection &inspection, const std::string &text, const yaml::Stream &nodes,
    const std::vector<SecretPlace> &secrets, chart::Renderer &renderer)
{
    std::vector<std::string_view> rendered;
    for (const auto &[path, file] : inspection.rendered.files)
        rendered.push_back(file);
    rendered.push_back(inspection.rendered.notes);
    const Wishes wishes{renderer.chart().get(), renderer.described()};
    quoteAsWritten(inspection.problems, nodes);
    addSurprises(inspection.problems, findSurprises(text, nodes, wishes, secrets), rendered);
    if (!renderer.levels().mergeDocuments)
        addIgnoredDocuments(inspection.problems, nodes);
}

/// `lookup` that remembers the secrets which it gave away.
chart::Lookup remembering(chart::Lookup lookup, SecretWords &secrets)
{
    return [lookup = std::move(lookup), &secrets](const std::string &apiVersion, const std::string &kind,
               const std::string &namespaceName, const std::string &name) {
        Result<Value> found = lookup(apiVersion, kind, namespaceName, name);
        if (found)
            secrets.addSecrets(*found);
        return found;
    };
}

void findMarks(const Value &value, const yaml::Path &path, std::vector<Problem> &found)
{
    if (value.isString() && isHiddenMark(value.toString())) {
        Problem problem;
        problem.source = Problem::Source::Credentials;
        problem.id = "credentials.hidden";
        problem.path = path.toString();
        found.push_back(std::move(problem));
    } else if (value.isMap()) {
        for (const Map::Entry &entry : value.asMap())
            findMarks(entry.value, path.child(entry.key), found);
    } else if (value.isList()) {
        for (std::size_t i = 0; i < value.asList().items.size(); ++i)
            findMarks(value.asList().items[i], path.child(i), found);
    }
}

} // namespace

Inspection inspectValues(const std::string &text, chart::Renderer &renderer, chart::RenderRequest request)
{
    Inspection inspection;
    const Result<yaml::Stream> nodes = yaml::parse(text);
    const std::vector<SecretPlace> secrets = findSecrets(text, nodes ? &*nodes : nullptr);
    const Result<Value> user = chart::parseValues(text, renderer.levels());
    if (!user) {
        inspection.problems.push_back(readProblem(user.error(), text));
        inspection.rendered.error = chart::RenderError{chart::RenderError::Stage::Values, user.error()};
    } else {
        inspection.user = request.values.isMap() ? chart::mergeMaps(request.values, *user) : *user;
        request.values = inspection.user;
        request.keepGoing = true;
        if (request.lookup)
            request.lookup = remembering(std::move(request.lookup), inspection.secrets);
        inspection.rendered = renderer.render(request);
        inspection.problems = inspection.rendered.problems;
        if (chart::isWorkerChart(*renderer.chart()))
            addRules(inspection.problems,
                chart::checkWorkerValues(*renderer.chart(), inspection.rendered.values, *user, request.release.name));
        if (nodes)
            addReading(inspection, text, *nodes, secrets, renderer);
    }
    std::stable_sort(inspection.problems.begin(), inspection.problems.end(),
        [](const Problem &a, const Problem &b) { return a.severity < b.severity; });
    inspection.secrets.add(secrets);
    hideSecrets(inspection);
    return inspection;
}

std::vector<Problem> findHiddenMarks(const Value &tree)
{
    std::vector<Problem> found;
    findMarks(tree, {}, found);
    return found;
}

void place(Problem &problem, const ValuesDocument &document)
{
    if (problem.path.empty() || problem.at.isKnown())
        return;
    const auto path = yaml::Path::parse(problem.path);
    if (!path)
        return;
    // A value that the text says nothing about has no line: not even the first one.
    if (const auto span = document.spanOf(*path); span && span->end > span->begin)
        problem.at = *span;
}

} // namespace pk::document
