// SPDX-License-Identifier: GPL-3.0-or-later
// What keywords of objects, arrays, strings and numbers ask for.
#include "base/unicode.h"
#include "chart/schematext.h"
#include "chart/schemavalidation.h"
#include "yaml/json.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <unordered_map>

namespace pk::chart::schema {

namespace {

double numberIn(const Value &value)
{
    if (value.kind() == Value::Kind::Float64)
        return value.toDouble();
    if (value.kind() == Value::Kind::Uint64 || value.kind() == Value::Kind::Uint8)
        return static_cast<double>(value.toUint());
    return static_cast<double>(value.toInt());
}

/// A number as whole digits and a power of ten.
struct Decimal
{
    std::uint64_t digits = 0;
    int exponent = 0;
};

Decimal decimalOf(double number)
{
    char text[32];
    char *end = std::to_chars(text, text + sizeof text - 1, std::fabs(number), std::chars_format::scientific).ptr;
    *end = '\0';
    Decimal out;
    const char *at = text;
    bool behindPoint = false;
    for (; at != end && *at != 'e'; ++at) {
        if (*at == '.') {
            behindPoint = true;
            continue;
        }
        out.digits = out.digits * 10 + static_cast<std::uint64_t>(*at - '0');
        out.exponent -= behindPoint;
    }
    out.exponent += at != end ? std::atoi(at + 1) : 0;
    while (out.digits != 0 && out.digits % 10 == 0) {
        out.digits /= 10;
        ++out.exponent;
    }
    return out;
}

} // namespace

bool isMultiple(double value, double unit)
{
    if (!std::isfinite(value) || !std::isfinite(unit))
        return false;
    const Decimal dividend = decimalOf(value);
    const Decimal divisor = decimalOf(unit);
    if (divisor.digits == 0)
        return false;
    if (dividend.digits == 0)
        return true;
    int power = dividend.exponent - divisor.exponent;
    // Digits are at most 17, so that times ten they fit.
    if (power < 0) { // The divisor's digits and that many tens must be in the dividend's, which end in no zero.
        std::uint64_t needed = divisor.digits;
        while (power++ < 0 && needed <= dividend.digits)
            needed *= 10;
        return needed <= dividend.digits && dividend.digits % needed == 0;
    }
    std::uint64_t rest = dividend.digits % divisor.digits;
    while (power-- > 0 && rest != 0)
        rest = rest * 10 % divisor.digits;
    return rest == 0;
}

bool sameJson(const Value &a, const Value &b)
{
    return a.sameContent(b);
}

std::optional<std::pair<std::size_t, std::size_t>> firstEqual(const std::vector<Value> &items)
{
    std::unordered_map<std::string, std::size_t> known; // By their JSON, which is the same for equal values.
    for (std::size_t i = 0; i < items.size() && items.size() > 1; ++i) {
        std::string json;
        if (!yaml::appendJson(json, items[i]))
            continue;
        if (const auto [entry, fresh] = known.try_emplace(std::move(json), i); !fresh)
            return std::pair(entry->second, i);
    }
    return std::nullopt;
}

void Validation::property(NodePtr schema, const std::string &key, const Value &value)
{
    const Step step{m_at, key, 0, false};
    addOne(below(schema, value, step), &step);
}

void Validation::item(NodePtr schema, std::size_t index, std::size_t shownIndex)
{
    const Step step{m_at, {}, shownIndex, true};
    addOne(below(schema, m_value.asList().items[index], step), &step);
}

void Validation::object()
{
    const Map &map = m_value.asMap();
    if (m_schema.minProperties && map.size() < *m_schema.minProperties)
        addLimit("minProperties", map.size(), *m_schema.minProperties);
    if (m_schema.maxProperties && map.size() > *m_schema.maxProperties)
        addLimit("maxProperties", map.size(), *m_schema.maxProperties);
    if (const auto missing = missingOf(m_schema.required); !missing.empty())
        add("required", (missing.size() == 1 ? "missing property " : "missing properties ") + quotedList(missing),
            {{"missing", commaList(missing)}});
    if (isDecided())
        return;
    for (const Dependent &dependent : m_schema.dependencies)
        dependency(dependent);
    properties(map);
    if (m_schema.propertyNames)
        names(map);
}

std::vector<std::string> Validation::missingOf(const std::vector<std::string> &required) const
{
    std::vector<std::string> missing;
    for (const std::string &key : required) {
        if (!m_value.asMap().contains(key))
            missing.push_back(key);
    }
    return missing;
}

void Validation::dependency(const Dependent &dependent)
{
    if (!m_value.asMap().contains(dependent.key))
        return;
    if (dependent.schema) {
        addOne(same(dependent.schema), m_at);
    } else if (const auto missing = missingOf(dependent.required); !missing.empty()) {
        add("dependency", "properties " + quotedList(missing) + " required, if " + quoted(dependent.key) + " exists",
            {{"missing", commaList(missing)}, {"key", dependent.key}});
    }
}

void Validation::properties(const Map &map)
{
    std::vector<std::string> additional;
    for (const auto &[key, value] : map) {
        if (isDecided())
            return;
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
        if (evaluated && !m_unevaluated->isEmpty())
            m_unevaluated->properties.erase(key);
    }
    if (!additional.empty())
        add("unknown", "additional properties " + quotedList(additional) + " not allowed",
            {{"keys", commaList(additional)}});
}

void Validation::names(const Map &map)
{
    for (const auto &[key, value] : map) {
        const Step root;
        const Value name = Value::string(key);
        Setting setting = m_setting;
        setting.verdictOnly = false;
        Unevaluated open;
        Failures causes = Validation(m_schema.propertyNames, name, &root, nullptr, nullptr, 0, setting).run(open);
        if (causes.empty())
            continue;
        // The newer library puts it at the object; the older one at the root of the name itself.
        std::vector<std::string> location = m_setting.library603 ? keysOf(m_at) : std::vector<std::string>();
        if (causes.size() == 1 && causes.front().id == "schema.group") {
            Failures inner = std::move(causes.front().causes);
            causes = std::move(inner);
        }
        m_failures.push_back({.id = "schema.name",
            .parameters = {{"key", key}},
            .message = "invalid propertyName " + quoted(key),
            .location = std::move(location),
            .causes = std::move(causes)});
    }
}

void Validation::array()
{
    const auto &items = m_value.asList().items;
    if (m_schema.minItems && items.size() < *m_schema.minItems)
        addLimit("minItems", items.size(), *m_schema.minItems);
    if (m_schema.maxItems && items.size() > *m_schema.maxItems)
        addLimit("maxItems", items.size(), *m_schema.maxItems);
    if (m_schema.uniqueItems)
        unique();
    itemSchemas();
    if (m_schema.contains)
        contains();
}

void Validation::contains()
{
    const auto &items = m_value.asList().items;
    Failures failures;
    std::string matched;
    std::size_t count = 0;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const Step step{m_at, {}, i, true};
        Failures one = below(m_schema.contains, items[i], step);
        if (!one.empty()) {
            group(failures, std::move(one), &step);
            continue;
        }
        ++count;
        matched += (matched.empty() ? "" : " ") + std::to_string(i);
        if (m_schema.draft >= 2020)
            m_unevaluated->items.erase(i);
    }
    const auto told = [&](const char *word, std::size_t want) {
        const std::string start =
            std::string(word) + " " + groupedNumber(want) + " items required to match contains schema, but ";
        return count == 0 ? start + "none matched" : start + "matched " + groupedNumber(count) + " items at " + matched;
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

void Validation::unique()
{
    const auto equal = firstEqual(m_value.asList().items);
    if (!equal)
        return;
    const std::string first = std::to_string(equal->first);
    const std::string second = std::to_string(equal->second);
    add("unique", "items at " + first + " and " + second + " are equal", {{"first", first}, {"second", second}});
}

void Validation::itemSchemas()
{
    const std::size_t size = m_value.asList().items.size();
    const std::size_t prefix = std::min(m_schema.prefixItems.size(), size);
    for (std::size_t i = 0; i < prefix; ++i)
        item(m_schema.prefixItems[i], i, i);
    if (!m_schema.items)
        return;
    const bool refuses = m_schema.items->isBoolean && !m_schema.items->allows;
    if (m_schema.hasPrefix && m_schema.draft < 2020 && refuses) {
        if (prefix < size) {
            const std::string count = groupedNumber(size - prefix);
            add("items", "last " + count + " additionalItem(s) not allowed", {{"count", count}});
        }
        return;
    }
    for (std::size_t i = prefix; i < size; ++i)
        item(m_schema.items, i, m_setting.library603 ? i : i - prefix);
}

void Validation::string()
{
    const std::string &text = m_value.toString();
    if (m_schema.minLength || m_schema.maxLength) {
        const std::size_t length = countRunes(text);
        if (m_schema.minLength && length < *m_schema.minLength)
            addLimit("minLength", length, *m_schema.minLength);
        if (m_schema.maxLength && length > *m_schema.maxLength)
            addLimit("maxLength", length, *m_schema.maxLength);
    }
    if (m_schema.pattern && !m_schema.pattern->matches(text))
        add("pattern", quoted(text) + " does not match pattern " + quoted(m_schema.pattern->source()),
            {{"got", text}, {"pattern", m_schema.pattern->source()}});
}

void Validation::number()
{
    const double value = numberIn(m_value);
    const auto limit = [&](const char *keyword, const std::optional<double> &bound, bool holds) {
        if (!bound || holds)
            return;
        const std::string got = localNumber(value);
        const std::string want = localNumber(*bound);
        add(keyword, std::string(keyword) + ": got " + got + ", want " + want, {{"got", got}, {"want", want}});
    };
    limit("minimum", m_schema.minimum, m_schema.minimum && value >= *m_schema.minimum);
    limit("maximum", m_schema.maximum, m_schema.maximum && value <= *m_schema.maximum);
    limit(
        "exclusiveMinimum", m_schema.exclusiveMinimum, m_schema.exclusiveMinimum && value > *m_schema.exclusiveMinimum);
    limit(
        "exclusiveMaximum", m_schema.exclusiveMaximum, m_schema.exclusiveMaximum && value < *m_schema.exclusiveMaximum);
    limit("multipleOf", m_schema.multipleOf, m_schema.multipleOf && isMultiple(value, *m_schema.multipleOf));
}

} // namespace pk::chart::schema
