// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "value/value.h"
#include "yaml/path.h"
#include "yaml/reader.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace pk::yaml {

/// One change of a text: `length` bytes at `offset` become `replacement`.
struct TextEdit
{
    std::size_t offset = 0;
    std::size_t length = 0;
    std::string replacement;

    bool isEmpty() const { return length == 0 && replacement.empty(); }
    /// `text` with the change made.
    std::string applied(std::string_view text) const;
    /// The change that takes applied(text) back to `text`.
    TextEdit inverse(std::string_view text) const;
    bool operator==(const TextEdit &) const = default;
};

/// The one smallest edit that makes `after` of `before`, at borders of characters.
TextEdit editBetween(std::string_view before, std::string_view after);

// Each function below changes as few characters of the first document of `text` as it can: comments, order,
// indentation, line ends and the style of flow and block collections stay. Each checks that its result reads back as
// the intended tree, and fails with InvalidInput rather than give another one. A text that cannot be read is refused
// with the reader's error. What comes from an alias or a merge key is not changed in place: the edit is refused with
// the id "yaml.edit-alias".

/// Makes the value at `path` equal `value`. Missing maps on the way are created, and an index one behind the end
/// appends. Keeps the quotes of a scalar where they fit.
Result<TextEdit> setValue(std::string_view text, const Path &path, const Value &value);

/// As setValue(), with the value as somebody wrote it in YAML: a scalar or flow collection is taken as it is, anything
/// else in the printer's form.
Result<TextEdit> setYaml(std::string_view text, const Path &path, std::string_view yaml);

/// Removes the entry of a map, with the comment lines directly above it and the comment behind it. The last entry
/// leaves `{}`. Removing what is not there is an empty edit.
Result<TextEdit> removeKey(std::string_view text, const Path &path);

/// Inserts an item before the item that `path` (which ends in an index) names, or behind the last one.
Result<TextEdit> insertItem(std::string_view text, const Path &path, const Value &value);

/// Removes an item of a list, with the comment lines directly above it. The last item leaves `[]`.
Result<TextEdit> removeItem(std::string_view text, const Path &path);

/// The node at `path`, null when there is none; aliases are not followed. Of equal keys the last one.
const Node *find(const Node &root, const Path &path);

/// The key that a scalar key node stands for in the tree; false when it stands for none (null, complex keys).
bool keyOf(const Node &key, std::string &text);

/// The key node of the last step of `path`, null for the root, items of lists and what is not there.
const Node *findKey(const Node &root, const Path &path);

} // namespace pk::yaml
