// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/quote.h"
#include "chart/schemaparts.h"
#include "chart/schemaurl.h"

#include <algorithm>
#include <limits>

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
    return *number < 0x1p63 ? static_cast<std::size_t>(*number) : std::numeric_limits<std::size_t>::max();
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

Error invalidRegex(const Place &place, const char *key, const std::string &pattern, const Error &error)
{
    return Error{.code = Error::Code::InvalidInput,
        .message =
            "invalid regex " + goQuote(pattern) + " at " + goQuote(place.text() + "/" + key) + ": " + error.message};
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

const Value *atPointer(const Value &document, std::string_view pointer)
{
    if (pointer.empty())
        return &document; // not that of the copy below
    Document whole{.url = {}, .tree = document, .resources = {}, .visited = {}};
    const auto found = valueAt({&whole, std::string(pointer)});
    return found ? *found : nullptr;
}

Result<NodePtr> Compiler::compile(const std::string &url)
{
    const Result<Document *> document = m_documents.open(url);
    if (!document)
        return document.error();
    const NodePtr root = enqueue({*document, {}}, &(*document)->tree);
    for (std::size_t i = 0; i < m_tasks.size(); ++i) {
        const Task task = m_tasks[i]; // Reading adds tasks.
        if (const auto done = read(task); !done)
            return done.error();
    }
    m_tasks.clear();
    return root;
}

Node *Compiler::enqueue(Place place, const Value *schema)
{
    std::string text = place.document->url + "#" + place.pointer;
    const auto [known, fresh] = m_byPlace.emplace(std::move(text), nullptr);
    if (!fresh)
        return known->second;
    known->second = m_nodes.emplace_back(std::make_unique<Node>()).get();
    m_tasks.push_back({known->second, std::move(place), schema});
    return known->second;
}

Result<void> Compiler::read(const Task &task)
{
    const Value *schema = task.schema;
    if (!schema) {
        const auto found = valueAt(task.place);
        if (!found)
            return found.error();
        schema = *found;
    }
    Node &out = *task.node;
    Document &document = *task.place.document;
    const Resource &resource = document.around(task.place.pointer);
    out.place = task.place.text();
    out.draft = resource.dialect.draft;
    out.resource = enqueue({&document, resource.pointer}, nullptr);
    if (out.draft >= 2020 && out.resource == &out) {
        for (const std::string &name : resource.dynamicAnchors)
            out.dynamicAnchors[name] = enqueue({&document, resource.anchors.find(name)->second}, nullptr);
    }
    if (schema->isBool()) {
        out.isBoolean = true;
        out.allows = schema->toBool();
    } else if (schema->isMap()) {
        out.isBoolean = schema->asMap().isEmpty();
        return keywords({*schema, task.place, resource, out});
    }
    return {};
}

NodePtr Compiler::child(const Reading &at, const char *key)
{
    const Value *found = std::as_const(at.schema.asMap()).find(key);
    return found ? enqueue({at.place.document, at.place.pointer + "/" + key}, found) : nullptr;
}

std::vector<NodePtr> Compiler::list(const Reading &at, const char *key)
{
    std::vector<NodePtr> out;
    const Value *found = std::as_const(at.schema.asMap()).find(key);
    if (found && found->isList()) {
        const std::string below = at.place.pointer + "/" + key + "/";
        for (const Value &item : found->asList().items)
            out.push_back(enqueue({at.place.document, below + std::to_string(out.size())}, &item));
    }
    return out;
}

std::vector<std::pair<std::string, NodePtr>> Compiler::map(const Reading &at, const char *key)
{
    std::vector<std::pair<std::string, NodePtr>> out;
    const Value *found = std::as_const(at.schema.asMap()).find(key);
    if (found && found->isMap()) {
        const std::string below = at.place.pointer + "/" + key + "/";
        for (const auto &[name, value] : found->asMap())
            out.emplace_back(name, enqueue({at.place.document, below + escapePointer(name)}, &value));
    }
    return out;
}

Result<NodePtr> Compiler::reference(const Reading &at, const char *key)
{
    const Value target = at.schema.get(key);
    if (!target.isString())
        return NodePtr(nullptr);
    Result<Place> place = m_documents.resolve(*at.place.document, at.resource, target.toString());
    if (!place)
        return place.error();
    return NodePtr(enqueue(*std::move(place), nullptr));
}

Result<void> Compiler::references(const Reading &at)
{
    const Result<NodePtr> ref = reference(at, "$ref");
    if (!ref)
        return ref.error();
    at.out.ref = *ref;
    if (at.out.draft == 2019 || at.out.draft == 2020) { // The newer draft knows the older one's keyword.
        const Result<NodePtr> recursive = reference(at, "$recursiveRef");
        if (!recursive)
            return recursive.error();
        at.out.recursiveRef = *recursive;
        at.out.recursiveAnchor = at.schema.get("$recursiveAnchor").boolOr(false);
    }
    if (at.out.draft < 2020)
        return {};
    const Result<NodePtr> dynamic = reference(at, "$dynamicRef");
    if (!dynamic)
        return dynamic.error();
    at.out.dynamicRef = *dynamic;
    const std::string target = at.schema.get("$dynamicRef").stringOr();
    const std::string fragment = percentDecoded(splitFragment(target).second).value_or("");
    if (!fragment.starts_with('/'))
        at.out.dynamicRefAnchor = fragment;
    at.out.dynamicAnchor = at.schema.get("$dynamicAnchor").stringOr();
    return {};
}

Result<void> Compiler::keywords(const Reading &at)
{
    if (const auto done = references(at); !done)
        return done;
    Node &out = at.out;
    // Helm's library looks at a const beside a $ref, but, up to draft 7, at nothing else.
    if (out.draft >= 6 && at.has("validation") && at.schema.asMap().contains("const")) {
        out.hasConst = true;
        out.constant = at.schema.get("const");
    }
    if (out.draft < 2019 && out.ref)
        return {};
    if (at.has("validation")) {
        assertions(at);
        stringsAndNumbers(at);
        counts(at);
    }
    const char *formats = out.draft == 2019 ? "format" : "format-assertion";
    if (m_assertFormats || out.draft < 2019 || at.has(formats)) {
        out.format = at.schema.get("format").stringOr();
        out.checkFormat = out.format.empty() ? nullptr : findFormat(out.format);
    }
    if (at.has("applicator")) {
        objectKeywords(at);
        arrayKeywords(at);
        logicKeywords(at);
    }
    if (out.draft >= 2019 && at.has(out.draft == 2019 ? "applicator" : "unevaluated")) {
        out.unevaluatedItems = child(at, "unevaluatedItems");
        out.unevaluatedProperties = child(at, "unevaluatedProperties");
    }
    return patterns(at);
}

void Compiler::assertions(const Reading &at)
{
    const Value type = at.schema.get("type");
    if (type.isString())
        at.out.types = typeBit(type.toString());
    for (const std::string &name : stringsOf(type))
        at.out.types |= typeBit(name);
    if (const Value enumeration = at.schema.get("enum"); enumeration.isList()) {
        at.out.hasEnum = true;
        at.out.enumeration = enumeration.asList().items;
    }
    at.out.required = stringsOf(at.schema.get("required"));
    at.out.uniqueItems = at.schema.get("uniqueItems").boolOr(false);
}

void Compiler::stringsAndNumbers(const Reading &at)
{
    Node &out = at.out;
    if (const Value pattern = at.schema.get("pattern"); pattern.isString())
        out.pattern = std::make_unique<Pattern>(pattern.toString());
    out.minimum = numberOf(at.schema, "minimum");
    out.maximum = numberOf(at.schema, "maximum");
    out.multipleOf = numberOf(at.schema, "multipleOf");
    // Booleans in draft 4, which turn the plain limit into an exclusive one.
    if (at.schema.get("exclusiveMinimum").boolOr(false))
        std::swap(out.minimum, out.exclusiveMinimum);
    else
        out.exclusiveMinimum = numberOf(at.schema, "exclusiveMinimum");
    if (at.schema.get("exclusiveMaximum").boolOr(false))
        std::swap(out.maximum, out.exclusiveMaximum);
    else
        out.exclusiveMaximum = numberOf(at.schema, "exclusiveMaximum");
}

void Compiler::counts(const Reading &at)
{
    Node &out = at.out;
    out.minLength = countOf(at.schema, "minLength");
    out.maxLength = countOf(at.schema, "maxLength");
    out.minItems = countOf(at.schema, "minItems");
    out.maxItems = countOf(at.schema, "maxItems");
    out.minProperties = countOf(at.schema, "minProperties");
    out.maxProperties = countOf(at.schema, "maxProperties");
    if (out.draft >= 2019 && at.schema.asMap().contains("contains")) {
        out.minContains = countOf(at.schema, "minContains");
        out.maxContains = countOf(at.schema, "maxContains");
    }
    if (out.draft < 2019 || !at.schema.get("dependentRequired").isMap())
        return;
    for (const auto &[name, keys] : at.schema.get("dependentRequired").asMap()) {
        if (keys.isList())
            out.dependencies.push_back({name, stringsOf(keys), nullptr});
    }
}

/// `dependencies` has keys or schemas, `dependentSchemas` schemas.
void Compiler::dependents(const Reading &at, const char *key)
{
    const Value *found = std::as_const(at.schema.asMap()).find(key);
    if (!found || !found->isMap())
        return;
    for (const auto &[name, value] : found->asMap()) {
        Dependent item{name, {}, nullptr};
        if (value.isList())
            item.required = stringsOf(value);
        else
            item.schema =
                enqueue({at.place.document, at.place.pointer + "/" + key + "/" + escapePointer(name)}, &value);
        at.out.dependencies.push_back(std::move(item));
    }
}

void Compiler::objectKeywords(const Reading &at)
{
    Node &out = at.out;
    out.properties = map(at, "properties");
    for (auto &[name, node] : map(at, "patternProperties"))
        out.patternProperties.emplace_back(Pattern(name), node);
    out.additionalProperties = child(at, "additionalProperties");
    dependents(at, "dependencies");
    if (out.draft >= 2019)
        dependents(at, "dependentSchemas");
    if (out.draft >= 6)
        out.propertyNames = child(at, "propertyNames");
}

void Compiler::arrayKeywords(const Reading &at)
{
    Node &out = at.out;
    if (out.draft >= 2020) {
        out.hasPrefix = at.schema.get("prefixItems").isList();
        out.prefixItems = list(at, "prefixItems");
        out.items = child(at, "items");
    } else if (at.schema.get("items").isList()) {
        out.hasPrefix = true;
        out.prefixItems = list(at, "items");
        out.items = child(at, "additionalItems");
    } else {
        out.items = child(at, "items");
    }
    if (out.draft >= 6)
        out.contains = child(at, "contains");
}

void Compiler::logicKeywords(const Reading &at)
{
    Node &out = at.out;
    out.notSchema = child(at, "not");
    out.allOf = list(at, "allOf");
    out.anyOf = list(at, "anyOf");
    out.oneOf = list(at, "oneOf");
    if (out.draft < 7)
        return;
    out.ifSchema = child(at, "if");
    const Value condition = at.schema.get("if");
    if (out.ifSchema && condition.boolOr(true))
        out.thenSchema = child(at, "then");
    if (out.ifSchema && !condition.boolOr(false))
        out.elseSchema = child(at, "else");
}

/// The metaschemas of drafts 4 and 6 do not look at the names of patternProperties; a `pattern` is always known to be
/// good.
Result<void> Compiler::patterns(const Reading &at)
{
    if (at.out.draft > 6 || m_assertFormats)
        return {};
    for (const auto &[pattern, node] : at.out.patternProperties) {
        const auto compiled = tmpl::sprig::GoRegex::compile(pattern.source());
        if (!compiled)
            return invalidRegex(at.place, "patternProperties", pattern.source(), compiled.error());
    }
    return {};
}

} // namespace pk::chart::schema
