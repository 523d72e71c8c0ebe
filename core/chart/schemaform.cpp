// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/gotext.h"
#include "chart/schemaparts.h"
#include "chart/schemaurl.h"
#include "yaml/reader.h"

#include <algorithm>

namespace pk::chart {

namespace {

constexpr int maxRefs = 16; ///< $refs in a row before a schema counts as going in circles.
constexpr int maxDepth = 24;
constexpr int maxNodes = 20'000; ///< A schema that refers to itself twice would have millions.

std::vector<std::string> stringsOf(const Value &value)
{
    std::vector<std::string> out;
    if (value.isString())
        out.push_back(value.toString());
    if (value.isList()) {
        for (const Value &item : value.asList().items) {
            if (item.isString())
                out.push_back(item.toString());
        }
    }
    return out;
}

void takeNumber(const Value &value, std::optional<double> &out)
{
    if (value.kind() == Value::Kind::Float64)
        out = value.toDouble();
}

void takeCount(const Value &value, std::optional<std::size_t> &out)
{
    if (value.isNumber() && value.integerOr(-1) >= 0)
        out = static_cast<std::size_t>(value.integerOr(0));
}

/// Walks a schema document into the tree that a form is made of.
class Describer
{
public:
    explicit Describer(const Value &document, const yaml::Node *text) : m_document(document), m_text(text) { }

    SchemaNode describe(
        const Value &schema, const std::string &pointer, const std::string &name, const std::string &path)
    {
        SchemaNode out;
        out.name = name;
        out.path = path;
        fill(out, schema, pointer, 0);
        return out;
    }

private:
    void fill(SchemaNode &out, const Value &schema, const std::string &pointer, int refs)
    {
        if (!schema.isMap() || refs > maxRefs || m_depth == maxDepth || m_nodes == maxNodes)
            return;
        ++m_depth;
        ++m_nodes;
        // The referred one first, so that what stands beside the $ref wins.
        if (const Value ref = schema.get("$ref"); ref.isString() && ref.toString().starts_with('#')) {
            const std::string target = ref.toString().substr(1);
            if (const Value *found = schema::atPointer(m_document, target))
                fill(out, *found, target, refs + 1);
        }
        if (const Value all = schema.get("allOf"); all.isList()) {
            std::size_t index = 0;
            for (const Value &part : all.asList().items)
                fill(out, part, pointer + "/allOf/" + std::to_string(index++), refs + 1);
        }
        texts(out, schema);
        limits(out, schema);
        children(out, schema, pointer);
        --m_depth;
    }

    static void texts(SchemaNode &out, const Value &schema)
    {
        if (auto types = stringsOf(schema.get("type")); !types.empty())
            out.types = std::move(types);
        for (const auto &[key, text] : {std::pair{"title", &out.title}, std::pair{"description", &out.description},
                 std::pair{"format", &out.format}, std::pair{"pattern", &out.pattern}}) {
            if (const Value value = schema.get(key); value.isString())
                *text = value.toString();
        }
        if (const Value list = schema.get("enum"); list.isList())
            out.enumeration = list.asList().items;
        if (const Value *only = std::as_const(schema.asMap()).find("const"))
            out.enumeration = {*only};
        if (const Value *fallback = std::as_const(schema.asMap()).find("default"))
            out.fallback = *fallback;
        if (const Value list = schema.get("examples"); list.isList())
            out.examples = list.asList().items;
        out.deprecated = schema.get("deprecated").boolOr(out.deprecated);
        for (const auto &[key, value] : schema.asMap()) {
            if (!key.starts_with("x-"))
                continue;
            if (out.extensions.isNil())
                out.extensions = Value::map();
            out.extensions.asMap().set(key, value);
        }
    }

    static void limits(SchemaNode &out, const Value &schema)
    {
        takeNumber(schema.get("minimum"), out.minimum);
        takeNumber(schema.get("maximum"), out.maximum);
        takeCount(schema.get("minLength"), out.minLength);
        takeCount(schema.get("maxLength"), out.maxLength);
    }

