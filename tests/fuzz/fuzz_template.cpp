// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/helmfunctions.h"
#include "chart/levels.h"
#include "fuzz/fuzz.h"
#include "template/executor.h"
#include "template/lexer.h"
#include "yaml/reader.h"

#include <array>

using namespace pk;
using namespace std::chrono_literals;
using fuzz::holds;

namespace {

class SameRandom final : public tmpl::RandomSource
{
public:
    void fill(std::span<unsigned char> bytes) override
    {
        for (unsigned char &byte : bytes)
            byte = static_cast<unsigned char>(m_next = m_next * 1103515245U + 12345U);
    }

private:
    std::uint32_t m_next = 1;
};

Result<Value> refuse(tmpl::CallContext &, std::span<const Value>)
{
    return Error{Error::Code::InvalidInput, "left out of fuzzing: slow by its nature"};
}

/// Keys and password hashes take their time by design; one of them would be all that a second of fuzzing does.
const tmpl::FunctionTable &functions()
{
    static const tmpl::FunctionTable table = [] {
        tmpl::FunctionTable all = chart::functionsOf(chart::levels43());
        std::vector<tmpl::Function> slow;
        for (const char *name :
            {"genCA", "genCAWithKey", "genPrivateKey", "genSelfSignedCert", "genSelfSignedCertWithKey", "genSignedCert",
                "genSignedCertWithKey", "bcrypt", "derivePassword", "htpasswd", "encryptAES"}) {
            tmpl::Function function = *all.find(name);
            function.body = refuse;
            slow.push_back(function);
        }
        all.add(slow);
        return all;
    }();
    return table;
}

/// Tokens stand in the text, one behind the other, and end.
void checkLexer(std::string_view text)
{
    tmpl::Lexer lexer(text);
    std::size_t last = 0;
    for (std::size_t count = 0;; ++count) {
        holds(count <= 2 * text.size() + 16, "the lexer comes to an end", text);
        const tmpl::Token token = lexer.next();
        (void)token.describe();
        if (token.type == tmpl::TokenType::Eof || token.type == tmpl::TokenType::Error)
            return;
        holds(token.pos >= last && token.pos + token.text.size() <= text.size(), "tokens are in order", text);
        last = token.pos;
    }
}

/// Spans come by their ends and lie in what was written.
void checkSpans(const tmpl::Rendered &rendered, std::string_view text)
{
    std::uint32_t last = 0;
    for (const tmpl::OutputSpan &span : rendered.spans) {
        holds(span.begin <= span.end && span.end <= rendered.text.size(), "a span lies in the output", text);
        holds(span.end >= last, "spans are ordered by their ends", text);
        last = span.end;
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto [text, values] = [&] {
        const auto both = fuzz::parts(fuzz::textOf(data, size), 2);
        return std::pair(both[0], both[1]);
    }();
    checkLexer(text);
    tmpl::TemplateSet templates(functions(), "gotpl");
    if (!templates.parse("c/templates/a.yaml", std::string(text)))
        return 0;
    const Result<Value> tree = yaml::toMap(values);
    const Value dot =
        Value::map({{"Values", tree ? *tree : Value::map()}, {"Release", Value::map({{"Name", Value::string("r")}})}});

    SameRandom random;
    const Clock clock;
    const tmpl::Dialect dialect;
    tmpl::Budget budget;
    budget.steps = 20'000;
    budget.bytes = 1U << 20U;
    budget.time = 2000ms;
    budget.stackBytes = 2U << 20U;
    budget.sameInclude = 50;
    tmpl::Executor executor(templates, {dialect, random, clock}, budget);
    executor.recordSpans(true);
    const Result<tmpl::Rendered> rendered = executor.render("c/templates/a.yaml", dot);
    if (rendered)
        checkSpans(*rendered, text);
    else
        holds(!rendered.error().message.empty(), "a failure has words", text);
    return 0;
}
