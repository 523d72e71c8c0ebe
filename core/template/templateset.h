// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "template/function.h"

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace pk::tmpl {

struct Block;

/// A text that was parsed; its templates share it for the places in their errors.
struct Source
{
    std::string name; ///< "chart/templates/x.yaml"
    std::string text;
};

/// One named template: a parsed file or a `define`. Immutable.
struct Template
{
    std::string name;
    std::shared_ptr<const Source> source;
    std::shared_ptr<const Block> root; ///< Null when the name is known and has no body.
};

/// Named templates that can call each other, in the order of their parsing: a later definition replaces an earlier one
/// unless its body is empty. Parse once, execute often; not changed while an Executor runs on it, and then safe to
/// share between threads.
class TemplateSet
{
public:
    /// `functions` must outlive the set.
    explicit TemplateSet(const FunctionTable &functions) : m_functions(&functions) { }
    /// A view of `below` in which new definitions stay private. `below` must outlive it and not change.
    explicit TemplateSet(const TemplateSet *below) : m_functions(below->m_functions), m_below(below) { }

    /// Parses a file and its defines into the set. The Error's message is Go's ("template: NAME:LINE: MSG"), `at` has
    /// file and line. The set is unchanged then.
    Result<void> parse(std::string_view name, std::string text);

    /// Null when there is none.
    const Template *find(std::string_view name) const;
    /// Names of this set alone, sorted.
    std::vector<std::string> names() const;
    const FunctionTable &functions() const { return *m_functions; }

private:
    const FunctionTable *m_functions;
    const TemplateSet *m_below = nullptr;
    std::unordered_map<std::string, std::unique_ptr<Template>> m_templates;
};

} // namespace pk::tmpl
