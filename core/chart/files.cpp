// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/encoding.h"
#include "base/gopath.h"
#include "base/inputerror.h"
#include "base/split.h"
#include "chart/chartobjects.h"
#include "chart/gotext.h"
#include "yaml/printer.h"

#include <algorithm>
#include <set>

namespace pk::chart {

namespace {

std::span<const Map::Entry> entriesOf(std::span<const Value> arguments)
{
    return arguments.front().asMap().entries();
}

const std::string &dataOf(std::span<const Value> arguments)
{
    static const std::string nothing;
    const Value *data = std::as_const(arguments[0].asMap()).find(arguments[1].toString());
    return data ? data->toString() : nothing;
}

Result<Value> get(tmpl::CallContext & /*context*/, std::span<const Value> arguments)
{
    return Value::string(dataOf(arguments));
}

Result<Value> getBytes(tmpl::CallContext & /*context*/, std::span<const Value> arguments)
{
    return Value::bytes(dataOf(arguments));
}

Result<Value> lines(tmpl::CallContext & /*context*/, std::span<const Value> arguments)
{
    std::string_view text = dataOf(arguments);
    if (text.empty())
        return Value::strings({});
    if (text.ends_with('\n'))
        text.remove_suffix(1);
    const std::vector<std::string_view> found = split(text, "\n");
    return Value::strings({found.begin(), found.end()});
}

/// Helm 4.1 looks at the last byte of a file that has none.
Result<Value> linesOrPanic(tmpl::CallContext &context, std::span<const Value> arguments)
{
    const Value *data = std::as_const(arguments[0].asMap()).find(arguments[1].toString());
    if (data && data->toString().empty())
        return inputError("runtime error: index out of range [-1]");
    return lines(context, arguments);
}

Result<Value> glob(tmpl::CallContext & /*context*/, std::span<const Value> arguments)
{
    std::vector<Map::Entry> matching;
    for (const Map::Entry &entry : entriesOf(arguments)) {
        if (gobwasMatch(arguments[1].toString(), entry.key))
            matching.push_back(entry);
    }
    return Value::of(Map::fromEntries(std::move(matching), MapType::Files));
}

Result<Value> asDocument(std::span<const Value> arguments, bool encoded)
{
    const Value tree = Value::map();
    for (const auto &[path, data] : entriesOf(arguments))
        tree.asMap().set(pathBase(path), Value::string(encoded ? base64Encode(data.toString()) : data.toString()));
    return Value::string(yaml::toYaml(tree));
}

Result<Value> asConfig(tmpl::CallContext & /*context*/, std::span<const Value> arguments)
{
    return asDocument(arguments, false);
}

Result<Value> asSecrets(tmpl::CallContext & /*context*/, std::span<const Value> arguments)
{
    return asDocument(arguments, true);
}

/// Matches gobwas patterns; alternatives are tried one after another with what follows them.
class Glob
{
public:
    static bool isWellFormed(std::string_view pattern)
    {
        int braces = 0;
        for (std::size_t i = 0; i < pattern.size(); ++i) {
            if (pattern[i] == '\\') {
                ++i;
            } else if (pattern[i] == '[') {
                const auto end = pattern.find(']', i + 1);
                if (end == std::string_view::npos || end == i + 1)
                    return false;
                i = end;
            } else if (pattern[i] == '{') {
                ++braces;
            } else if (pattern[i] == '}' && --braces < 0) {
                return false;
            }
        }
        return true; // a brace that is not closed only matches nothing
    }

