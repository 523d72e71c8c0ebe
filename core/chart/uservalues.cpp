// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/inputerror.h"
#include "base/unicode.h"
#include "chart/values.h"
#include "yaml/json.h"
#include "yaml/reader.h"

namespace pk::chart {

namespace {

bool hasSeparator(std::string_view text)
{
    return text.starts_with("---") || text.find("\n---") != std::string_view::npos;
}

/// Helm 4: a missing last newline counts as present, and all documents are merged.
Result<Value> parseDocuments(std::string_view text)
{
    static constexpr std::string_view prefix = "cannot unmarshal yaml document: ";
    std::string ended;
    if (!text.empty() && !text.ends_with('\n')) {
        ended = std::string(text) + "\n";
        text = ended;
    }
    if (!hasSeparator(text)) {
        auto tree = yaml::toMap(text);
        return tree ? tree : Result<Value>(tree.error().wrapped(prefix));
    }
    const auto documents = yaml::splitDocuments(text);
    if (!documents)
        return documents.error().wrapped("error reading yaml document: ");
    Value merged = Value::map();
    for (const std::string &document : *documents) {
        const auto tree = yaml::toMap(document);
        if (!tree)
            return tree.error().wrapped(prefix);
        merged = mergeMaps(merged, *tree);
    }
    return merged;
}

using Setter = Result<void> (*)(std::string_view, const Value &, const Levels &);

Result<void> applyAll(const std::vector<std::string> &arguments, const Value &values, const Levels &levels,
    Setter setter, std::string_view flag)
{
    for (const std::string &argument : arguments) {
        if (const auto done = setter(argument, values, levels); !done)
            return done.error().wrapped("failed parsing " + std::string(flag) + " data: ");
    }
    return {};
}

/// One --set-json: a whole object where the level knows it, else key=JSON.
Result<Value> applyJson(const std::string &argument, const Value &values, const Levels &levels)
{
    const std::string_view trimmed = trimSpace(argument);
    if (levels.setJsonObject && trimmed.starts_with('{')) {
        const auto tree = yaml::parseJson(trimmed);
        if (!tree || !tree->isMap())
            return inputError("failed parsing --set-json data JSON: " + argument);
        return mergeMaps(values, *tree);
    }
    if (const auto done = setJsonValues(argument, values, levels); !done)
        return inputError("failed parsing --set-json data " + argument);
    return values;
}

} // namespace

Result<Value> parseValues(std::string_view text, const Levels &levels)
{
    if (text.starts_with(byteOrderMark))
        text.remove_prefix(byteOrderMark.size());
    return levels.mergeDocuments ? parseDocuments(text) : yaml::toMap(text);
}

Value mergeMaps(const Value &base, const Value &over)
{
    std::vector<Map::Entry> entries;
    const Map &left = base.asMap();
    const Map &right = over.asMap();
    entries.reserve(left.size() + right.size());
    for (const auto &[key, value] : left)
        entries.push_back({key, value});
    for (const auto &[key, value] : right) {
        const Value *old = left.find(key);
        entries.push_back({key, value.isMap() && old && old->isMap() ? mergeMaps(*old, value) : value});
    }
    return Value::of(Map::fromEntries(std::move(entries)));
}

Result<Value> mergeUserValues(const UserValues &user, const Levels &levels, const FileReader &read)
{
    Value values = Value::map();
    for (const UserValues::File &file : user.files) {
        const auto tree = parseValues(file.text, levels);
        if (!tree)
            return tree.error().wrapped("failed to parse " + file.name + ": ");
        values = mergeMaps(values, *tree);
    }
    for (const std::string &argument : user.setJson) {
        auto merged = applyJson(argument, values, levels);
        if (!merged)
            return merged;
        values = *std::move(merged);
    }
    if (const auto done = applyAll(user.set, values, levels, setValues, "--set"); !done)
        return done.error();
    if (const auto done = applyAll(user.setString, values, levels, setStringValues, "--set-string"); !done)
        return done.error();
    for (const std::string &argument : user.setFile) {
        if (const auto done = setFileValues(argument, values, levels, read); !done)
            return done.error().wrapped("failed parsing --set-file data: ");
    }
    if (const auto done = applyAll(user.setLiteral, values, levels, setLiteralValue, "--set-literal"); !done)
        return done.error();
    return values;
}

} // namespace pk::chart
