// SPDX-License-Identifier: GPL-3.0-or-later
#include "yaml/decoder.h"

#include "base/encoding.h"
#include "base/unicode.h"
#include "yaml/gofloat.h"
#include "yaml/gosyntax.h"
#include "yaml/resolve.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace pk::yaml {

namespace {

using Tag = Resolved::Tag;
constexpr std::string_view longTagPrefix = "tag:yaml.org,2002:";

std::string shortTag(std::string_view tag)
{
    return tag.starts_with(longTagPrefix) ? "!!" + std::string(tag.substr(longTagPrefix.size())) : std::string(tag);
}

const char *nameOf(Tag tag)
{
    switch (tag) {
    case Tag::Null:
        return "!!null";
    case Tag::Bool:
        return "!!bool";
    case Tag::Int:
        return "!!int";
    case Tag::Float:
        return "!!float";
    case Tag::Timestamp:
        return "!!timestamp";
    case Tag::String:
        break;
    }
    return "!!str";
}

/// How much of a document may come out of aliases: go-yaml's guard against texts that explode.
double allowedAliasRatio(int decodeCount)
{
    constexpr int low = 400000;
    constexpr int high = 4000000;
    if (decodeCount <= low)
        return 0.99;
    if (decodeCount >= high)
        return 0.10;
    return 0.99 - 0.89 * (static_cast<double>(decodeCount - low) / (high - low));
}

/// encoding/json writes every bad byte of a string as U+FFFD.
std::string repaired(std::string text)
{
    if (isValidUtf8(text))
        return text;
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        const Decoded rune = decodeRune(text, i);
        appendRune(out, rune.code);
        i += rune.width;
    }
    return out;
}

/// Step one of three: go-yaml's tree, with keys of any kind.
class Decoder
{
public:
    bool decode(const RawNode &node, GoNode &out)
    {
        ++m_decodeCount;
        if (m_aliasDepth > 0)
            ++m_aliasCount;
        if (m_aliasCount > 100 && m_decodeCount > 1000
            && static_cast<double>(m_aliasCount) / m_decodeCount > allowedAliasRatio(m_decodeCount))
            return fail("document contains excessive aliasing");
        switch (node.kind) {
        case Node::Kind::Alias:
            return decodeAlias(node, [&](const RawNode &target) { return decode(target, out); });
        case Node::Kind::Scalar:
            return decodeScalar(node, out.scalar);
        case Node::Kind::Sequence:
            return decodeSequence(node, out);
        case Node::Kind::Mapping:
            out.kind = GoNode::Kind::Map;
            return decodeMapping(node, out);
        }
        return true;
    }

    const std::string &problem() const { return m_problem; }

private:
    bool fail(std::string problem)
    {
        m_problem = "yaml: " + std::move(problem);
        return false;
    }

    template <class Function> bool decodeAlias(const RawNode &node, Function function)
    {
        if (!m_aliases.insert(&node).second)
            return fail("anchor '" + node.anchor + "' value contains itself");
        ++m_aliasDepth;
        const bool done = function(*node.target);
        --m_aliasDepth;
        m_aliases.erase(&node);
        return done;
    }

    bool decodeScalar(const RawNode &node, Value &out)
    {
        out = Value::string(node.value);
        if (node.tag.empty() && !node.implicit)
            return true;
        const std::string tag = shortTag(node.tag);
        if (tag == "!!binary") {
            std::string bytes;
            std::size_t badAt = 0;
            if (!base64Decode(node.value, bytes, badAt))
                return fail("!!binary value contains invalid base64 data");
            out = Value::string(repaired(std::move(bytes)));
            return true;
        }
        if (tag.empty() || tag == "!!bool" || tag == "!!int" || tag == "!!float" || tag == "!!null"
            || tag == "!!timestamp")
            return resolveTagged(node, tag, out);
        return true;
    }

    bool resolveTagged(const RawNode &node, const std::string &tag, Value &out)
    {
        Resolved resolved = resolvePlain(node.value);
        // Only an untagged text, or one tagged as such, is tried as a date.
        if (resolved.tag == Tag::Timestamp && !tag.empty() && tag != "!!timestamp")
            resolved.tag = Tag::String;
        const bool isIntAsFloat =
            tag == "!!float" && resolved.tag == Tag::Int && resolved.value.kind() == Value::Kind::Int64;
        if (isIntAsFloat)
            resolved = {Tag::Float, Value::number(static_cast<double>(resolved.value.toInt()))};
        if (!tag.empty() && tag != nameOf(resolved.tag))
            return fail(std::string("cannot decode ") + nameOf(resolved.tag) + " `" + node.value + "` as a " + tag);
        if (resolved.tag != Tag::String && resolved.tag != Tag::Timestamp)
            out = resolved.value;
        return true;
    }

    bool decodeSequence(const RawNode &node, GoNode &out)
    {
        out.kind = GoNode::Kind::List;
        out.children.reserve(node.children.size());
        for (const RawNode *child : node.children) {
            if (!decode(*child, out.children.emplace_back()))
                return false;
        }
        return true;
    }

