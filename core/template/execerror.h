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
    std::string file; ///< Name of the text that was parsed.
    int line = 0; ///< 1-based; 0 when no node was being evaluated yet.
    int column = 0; ///< 0-based, bytes.
    std::string templateName; ///< The template that was being executed (a file or a define).
    std::string context; ///< The node, printed canonically.
    std::string message; ///< What happened; of all links but the last, what stands before the inner one:
                         ///< "error calling include: ".

    /// The line up to the message.
    std::string prefix() const;
};

/// A failed execution, from the outermost template to the innermost.
struct ExecError
{
    std::vector<ErrorLink> links; ///< Outermost first.
    /// Every link follows from the one before without foreign words between (a plain error of a function, or tpl's
    /// "error during tpl function execution"). Helm 4 prints such chains as blocks.
    bool onlyTemplateErrors = true;
    Error cause; ///< The innermost failure alone, as the function returned it or as the executor says it.
    std::string text; ///< The whole as one line, as Go prints it.
};

} // namespace pk::tmpl
