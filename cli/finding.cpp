// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/finding.h"

#include "texts/sentences.h"

#include <algorithm>

namespace pk::cli {

namespace {

/// Line and column of a byte, as an editor counts them.
struct Place
{
    int line = 1;
    int column = 1;
};

Place placeOf(std::string_view text, std::size_t byte)
{
    Place place;
    for (const char c : text.substr(0, byte)) {
        if (c == '\n')
            place = {place.line + 1, 1};
        else if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80)
            ++place.column;
    }
    return place;
}

/// Where no sentence is ours, the rule is what found it.
std::string ruleOf(const Problem &problem)
{
    if (!problem.id.empty())
        return problem.id;
    switch (problem.source) {
    case Problem::Source::Yaml:
        return "yaml";
    case Problem::Source::Schema:
        return "schema";
    case Problem::Source::Render:
        return "render";
    case Problem::Source::Credentials:
        return "credentials";
    case Problem::Source::Rule:
        break;
    }
    return "rule";
}

/// Where a template failed, and what Helm says where the message says it otherwise. What the schema says is told in one
/// breath.
std::string wordsOf(const Problem &problem, const std::string &message)
{
    if (problem.source == Problem::Source::Schema)
        return {};
    std::string words;
    if (!problem.at.file.empty()) {
        words = problem.at.file;
        if (problem.at.isKnown())
            words += ':' + std::to_string(problem.at.line);
        if (problem.at.column > 0)
            words += ':' + std::to_string(problem.at.column);
    }
    const std::string own = gui::texts::cleaned(problem.message, gui::texts::LongestMessage);
    if (!own.empty() && own != message)
        words += (words.empty() ? "" : ": ") + own;
    return words;
}

} // namespace

const char *nameOf(Problem::Severity severity)
{
    switch (severity) {
    case Problem::Severity::Error:
        return "error";
    case Problem::Severity::Warning:
        return "warning";
    case Problem::Severity::Hint:
        break;
    }
    return "hint";
}

std::string sentenceOf(const std::string &id, const std::vector<std::pair<std::string, std::string>> &parameters,
    const std::string &otherwise)
{
    namespace texts = gui::texts;
    const char *pattern = id.empty() ? nullptr : texts::patternOf(id, parameters);
    const std::string own = pattern ? texts::filled(pattern, parameters) : std::string();
    return own.empty() ? texts::cleaned(otherwise, texts::LongestMessage) : own;
}

void setPlace(Finding &finding, const SourceSpan &at, std::string_view text)
{
    if (!at.isKnown() || !at.file.empty())
        return;
    const std::size_t begin = std::min(at.begin, text.size());
    std::size_t end = std::clamp(at.end, begin, text.size());
    while (end > begin && (text[end - 1] == '\n' || text[end - 1] == '\r'))
        --end; // A region that ends in column 1 of the next line is shown as two lines.
    const Place first = placeOf(text, begin);
    const Place last = placeOf(text, end);
    finding.line = first.line;
    finding.column = first.column;
    finding.endLine = last.line;
    finding.endColumn = last.column;
}

Finding findingOf(const Problem &problem, const std::string &file, std::string_view text)
{
    Finding finding;
    finding.file = file;
    finding.severity = problem.severity;
    finding.rule = ruleOf(problem);
    auto parameters = problem.parameters;
    parameters.emplace_back("message", problem.message);
    finding.message = sentenceOf(problem.id, parameters, problem.message);
    finding.path = problem.path;
    finding.detail = wordsOf(problem, finding.message);
    if (!problem.fix.path.empty()) {
        finding.fix = sentenceOf(problem.fix.id, problem.parameters);
        finding.fixPath = problem.fix.path;
    }
    setPlace(finding, problem.at, text);
    return finding;
}

std::string messageOf(const Finding &finding)
{
    const bool names = finding.path.empty() || finding.message.find(finding.path) != std::string::npos;
    return names ? finding.message : finding.path + ": " + finding.message;
}

std::string printFinding(const Finding &finding)
{
    std::string text = finding.file;
    if (finding.line > 0)
        text += ':' + std::to_string(finding.line) + ':' + std::to_string(finding.column);
    text += std::string(": ") + nameOf(finding.severity) + ": " + messageOf(finding) + " [" + finding.rule + "]\n";
    if (!finding.detail.empty())
        text += "    " + finding.detail + '\n';
    if (!finding.fix.empty())
        text += "    Fix: " + finding.fix + " (" + finding.fixPath + ")\n";
    return text;
}

Value treeOf(const Finding &finding)
{
    const Value tree = Value::map({{"severity", Value::string(nameOf(finding.severity))},
        {"rule", Value::string(finding.rule)}, {"message", Value::string(finding.message)}});
    const auto add = [&tree](const char *key, const std::string &text) {
        if (!text.empty())
            tree.asMap().set(key, Value::string(text));
    };
    add("detail", finding.detail);
    add("path", finding.path);
    add("fix", finding.fix);
    add("fixPath", finding.fixPath);
    if (finding.line > 0) {
        tree.asMap().set("line", Value::integer(finding.line));
        tree.asMap().set("column", Value::integer(finding.column));
        tree.asMap().set("endLine", Value::integer(finding.endLine));
        tree.asMap().set("endColumn", Value::integer(finding.endColumn));
    }
    return tree;
}

} // namespace pk::cli
