// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/gopath.h"
#include "base/inputerror.h"
#include "chart/chart.h"
#include "chart/gotext.h"

namespace pk::chart {

Result<IgnoreRules> IgnoreRules::parse(std::string_view text)
{
    IgnoreRules rules;
    if (text.starts_with(byteOrderMark))
        text.remove_prefix(byteOrderMark.size());
    // Helm hides dot files of templates/ whatever the file says.
    const std::string all = std::string(text) + "\ntemplates/.?*";
    std::string_view rest = all;
    while (!rest.empty()) {
        const auto newline = rest.find('\n');
        std::string_view rule = trimSpace(rest.substr(0, newline));
        rest.remove_prefix(newline == std::string_view::npos ? rest.size() : newline + 1);
        if (rule.empty() || rule.starts_with('#'))
            continue;
        if (rule.find("**") != std::string_view::npos)
            return inputError("double-star (**) syntax is not supported");
        bool bad = false;
        globMatch(rule, "abc", &bad);
        if (bad)
            return inputError("syntax error in pattern");
        Pattern pattern;
        if (rule.starts_with('!')) {
            pattern.negated = true;
            rule.remove_prefix(1);
        }
        if (rule.ends_with('/')) {
            pattern.foldersOnly = true;
            rule.remove_suffix(1);
        }
        if (rule.starts_with('/')) {
            pattern.anchored = true;
            rule.remove_prefix(1);
        }
        pattern.wholePath = pattern.anchored || rule.find('/') != std::string_view::npos;
        pattern.text = std::string(rule);
        rules.m_patterns.push_back(std::move(pattern));
    }
    return rules;
}

bool IgnoreRules::ignores(std::string_view path, bool isFolder) const
{
    for (const Pattern &pattern : m_patterns) {
        const bool wrongType = pattern.foldersOnly && !isFolder;
        const bool matches = globMatch(pattern.text, pattern.wholePath ? path : pathBase(path));
        // A negated rule works the wrong way round in Helm: what it does not match is left out.
        if (pattern.negated ? wrongType || !matches : !wrongType && matches)
            return true;
    }
    return false;
}

} // namespace pk::chart
