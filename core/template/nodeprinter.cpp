// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/overloaded.h"
#include "base/quote.h"
#include "template/node.h"

#include <algorithm>

namespace pk::tmpl {

namespace {

void write(std::string &out, const Operand &operand);
void write(std::string &out, const Block &block);

void writePath(std::string &out, const std::vector<std::string> &path)
{
    for (const std::string &key : path) {
        out += '.';
        out += key;
    }
}

void write(std::string &out, const Command &command)
{
    for (std::size_t i = 0; i < command.operands.size(); ++i) {
        if (i > 0)
            out += ' ';
        write(out, command.operands[i]);
    }
}

void write(std::string &out, const Pipeline &pipeline)
{
    for (std::size_t i = 0; i < pipeline.variables.size(); ++i) {
        if (i > 0)
            out += ", ";
        out += pipeline.variables[i].name;
    }
    if (!pipeline.variables.empty())
        out += pipeline.assigns ? " = " : " := ";
    for (std::size_t i = 0; i < pipeline.commands.size(); ++i) {
        if (i > 0)
            out += " | ";
        write(out, pipeline.commands[i]);
    }
}

void write(std::string &out, const Operand &operand)
{
    std::visit(overloaded{
                   [&](const DotOperand &) { out += '.'; },
                   [&](const NilOperand &) { out += "nil"; },
                   [&](const BoolOperand &literal) { out += literal.value ? "true" : "false"; },
                   [&](const Number &number) { out += number.text; },
                   [&](const StringOperand &literal) { out += literal.literal; },
                   [&](const FieldOperand &field) { writePath(out, field.path); },
                   [&](const VariableOperand &variable) {
                       out += variable.variable.name;
                       writePath(out, variable.path);
                   },
                   [&](const FunctionOperand &function) { out += function.name; },
                   [&](const ChainOperand &chain) {
                       write(out, *chain.base);
                       writePath(out, chain.path);
                   },
                   [&](const std::unique_ptr<Pipeline> &pipeline) {
                       out += '(';
                       write(out, *pipeline);
                       out += ')';
                   },
               },
        operand.what);
}

void writeBranches(
    std::string &out, std::string_view word, const Pipeline &pipeline, const Block &block, const Block *otherwise)
{
    out += "{{";
    out += word;
    out += ' ';
    write(out, pipeline);
    out += "}}";
    write(out, block);
    if (otherwise) {
        out += "{{else}}";
        write(out, *otherwise);
    }
    out += "{{end}}";
}

void write(std::string &out, const Node &node)
{
    std::visit(overloaded{
                   [&](const TextNode &text) { out += text.text; },
                   [&](const ActionNode &action) {
                       out += "{{";
                       write(out, action.pipeline);
                       out += "}}";
                   },
                   [&](const ConditionNode &condition) {
                       writeBranches(out, condition.setsDot ? "with" : "if", condition.pipeline, *condition.block,
                           condition.otherwise.get());
                   },
                   [&](const RangeNode &range) {
                       writeBranches(out, "range", range.pipeline, *range.block, range.otherwise.get());
                   },
                   [&](const TemplateNode &call) {
                       out += "{{template " + goQuote(call.name);
                       if (call.argument) {
                           out += ' ';
                           write(out, *call.argument);
                       }
                       out += "}}";
                   },
                   [&](const BreakNode &) { out += "{{break}}"; },
                   [&](const ContinueNode &) { out += "{{continue}}"; },
               },
        node.what);
}

void write(std::string &out, const Block &block)
{
    for (const Node &node : block.nodes)
        write(out, node);
}

template <class T> std::string printed(const T &node)
{
    std::string out;
    write(out, node);
    return out;
}

} // namespace

bool isEmpty(const Block &block)
{
    return std::all_of(block.nodes.begin(), block.nodes.end(), [](const Node &node) {
        const TextNode *text = std::get_if<TextNode>(&node.what);
        return text && text->text.find_first_not_of(" \t\r\n\v\f") == std::string::npos;
    });
}

std::string print(const Operand &operand)
{
    // A pipeline that stands alone is printed without the parentheses that it has as an argument.
    if (const auto *pipeline = std::get_if<std::unique_ptr<Pipeline>>(&operand.what))
        return printed(**pipeline);
    return printed(operand);
}

std::string print(const Command &command)
{
    return printed(command);
}

std::string print(const Pipeline &pipeline)
{
    return printed(pipeline);
}

std::string print(const Node &node)
{
    return printed(node);
}

std::string print(const Block &block)
{
    return printed(block);
}

} // namespace pk::tmpl
