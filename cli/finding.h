// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/problem.h"
#include "value/value.h"

#include <string>
#include <string_view>
#include <vector>

namespace pk::cli {

/// One thing that is told about a file, in English: a problem of `lint` or a consequence of `diff`.
struct Finding
{
    std::string file; ///< As it was given.
    Problem::Severity severity = Problem::Severity::Error;
    std::string rule; ///< "rule.shared-storage", "schema.type", "yaml", "consequence.restarts"
    std::string message;
    std::string detail; ///< A second sentence; may be empty.
    std::string path; ///< Of the value; may be empty.
    std::string fix; ///< What would end it: "Quote it"; may be empty.
    std::string fixPath; ///< The value that the fix changes.
    // Counted from 1, columns in characters; 0: the place is not known. The end lies behind the last character.
    int line = 0, column = 0, endLine = 0, endColumn = 0;
};

/// The problem of a values text that is read from `file`.
Finding findingOf(const Problem &problem, const std::string &file, std::string_view text);

/// Sets where a finding stands in `text`.
void setPlace(Finding &finding, const SourceSpan &at, std::string_view text);

/// The sentence of an id, or `otherwise`.
std::string sentenceOf(const std::string &id, const std::vector<std::pair<std::string, std::string>> &parameters,
    const std::string &otherwise = {});

const char *nameOf(Problem::Severity severity); ///< "error", "warning", "hint"

/// The message, with the value that it is about where it does not name it itself.
std::string messageOf(const Finding &finding);
/// "file:12:5: error: SENTENCE [rule]", with the fix and the detail on lines of their own.
std::string printFinding(const Finding &finding);
/// One object of a JSON report.
Value treeOf(const Finding &finding);
/// A whole SARIF 2.1.0 log of one run.
std::string printSarif(const std::vector<Finding> &findings, std::string_view version);

} // namespace pk::cli