    void children(SchemaNode &out, const Value &schema, const std::string &pointer)
    {
        const std::string below = out.path.empty() ? "" : out.path + ".";
        const Value properties = schema.get("properties");
        if (properties.isMap()) {
            for (const std::string &key : keysInOrder(properties, pointer + "/properties"))
                place(out,
                    describe(
                        properties.get(key), pointer + "/properties/" + schema::escapePointer(key), key, below + key));
        }
        for (const std::string &key : stringsOf(schema.get("required"))) {
            const auto found = std::ranges::find(out.properties, key, &SchemaNode::name);
            if (found != out.properties.end())
                found->required = true;
        }
        if (const Value items = schema.get("items"); items.isMap())
            out.items = {describe(items, pointer + "/items", {}, out.path + "[]")};
        const Value additional = schema.get("additionalProperties");
        if (additional.isBool())
            out.allowsUnknown = additional.toBool();
        else if (additional.isMap())
            out.additional = {describe(additional, pointer + "/additionalProperties", {}, below + "*")};
    }

    static void place(SchemaNode &out, SchemaNode child)
    {
        const auto known = std::ranges::find(out.properties, child.name, &SchemaNode::name);
        if (known == out.properties.end())
            out.properties.push_back(std::move(child));
        else
            *known = std::move(child);
    }

    /// A tree sorts its keys; the order of the file is that of the person who wrote it.
    std::vector<std::string> keysInOrder(const Value &map, const std::string &pointer) const
    {
        std::vector<std::string> out;
        if (const yaml::Node *node = nodeAt(pointer); node && node->isMapping()) {
            for (std::size_t i = 0; i < node->size(); ++i) {
                const std::string &key = node->key(i).value;
                if (map.asMap().contains(key) && std::ranges::find(out, key) == out.end())
                    out.push_back(key);
            }
        }
        if (out.size() == map.asMap().size())
            return out;
        out.clear();
        for (const auto &[key, value] : map.asMap())
            out.push_back(key);
        return out;
    }

    const yaml::Node *nodeAt(std::string_view pointer) const
    {
        const yaml::Node *current = m_text;
        while (current && !pointer.empty()) {
            pointer.remove_prefix(1);
            const auto slash = pointer.find('/');
            const auto key = schema::unescapePointer(pointer.substr(0, slash));
            pointer.remove_prefix(slash == std::string_view::npos ? pointer.size() : slash);
            current = key ? childOf(*current, *key) : nullptr;
        }
        return current;
    }

    static const yaml::Node *childOf(const yaml::Node &node, const std::string &key)
    {
        if (node.isMapping()) {
            for (std::size_t i = 0; i < node.size(); ++i) {
                if (node.key(i).value == key)
                    return &node.valueAt(i);
            }
        } else if (node.isSequence()) {
            const auto index = parseGoInt(key);
            if (index && *index >= 0 && static_cast<std::size_t>(*index) < node.size())
                return &node.valueAt(static_cast<std::size_t>(*index));
        }
        return nullptr;
    }

    const Value &m_document;
    const yaml::Node *m_text;
    int m_depth = 0;
    int m_nodes = 0;
};

} // namespace

SchemaNode Schema::describe() const
{
    // JSON is YAML: this tells the order of keys.
    const auto text = yaml::parse(m_impl->text);
    const yaml::Node *root = text && !text->empty() ? &text->front().root : nullptr;
    return Describer(m_impl->document, root).describe(m_impl->document, {}, {}, {});
}

const SchemaNode *SchemaNode::find(const std::vector<std::string> &location) const
{
    const SchemaNode *current = this;
    for (const std::string &key : location) {
        const auto known = std::ranges::find(current->properties, key, &SchemaNode::name);
        if (known != current->properties.end())
            current = &*known;
        else if (!current->items.empty() && parseGoInt(key))
            current = &current->items.front();
        else if (!current->additional.empty())
            current = &current->additional.front();
        else
            return nullptr;
    }
    return current;
}

} // namespace pk::chart
