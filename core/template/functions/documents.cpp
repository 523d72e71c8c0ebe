// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/functions/families.h"
#include "template/functions/support.h"
#include "template/functions/toml.h"
#include "yaml/json.h"
#include "yaml/jsonparser.h"
#include "yaml/printer.h"
#include "yaml/reader.h"

#include <optional>

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

// What reading takes of the steps for each byte.
constexpr std::uint64_t StepsOfYaml = 4;
constexpr std::uint64_t StepsOfJson = 1;
constexpr std::uint64_t StepsOfToml = 4;

Result<void> payForReading(CallContext &context, Arguments a, std::uint64_t stepsPerByte)
{
    return limitsOf(context).work(a[0].toString().size() * stepsPerByte);
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

Error doesNotFit(const Value &tree, std::string_view goType)
{
    return failure(yaml::cannotUnmarshal(tree, "Go value of type " + std::string(goType)));
}

/// What json.Unmarshal leaves in a variable for lists or maps: nothing of another kind, and a nil for each number that
/// is too large for a float64. `problem` is what it says.
Value readJson(const std::string &text, Value::Kind wanted, std::string_view goType, std::optional<Error> &problem)
{
    Result<Value> read = yaml::parseJson(text);
    Value tree = read ? std::move(*read) : Value();
    if (!read) {
        problem = read.error();
        if (!problem->message.starts_with("json: cannot unmarshal number "))
            return {};
        static_cast<void>(yaml::parseJsonCarefully(text, &tree));
        if (tree.isNil())
            tree = Value::number(0); // all there is
    }
    if (tree.isNil() || tree.kind() == wanted)
        return tree;
    problem = doesNotFit(tree, goType);
    return {};
}

Result<Value> fromYaml(CallContext &context, Arguments a)
{
    if (const Result<void> done = payForReading(context, a, StepsOfYaml); !done)
        return done.error();
    Result<Value> map = yaml::toMap(a[0].toString());
    return map ? std::move(*map) : errorMap(map.error());
}

Result<Value> fromYamlArray(CallContext &context, Arguments a)
{
    if (const Result<void> done = payForReading(context, a, StepsOfYaml); !done)
        return done.error();
    Result<Value> list = yaml::toValue(a[0].toString());
    if (!list)
        return errorList(list.error());
    if (list->isNil())
        return Value::list();
    if (!list->isList())
        return errorList(doesNotFit(*list, "[]interface {}").wrapped(yaml::decodingJson));
    return list;
}

Result<Value> fromJson(CallContext &context, Arguments a)
{
    if (const Result<void> done = payForReading(context, a, StepsOfJson); !done)
        return done.error();
    std::optional<Error> problem;
    Value map = readJson(a[0].toString(), Value::Kind::Map, "map[string]interface {}", problem);
    if (!map.isMap()) {
        map = problem ? errorMap(*problem) : Value::map();
        map.asMap().null = !problem;
    } else if (problem) {
        map.asMap().set("Error", Value::string(problem->message));
    }
    return map;
}

Result<Value> fromJsonArray(CallContext &context, Arguments a)
{
    if (const Result<void> done = payForReading(context, a, StepsOfJson); !done)
        return done.error();
    std::optional<Error> problem;
    Value list = readJson(a[0].toString(), Value::Kind::List, "[]interface {}", problem);
    if (problem)
        return errorList(*problem);
    return list.isList() ? list : nilSlice();
}

Result<Value> mustFromJson(CallContext &context, Arguments a)
{
    if (const Result<void> done = payForReading(context, a, StepsOfJson); !done)
        return done.error();
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

Result<Value> fromTomlText(CallContext &context, Arguments a)
{
    if (const Result<void> done = payForReading(context, a, StepsOfToml); !done)
        return done.error();
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
