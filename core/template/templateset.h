// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "template/function.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace pk::tmpl {

struct Block;
struct Definition;

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
    std::shared_ptr<const Block> root;
};

/// A text parsed on its own, to be put into any number of sets.
struct ParsedText
{
    std::shared_ptr<const Source> source;
    std::vector<Definition> definitions;

    ParsedText();
    ~ParsedText();
    ParsedText(ParsedText &&) noexcept;
    ParsedText &operator=(ParsedText &&) noexcept;
    /// The body outside all defines.
    Template main() const;
};

/// Named templates that can call each other, in the order of their parsing: a later definition replaces an earlier one
/// unless its body is empty. Parse once, execute often; not changed while an Executor runs on it, and then safe to
/// share between threads.
class TemplateSet
{
public:
    /// `functions` must outlive the set. `name` is Go's name of the whole ("gotpl"): errors about missing templates and
    /// the places in executeText() say it.
    TemplateSet(const FunctionTable &functions, std::string name) : m_functions(&functions), m_name(std::move(name)) { }
    /// A view of `below` in which new definitions stay private. `below` must outlive it and not change.
    explicit TemplateSet(const TemplateSet *below) :
        m_functions(below->m_functions), m_below(below), m_name(below->m_name)
    {
    }

    /// Parses a file and its defines into the set. The Error's message is Go's ("template: NAME:LINE: MSG"), `at` has
    /// file and line. The set is unchanged then.
    Result<void> parse(std::string_view name, std::string text);
    /// Parses without adding; add() may follow, here or in a set above.
    Result<ParsedText> parseOnly(std::string_view name, std::string text) const;
    void add(const ParsedText &parsed);

    /// Null when there is none.
    std::shared_ptr<const Template> find(std::string_view name) const;
    /// Names of this set alone, sorted.
    std::vector<std::string> names() const;
    const std::string &name() const { return m_name; }
    const FunctionTable &functions() const { return *m_functions; }

private:
    struct NameHash
    {
        using is_transparent = void;
        std::size_t operator()(std::string_view name) const { return std::hash<std::string_view>()(name); }
    };

    const FunctionTable *m_functions;
    const TemplateSet *m_below = nullptr;
    std::string m_name;
    std::unordered_map<std::string, std::shared_ptr<const Template>, NameHash, std::equal_to<>> m_templates;
};

} // namespace pk::tmpl
