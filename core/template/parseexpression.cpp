// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/quote.h"
#include "template/builtinbodies.h"
#include "template/tree.h"

#include <algorithm>

namespace pk::tmpl {

namespace {

/// Literals, dot and nil take no fields and cannot be a later stage of a pipeline.
bool isPlain(const Operand &operand)
{
    return std::holds_alternative<DotOperand>(operand.what) || std::holds_alternative<NilOperand>(operand.what)
        || std::holds_alternative<BoolOperand>(operand.what) || std::holds_alternative<Number>(operand.what)
        || std::holds_alternative<StringOperand>(operand.what);
}

} // namespace

Pipeline Tree::pipeline(const char *context, TokenType end)
{
    const Token first = peekNonSpace();
    Pipeline pipeline;
    pipeline.pos = static_cast<std::uint32_t>(first.pos);
    pipeline.line = static_cast<std::uint32_t>(first.line);
    declarations(pipeline, context);
    for (;;) {
        const Token token = nextNonSpace();
        if (token.type == end) {
            check(pipeline, context);
            return pipeline;
        }
        switch (token.type) {
        case TokenType::Bool:
        case TokenType::CharConstant:
        case TokenType::Complex:
        case TokenType::Dot:
        case TokenType::Field:
        case TokenType::Identifier:
        case TokenType::Number:
        case TokenType::Nil:
        case TokenType::RawString:
        case TokenType::String:
        case TokenType::Variable:
        case TokenType::LeftParen:
            backup();
            pipeline.commands.push_back(command());
            break;
        default:
            unexpected(token, context);
        }
    }
}

void Tree::declarations(Pipeline &pipeline, const char *context)
{
    for (;;) {
        const Token variable = peekNonSpace();
        if (variable.type != TokenType::Variable)
            return;
        next();
        // In "$x foo" the variable is an argument: up to three tokens go back.
        const Token after = peek();
        const Token following = peekNonSpace();
        if (following.type == TokenType::Assign || following.type == TokenType::Declare) {
            pipeline.assigns = following.type == TokenType::Assign;
            nextNonSpace();
            pipeline.variables.push_back(declare(variable.text));
            return;
        }
        if (following.type != TokenType::Char || following.text != ",") {
            if (after.type == TokenType::Space)
                backup3(variable, after);
            else
                backup2(variable);
            return;
        }
        nextNonSpace();
        pipeline.variables.push_back(declare(variable.text));
        if (std::string_view(context) != "range" || pipeline.variables.size() >= 2)
            fail(std::string("too many declarations in ") + context);
        const TokenType second = peekNonSpace().type;
        if (second != TokenType::Variable && second != TokenType::RightDelim && second != TokenType::RightParen)
            fail("range can only initialize variables");
    }
}

VariableName Tree::declare(std::string_view name)
{
    m_variables.emplace_back(name);
    const auto [entry, isNew] =
        m_job.variableIds.try_emplace(std::string(name), static_cast<std::uint32_t>(m_job.variableIds.size()));
    return {entry->second, entry->first};
}

void Tree::check(const Pipeline &pipeline, const char *context)
{
    if (pipeline.commands.empty())
        fail(std::string("missing value for ") + context);
    for (std::size_t i = 1; i < pipeline.commands.size(); ++i) {
        if (isPlain(pipeline.commands[i].operands.front()))
            fail("non executable command in pipeline stage " + std::to_string(i + 1));
    }
}

Command Tree::command()
{
    Command command{.pos = static_cast<std::uint32_t>(peekNonSpace().pos), .operands = {}};
    for (;;) {
        peekNonSpace(); // leaves leading spaces behind
        Operand next;
        if (operand(next))
            command.operands.push_back(std::move(next));
        const Token token = this->next();
        if (token.type == TokenType::Space)
            continue;
        if (token.type == TokenType::RightDelim || token.type == TokenType::RightParen)
            backup();
        else if (token.type != TokenType::Pipe)
            unexpected(token, "operand");
        break;
    }
    if (command.operands.empty())
        fail("empty command");
    return command;
}

bool Tree::operand(Operand &operand)
{
    if (!term(operand))
        return false;
    if (peek().type != TokenType::Field)
        return true;
    const auto pos = static_cast<std::uint32_t>(peek().pos);
    std::vector<std::string> path;
    while (peek().type == TokenType::Field)
        path.emplace_back(next().text.substr(1));
    // More fields on a field or variable are part of it, and move its position to them.
    std::vector<std::string> *own = nullptr;
    if (auto *field = std::get_if<FieldOperand>(&operand.what))
        own = &field->path;
    else if (auto *variable = std::get_if<VariableOperand>(&operand.what))
        own = &variable->path;
    if (own) {
        own->insert(own->end(), std::make_move_iterator(path.begin()), std::make_move_iterator(path.end()));
        operand.pos = pos;
    } else if (isPlain(operand)) {
        fail("unexpected . after term " + goQuote(print(operand)));
    } else {
        auto base = std::make_unique<Operand>(std::move(operand));
        operand = {pos, ChainOperand{std::move(base), std::move(path)}};
    }
    return true;
}

bool Tree::term(Operand &operand)
{
    const Token token = nextNonSpace();
    const auto pos = static_cast<std::uint32_t>(token.pos);
    switch (token.type) {
    case TokenType::Identifier:
        operand = function(token);
        return true;
    case TokenType::Dot:
        operand = {pos, DotOperand{}};
        return true;
    case TokenType::Nil:
        operand = {pos, NilOperand{}};
        return true;
    case TokenType::Variable:
        operand = variable(token);
        return true;
    case TokenType::Field:
        operand = {pos, FieldOperand{{std::string(token.text.substr(1))}}};
        return true;
    case TokenType::Bool:
        operand = {pos, BoolOperand{token.text == "true"}};
        return true;
    case TokenType::CharConstant:
    case TokenType::Complex:
    case TokenType::Number:
        operand = number(token);
        return true;
    case TokenType::LeftParen:
        operand = parentheses(token);
        return true;
    case TokenType::String:
    case TokenType::RawString:
        operand = {pos, StringOperand{std::string(token.text), Value::string(literal(token))}};
        return true;
    default:
        backup();
        return false;
    }
}

Operand Tree::number(const Token &token)
{
    Result<Number> number = token.type == TokenType::CharConstant ? parseCharConstant(token.text)
        : token.type == TokenType::Complex                        ? parseComplex(token.text)
                                                                  : parseNumber(token.text);
    if (!number)
        fail(number.error().message);
    return {static_cast<std::uint32_t>(token.pos), std::move(*number)};
}

Operand Tree::function(const Token &token)
{
    const Function *function = m_job.functions.find(token.text);
    if (!function)
        fail("function " + goQuote(token.text) + " not defined");
    return {static_cast<std::uint32_t>(token.pos),
        FunctionOperand{std::string(token.text), function, specialOf(*function)}};
}

Operand Tree::variable(const Token &token)
{
    if (std::find(m_variables.begin(), m_variables.end(), token.text) == m_variables.end())
        fail("undefined variable " + goQuote(token.text));
    const auto id = m_job.variableIds.find(token.text)->second;
    return {static_cast<std::uint32_t>(token.pos), VariableOperand{{id, std::string(token.text)}, {}}};
}

std::string Tree::literal(const Token &token)
{
    std::optional<std::string> text = goUnquote(token.text);
    if (!text)
        fail("invalid syntax");
    return std::move(*text);
}

} // namespace pk::tmpl
