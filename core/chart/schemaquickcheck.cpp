// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a schema is valid, told without its metaschema: nearly all are, and only a refusal needs words.
#include "chart/schemaformats.h"
#include "chart/schemametas.h"
#include "chart/schemaparts.h"
#include "chart/schemavalidation.h"

#include <algorithm>
#include <cmath>

namespace pk::chart::schema {

namespace {

constexpr int deepest = 200;

bool isCount(const Value &value)
{
    return value.kind() == Value::Kind::Float64 && value.toDouble() >= 0
        && std::trunc(value.toDouble()) == value.toDouble();
}

bool isRegex(const Value &value)
{
    return value.isString() && tmpl::sprig::GoRegex::compile(value.toString()).ok();
}

bool isUnique(const std::vector<Value> &items)
{
    return !firstEqual(items);
}

bool isStrings(const Value &value, std::size_t atLeast)
{
    return value.isList() && value.asList().items.size() >= atLeast
        && std::ranges::all_of(value.asList().items, [](const Value &item) { return item.isString(); })
        && isUnique(value.asList().items);
}

bool isTypeName(const Value &value)
{
    static constexpr std::string_view names[] = {"array", "boolean", "integer", "null", "number", "object", "string"};
    return value.isString() && std::ranges::find(names, value.toString()) != std::end(names);
}

bool isTypes(const Value &value)
{
    if (!value.isList())
        return isTypeName(value);
    const auto &items = value.asList().items;
    return !items.empty() && std::ranges::all_of(items, isTypeName) && isUnique(items);
}

class QuickCheck
{
public:
    explicit QuickCheck(int draft) : m_draft(draft) { }

    bool isSchema(const Value &value, int depth) const
    {
        if (value.isBool())
            return m_draft >= 6;
        if (!value.isMap() || depth > deepest)
            return false;
        return std::ranges::all_of(value.asMap(), [&](const Map::Entry &entry) {
            const auto shape = shapeOfKeyword(entry.key, m_draft);
            return !shape || fits(entry.value, *shape, depth + 1);
        }) && (m_draft > 4 || hasLimits(value.asMap()));
    }

private:
    static bool hasLimits(const Map &map)
    {
        return (!map.contains("exclusiveMaximum") || map.contains("maximum"))
            && (!map.contains("exclusiveMinimum") || map.contains("minimum"));
    }

    bool isSchemas(const Value &value, int depth) const
    {
        return value.isList() && !value.asList().items.empty()
            && std::ranges::all_of(value.asList().items, [&](const Value &item) { return isSchema(item, depth); });
    }

    bool isSchemaMap(const Value &value, int depth) const
    {
        return value.isMap() && std::ranges::all_of(value.asMap(), [&](const Map::Entry &entry) {
            return isSchema(entry.value, depth);
        });
    }

    bool isDependencies(const Value &value, std::size_t atLeast, int depth) const
    {
        return value.isMap() && std::ranges::all_of(value.asMap(), [&](const Map::Entry &entry) {
            return isStrings(entry.value, atLeast) || isSchema(entry.value, depth);
        });
    }

    bool fits(const Value &value, Shape shape, int depth) const
    {
        switch (shape) {
        case Shape::Any:
            return true;
        case Shape::Text:
            return value.isString();
        case Shape::Flag:
            return value.isBool();
        case Shape::Number:
            return value.isNumber();
        case Shape::Count:
        case Shape::CountWithDefault:
            return isCount(value);
        case Shape::Positive4:
        case Shape::Positive:
            return value.kind() == Value::Kind::Float64 && value.toDouble() > 0;
        case Shape::Uri:
            return value.isString() && checkUri(value.toString()).empty();
        case Shape::Reference:
            return value.isString() && checkUriReference(value.toString()).empty();
        case Shape::Regex:
            return isRegex(value);
        case Shape::Schema:
            return isSchema(value, depth);
        case Shape::SchemaOrFlag:
            return value.isBool() || isSchema(value, depth);
        case Shape::Schemas:
            return isSchemas(value, depth);
        case Shape::SchemaOrSchemas:
            return isSchema(value, depth) || isSchemas(value, depth);
        case Shape::SchemaMap:
            return isSchemaMap(value, depth);
        case Shape::PatternMap:
            return isSchemaMap(value, depth) && std::ranges::all_of(value.asMap(), [](const Map::Entry &entry) {
                return tmpl::sprig::GoRegex::compile(entry.key).ok();
            });
        case Shape::Strings:
            return isStrings(value, 0);
        case Shape::SomeStrings:
            return isStrings(value, 1);
        case Shape::Dependencies:
            return isDependencies(value, 0, depth);
        case Shape::SomeDependencies:
            return isDependencies(value, 1, depth);
        case Shape::List:
            return value.isList();
        case Shape::SomeUnique:
            return value.isList() && !value.asList().items.empty() && isUnique(value.asList().items);
        case Shape::Types:
            return isTypes(value);
        case Shape::Id:
        case Shape::IdByReference:
        case Shape::Anchor2019:
        case Shape::Anchor:
        case Shape::Vocabularies:
        case Shape::StringLists:
            return false; // Too rare to be quick.
        }
        return false;
    }

    int m_draft;
};

} // namespace

bool isSurelyValid(const Value &schema, int draft)
{
    return QuickCheck(draft).isSchema(schema, 0);
}

} // namespace pk::chart::schema
