// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chart/schema.h"
#include "template/functions/goregex.h"

#include <map>
#include <memory>
#include <set>
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

/// One schema object with what its draft gives a meaning to.
struct Node
{
    bool isBoolean = false;
    bool allows = true; ///< Of a boolean schema.
    int draft = 2020;

    unsigned types = 0; ///< 0: any.
    bool hasConst = false;
    Value constant;
    bool hasEnum = false;
    std::vector<Value> enumeration;
    std::string format;
    FormatCheck checkFormat = nullptr;
    NodePtr ref = nullptr;
    bool onlyRef = false; ///< Up to draft 7 the other keywords beside $ref mean nothing.

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

/// Compiles a schema text into nodes.
class Compiler
{
public:
    explicit Compiler(const Value &document) : m_document(document) { }
    Result<NodePtr> compile();
    std::vector<std::unique_ptr<Node>> takeNodes() { return std::move(m_nodes); }

private:
    NodePtr node(const Value &schema, const std::string &pointer);
    void keywords(Node &node, const Value &schema, const std::string &pointer);
    void stringsAndNumbers(Node &node, const Value &schema);
    void objectKeywords(Node &node, const Value &schema, const std::string &pointer);
    void arrayKeywords(Node &node, const Value &schema, const std::string &pointer);
    void logicKeywords(Node &node, const Value &schema, const std::string &pointer);
    NodePtr child(const Value &schema, const char *key, const std::string &pointer);
    std::vector<NodePtr> list(const Value &schema, const char *key, const std::string &pointer);
    NodePtr reference(const std::string &target);
    void indexIds(const Value &schema, const std::string &pointer, const std::string &base);
    void fail(std::string message);

    const Value &m_document;
    int m_draft = 2020;
    std::vector<std::unique_ptr<Node>> m_nodes;
    std::unordered_map<std::string, NodePtr> m_byPointer;
    std::map<std::string, std::string> m_ids; ///< $id and anchors to JSON pointers.
    std::string m_error;
};

/// Follows a JSON pointer ("/definitions/a~1b"); null when it leads nowhere.
const Value *atPointer(const Value &document, std::string_view pointer);
/// The pointer of a $ref in a document without its "#"; false when it leaves the document.
bool localPointer(std::string_view target, const std::map<std::string, std::string> &ids, std::string &pointer);
std::string escapePointer(std::string_view key);

/// A key or an index on the way from the root to the value that is being validated; lives on the stack.
struct Step
{
    const Step *parent = nullptr;
    std::string_view key;
    std::size_t index = 0;
    bool isIndex = false;
};

std::vector<SchemaFailure> validate(NodePtr schema, const Value &value, bool library603);

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
