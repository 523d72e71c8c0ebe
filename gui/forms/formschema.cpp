// SPDX-License-Identifier: GPL-3.0-or-later
#include "forms/formschema.h"

#include "document/valuecomments.h"
#include "yaml/path.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace pk::gui {

namespace {

using chart::SchemaNode;

constexpr int Deepest = 8; ///< Objects within objects; below it nothing is derived.

std::string lower(const std::string &name)
{
    std::string text = name;
    std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

SchemaNode ofType(const char *type)
{
    SchemaNode node;
    node.types = {type};
    return node;
}

/// Maps of words by the names that charts give them: an empty default does not show what it holds.
bool namesWords(const std::string &name)
{
    const std::string key = lower(name);
    return key.ends_with("annotations") || key.ends_with("labels") || key.ends_with("nodeselector");
}

bool namesEnvironment(const std::string &name)
{
    constexpr std::array<std::string_view, 5> names = {"env", "extraenv", "envvars", "extraenvvars", "environment"};
    const std::string key = lower(name);
    return std::ranges::find(names, key) != names.end();
}

SchemaNode variable()
{
    SchemaNode item = ofType("object");
    for (const char *key : {"name", "value", "valueFrom"}) {
        item.properties.push_back(ofType(std::string_view(key) == "valueFrom" ? "object" : "string"));
        item.properties.back().name = key;
    }
    return item;
}

SchemaNode derived(const Value &value, const std::string &name, int depth);

/// The keys of all of the objects, each as the first object has it.
SchemaNode commonShape(const std::vector<Value> &objects)
{
    SchemaNode shape = ofType("object");
    for (const Value &object : objects) {
        for (const Map::Entry &entry : object.asMap()) {
            if (std::ranges::find(shape.properties, entry.key, &SchemaNode::name) == shape.properties.end())
                shape.properties.push_back(derived(entry.value, entry.key, Deepest));
        }
    }
    return shape;
}

/// What the items of a list are, where they or its name tell.
std::vector<SchemaNode> itemsOf(const std::vector<Value> &items, const std::string &name)
{
    const auto all = [&items](auto &&is) { return std::ranges::all_of(items, is); };
    if (items.empty())
        return namesEnvironment(name) ? std::vector{variable()} : std::vector<SchemaNode>();
    if (all([](const Value &item) { return item.isString(); }))
        return {ofType("string")};
    if (all([](const Value &item) {
            return item.isMap() && item.get("name").isString()
                && (item.asMap().contains("value") || item.asMap().contains("valueFrom"));
        }))
        return {variable()};
    return all([](const Value &item) { return item.isMap(); }) ? std::vector{commonShape(items)}
                                                               : std::vector<SchemaNode>();
}

/// `node` with types, keys and items that it leaves open taken from a default value.
void complete(SchemaNode &node, const Value &value, int depth)
{
    if (node.types.empty() && node.enumeration.empty()) {
        if (value.isBool())
            node.types = {"boolean"};
        else if (value.isString())
            node.types = {"string"};
        else if (value.isList())
            node.types = {"array"};
        else if (value.isMap())
            node.types = {"object"};
        else if (value.isNumber())
            node.types = {value.toDouble() == double(value.integerOr(0)) ? "integer" : "number"};
    }
    if (value.isList() && node.items.empty())
        node.items = itemsOf(value.asList().items, node.name);
    if (value.isMap() && depth < Deepest) {
        const bool words = node.properties.empty() && node.additional.empty() && namesWords(node.name)
            && std::ranges::all_of(value.asMap(), [](const Map::Entry &entry) { return entry.value.isString(); });
        if (words) {
            node.additional = {ofType("string")};
            return;
        }
        for (const Map::Entry &entry : value.asMap()) {
            const auto known = std::ranges::find(node.properties, entry.key, &SchemaNode::name);
            if (known == node.properties.end())
                node.properties.push_back(derived(entry.value, entry.key, depth + 1));
            else
                complete(*known, entry.value, depth + 1);
        }
    }
    for (SchemaNode &property : node.properties) {
        if (!value.isMap() || !value.asMap().contains(property.name))
            complete(property, Value(), depth + 1);
    }
    // Whatever else stands there is edited beside the keys that are known.
    if (!node.properties.empty() && node.allowsUnknown && node.additional.empty() && depth > 0)
        node.additional = {SchemaNode()};
}

SchemaNode derived(const Value &value, const std::string &name, int depth)
{
    SchemaNode node;
    node.name = name;
    complete(node, value, depth);
    return node;
}

void describe(SchemaNode &node, const yaml::Path &path, const std::map<std::string, std::string> &comments)
{
    if (node.description.empty()) {
        if (const auto comment = comments.find(path.toString()); comment != comments.end())
            node.description = comment->second;
    }
    for (SchemaNode &property : node.properties)
        describe(property, path.child(property.name), comments);
}

} // namespace

bool isGrouped(const SchemaNode &schema)
{
    return std::ranges::any_of(
        schema.properties, [](const SchemaNode &property) { return !property.extensions.get("x-group").isNil(); });
}

SchemaNode formSchema(const SchemaNode *schema, const Value &defaults, std::string_view defaultsText)
{
    SchemaNode root = schema ? *schema : SchemaNode();
    if (schema && isGrouped(*schema))
        return root;
    complete(root, defaults, 0);
    describe(root, {}, document::commentsOf(defaultsText));
    return root;
}

} // namespace pk::gui
