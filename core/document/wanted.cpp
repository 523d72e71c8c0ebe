// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/wanted.h"

#include <algorithm>

namespace pk::document {

namespace {

/// The defaults of the subchart whose values stand below `key`; nil when there is none.
Value subchartValues(const chart::Chart &chart, std::string_view key)
{
    std::string_view name = key;
    for (const chart::Dependency &declared : chart.metadata.dependencies) {
        if (declared.alias == key)
            name = declared.name;
    }
    for (const chart::ChartPtr &sub : chart.dependencies) {
        if (sub->metadata.name == name)
            return sub->values;
    }
    return {};
}

Wanted::Kind kindOf(const Value &value)
{
    return value.isString() ? Wanted::Kind::Text
        : value.isNumber()  ? Wanted::Kind::Number
        : value.isBool()    ? Wanted::Kind::Bool
        : value.isList()    ? Wanted::Kind::List
        : value.isMap()     ? Wanted::Kind::Map
                            : Wanted::Kind::Unknown;
}

Wanted::Kind kindOf(std::string_view type)
{
    return type == "string"                     ? Wanted::Kind::Text
        : type == "integer" || type == "number" ? Wanted::Kind::Number
        : type == "boolean"                     ? Wanted::Kind::Bool
        : type == "array"                       ? Wanted::Kind::List
        : type == "object"                      ? Wanted::Kind::Map
                                                : Wanted::Kind::Unknown;
}

} // namespace

Wanted::Wanted(const Wishes &wishes) : m_root(wishes.chart), m_schema(wishes.schema)
{
    if (m_root)
        m_own = m_root->values;
}

Wanted Wanted::entry(std::string_view key) const
{
    Wanted below;
    if (m_schema) {
        const auto &known = m_schema->properties;
        const auto found = std::ranges::find(known, key, &chart::SchemaNode::name);
        below.m_schema = found != known.end() ? &*found
            : m_schema->additional.empty()    ? nullptr
                                              : &m_schema->additional.front();
    }
    below.m_own = m_own.get(key);
    below.m_sub = m_root ? subchartValues(*m_root, key) : m_sub.get(key);
    return below;
}

Wanted Wanted::item() const
{
    Wanted below;
    if (m_schema && !m_schema->items.empty())
        below.m_schema = &m_schema->items.front();
    return below;
}

Wanted::Kind Wanted::kind() const
{
    if (m_schema && !m_schema->types.empty()) {
        std::string_view only;
        for (const std::string &type : m_schema->types) {
            if (type == "null")
                continue;
            if (!only.empty())
                return Kind::Unknown; // It takes several, and which is meant the writer knows.
            only = type;
        }
        return kindOf(only);
    }
    return kindOf(m_own.isNil() ? m_sub : m_own);
}

bool Wanted::isFilled(const Value &value)
{
    if (value.isMap())
        return !value.asMap().isEmpty();
    if (value.isList())
        return !value.asList().items.empty();
    return !value.isNil() && !(value.isString() && value.toString().empty());
}

} // namespace pk::document