    bool matches(std::string_view pattern, std::string_view text)
    {
        while (!pattern.empty()) {
            const char c = pattern.front();
            if (c == '*')
                return star(pattern, text);
            if (c == '{')
                return alternatives(pattern, text);
            if (text.empty())
                return false;
            if (c == '?') {
                if (text.front() == '/')
                    return false;
                pattern.remove_prefix(1);
                text.remove_prefix(1);
                while (!text.empty() && isContinuation(text.front()))
                    text.remove_prefix(1);
                continue;
            }
            if (c == '[') {
                if (!inClass(pattern, text.front()))
                    return false;
            } else {
                if (c == '\\' && pattern.size() > 1)
                    pattern.remove_prefix(1);
                if (pattern.front() != text.front())
                    return false;
                pattern.remove_prefix(1);
            }
            text.remove_prefix(1);
        }
        return text.empty();
    }

private:
    bool star(std::string_view pattern, std::string_view text)
    {
        if (!m_tried.emplace(pattern, text.size()).second)
            return false; // it did not match the first time
        const bool crosses = pattern.substr(0, 2) == "**";
        while (pattern.starts_with('*'))
            pattern.remove_prefix(1);
        for (std::size_t taken = 0;; ++taken) {
            if (matches(pattern, text.substr(taken)))
                return true;
            if (taken == text.size() || (!crosses && text[taken] == '/'))
                return false;
        }
    }

    bool alternatives(std::string_view pattern, std::string_view text)
    {
        std::vector<std::string_view> options;
        int depth = 0;
        std::size_t start = 1;
        for (std::size_t i = 0; i < pattern.size(); ++i) {
            if (pattern[i] == '\\') {
                ++i;
            } else if (pattern[i] == '{') {
                ++depth;
            } else if (pattern[i] == ',' && depth == 1) {
                options.push_back(pattern.substr(start, i - start));
                start = i + 1;
            } else if (pattern[i] == '}' && --depth == 0) {
                options.push_back(pattern.substr(start, i - start));
                const std::string_view rest = pattern.substr(i + 1);
                return std::ranges::any_of(options, [&](std::string_view option) {
                    // Two stars that meet are not the double star.
                    const bool starsMeet = option.ends_with('*') && rest.starts_with('*');
                    return matches(std::string(option) + (starsMeet ? "{}" : "") + std::string(rest), text);
                });
            }
        }
        return false;
    }

    static bool inClass(std::string_view &pattern, char c)
    {
        const auto end = pattern.find(']', 1);
        std::string_view members = pattern.substr(1, end - 1);
        pattern.remove_prefix(end + 1);
        const bool negated = members.starts_with('!');
        if (negated)
            members.remove_prefix(1);
        bool found = false;
        if (members.size() == 3 && members[1] == '-')
            found = members[0] <= c && c <= members[2];
        else
            found = members.find(c) != std::string_view::npos;
        return found != negated;
    }

    std::set<std::pair<std::string, std::size_t>> m_tried; ///< Stars, and how much of the text was left for them.
};

} // namespace

bool gobwasMatch(std::string_view pattern, std::string_view path)
{
    return !Glob::isWellFormed(pattern) || Glob().matches(pattern, path);
}

const tmpl::FunctionTable &filesMethods(bool emptyLinesFail)
{
    const auto table = [](tmpl::FunctionBody linesBody) {
        const tmpl::Function methods[] = {{"Get", {tmpl::Param::String}, false, get},
            {"GetBytes", {tmpl::Param::String}, false, getBytes}, {"Lines", {tmpl::Param::String}, false, linesBody},
            {"Glob", {tmpl::Param::String}, false, glob}, {"AsConfig", {}, false, asConfig},
            {"AsSecrets", {}, false, asSecrets}};
        tmpl::FunctionTable out;
        out.add(methods);
        return out;
    };
    static const tmpl::FunctionTable plain = table(lines);
    static const tmpl::FunctionTable panicking = table(linesOrPanic);
    return emptyLinesFail ? panicking : plain;
}

Value filesMap(const Chart &chart)
{
    std::vector<Map::Entry> entries;
    for (const ChartFile &file : chart.files)
        entries.push_back({file.name, Value::bytes(file.data)});
    return Value::of(Map::fromEntries(std::move(entries), MapType::Files));
}

} // namespace pk::chart
