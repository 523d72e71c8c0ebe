// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "template/executor.h"
#include "template/node.h"

#include <array>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

namespace pk::tmpl {

/// A value in flight: with what Go's reflection knows beside it, and where it came from.
struct Slot
{
    Value value = {};
    OriginId origin = OriginTable::none;
    bool boxed = false; ///< Its static type is interface {}; a boxed nil is a nil, an unboxed one is no value at all.
    bool isPlace = false; ///< A field where it stands: Go can take its address, and so call methods of the pointer.
};

/// Ends an execution up to the nearest execute() or render(); never leaves the Executor. Go panics for the same reason:
/// evaluation is a deep recursion whose every step can fail.
struct ExecutionStop
{
};

/// Leaves a loop body.
enum class Flow : std::uint8_t { Next, Break, Continue };

/// The arguments of one call: few, so mostly without an allocation.
class Arguments
{
public:
    explicit Arguments(std::size_t count) : m_count(count)
    {
        if (count > m_few.size())
            m_many.resize(count);
    }
    Value &operator[](std::size_t i) { return m_count > m_few.size() ? m_many[i] : m_few[i]; }
    std::span<const Value> values() const
    {
        return m_count > m_few.size() ? std::span<const Value>(m_many) : std::span<const Value>(m_few.data(), m_count);
    }

private:
    std::array<Value, 4> m_few;
    std::vector<Value> m_many;
    std::size_t m_count;
};

/// Everything of an execution. One member function per kind of node; what each does to the current node (at()) follows
/// Go's exec.go step by step, since errors quote that node.
class Executor::State
{
public:
    State(Executor &executor, const TemplateSet &templates, const Surroundings &surroundings, const Budget &budget);

    Result<Rendered> render(std::string_view name, const Value &data);
    Result<std::string> include(std::string_view name, const Value &data);
    Result<std::string> executeText(std::string_view text, const Value &data);
    std::uint64_t bytesLeft() const { return m_bytesLeft; }
    Result<void> afford(std::uint64_t bytes) const;
    Result<void> affordTree(const Value &value);
    Result<void> spend(std::uint64_t bytes);
    Result<void> work(std::uint64_t steps);
    void markVarying();

    const Surroundings &surroundings() const { return m_surroundings; }

    OriginTable origins;
    ExecError lastError;
    std::vector<std::shared_ptr<const Template>> usedTemplates; ///< By template id.
    std::array<const FunctionTable *, static_cast<std::size_t>(MapType::Files) + 1>
        methods{}; ///< By MapType; Files is the last.
    MissingKey missingKey = MissingKey::Zero;
    bool recording = false;

private:
    struct Variable
    {
        std::uint32_t id;
        Slot slot;
    };
    /// The node that an error would quote.
    using Place = std::variant<std::monostate, const Operand *, const Command *, const Pipeline *, const Node *>;
    class Frame;
    class Redirection;

    // run.cpp
    Result<std::string> run(const std::shared_ptr<const Template> &target, const Value &data);

    // walk.cpp
    void enter(const std::shared_ptr<const Template> &target, const Slot &data);
    Flow walk(const Block &block, const Slot &dot);
    Flow walkNode(const Node &node, const Slot &dot);
    void walkAction(const Node &node, const ActionNode &action, const Slot &dot);
    Flow walkCondition(const Node &node, const ConditionNode &condition, const Slot &dot);
    Flow walkRange(const Node &node, const RangeNode &range, const Slot &dot);
    bool iterate(const RangeNode &range, const Slot &over);
    bool iterateNumber(const RangeNode &range, const Slot &over);
    bool iterateMap(const RangeNode &range, const Slot &over);
    bool iterateList(const RangeNode &range, const Slot &over);
    bool iteration(const RangeNode &range, Slot index, Slot element);
    void walkTemplate(const Node &node, const TemplateNode &call, const Slot &dot);
    void write(std::string_view text);
    std::string printed(const Value &value);
    std::string printable(const Value &value);

    // evaluate.cpp
    Slot evaluate(const Pipeline &pipeline, const Slot &dot);
    Slot evaluate(const Command &command, const Slot &dot, Slot *final);
    Slot evaluateVariable(
        const Operand &operand, const VariableOperand &variable, const Slot &dot, const Command *command, Slot *final);
    Slot evaluateChain(
        const Operand &operand, const ChainOperand &chain, const Slot &dot, const Command *command, Slot *final);
    Slot walkFields(const Slot &receiver, std::span<const std::string> path, const Operand &operand, const Slot &dot,
        const Command *command, Slot *final);
    Slot member(const Slot &receiver, const std::string &key, const Operand &operand, const Slot &dot,
        const Command *command, Slot *final);
    Slot entryOf(const Slot &receiver, const std::string &key);
    std::optional<Slot> memberOfObject(const Slot &receiver, const std::string &key, const Operand &operand,
        const Slot &dot, const Command *command, Slot *final);
    void notAFunction(const Command *command, const Slot *final);
    Slot &variable(const VariableName &name);

