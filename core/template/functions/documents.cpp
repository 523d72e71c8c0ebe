// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/functions/families.h"
#include "template/functions/support.h"
#include "template/functions/toml.h"
#include "yaml/json.h"
#include "yaml/printer.h"
#include "yaml/reader.h"

namespace pk::tmpl {

using namespace sprig;

namespace {

using Append = Result<void> (*)(std::string &out, const Value &value);

Result<void> appendCompactJson(std::string &out, const Value &value)
{
    return yaml::appendJson(out, value);
}

Result<void> appendPlainJson(std::string &out, const Value &value)
{
    return yaml::appendJson(out, value, yaml::HtmlEscape::Off);
}

Result<void> appendIndentedJson(std::string &out, const Value &value)
{
    return yaml::appendPrettyJson(out, value);
}

/// Writes a tree that is not too large. One that holds itself, or is too deep, is refused by the writers.
Result<std::string> writtenTree(CallContext &context, Append append, const Value &tree)
{
    if (const Result<void> can = limitsOf(context).affordTree(tree); !can && can.error().id != "template.limit.tree")
        return can.error();
    std::string text;
    if (const Result<void> done = append(text, tree); !done)
        return done.error();
    return text;
}

/// Helm's functions without "must" give an empty text for what cannot be written.
template <Append append> Result<Value> written(CallContext &context, Arguments a)
{
    Result<std::string> text = writtenTree(context, append, a[0]);
    if (!text && text.error().code == Error::Code::LimitExceeded)
        return text.error();
    return Value::string(text ? std::move(*text) : std::string());
}

template <Append append> Result<Value> mustBeWritten(CallContext &context, Arguments a)
{
    Result<std::string> text = writtenTree(context, append, a[0]);
    if (!text)
        return text.error();
    return Value::string(std::move(*text));
}

/// Helm puts the reason into the map that it would have filled.
Value errorMap(const Error &error)
{
    return Value::map({{"Error", Value::string(error.message)}});
}

Value errorList(const Error &error)
{
    return Value::list({Value::string(error.message)});
}

/// encoding/json's complaint about a tree that does not fit the Go type it is read into.
Error doesNotFit(const Value &tree, std::string_view goType)
{
    const std::string_view found = tree.isMap() ? "object"
        : tree.isList()                         ? "array"
        : tree.isString()                       ? "string"
        : tree.isBool()                         ? "bool"
                                                : "number";
    return failure("json: cannot unmarshal " + std::string(found) + " into Go value of type " + std::string(goType));
}

Result<Value> fromYaml(CallContext &, Arguments a)
{
    Result<Value> map = yaml::toMap(a[0].toString());
    return map ? std::move(*map) : errorMap(map.error());
}

Result<Value> fromYamlArray(CallContext &, Arguments a)
{
    Result<Value> list = yaml::toValue(a[0].toString());
    if (!list)
        return errorList(list.error());
    if (list->isNil())
        return Value::list();
    if (!list->isList())
        return errorList(doesNotFit(*list, "[]interface {}").wrapped("error unmarshaling JSON: while decoding JSON: "));
    return list;
}

Result<Value> fromJson(CallContext &, Arguments a)
{
    Result<Value> map = yaml::parseJson(a[0].toString());
    if (!map)
        return errorMap(map.error());
    if (map->isNil()) {
        Value none = Value::map();
        none.asMap().null = true;
        return none;
    }
    return map->isMap() ? std::move(*map) : errorMap(doesNotFit(*map, "map[string]interface {}"));
}

Result<Value> fromJsonArray(CallContext &, Arguments a)
{
    Result<Value> list = yaml::parseJson(a[0].toString());
    if (!list)
        return errorList(list.error());
    if (list->isNil())
        return Value::list();
    return list->isList() ? std::move(*list) : errorList(doesNotFit(*list, "[]interface {}"));
}

Result<Value> mustFromJson(CallContext &, Arguments a)
{
    return yaml::parseJson(a[0].toString());
}

Result<std::string> toml(const Value &value)
{
    if (value.isNil())
        return failure("reflect: call of reflect.Value.Type on zero Value");
    return toToml(value);
}

Result<Value> toTomlText(CallContext &, Arguments a)
{
    Result<std::string> text = toml(a[0]);
    if (!text && a[0].isNil())
        return text.error();
    return Value::string(text ? std::move(*text) : text.error().message);
}

Result<Value> mustToToml(CallContext &, Arguments a)
{
    Result<std::string> text = toml(a[0]);
    if (!text)
        return text.error();
    return Value::string(std::move(*text));
}

Result<Value> fromTomlText(CallContext &, Arguments a)
{
    Result<Value> map = fromToml(a[0].toString());
    return map ? std::move(*map) : errorMap(map.error());
}

} // namespace

std::span<const Function> documentFunctions()
{
    static const Function family[] = {
        {"fromJson", {Param::String}, false, fromJson},
        {"fromJsonArray", {Param::String}, false, fromJsonArray},
        {"fromToml", {Param::String}, false, fromTomlText},
        {"fromYaml", {Param::String}, false, fromYaml},
        {"fromYamlArray", {Param::String}, false, fromYamlArray},
        {"mustFromJson", {Param::String}, false, mustFromJson},
        {"mustToJson", {Param::Any}, false, mustBeWritten<appendCompactJson>},
        {"mustToPrettyJson", {Param::Any}, false, mustBeWritten<appendIndentedJson>},
        {"mustToRawJson", {Param::Any}, false, mustBeWritten<appendPlainJson>},
        {"mustToToml", {Param::Any}, false, mustToToml},
        {"mustToYaml", {Param::Any}, false, mustBeWritten<yaml::appendYaml>},
        {"toJson", {Param::Any}, false, written<appendCompactJson>},
        {"toPrettyJson", {Param::Any}, false, written<appendIndentedJson>},
        {"toRawJson", {Param::Any}, false, mustBeWritten<appendPlainJson>},
        {"toToml", {Param::Any}, false, toTomlText},
        {"toYaml", {Param::Any}, false, written<yaml::appendYaml>},
        {"toYamlPretty", {Param::Any}, false, written<yaml::appendYamlPretty>},
    };
    return family;
}

} // namespace pk::tmpl
