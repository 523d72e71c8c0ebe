// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "value/value.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace pk::yaml {

/// Bytes of a text from `begin` up to, not including, `end`.
struct Span
{
    std::size_t begin = 0;
    std::size_t end = 0;
    bool operator==(const Span &) const = default;
};

/// How a node is written.
enum class Style : std::uint8_t { Plain, SingleQuoted, DoubleQuoted, Literal, Folded, Block, Flow };

/// One node of a YAML text as it is written: nothing is resolved or merged, and each node knows its bytes. Comments are
/// no nodes; they are what the spans leave out.
struct Node
{
    enum class Kind : std::uint8_t { Scalar, Sequence, Mapping, Alias };

    Kind kind = Kind::Scalar;
    Style style = Style::Plain;
    Span span; ///< From its first byte (tag and anchor included) behind its last; a block ends with its last entry.
    int line = 0; ///< Of span.begin, 1-based.
    int column = 0; ///< Of span.begin, 0-based, in bytes.
    std::string tag; ///< As libyaml expands it ("tag:yaml.org,2002:str"); empty when none is written.
    std::string anchor; ///< Name of the anchor; of an Alias the name it refers to.
    std::string value; ///< Scalar: its text without quotes and folding.
    std::vector<Node> children; ///< Sequence: items. Mapping: key, value, key, value, ...

    bool isScalar() const { return kind == Kind::Scalar; }
    bool isSequence() const { return kind == Kind::Sequence; }
    bool isMapping() const { return kind == Kind::Mapping; }
    /// A scalar of no characters and no quotes, as behind `key:`.
    bool isEmptyPlain() const { return isScalar() && style == Style::Plain && value.empty() && tag.empty(); }
    /// Number of entries of a mapping or items of a sequence.
    std::size_t size() const { return isMapping() ? children.size() / 2 : children.size(); }
    const Node &key(std::size_t index) const { return children[2 * index]; }
    const Node &valueAt(std::size_t index) const { return children[isMapping() ? 2 * index + 1 : index]; }
};

/// One document of a stream.
struct Document
{
    Node root; ///< An empty plain scalar when the document holds nothing.
    bool explicitStart = false; ///< With `---`.
    Span span; ///< From its `---` or root, up to its end or the next `---`.
};

using Stream = std::vector<Document>;

/// Reads all documents with positions. Errors are InvalidInput with go-yaml's words ("yaml: line 3: could not find
/// expected ':'"; its line number, often one less than an editor's) and `at` with the place that a person looks for.
Result<Stream> parse(std::string_view text);

/// What an unquoted scalar means to Helm, which reads YAML 1.1: nil, bool, int64, uint64, float64 or string. "y", "on"
/// and "010" are not what people expect; timestamps stay strings.
Value resolve(std::string_view plain);

/// True when `plain` is a string to go-yaml, and no date and no number of base 60: what its printer leaves unquoted.
bool resolvesToString(std::string_view plain);

/// The key of a JSON object that an unquoted mapping key becomes: `y` is "true", `0x10` is "16". False when it becomes
/// none (null).
bool resolveKey(std::string_view plain, std::string &key);

/// The tree that sigs.k8s.io/yaml's Unmarshal puts into an interface{}: the first document only, merge keys applied,
/// last of equal keys wins, keys made strings, every number float64. Of an empty text: nil. Errors carry Go's prefix
/// ("error converting YAML to JSON: yaml: line 2: ...").
Result<Value> toValue(std::string_view text);

/// The same for a Go target of map[string]interface {}: nil becomes an empty map, anything but a map is the error
/// "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go value of type ...".
Result<Value> toMap(std::string_view text);

/// The texts of the documents of a values file as Helm 4 cuts them: apimachinery's YAMLReader, which knows only lines
/// that begin with "---". A separator line with more than white space or a comment behind it is the error
/// "invalid Yaml document separator: x".
Result<std::vector<std::string>> splitDocuments(std::string_view text);

} // namespace pk::yaml
