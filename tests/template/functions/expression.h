// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "template/function.h"

#include <string_view>

/// A random source that counts, so that what it makes is the same in every run.
class CountingRandom final : public pk::tmpl::RandomSource
{
public:
    void fill(std::span<unsigned char> bytes) override
    {
        for (unsigned char &byte : bytes)
            byte = m_next++;
    }

private:
    unsigned char m_next = 0;
};

/// What functions may ask for, without an executor: time stands still at 2020-01-02T03:04:05Z, `budget` bytes may be
/// spent, and there are no templates.
class StillContext final : public pk::tmpl::CallContext
{
public:
    explicit StillContext(const pk::tmpl::Dialect &dialect) : m_dialect(dialect) { }

    const pk::tmpl::Dialect &dialect() const override { return m_dialect; }
    pk::tmpl::RandomSource &random() override { return m_random; }
    pk::WallTime now() override { return pk::WallTime(std::chrono::seconds(1577934245)); }
    pk::Result<std::string> execute(std::string_view, const pk::Value &) override { return noTemplates(); }
    pk::Result<std::string> executeText(std::string_view, const pk::Value &) override { return noTemplates(); }
    pk::Result<void> spend(std::uint64_t bytes) override;

    std::uint64_t budget = 1 << 20;

private:
    static pk::Error noTemplates() { return {pk::Error::Code::NotFound, "there are no templates"}; }

    const pk::tmpl::Dialect &m_dialect;
    CountingRandom m_random;
};

/// The value of one pipeline of a template ("trunc 3 .Values.s | quote"): literals, parentheses, pipes, function calls,
/// and chains of fields and methods. Arguments are handed on as they are, without the executor's checks of types.
pk::Result<pk::Value> evaluate(std::string_view expression, const pk::tmpl::FunctionTable &functions,
    pk::tmpl::CallContext &context, const pk::Value &dot);
