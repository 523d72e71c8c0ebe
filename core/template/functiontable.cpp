// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/function.h"

#include <algorithm>

namespace pk::tmpl {

void FunctionTable::add(std::span<const Function> family)
{
    m_functions.insert(m_functions.end(), family.begin(), family.end());
    std::stable_sort(
        m_functions.begin(), m_functions.end(), [](const Function &a, const Function &b) { return a.name < b.name; });
    // Of those of one name the last one stays, the one that came last.
    const auto kept = std::unique(m_functions.rbegin(), m_functions.rend(),
        [](const Function &a, const Function &b) { return a.name == b.name; });
    m_functions.erase(m_functions.begin(), kept.base());
}

const Function *FunctionTable::find(std::string_view name) const
{
    const auto at = std::lower_bound(m_functions.begin(), m_functions.end(), name,
        [](const Function &known, std::string_view wanted) { return known.name < wanted; });
    return at != m_functions.end() && at->name == name ? &*at : nullptr;
}

} // namespace pk::tmpl
