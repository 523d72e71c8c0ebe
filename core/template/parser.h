// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "template/function.h"
#include "template/node.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace pk::tmpl {

/// One body that a text defines: the text's own, or that of a define or block in it.
struct Definition
{
    std::string name;
    std::shared_ptr<const Block> root;
};

/// Parses a template. Definitions come in the order in which their ends stand in the text, the text's own last; a name
/// that is defined twice keeps the body that is not empty. Functions must be known to `functions`, which must outlive
/// the nodes. The Error's message is Go's, "template: NAME:LINE: MESSAGE", with the place in `at`.
Result<std::vector<Definition>> parseTemplate(
    std::string_view name, std::string_view text, const FunctionTable &functions);

} // namespace pk::tmpl
