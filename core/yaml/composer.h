// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "yaml/reader.h"

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace pk::yaml {

/// A node as libyaml's events tell it, with aliases tied to what they refer to. Offsets count characters, not bytes.
struct RawNode
{
    Node::Kind kind = Node::Kind::Scalar;
    Style style = Style::Plain;
    bool implicit = false; ///< Scalar: its text decides what it is (plain, or with the tag `!`).
    std::string tag;
    std::string anchor;
    std::string value;
    std::vector<RawNode *> children;
    RawNode *target = nullptr; ///< Alias: the anchored node.
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t line = 0; ///< 0-based.

    bool isMergeKey() const
    {
        return kind == Node::Kind::Scalar && value == "<<" && (implicit || tag == "tag:yaml.org,2002:merge");
    }
};

struct RawDocument
{
    RawNode *root = nullptr;
    bool explicitStart = false;
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// The nodes of a text; owns them.
struct Composed
{
    std::vector<RawDocument> documents;
    std::deque<RawNode> nodes;
};

/// Reads documents, up to `limit` of them (what follows is not looked at). Errors: go-yaml's words, as of parse().
Result<Composed> compose(std::string_view text, std::size_t limit);

} // namespace pk::yaml
