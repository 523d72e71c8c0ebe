// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/quote.h"
#include "template/builtinbodies.h"
#include "template/executorstate.h"

namespace pk::tmpl {

Slot Executor::State::evaluate(const Pipeline &pipeline, const Slot &dot)
{
    at(pipeline);
    Slot value;
    bool hasValue = false;
    for (const Command &command : pipeline.commands) {
        value = evaluate(command, dot, hasValue ? &value : nullptr);
        value.boxed = false; // only what is inside goes on
        hasValue = true;
    }
    for (const VariableName &name : pipeline.variables) {
        if (pipeline.assigns)
            variable(name) = value;
        else
            m_variables.push_back({name.id, value});
    }
    return value;
}

Slot &Executor::State::variable(const VariableName &name)
{
    for (std::size_t i = m_variables.size(); i > m_scope; --i) {
        if (m_variables[i - 1].id == name.id)
            return m_variables[i - 1].slot;
    }
    fail("undefined variable: " + name.name);
}

void Executor::State::notAFunction(const Command *command, const Slot *final)
{
    if ((command && command->operands.size() > 1) || final) {
        const Operand &first = command->operands.front();
        fail("can't give argument to non-function " + print(first));
    }
}

Slot Executor::State::evaluate(const Command &command, const Slot &dot, Slot *final)
{
    const Operand &first = command.operands.front();
    if (const auto *function = std::get_if<FunctionOperand>(&first.what))
        return callFunction(first, *function, &command, dot, final);
    if (const auto *field = std::get_if<FieldOperand>(&first.what)) {
        at(first);
        return walkFields(dot, field->path, first, dot, &command, final);
    }
    if (const auto *variable = std::get_if<VariableOperand>(&first.what))
        return evaluateVariable(first, *variable, dot, &command, final);
    if (const auto *chain = std::get_if<ChainOperand>(&first.what))
        return evaluateChain(first, *chain, dot, &command, final);
    if (const auto *pipeline = std::get_if<std::unique_ptr<Pipeline>>(&first.what)) {
        notAFunction(&command, final);
        return evaluate(**pipeline, dot);
    }
    at(first);
    notAFunction(&command, final);
    if (std::holds_alternative<DotOperand>(first.what))
        return dot;
    if (std::holds_alternative<NilOperand>(first.what))
        fail("nil is not a command");
    return literal(first, Param::Any);
}

Slot Executor::State::evaluateVariable(const Operand &operand, const VariableOperand &variableOperand, const Slot &dot,
    const Command *command, Slot *final)
{
    at(operand);
    const Slot &value = variable(variableOperand.variable);
    if (variableOperand.path.empty()) {
        notAFunction(command, final);
        return value;
    }
    return walkFields(Slot(value), variableOperand.path, operand, dot, command, final);
}

Slot Executor::State::evaluateChain(
    const Operand &operand, const ChainOperand &chain, const Slot &dot, const Command *command, Slot *final)
{
    at(operand);
    if (std::holds_alternative<NilOperand>(chain.base->what))
        fail("indirection through explicit nil in " + print(operand));
    const Slot receiver = argument(*chain.base, Param::Any, dot);
    return walkFields(receiver, chain.path, operand, dot, command, final);
}

Slot Executor::State::walkFields(const Slot &receiver, std::span<const std::string> path, const Operand &operand,
    const Slot &dot, const Command *command, Slot *final)
{
    if (path.size() == 1)
        return member(receiver, path.front(), operand, dot, command, final);
    Slot current = member(receiver, path.front(), operand, dot, nullptr, nullptr);
    for (std::size_t i = 1; i + 1 < path.size(); ++i)
        current = member(current, path[i], operand, dot, nullptr, nullptr);
    return member(current, path.back(), operand, dot, command, final);
}

/// One step of a chain: an entry of a map, a field or method of an object.
Slot Executor::State::member(const Slot &receiver, const std::string &key, const Operand &operand, const Slot &dot,
    const Command *command, Slot *final)
{
    const char *const anything = "interface {}";
    if (receiver.value.isNil()) {
        if (receiver.boxed)
            fail(std::string("nil pointer evaluating ") + anything + "." + key, receiver.origin);
        if (missingKey == MissingKey::Error)
            fail("nil data; no entry for key " + goQuote(key));
        return {};
    }
    if (receiver.value.isMap()) {
        const FunctionTable *table = methods[static_cast<std::size_t>(receiver.value.mapType())];
        if (const Function *method = table ? table->find(key) : nullptr)
            return callMethod(*method, receiver, operand, command, dot, final);
        if ((command && command->operands.size() > 1) || final)
            fail(key + " is not a method but has arguments");
        return entryOf(receiver, key);
    }
    if (receiver.value.isObject()) {
        if (std::optional<Slot> found = memberOfObject(receiver, key, operand, dot, command, final))
            return std::move(*found);
    }
    fail("can't evaluate field " + key + " in type " + (receiver.boxed ? anything : receiver.value.typeName()),
        receiver.origin);
}

Slot Executor::State::entryOf(const Slot &receiver, const std::string &key)
{
    const Map &map = receiver.value.asMap();
    const bool boxed = map.type != MapType::Strings && map.type != MapType::Files;
    Slot result{.boxed = boxed};
    if (const Value *found = map.find(key)) {
        result.value = *found;
    } else if (missingKey == MissingKey::Error) {
        fail("map has no entry for key " + goQuote(key));
    } else if (missingKey == MissingKey::Invalid) {
        result.boxed = false;
    } else if (!boxed) {
        result.value = map.type == MapType::Strings ? Value::string({}) : Value::bytes({});
    }
    if (recording)
        result.origin = placeOf(receiver.origin, key, result.value);
    return result;
}

std::optional<Slot> Executor::State::memberOfObject(const Slot &receiver, const std::string &key,
    const Operand &operand, const Slot &dot, const Command *command, Slot *final)
{
    const Object &object = receiver.value.asObject();
    const OriginId origin = recording ? placeOf(receiver.origin, key, {}) : OriginTable::none;
    const std::size_t given = command ? command->operands.size() - 1 : 0;
    const Place before = m_place;
    Arguments arguments(given + (final ? 1 : 0));
    for (std::size_t i = 0; i < given; ++i)
        arguments[i] = argument(command->operands[i + 1], Param::Any, dot).value;
    if (final)
        arguments[given] = final->value;
    Slot result{.origin = origin};
    std::string error;
    if (object.call(key, arguments.values(), result.value, error)) {
        if (error.empty())
            return result;
        if (error.starts_with("wrong number of args")) { // Go counts before it evaluates them
            m_place = before;
            fail(std::move(error));
        }
        at(operand);
        failCall(key, plainError(std::move(error)));
    }
    if (!object.field(key, result.value))
        return std::nullopt;
    if (given > 0 || final)
        fail(key + " has arguments but cannot be invoked as function");
    result.isPlace = true;
    return result;
}

} // namespace pk::tmpl
