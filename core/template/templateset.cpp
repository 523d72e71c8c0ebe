// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/templateset.h"

#include "template/node.h"
#include "template/parser.h"

#include <algorithm>

namespace pk::tmpl {

ParsedText::ParsedText() = default;
ParsedText::~ParsedText() = default;
ParsedText::ParsedText(ParsedText &&) noexcept = default;
ParsedText &ParsedText::operator=(ParsedText &&) noexcept = default;

Template ParsedText::main() const
{
    const auto own = std::find_if(definitions.begin(), definitions.end(),
        [this](const Definition &definition) { return definition.name == source->name; });
    return {own->name, source, own->root};
}

Result<ParsedText> TemplateSet::parseOnly(std::string_view name, std::string text) const
{
    ParsedText parsed;
    parsed.source = std::make_shared<const Source>(Source{std::string(name), std::move(text)});
    Result<std::vector<Definition>> definitions = parseTemplate(parsed.source->name, parsed.source->text, *m_functions);
    if (!definitions)
        return definitions.error();
    parsed.definitions = std::move(*definitions);
    return parsed;
}

Result<void> TemplateSet::parse(std::string_view name, std::string text)
{
    const Result<ParsedText> parsed = parseOnly(name, std::move(text));
    if (!parsed)
        return parsed.error();
    add(*parsed);
    return {};
}

void TemplateSet::add(const ParsedText &parsed)
{
    for (const Definition &definition : parsed.definitions) {
        if (isEmpty(*definition.root) && find(definition.name))
            continue;
        m_templates.insert_or_assign(definition.name,
            std::make_shared<const Template>(Template{definition.name, parsed.source, definition.root}));
    }
}

std::shared_ptr<const Template> TemplateSet::find(std::string_view name) const
{
    const auto found = m_templates.find(name);
    if (found != m_templates.end())
        return found->second;
    return m_below ? m_below->find(name) : nullptr;
}

std::vector<std::string> TemplateSet::names() const
{
    std::vector<std::string> result;
    result.reserve(m_templates.size());
    for (const auto &[name, definition] : m_templates)
        result.push_back(name);
    std::sort(result.begin(), result.end());
    return result;
}

} // namespace pk::tmpl
