// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/flags.h"

#include "base/quote.h"

#include <algorithm>
#include <array>
#include <optional>

namespace pk::cli {

namespace {

Error usageError(std::string message)
{
    return {.code = Error::Code::InvalidInput, .message = std::move(message)};
}

std::optional<bool> parseBool(std::string_view text)
{
    static constexpr std::array<std::string_view, 6> yes = {"1", "t", "T", "TRUE", "true", "True"};
    static constexpr std::array<std::string_view, 6> no = {"0", "f", "F", "FALSE", "false", "False"};
    if (std::ranges::find(yes, text) != yes.end())
        return true;
    if (std::ranges::find(no, text) != no.end())
        return false;
    return std::nullopt;
}

class Reader
{
public:
    Reader(const std::vector<std::string> &arguments, const std::vector<Flag> &flags) :
        m_arguments(arguments), m_flags(flags)
    {
    }

    Result<std::vector<std::string>> run()
    {
        std::vector<std::string> rest;
        for (m_at = 0; m_at < m_arguments.size(); ++m_at) {
            const std::string &argument = m_arguments[m_at];
            Result<void> done;
            if (argument == "--") {
                rest.insert(rest.end(), m_arguments.begin() + static_cast<std::ptrdiff_t>(m_at) + 1, m_arguments.end());
                break;
            }
            if (argument.starts_with("--"))
                done = longFlag(argument);
            else if (argument.size() > 1 && argument.front() == '-')
                done = shortFlags(argument);
            else
                rest.push_back(argument);
            if (!done)
                return done.error();
        }
        return rest;
    }

private:
    Result<void> longFlag(const std::string &argument)
    {
        const auto equals = argument.find('=');
        const std::string name = argument.substr(2, equals == std::string::npos ? equals : equals - 2);
        const auto flag = std::ranges::find(m_flags, name, &Flag::name);
        if (name.empty() || name.front() == '-')
            return usageError("bad flag syntax: " + argument);
        if (flag == m_flags.end())
            return usageError("unknown flag: --" + name);
        if (equals != std::string::npos)
            return assign(*flag, argument.substr(equals + 1));
        if (flag->type == Flag::Type::Switch)
            return assign(*flag, "true");
        if (flag->type == Flag::Type::Optional)
            return assign(*flag, "unset");
        if (++m_at == m_arguments.size())
            return usageError("flag needs an argument: --" + name);
        return assign(*flag, m_arguments[m_at]);
    }

    /// `-f file`, `-ffile`, `-f=file`, and switches in a row.
    Result<void> shortFlags(const std::string &argument)
    {
        for (std::size_t i = 1; i < argument.size(); ++i) {
            const auto flag = std::ranges::find(m_flags, argument[i], &Flag::shorthand);
            if (flag == m_flags.end())
                return usageError(std::string("unknown shorthand flag: '") + argument[i] + "' in " + argument);
            const bool valueFollows = i + 2 < argument.size() && argument[i + 1] == '=';
            if (valueFollows)
                return assign(*flag, argument.substr(i + 2));
            if (flag->type == Flag::Type::Switch) {
                if (const auto done = assign(*flag, "true"); !done)
                    return done;
                continue;
            }
            if (i + 1 < argument.size())
                return assign(*flag, argument.substr(i + 1));
            if (++m_at == m_arguments.size())
                return usageError(std::string("flag needs an argument: '") + argument[i] + "' in " + argument);
            return assign(*flag, m_arguments[m_at]);
        }
        return {};
    }

    static Result<void> assign(const Flag &flag, const std::string &text)
    {
        if (flag.given)
            *flag.given = true;
        const std::string shorthand = flag.shorthand ? std::string("-") + flag.shorthand + ", " : "";
        const std::string invalid =
            "invalid argument " + goQuote(text) + " for \"" + shorthand + "--" + std::string(flag.name) + "\" flag: ";
        if (const auto good = flag.check ? flag.check(text) : Result<void>(); !good)
            return good.error().wrapped(invalid);
        switch (flag.type) {
        case Flag::Type::Switch: {
            const auto on = parseBool(text);
            if (!on)
                return usageError(invalid + "strconv.ParseBool: parsing " + goQuote(text) + ": invalid syntax");
            if (flag.on)
                *flag.on = *on;
            break;
        }
        case Flag::Type::Text:
        case Flag::Type::Optional:
            if (flag.text)
                *flag.text = text;
            break;
        case Flag::Type::Texts:
            if (flag.texts)
                flag.texts->push_back(text);
            break;
        case Flag::Type::List:
            if (flag.texts && !text.empty())
                std::ranges::move(splitCsv(text), std::back_inserter(*flag.texts));
            break;
        }
        return {};
    }

    const std::vector<std::string> &m_arguments;
    const std::vector<Flag> &m_flags;
    std::size_t m_at = 0;
};

} // namespace

std::vector<std::string> splitCsv(std::string_view text)
{
    std::vector<std::string> fields(1);
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '"' && quoted && i + 1 < text.size() && text[i + 1] == '"')
            fields.back() += text[++i];
        else if (c == '"' && (quoted || fields.back().empty()))
            quoted = !quoted;
        else if (c == ',' && !quoted)
            fields.emplace_back();
        else
            fields.back() += c;
    }
    return fields;
}

Result<std::vector<std::string>> parseFlags(const std::vector<std::string> &arguments, const std::vector<Flag> &flags)
{
    return Reader(arguments, flags).run();
}

} // namespace pk::cli
