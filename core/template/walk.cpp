// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/quote.h"
#include "template/builtinbodies.h"
#include "template/executorstate.h"
#include "template/printf.h"

namespace pk::tmpl {

namespace {

/// Go's cap on template actions inside each other; our stack usually ends before it, with the same words.
constexpr int maxTemplateDepth = 100'000;

const OrderedObject *orderedIn(const Value &value)
{
    return value.isObject() ? dynamic_cast<const OrderedObject *>(&value.asObject()) : nullptr;
}

} // namespace

/// Makes a template the current one for the life of a block: its variables, its name in errors, its current node.
class Executor::State::Frame
{
public:
    Frame(State &state, const std::shared_ptr<const Template> &target) :
        m_state(state), m_template(state.m_template), m_templateId(state.m_templateId), m_place(state.m_place),
        m_scope(state.m_scope), m_variables(state.m_variables.size())
    {
        state.m_template = target.get();
        state.m_scope = m_variables;
        state.m_place = std::monostate();
        if (!state.recording)
            return;
        const auto [entry, isNew] =
            state.m_templateIds.try_emplace(target.get(), static_cast<std::uint32_t>(state.usedTemplates.size()));
        if (isNew)
            state.usedTemplates.push_back(target);
        state.m_templateId = entry->second;
    }
    ~Frame()
    {
        m_state.m_template = m_template;
        m_state.m_templateId = m_templateId;
        m_state.m_place = m_place;
        m_state.m_scope = m_scope;
        m_state.popTo(m_variables);
    }
    Frame(const Frame &) = delete;
    Frame &operator=(const Frame &) = delete;

private:
    State &m_state;
    const Template *m_template;
    std::uint32_t m_templateId;
    Place m_place;
    std::size_t m_scope;
    std::size_t m_variables;
};

void Executor::State::enter(const std::shared_ptr<const Template> &target, const Slot &data)
{
    const Frame frame(*this, target);
    m_variables.push_back({0, data});
    walk(*target->root, data);
}

void Executor::State::write(std::string_view text)
{
    if (!take(text.size()))
        failLimit(afford(text.size()).error());
    *m_out += text;
}

/// What %v writes, of a value that can be written.
std::string Executor::State::printed(const Value &value)
{
    if (isTree(value)) {
        if (const Result<void> can = affordTree(value); !can)
            failLimit(can.error());
    }
    std::string text;
    appendPrinted(text, value);
    return text;
}

/// As printed(), of what a pointer points to.
std::string Executor::State::printable(const Value &value)
{
    std::string text = printed(value);
    if (value.isObject() && text.starts_with('&'))
        text.erase(0, 1);
    return text;
}

Flow Executor::State::walk(const Block &block, const Slot &dot)
{
    for (const Node &node : block.nodes) {
        const Flow flow = walkNode(node, dot);
        if (flow != Flow::Next)
            return flow;
    }
    return Flow::Next;
}

Flow Executor::State::walkNode(const Node &node, const Slot &dot)
{
    step();
    at(node);
    if (const auto *text = std::get_if<TextNode>(&node.what)) {
        const std::size_t begin = m_out->size();
        write(text->text);
        if (m_spans)
            span(begin, node, OriginTable::none, OutputSpan::Kind::Text);
        return Flow::Next;
    }
    if (const auto *action = std::get_if<ActionNode>(&node.what))
        walkAction(node, *action, dot);
    else if (const auto *condition = std::get_if<ConditionNode>(&node.what))
        return walkCondition(node, *condition, dot);
    else if (const auto *range = std::get_if<RangeNode>(&node.what))
        return walkRange(node, *range, dot);
    else if (const auto *call = std::get_if<TemplateNode>(&node.what))
        walkTemplate(node, *call, dot);
    else
        return std::holds_alternative<BreakNode>(node.what) ? Flow::Break : Flow::Continue;
    return Flow::Next;
}

void Executor::State::walkAction(const Node &node, const ActionNode &action, const Slot &dot)
{
    // Variables that an action declares live until the next end, and a declaration prints nothing.
    const Slot result = evaluate(action.pipeline, dot);
    if (!action.pipeline.variables.empty())
        return;
    at(node);
    const std::size_t begin = m_out->size();
    if (result.value.isString()) {
        write(result.value.toString());
    } else if (result.value.isNil()) {
        write("<no value>");
    } else if (const auto *const object = result.isPlace ? orderedIn(result.value) : nullptr) {
        write(object->printPlace());
    } else {
        write(printable(result.value));
    }
    if (recording)
        span(begin, node, result.origin, OutputSpan::Kind::Value);
}

Flow Executor::State::walkCondition(const Node &node, const ConditionNode &condition, const Slot &dot)
{
    const std::size_t mark = m_variables.size();
    const std::size_t begin = m_out->size();
    const Slot result = evaluate(condition.pipeline, dot);
    Flow flow = Flow::Next;
    if (isTrue(result.value))
        flow = walk(*condition.block, condition.setsDot ? result : dot);
    else if (condition.otherwise)
        flow = walk(*condition.otherwise, dot);
    popTo(mark);
    if (recording && result.origin != OriginTable::none)
        span(begin, node, result.origin, OutputSpan::Kind::Condition);
    return flow;
}

Flow Executor::State::walkRange(const Node &node, const RangeNode &range, const Slot &dot)
{
    const std::size_t mark = m_variables.size();
    const std::size_t begin = m_out->size();
    Slot over = evaluate(range.pipeline, dot);
    over.value = plainContainer(over.value);
    Flow flow = Flow::Next;
    if (!iterate(range, over) && range.otherwise)
        flow = walk(*range.otherwise, dot);
    if (flow == Flow::Break)
        flow = Flow::Next; // Go's break ends this loop even from its else
    popTo(mark);
    if (recording && over.origin != OriginTable::none)
        span(begin, node, over.origin, OutputSpan::Kind::Condition);
    return flow;
}

/// False when there was nothing to iterate over.
bool Executor::State::iterate(const RangeNode &range, const Slot &over)
{
    switch (over.value.kind()) {
    case Value::Kind::Nil:
        return false;
    case Value::Kind::Int:
    case Value::Kind::Int64:
    case Value::Kind::Uint64:
    case Value::Kind::Uint8:
        return iterateNumber(range, over);
    case Value::Kind::Map:
        return iterateMap(range, over);
    case Value::Kind::List:
    case Value::Kind::Bytes:
        return iterateList(range, over);
    default:
        break;
    }
    fail("range can't iterate over " + printable(over.value), over.origin);
}

bool Executor::State::iterateNumber(const RangeNode &range, const Slot &over)
{
    const bool isSigned = over.value.kind() == Value::Kind::Int || over.value.kind() == Value::Kind::Int64;
    if (range.pipeline.variables.size() > 1) {
        fail("can't use " + printed(over.value) + " to iterate over more than one variable");
    }
    if (isSigned && over.value.toInt() <= 0)
        return false;
    const std::uint64_t count = isSigned ? static_cast<std::uint64_t>(over.value.toInt()) : over.value.toUint();
    for (std::uint64_t i = 0; i < count; ++i) {
        Slot element{.value = isSigned ? Value::integer(static_cast<std::int64_t>(i), over.value.kind())
                                       : Value::unsignedInteger(i, over.value.kind()),
            .origin = over.origin};
        if (!iteration(range, {}, std::move(element)))
            break;
    }
    return count > 0;
}

bool Executor::State::iterateMap(const RangeNode &range, const Slot &over)
{
    // Go sorts a copy of keys and values first: what the body changes is not seen by the loop.
    const Map &map = over.value.asMap();
    const bool boxed = map.type != MapType::Strings && map.type != MapType::Files;
    const std::vector<Map::Entry> entries(map.begin(), map.end());
    for (const Map::Entry &entry : entries) {
        const OriginId origin = recording ? placeOf(over.origin, entry.key, entry.value) : OriginTable::none;
        if (!iteration(range, {.value = Value::string(entry.key), .origin = origin},
                {.value = entry.value, .origin = origin, .boxed = boxed}))
            break;
    }
    return !entries.empty();
}

bool Executor::State::iterateList(const RangeNode &range, const Slot &over)
{
    const bool isList = over.value.isList();
    const std::size_t count = isList ? over.value.asList().items.size() : over.value.toString().size();
    for (std::size_t i = 0; i < count; ++i) {
        Slot element;
        if (!isList) {
            element.value =
                Value::unsignedInteger(static_cast<unsigned char>(over.value.toString()[i]), Value::Kind::Uint8);
        } else {
            const List &list = over.value.asList();
            if (i >= list.items.size())
                break;
            element.value = list.items[i];
            element.boxed = list.type == ListType::Interfaces;
        }
        if (recording)
            element.origin = placeOf(over.origin, std::to_string(i), element.value);
        Slot index{.value = Value::integer(static_cast<std::int64_t>(i), Value::Kind::Int), .origin = element.origin};
        if (!iteration(range, std::move(index), std::move(element)))
            break;
    }
    return count > 0;
}

/// One run of a loop's body; false when it ended in a break.
bool Executor::State::iteration(const RangeNode &range, Slot index, Slot element)
{
    step();
    const std::vector<VariableName> &names = range.pipeline.variables;
    if (!names.empty() && range.pipeline.assigns) {
        variable(names.front()) = names.size() > 1 ? std::move(index) : element;
        if (names.size() > 1)
            variable(names[1]) = element;
    } else if (!names.empty()) {
        m_variables.back().slot = element;
        if (names.size() > 1)
            m_variables[m_variables.size() - 2].slot = std::move(index);
    }
    const std::size_t mark = m_variables.size();
    const Flow flow = walk(*range.block, element);
    popTo(mark);
    return flow != Flow::Break;
}

void Executor::State::walkTemplate(const Node &node, const TemplateNode &call, const Slot &dot)
{
    const std::shared_ptr<const Template> target = m_templates->find(call.name);
    if (!target)
        fail("template " + goQuote(call.name) + " not defined");
    if (m_depth == maxTemplateDepth || stackUsed() > m_stackBytes) {
        failLimit(Error{.code = Error::Code::LimitExceeded,
            .message = "exceeded maximum template depth (" + std::to_string(maxTemplateDepth) + ")",
            .id = "template.limit.depth"});
    }
    Slot data;
    if (call.argument)
        data = evaluate(*call.argument, dot);
    if (recording)
        remember(data.value, data.origin);
    ++m_depth;
    enter(target, data);
    --m_depth;
    at(node);
}

} // namespace pk::tmpl
