// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "yaml/textedit.h"

#include <optional>

namespace pk::yaml {

/// The value of a node. What an alias or a tag stands for is not looked up: it becomes Bytes, which equal no value.
Value treeOf(const Node &node);

/// True of `key:` with nothing behind, and of null.
bool isNull(const Node &node);

/// What is around the node at a path.
struct Place
{
    const Node *key = nullptr; ///< Null for items of lists and the root.
    bool inFlow = false; ///< Inside of a flow collection.
};
Place placeOf(const Node &root, const Path &path);

// The trees that edits must come to. They copy what they change and share the rest.

/// `tree` with `value` at `path`, missing maps and lists made.
Result<Value> withValue(const Value &tree, const Path &path, const Value &value);
/// `tree` with `value` as a new item before the one at `path`.
Result<Value> withItem(const Value &tree, const Path &path, const Value &value);
/// `tree` without the entry or item at `path`.
Value without(const Value &tree, const Path &path);

/// `edit`, with the one-line value at `path` spelled as `yaml` has it; nothing when the result is not `wanted`.
std::optional<TextEdit> withOwnWords(
    std::string_view text, const TextEdit &edit, const Path &path, const Value &wanted, std::string_view yaml);

} // namespace pk::yaml
