// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/decode.h"

#include "base/inputerror.h"
#include "chart/chartparts.h"
#include "yaml/gofloat.h"
#include "yaml/json.h"
#include "yaml/reader.h"

#include <cmath>

namespace pk::chart {

bool scalarText(const Value &value, std::string &out)
{
    if (value.isString()) {
        out = value.toString();
    } else if (value.isBool()) {
        out = value.toBool() ? "true" : "false";
    } else if (value.kind() == Value::Kind::Float64) {
        const double number = value.toDouble();
        out.clear();
        // Whole numbers were integers in the text; floats are written with 32 bits of precision.
        if (std::trunc(number) == number && std::fabs(number) < 1e18)
            out = std::to_string(static_cast<std::int64_t>(number));
        else
            yaml::appendYamlFloat32(out, number);
    } else if (value.isNumber()) {
        out = std::to_string(value.integerOr(0));
    } else {
        return false;
    }
    return true;
}

Result<Value> toStruct(std::string_view text, std::string_view type)
{
    static constexpr std::string_view map = "map[string]interface {}";
    auto tree = yaml::toMap(text);
    if (tree || !tree.error().message.ends_with(map))
        return tree;
    Error error = tree.error();
    error.message.replace(error.message.size() - map.size(), map.size(), type);
    return error;
}

const Value *Decoder::member(const Value &tree, std::string_view key)
{
    if (!tree.isMap())
        return nullptr;
    const Value *value = std::as_const(tree.asMap()).find(key);
    return value && !value->isNil() ? value : nullptr;
}

void Decoder::fail(const Value &value, std::string_view key, std::string_view wanted)
{
    if (!m_error.empty())
        return;
    m_error = std::string(yaml::decodingJson)
        + yaml::cannotUnmarshal(
            value, "Go struct field " + m_type + "." + std::string(key) + " of type " + std::string(wanted));
}

void Decoder::string(const Value &tree, std::string_view key, std::string &out)
{
    const Value *value = member(tree, key);
    if (value && !scalarText(*value, out))
        fail(*value, key, "string");
}

void Decoder::boolean(const Value &tree, std::string_view key, bool &out)
{
    const Value *value = member(tree, key);
    if (!value)
        return;
    if (value->isBool())
        out = value->toBool();
    else
        fail(*value, key, "bool");
}

void Decoder::strings(const Value &tree, std::string_view key, std::vector<std::string> &out)
{
    const Value items = list(tree, key);
    if (!items.isList())
        return;
    for (const Value &item : items.asList().items) {
        std::string text;
        if (!item.isNil() && !scalarText(item, text))
            fail(item, key, "string");
        out.push_back(std::move(text));
    }
}

Value Decoder::list(const Value &tree, std::string_view key)
{
    const Value *value = member(tree, key);
    if (!value)
        return {};
    if (value->isList())
        return *value;
    fail(*value, key,
        key == "dependencies"        ? "[]*chart.Dependency"
            : key == "maintainers"   ? "[]*chart.Maintainer"
            : key == "import-values" ? "[]interface {}"
                                     : "[]string");
    return {};
}

Value Decoder::stringMap(const Value &tree, std::string_view key)
{
    const Value *value = member(tree, key);
    if (!value)
        return {};
    if (!value->isMap()) {
        fail(*value, key, "map[string]string");
        return {};
    }
    std::vector<Map::Entry> entries;
    for (const auto &[name, item] : value->asMap()) {
        std::string text;
        if (!item.isNil() && !scalarText(item, text))
            fail(item, key, "string");
        entries.push_back({name, Value::string(std::move(text))});
    }
    return Value::of(Map::fromEntries(std::move(entries), MapType::Strings));
}

void Decoder::take(const Decoder &nested)
{
    if (m_error.empty())
        m_error = nested.m_error;
}

Result<void> Decoder::result() const
{
    if (m_error.empty())
        return {};
    return inputError(m_error);
}

} // namespace pk::chart
