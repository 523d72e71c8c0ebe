// SPDX-License-Identifier: GPL-3.0-or-later
#include "yaml/json.h"

#include "yaml/jsonparser.h"

#include <simdjson.h>

namespace pk::yaml {

namespace {

constexpr std::size_t maxDepth = 10000;

Value toTree(simdjson::dom::element element)
{
    using simdjson::dom::element_type;
    switch (element.type()) {
    case element_type::ARRAY: {
        const simdjson::dom::array array = element.get_array().value_unsafe();
        std::vector<Value> items;
        items.reserve(array.size());
        for (const simdjson::dom::element item : array)
            items.push_back(toTree(item));
        return Value::list(std::move(items));
    }
    case element_type::OBJECT: {
        const simdjson::dom::object object = element.get_object().value_unsafe();
        std::vector<Map::Entry> entries;
        entries.reserve(object.size());
        for (const simdjson::dom::key_value_pair field : object)
            entries.push_back({std::string(field.key), toTree(field.value)});
        return Value::of(Map::fromEntries(std::move(entries)));
    }
    case element_type::INT64:
        return Value::number(static_cast<double>(element.get_int64().value_unsafe()));
    case element_type::UINT64:
        return Value::number(static_cast<double>(element.get_uint64().value_unsafe()));
    case element_type::DOUBLE:
        return Value::number(element.get_double().value_unsafe());
    case element_type::STRING:
        return Value::string(std::string(element.get_string().value_unsafe()));
    case element_type::BOOL:
        return Value::boolean(element.get_bool().value_unsafe());
    case element_type::NULL_VALUE:
        break;
    }
    return {};
}

} // namespace

Result<Value> parseJson(std::string_view text)
{
    // simdjson reads the integer -0 as 0, Go as the float -0.
    if (text.find("-0") == std::string_view::npos) {
        thread_local simdjson::dom::parser parser;
        simdjson::dom::element root;
        if (parser.allocate(text.size(), maxDepth) == simdjson::SUCCESS
            && parser.parse(text.data(), text.size()).get(root) == simdjson::SUCCESS)
            return toTree(root);
    }
    return parseJsonCarefully(text);
}

} // namespace pk::yaml
