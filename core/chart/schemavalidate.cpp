// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/gotext.h"
#include "chart/schemaparts.h"
#include "chart/schematext.h"

#include <algorithm>
#include <cmath>

namespace pk::chart::schema {

namespace {

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

double numberIn(const Value &value)
{
    if (value.kind() == Value::Kind::Float64)
        return value.toDouble();
    if (value.kind() == Value::Kind::Uint64 || value.kind() == Value::Kind::Uint8)
        return static_cast<double>(value.toUint());
    return static_cast<double>(value.toInt());
}

std::size_t runeCount(std::string_view text)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80; }));
}

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

/// Which properties and items no keyword has looked at yet; only kept where unevaluated... asks.
struct Unevaluated
{
    bool tracked = false;
    std::set<std::string, std::less<>> properties;
    std::set<std::size_t> items;

    void keepCommon(const Unevaluated &other)
    {
        std::erase_if(properties, [&](const std::string &key) { return !other.properties.contains(key); });
        std::erase_if(items, [&](std::size_t index) { return !other.items.contains(index); });
    }
};

using Failures = std::vector<SchemaFailure>;

/// Validates one value against one schema.
class Validation
{
public:
    Validation(const Node &schema, const Value &value, const Step *at, bool library603, int depth) :
        m_schema(schema), m_value(value), m_at(at), m_library603(library603), m_depth(depth)
    {
    }

    /// All failures at this place, in the library's order. `unevaluated` is narrowed by what was looked at.
    Failures run(Unevaluated &unevaluated)
    {
        m_unevaluated = &unevaluated;
        if (m_schema.isBoolean) {
            if (!m_schema.allows)
                add("false", "false schema");
            return std::move(m_failures);
        }
        if (m_depth > 500) {
            add("depth", "schema nested too deeply");
            return std::move(m_failures);
        }
        any();
        if (m_schema.ref)
            reference();
        if (m_schema.onlyRef)
            return std::move(m_failures);
        if (m_value.isMap())
            object();
        else if (m_value.isList())
            array();
        else if (m_value.isString())
            string();
        else if (m_value.isNumber())
            number();
        logic();
        unevaluatedRest();
        return std::move(m_failures);
    }

private:
    using Parameters = std::vector<std::pair<std::string, std::string>>;

    void add(std::string id, std::string message, Parameters parameters = {}, Failures causes = {})
    {
        m_failures.push_back({.id = "schema." + std::move(id),
            .parameters = std::move(parameters),
            .message = std::move(message),
            .location = keysOf(m_at),
            .causes = std::move(causes)});
    }

    void addLimit(const char *keyword, const std::string &got, const std::string &want)
    {
        add(keyword, std::string(keyword) + ": got " + got + ", want " + want, {{"got", got}, {"want", want}});
    }

    /// Several failures of one schema become one group.
    void addOne(Failures failures, const Step *at)
    {
        if (failures.size() == 1) {
            m_failures.push_back(std::move(failures.front()));
        } else if (failures.size() > 1) {
            m_failures.push_back({.id = "schema.group",
                .parameters = {},
                .message = "validation failed",
                .location = keysOf(at),
                .causes = std::move(failures)});
        }
    }

    Failures below(NodePtr schema, const Value &value, const Step &step)
    {
        Unevaluated fresh;
        if (schema->unevaluatedItems || schema->unevaluatedProperties)
            track(fresh, value);
        return Validation(*schema, value, &step, m_library603, m_depth + 1).run(fresh);
    }

    void property(NodePtr schema, const std::string &key, const Value &value)
    {
        const Step step{m_at, key, 0, false};
        addOne(below(schema, value, step), &step);
    }

    void item(NodePtr schema, std::size_t index, std::size_t shownIndex)
    {
        const Step step{m_at, {}, shownIndex, true};
        addOne(below(schema, m_value.asList().items[index], step), &step);
    }

    /// Another schema on the same value; what it evaluates counts here when it holds.
    Failures same(NodePtr schema)
    {
        Unevaluated seen = *m_unevaluated;
        if (!seen.tracked && (schema->unevaluatedItems || schema->unevaluatedProperties))
            track(seen, m_value);
        Failures failures = Validation(*schema, m_value, m_at, m_library603, m_depth + 1).run(seen);
        if (m_unevaluated->tracked && failures.empty())
            m_unevaluated->keepCommon(seen);
        return failures;
    }

    static void track(Unevaluated &unevaluated, const Value &value)
    {
        unevaluated.tracked = true;
        if (value.isMap()) {
            for (const auto &[key, item] : value.asMap())
                unevaluated.properties.insert(key);
        } else if (value.isList()) {
            for (std::size_t i = 0; i < value.asList().items.size(); ++i)
                unevaluated.items.insert(i);
        }
    }

