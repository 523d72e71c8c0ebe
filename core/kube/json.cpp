// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/json.h"

#include <simdjson.h>

namespace pk::kube {

namespace {

constexpr std::size_t maxDepth = 500;

Value toValue(const simdjson::dom::element &element)
{
    using Type = simdjson::dom::element_type;
    switch (element.type()) {
    case Type::ARRAY: {
        std::vector<Value> items;
        for (const auto item : simdjson::dom::array(element))
            items.push_back(toValue(item));
        return Value::list(std::move(items));
    }
    case Type::OBJECT: {
        std::vector<Map::Entry> entries;
        for (const auto field : simdjson::dom::object(element))
            entries.push_back({std::string(field.key), toValue(field.value)});
        return Value::of(Map::fromEntries(std::move(entries)));
    }
    case Type::INT64:
        return Value::integer(std::int64_t(element));
    case Type::UINT64: // Beyond int64: Kubernetes' clients fall back to a float.
        return Value::number(double(std::uint64_t(element)));
    case Type::DOUBLE:
        return Value::number(double(element));
    case Type::STRING:
        return Value::string(std::string(std::string_view(element)));
    case Type::BOOL:
        return Value::boolean(bool(element));
    case Type::NULL_VALUE:
        break;
    }
    return {};
}

} // namespace

Result<Value> parseObject(std::string_view json)
{
    simdjson::dom::parser parser;
    simdjson::dom::element root;
    auto error = parser.allocate(json.size() + 1, maxDepth);
    if (!error)
        error = parser.parse(json.data(), json.size()).get(root);
    if (error)
        return Error{
            .code = Error::Code::InvalidInput, .message = simdjson::error_message(error), .id = "kube.not-json"};
    return toValue(root);
}

} // namespace pk::kube
