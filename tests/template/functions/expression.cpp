// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression.h"

#include "yaml/json.h"

#include <optional>

using namespace pk;
using namespace pk::tmpl;

Result<void> StillContext::spend(std::uint64_t bytes)
{
    if (bytes > budget)
        return Error {Error::Code::LimitExceeded, "too much"};
    return {};
}

namespace {

class Evaluator
{
public:
    Evaluator(std::string_view text, const FunctionTable &functions, CallContext &context, const Value &dot) :
        m_rest(text), m_functions(functions), m_context(context), m_dot(dot)
    { }

    Result<Value> pipeline()
    {
        std::optional<Value> piped;
        for (;;) {
            Result<Value> value = command(piped);
            if (!value)
                return value;
            piped = *value;
            blanks();
            if (!take('|'))
                return value;
        }
    }

private:
    static Error wrong(std::string message) { return {Error::Code::Internal, "test: " + std::move(message)}; }

    void blanks()
    {
        while (m_rest.starts_with(' '))
            m_rest.remove_prefix(1);
    }

    bool take(char c)
    {
        if (!m_rest.starts_with(c))
            return false;
        m_rest.remove_prefix(1);
        return true;
    }

    std::string_view word()
    {
        std::size_t end = 0;
        while (end < m_rest.size() && (std::isalnum(static_cast<unsigned char>(m_rest[end])) || m_rest[end] == '_'))
            ++end;
        const std::string_view result = m_rest.substr(0, end);
        m_rest.remove_prefix(end);
        return result;
    }

    bool atEnd()
    {
        blanks();
        return m_rest.empty() || m_rest[0] == ')' || m_rest[0] == '|';
    }

    Result<Value> command(const std::optional<Value> &piped)
    {
        blanks();
        const Function *function = nullptr;
        if (!m_rest.empty() && std::isalpha(static_cast<unsigned char>(m_rest[0])) && !literalWord()) {
            const std::string_view name = word();
            function = m_functions.find(name);
            if (!function)
                return wrong("no function " + std::string(name));
        }
        std::vector<Value> arguments;
        std::optional<Value> first;
        while (!atEnd()) {
            m_method = {};
            Result<Value> value = operand();
            if (!value)
                return value;
            // A method as the command takes what follows as its arguments.
            if (!function && !first) {
                first = *value;
                m_pending = m_method;
                m_receiver = m_methodOf;
            } else {
                arguments.push_back(*value);
            }
        }
        if (piped)
            arguments.push_back(*piped);
        if (function)
            return call(*function, arguments);
        if (!arguments.empty() && !m_pending.empty())
            return method(m_receiver, m_pending, arguments);
        return first ? *first : Value();
    }

    bool literalWord() const
    {
        for (std::string_view literal : {"nil", "true", "false"}) {
            if (m_rest.starts_with(literal)
                && (m_rest.size() == literal.size() || !std::isalnum(static_cast<unsigned char>(m_rest[literal.size()]))))
                return true;
        }
        return false;
    }

    Result<Value> call(const Function &function, std::vector<Value> arguments)
    {
        const std::size_t fixed = function.params.size() - (function.variadic ? 1 : 0);
        if (arguments.size() < fixed || (!function.variadic && arguments.size() > fixed))
            return wrong("wrong number of arguments for " + std::string(function.name));
        for (std::size_t i = 0; i < arguments.size(); ++i)
            arguments[i] = fitting(arguments[i], function.params[std::min(i, function.params.size() - 1)]);
        return function.body(m_context, arguments);
    }

    /// Numbers take the type of the parameter, as constants do.
    static Value fitting(const Value &value, Param param)
    {
        if (param == Param::Float64 && value.kind() == Value::Kind::Int)
            return Value::number(static_cast<double>(value.toInt()));
        if (param == Param::Uint64 && value.kind() == Value::Kind::Int)
            return Value::unsignedInteger(static_cast<std::uint64_t>(value.toInt()));
        return value;
    }