    // call.cpp
    Slot callFunction(
        const Operand &operand, const FunctionOperand &function, const Command *command, const Slot &dot, Slot *final);
    Slot callMethod(const Function &method, const Slot &receiver, const Operand &operand, const Command *command,
        const Slot &dot, Slot *final);
    std::size_t countArguments(const Function &function, const Command *command, const Slot *final);
    Slot shortCircuit(bool stopsAt, const Command *command, const Slot &dot, Slot *final);
    OriginId takeArguments(const Function &function, const Command *command, const Slot &dot, Slot *final,
        Arguments &arguments, std::size_t first);
    Result<Value> invoke(const Function &function, Special special, std::span<const Value> arguments, OriginId &origin);
    bool payFor(std::span<const Value> arguments, bool trees);
    bool payForNew(const Value &result);
    OriginId originBelow(OriginId origin, std::span<const Value> keys, const Value &result);
    OriginId originOfResult(const Value &result, OriginId arguments);
    Slot argument(const Operand &operand, Param type, const Slot &dot);
    Slot literal(const Operand &operand, Param type);
    Slot ideal(const Number &number);
    void checkType(const Slot &slot, Param type);
    OriginId originOf(const Value &value);

    // executorstate.cpp
    void at(const Operand &operand) { m_place = &operand; }
    void at(const Command &command) { m_place = &command; }
    void at(const Pipeline &pipeline) { m_place = &pipeline; }
    void at(const Node &node) { m_place = &node; }
    static constexpr std::uint64_t stepsPerCheck = 1024; ///< How often the clock and the wish to cancel are asked.
    // Asked for each node and each piece of text: what is usual makes no Result.
    void step()
    {
        if (m_stepsLeft % stepsPerCheck != 0)
            --m_stepsLeft;
        else
            stepAndCheck();
    }
    bool take(std::uint64_t bytes)
    {
        if (bytes > m_bytesLeft)
            return false;
        m_bytesLeft -= bytes;
        return true;
    }
    static bool isTree(const Value &value) { return value.isList() || value.isMap(); }
    void stepAndCheck();
    Result<void> checkLimits() const;
    ErrorLink linkHere() const;
    /// `about`: where the value stands that would not do, when that is known.
    [[noreturn]] void fail(std::string message, OriginId about = OriginTable::none);
    [[noreturn]] void failCall(std::string_view name, const Error &error);
    [[noreturn]] void failLimit(const Error &error);
    [[noreturn]] void stopWith(
        ErrorLink link, Error cause, bool onlyTemplateErrors, OriginId about = OriginTable::none);
    std::size_t stackUsed() const;
    void popTo(std::size_t mark)
    {
        m_variables.erase(m_variables.begin() + static_cast<std::ptrdiff_t>(mark), m_variables.end());
    }
    OriginId placeOf(OriginId parent, std::string_view key, const Value &value);
    void remember(const Value &value, OriginId origin);
    void span(std::size_t begin, const Node &node, OriginId origin, OutputSpan::Kind kind);

    Executor &m_executor;
    const Surroundings m_surroundings;
    const TemplateSet *m_templates; ///< The set, or the overlay of a text being executed.
    std::chrono::steady_clock::time_point m_deadline;
    const std::atomic<bool> *m_cancelled;
    std::uint64_t m_stepsLeft;
    std::uint64_t m_bytesLeft;
    std::size_t m_stackBytes;
    int m_sameInclude;
    const char *m_stackBase = nullptr;

    const Template *m_template = nullptr;
    std::uint32_t m_templateId = 0;
    Place m_place;
    std::vector<Variable> m_variables; ///< Of all live templates; those of the current one begin at m_scope.
    std::size_t m_scope = 0;
    int m_depth = 0; ///< Of template actions.
    std::string *m_out = nullptr;
    std::vector<OutputSpan> *m_spans = nullptr; ///< Null inside an include: its output goes on as a value.
    OriginId m_reads = OriginTable::none; ///< Of the include being executed.
    OriginId m_callOrigin = OriginTable::none; ///< Of all arguments of the function being called.
    OriginId m_callReads = OriginTable::none; ///< Of the templates that it has executed, and whether it varies.
    bool m_calledTemplate = false; ///< It has executed one.
    OriginId m_firstOrigin = OriginTable::none; ///< Of the first argument that takeArguments() took last.
    bool m_lastWasNothing = false; ///< The last of them was no value at all, not even a nil.
    Error m_unpaid; ///< Why payFor() said no: kept here, since its frame would count in each nested include.
    std::optional<ExecError> m_inner; ///< Failed in the function being called.
    std::map<std::string, int, std::less<>> m_live; ///< Live includes by name.
    std::unordered_map<const void *, OriginId> m_places; ///< Where lists and maps of the data stand.
    std::unordered_map<const Template *, std::uint32_t> m_templateIds;
    std::map<std::string, std::shared_ptr<const ParsedText>, std::less<>> m_texts; ///< Parsed by executeText().
};

/// Go's truth, objects included.
bool isTrue(const Value &value);

/// Go's name of a parameter's type.
const char *typeNameOf(Param type);

} // namespace pk::tmpl