    void any()
    {
        if (m_schema.types) {
            const unsigned type = typeOf(m_value);
            const bool whole = type == numberType && (m_schema.types & integerType)
                && std::trunc(numberIn(m_value)) == numberIn(m_value);
            if (!(m_schema.types & type) && !whole) {
                const std::string want = typeList(m_schema.types, " or ");
                const std::string got = typeList(type, "");
                add("type", "got " + got + ", want " + want, {{"got", got}, {"want", want}});
            }
        }
        if (m_schema.hasConst && !m_value.sameContent(m_schema.constant)) {
            const bool plain = !m_schema.constant.isList() && !m_schema.constant.isMap();
            const std::string want = displayValue(m_schema.constant);
            add("const", plain ? "value must be " + want : "'const' failed", {{"want", want}});
        }
        if (m_schema.hasEnum)
            enumeration();
        if (m_schema.checkFormat && m_value.isString()) {
            const std::string why = m_schema.checkFormat(m_value.toString());
            if (!why.empty())
                add("format", displayValue(m_value) + " is not valid " + m_schema.format + ": " + why,
                    {{"got", m_value.toString()}, {"format", m_schema.format}, {"reason", why}});
        }
    }

    void enumeration()
    {
        const auto &wanted = m_schema.enumeration;
        if (std::ranges::any_of(wanted, [&](const Value &item) { return m_value.sameContent(item); }))
            return;
        std::string list;
        bool plain = true;
        for (const Value &item : wanted) {
            plain = plain && !item.isList() && !item.isMap();
            list += (list.empty() ? "" : ", ") + displayValue(item);
        }
        const std::string start = wanted.size() == 1 ? "value must be " : "value must be one of ";
        add("enum", plain ? start + list : "'enum' failed", {{"want", list}});
    }

    void reference()
    {
        Failures failures = same(m_schema.ref);
        if (failures.size() == 1 && failures.front().id == "schema.group")
            failures = Failures(std::move(failures.front().causes));
        // The library names a reference apart from a group: the outermost group is unwrapped, a reference is not.
        const std::size_t before = m_failures.size();
        addOne(std::move(failures), m_at);
        if (m_failures.size() > before && m_failures.back().id == "schema.group")
            m_failures.back().id = "schema.reference";
    }

    void object()
    {
        const Map &map = m_value.asMap();
        if (m_schema.minProperties && map.size() < *m_schema.minProperties)
            addLimit("minProperties", groupedNumber(map.size()), groupedNumber(*m_schema.minProperties));
        if (m_schema.maxProperties && map.size() > *m_schema.maxProperties)
            addLimit("maxProperties", groupedNumber(map.size()), groupedNumber(*m_schema.maxProperties));
        if (const auto missing = missingOf(m_schema.required); !missing.empty())
            add("required", (missing.size() == 1 ? "missing property " : "missing properties ") + quotedList(missing),
                {{"missing", commaList(missing)}});
        for (const Dependent &dependent : m_schema.dependencies)
            dependency(dependent);
        properties(map);
        if (m_schema.propertyNames)
            names(map);
    }

    std::vector<std::string> missingOf(const std::vector<std::string> &required) const
    {
        std::vector<std::string> missing;
        for (const std::string &key : required) {
            if (!m_value.asMap().contains(key))
                missing.push_back(key);
        }
        return missing;
    }

    void dependency(const Dependent &dependent)
    {
        if (!m_value.asMap().contains(dependent.key))
            return;
        if (dependent.schema) {
            addOne(same(dependent.schema), m_at);
        } else if (const auto missing = missingOf(dependent.required); !missing.empty()) {
            add("dependency",
                "properties " + quotedList(missing) + " required, if " + quoted(dependent.key) + " exists",
                {{"missing", commaList(missing)}, {"key", dependent.key}});
        }
    }

    void properties(const Map &map)
    {
        std::vector<std::string> additional;
        for (const auto &[key, value] : map) {
            bool evaluated = false;
            const auto known = std::ranges::lower_bound(
                m_schema.properties, key, {}, [](const auto &p) -> const std::string & { return p.first; });
            if (known != m_schema.properties.end() && known->first == key) {
                evaluated = true;
                property(known->second, key, value);
            }
            for (const auto &[pattern, schema] : m_schema.patternProperties) {
                if (pattern.matches(key)) {
                    evaluated = true;
                    property(schema, key, value);
                }
            }
            if (!evaluated && m_schema.additionalProperties) {
                evaluated = true;
                if (!m_schema.additionalProperties->isBoolean)
                    property(m_schema.additionalProperties, key, value);
                else if (!m_schema.additionalProperties->allows)
                    additional.push_back(key);
            }
            if (evaluated && m_unevaluated->tracked)
                m_unevaluated->properties.erase(key);
        }
        if (!additional.empty())
            add("unknown", "additional properties " + quotedList(additional) + " not allowed",
                {{"keys", commaList(additional)}});
    }

