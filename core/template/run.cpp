// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/quote.h"
#include "template/executorstate.h"
#include "template/parser.h"

namespace pk::tmpl {

namespace {

/// What an include costs beside the nodes that it executes.
constexpr std::uint64_t stepsOfInclude = 30;
/// What a text costs before it can be executed: parsing, and the memory of what was parsed.
constexpr std::uint64_t stepsOfParsing = 100;
constexpr std::uint64_t stepsPerParsedByte = 10;

Error missingTemplate(std::string_view name, const TemplateSet &templates)
{
    return Error{.code = Error::Code::NotFound,
        .message = "template: no template " + goQuote(name) + " associated with template " + goQuote(templates.name())};
}

} // namespace

/// Turns the output of a template into a value of its caller, for the life of a block.
class Executor::State::Redirection
{
public:
    Redirection(State &state, std::string &out) :
        m_state(state), m_out(state.m_out), m_spans(state.m_spans), m_reads(state.m_reads), m_depth(state.m_depth),
        m_templates(state.m_templates)
    {
        state.m_out = &out;
        state.m_spans = nullptr;
        state.m_reads = OriginTable::none;
    }
    ~Redirection()
    {
        m_state.m_callReads = m_state.origins.unite(m_state.m_callReads, m_state.m_reads);
        m_state.m_calledTemplate = true;
        m_state.m_out = m_out;
        m_state.m_spans = m_spans;
        m_state.m_reads = m_reads;
        m_state.m_depth = m_depth;
        m_state.m_templates = m_templates;
    }
    Redirection(const Redirection &) = delete;
    Redirection &operator=(const Redirection &) = delete;

private:
    State &m_state;
    std::string *m_out;
    std::vector<OutputSpan> *m_spans;
    OriginId m_reads;
    int m_depth;
    const TemplateSet *m_templates;
};

Result<Rendered> Executor::State::render(std::string_view name, const Value &data)
{
    m_stackBase = static_cast<const char *>(__builtin_frame_address(0));
    lastError = {};
    m_inner.reset();
    m_live.clear();
    m_places.clear();
    Rendered rendered;
    const std::shared_ptr<const Template> target = m_templates->find(name);
    if (!target) {
        lastError.cause = missingTemplate(name, *m_templates);
        lastError.text = lastError.cause.message;
        return lastError.cause;
    }
    m_surroundings.random.begin(name);
    m_out = &rendered.text;
    m_spans = recording ? &rendered.spans : nullptr;
    if (recording)
        remember(data, OriginTable::root);
    try {
        enter(target, {.value = data, .origin = recording ? OriginTable::root : OriginTable::none});
    } catch (const ExecutionStop &) {
        const ErrorLink &place = lastError.links.front();
        return Error{.code = lastError.cause.code,
            .message = lastError.text,
            .at = {.file = place.file, .begin = 0, .end = 0, .line = place.line, .column = place.column},
            .id = lastError.cause.id};
    }
    return rendered;
}

Result<std::string> Executor::State::run(const std::shared_ptr<const Template> &target, const Value &data)
{
    if (stackUsed() > m_stackBytes) {
        return Error{.code = Error::Code::LimitExceeded,
            .message = "templates are nested too deeply",
            .id = "template.limit.depth"};
    }
    Slot slot{.value = data};
    if (recording) {
        slot.origin = originOf(data);
        if (slot.origin == OriginTable::none)
            slot.origin = m_callOrigin;
    }
    std::string out;
    const Redirection redirection(*this, out);
    try {
        enter(target, slot);
    } catch (const ExecutionStop &) {
        m_inner = std::move(lastError);
        return Error{.code = m_inner->cause.code, .message = m_inner->text, .id = m_inner->cause.id};
    }
    return out;
}

Result<std::string> Executor::State::include(std::string_view name, const Value &data)
{
    if (const Result<void> done = work(stepsOfInclude); !done)
        return done.error();
    auto live = m_live.find(name);
    if (live == m_live.end())
        live = m_live.emplace(std::string(name), 0).first;
    if (live->second > m_sameInclude) {
        return Error{.code = Error::Code::LimitExceeded,
            .message =
                "rendering template has a nested reference name: " + std::string(name) + ": unable to execute template",
            .id = "template.limit.depth"};
    }
    const std::shared_ptr<const Template> target = m_templates->find(name);
    if (!target)
        return missingTemplate(name, *m_templates);
    ++live->second;
    Result<std::string> result = run(target, data);
    --live->second;
    return result;
}

Result<std::string> Executor::State::executeText(std::string_view text, const Value &data)
{
    if (const Result<void> done = work(stepsOfInclude); !done)
        return done.error();
    auto parsed = m_texts.find(text);
    if (parsed == m_texts.end()) {
        if (const Result<void> done = work(stepsOfParsing + stepsPerParsedByte * text.size()); !done)
            return done.error();
        Result<ParsedText> fresh = m_templates->parseOnly(m_templates->name(), std::string(text));
        if (!fresh) {
            Error error = fresh.error();
            error.id = "template.parse";
            return error;
        }
        parsed = m_texts.emplace(std::string(text), std::make_shared<const ParsedText>(std::move(*fresh))).first;
    }
    const std::shared_ptr<const ParsedText> kept = parsed->second;
    TemplateSet overlay(m_templates);
    overlay.add(*kept);
    const TemplateSet *below = std::exchange(m_templates, &overlay);
    Result<std::string> result = run(std::make_shared<const Template>(kept->main()), data);
    m_templates = below;
    return result;
}

} // namespace pk::tmpl
