// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/executorstate.h"

#include "base/overloaded.h"
#include "base/quote.h"

#include <algorithm>

namespace pk::tmpl {

namespace {

/// Bytes of text that are looked through in a step.
constexpr std::uint64_t bytesPerStep = 4;
/// The deepest tree that is walked; less where the templates have used up the stack.
constexpr std::size_t deepestTree = 5'000;
/// What walking one level of a tree takes of the stack at most.
constexpr std::size_t stackPerLevel = 1024;
/// Levels that fit into what lies below the limit of the templates' stack.
constexpr std::size_t levelsInReserve = 1'000;

Error limitError(std::string_view which, std::string message)
{
    return Error{.code = Error::Code::LimitExceeded,
        .message = std::move(message),
        .id = "template.limit." + std::string(which)};
}

/// Counts what somebody who goes through a tree would meet; parts that are shared count as often as they are met.
class Survey
{
public:
    Survey(std::uint64_t bytes, std::size_t depth) : m_bytes(bytes), m_bytesLeft(bytes), m_depth(depth) { }

    /// False when the tree is too large or too deep. Without recursion: the tree may be deeper than the stack.
    bool visit(const Value &tree)
    {
        m_levels.push_back(levelOf(tree));
        while (!m_levels.empty()) {
            Level &level = m_levels.back();
            if (level.next == level.items.size() + level.entries.size()) {
                m_levels.pop_back();
                continue;
            }
            const std::size_t at = level.next++;
            const bool isEntry = level.items.empty();
            const Value &value = isEntry ? level.entries[at].value : level.items[at];
            if (!take(1 + (isEntry ? level.entries[at].key.size() : 0)) || !enter(value))
                return false;
        }
        return true;
    }

    bool isTooDeep() const { return m_levels.size() == m_depth; }
    /// What somebody who goes the same way has to do.
    std::uint64_t steps() const { return stepsPerNode * m_nodes + (m_bytes - m_bytesLeft) / bytesPerStep; }

private:
    struct Level
    {
        std::span<const Value> items = {};
        std::span<const Map::Entry> entries = {};
        std::size_t next = 0;
    };

    static Level levelOf(const Value &value)
    {
        if (value.isList())
            return {.items = value.asList().items};
        return {.entries = value.asMap().entries()};
    }

    bool enter(const Value &value)
    {
        ++m_nodes;
        if (value.isString() || value.kind() == Value::Kind::Bytes)
            return take(value.toString().size());
        if (!value.isList() && !value.isMap())
            return true;
        if (isTooDeep())
            return false;
        m_levels.push_back(levelOf(value));
        return true;
    }

    bool take(std::uint64_t bytes)
    {
        if (bytes > m_bytesLeft) {
            m_levels.clear(); // it is not the depth
            return false;
        }
        m_bytesLeft -= bytes;
        return true;
    }

    static constexpr std::uint64_t stepsPerNode = 8;

