// SPDX-License-Identifier: GPL-3.0-or-later
#include "yaml/gosyntax.h"

#include "base/quote.h"
#include "yaml/gofloat.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace pk::yaml {

namespace {

std::string scalarSyntax(const Value &scalar)
{
    std::string out;
    switch (scalar.kind()) {
    case Value::Kind::Nil:
        return "interface {}(nil)";
    case Value::Kind::Bool:
        return scalar.toBool() ? "true" : "false";
    case Value::Kind::Int64:
        return std::to_string(scalar.toInt());
    case Value::Kind::Uint64: {
        char buffer[24];
        out = "0x";
        out.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, scalar.toUint(), 16).ptr);
        return out;
    }
    case Value::Kind::Float64:
        appendGoFloat(out, scalar.toDouble());
        return out;
    default:
        return goQuote(scalar.toString());
    }
}

/// fmt's order of keys: by type, then by value, and what is no number before all numbers.
bool keyLess(const Value &a, const Value &b)
{
    if (a.kind() != b.kind())
        return a.kind() < b.kind();
    switch (a.kind()) {
    case Value::Kind::Bool:
        return a.toBool() < b.toBool();
    case Value::Kind::Int64:
        return a.toInt() < b.toInt();
    case Value::Kind::Uint64:
        return a.toUint() < b.toUint();
    case Value::Kind::Float64:
        return a.toDouble() < b.toDouble() || (std::isnan(a.toDouble()) && !std::isnan(b.toDouble()));
    case Value::Kind::String:
        return a.toString() < b.toString();
    default:
        return false;
    }
}

std::string syntaxOf(const GoNode &node)
{
    if (node.kind == GoNode::Kind::Scalar)
        return scalarSyntax(node.scalar);
    std::string out;
    if (node.kind == GoNode::Kind::List) {
        out = "[]interface {}{";
        for (const GoNode &item : node.children)
            out += (out.back() == '{' && &item == node.children.data() ? "" : ", ") + syntaxOf(item);
        return out + "}";
    }
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i + 1 < node.children.size(); i += 2)
        order.push_back(i);
    const auto keyAt = [&](std::size_t i) -> const Value & { return node.children[i].scalar; };
    std::ranges::stable_sort(order, keyLess, keyAt);
    out = "map[interface {}]interface {}{";
    for (std::size_t at = 0; at < order.size(); ++at) {
        if (at + 1 < order.size() && keyAt(order[at]) == keyAt(order[at + 1]))
            continue; // Of equal keys the last one counts.
        if (!out.ends_with('{'))
            out += ", ";
        out += syntaxOf(node.children[order[at]]) + ":" + syntaxOf(node.children[order[at] + 1]);
    }
    return out + "}";
}

} // namespace

std::string goSyntax(const GoNode &node)
{
    // fmt tells a nil that it is handed from one inside of something.
    return node.kind == GoNode::Kind::Scalar && node.scalar.isNil() ? "<nil>" : syntaxOf(node);
}

std::string goTypeOf(const Value &scalar)
{
    switch (scalar.kind()) {
    case Value::Kind::Nil:
        return "%!s(<nil>)";
    case Value::Kind::Uint64:
        return "uint64";
    default:
        return scalar.typeName();
    }
}

} // namespace pk::yaml
