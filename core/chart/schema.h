// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/problem.h"
#include "chart/levels.h"
#include "value/value.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pk::chart {

struct ResolvedChart;

/// One thing that a value fails, with the words of Helm's JSON Schema library.
struct SchemaFailure
{
    std::string id; ///< "schema.type", "schema.required", "schema.enum", ...: the sentence in gui/texts.
    std::vector<std::pair<std::string, std::string>> parameters;
    std::string message; ///< "got number, want string"
    std::vector<std::string> location; ///< Keys and indices down to the value.
    std::vector<SchemaFailure> causes; ///< Nested failures of anyOf, allOf, ... ; one location may group several.
};

/// One place of a schema as a form wants it, $ref and allOf resolved. Recursion is cut where a schema repeats itself.
struct SchemaNode
{
    std::string name; ///< The key; empty for the root and for items.
    std::string path; ///< "launcher.image.tag"; items are "list[]".
    std::vector<std::string>
        types; ///< "object", "array", "string", "integer", "number", "boolean", "null"; empty: any.
    std::string title;
    std::string description;
    std::string format;
    std::string pattern;
    std::vector<Value> enumeration;
    std::optional<Value> fallback; ///< `default`
    std::vector<Value> examples;
    std::optional<double> minimum;
    std::optional<double> maximum;
    std::optional<std::size_t> minLength;
    std::optional<std::size_t> maxLength;
    bool required = false; ///< By its parent.
    bool deprecated = false;
    bool allowsUnknown = true; ///< additionalProperties is not false.
    std::vector<SchemaNode> properties; ///< In the order of the schema file.
    std::vector<SchemaNode> items; ///< None or one: the schema of a list's items.
    std::vector<SchemaNode> additional; ///< None or one: the schema of keys that are not in `properties`.
    Value extensions; ///< A map of the keys that begin with "x-"; nil when there are none.

    /// The node at a path of keys ("launcher", "image"); indices may be numbers. Null when the schema says nothing.
    const SchemaNode *find(const std::vector<std::string> &location) const;
};

/// Gives the document at a URL that a schema refers to. Errors are what Helm prints behind `failing loading "URL": `.
using SchemaLoader = std::function<Result<Value>(const std::string &url)>;

/// file: URLs are read and an unknown urn: allows everything, as in Helm. The network is not asked: rendering is local.
Result<Value> loadSchemaFile(const std::string &url);

/// A JSON Schema (drafts 4, 6, 7, 2019-09, 2020-12), compiled once and then used from one thread at a time.
class Schema
{
public:
    /// Errors are in the words of Helm's library.
    static Result<std::shared_ptr<const Schema>> compile(
        std::string_view text, const Levels &levels, const SchemaLoader &loader = loadSchemaFile);
    ~Schema();

    /// All failures of `value`, sorted by location; empty: valid.
    std::vector<SchemaFailure> validate(const Value &value) const;

    /// For the form.
    SchemaNode describe() const;

    struct Impl;
    explicit Schema(std::unique_ptr<Impl> impl);

private:
    std::unique_ptr<Impl> m_impl;
};

/// The failures as Helm prints them: lines `- at '/path': MESSAGE`, causes indented.
std::string describeFailures(const std::vector<SchemaFailure> &failures);

/// The entry or item that a key of a location names; nil when there is none.
Value childOf(const Value &value, const std::string &key);

/// The text of the path that a location of `root` is: `a.b[0].c`.
std::string pathOf(const std::vector<std::string> &location, const Value &root);

/// One Problem for each innermost failure, with the path in the values and, for an unknown key near to a known one, a
/// fix that renames it.
std::vector<Problem> problemsOf(
    const std::vector<SchemaFailure> &failures, const Value &root, const SchemaNode *schema = nullptr);

} // namespace pk::chart
