// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/explainvalue.h"

#include "base/split.h"
#include "yaml/path.h"

#include <optional>
#include <vector>

namespace pk::chart {

namespace {

constexpr std::string_view valuesMark = "Values.";

/// The keys under which the values of the chart of a template stand: "top/charts/sub/templates/a.yaml" is "sub".
std::vector<std::string> chartKeys(const std::string &file)
{
    std::vector<std::string> keys;
    const std::vector<std::string_view> folders = split(file, "/");
    for (std::size_t i = 1; i + 1 < folders.size() && folders[i] == "charts"; i += 2)
        keys.emplace_back(folders[i + 1]);
    return keys;
}

/// The keys of ".Values.a.b" or "$.Values.a.b"; nothing of whatever else an expression may be.
std::optional<std::vector<std::string>> keysOf(std::string_view expression)
{
    if (expression.starts_with('$'))
        expression.remove_prefix(1);
    if (!expression.starts_with('.') || !expression.substr(1).starts_with(valuesMark))
        return std::nullopt;
    expression.remove_prefix(1 + valuesMark.size());
    if (expression.find_first_of(" ()|$") != std::string_view::npos)
        return std::nullopt;
    const std::vector<std::string_view> keys = split(expression, ".");
    return std::vector<std::string>(keys.begin(), keys.end());
}

/// Goes down from the values of the template's chart, and stops before `field` at what is no map.
ValueAt goDown(const std::vector<std::string> &chart, const std::vector<std::string> &keys, std::string_view field,
    const Value &values)
{
    ValueAt at;
    yaml::Path path;
    at.value = values;
    for (const std::string &key : chart) {
        path = path.child(key);
        at.value = at.value.get(key);
    }
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (!field.empty() && keys[i] == field && !at.value.isMap())
            break;
        path = path.child(keys[i]);
        at.value = at.value.get(keys[i]);
    }
    at.path = path.toString();
    at.shown = at.path;
    return at;
}

} // namespace

ValueAt failingValue(const tmpl::ExecError &error, std::string_view field, const Value &values)
{
    const tmpl::ErrorLink &link = error.links.back();
    const std::vector<std::string> chart = chartKeys(error.links.front().file);
    std::optional<std::vector<std::string>> keys;
    if (error.origin.size() > 1 && error.origin.front() == "Values")
        keys.emplace(error.origin.begin() + 1, error.origin.end());
    else
        keys = keysOf(link.context);
    if (keys) {
        ValueAt at = goDown(chart, *keys, field, values);
        // A map has every field, and only what was changed on the way can be another thing than what was given.
        if (!at.path.empty() && (field.empty() || !at.value.isMap()))
            return at;
    }
    ValueAt at;
    at.shown = link.context;
    const std::size_t end = field.empty() ? std::string::npos : at.shown.rfind("." + std::string(field));
    if (end != std::string::npos && end > 0)
        at.shown.resize(end);
    return at;
}

std::string kindName(const Value &value)
{
    return value.isString() ? "string"
        : value.isNumber()  ? "number"
        : value.isBool()    ? "boolean"
        : value.isList()    ? "list"
        : value.isMap()     ? "map"
                            : "null";
}

std::string kindOfGoType(std::string_view type)
{
    if (type.starts_with("map[") || type == "object")
        return "map";
    if (type.starts_with("[]") || type == "array")
        return "list";
    if (type == "bool")
        return "boolean";
    for (const std::string_view number :
        {"int", "int64", "uint", "uint64", "uint8", "float64", "integer", "unsigned integer", "float"}) {
        if (type == number)
            return "number";
    }
    return std::string(type);
}

} // namespace pk::chart