    void names(const Map &map)
    {
        for (const auto &[key, value] : map) {
            Unevaluated none;
            const Step root;
            Failures failures =
                Validation(*m_schema.propertyNames, Value::string(key), &root, m_library603, m_depth + 1).run(none);
            if (failures.empty())
                continue;
            // The newer library puts it at the object; the older one at the root of the name itself.
            std::vector<std::string> location = m_library603 ? keysOf(m_at) : std::vector<std::string>();
            Failures causes = std::move(failures);
            if (causes.size() == 1 && !m_library603)
                causes = std::move(causes.front().causes);
            m_failures.push_back({.id = "schema.name",
                .parameters = {{"key", key}},
                .message = "invalid propertyName " + quoted(key),
                .location = std::move(location),
                .causes = std::move(causes)});
        }
    }

    void array()
    {
        const auto &items = m_value.asList().items;
        if (m_schema.minItems && items.size() < *m_schema.minItems)
            addLimit("minItems", groupedNumber(items.size()), groupedNumber(*m_schema.minItems));
        if (m_schema.maxItems && items.size() > *m_schema.maxItems)
            addLimit("maxItems", groupedNumber(items.size()), groupedNumber(*m_schema.maxItems));
        if (m_schema.contains)
            contains();
        if (m_schema.uniqueItems)
            unique();
        itemSchemas();
    }

    void contains()
    {
        const auto &items = m_value.asList().items;
        Failures failures;
        std::string matched;
        std::size_t count = 0;
        for (std::size_t i = 0; i < items.size(); ++i) {
            const Step step{m_at, {}, i, true};
            Failures one = below(m_schema.contains, items[i], step);
            if (one.empty()) {
                ++count;
                matched += (matched.empty() ? "" : " ") + std::to_string(i);
                if (m_schema.draft >= 2020)
                    m_unevaluated->items.erase(i);
            } else if (one.size() == 1) {
                failures.push_back(std::move(one.front()));
            } else {
                failures.push_back({.id = "schema.group",
                    .parameters = {},
                    .message = "validation failed",
                    .location = keysOf(&step),
                    .causes = std::move(one)});
            }
        }
        const auto told = [&](const char *word, std::size_t want) {
            const std::string start =
                std::string(word) + " " + groupedNumber(want) + " items required to match contains schema, but ";
            return count == 0 ? start + "none matched"
                              : start + "matched " + groupedNumber(count) + " items at " + matched;
        };
        if (m_schema.minContains) {
            if (count < *m_schema.minContains)
                add("contains", told("min", *m_schema.minContains), {}, std::move(failures));
        } else if (count == 0) {
            add("contains", "no items match contains schema", {}, std::move(failures));
        }
        if (m_schema.maxContains && count > *m_schema.maxContains)
            add("contains", told("max", *m_schema.maxContains));
    }

