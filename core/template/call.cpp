// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/builtinbodies.h"
#include "template/executorstate.h"

#include <algorithm>

namespace pk::tmpl {

namespace {

/// Whether Go could assign the value to the parameter.
bool fits(const Value &value, Param type)
{
    switch (type) {
    case Param::Any:
        return true;
    case Param::String:
        return value.isString();
    case Param::Int:
        return value.kind() == Value::Kind::Int;
    case Param::Int64:
        return value.kind() == Value::Kind::Int64;
    case Param::Uint32:
        return false; // no value of a template has that type
    case Param::Float64:
        return value.kind() == Value::Kind::Float64;
    case Param::Bool:
        return value.isBool();
    case Param::List:
        return value.isList() && value.asList().type == ListType::Interfaces;
    case Param::Strings:
        return value.isList() && value.asList().type == ListType::Strings;
    case Param::Map:
        return value.isMap() && value.asMap().type != MapType::Strings && value.asMap().type != MapType::Files;
    case Param::Bytes:
        return value.kind() == Value::Kind::Bytes;
    case Param::Time:
    case Param::Certificate:
        return value.isObject() && value.typeName() == typeNameOf(type);
    }
    return false;
}

bool canBeNil(Param type)
{
    switch (type) {
    case Param::Any:
    case Param::List:
    case Param::Strings:
    case Param::Map:
    case Param::Bytes:
        return true;
    default:
        return false;
    }
}

Param parameterAt(const Function &function, std::size_t i)
{
    return i < function.params.size() ? function.params[i] : function.params.back();
}

/// What `call` names in its errors: its first argument as written, or what reflection prints for a piped one.
std::string calleeName(const Command *command, const Value &piped)
{
    if (command && command->operands.size() > 1)
        return print(command->operands[1]);
    return piped.isString() ? piped.toString() : "<" + piped.typeName() + " Value>";
}

/// The bytes of a text that a function has made; none when it hands an argument on.
std::uint64_t sizeOfNew(const Value &result, std::span<const Value> arguments)
{
    if (!result.isString() && result.kind() != Value::Kind::Bytes)
        return 0;
    const std::string &text = result.toString();
    const bool isArgument = std::any_of(arguments.begin(), arguments.end(),
        [&text](const Value &argument) { return argument.isString() && &argument.toString() == &text; });
    return isArgument ? 0 : text.size();
}

} // namespace

const char *typeNameOf(Param type)
{
    switch (type) {
    case Param::Any:
        return "interface {}";
    case Param::String:
        return "string";
    case Param::Int:
        return "int";
    case Param::Int64:
        return "int64";
    case Param::Uint32:
        return "uint32";
    case Param::Float64:
        return "float64";
    case Param::Bool:
        return "bool";
    case Param::List:
        return "[]interface {}";
    case Param::Strings:
        return "[]string";
    case Param::Map:
        return "map[string]interface {}";
    case Param::Bytes:
        return "[]uint8";
    case Param::Time:
        return "time.Time";
    case Param::Certificate:
        return "sprig.certificate";
    }
    return "";
}

bool isTrue(const Value &value)
{
    if (const ComplexValue *const number = complexIn(value))
        return number->value != std::complex<double>();
    return value.isObject() ? plainContainer(value).isTruthy() : value.isTruthy();
}

/// The number of arguments with the piped one, after Go's checks.
std::size_t Executor::State::countArguments(const Function &function, const Command *command, const Slot *final)
{
    const std::size_t given = command ? command->operands.size() - 1 : 0;
    const std::size_t count = given + (final ? 1 : 0);
    const std::size_t wanted = function.params.size();
    if (function.variadic && count + 1 < wanted) {
        fail("wrong number of args for " + std::string(function.name) + ": want at least " + std::to_string(wanted - 1)
            + " got " + std::to_string(given));
    }
    if (!function.variadic && count != wanted) {
        fail("wrong number of args for " + std::string(function.name) + ": want " + std::to_string(wanted) + " got "
            + std::to_string(count));
    }
    return count;
}

Slot Executor::State::callFunction(
    const Operand &operand, const FunctionOperand &call, const Command *command, const Slot &dot, Slot *final)
{
    step();
    at(operand);
    const Function &function = *call.function;
    Arguments arguments(countArguments(function, command, final));
    if (call.special == Special::And || call.special == Special::Or)
        return shortCircuit(call.special == Special::Or, command, dot, final);
    OriginId origin = takeArguments(function, command, dot, final, arguments, 0);
    const OriginId first = m_firstOrigin;
    Result<Value> result = call.special == Special::Length && m_lastWasNothing
        ? plainError("reflect: call of reflect.Value.Type on zero Value")
        : invoke(function, call.special, arguments.values(), origin);
    if (!result) {
        if (command)
            at(*command);
        else
            at(operand);
        Error error = result.error();
        if (call.special == Special::Call) {
            if (const std::size_t mark = error.message.find("%NAME"); mark != std::string::npos)
                error.message.replace(mark, 5, calleeName(command, arguments[0]));
        }
        failCall(function.name, error);
    }
    if (recording && call.special == Special::Lookup && origins.isPath(first))
        origin = originBelow(first, arguments.values().subspan(1), *result);
    else if (recording && (result->isMap() || result->isList()))
        origin = originOfResult(*result, origin);
    return {.value = std::move(*result), .origin = origin};
}

Slot Executor::State::callMethod(const Function &method, const Slot &receiver, const Operand &operand,
    const Command *command, const Slot &dot, Slot *final)
{
    step();
    Arguments arguments(countArguments(method, command, final) + 1);
    arguments[0] = receiver.value;
    OriginId origin = takeArguments(method, command, dot, final, arguments, 1);
    origin = origins.unite(origin, receiver.origin);
    Result<Value> result = invoke(method, Special::None, arguments.values(), origin);
    if (!result) {
        at(operand);
        failCall(method.name, result.error());
    }
    return {.value = std::move(*result), .origin = origin};
}

/// `and` and `or` evaluate only up to the argument that decides.
Slot Executor::State::shortCircuit(bool stopsAt, const Command *command, const Slot &dot, Slot *final)
{
    Slot value;
    OriginId read = OriginTable::none;
    for (std::size_t i = 1; command && i < command->operands.size(); ++i) {
        value = argument(command->operands[i], Param::Any, dot);
        value.boxed = false;
        if (recording)
            value.origin = read = origins.unite(read, value.origin);
        if (isTrue(value.value) == stopsAt)
            return value;
    }
    if (final) {
        value = std::move(*final);
        if (recording)
            value.origin = origins.unite(read, value.origin);
    }
    return value;
}

/// Fills `arguments` from `first` on; returns where they all come from.
OriginId Executor::State::takeArguments(const Function &function, const Command *command, const Slot &dot, Slot *final,
    Arguments &arguments, std::size_t first)
{
    OriginId origin = OriginTable::none;
    const std::size_t given = command ? command->operands.size() - 1 : 0;
    OriginId firstOrigin = OriginTable::none;
    bool nothing = false;
    const auto take = [&](std::size_t i, Slot slot) {
        nothing = slot.value.isNil() && !slot.boxed;
        if (i == 0)
            firstOrigin = slot.origin;
        if (slot.origin != OriginTable::root) // the whole data says nothing about a value
            origin = origins.unite(origin, slot.origin);
        arguments[first + i] = std::move(slot.value);
    };
    for (std::size_t i = 0; i < given; ++i)
        take(i, argument(command->operands[i + 1], parameterAt(function, i), dot));
    if (final) {
        checkType(*final, parameterAt(function, given));
        take(given, std::move(*final));
    }
    m_firstOrigin = firstOrigin;
    m_lastWasNothing = nothing;
    return origin;
}

/// Calls the body; `origin` is that of the arguments, then that of the result.
Result<Value> Executor::State::invoke(
    const Function &function, Special special, std::span<const Value> arguments, OriginId &origin)
{
    const bool reads = special == Special::None || special == Special::Trees;
    if (reads && !payFor(arguments, special == Special::Trees))
        return m_unpaid;
    const OriginId savedOrigin = std::exchange(m_callOrigin, origin);
    const OriginId savedReads = std::exchange(m_callReads, OriginTable::none);
    const bool savedCalled = std::exchange(m_calledTemplate, false);
    m_inner.reset();
    Result<Value> result = function.body(m_executor, arguments);
    if (result && !m_calledTemplate) { // what a template has written is counted already
        if (const std::uint64_t size = sizeOfNew(*result, arguments); !take(size))
            result = afford(size).error();
    }
    if (result && (reads || special == Special::Maker) && isTree(*result) && !payForNew(*result))
        result = m_unpaid;
    // What an included template read says more than what was handed to it.
    origin = m_calledTemplate ? m_callReads : origins.unite(origin, m_callReads);
    m_callOrigin = savedOrigin;
    m_callReads = savedReads;
    m_calledTemplate = savedCalled;
    return result;
}

/// A function may hand on a list or map of the data, or make one of its own.
OriginId Executor::State::originOfResult(const Value &result, OriginId arguments)
{
    const OriginId known = originOf(result);
    return known != OriginTable::none ? known : origins.derived(arguments);
}

/// Where `index` or `get` found their result.
OriginId Executor::State::originBelow(OriginId origin, std::span<const Value> keys, const Value &result)
{
    for (const Value &key : keys)
        origin = origins.child(origin, key.isString() ? key.toString() : std::to_string(key.integerOr(0)));
    remember(result, origin);
    return origin;
}

Slot Executor::State::argument(const Operand &operand, Param type, const Slot &dot)
{
    at(operand);
    Slot slot;
    if (const auto *field = std::get_if<FieldOperand>(&operand.what)) {
        slot = walkFields(dot, field->path, operand, dot, nullptr, nullptr);
    } else if (const auto *pipeline = std::get_if<std::unique_ptr<Pipeline>>(&operand.what)) {
        slot = evaluate(**pipeline, dot);
    } else if (const auto *variable = std::get_if<VariableOperand>(&operand.what)) {
        slot = evaluateVariable(operand, *variable, dot, nullptr, nullptr);
    } else if (const auto *function = std::get_if<FunctionOperand>(&operand.what)) {
        slot = callFunction(operand, *function, nullptr, dot, nullptr);
    } else if (const auto *chain = std::get_if<ChainOperand>(&operand.what)) {
        slot = evaluateChain(operand, *chain, dot, nullptr, nullptr);
    } else if (std::holds_alternative<DotOperand>(operand.what)) {
        slot = dot;
    } else if (std::holds_alternative<NilOperand>(operand.what)) {
        if (!canBeNil(type))
            fail(std::string("cannot assign nil to ") + typeNameOf(type));
        return slot;
    } else {
        return literal(operand, type);
    }
    checkType(slot, type);
    return slot;
}

void Executor::State::checkType(const Slot &slot, Param type)
{
    if (type == Param::Any || (!slot.value.isNil() && fits(slot.value, type)))
        return;
    if (!slot.value.isNil()) {
        fail(std::string("wrong type for value; expected ") + typeNameOf(type) + "; got " + slot.value.typeName(),
            slot.origin);
    } else if (slot.boxed) {
        fail(std::string("wrong type for value; expected ") + typeNameOf(type) + "; got interface {}", slot.origin);
    } else if (!canBeNil(type)) {
        fail(std::string("invalid value; expected ") + typeNameOf(type), slot.origin);
    }
}

/// A bool, number or string where a parameter of `type` is.
Slot Executor::State::literal(const Operand &operand, Param type)
{
    const auto *number = std::get_if<Number>(&operand.what);
    const auto *text = std::get_if<StringOperand>(&operand.what);
    const auto *truth = std::get_if<BoolOperand>(&operand.what);
    const auto bad = [&](const char *wanted) { fail(std::string("expected ") + wanted + "; found " + print(operand)); };
    switch (type) {
    case Param::Any:
        if (number)
            return ideal(*number);
        return {.value = text ? text->value : Value::boolean(truth->value)};
    case Param::Bool:
        if (!truth)
            bad("bool");
        return {.value = Value::boolean(truth->value)};
    case Param::String:
        if (!text)
            bad("string");
        return {.value = text->value};
    case Param::Int:
    case Param::Int64:
        if (!number || !number->asInt)
            bad("integer");
        return {.value = Value::integer(*number->asInt, type == Param::Int ? Value::Kind::Int : Value::Kind::Int64)};
    case Param::Uint32:
        if (!number || !number->asUint)
            bad("unsigned integer");
        return {.value = Value::unsignedInteger(static_cast<std::uint32_t>(*number->asUint))};
    case Param::Float64:
        if (!number || !number->asFloat)
            bad("float");
        return {.value = Value::number(*number->asFloat)};
    default:
        fail("can't handle " + print(operand) + " for arg of type " + typeNameOf(type));
    }
}

Slot Executor::State::ideal(const Number &number)
{
    if (number.ideal.isNil())
        fail(number.text + " overflows int");
    return {.value = number.ideal};
}

} // namespace pk::tmpl
