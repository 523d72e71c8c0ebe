// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/gotext.h"
#include "chart/schemaparts.h"
#include "yaml/json.h"

#include <algorithm>
#include <cmath>

namespace pk::chart::schema {

namespace {

constexpr std::pair<std::string_view, unsigned> typeNames[] = {{"null", nullType}, {"boolean", booleanType},
    {"number", numberType}, {"integer", integerType}, {"string", stringType}, {"array", arrayType},
    {"object", objectType}};

unsigned typeBit(std::string_view name)
{
    for (const auto &[known, bit] : typeNames) {
        if (known == name)
            return bit;
    }
    return 0;
}

int draftOf(std::string_view schema)
{
    static constexpr std::pair<std::string_view, int> drafts[] = {
        {"draft-04", 4}, {"draft-06", 6}, {"draft-07", 7}, {"2019-09", 2019}, {"2020-12", 2020}};
    for (const auto &[mark, draft] : drafts) {
        if (schema.find(mark) != std::string_view::npos)
            return draft;
    }
    return 2020;
}

std::optional<double> numberOf(const Value &schema, const char *key)
{
    const Value value = schema.get(key);
    if (value.kind() == Value::Kind::Float64)
        return value.toDouble();
    if (value.isNumber())
        return static_cast<double>(value.integerOr(0));
    return std::nullopt;
}

std::optional<std::size_t> countOf(const Value &schema, const char *key)
{
    const auto number = numberOf(schema, key);
    if (!number || *number < 0)
        return std::nullopt;
    return static_cast<std::size_t>(*number);
}

std::vector<std::string> stringsOf(const Value &value)
{
    std::vector<std::string> out;
    if (value.isList()) {
        for (const Value &item : value.asList().items) {
            if (item.isString())
                out.push_back(item.toString());
        }
    }
    return out;
}

std::string unescape(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size()) {
            out += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
            i += 2;
        } else if (text[i] == '~' && i + 1 < text.size()) {
            out += text[++i] == '1' ? '/' : '~';
        } else {
            out += text[i];
        }
    }
    return out;
}

} // namespace

bool Pattern::matches(std::string_view text) const
{
    if (!m_tried) {
        m_tried = true;
        if (auto compiled = tmpl::sprig::GoRegex::compile(m_source))
            m_regex = *std::move(compiled);
    }
    return m_regex && m_regex->matches(text);
}

std::string escapePointer(std::string_view key)
{
    std::string out;
    for (const char c : key) {
        if (c == '~')
            out += "~0";
        else if (c == '/')
            out += "~1";
        else
            out += c;
    }
    return out;
}

const Value *atPointer(const Value &document, std::string_view pointer)
{
    const Value *current = &document;
    while (!pointer.empty()) {
        if (pointer.front() != '/')
            return nullptr;
        pointer.remove_prefix(1);
        const auto slash = pointer.find('/');
        const std::string key = unescape(pointer.substr(0, slash));
        pointer.remove_prefix(slash == std::string_view::npos ? pointer.size() : slash);
        if (current->isMap()) {
            current = std::as_const(current->asMap()).find(key);
        } else if (current->isList()) {
            const auto index = parseGoInt(key);
            const auto &items = current->asList().items;
            const bool inside = index && *index >= 0 && static_cast<std::size_t>(*index) < items.size();
            current = inside ? &items[static_cast<std::size_t>(*index)] : nullptr;
        } else {
            current = nullptr;
        }
        if (!current)
            return nullptr;
    }
    return current;
}

bool localPointer(std::string_view target, const std::map<std::string, std::string> &ids, std::string &pointer)
{
    const auto hash = target.find('#');
    const std::string base(target.substr(0, hash));
    const std::string_view fragment = hash == std::string_view::npos ? "" : target.substr(hash + 1);
    std::string start;
    if (!base.empty()) {
        const auto known = ids.find(base);
        if (known == ids.end())
            return false;
        start = known->second;
    }
    if (fragment.empty() || fragment.front() == '/') {
        pointer = start + std::string(fragment);
        return true;
    }
    const auto anchor = ids.find("#" + std::string(fragment));
    if (anchor == ids.end())
        return false;
    pointer = anchor->second;
    return true;
}

void Compiler::fail(std::string message)
{
    if (m_error.empty())
        m_error = std::move(message);
}

Result<NodePtr> Compiler::compile()
{
    m_draft = draftOf(m_document.get("$schema").stringOr());
    indexIds(m_document, {}, {});
    const NodePtr root = node(m_document, {});
    if (!m_error.empty())
        return Error{.code = Error::Code::InvalidInput, .message = m_error};
    return root;
}

