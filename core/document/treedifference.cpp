// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/treedifference.h"

namespace pk::document {

namespace {

void walk(const Value &before, const Value &after, const yaml::Path &path, std::vector<Difference> &found)
{
    if (before.sameContent(after))
        return;
    if (!before.isMap() || !after.isMap()) {
        found.push_back({path, before, after});
        return;
    }
    // Both are sorted by key: one pass over the two.
    auto left = before.asMap().begin();
    auto right = after.asMap().begin();
    while (left != before.asMap().end() || right != after.asMap().end()) {
        if (right == after.asMap().end() || (left != before.asMap().end() && left->key < right->key)) {
            found.push_back({path.child(left->key), left->value, Value()});
            ++left;
        } else if (left == before.asMap().end() || right->key < left->key) {
            found.push_back({path.child(right->key), Value(), right->value});
            ++right;
        } else {
            walk(left->value, right->value, path.child(left->key), found);
            ++left;
            ++right;
        }
    }
}

} // namespace

std::vector<Difference> differences(const Value &before, const Value &after)
{
    std::vector<Difference> found;
    walk(before, after, {}, found);
    return found;
}

Value valueAt(const Value &tree, const yaml::Path &path)
{
    Value current = tree;
    for (const yaml::Step &step : path.steps()) {
        if (const auto *key = std::get_if<std::string>(&step)) {
            current = current.get(*key);
        } else {
            const std::size_t index = std::get<std::size_t>(step);
            current =
                current.isList() && index < current.asList().items.size() ? current.asList().items[index] : Value();
        }
    }
    return current;
}

} // namespace pk::document
