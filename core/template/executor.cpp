// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/executor.h"

#include "template/executorstate.h"

#include <utility>

namespace pk::tmpl {

Executor::Executor(const TemplateSet &templates, const Surroundings &surroundings, const Budget &budget) :
    m_state(std::make_unique<State>(*this, templates, surroundings, budget))
{
}

Executor::~Executor() = default;

void Executor::setMissingKey(MissingKey missingKey)
{
    m_state->missingKey = missingKey;
}

void Executor::setMethods(MapType type, const FunctionTable &methods)
{
    m_state->methods[static_cast<std::size_t>(type)] = &methods;
}

void Executor::recordSpans(bool on)
{
    m_state->recording = on;
}

Result<Rendered> Executor::render(std::string_view name, const Value &data)
{
    return m_state->render(name, data);
}

const ExecError &Executor::lastError() const
{
    return m_state->lastError;
}

const OriginTable &Executor::origins() const
{
    return m_state->origins;
}

OriginTable Executor::takeOrigins()
{
    return std::exchange(m_state->origins, OriginTable());
}

const Template &Executor::templateAt(std::uint32_t templateId) const
{
    return *m_state->usedTemplates.at(templateId);
}

std::uint32_t Executor::templateCount() const
{
    return static_cast<std::uint32_t>(m_state->usedTemplates.size());
}

const Dialect &Executor::dialect() const
{
    return m_state->surroundings().dialect;
}

RandomSource &Executor::random()
{
    m_state->markVarying();
    return m_state->surroundings().random;
}

WallTime Executor::now()
{
    m_state->markVarying();
    return m_state->surroundings().clock.now();
}

Result<std::string> Executor::execute(std::string_view templateName, const Value &data)
{
    return m_state->include(templateName, data);
}

Result<std::string> Executor::executeText(std::string_view text, const Value &data)
{
    return m_state->executeText(text, data);
}

std::uint64_t Executor::bytesLeft() const
{
    return m_state->bytesLeft();
}

Result<void> Executor::afford(std::uint64_t bytes) const
{
    return m_state->afford(bytes);
}

Result<void> Executor::spend(std::uint64_t bytes)
{
    return m_state->spend(bytes);
}

Result<void> Executor::affordTree(const Value &value) const
{
    return m_state->affordTree(value);
}

Result<void> Executor::work(std::uint64_t steps)
{
    return m_state->work(steps);
}

Limits &limitsOf(CallContext &context)
{
    return static_cast<Executor &>(context); // there is no other
}

} // namespace pk::tmpl
