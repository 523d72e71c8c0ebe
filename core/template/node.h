// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "template/function.h"
#include "template/number.h"
#include "value/value.h"

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace pk::tmpl {

struct Operand;
struct Block;

/// `$x` with its number in the template's source; variables compare by number.
struct VariableName
{
    std::uint32_t id = 0; ///< 0 is `$`.
    std::string name;
};

/// operand {space operand}; the first may be a function.
struct Command
{
    std::uint32_t pos = 0; ///< Byte offset in the source, as in all nodes.
    std::vector<Operand> operands;
};

/// [$x :=] command {| command}
struct Pipeline
{
    std::uint32_t pos = 0;
    std::uint32_t line = 0;
    bool assigns = false; ///< `=` and not `:=`.
    std::vector<VariableName> variables;
    std::vector<Command> commands;
};

struct DotOperand
{
};
struct NilOperand
{
};
struct BoolOperand
{
    bool value;
};
struct StringOperand
{
    std::string literal; ///< As written, with quotes.
    Value value;
};
struct FieldOperand
{
    std::vector<std::string> path; ///< .a.b
};
struct VariableOperand
{
    VariableName variable;
    std::vector<std::string> path; ///< $x.a.b
};
/// Functions whose arguments the executor itself must see, and what a call takes of the steps. All but None, Trees and
/// Maker do little, whatever they are given.
enum class Special : std::uint8_t {
    None,
    And,
    Or,
    Length, ///< Tells a nil of type interface {} from no value.
    Call, ///< Its errors name the first argument as written.
    Lookup, ///< The result lies below the first argument, at the keys that follow (index, get).
    Light, ///< Hands values on, or looks at one of them.
    Maker, ///< Makes a list or map of its arguments.
    Trees, ///< Goes through its arguments to their leaves; see Limits::affordTree().
};
struct FunctionOperand
{
    std::string name;
    const Function *function = nullptr;
    Special special = Special::None;
};
struct ChainOperand
{
    std::unique_ptr<Operand> base; ///< (pipeline).a.b or function.a
    std::vector<std::string> path;
};

struct Operand
{
    using What = std::variant<DotOperand, NilOperand, BoolOperand, Number, StringOperand, FieldOperand, VariableOperand,
        FunctionOperand, ChainOperand, std::unique_ptr<Pipeline>>;

    std::uint32_t pos = 0;
    What what;
};

struct TextNode
{
    std::string text;
};
struct ActionNode
{
    Pipeline pipeline;
};
/// if and with, which differ in what dot is inside.
struct ConditionNode
{
    bool setsDot = false; ///< with
    Pipeline pipeline;
    std::unique_ptr<Block> block;
    std::unique_ptr<Block> otherwise; ///< May be null.
};
struct RangeNode
{
    Pipeline pipeline;
    std::unique_ptr<Block> block;
    std::unique_ptr<Block> otherwise; ///< May be null.
};
struct TemplateNode
{
    std::string name;
    std::unique_ptr<Pipeline> argument; ///< May be null.
};
struct BreakNode
{
};
struct ContinueNode
{
};

/// One statement.
struct Node
{
    using What = std::variant<TextNode, ActionNode, ConditionNode, RangeNode, TemplateNode, BreakNode, ContinueNode>;

    std::uint32_t pos = 0;
    std::uint32_t line = 0;
    What what;
};

/// Statements in order.
struct Block
{
    std::uint32_t pos = 0;
    std::vector<Node> nodes;
};

/// Only white space: such a body replaces nothing.
bool isEmpty(const Block &block);

// The canonical spelling, as errors quote it: single spaces, literals and parentheses as written.
std::string print(const Operand &operand);
std::string print(const Command &command);
std::string print(const Pipeline &pipeline);
std::string print(const Node &node);
std::string print(const Block &block);

} // namespace pk::tmpl
