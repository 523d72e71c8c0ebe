// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/function.h"

#include <algorithm>

namespace pk::tmpl {

void FunctionTable::add(std::span<const Function> family)
{
    for (const Function &function : family) {
        const auto at = std::lower_bound(m_functions.begin(), m_functions.end(), function.name,
            [](const Function &known, std::string_view name) { return known.name < name; });
        if (at != m_functions.end() && at->name == function.name)
            *at = function;
        else
            m_functions.insert(at, function);
    }
}

const Function *FunctionTable::find(std::string_view name) const
{
    const auto at = std::lower_bound(m_functions.begin(), m_functions.end(), name,
        [](const Function &known, std::string_view wanted) { return known.name < wanted; });
    return at != m_functions.end() && at->name == name ? &*at : nullptr;
}

} // namespace pk::tmpl
