// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/helmfunctions.h"

#include "chart/gotext.h"
#include "chart/rendererrors.h"
#include "template/builtins.h"
#include "template/functions/families.h"

#include <arpa/inet.h>
#include <netdb.h>

namespace pk::chart {

namespace {

thread_local const RenderRequest *currentRequest = nullptr;

Error marked(const std::string &message)
{
    return {
        .code = Error::Code::InvalidInput, .message = std::string(failureStart) + message + std::string(failureEnd)};
}

Result<Value> include(tmpl::CallContext &context, std::span<const Value> arguments)
{
    auto text = context.execute(arguments[0].toString(), arguments[1]);
    if (!text)
        return text.error();
    return Value::string(*std::move(text));
}

Result<Value> tpl(tmpl::CallContext &context, std::span<const Value> arguments)
{
    const std::string &source = arguments[0].toString();
    // What has no action is its own result; most calls of charts that take templates in values are of that kind.
    if (source.find("{{") == std::string::npos)
        return Value::string(without(source, "<no value>"));
    auto text = context.executeText(source, arguments[1]);
    if (text)
        return Value::string(without(*std::move(text), "<no value>"));
    const bool parsing = text.error().id == "template.parse";
    return text.error().wrapped(
        (parsing ? "cannot parse template " : "error during tpl function execution for ") + goQuote(source) + ": ");
}

Result<Value> required(tmpl::CallContext & /*context*/, std::span<const Value> arguments)
{
    const Value &value = arguments[1];
    if (value.isNil() || (value.isString() && value.toString().empty()))
        return marked(arguments[0].toString());
    return value;
}

Result<Value> fail(tmpl::CallContext & /*context*/, std::span<const Value> arguments)
{
    return marked(arguments[0].toString());
}

Result<Value> lookup(tmpl::CallContext & /*context*/, std::span<const Value> arguments)
{
    if (!currentRequest || !currentRequest->lookup)
        return Value::map();
    return currentRequest->lookup(
        arguments[0].toString(), arguments[1].toString(), arguments[2].toString(), arguments[3].toString());
}

Result<Value> getHostByName(tmpl::CallContext & /*context*/, std::span<const Value> arguments)
{
    if (!currentRequest || !currentRequest->resolveHosts)
        return Value::string("");
    addrinfo hints = {};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo *found = nullptr;
    if (getaddrinfo(arguments[0].toString().c_str(), nullptr, &hints, &found) != 0 || !found)
        return Value::string("");
    char text[INET6_ADDRSTRLEN] = "";
    if (found->ai_family == AF_INET)
        inet_ntop(AF_INET, &reinterpret_cast<sockaddr_in *>(found->ai_addr)->sin_addr, text, sizeof text);
    else if (found->ai_family == AF_INET6)
        inet_ntop(AF_INET6, &reinterpret_cast<sockaddr_in6 *>(found->ai_addr)->sin6_addr, text, sizeof text);
    freeaddrinfo(found);
    return Value::string(text);
}

tmpl::FunctionTable makeTable(const tmpl::Dialect &dialect)
{
    using tmpl::Param;
    static const tmpl::Function own[] = {
        {"include", {Param::String, Param::Any}, false, include},
        {"tpl", {Param::String, Param::Any}, false, tpl},
        {"required", {Param::String, Param::Any}, false, required},
        {"fail", {Param::String}, false, fail},
        {"lookup", {Param::String, Param::String, Param::String, Param::String}, false, lookup},
        {"getHostByName", {Param::String}, false, getHostByName},
    };
    tmpl::FunctionTable table;
    table.add(tmpl::builtins());
    const tmpl::FunctionTable standard = tmpl::standardFunctions(dialect);
    table.add({standard.begin(), standard.end()});
    table.add(own);
    return table;
}

} // namespace

const tmpl::FunctionTable &functionsOf(const Levels &levels)
{
    // The dialects of the three levels; another mix of switches is given the table of the nearest.
    if (levels.dialect.durations) {
        static const tmpl::FunctionTable newest = makeTable(levels43().dialect);
        return newest;
    }
    if (levels.dialect.mustToYaml) {
        static const tmpl::FunctionTable middle = makeTable(levels41().dialect);
        return middle;
    }
    static const tmpl::FunctionTable oldest = makeTable(levels3().dialect);
    return oldest;
}

LookupScope::LookupScope(const RenderRequest &request) : m_outer(currentRequest)
{
    currentRequest = &request;
}

LookupScope::~LookupScope()
{
    currentRequest = m_outer;
}

} // namespace pk::chart
