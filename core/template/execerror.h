// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <string>
#include <vector>

namespace pk::tmpl {

/// One template on the way to a failure: what Go writes as
/// `template: FILE:LINE:COLUMN: executing "TEMPLATE" at <CONTEXT>: MESSAGE`.
struct ErrorLink
{
    std::string file = {}; ///< Name of the text that was parsed.
    int line = 0; ///< 1-based.
    int column = 0; ///< 0-based, bytes.
    std::string templateName = {}; ///< The template that was being executed (a file or a define).
    std::string context = {}; ///< The node, printed canonically.
    std::string message =
        {}; ///< What happened. Where a function failed it is "error calling NAME: " and, if that failed in
            ///< another template, what the function says before that template's error; else the cause.

    /// The line up to the message.
    std::string prefix() const;
};

/// A failed execution, from the outermost template to the innermost.
struct ExecError
{
    std::vector<ErrorLink> links; ///< Outermost first; never empty, unless the template to render does not exist.
    /// No words but those of templates stand in the chain: neither a function's own error, nor what a function put
    /// before an inner template's ("error during tpl function execution"). Helm 4 prints such chains as blocks.
    bool onlyTemplateErrors = true;
    Error cause; ///< The innermost failure alone, as the function returned it or as the executor says it.
    std::string text; ///< The whole as one line, as Go prints it.
    /// Keys from the root dot to the value that would not do ("Values", "image"). Only while spans are recorded, and
    /// where one place of the data is it.
    std::vector<std::string> origin;

    /// The text of each error of Go's chain, as errors.Unwrap would go through it: from link i on, and at the end a
    /// function's own error.
    std::vector<std::string> chain() const;
};

} // namespace pk::tmpl
