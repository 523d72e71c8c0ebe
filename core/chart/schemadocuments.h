// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "chart/schema.h"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

// The documents that a schema is made of, and what their ids, anchors and dialects are.
namespace pk::chart::schema {

/// The draft of a schema and, where it names a metaschema of its own, the vocabularies that this one asks for.
struct Dialect
{
    int draft = 2020;
    std::optional<std::vector<std::string>> vocabularies; ///< Nothing: those that the draft has by itself.

    bool has(std::string_view vocabulary) const;
    bool operator==(const Dialect &) const = default;
};

/// A schema with an id of its own: references inside are relative to it.
struct Resource
{
    std::string pointer; ///< In its document.
    std::string id; ///< A URL without a fragment.
    Dialect dialect;
    std::map<std::string, std::string, std::less<>> anchors; ///< To JSON pointers.
    std::set<std::string, std::less<>> dynamicAnchors;
};

struct Document
{
    std::string url;
    Value tree;
    std::map<std::string, Resource, std::less<>> resources; ///< By pointer; the document itself is at "".
    std::unordered_set<std::string> visited; ///< Pointers at which schemas stand.

    /// The innermost resource around a pointer.
    const Resource &around(std::string_view pointer) const;
};

/// A schema in a document.
struct Place
{
    Document *document = nullptr;
    std::string pointer;

    /// "file:///values.schema.json#/properties/a"
    std::string text() const;
};

/// What stands at the pointer of a place.
Result<const Value *> valueAt(const Place &place);

/// Checks a schema against the metaschema of its dialect. `resources` below it have their own.
using MetaCheck = std::function<Result<void>(const Document &document, const Place &place, const Value &schema)>;

/// Loads documents when they are referred to, finds the schemas in them and has each checked.
class Documents
{
public:
    Documents(SchemaLoader loader, MetaCheck check) : m_loader(std::move(loader)), m_check(std::move(check)) { }

    /// The document that is to be found at a URL.
    void add(const std::string &url, Value tree) { m_trees[url] = std::move(tree); }
    Result<Document *> open(const std::string &url);
    /// Where a reference leads that stands inside `resource` of `document`.
    Result<Place> resolve(Document &document, const Resource &resource, const std::string &reference);

private:
    using Cycle = std::set<std::string>;

    Result<Value> load(const std::string &url);
    Result<int> draftOf(const Value &schema, const Place &at, int fallback, Cycle &cycle);
    Result<Dialect> dialectOf(const Value &schema, int draft);
    Result<void> visit(Document &document, const Value &schema, const std::string &pointer, const std::string &base,
        const Dialect &fallback);
    Result<std::string> enter(Document &document, const Value &schema, const std::string &pointer,
        const std::string &base, const Dialect &fallback, int &draft);
    Result<void> children(Document &document, const Value &schema, const std::string &pointer, const std::string &base,
        int draft, const Dialect &dialect);
    static Result<void> anchors(
        const Document &document, const Value &schema, const std::string &pointer, Resource &resource);
    Result<void> ensureVisited(const Place &place);
    Result<Place> inside(Document &document, const Resource &resource, std::string_view fragment);

    SchemaLoader m_loader;
    MetaCheck m_check;
    std::map<std::string, Value> m_trees;
    std::map<std::string, std::unique_ptr<Document>> m_documents;
};

} // namespace pk::chart::schema
