// SPDX-License-Identifier: GPL-3.0-or-later
#include "testtable.h"

#include "template/builtins.h"
#include "template/limits.h"
#include "template/printf.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtGlobal>

#include <algorithm>

namespace pk::tmpl::test {

namespace {

Result<Value> include(CallContext &context, std::span<const Value> arguments)
{
    Result<std::string> text = context.execute(arguments[0].toString(), arguments[1]);
    if (!text)
        return text.error();
    return Value::string(std::move(*text));
}

Result<Value> tpl(CallContext &context, std::span<const Value> arguments)
{
    Result<std::string> text = context.executeText(arguments[0].toString(), arguments[1]);
    if (text)
        return Value::string(std::move(*text));
    const bool parsing = text.error().id == "template.parse";
    const Value quoted[] = {arguments[0]};
    return text.error().wrapped(
        sprintf(parsing ? "cannot parse template %q: " : "error during tpl function execution for %q: ", quoted));
}

Result<Value> list(CallContext &, std::span<const Value> arguments)
{
    return Value::list({arguments.begin(), arguments.end()});
}

Result<Value> dict(CallContext &, std::span<const Value> arguments)
{
    Value result = Value::map();
    for (std::size_t i = 0; i + 1 < arguments.size(); i += 2)
        result.asMap().set(arguments[i].toString(), arguments[i + 1]);
    return result;
}

Result<Value> get(CallContext &, std::span<const Value> arguments)
{
    return arguments[0].get(arguments[1].toString());
}

Result<Value> int64(CallContext &, std::span<const Value> arguments)
{
    return Value::integer(arguments[0].toInt());
}

Result<Value> uint64(CallContext &, std::span<const Value> arguments)
{
    return Value::unsignedInteger(static_cast<std::uint64_t>(arguments[0].toInt()));
}

Result<Value> bytes(CallContext &, std::span<const Value> arguments)
{
    return Value::bytes(arguments[0].toString());
}

Result<Value> strs(CallContext &, std::span<const Value> arguments)
{
    return Value::list({arguments.begin(), arguments.end()}, ListType::Strings);
}

Result<Value> upper(CallContext &, std::span<const Value> arguments)
{
    std::string text = arguments[0].toString();
    std::transform(text.begin(), text.end(), text.begin(),
        [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    return Value::string(std::move(text));
}

Result<Value> same(CallContext &, std::span<const Value> arguments)
{
    return arguments[0];
}

Result<Value> size(CallContext &, std::span<const Value> arguments)
{
    const Value &value = arguments[0];
    const std::size_t count = value.isMap() ? value.asMap().size() : value.isList() ? value.asList().items.size() : 0;
    return Value::integer(static_cast<std::int64_t>(count), Value::Kind::Int);
}

/// fmt.Sprint(a, b) of the recording program; a variadic rest is one list there.
Result<Value> two(CallContext &, std::span<const Value> arguments)
{
    return Value::string(sprint(arguments));
}

Result<Value> atleast(CallContext &, std::span<const Value> arguments)
{
    const Value values[] = {arguments[0], Value::list({arguments.begin() + 1, arguments.end()}, ListType::Ints)};
    return Value::string(sprint(values));
}

Result<Value> zero(CallContext &, std::span<const Value>)
{
    return Value::string("zero");
}

Result<Value> boom(CallContext &, std::span<const Value> arguments)
{
    return Error{.code = Error::Code::InvalidInput, .message = sprintf("boom: %v", arguments)};
}

Result<Value> repeat(CallContext &context, std::span<const Value> arguments)
{
    const auto count = static_cast<std::uint64_t>(arguments[0].toInt());
    const std::string &text = arguments[1].toString();
    if (const Result<void> can = limitsOf(context).afford(count * text.size()); !can)
        return can.error();
    std::string out;
    for (std::uint64_t i = 0; i < count; ++i)
        out += text;
    return Value::string(std::move(out));
}

Result<Value> now(CallContext &context, std::span<const Value>)
{
    context.now();
    return Value::string("now");
}

} // namespace

std::span<const Function> functions()
{
    using P = Param;
    static const Function all[] = {
        {"include", {P::String, P::Any}, false, include},
        {"tpl", {P::String, P::Any}, false, tpl},
        {"list", {P::Any}, true, list},
        {"dict", {P::Any}, true, dict},
        {"get", {P::Map, P::String}, false, get},
        {"int64", {P::Int}, false, int64},
        {"uint64", {P::Int}, false, uint64},
        {"bytes", {P::String}, false, bytes},
        {"strs", {P::String}, true, strs},
        {"upper", {P::String}, false, upper},
        {"needInt", {P::Int}, false, same},
        {"needUint", {P::Uint32}, false, same},
        {"needFloat", {P::Float64}, false, same},
        {"needBool", {P::Bool}, false, same},
        {"needMap", {P::Map}, false, size},
        {"needList", {P::List}, false, size},
        {"two", {P::String, P::Int}, false, two},
        {"atleast", {P::String, P::Int}, true, atleast},
        {"zero", {}, false, zero},
        {"boom", {P::Any}, false, boom},
        {"repeat", {P::Int, P::String}, false, repeat},
        {"now", {}, false, now},
    };
    return all;
}

const FunctionTable &table()
{
    static const FunctionTable functionTable = [] {
        FunctionTable made;
        made.add(builtins());
        made.add(functions());
        return made;
    }();
    return functionTable;
}

Value valueOf(const QJsonValue &json)
{
    switch (json.type()) {
    case QJsonValue::Bool:
        return Value::boolean(json.toBool());
    case QJsonValue::Double:
        return Value::number(json.toDouble());
    case QJsonValue::String:
        return Value::string(json.toString().toStdString());
    case QJsonValue::Array: {
        Value list = Value::list();
        const QJsonArray array = json.toArray();
        for (const QJsonValue &item : array)
            list.asList().items.push_back(valueOf(item));
        return list;
    }
    case QJsonValue::Object: {
        Value map = Value::map();
        const QJsonObject object = json.toObject();
        for (auto entry = object.begin(); entry != object.end(); ++entry)
            map.asMap().set(entry.key().toStdString(), valueOf(entry.value()));
        return map;
    }
    default:
        return {};
    }
}

Table readTable(const char *file)
{
    QFile input(QLatin1String(PK_TEST_DATA "/template/") + QLatin1String(file));
    if (!input.open(QIODevice::ReadOnly))
        qFatal("no table %s", file);
    const QJsonDocument document = QJsonDocument::fromJson(input.readAll());
    if (document.isNull())
        qFatal("no JSON in %s", file);
    return {valueOf(document[QLatin1String("data")]), document[QLatin1String("rows")].toArray()};
}

void FixedRandom::fill(std::span<unsigned char> bytes)
{
    unsigned char next = 1;
    for (unsigned char &byte : bytes)
        byte = next++;
}

} // namespace pk::tmpl::test