    void unique()
    {
        const auto &items = m_value.asList().items;
        for (std::size_t i = 1; i < items.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                if (items[i].sameContent(items[j])) {
                    const std::string first = std::to_string(j);
                    const std::string second = std::to_string(i);
                    add("unique", "items at " + first + " and " + second + " are equal",
                        {{"first", first}, {"second", second}});
                    return;
                }
            }
        }
    }

    void itemSchemas()
    {
        const std::size_t size = m_value.asList().items.size();
        const std::size_t prefix = std::min(m_schema.prefixItems.size(), size);
        for (std::size_t i = 0; i < prefix; ++i) {
            item(m_schema.prefixItems[i], i, i);
            m_unevaluated->items.erase(i);
        }
        if (!m_schema.items)
            return;
        const bool refuses = m_schema.items->isBoolean && !m_schema.items->allows;
        if (m_schema.hasPrefix && m_schema.draft < 2020 && refuses) {
            if (prefix < size) {
                const std::string count = groupedNumber(size - prefix);
                add("items", "last " + count + " additionalItem(s) not allowed", {{"count", count}});
            }
        } else {
            for (std::size_t i = prefix; i < size; ++i)
                item(m_schema.items, i, m_library603 ? i : i - prefix);
        }
        m_unevaluated->items.clear();
    }

    void string()
    {
        const std::string &text = m_value.toString();
        if (m_schema.minLength || m_schema.maxLength) {
            const std::size_t length = runeCount(text);
            if (m_schema.minLength && length < *m_schema.minLength)
                addLimit("minLength", groupedNumber(length), groupedNumber(*m_schema.minLength));
            if (m_schema.maxLength && length > *m_schema.maxLength)
                addLimit("maxLength", groupedNumber(length), groupedNumber(*m_schema.maxLength));
        }
        if (m_schema.pattern && !m_schema.pattern->matches(text))
            add("pattern", quoted(text) + " does not match pattern " + quoted(m_schema.pattern->source()),
                {{"got", text}, {"pattern", m_schema.pattern->source()}});
    }

    void number()
    {
        const double value = numberIn(m_value);
        const auto limit = [&](const char *keyword, const std::optional<double> &bound, bool holds) {
            if (bound && !holds)
                addLimit(keyword, localNumber(value), localNumber(*bound));
        };
        limit("minimum", m_schema.minimum, m_schema.minimum && value >= *m_schema.minimum);
        limit("maximum", m_schema.maximum, m_schema.maximum && value <= *m_schema.maximum);
        limit("exclusiveMinimum", m_schema.exclusiveMinimum,
            m_schema.exclusiveMinimum && value > *m_schema.exclusiveMinimum);
        limit("exclusiveMaximum", m_schema.exclusiveMaximum,
            m_schema.exclusiveMaximum && value < *m_schema.exclusiveMaximum);
        if (m_schema.multipleOf && *m_schema.multipleOf > 0) {
            const double ratio = value / *m_schema.multipleOf;
            const bool multiple = std::fabs(ratio - std::round(ratio)) <= 1e-9 * std::max(1.0, std::fabs(ratio));
            limit("multipleOf", m_schema.multipleOf, multiple);
        }
    }

    void logic()
    {
        if (m_schema.notSchema && probe(m_schema.notSchema))
            add("not", "'not' failed");
        branches();
        if (!m_schema.ifSchema)
            return;
        const NodePtr next = same(m_schema.ifSchema).empty() ? m_schema.thenSchema : m_schema.elseSchema;
        if (next)
            addOne(same(next), m_at);
    }

    bool probe(NodePtr schema)
    {
        Unevaluated unused = *m_unevaluated;
        return Validation(*schema, m_value, m_at, m_library603, m_depth + 1).run(unused).empty();
    }

    void grouped(Failures &all, Failures failures) const
    {
        if (failures.size() == 1) {
            all.push_back(std::move(failures.front()));
        } else {
            all.push_back({.id = "schema.group",
                .parameters = {},
                .message = "validation failed",
                .location = keysOf(m_at),
                .causes = std::move(failures)});
        }
    }

    void branches()
    {
        Failures failures;
        for (const NodePtr schema : m_schema.allOf) {
            if (Failures one = same(schema); !one.empty())
                grouped(failures, std::move(one));
        }
        if (!failures.empty())
            add("allOf", "'allOf' failed", {}, std::move(failures));
        failures.clear();
        bool matched = m_schema.anyOf.empty();
        for (const NodePtr schema : m_schema.anyOf) {
            Failures one = same(schema);
            if (one.empty()) {
                matched = true;
                if (!m_unevaluated->tracked)
                    break;
            } else {
                grouped(failures, std::move(one));
            }
        }
        if (!matched)
            add("anyOf", "'anyOf' failed", {}, std::move(failures));
        oneOf();
    }

    void oneOf()
    {
        if (m_schema.oneOf.empty())
            return;
        Failures failures;
        std::optional<std::size_t> first;
        for (std::size_t i = 0; i < m_schema.oneOf.size(); ++i) {
            Failures one = same(m_schema.oneOf[i]);
            if (!one.empty()) {
                grouped(failures, std::move(one));
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

    void unevaluatedRest()
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

    const Node &m_schema;
    const Value &m_value;
    const Step *m_at;
    bool m_library603;
    int m_depth;
    Unevaluated *m_unevaluated = nullptr;
    Failures m_failures;
};

} // namespace

std::vector<SchemaFailure> validate(NodePtr schema, const Value &value, bool library603)
{
    const Step root;
    Unevaluated unevaluated;
    if (schema->unevaluatedProperties || schema->unevaluatedItems) {
        unevaluated.tracked = true;
        if (value.isMap()) {
            for (const auto &[key, item] : value.asMap())
                unevaluated.properties.insert(key);
        }
    }
    Failures failures = Validation(*schema, value, &root, library603, 0).run(unevaluated);
    if (failures.size() == 1 && failures.front().id == "schema.group")
        return std::move(failures.front().causes);
    return failures;
}

} // namespace pk::chart::schema
