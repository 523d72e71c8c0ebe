// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/inputerror.h"
#include "base/quote.h"
#include "chart/chartobjects.h"
#include "yaml/printer.h"

namespace pk::chart {

namespace {

/// The map at a path with dots.
Result<Value> tableAt(Value table, std::string_view path)
{
    while (true) {
        const auto dot = path.find('.');
        const std::string_view name = path.substr(0, dot);
        const Value next = table.get(name);
        if (!next.isMap())
            return inputError(goQuote(name) + " is not a table");
        table = next;
        if (dot == std::string_view::npos)
            return table;
        path.remove_prefix(dot + 1);
    }
}

Result<Value> asMap(tmpl::CallContext & /*context*/, std::span<const Value> arguments)
{
    return arguments[0].asPlainMap();
}

Result<Value> yamlOf(tmpl::CallContext & /*context*/, std::span<const Value> arguments)
{
    return Value::string(yaml::toYaml(arguments[0]) + "\n");
}

Result<Value> table(tmpl::CallContext & /*context*/, std::span<const Value> arguments)
{
    auto found = tableAt(arguments[0], arguments[1].toString());
    if (!found)
        return found;
    // Helm's two share what is set later; ours do not, since one map has one type.
    const auto entries = std::as_const(found->asMap()).entries();
    return Value::of(Map::fromEntries({entries.begin(), entries.end()}, arguments[0].asMap().type));
}

Result<Value> pathValue(tmpl::CallContext & /*context*/, std::span<const Value> arguments)
{
    const std::string &path = arguments[1].toString();
    if (path.empty())
        return inputError("YAML path cannot be empty");
    const auto dot = path.rfind('.');
    const std::string key = dot == std::string::npos ? path : path.substr(dot + 1);
    const auto parent = dot == std::string::npos ? Result<Value>(arguments[0])
                                                 : tableAt(arguments[0], std::string_view(path).substr(0, dot));
    const Value *found = parent ? std::as_const(parent->asMap()).find(key) : nullptr;
    if (!found || (found->isMap() && found->mapType() == MapType::Interfaces))
        return inputError(goQuote(key) + " is not a value");
    return *found;
}

} // namespace

const tmpl::FunctionTable &valuesMethods()
{
    static const tmpl::FunctionTable methods = [] {
        const tmpl::Function functions[] = {{"AsMap", {}, false, asMap}, {"YAML", {}, false, yamlOf},
            {"Table", {tmpl::Param::String}, false, table}, {"PathValue", {tmpl::Param::String}, false, pathValue}};
        tmpl::FunctionTable out;
        out.add(functions);
        return out;
    }();
    return methods;
}

} // namespace pk::chart
