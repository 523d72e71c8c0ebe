// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "template/execerror.h"
#include "template/function.h"
#include "template/limits.h"
#include "template/origin.h"
#include "template/templateset.h"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace pk::tmpl {

/// What an execution may use at most, over all render() calls of one Executor together. Whatever is reached ends the
/// execution with Error::Code::LimitExceeded and the id "template.limit.steps", ".time", ".bytes", ".depth" or ".tree".
struct Budget
{
    std::uint64_t steps = 50'000'000; ///< Nodes walked and functions called.
    std::uint64_t bytes = 256u << 20; ///< Written, and spent by functions.
    std::chrono::milliseconds time{30'000}; ///< From the construction of the Executor on.
    std::size_t stackBytes = 5u << 20; ///< Of the calling thread's stack, from the outermost render() down.
    int sameInclude = 1000; ///< Live execute() calls of one template name, as Helm counts them.
    const std::atomic<bool> *cancelled = nullptr; ///< Set from any thread: ends with Error::Code::Cancelled.
};

/// What an Executor borrows. Everything must outlive it.
struct Surroundings
{
    const Dialect &dialect;
    RandomSource &random;
    const Clock &clock;
};

/// Go's option missingkey: what a key gives that is not in a map.
enum class MissingKey : std::uint8_t {
    Invalid, ///< No value at all: `.a.b` below it is fine. Go's default.
    Zero, ///< The zero of the map's elements: a nil, `.a.b` below which fails. Helm's choice.
    Error, ///< A failure. Helm's strict linting.
};

/// One piece of output and what made it. Spans of one render are ordered by `end`, and may nest: a Condition span
/// encloses what an if, with or range wrote.
struct OutputSpan
{
    enum class Kind : std::uint8_t {
        Text, ///< Copied from the template.
        Value, ///< Written by an action; `origin` tells what it read.
        Condition, ///< Written (or not, when empty) because of the value at `origin`.
    };

    std::uint32_t begin = 0; ///< Byte offset in Rendered::text.
    std::uint32_t end = 0;
    std::uint32_t templateId = 0; ///< For Executor::templateAt().
    std::uint32_t line = 0; ///< In that template's source, 1-based, of the action or of the text's first byte.
    OriginId origin = OriginTable::none; ///< For Executor::origins(), which also tells whether the piece varies.
    Kind kind = Kind::Text;
};

/// What one template made.
struct Rendered
{
    std::string text;
    std::vector<OutputSpan> spans; ///< Empty unless recorded.
};

/// Executes templates of one set, one after another, on the caller's thread: one Executor for one rendering of a chart.
/// It is what running functions ask for random bytes, the time, and other templates. Not copyable, not shared between
/// threads; the set must not change while it lives.
class Executor final : public CallContext, public Limits
{
public:
    Executor(const TemplateSet &templates, const Surroundings &surroundings, const Budget &budget = {});
    ~Executor() override;
    Executor(const Executor &) = delete;
    Executor &operator=(const Executor &) = delete;

    /// MissingKey::Zero at first.
    void setMissingKey(MissingKey missingKey);
    /// Methods of a map type (".Files.Get"): functions whose first argument is the map, which `params` leaves out. The
    /// table must outlive the Executor.
    void setMethods(MapType type, const FunctionTable &methods);
    /// Whether render() fills Rendered::spans. Off at first.
    void recordSpans(bool on);

    /// Executes template `name` with `data` as dot and `$`. The Error's message is Go's one line
    /// ("template: F:L:C: executing ..."), its place the outermost one; lastError() has the chain.
    Result<Rendered> render(std::string_view name, const Value &data);

    /// Why the latest render() failed, link by link. Valid until the next render().
    const ExecError &lastError() const;

    const OriginTable &origins() const;
    /// The same, to outlive the Executor, which renders no more after that.
    OriginTable takeOrigins();
    /// The template that an OutputSpan names.
    const Template &templateAt(std::uint32_t templateId) const;
    /// How many there are.
    std::uint32_t templateCount() const;

    // For the functions that run inside:
    const Dialect &dialect() const override;
    RandomSource &random() override;
    WallTime now() override;
    /// Helm's include. A missing template, and more than Budget::sameInclude live calls of one name, are errors in
    /// Helm's words.
    Result<std::string> execute(std::string_view templateName, const Value &data) override;
    /// Helm's tpl, without its wrapping words and without its removal of "<no value>". The text is a template with the
    /// name of the set. A text that does not parse gives an Error with the id "template.parse".
    Result<std::string> executeText(std::string_view text, const Value &data) override;
    std::uint64_t bytesLeft() const override;
    Result<void> afford(std::uint64_t bytes) const override;
    Result<void> spend(std::uint64_t bytes) override;
    Result<void> affordTree(const Value &value) const override;
    Result<void> work(std::uint64_t steps) override;

private:
    class State;
    std::unique_ptr<State> m_state;
};

} // namespace pk::tmpl
