// SPDX-License-Identifier: GPL-3.0-or-later
#include "yaml/edittree.h"

#include "base/unicode.h"
#include "yaml/resolve.h"

#include <algorithm>
#include <functional>
#include <optional>

namespace pk::yaml {

namespace {

/// Index of the entry or item that a step names; of equal keys the last one.
std::optional<std::size_t> indexOf(const Node &node, const Step &step)
{
    if (const auto *index = std::get_if<std::size_t>(&step)) {
        const bool there = node.isSequence() && *index < node.size();
        return there ? std::optional(*index) : std::nullopt;
    }
    if (!node.isMapping())
        return {};
    for (std::size_t i = node.size(); i > 0; --i) {
        std::string key;
        if (keyOf(node.key(i - 1), key) && key == std::get<std::string>(step))
            return i - 1;
    }
    return {};
}

Error noSuchPlace(const Path &path)
{
    Error error{Error::Code::InvalidInput, "there is no place for " + path.toString()};
    error.id = "yaml.edit-refused";
    error.parameters = {{"path", path.toString()}};
    return error;
}

/// Copies the way to `path` and calls `act` with the container of its last step. False when the way ends before.
bool onCopiedWay(Value &tree, const Path &path, std::size_t depth, bool create,
    const std::function<bool(Value &container, const Step &last)> &act)
{
    const Step &step = path.steps()[depth];
    const auto *key = std::get_if<std::string>(&step);
    if (tree.isNil() && create)
        tree = key ? Value::map() : Value::list();
    if (key ? !tree.isMap() : !tree.isList())
        return false;
    Value copy = key ? Value::map() : Value::list(tree.asList().items);
    if (key) {
        const auto entries = tree.asMap().entries();
        copy = Value::of(Map::fromEntries({entries.begin(), entries.end()}));
    }
    tree = copy;
    if (depth + 1 == path.size())
        return act(tree, step);
    if (key) {
        Value child = tree.get(*key);
        if (child.isNil() && !create)
            return false;
        const bool done = onCopiedWay(child, path, depth + 1, create, act);
        tree.asMap().set(*key, std::move(child));
        return done;
    }
    std::vector<Value> &items = tree.asList().items;
    const std::size_t index = std::get<std::size_t>(step);
    if (index == items.size() && create)
        items.emplace_back();
    return index < items.size() && onCopiedWay(items[index], path, depth + 1, create, act);
}

} // namespace

TextEdit editBetween(std::string_view before, std::string_view after)
{
    const std::size_t shorter = std::min(before.size(), after.size());
    std::size_t front = 0;
    while (front < shorter && before[front] == after[front])
        ++front;
    while (front > 0
        && ((front < before.size() && isContinuation(before[front]))
            || (front < after.size() && isContinuation(after[front]))))
        --front;
    std::size_t back = 0;
    while (back < shorter - front && before[before.size() - 1 - back] == after[after.size() - 1 - back])
        ++back;
    while (back > 0 && isContinuation(before[before.size() - back]))
        --back;
    return {front, before.size() - front - back, std::string(after.substr(front, after.size() - front - back))};
}

bool keyOf(const Node &key, std::string &text)
{
    if (!key.isScalar())
        return false;
    if (key.style == Style::Plain && key.tag.empty())
        return resolveKey(key.value, text);
    text = key.value;
    return true;
}

Value treeOf(const Node &node)
{
    if (!node.tag.empty() || node.kind == Node::Kind::Alias)
        return Value::bytes(node.tag + node.anchor);
    if (node.isSequence()) {
        std::vector<Value> items;
        for (const Node &item : node.children)
            items.push_back(treeOf(item));
        return Value::list(std::move(items));
    }
    if (node.isMapping()) {
        std::vector<Map::Entry> entries;
        for (std::size_t i = 0; i < node.size(); ++i) {
            Map::Entry entry;
            const bool merges = node.key(i).style == Style::Plain && node.key(i).value == "<<";
            if (merges || !keyOf(node.key(i), entry.key))
                return Value::bytes("merged");
            entry.value = treeOf(node.valueAt(i));
            entries.push_back(std::move(entry));
        }
        return Value::of(Map::fromEntries(std::move(entries)));
    }
    return node.style == Style::Plain ? resolve(node.value) : Value::string(node.value);
}

bool isNull(const Node &node)
{
    return node.isScalar() && node.style == Style::Plain && node.tag.empty() && resolve(node.value).isNil();
}

const Node *find(const Node &root, const Path &path)
{
    const Node *node = &root;
    for (const Step &step : path.steps()) {
        const std::optional<std::size_t> index = indexOf(*node, step);
        if (!index)
            return nullptr;
        node = &node->valueAt(*index);
    }
    return node;
}

const Node *findKey(const Node &root, const Path &path)
{
    if (path.isRoot())
        return nullptr;
    const Node *parent = find(root, path.parent());
    if (!parent || !parent->isMapping())
        return nullptr;
    const std::optional<std::size_t> index = indexOf(*parent, path.last());
    return index ? &parent->key(*index) : nullptr;
}

Place placeOf(const Node &root, const Path &path)
{
    Place place;
    const Node *node = &root;
    for (const Step &step : path.steps()) {
        const std::optional<std::size_t> index = indexOf(*node, step);
        if (!index)
            return place;
        place.inFlow |= node->style == Style::Flow;
        place.key = node->isMapping() ? &node->key(*index) : nullptr;
        node = &node->valueAt(*index);
    }
    return place;
}

Result<Value> withValue(const Value &tree, const Path &path, const Value &value)
{
    if (path.isRoot())
        return value;
    Value copy = tree;
    const bool done = onCopiedWay(copy, path, 0, true, [&](Value &container, const Step &last) {
        if (const auto *key = std::get_if<std::string>(&last)) {
            container.asMap().set(*key, value);
            return true;
        }
        std::vector<Value> &items = container.asList().items;
        const std::size_t index = std::get<std::size_t>(last);
        if (index > items.size())
            return false;
        if (index == items.size())
            items.emplace_back();
        items[index] = value;
        return true;
    });
    if (!done)
        return noSuchPlace(path);
    return copy;
}

Result<Value> withItem(const Value &tree, const Path &path, const Value &value)
{
    if (path.isRoot() || !std::holds_alternative<std::size_t>(path.last()))
        return noSuchPlace(path);
    Value copy = tree;
    const bool done = onCopiedWay(copy, path, 0, true, [&](Value &container, const Step &last) {
        std::vector<Value> &items = container.asList().items;
        const std::size_t index = std::get<std::size_t>(last);
        if (index > items.size())
            return false;
        items.insert(items.begin() + static_cast<std::ptrdiff_t>(index), value);
        return true;
    });
    if (!done)
        return noSuchPlace(path);
    return copy;
}

Value without(const Value &tree, const Path &path)
{
    Value copy = tree;
    const bool done = onCopiedWay(copy, path, 0, false, [&](Value &container, const Step &last) {
        if (const auto *key = std::get_if<std::string>(&last))
            return container.asMap().erase(*key);
        std::vector<Value> &items = container.asList().items;
        const std::size_t index = std::get<std::size_t>(last);
        if (index >= items.size())
            return false;
        items.erase(items.begin() + static_cast<std::ptrdiff_t>(index));
        return true;
    });
    return done ? copy : tree;
}

std::optional<TextEdit> withOwnWords(
    std::string_view text, const TextEdit &edit, const Path &path, const Value &wanted, std::string_view yaml)
{
    const std::string edited = edit.applied(text);
    const Result<Stream> stream = parse(edited);
    const Node *node = stream && !stream->empty() ? find(stream->front().root, path) : nullptr;
    const std::size_t begin = yaml.find_first_not_of(' ');
    if (!node || begin == std::string_view::npos || node->style == Style::Block || !node->anchor.empty())
        return {};
    const std::string_view word = yaml.substr(begin, yaml.find_last_not_of(' ') + 1 - begin);
    const TextEdit respelled{node->span.begin, node->span.end - node->span.begin, std::string(word)};
    const std::string result = respelled.applied(edited);
    const Result<Value> got = toValue(result);
    if (!got || !got->sameContent(wanted))
        return {};
    return editBetween(text, result);
}

} // namespace pk::yaml
