// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/schemametas.h"

#include "yaml/json.h"

#include <algorithm>
#include <vector>

namespace pk::chart::schema {

namespace {

/// What a keyword's value must be. '@' stands for "a schema", as the draft refers to itself.
struct Keyword
{
    std::string_view name;
    std::string_view shape;
    std::string_view group; ///< Its vocabulary; "root": beside the vocabularies.
    int from;
    int to;
};

constexpr int newest = 2020;
constexpr std::string_view any = "{}";
constexpr std::string_view text = R"({"type":"string"})";
constexpr std::string_view flag = R"({"type":"boolean"})";
constexpr std::string_view number = R"({"type":"number"})";
constexpr std::string_view count = R"({"type":"integer","minimum":0})";
constexpr std::string_view countWithDefault = R"({"allOf":[{"type":"integer","minimum":0},{}]})";
constexpr std::string_view uri = R"({"type":"string","format":"uri"})";
constexpr std::string_view reference = R"({"type":"string","format":"uri-reference"})";
constexpr std::string_view regex = R"({"type":"string","format":"regex"})";
constexpr std::string_view schema = "@";
constexpr std::string_view schemaOrFlag = R"({"anyOf":[{"type":"boolean"},@]})";
constexpr std::string_view schemas = R"({"type":"array","minItems":1,"items":@})";
constexpr std::string_view schemaOrSchemas = R"({"anyOf":[@,{"type":"array","minItems":1,"items":@}]})";
constexpr std::string_view schemaMap = R"({"type":"object","additionalProperties":@})";
constexpr std::string_view patternMap =
    R"({"type":"object","additionalProperties":@,"propertyNames":{"format":"regex"}})";
constexpr std::string_view strings = R"({"type":"array","items":{"type":"string"},"uniqueItems":true})";
constexpr std::string_view someStrings =
    R"({"type":"array","items":{"type":"string"},"minItems":1,"uniqueItems":true})";
constexpr std::string_view dependencies =
    R"({"type":"object","additionalProperties":{"anyOf":[@,{"type":"array","items":{"type":"string"},"uniqueItems":true}]}})";
constexpr std::string_view someDependencies =
    R"({"type":"object","additionalProperties":{"anyOf":[@,{"type":"array","items":{"type":"string"},"minItems":1,"uniqueItems":true}]}})";
constexpr std::string_view stringLists =
    R"({"type":"object","additionalProperties":{"type":"array","items":{"type":"string"},"uniqueItems":true}})";
constexpr std::string_view list = R"({"type":"array"})";
constexpr std::string_view someUnique = R"({"type":"array","minItems":1,"uniqueItems":true})";
constexpr std::string_view types =
    R"({"anyOf":[{"enum":["array","boolean","integer","null","number","object","string"]},)"
    R"({"type":"array","items":{"enum":["array","boolean","integer","null","number","object","string"]},"minItems":1,"uniqueItems":true}]})";

constexpr Keyword keywords[] = {
    {"id", text, "core", 4, 4},
    {"$id", reference, "core", 6, 7},
    {"$id", R"({"type":"string","format":"uri-reference","pattern":"^[^#]*#?$"})", "core", 2019, 2019},
    {"$id", R"({"$ref":"#/$defs/uriReferenceString","pattern":"^[^#]*#?$"})", "core", 2020, newest},
    {"$schema", uri, "core", 4, newest},
    {"$ref", text, "core", 4, 4},
    {"$ref", reference, "core", 6, newest},
    {"$anchor", R"({"type":"string","pattern":"^[A-Za-z][-A-Za-z0-9.:_]*$"})", "core", 2019, 2019},
    {"$anchor", R"({"type":"string","pattern":"^[A-Za-z_][-A-Za-z0-9._]*$"})", "core", 2020, newest},
    {"$recursiveRef", reference, "core", 2019, 2019},
    {"$recursiveAnchor", flag, "core", 2019, 2019},
    {"$recursiveRef", reference, "root", 2020, newest},
    {"$recursiveAnchor", R"({"type":"string","pattern":"^[A-Za-z_][-A-Za-z0-9._]*$"})", "root", 2020, newest},
    {"$dynamicRef", reference, "core", 2020, newest},
    {"$dynamicAnchor", R"({"type":"string","pattern":"^[A-Za-z_][-A-Za-z0-9._]*$"})", "core", 2020, newest},
    {"$vocabulary",
        R"({"type":"object","propertyNames":{"type":"string","format":"uri"},"additionalProperties":{"type":"boolean"}})",
        "core", 2019, newest},
    {"$comment", text, "core", 7, newest},
    {"$defs", schemaMap, "core", 2019, newest},
    {"definitions", schemaMap, "root", 4, newest},
    {"dependencies", someDependencies, "root", 4, 4},
    {"dependencies", dependencies, "root", 6, newest},

    {"properties", schemaMap, "applicator", 4, newest},
    {"patternProperties", schemaMap, "applicator", 4, 6},
    {"patternProperties", patternMap, "applicator", 7, newest},
    {"additionalProperties", schemaOrFlag, "applicator", 4, 4},
    {"additionalProperties", schema, "applicator", 6, newest},
    {"propertyNames", schema, "applicator", 6, newest},
    {"dependentSchemas", schemaMap, "applicator", 2019, newest},
    {"items", schemaOrSchemas, "applicator", 4, 2019},
    {"items", schema, "applicator", 2020, newest},
    {"prefixItems", schemas, "applicator", 2020, newest},
    {"additionalItems", schemaOrFlag, "applicator", 4, 4},
    {"additionalItems", schema, "applicator", 6, 2019},
    {"contains", schema, "applicator", 6, newest},
    {"allOf", schemas, "applicator", 4, newest},
    {"anyOf", schemas, "applicator", 4, newest},
    {"oneOf", schemas, "applicator", 4, newest},
    {"not", schema, "applicator", 4, newest},
    {"if", schema, "applicator", 7, newest},
    {"then", schema, "applicator", 7, newest},
    {"else", schema, "applicator", 7, newest},
    {"unevaluatedItems", schema, "applicator", 2019, 2019},
    {"unevaluatedProperties", schema, "applicator", 2019, 2019},
    {"unevaluatedItems", schema, "unevaluated", 2020, newest},
    {"unevaluatedProperties", schema, "unevaluated", 2020, newest},

    {"type", types, "validation", 4, newest},
    {"enum", someUnique, "validation", 4, 7},
    {"enum", list, "validation", 2019, newest},
    {"const", any, "validation", 6, newest},
    {"multipleOf", R"({"type":"number","minimum":0,"exclusiveMinimum":true})", "validation", 4, 4},
    {"multipleOf", R"({"type":"number","exclusiveMinimum":0})", "validation", 6, newest},
    {"maximum", number, "validation", 4, newest},
    {"minimum", number, "validation", 4, newest},
    {"exclusiveMaximum", flag, "validation", 4, 4},
    {"exclusiveMinimum", flag, "validation", 4, 4},
    {"exclusiveMaximum", number, "validation", 6, newest},
    {"exclusiveMinimum", number, "validation", 6, newest},
    {"maxLength", count, "validation", 4, newest},
    {"minLength", countWithDefault, "validation", 4, 7},
    {"minLength", count, "validation", 2019, newest},
    {"pattern", regex, "validation", 4, newest},
    {"maxItems", count, "validation", 4, newest},
    {"minItems", countWithDefault, "validation", 4, 7},
    {"minItems", count, "validation", 2019, newest},
    {"uniqueItems", flag, "validation", 4, newest},
    {"maxContains", count, "validation", 2019, newest},
    {"minContains", count, "validation", 2019, newest},
    {"maxProperties", count, "validation", 4, newest},
    {"minProperties", countWithDefault, "validation", 4, 7},
    {"minProperties", count, "validation", 2019, newest},
    {"required", someStrings, "validation", 4, 4},
    {"required", strings, "validation", 6, newest},
    {"dependentRequired", stringLists, "validation", 2019, newest},

    {"title", text, "meta-data", 4, newest},
    {"description", text, "meta-data", 4, newest},
    {"default", any, "meta-data", 4, newest},
    {"deprecated", flag, "meta-data", 2019, newest},
    {"readOnly", flag, "meta-data", 7, newest},
    {"writeOnly", flag, "meta-data", 7, newest},
    {"examples", list, "meta-data", 7, newest},
    {"format", text, "format", 4, 2019},
    {"format", text, "format-annotation", 2020, newest},
    {"format", text, "format-assertion", 2020, newest},
    {"contentMediaType", text, "content", 7, newest},
    {"contentEncoding", text, "content", 7, newest},
    {"contentSchema", schema, "content", 2019, newest},
};

constexpr std::string_view vocabularies2019[] = {"core", "applicator", "validation", "meta-data", "format", "content"};
constexpr std::string_view vocabularies2020[] = {
    "core", "applicator", "unevaluated", "validation", "meta-data", "format-annotation", "content", "format-assertion"};

/// How a schema of the draft says "a schema".
std::string_view selfReference(int draft)
{
    if (draft >= 2020)
        return R"({"$dynamicRef":"#meta"})";
    return draft >= 2019 ? R"({"$recursiveRef":"#"})" : R"({"$ref":"#"})";
}

Value shapeOf(std::string_view shape, int draft)
{
    std::string out;
    for (const char c : shape) {
        if (c == '@')
            out += selfReference(draft);
        else
            out += c;
    }
    return *yaml::parseJson(out);
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
    Value out = shapeOf(draft == 4 ? R"({"type":"object"})" : R"({"type":["object","boolean"]})", draft);
    Map &map = out.asMap();
    map.set("$schema", Value::string(metaUrl(draft)));
    map.set(draft == 4 ? "id" : "$id", Value::string(url));
    map.set("properties", propertiesOf(draft, group));
    if (draft == 4)
        map.set("dependencies", shapeOf(R"({"exclusiveMaximum":["maximum"],"exclusiveMinimum":["minimum"]})", draft));
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
    out.asMap().set("schemaArray", shapeOf(schemas, draft));
    out.asMap().set(draft == 4 ? "positiveInteger" : "nonNegativeInteger", shapeOf(count, draft));
    out.asMap().set(draft == 4 ? "positiveIntegerDefault0" : "nonNegativeIntegerDefault0",
        shapeOf(draft < 2019 ? countWithDefault : count, draft));
    out.asMap().set("simpleTypes", Value(shapeOf(types, draft).get("anyOf").asList().items[0]));
    out.asMap().set("stringArray", shapeOf(draft == 4 ? someStrings : strings, draft));
    out.asMap().set("uriReferenceString", shapeOf(reference, draft));
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
