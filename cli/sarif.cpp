// SPDX-License-Identifier: GPL-3.0-or-later
// The form that code review tools read: SARIF 2.1.0 (OASIS), one run, one rule for each id that occurs.
#include "base/encoding.h"
#include "cli/finding.h"
#include "yaml/json.h"

#include <algorithm>

namespace pk::cli {

namespace {

const char *levelOf(Problem::Severity severity)
{
    return severity == Problem::Severity::Hint ? "note" : nameOf(severity);
}

Value textOf(const std::string &text)
{
    return Value::map({{"text", Value::string(text)}});
}

/// A relative path as a URI reference: whatever is no part of a path as it stands is escaped.
std::string uriOf(std::string_view path)
{
    return (path.starts_with('/') ? "file://" : "") + percentEncode(path, "/-._~");
}

Value locationOf(const Finding &finding)
{
    const Value physical =
        Value::map({{"artifactLocation", Value::map({{"uri", Value::string(uriOf(finding.file))}})}});
    // Review tools show nothing without a line: what is about the whole file stands at its first one.
    const Value region = Value::map({{"startLine", Value::integer(std::max(finding.line, 1))}});
    if (finding.line > 0) {
        region.asMap().set("startColumn", Value::integer(finding.column));
        region.asMap().set("endLine", Value::integer(finding.endLine));
        region.asMap().set("endColumn", Value::integer(finding.endColumn));
    }
    physical.asMap().set("region", region);
    return Value::map({{"physicalLocation", physical}});
}

Value resultOf(const Finding &finding, std::size_t rule)
{
    std::string message = messageOf(finding);
    if (!finding.detail.empty())
        message += (message.ends_with('.') ? " " : ". ") + finding.detail;
    if (!finding.fix.empty())
        message += " Fix: " + finding.fix + " (" + finding.fixPath + ").";
    const Value result = Value::map(
        {{"ruleId", Value::string(finding.rule)}, {"ruleIndex", Value::integer(static_cast<std::int64_t>(rule))},
            {"level", Value::string(levelOf(finding.severity))}, {"message", textOf(message)},
            {"locations", Value::list({locationOf(finding)})}});
    if (!finding.path.empty())
        result.asMap().set("properties", Value::map({{"path", Value::string(finding.path)}}));
    return result;
}

} // namespace

std::string printSarif(const std::vector<Finding> &findings, std::string_view version)
{
    std::vector<std::string> ids;
    for (const Finding &finding : findings)
        ids.push_back(finding.rule);
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    const Value rules = Value::list();
    for (const std::string &id : ids)
        rules.asList().items.push_back(Value::map({{"id", Value::string(id)}}));
    const Value results = Value::list();
    for (const Finding &finding : findings) {
        const auto rule = std::lower_bound(ids.begin(), ids.end(), finding.rule) - ids.begin();
        results.asList().items.push_back(resultOf(finding, static_cast<std::size_t>(rule)));
    }
    const Value driver = Value::map(
        {{"name", Value::string("Poolkeeper")}, {"version", Value::string(std::string(version))}, {"rules", rules}});
    const Value run = Value::map({{"tool", Value::map({{"driver", driver}})},
        {"columnKind", Value::string("unicodeCodePoints")}, {"results", results}});
    const Value log = Value::map({{"version", Value::string("2.1.0")},
        {"$schema", Value::string("https://json.schemastore.org/sarif-2.1.0.json")}, {"runs", Value::list({run})}});
    std::string text;
    (void)yaml::appendPrettyJson(text, log, yaml::HtmlEscape::Off);
    return text + '\n';
}

} // namespace pk::cli