    std::uint64_t m_bytes;
    std::uint64_t m_bytesLeft;
    std::uint64_t m_nodes = 0;
    std::size_t m_depth;
    std::vector<Level> m_levels;
};

} // namespace

Executor::State::State(
    Executor &executor, const TemplateSet &templates, const Surroundings &surroundings, const Budget &budget) :
    m_executor(executor),
    m_surroundings(surroundings), m_templates(&templates), m_deadline(surroundings.clock.ticks() + budget.time),
    m_cancelled(budget.cancelled), m_stepsLeft(budget.steps), m_bytesLeft(budget.bytes),
    m_stackBytes(budget.stackBytes), m_sameInclude(budget.sameInclude)
{
    m_variables.reserve(32);
}

/// Takes what going through the arguments of a call costs; with `trees` it goes to their leaves.
bool Executor::State::payFor(std::span<const Value> arguments, bool trees)
{
    std::uint64_t steps = 0;
    Result<void> paid;
    for (const Value &argument : arguments) {
        if (argument.isString() || argument.kind() == Value::Kind::Bytes)
            steps += argument.toString().size() / bytesPerStep;
        else if (trees && isTree(argument))
            paid = paid ? affordTree(argument) : paid;
        else if (argument.isList())
            steps += argument.asList().items.size();
        else if (argument.isMap())
            steps += 4 * argument.asMap().size();
    }
    if (paid && steps > 0)
        paid = work(steps);
    if (!paid)
        m_unpaid = paid.error();
    return paid.ok();
}

/// Takes steps that stand for the memory of a new list or map, which a template may keep.
bool Executor::State::payForNew(const Value &result)
{
    const std::uint64_t steps =
        result.isList() ? 16 + 2 * result.asList().items.size() : 32 + 8 * result.asMap().size();
    const Result<void> paid = work(steps);
    if (!paid)
        m_unpaid = paid.error();
    return paid.ok();
}

void Executor::State::stepAndCheck()
{
    if (const Result<void> done = work(1); !done)
        failLimit(done.error());
}

Result<void> Executor::State::work(std::uint64_t steps)
{
    if (steps > m_stepsLeft)
        return limitError("steps", "execution needs too many steps");
    const std::uint64_t before = m_stepsLeft;
    m_stepsLeft -= steps;
    if (before / stepsPerCheck == m_stepsLeft / stepsPerCheck)
        return {};
    return checkLimits();
}

Result<void> Executor::State::checkLimits() const
{
    if (m_cancelled && m_cancelled->load(std::memory_order_relaxed))
        return Error{.code = Error::Code::Cancelled, .message = "execution was cancelled"};
    if (m_surroundings.clock.ticks() > m_deadline)
        return limitError("time", "execution takes too long");
    return {};
}

Result<void> Executor::State::afford(std::uint64_t bytes) const
{
    if (bytes > m_bytesLeft)
        return limitError("bytes", "execution makes too much text");
    return {};
}

Result<void> Executor::State::affordTree(const Value &value)
{
    if (!isTree(value))
        return {};
    const std::size_t used = stackUsed();
    const std::size_t levels = used < m_stackBytes ? (m_stackBytes - used) / stackPerLevel : 0;
    Survey survey(m_bytesLeft, std::min(deepestTree, levels + levelsInReserve));
    if (survey.visit(value))
        return work(survey.steps());
    if (survey.isTooDeep())
        return limitError("tree", "a value is nested too deeply, or holds itself");
    return limitError("bytes", "execution makes too much text");
}

Result<void> Executor::State::spend(std::uint64_t bytes)
{
    return take(bytes) ? Result<void>() : afford(bytes);
}

std::size_t Executor::State::stackUsed() const
{
    const char *here = static_cast<const char *>(__builtin_frame_address(0)); // A local may lie on a sanitizer's heap.
    return m_stackBase > here ? static_cast<std::size_t>(m_stackBase - here) : 0;
}

ErrorLink Executor::State::linkHere() const
{
    ErrorLink link{.file = m_template->source->name, .templateName = m_template->name};
    const auto set = [&link, this](const auto *node) {
        const std::string_view before = std::string_view(m_template->source->text).substr(0, node->pos);
        link.line = 1 + static_cast<int>(std::count(before.begin(), before.end(), '\n'));
        link.column = static_cast<int>(before.size() - (before.rfind('\n') + 1));
        link.context = print(*node);
    };
    std::visit(overloaded{[](std::monostate) {}, set}, m_place);
    return link;
}

void Executor::State::stopWith(ErrorLink link, Error cause, bool onlyTemplateErrors, OriginId about)
{
    lastError = {};
    if (origins.isPath(about))
        lastError.origin = origins.keys(about);
    lastError.text = link.prefix() + link.message;
    lastError.links.push_back(std::move(link));
    lastError.onlyTemplateErrors = onlyTemplateErrors;
    lastError.cause = std::move(cause);
    throw ExecutionStop();
}

void Executor::State::fail(std::string message, OriginId about)
{
    ErrorLink link = linkHere();
    link.message = message;
    stopWith(std::move(link), Error{.code = Error::Code::InvalidInput, .message = std::move(message)}, true, about);
}

void Executor::State::failLimit(const Error &error)
{
    ErrorLink link = linkHere();
    link.message = error.message;
    stopWith(std::move(link), error, true);
}

void Executor::State::failCall(std::string_view name, const Error &error)
{
    ErrorLink link = linkHere();
    link.message = "error calling " + std::string(name) + ": ";
    if (!m_inner || !error.message.ends_with(m_inner->text)) {
        link.message += error.message;
        // Helm takes Go's own word about a missing template for a template's error.
        stopWith(std::move(link), error, error.message.starts_with("template: no template "));
    }
    // The function handed an inner template's error on, perhaps with words before it.
    ExecError inner = std::move(*m_inner);
    m_inner.reset();
    const std::size_t added = error.message.size() - inner.text.size();
    link.message += error.message.substr(0, added);
    inner.onlyTemplateErrors = inner.onlyTemplateErrors && added == 0;
    inner.text = link.prefix() + link.message + inner.text;
    inner.links.insert(inner.links.begin(), std::move(link));
    lastError = std::move(inner);
    throw ExecutionStop();
}

/// The origin of what stands at `key` below `parent`; what is below no known path may still be a list or map of the
/// data.
OriginId Executor::State::placeOf(OriginId parent, std::string_view key, const Value &value)
{
    if (origins.isPath(parent)) {
        const OriginId origin = origins.child(parent, key);
        remember(value, origin);
        return origin;
    }
    const OriginId known = originOf(value);
    return known != OriginTable::none ? known : parent;
}

void Executor::State::remember(const Value &value, OriginId origin)
{
    if (value.isMap())
        m_places.try_emplace(&value.asMap(), origin);
    else if (value.isList())
        m_places.try_emplace(&value.asList(), origin);
}

OriginId Executor::State::originOf(const Value &value)
{
    const void *address = value.isMap() ? static_cast<const void *>(&value.asMap())
        : value.isList()                ? static_cast<const void *>(&value.asList())
                                        : nullptr;
    const auto found = address ? m_places.find(address) : m_places.end();
    return found != m_places.end() ? found->second : OriginTable::none;
}

void Executor::State::span(std::size_t begin, const Node &node, OriginId origin, OutputSpan::Kind kind)
{
    if (!m_spans) {
        m_reads = origins.unite(m_reads, origin);
        return;
    }
    m_spans->push_back({.begin = static_cast<std::uint32_t>(begin),
        .end = static_cast<std::uint32_t>(m_out->size()),
        .templateId = m_templateId,
        .line = node.line,
        .origin = origin,
        .kind = kind});
}

void Executor::State::markVarying()
{
    m_callReads = origins.unite(m_callReads, OriginTable::varying);
}

} // namespace pk::tmpl
