// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chart/schema.h"
#include "chart/schemadocuments.h"
#include "template/functions/goregex.h"

#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

// The compiled form of a JSON Schema, shared by the files that compile, validate and describe it.
namespace pk::chart::schema {

/// Bits in the order in which Helm's library lists types.
enum TypeBit : unsigned {
    nullType = 1,
    booleanType = 2,
    numberType = 4,
    integerType = 8,
    stringType = 16,
    arrayType = 32,
    objectType = 64,
};

/// The formats that the library knows; their checks give the text behind "is not valid email: ", empty when all is
/// well.
using FormatCheck = std::string (*)(std::string_view text);
FormatCheck findFormat(std::string_view name);

/// A regular expression, compiled when it is first needed.
class Pattern
{
public:
    explicit Pattern(std::string source) : m_source(std::move(source)) { }
    const std::string &source() const { return m_source; }
    bool matches(std::string_view text) const;

private:
    std::string m_source;
    mutable std::optional<tmpl::sprig::GoRegex> m_regex;
    mutable bool m_tried = false;
};

struct Node;
using NodePtr = const Node *;

struct Dependent
{
    std::string key;
    std::vector<std::string> required;
    NodePtr schema = nullptr;
};

/// One schema object with what its dialect gives a meaning to.
struct Node
{
    std::string place; ///< "file:///values.schema.json#/properties/a"
    int draft = 2020;
    NodePtr resource = nullptr; ///< The schema around it that has an id; often itself.
    std::map<std::string, NodePtr, std::less<>> dynamicAnchors; ///< Of a resource.

    bool isBoolean = false;
    bool allows = true; ///< Of a boolean schema.

    unsigned types = 0; ///< 0: any.
    bool hasConst = false;
    Value constant;
    bool hasEnum = false;
    std::vector<Value> enumeration;
    std::string format;
    FormatCheck checkFormat = nullptr;
    NodePtr ref = nullptr;
    NodePtr recursiveRef = nullptr;
    bool recursiveAnchor = false;
    NodePtr dynamicRef = nullptr;
    std::string dynamicRefAnchor; ///< The name that $dynamicRef looks for; empty for a pointer.
    std::string dynamicAnchor;

    std::optional<std::size_t> minProperties, maxProperties, minItems, maxItems, minContains, maxContains, minLength,
        maxLength;
    std::optional<double> minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf;
    std::vector<std::string> required;
    std::vector<std::pair<std::string, NodePtr>> properties; ///< Sorted by key.
    std::vector<std::pair<Pattern, NodePtr>> patternProperties;
    NodePtr additionalProperties = nullptr;
    NodePtr propertyNames = nullptr;
    std::vector<Dependent> dependencies;
    NodePtr items = nullptr; ///< For every item, or for those behind `prefixItems`.
    std::vector<NodePtr> prefixItems;
    bool hasPrefix = false;
    NodePtr contains = nullptr;
    bool uniqueItems = false;
    std::unique_ptr<Pattern> pattern;
    NodePtr notSchema = nullptr;
    std::vector<NodePtr> allOf, anyOf, oneOf;
    NodePtr ifSchema = nullptr, thenSchema = nullptr, elseSchema = nullptr;
    NodePtr unevaluatedProperties = nullptr, unevaluatedItems = nullptr;
};

/// Compiles documents into nodes.
class Compiler
{
public:
    /// `assertFormats`: formats count in every draft, as they do in metaschemas.
    explicit Compiler(Documents &documents, bool assertFormats = false) :
        m_documents(documents), m_assertFormats(assertFormats)
    {
    }

    /// The schema at a URL with all that it refers to.
    Result<NodePtr> compile(const std::string &url);
    std::vector<std::unique_ptr<Node>> takeNodes() { return std::move(m_nodes); }

private:
    /// A schema that is still to be read.
    struct Task
    {
        Node *node = nullptr;
        Place place;
        const Value *schema = nullptr; ///< Null: to be looked up.
    };
    /// What the keywords of one schema are read with.
    struct Reading
    {
        const Value &schema;
        const Place &place;
        const Resource &resource;
        Node &out;

        bool has(std::string_view vocabulary) const { return resource.dialect.has(vocabulary); }
    };

    Node *enqueue(Place place, const Value *schema);
    Result<void> read(const Task &task);
    Result<void> keywords(const Reading &at);
    Result<NodePtr> reference(const Reading &at, const char *key);
    Result<void> references(const Reading &at);
    static void assertions(const Reading &at);
    static void stringsAndNumbers(const Reading &at);
    static void counts(const Reading &at);
    void objectKeywords(const Reading &at);
    void dependents(const Reading &at, const char *key);
    void arrayKeywords(const Reading &at);
    void logicKeywords(const Reading &at);
    Result<void> patterns(const Reading &at);
    NodePtr child(const Reading &at, const char *key);
    std::vector<NodePtr> list(const Reading &at, const char *key);
    std::vector<std::pair<std::string, NodePtr>> map(const Reading &at, const char *key);

    Documents &m_documents;
    bool m_assertFormats;
    std::vector<std::unique_ptr<Node>> m_nodes;
    std::unordered_map<std::string, Node *> m_byPlace;
    std::vector<Task> m_tasks;
};

/// Follows a JSON pointer ("/definitions/a~1b"); null when it leads nowhere.
const Value *atPointer(const Value &document, std::string_view pointer);

/// The check of a schema against its metaschema, in the words of Helm's library.
Result<void> checkAgainstMetaSchema(const Document &document, const Place &place, const Value &schema, bool library603);

/// The metaschema of a dialect; lives as long as its thread.
NodePtr metaSchemaOf(const Dialect &dialect);

/// A key or an index on the way from the root to the value that is being validated; lives on the stack.
struct Step
{
    const Step *parent = nullptr;
    std::string_view key;
    std::size_t index = 0;
    bool isIndex = false;
};

/// Set while a schema is what is validated: resources inside it have metaschemas of their own.
struct MetaContext
{
    NodePtr meta = nullptr;
    const Document *document = nullptr;
};

std::vector<SchemaFailure> validate(NodePtr schema, const Value &value, bool library603, const MetaContext &meta = {});

} // namespace pk::chart::schema

namespace pk::chart {

struct Schema::Impl
{
    Value document;
    std::string text;
    std::vector<std::unique_ptr<schema::Node>> nodes;
    schema::NodePtr root = nullptr;
    bool library603 = true;
};

} // namespace pk::chart
