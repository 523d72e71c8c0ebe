// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/schemadocuments.h"

#include "base/inputerror.h"
#include "chart/gotext.h"
#include "chart/schemametas.h"
#include "chart/schemaurl.h"

#include <algorithm>

namespace pk::chart::schema {

namespace {

enum class Holds : std::uint8_t { Schema, Items, Values };

/// Where schemas stand in a schema.
struct Position
{
    std::string_view keyword;
    Holds holds;
    int from;
};

constexpr Position positions[] = {
    {"definitions", Holds::Values, 4},
    {"not", Holds::Schema, 4},
    {"allOf", Holds::Items, 4},
    {"anyOf", Holds::Items, 4},
    {"oneOf", Holds::Items, 4},
    {"properties", Holds::Values, 4},
    {"additionalProperties", Holds::Schema, 4},
    {"patternProperties", Holds::Values, 4},
    {"items", Holds::Schema, 4},
    {"items", Holds::Items, 4},
    {"additionalItems", Holds::Schema, 4},
    {"dependencies", Holds::Values, 4},
    {"propertyNames", Holds::Schema, 6},
    {"contains", Holds::Schema, 6},
    {"if", Holds::Schema, 7},
    {"then", Holds::Schema, 7},
    {"else", Holds::Schema, 7},
    {"$defs", Holds::Values, 2019},
    {"dependentSchemas", Holds::Values, 2019},
    {"unevaluatedProperties", Holds::Schema, 2019},
    {"unevaluatedItems", Holds::Schema, 2019},
    {"contentSchema", Holds::Schema, 2019},
    {"prefixItems", Holds::Items, 2020},
};

const Value *find(const Value &map, std::string_view key)
{
    return std::as_const(map.asMap()).find(key);
}

/// The text of a keyword; nothing when there is no text.
std::optional<std::string> textOf(const Value &schema, std::string_view key)
{
    const Value *found = find(schema, key);
    return found && found->isString() ? std::optional(found->toString()) : std::nullopt;
}

std::string_view idKey(int draft)
{
    return draft == 4 ? "id" : "$id";
}

/// Without its fragment. Up to draft 7 nothing beside a $ref counts.
std::string idOf(const Value &schema, int draft)
{
    if (draft < 2019 && schema.asMap().contains("$ref"))
        return {};
    return std::string(splitFragment(textOf(schema, idKey(draft)).value_or("")).first);
}

const Value *childOf(const Value &value, const std::string &key)
{
    if (value.isMap())
        return find(value, key);
    if (!value.isList())
        return nullptr;
    const auto index = parseGoInt(key);
    const auto &items = value.asList().items;
    const bool inside = index && *index >= 0 && static_cast<std::size_t>(*index) < items.size();
    return inside ? &items[static_cast<std::size_t>(*index)] : nullptr;
}

bool isOfStandard(const std::string &url)
{
    return url.starts_with("http://json-schema.org/") || url.starts_with("https://json-schema.org/");
}

} // namespace

bool Dialect::has(std::string_view vocabulary) const
{
    if (vocabulary == "core" || draft < 2019)
        return true;
    if (vocabularies)
        return std::ranges::find(*vocabularies, vocabulary) != vocabularies->end();
    return vocabulary == "applicator" || vocabulary == "validation" || (vocabulary == "unevaluated" && draft >= 2020);
}

const Resource &Document::around(std::string_view pointer) const
{
    if (resources.size() > 1) {
        while (!pointer.empty()) {
            const auto found = resources.find(pointer);
            if (found != resources.end())
                return found->second;
            const auto slash = pointer.rfind('/');
            pointer = pointer.substr(0, slash == std::string_view::npos ? 0 : slash);
        }
    }
    return resources.find(std::string_view())->second;
}

std::string Place::text() const
{
    return document->url + "#" + encodedPointer(pointer);
}

Result<const Value *> valueAt(const Place &place)
{
    const Value *current = &place.document->tree;
    std::string_view rest = place.pointer;
    while (!rest.empty()) {
        rest.remove_prefix(1);
        const auto slash = rest.find('/');
        const auto key = unescapePointer(rest.substr(0, slash));
        if (!key)
            return inputError("invalid json-pointer " + goQuote(place.text()));
        rest.remove_prefix(slash == std::string_view::npos ? rest.size() : slash);
        current = childOf(*current, *key);
        if (!current)
            return inputError("json-pointer in " + goQuote(place.text()) + " not found");
    }
    return current;
}

Result<Value> Documents::load(const std::string &url)
{
    const auto known = m_trees.find(url);
    if (known != m_trees.end())
        return known->second;
    Value tree = metaSchema(url);
    if (tree.isNil()) {
        Result<Value> loaded = m_loader(url);
        if (!loaded)
            return inputError("failing loading " + goQuote(url) + ": " + loaded.error().message);
        tree = *std::move(loaded);
    }
    m_trees[url] = tree;
    return tree;
}

Result<Document *> Documents::open(const std::string &url)
{
    const auto known = m_documents.find(url);
    if (known != m_documents.end())
        return known->second.get();
    const Result<Value> tree = load(url);
    if (!tree)
        return tree.error();
    auto document = std::make_unique<Document>();
    document->url = url;
    document->tree = *tree;
    if (const auto done = visit(*document, document->tree, {}, url, {}); !done)
        return done.error();
    if (m_check && !isOfStandard(url)) {
        if (const auto valid = m_check(*document, {document.get(), {}}, document->tree); !valid)
            return valid.error();
    }
    return (m_documents[url] = std::move(document)).get();
}

Result<int> Documents::draftOf(const Value &schema, const Place &at, int fallback, Cycle &cycle)
{
    const auto name = schema.isMap() ? textOf(schema, "$schema") : std::nullopt;
    if (!name)
        return fallback;
    const auto [url, fragment] = splitFragment(*name);
    if (const int draft = fragment.empty() ? draftOfUrl(url) : 0; draft != 0)
        return draft;
    const std::string meta(url);
    if (at.pointer.empty() && meta == at.document->url)
        return inputError("draft " + goQuote(meta) + " is not supported");
    if (!cycle.insert(meta).second)
        return inputError("cycle in resolving $schema in " + goQuote(meta));
    const Result<Value> tree = load(meta);
    if (!tree)
        return tree.error();
    Document place{.url = meta, .tree = {}, .resources = {}, .visited = {}};
    return draftOf(*tree, {&place, {}}, fallback, cycle);
}

Result<Dialect> Documents::dialectOf(const Value &schema, int draft)
{
    Dialect dialect{draft, std::nullopt};
    const std::string name = textOf(schema, "$schema").value_or("");
    const auto [url, fragment] = splitFragment(name);
    if (draft < 2019 || (fragment.empty() && draftOfUrl(url) != 0))
        return dialect;
    const std::string metaName(url);
    const Result<Value> meta = load(metaName);
    if (!meta)
        return meta.error();
    const Value asked = meta->get("$vocabulary");
    if (!asked.isMap())
        return dialect;
    dialect.vocabularies.emplace();
    const std::string prefix = vocabularyPrefix(draft);
    for (const auto &[vocabulary, required] : asked.asMap()) {
        if (!required.boolOr(false))
            continue;
        const std::string shortName = vocabulary.starts_with(prefix) ? vocabulary.substr(prefix.size()) : std::string();
        const auto known = vocabulariesOf(draft);
        if (std::ranges::find(known, shortName) == known.end())
            return inputError("unsupported vocabulary " + goQuote(vocabulary) + " in " + goQuote(metaName));
        dialect.vocabularies->push_back(shortName);
    }
    if (!dialect.has("core") || std::ranges::find(*dialect.vocabularies, "core") == dialect.vocabularies->end())
        dialect.vocabularies->push_back("core");
    return dialect;
}

/// Makes a resource of a schema that has an id, and tells the base URL that counts inside.
Result<std::string> Documents::enter(Document &document, const Value &schema, const std::string &pointer,
    const std::string &base, const Dialect &fallback, int &draft)
{
    Cycle cycle;
    const Result<int> own = draftOf(schema, {&document, pointer}, fallback.draft, cycle);
    if (!own)
        return own.error();
    draft = *own;
    bool hasSchema = textOf(schema, "$schema").has_value();
    std::string id = idOf(schema, draft);
    if (id.empty() && !pointer.empty()) {
        draft = fallback.draft; // $schema means something in a resource only.
        hasSchema = false;
        id = idOf(schema, draft);
    }
    if (id.empty() && !pointer.empty())
        return base;
    std::string url = base;
    if (!id.empty()) {
        const auto joined = joinUrl(base, id);
        if (!joined)
            return inputError("error in parsing id at " + goQuote(Place{&document, pointer}.text()));
        url = *joined;
    }
    for (const auto &[at, other] : document.resources) {
        if (other.id == url && at != pointer)
            return inputError("duplicate id " + goQuote(url) + " in " + goQuote(document.url) + " at "
                + goQuote(pointer) + " and " + goQuote(at));
    }
    if (document.resources.contains(pointer))
        return url;
    Resource resource;
    resource.pointer = pointer;
    resource.id = url;
    resource.dialect = fallback;
    if (hasSchema) {
        const Result<Dialect> dialect = dialectOf(schema, draft);
        if (!dialect)
            return dialect.error();
        resource.dialect = *dialect;
    }
    document.resources.emplace(pointer, std::move(resource));
    return url;
}

Result<void> Documents::visit(Document &document, const Value &schema, const std::string &pointer,
    const std::string &base, const Dialect &fallback)
{
    if (document.visited.contains(pointer))
        return {};
    if (!schema.isMap()) {
        if (pointer.empty())
            document.resources[pointer] = {pointer, base, fallback, {}, {}};
        document.visited.insert(pointer);
        return {};
    }
    int draft = fallback.draft;
    const Result<std::string> inner = enter(document, schema, pointer, base, fallback, draft);
    if (!inner)
        return inner.error();
    const auto around = std::ranges::find_if(document.resources, [&](const auto &r) { return r.second.id == *inner; });
    if (const auto done = anchors(document, schema, pointer, around->second); !done)
        return done;
    const Dialect dialect = around->second.dialect;
    if (const auto done = children(document, schema, pointer, *inner, draft, dialect); !done)
        return done;
    document.visited.insert(pointer);
    return {};
}

Result<void> Documents::children(Document &document, const Value &schema, const std::string &pointer,
    const std::string &base, int draft, const Dialect &dialect)
{
    for (const auto &[key, value] : schema.asMap()) {
        for (const Position &position : positions) {
            if (position.keyword != key || draft < position.from)
                continue;
            const std::string below = pointer + "/" + key;
            if (position.holds == Holds::Schema) {
                if (const auto done = visit(document, value, below, base, dialect); !done)
                    return done;
            } else if (position.holds == Holds::Items && value.isList()) {
                std::size_t index = 0;
                for (const Value &item : value.asList().items) {
                    const auto done = visit(document, item, below + "/" + std::to_string(index++), base, dialect);
                    if (!done)
                        return done;
                }
            } else if (position.holds == Holds::Values && value.isMap()) {
                for (const auto &[name, item] : value.asMap()) {
                    const auto done = visit(document, item, below + "/" + escapePointer(name), base, dialect);
                    if (!done)
                        return done;
                }
            }
        }
    }
    return {};
}

Result<void> Documents::anchors(
    const Document &document, const Value &schema, const std::string &pointer, Resource &resource)
{
    const int draft = resource.dialect.draft;
    const auto add = [&](const std::string &name) -> Result<void> {
        const auto [known, fresh] = resource.anchors.emplace(name, pointer);
        if (!fresh && known->second != pointer)
            return inputError("duplicate anchor " + goQuote(name) + " in " + goQuote(document.url) + " at "
                + goQuote(known->second) + " and " + goQuote(pointer));
        return {};
    };
    if (draft < 2019) {
        const auto id = schema.asMap().contains("$ref") ? std::nullopt : textOf(schema, idKey(draft));
        if (!id)
            return {};
        const auto fragment = percentDecoded(splitFragment(*id).second);
        if (!fragment)
            return inputError("error in parsing anchor at " + goQuote(document.url + "#" + encodedPointer(pointer)));
        return fragment->empty() || fragment->front() == '/' ? Result<void>() : add(*fragment);
    }
    if (const auto name = textOf(schema, "$anchor")) {
        if (const auto done = add(*name); !done)
            return done;
    }
    if (const auto name = textOf(schema, "$dynamicAnchor"); name && draft >= 2020) {
        resource.dynamicAnchors.insert(*name);
        return add(*name);
    }
    return {};
}

/// A reference may lead to where no keyword has a schema; what stands there is one from then on.
Result<void> Documents::ensureVisited(const Place &place)
{
    Document &document = *place.document;
    if (document.visited.contains(place.pointer))
        return {};
    const auto value = valueAt(place);
    if (!value)
        return value.error();
    const Resource around = document.around(place.pointer);
    if (const auto done = visit(document, **value, place.pointer, around.id, around.dialect); !done)
        return done;
    return m_check ? m_check(document, place, **value) : Result<void>();
}

Result<Place> Documents::inside(Document &document, const Resource &resource, std::string_view fragment)
{
    const auto name = percentDecoded(fragment);
    if (!name)
        return inputError(
            "error in parsing " + goQuote(resource.id + "#" + std::string(fragment)) + ": invalid URL escape");
    Place place{&document, {}};
    if (name->empty() || name->front() == '/') {
        place.pointer = resource.pointer + *name;
    } else {
        const auto anchor = resource.anchors.find(*name);
        if (anchor == resource.anchors.end())
            return inputError("anchor in " + goQuote(resource.id + "#" + encodedPointer(*name))
                + " not found in schema " + goQuote(document.url));
        place.pointer = anchor->second;
    }
    if (const auto done = ensureVisited(place); !done)
        return done.error();
    return place;
}

Result<Place> Documents::resolve(Document &document, const Resource &resource, const std::string &reference)
{
    const auto [target, fragment] = splitFragment(reference);
    const auto url = joinUrl(resource.id, target);
    if (!url)
        return inputError("error in parsing " + goQuote(target) + ": not a URL");
    if (*url == document.url)
        return inside(document, document.resources.find(std::string_view())->second, fragment);
    for (const auto &[pointer, other] : document.resources) {
        if (other.id == *url)
            return inside(document, other, fragment);
    }
    const Result<Document *> other = open(*url);
    if (!other)
        return other.error();
    return inside(**other, (*other)->resources.find(std::string_view())->second, fragment);
}

} // namespace pk::chart::schema