void Compiler::indexIds(const Value &schema, const std::string &pointer, const std::string &base)
{
    if (schema.isList()) {
        std::size_t index = 0;
        for (const Value &item : schema.asList().items)
            indexIds(item, pointer + "/" + std::to_string(index++), base);
    }
    if (!schema.isMap())
        return;
    std::string id = schema.get(m_draft == 4 ? "id" : "$id").stringOr();
    std::string inner = base;
    if (id.starts_with('#')) {
        m_ids.emplace(id, pointer);
    } else if (!id.empty()) {
        if (id.ends_with('#'))
            id.pop_back();
        m_ids.emplace(id, pointer);
        if (id.find("://") == std::string::npos && !base.empty())
            m_ids.emplace(base.substr(0, base.rfind('/') + 1) + id, pointer);
        inner = id;
    }
    for (const char *key : {"$anchor", "$dynamicAnchor"}) {
        const std::string anchor = schema.get(key).stringOr();
        if (!anchor.empty())
            m_ids.emplace("#" + anchor, pointer);
    }
    for (const auto &[key, value] : schema.asMap()) {
        if (key != "enum" && key != "const" && key != "default" && key != "examples")
            indexIds(value, pointer + "/" + escapePointer(key), inner);
    }
}

NodePtr Compiler::reference(const std::string &target)
{
    std::string pointer;
    if (!localPointer(target, m_ids, pointer)) {
        if (target.starts_with("urn:") || target.find("json-schema.org/draft") != std::string::npos) {
            m_nodes.push_back(std::make_unique<Node>());
            return m_nodes.back().get(); // Permissive, as Helm takes an unknown urn.
        }
        fail("failing loading " + goQuote(target) + ": schemas of other files are not loaded");
        return nullptr;
    }
    const Value *found = atPointer(m_document, pointer);
    if (!found) {
        fail("json-pointer in \"file:///values.schema.json#" + pointer + "\" not found");
        return nullptr;
    }
    return node(*found, pointer);
}

NodePtr Compiler::node(const Value &schema, const std::string &pointer)
{
    const auto [known, fresh] = m_byPointer.emplace(pointer, nullptr);
    if (!fresh)
        return known->second;
    m_nodes.push_back(std::make_unique<Node>());
    Node &out = *m_nodes.back();
    known->second = &out; // Before the keywords: a schema may refer to itself.
    out.draft = m_draft;
    if (schema.isBool()) {
        out.isBoolean = true;
        out.allows = schema.toBool();
    } else if (schema.isMap()) {
        keywords(out, schema, pointer);
    } else {
        fail("\"file:///values.schema.json#\" is not valid against metaschema: jsonschema validation failed with "
             "'https://json-schema.org/draft/2020-12/schema#'");
    }
    return &out;
}

NodePtr Compiler::child(const Value &schema, const char *key, const std::string &pointer)
{
    const Value *found = std::as_const(schema.asMap()).find(key);
    return found && (found->isMap() || found->isBool()) ? node(*found, pointer + "/" + key) : nullptr;
}

std::vector<NodePtr> Compiler::list(const Value &schema, const char *key, const std::string &pointer)
{
    std::vector<NodePtr> out;
    const Value found = schema.get(key);
    if (found.isList()) {
        for (const Value &item : found.asList().items)
            out.push_back(node(item, pointer + "/" + key + "/" + std::to_string(out.size())));
    }
    return out;
}

void Compiler::keywords(Node &out, const Value &schema, const std::string &pointer)
{
    const Value ref = schema.get("$ref");
    if (ref.isString()) {
        out.ref = reference(ref.toString());
        out.onlyRef = m_draft < 2019;
        if (out.onlyRef)
            return;
    } else if (schema.get("$dynamicRef").isString() && m_draft >= 2020) {
        out.ref = reference(schema.get("$dynamicRef").toString());
    } else if (schema.get("$recursiveRef").isString() && m_draft == 2019) {
        out.ref = reference(schema.get("$recursiveRef").toString());
    }
    const Value type = schema.get("type");
    if (type.isString())
        out.types = typeBit(type.toString());
    for (const std::string &name : stringsOf(type))
        out.types |= typeBit(name);
    if (m_draft >= 6 && schema.asMap().contains("const")) {
        out.hasConst = true;
        out.constant = schema.get("const");
    }
    if (const Value enumeration = schema.get("enum"); enumeration.isList()) {
        out.hasEnum = true;
        out.enumeration = enumeration.asList().items;
    }
    out.format = schema.get("format").stringOr();
    if (m_draft <= 7 && !out.format.empty())
        out.checkFormat = findFormat(out.format);
    stringsAndNumbers(out, schema);
    objectKeywords(out, schema, pointer);
    arrayKeywords(out, schema, pointer);
    logicKeywords(out, schema, pointer);
}

