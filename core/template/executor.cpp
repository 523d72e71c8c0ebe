// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/executor.h"

#include "template/executorstate.h"

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

const Template &Executor::templateAt(std::uint32_t templateId) const
{
    return *m_state->usedTemplates.at(templateId);
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

Result<void> Executor::spend(std::uint64_t bytes)
{
    if (std::optional<Error> limit = m_state->spend(bytes))
        return std::move(*limit);
    return {};
}

} // namespace pk::tmpl