    bool decodeMapping(const RawNode &node, GoNode &out)
    {
        for (std::size_t i = 0; i + 1 < node.children.size(); i += 2) {
            if (node.children[i]->isMergeKey()) {
                if (!merge(*node.children[i + 1], out))
                    return false;
                continue;
            }
            GoNode key;
            if (!decode(*node.children[i], key))
                return false;
            if (key.kind != GoNode::Kind::Scalar)
                return fail("invalid map key: " + goSyntax(key));
            GoNode value;
            if (!decode(*node.children[i + 1], value))
                return false;
            out.children.push_back(std::move(key));
            out.children.push_back(std::move(value));
        }
        return true;
    }

    /// Entries of a merged map are set as if they stood there: they override what stands before them.
    bool merge(const RawNode &node, GoNode &out)
    {
        const std::string problem = "map merge requires map or sequence of maps as the value";
        switch (node.kind) {
        case Node::Kind::Mapping:
            return mergeMapping(node, out);
        case Node::Kind::Alias:
            return node.target->kind == Node::Kind::Mapping ? mergeMapping(node, out) : fail(problem);
        case Node::Kind::Sequence:
            for (auto item = node.children.rbegin(); item != node.children.rend(); ++item) {
                const RawNode &target = (*item)->kind == Node::Kind::Alias ? *(*item)->target : **item;
                if (target.kind != Node::Kind::Mapping)
                    return fail(problem);
                if (!mergeMapping(**item, out))
                    return false;
            }
            return true;
        default:
            return fail(problem);
        }
    }

    bool mergeMapping(const RawNode &node, GoNode &out)
    {
        ++m_decodeCount;
        if (m_aliasDepth > 0)
            ++m_aliasCount;
        if (node.kind == Node::Kind::Alias)
            return decodeAlias(node, [&](const RawNode &target) { return mergeMapping(target, out); });
        return decodeMapping(node, out);
    }

    int m_decodeCount = 0;
    int m_aliasCount = 0;
    int m_aliasDepth = 0;
    std::set<const RawNode *> m_aliases;
    std::string m_problem;
};

/// Step two and three: keys become strings, numbers float64.
class JsonMaker
{
public:
    bool make(const GoNode &node, Value &out)
    {
        switch (node.kind) {
        case GoNode::Kind::Scalar:
            return makeScalar(node.scalar, out);
        case GoNode::Kind::List: {
            std::vector<Value> items(node.children.size());
            for (std::size_t i = 0; i < items.size(); ++i) {
                if (!make(node.children[i], items[i]))
                    return false;
            }
            out = Value::list(std::move(items));
            return true;
        }
        case GoNode::Kind::Map:
            return makeMap(node, out);
        }
        return true;
    }

    std::string problem() const { return m_problem.empty() ? m_jsonProblem : m_problem; }
    bool hasProblem() const { return !m_problem.empty() || !m_jsonProblem.empty(); }

private:
    bool makeScalar(const Value &scalar, Value &out)
    {
        out = asJsonNumber(scalar);
        // Found by json.Marshal only when all keys are strings.
        if (out.kind() == Value::Kind::Float64 && !std::isfinite(out.toDouble()) && m_jsonProblem.empty()) {
            m_jsonProblem = "json: unsupported value: ";
            appendGoFloat(m_jsonProblem, out.toDouble());
        }
        return true;
    }

    bool makeMap(const GoNode &node, Value &out)
    {
        std::vector<Map::Entry> entries;
        entries.reserve(node.children.size() / 2);
        for (std::size_t i = 0; i + 1 < node.children.size(); i += 2) {
            const Value &key = node.children[i].scalar;
            Map::Entry entry;
            if (!keyText(key, entry.key)) {
                m_problem = "unsupported map key of type: " + goTypeOf(key) + ", key: " + goSyntax(node.children[i])
                    + ", value: " + goSyntax(node.children[i + 1]);
                return false;
            }
            if (!make(node.children[i + 1], entry.value))
                return false;
            entries.push_back(std::move(entry));
        }
        out = Value::of(Map::fromEntries(std::move(entries)));
        return true;
    }

    static bool keyText(const Value &key, std::string &text)
    {
        switch (key.kind()) {
        case Value::Kind::String:
            text = key.toString();
            return true;
        case Value::Kind::Bool:
            text = key.toBool() ? "true" : "false";
            return true;
        case Value::Kind::Int64:
            text = std::to_string(key.toInt());
            return true;
        case Value::Kind::Float64:
            appendYamlFloat32(text, key.toDouble());
            return true;
        default:
            return false;
        }
    }

    std::string m_problem;
    std::string m_jsonProblem;
};

Error conversionError(const std::string &problem)
{
    return {Error::Code::InvalidInput, "error converting YAML to JSON: " + problem};
}

} // namespace

Result<Value> decode(const RawDocument &document)
{
    Decoder decoder;
    GoNode tree;
    if (!decoder.decode(*document.root, tree))
        return conversionError(decoder.problem());
    JsonMaker maker;
    Value value;
    if (!maker.make(tree, value) || maker.hasProblem())
        return conversionError(maker.problem());
    return value;
}

} // namespace pk::yaml
