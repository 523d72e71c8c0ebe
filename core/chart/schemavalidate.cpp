// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/quote.h"
#include "chart/schematext.h"
#include "chart/schemaurl.h"
#include "chart/schemavalidation.h"

#include <algorithm>
#include <cmath>

namespace pk::chart::schema {

namespace {

constexpr int maxDepth = 1000; ///< Of schemas in schemas; the stack is what it saves.
constexpr std::size_t maxSteps = 5'000'000; ///< Values seen by schemas; two references a schema make it a tree.

unsigned typeOf(const Value &value)
{
    switch (value.kind()) {
    case Value::Kind::Nil:
        return nullType;
    case Value::Kind::Bool:
        return booleanType;
    case Value::Kind::String:
    case Value::Kind::Bytes:
        return stringType;
    case Value::Kind::List:
        return arrayType;
    case Value::Kind::Map:
        return objectType;
    default:
        return numberType;
    }
}

bool isWhole(const Value &value)
{
    return value.kind() != Value::Kind::Float64 || std::trunc(value.toDouble()) == value.toDouble();
}

std::string pointerOf(const Step *step)
{
    std::string out;
    for (const std::string &key : keysOf(step))
        out += "/" + escapePointer(key);
    return out;
}

/// The metaschema that counts where a resource of another dialect begins.
NodePtr metaAt(NodePtr schema, const Step *at, MetaContext &meta)
{
    if (!meta.document || schema != meta.meta || meta.document->resources.size() < 2)
        return schema;
    const auto resource = meta.document->resources.find(pointerOf(at));
    if (resource == meta.document->resources.end())
        return schema;
    meta.meta = metaSchemaOf(resource->second.dialect);
    return meta.meta;
}

} // namespace

std::vector<std::string> keysOf(const Step *step)
{
    std::vector<std::string> out;
    for (; step; step = step->parent) {
        if (step->parent) // The root has no key.
            out.push_back(step->isIndex ? std::to_string(step->index) : std::string(step->key));
    }
    std::ranges::reverse(out);
    return out;
}

void Unevaluated::keepCommon(const Unevaluated &other)
{
    std::erase_if(properties, [&](const std::string &key) { return !other.properties.contains(key); });
    std::erase_if(items, [&](std::size_t index) { return !other.items.contains(index); });
}

Unevaluated Unevaluated::of(const Value &value, const Node &schema, bool asked)
{
    Unevaluated out;
    if (value.isMap() && !schema.additionalProperties && (asked || schema.unevaluatedProperties)) {
        for (const auto &[key, item] : value.asMap())
            out.properties.insert(key);
    } else if (value.isList() && !schema.items && (asked || schema.unevaluatedItems)) {
        for (std::size_t i = schema.prefixItems.size(); i < value.asList().items.size(); ++i)
            out.items.insert(i);
    }
    return out;
}

Validation::Validation(NodePtr schema, const Value &value, const Step *at, const Frame *parent, const char *keyword,
    int level, const Setting &setting) :
    m_schema(*schema),
    m_value(value), m_at(at), m_frame{schema, keyword, level, parent}, m_setting(setting)
{
    ++m_setting.depth;
}

Failures Validation::run(Unevaluated &unevaluated)
{
    m_unevaluated = &unevaluated;
    if (m_schema.isBoolean) {
        if (!m_schema.allows)
            add("false", "false schema");
        return std::move(m_failures);
    }
    if (++*m_setting.steps > maxSteps) {
        add("depth", "schema takes too many steps");
        return std::move(m_failures);
    }
    if (m_setting.depth > maxDepth) {
        add("depth", "schema nested too deeply");
        return std::move(m_failures);
    }
    if (goesInCircles() || !plainKeywords())
        return std::move(m_failures);
    if (m_schema.ref) {
        reference(m_schema.ref, "$ref");
        if (m_schema.draft < 2019)
            return std::move(m_failures);
    }
    if (m_value.isMap())
        object();
    else if (m_value.isList())
        array();
    else if (m_value.isString())
        string();
    else if (m_value.isNumber())
        number();
    if (isDecided())
        return std::move(m_failures);
    lookingBack();
    logic();
    if (m_schema.draft >= 2019)
        unevaluatedRest();
    return std::move(m_failures);
}

void Validation::add(std::string id, std::string message, Parameters parameters, Failures causes)
{
    if (m_setting.verdictOnly) {
        m_failures.emplace_back();
        return;
    }
    m_failures.push_back({.id = "schema." + std::move(id),
        .parameters = std::move(parameters),
        .message = std::move(message),
        .location = keysOf(m_at),
        .causes = std::move(causes)});
}

void Validation::addLimit(const char *keyword, std::size_t got, std::size_t want)
{
    const std::string is = groupedNumber(got);
    const std::string wanted = groupedNumber(want);
    add(keyword, std::string(keyword) + ": got " + is + ", want " + wanted, {{"got", is}, {"want", wanted}});
}

void Validation::group(Failures &all, Failures failures, const Step *at)
{
    if (failures.size() == 1) {
        all.push_back(std::move(failures.front()));
    } else if (failures.size() > 1) {
        all.push_back({.id = "schema.group",
            .parameters = {},
            .message = "validation failed",
            .location = keysOf(at),
            .causes = std::move(failures)});
    }
}

/// Several failures of one schema become one group.
void Validation::addOne(Failures failures, const Step *at)
{
    group(m_failures, std::move(failures), at);
}

Failures Validation::below(NodePtr schema, const Value &value, const Step &step)
{
    Setting setting = m_setting;
    schema = metaAt(schema, &step, setting.meta);
    Unevaluated open = Unevaluated::of(value, *schema, false);
    return Validation(schema, value, &step, &m_frame, nullptr, m_frame.level + 1, setting).run(open);
}

/// Another schema on the same value; what it evaluates counts here when it holds.
Failures Validation::same(NodePtr schema, const char *keyword, bool verdictOnly)
{
    Setting setting = m_setting;
    setting.verdictOnly = setting.verdictOnly || verdictOnly;
    schema = metaAt(schema, m_at, setting.meta);
    Unevaluated open = Unevaluated::of(m_value, *schema, !m_unevaluated->isEmpty());
    Failures failures = Validation(schema, m_value, m_at, &m_frame, keyword, m_frame.level, setting).run(open);
    if (failures.empty() && !m_unevaluated->isEmpty())
        m_unevaluated->keepCommon(open);
    return failures;
}

void Validation::reference(NodePtr schema, const char *keyword)
{
    Failures failures = same(schema, keyword);
    if (failures.size() == 1 && failures.front().id == "schema.group")
        failures = Failures(std::move(failures.front().causes));
    // The library names a reference apart from a group: the outermost group is unwrapped, a reference is not.
    const std::size_t before = m_failures.size();
    addOne(std::move(failures), m_at);
    if (m_failures.size() > before && m_failures.back().id == "schema.group")
        m_failures.back().id = "schema.reference";
}

/// The keywords on the way to a frame, as the library shows them.
std::string Validation::wayTo(const Frame *frame) const
{
    std::string out;
    for (; frame && frame->parent; frame = frame->parent) {
        if (frame->keyword)
            out = std::string("/") + frame->keyword + out;
        else if (frame->schema->place.size() > frame->parent->schema->place.size())
            out = frame->schema->place.substr(frame->parent->schema->place.size()) + out;
    }
    return out;
}

/// Whether the same schema is at work on the same value already.
bool Validation::goesInCircles()
{
    for (const Frame *frame = m_frame.parent; frame && frame->level == m_frame.level; frame = frame->parent) {
        if (frame->schema != m_frame.schema)
            continue;
        add("cycle",
            "both " + wayTo(&m_frame) + " and " + wayTo(frame) + " resolve to " + goQuote(m_schema.place)
                + " causing reference cycle");
        return true;
    }
    return false;
}

bool Validation::typeFits() const
{
    const unsigned type = typeOf(m_value);
    return m_schema.types == 0 || (m_schema.types & type) != 0
        || (type == numberType && (m_schema.types & integerType) != 0 && isWhole(m_value));
}

/// Type, const, enum and format: the first that fails is the only one that is told. False when one does.
bool Validation::plainKeywords()
{
    if (!typeFits()) {
        const std::string want = typeList(m_schema.types, " or ");
        const std::string got = typeList(typeOf(m_value), "");
        add("type", "got " + got + ", want " + want, {{"got", got}, {"want", want}});
        return false;
    }
    if (m_schema.hasConst && !sameJson(m_value, m_schema.constant)) {
        const bool plain = !m_schema.constant.isList() && !m_schema.constant.isMap();
        const std::string want = displayValue(m_schema.constant);
        add("const", plain ? "value must be " + want : "'const' failed", {{"want", want}});
        return false;
    }
    if (m_schema.hasEnum && !enumeration())
        return false;
    if (m_schema.checkFormat && m_value.isString()) {
        const std::string why = m_schema.checkFormat(m_value.toString());
        if (!why.empty()) {
            add("format", displayValue(m_value) + " is not valid " + m_schema.format + ": " + why,
                {{"got", m_value.toString()}, {"format", m_schema.format}, {"reason", why}});
            return false;
        }
    }
    return true;
}

bool Validation::enumeration()
{
    const auto &wanted = m_schema.enumeration;
    if (std::ranges::any_of(wanted, [&](const Value &item) { return sameJson(m_value, item); }))
        return true;
    std::string list;
    bool plain = true;
    for (const Value &item : wanted) {
        plain = plain && !item.isList() && !item.isMap();
        list += (list.empty() ? "" : ", ") + displayValue(item);
    }
    const std::string start = wanted.size() == 1 ? "value must be " : "value must be one of ";
    add("enum", plain ? start + list : "'enum' failed", {{"want", list}});
    return false;
}

/// References whose target depends on the way that led here.
void Validation::lookingBack()
{
    if (NodePtr target = m_schema.recursiveRef) {
        if (target->recursiveAnchor) {
            for (const Frame *frame = &m_frame; frame; frame = frame->parent) {
                if (frame->schema->resource && frame->schema->resource->recursiveAnchor)
                    target = frame->schema;
            }
        }
        reference(target, "$recursiveRef");
    }
    if (NodePtr target = m_schema.dynamicRef) {
        const std::string &name = m_schema.dynamicRefAnchor;
        if (!name.empty() && target->dynamicAnchor == name) {
            for (const Frame *frame = &m_frame; frame; frame = frame->parent) {
                if (!frame->schema->resource)
                    continue;
                const auto &anchors = frame->schema->resource->dynamicAnchors;
                if (const auto found = anchors.find(name); found != anchors.end())
                    target = found->second;
            }
        }
        reference(target, "$dynamicRef");
    }
}

void Validation::logic()
{
    if (m_schema.notSchema && same(m_schema.notSchema, nullptr, true).empty())
        add("not", "'not' failed");
    branches();
    if (!m_schema.ifSchema)
        return;
    const bool holds = same(m_schema.ifSchema, nullptr, true).empty();
    if (const NodePtr next = holds ? m_schema.thenSchema : m_schema.elseSchema)
        addOne(same(next), m_at);
}

void Validation::branches()
{
    Failures failures;
    for (const NodePtr schema : m_schema.allOf) {
        group(failures, same(schema), m_at);
        if (m_setting.verdictOnly && !failures.empty())
            break;
    }
    if (!failures.empty())
        add("allOf", "'allOf' failed", {}, std::move(failures));
    failures = {};
    bool matched = m_schema.anyOf.empty();
    for (const NodePtr schema : m_schema.anyOf) {
        Failures one = same(schema);
        if (one.empty()) {
            matched = true;
            if (m_unevaluated->isEmpty())
                break;
        } else {
            group(failures, std::move(one), m_at);
        }
    }
    if (!matched)
        add("anyOf", "'anyOf' failed", {}, std::move(failures));
    oneOf();
}

void Validation::oneOf()
{
    if (m_schema.oneOf.empty())
        return;
    Failures failures;
    std::optional<std::size_t> first;
    for (std::size_t i = 0; i < m_schema.oneOf.size(); ++i) {
        Failures one = same(m_schema.oneOf[i], nullptr, first.has_value());
        if (!one.empty()) {
            if (!first)
                group(failures, std::move(one), m_at);
        } else if (!first) {
            first = i;
        } else {
            add("oneOf",
                "'oneOf' failed, subschemas " + std::to_string(*first) + ", " + std::to_string(i) + " matched");
            return;
        }
    }
    if (!first)
        add("oneOf", "'oneOf' failed, none matched", {}, std::move(failures));
}

void Validation::unevaluatedRest()
{
    if (m_schema.unevaluatedProperties && m_value.isMap()) {
        for (const std::string &key : m_unevaluated->properties)
            property(m_schema.unevaluatedProperties, key, *std::as_const(m_value.asMap()).find(key));
        m_unevaluated->properties.clear();
    }
    if (m_schema.unevaluatedItems && m_value.isList()) {
        for (const std::size_t index : m_unevaluated->items)
            item(m_schema.unevaluatedItems, index, index);
        m_unevaluated->items.clear();
    }
}

std::vector<SchemaFailure> validate(NodePtr schema, const Value &value, bool library603, const MetaContext &meta)
{
    const Step root;
    Unevaluated open = Unevaluated::of(value, *schema, false);
    std::size_t steps = 0;
    Failures failures =
        Validation(schema, value, &root, nullptr, nullptr, 0, {library603, false, meta, 0, &steps}).run(open);
    if (failures.size() == 1 && failures.front().id == "schema.group")
        return std::move(failures.front().causes);
    return failures;
}

} // namespace pk::chart::schema