    Result<Value> operand()
    {
        Result<Value> value = term();
        while (value && m_rest.starts_with('.')) {
            m_rest.remove_prefix(1);
            const std::string_view name = word();
            if (value->isMap()) {
                value = value->get(name);
                continue;
            }
            if (!value->isObject())
                return wrong("no field " + std::string(name));
            m_methodOf = *value;
            m_method = name;
            // Those that need arguments wait for them.
            Result<Value> result = method(*value, name, {});
            value = result ? result : Result<Value>(Value());
        }
        return value;
    }

    Result<Value> method(const Value &object, std::string_view name, const std::vector<Value> &arguments)
    {
        Value result;
        std::string error;
        if (!object.asObject().field(name, result) && !object.asObject().call(name, arguments, result, error))
            return wrong("no method " + std::string(name));
        if (!error.empty())
            return Error {Error::Code::InvalidInput, error};
        return result;
    }

    Result<Value> term()
    {
        if (take('(')) {
            Evaluator inner(m_rest, m_functions, m_context, m_dot);
            Result<Value> value = inner.pipeline();
            m_rest = inner.m_rest;
            if (value && !take(')'))
                return wrong("no closing parenthesis");
            return value;
        }
        if (m_rest.starts_with('"') || m_rest.starts_with('`'))
            return text();
        if (m_rest.starts_with('.')) {
            m_rest.remove_prefix(1);
            return m_dot.get(word());
        }
        if (std::isdigit(static_cast<unsigned char>(m_rest[0])) || m_rest[0] == '-')
            return number();
        const std::string_view name = word();
        if (name == "nil")
            return Value();
        if (name == "true" || name == "false")
            return Value::boolean(name == "true");
        const Function *const function = m_functions.find(name);
        return function ? call(*function, {}) : Result<Value>(wrong("no function " + std::string(name)));
    }

    Result<Value> number()
    {
        const std::size_t end = std::min(m_rest.find_first_of(" )|"), m_rest.size());
        const std::string digits(m_rest.substr(0, end));
        m_rest.remove_prefix(end);
        if (digits.find_first_of(".e") != digits.npos)
            return Value::number(std::stod(digits));
        return Value::integer(std::stoll(digits), Value::Kind::Int);
    }

    Result<Value> text()
    {
        const char quote = m_rest[0];
        std::string result;
        m_rest.remove_prefix(1);
        while (!m_rest.empty() && m_rest[0] != quote) {
            const char c = m_rest[0];
            m_rest.remove_prefix(1);
            if (c != '\\' || quote == '`') {
                result += c;
                continue;
            }
            const char escape = m_rest[0];
            m_rest.remove_prefix(1);
            const std::size_t digits = escape == 'x' ? 2 : escape == 'u' ? 4 : escape == 'U' ? 8 : 0;
            if (digits == 0) {
                const std::string_view letters = "ntr\"\\";
                result += "\n\t\r\"\\"[letters.find(escape)];
                continue;
            }
            const unsigned long code = std::stoul(std::string(m_rest.substr(0, digits)), nullptr, 16);
            m_rest.remove_prefix(digits);
            if (escape == 'x') {
                result += static_cast<char>(code);
            } else {
                // JSON knows how to write a code point; beyond 16 bits as a pair.
                char json[32];
                if (code < 0x10000)
                    std::snprintf(json, sizeof json, "\"\\u%04lx\"", code);
                else
                    std::snprintf(json, sizeof json, "\"\\u%04lx\\u%04lx\"", 0xD800 + ((code - 0x10000) >> 10),
                        0xDC00 + ((code - 0x10000) & 0x3FF));
                result += yaml::parseJson(json)->toString();
            }
        }
        m_rest.remove_prefix(1);
        return Value::string(result);
    }

    std::string_view m_rest;
    const FunctionTable &m_functions;
    CallContext &m_context;
    const Value &m_dot;
    std::string_view m_method;
    std::string_view m_pending;
    Value m_methodOf;
    Value m_receiver;
};

} // namespace

Result<Value> evaluate(
    std::string_view expression, const FunctionTable &functions, CallContext &context, const Value &dot)
{
    return Evaluator(expression, functions, context, dot).pipeline();
}