void Compiler::stringsAndNumbers(Node &out, const Value &schema)
{
    out.minLength = countOf(schema, "minLength");
    out.maxLength = countOf(schema, "maxLength");
    if (const Value pattern = schema.get("pattern"); pattern.isString())
        out.pattern = std::make_unique<Pattern>(pattern.toString());
    out.minimum = numberOf(schema, "minimum");
    out.maximum = numberOf(schema, "maximum");
    out.multipleOf = numberOf(schema, "multipleOf");
    if (m_draft == 4) { // Booleans there, which turn the plain limit into an exclusive one.
        if (schema.get("exclusiveMinimum").boolOr(false))
            std::swap(out.minimum, out.exclusiveMinimum);
        if (schema.get("exclusiveMaximum").boolOr(false))
            std::swap(out.maximum, out.exclusiveMaximum);
    } else {
        out.exclusiveMinimum = numberOf(schema, "exclusiveMinimum");
        out.exclusiveMaximum = numberOf(schema, "exclusiveMaximum");
    }
}

void Compiler::objectKeywords(Node &out, const Value &schema, const std::string &pointer)
{
    out.minProperties = countOf(schema, "minProperties");
    out.maxProperties = countOf(schema, "maxProperties");
    out.required = stringsOf(schema.get("required"));
    const auto each = [&](const char *key, const auto &take) {
        const Value map = schema.get(key);
        if (!map.isMap())
            return;
        for (const auto &[name, value] : map.asMap())
            take(name, value, pointer + "/" + key + "/" + escapePointer(name));
    };
    each("properties", [&](const std::string &name, const Value &value, const std::string &at) {
        out.properties.emplace_back(name, node(value, at));
    });
    each("patternProperties", [&](const std::string &name, const Value &value, const std::string &at) {
        out.patternProperties.emplace_back(Pattern(name), node(value, at));
    });
    const auto dependent = [&](const std::string &name, const Value &value, const std::string &at) {
        Dependent item{name, {}, nullptr};
        if (value.isList())
            item.required = stringsOf(value);
        else
            item.schema = node(value, at);
        out.dependencies.push_back(std::move(item));
    };
    each("dependencies", dependent);
    if (m_draft >= 2019) {
        each("dependentSchemas", dependent);
        each("dependentRequired", dependent);
        out.unevaluatedProperties = child(schema, "unevaluatedProperties", pointer);
    }
    // Definitions that nobody refers to are compiled by Helm as well, and may fail; ours are read when needed.
    out.additionalProperties = child(schema, "additionalProperties", pointer);
    if (m_draft >= 6)
        out.propertyNames = child(schema, "propertyNames", pointer);
}

void Compiler::arrayKeywords(Node &out, const Value &schema, const std::string &pointer)
{
    out.minItems = countOf(schema, "minItems");
    out.maxItems = countOf(schema, "maxItems");
    out.uniqueItems = schema.get("uniqueItems").boolOr(false);
    if (m_draft >= 2020) {
        out.hasPrefix = schema.get("prefixItems").isList();
        out.prefixItems = list(schema, "prefixItems", pointer);
        out.items = child(schema, "items", pointer);
    } else if (schema.get("items").isList()) {
        out.hasPrefix = true;
        out.prefixItems = list(schema, "items", pointer);
        out.items = child(schema, "additionalItems", pointer);
    } else {
        out.items = child(schema, "items", pointer);
    }
    if (m_draft >= 6)
        out.contains = child(schema, "contains", pointer);
    if (m_draft >= 2019) {
        out.minContains = countOf(schema, "minContains");
        out.maxContains = countOf(schema, "maxContains");
        out.unevaluatedItems = child(schema, "unevaluatedItems", pointer);
    }
}

void Compiler::logicKeywords(Node &out, const Value &schema, const std::string &pointer)
{
    out.notSchema = child(schema, "not", pointer);
    out.allOf = list(schema, "allOf", pointer);
    out.anyOf = list(schema, "anyOf", pointer);
    out.oneOf = list(schema, "oneOf", pointer);
    if (m_draft < 7)
        return;
    out.ifSchema = child(schema, "if", pointer);
    out.thenSchema = child(schema, "then", pointer);
    out.elseSchema = child(schema, "else", pointer);
}

} // namespace pk::chart::schema
