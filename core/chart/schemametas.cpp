// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/schemametas.h"

#include "yaml/json.h"

#include <algorithm>
#include <vector>

namespace pk::chart::schema {

namespace {

constexpr int newest = 2020;

struct Keyword
{
    std::string_view name;
    Shape shape;
    std::string_view group; ///< Its vocabulary; "root": beside the vocabularies.
    int from; ///< The first and the last draft that has it so.
    int to;
};

constexpr Keyword keywords[] = {
    {"id", Shape::Text, "core", 4, 4},
    {"$id", Shape::Reference, "core", 6, 7},
    {"$id", Shape::Id, "core", 2019, 2019},
    {"$id", Shape::IdByReference, "core", 2020, newest},
    {"$schema", Shape::Uri, "core", 4, newest},
    {"$ref", Shape::Text, "core", 4, 4},
    {"$ref", Shape::Reference, "core", 6, newest},
    {"$anchor", Shape::Anchor2019, "core", 2019, 2019},
    {"$anchor", Shape::Anchor, "core", 2020, newest},
    {"$recursiveRef", Shape::Reference, "core", 2019, 2019},
    {"$recursiveAnchor", Shape::Flag, "core", 2019, 2019},
    {"$recursiveRef", Shape::Reference, "root", 2020, newest},
    {"$recursiveAnchor", Shape::Anchor, "root", 2020, newest},
    {"$dynamicRef", Shape::Reference, "core", 2020, newest},
    {"$dynamicAnchor", Shape::Anchor, "core", 2020, newest},
    {"$vocabulary", Shape::Vocabularies, "core", 2019, newest},
    {"$comment", Shape::Text, "core", 7, newest},
    {"$defs", Shape::SchemaMap, "core", 2019, newest},
    {"definitions", Shape::SchemaMap, "root", 4, newest},
    {"dependencies", Shape::SomeDependencies, "root", 4, 4},
    {"dependencies", Shape::Dependencies, "root", 6, newest},

    {"properties", Shape::SchemaMap, "applicator", 4, newest},
    {"patternProperties", Shape::SchemaMap, "applicator", 4, 6},
    {"patternProperties", Shape::PatternMap, "applicator", 7, newest},
    {"additionalProperties", Shape::SchemaOrFlag, "applicator", 4, 4},
    {"additionalProperties", Shape::Schema, "applicator", 6, newest},
    {"propertyNames", Shape::Schema, "applicator", 6, newest},
    {"dependentSchemas", Shape::SchemaMap, "applicator", 2019, newest},
    {"items", Shape::SchemaOrSchemas, "applicator", 4, 2019},
    {"items", Shape::Schema, "applicator", 2020, newest},
    {"prefixItems", Shape::Schemas, "applicator", 2020, newest},
    {"additionalItems", Shape::SchemaOrFlag, "applicator", 4, 4},
    {"additionalItems", Shape::Schema, "applicator", 6, 2019},
    {"contains", Shape::Schema, "applicator", 6, newest},
    {"allOf", Shape::Schemas, "applicator", 4, newest},
    {"anyOf", Shape::Schemas, "applicator", 4, newest},
    {"oneOf", Shape::Schemas, "applicator", 4, newest},
    {"not", Shape::Schema, "applicator", 4, newest},
    {"if", Shape::Schema, "applicator", 7, newest},
    {"then", Shape::Schema, "applicator", 7, newest},
    {"else", Shape::Schema, "applicator", 7, newest},
    {"unevaluatedItems", Shape::Schema, "applicator", 2019, 2019},
    {"unevaluatedProperties", Shape::Schema, "applicator", 2019, 2019},
    {"unevaluatedItems", Shape::Schema, "unevaluated", 2020, newest},
    {"unevaluatedProperties", Shape::Schema, "unevaluated", 2020, newest},

    {"type", Shape::Types, "validation", 4, newest},
    {"enum", Shape::SomeUnique, "validation", 4, 7},
    {"enum", Shape::List, "validation", 2019, newest},
    {"const", Shape::Any, "validation", 6, newest},
    {"multipleOf", Shape::Positive4, "validation", 4, 4},
    {"multipleOf", Shape::Positive, "validation", 6, newest},
    {"maximum", Shape::Number, "validation", 4, newest},
    {"minimum", Shape::Number, "validation", 4, newest},
    {"exclusiveMaximum", Shape::Flag, "validation", 4, 4},
    {"exclusiveMinimum", Shape::Flag, "validation", 4, 4},
    {"exclusiveMaximum", Shape::Number, "validation", 6, newest},
    {"exclusiveMinimum", Shape::Number, "validation", 6, newest},
    {"maxLength", Shape::Count, "validation", 4, newest},
    {"minLength", Shape::CountWithDefault, "validation", 4, 7},
    {"minLength", Shape::Count, "validation", 2019, newest},
    {"pattern", Shape::Regex, "validation", 4, newest},
    {"maxItems", Shape::Count, "validation", 4, newest},
    {"minItems", Shape::CountWithDefault, "validation", 4, 7},
    {"minItems", Shape::Count, "validation", 2019, newest},
    {"uniqueItems", Shape::Flag, "validation", 4, newest},
    {"maxContains", Shape::Count, "validation", 2019, newest},
    {"minContains", Shape::Count, "validation", 2019, newest},
    {"maxProperties", Shape::Count, "validation", 4, newest},
    {"minProperties", Shape::CountWithDefault, "validation", 4, 7},
    {"minProperties", Shape::Count, "validation", 2019, newest},
    {"required", Shape::SomeStrings, "validation", 4, 4},
    {"required", Shape::Strings, "validation", 6, newest},
    {"dependentRequired", Shape::StringLists, "validation", 2019, newest},

    {"title", Shape::Text, "meta-data", 4, newest},
    {"description", Shape::Text, "meta-data", 4, newest},
    {"default", Shape::Any, "meta-data", 4, newest},
    {"deprecated", Shape::Flag, "meta-data", 2019, newest},
    {"readOnly", Shape::Flag, "meta-data", 7, newest},
    {"writeOnly", Shape::Flag, "meta-data", 7, newest},
    {"examples", Shape::List, "meta-data", 7, newest},
    {"format", Shape::Text, "format", 4, 2019},
    {"format", Shape::Text, "format-annotation", 2020, newest},
    {"format", Shape::Text, "format-assertion", 2020, newest},
    {"contentMediaType", Shape::Text, "content", 7, newest},
    {"contentEncoding", Shape::Text, "content", 7, newest},
    {"contentSchema", Shape::Schema, "content", 2019, newest},
};

constexpr std::string_view vocabularies2019[] = {"core", "applicator", "validation", "meta-data", "format", "content"};
constexpr std::string_view vocabularies2020[] = {
    "core", "applicator", "unevaluated", "validation", "meta-data", "format-annotation", "content", "format-assertion"};

/// '@' stands for "a schema", as the draft refers to itself.
std::string_view textOf(Shape shape)
{
    switch (shape) {
    case Shape::Any:
        return R"({})";
    case Shape::Text:
        return R"({"type":"string"})";
    case Shape::Flag:
        return R"({"type":"boolean"})";
    case Shape::Number:
        return R"({"type":"number"})";
    case Shape::Count:
        return R"({"type":"integer","minimum":0})";
    case Shape::CountWithDefault:
        return R"({"allOf":[{"type":"integer","minimum":0},{}]})";
    case Shape::Positive4:
        return R"({"type":"number","minimum":0,"exclusiveMinimum":true})";
    case Shape::Positive:
        return R"({"type":"number","exclusiveMinimum":0})";
    case Shape::Uri:
        return R"({"type":"string","format":"uri"})";
    case Shape::Reference:
        return R"({"type":"string","format":"uri-reference"})";
    case Shape::Id:
        return R"({"type":"string","format":"uri-reference","pattern":"^[^#]*#?$"})";
    case Shape::IdByReference:
        return R"({"$ref":"#/$defs/uriReferenceString","pattern":"^[^#]*#?$"})";
    case Shape::Anchor2019:
        return R"({"type":"string","pattern":"^[A-Za-z][-A-Za-z0-9.:_]*$"})";
    case Shape::Anchor:
        return R"({"type":"string","pattern":"^[A-Za-z_][-A-Za-z0-9._]*$"})";
    case Shape::Vocabularies:
        return R"({"type":"object","propertyNames":{"type":"string","format":"uri"},"additionalProperties":{"type":"boolean"}})";
    case Shape::Regex:
        return R"({"type":"string","format":"regex"})";
    case Shape::Schema:
        return "@";
    case Shape::SchemaOrFlag:
        return R"({"anyOf":[{"type":"boolean"},@]})";
    case Shape::Schemas:
        return R"({"type":"array","minItems":1,"items":@})";
    case Shape::SchemaOrSchemas:
        return R"({"anyOf":[@,{"type":"array","minItems":1,"items":@}]})";
    case Shape::SchemaMap:
        return R"({"type":"object","additionalProperties":@})";
    case Shape::PatternMap:
        return R"({"type":"object","additionalProperties":@,"propertyNames":{"format":"regex"}})";
    case Shape::Strings:
        return R"({"type":"array","items":{"type":"string"},"uniqueItems":true})";
    case Shape::SomeStrings:
        return R"({"type":"array","items":{"type":"string"},"minItems":1,"uniqueItems":true})";
    case Shape::Dependencies:
        return R"({"type":"object","additionalProperties":{"anyOf":)"
               R"([@,{"type":"array","items":{"type":"string"},"uniqueItems":true}]}})";
    case Shape::SomeDependencies:
        return R"({"type":"object","additionalProperties":{"anyOf":)"
               R"([@,{"type":"array","items":{"type":"string"},"minItems":1,"uniqueItems":true}]}})";
    case Shape::StringLists:
        return R"({"type":"object","additionalProperties":{"type":"array","items":{"type":"string"},"uniqueItems":true}})";
    case Shape::List:
        return R"({"type":"array"})";
    case Shape::SomeUnique:
        return R"({"type":"array","minItems":1,"uniqueItems":true})";
    case Shape::Types:
        return R"({"anyOf":[{"enum":["array","boolean","integer","null","number","object","string"]},)"
               R"({"type":"array","items":{"enum":["array","boolean","integer","null","number","object","string"]},)"
               R"("minItems":1,"uniqueItems":true}]})";
    }
    return "{}";
}

/// How a schema of the draft says "a schema".
std::string_view selfReference(int draft)
{
    if (draft >= 2020)
        return R"({"$dynamicRef":"#meta"})";
    return draft >= 2019 ? R"({"$recursiveRef":"#"})" : R"({"$ref":"#"})";
}

Value treeOf(std::string_view text, int draft)
{
    std::string out;
    for (const char c : text) {
        if (c == '@')
            out += selfReference(draft);
        else
            out += c;
    }
    return *yaml::parseJson(out);
}

Value shapeOf(Shape shape, int draft)
{
    return treeOf(textOf(shape), draft);
}

/// The keywords of a group, of all groups when it is empty.
Value propertiesOf(int draft, std::string_view group)
{
    std::vector<Map::Entry> entries;
    for (const Keyword &keyword : keywords) {
        if (draft >= keyword.from && draft <= keyword.to && (group.empty() || group == keyword.group))
            entries.push_back({std::string(keyword.name), shapeOf(keyword.shape, draft)});
    }
    return Value::of(Map::fromEntries(std::move(entries)));
}

Value documentOf(int draft, const std::string &url, std::string_view group)
{
    Value out = treeOf(draft == 4 ? R"({"type":"object"})" : R"({"type":["object","boolean"]})", draft);
    Map &map = out.asMap();
    map.set("$schema", Value::string(metaUrl(draft)));
    map.set(draft == 4 ? "id" : "$id", Value::string(url));
    map.set("properties", propertiesOf(draft, group));
    if (draft == 4)
        map.set("dependencies", treeOf(R"({"exclusiveMaximum":["maximum"],"exclusiveMinimum":["minimum"]})", draft));
    if (draft == 2019)
        map.set("$recursiveAnchor", Value::boolean(true));
    if (draft >= 2020)
        map.set("$dynamicAnchor", Value::string("meta"));
    return out;
}

/// What schemas refer to by name inside a metaschema.
Value definitionsOf(int draft)
{
    Value out = Value::map();
    out.asMap().set("schemaArray", shapeOf(Shape::Schemas, draft));
    out.asMap().set(draft == 4 ? "positiveInteger" : "nonNegativeInteger", shapeOf(Shape::Count, draft));
    out.asMap().set(draft == 4 ? "positiveIntegerDefault0" : "nonNegativeIntegerDefault0",
        shapeOf(draft < 2019 ? Shape::CountWithDefault : Shape::Count, draft));
    out.asMap().set("simpleTypes", Value(shapeOf(Shape::Types, draft).get("anyOf").asList().items[0]));
    out.asMap().set("stringArray", shapeOf(draft == 4 ? Shape::SomeStrings : Shape::Strings, draft));
    out.asMap().set("uriReferenceString", shapeOf(Shape::Reference, draft));
    return out;
}

} // namespace

int draftOfUrl(std::string_view url)
{
    if (!url.starts_with("http://") && !url.starts_with("https://"))
        return 0;
    url.remove_prefix(url.find("//") + 2);
    if (url == "json-schema.org/schema")
        return newest;
    for (const int draft : {2020, 2019, 7, 6, 4}) {
        const std::string known = metaUrl(draft);
        if (url == std::string_view(known).substr(known.find("//") + 2))
            return draft;
    }
    return 0;
}

std::string metaUrl(int draft)
{
    if (draft < 2019)
        return "http://json-schema.org/draft-0" + std::to_string(draft) + "/schema";
    return std::string("https://json-schema.org/draft/") + (draft == 2019 ? "2019-09" : "2020-12") + "/schema";
}

std::optional<Shape> shapeOfKeyword(std::string_view name, int draft)
{
    for (const Keyword &keyword : keywords) {
        if (keyword.name == name && draft >= keyword.from && draft <= keyword.to)
            return keyword.shape;
    }
    return std::nullopt;
}

std::span<const std::string_view> vocabulariesOf(int draft)
{
    if (draft < 2019)
        return {};
    return draft == 2019 ? std::span<const std::string_view>(vocabularies2019)
                         : std::span<const std::string_view>(vocabularies2020);
}

std::string vocabularyPrefix(int draft)
{
    return std::string("https://json-schema.org/draft/") + (draft == 2019 ? "2019-09" : "2020-12") + "/vocab/";
}

Value metaSchema(std::string_view url)
{
    const std::string full(url);
    if (const int draft = draftOfUrl(url); draft != 0) {
        if (draft < 2019) {
            Value out = documentOf(draft, full, {});
            out.asMap().set("definitions", definitionsOf(draft));
            return out;
        }
        Value out = documentOf(draft, full, "root");
        std::vector<Value> parts;
        std::vector<Map::Entry> vocabularies;
        for (const std::string_view name : vocabulariesOf(draft)) {
            if (name == "format-assertion")
                continue;
            parts.push_back(Value::map({{"$ref", Value::string("meta/" + std::string(name))}}));
            vocabularies.push_back({vocabularyPrefix(draft) + std::string(name), Value::boolean(name != "format")});
        }
        out.asMap().set("allOf", Value::list(std::move(parts)));
        out.asMap().set("$vocabulary", Value::of(Map::fromEntries(std::move(vocabularies))));
        return out;
    }
    for (const int draft : {2020, 2019}) {
        const std::string base = metaUrl(draft).substr(0, metaUrl(draft).size() - 6) + "meta/";
        if (!url.starts_with(base))
            continue;
        const std::string_view name = url.substr(base.size());
        if (std::ranges::find(vocabulariesOf(draft), name) == vocabulariesOf(draft).end())
            continue;
        Value out = documentOf(draft, full, name);
        out.asMap().set("$defs", definitionsOf(draft));
        return out;
    }
    return {};
}

} // namespace pk::chart::schema
