// SPDX-License-Identifier: GPL-3.0-or-later
#include "yaml/path.h"

#include "base/ascii.h"
#include "value/value.h"
#include "yaml/json.h"

#include <algorithm>
#include <charconv>

namespace pk::yaml {

namespace {

bool isNameChar(char c)
{
    return ascii::isAlphanumeric(c) || c == '_' || c == '-' || c == '/';
}

Error badPath(std::string_view text)
{
    return {Error::Code::InvalidInput, "not a path of a value: '" + std::string(text) + "'"};
}

/// The length of the JSON string that `text` begins with; 0 when it does not end.
std::size_t quotedLength(std::string_view text)
{
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i] == '\\')
            ++i;
        else if (text[i] == '"')
            return i + 1;
    }
    return 0;
}

/// Reads `[3]` or `["a.b"]` off the front of `rest`.
bool readBracket(std::string_view &rest, std::vector<Step> &steps)
{
    rest.remove_prefix(1);
    if (rest.starts_with('"')) {
        const std::size_t length = quotedLength(rest);
        const Result<Value> key = parseJson(rest.substr(0, length));
        if (length == 0 || !key || !key->isString())
            return false;
        steps.emplace_back(key->toString());
        rest.remove_prefix(length);
    } else {
        std::size_t index = 0;
        const auto [end, failure] = std::from_chars(rest.data(), rest.data() + rest.size(), index);
        if (failure != std::errc{})
            return false;
        steps.emplace_back(index);
        rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
    }
    if (!rest.starts_with(']'))
        return false;
    rest.remove_prefix(1);
    return true;
}

} // namespace

Result<Path> Path::parse(std::string_view text)
{
    std::vector<Step> steps;
    std::string_view rest = text;
    while (!rest.empty()) {
        if (rest.starts_with('[')) {
            if (!readBracket(rest, steps))
                return badPath(text);
            continue;
        }
        if (!steps.empty()) {
            if (!rest.starts_with('.'))
                return badPath(text);
            rest.remove_prefix(1);
        }
        const auto end = std::find_if_not(rest.begin(), rest.end(), isNameChar);
        if (end == rest.begin())
            return badPath(text);
        const auto length = static_cast<std::size_t>(end - rest.begin());
        steps.emplace_back(std::string(rest.substr(0, length)));
        rest.remove_prefix(length);
    }
    return Path(std::move(steps));
}

std::string Path::toString() const
{
    std::string text;
    for (const Step &step : m_steps) {
        if (const auto *index = std::get_if<std::size_t>(&step)) {
            text += '[' + std::to_string(*index) + ']';
            continue;
        }
        const std::string &key = std::get<std::string>(step);
        if (key.empty() || !std::all_of(key.begin(), key.end(), isNameChar))
            text += '[' + toJson(Value::string(key), HtmlEscape::Off) + ']';
        else
            text += (text.empty() ? "" : ".") + key;
    }
    return text;
}

Path Path::child(Step step) const
{
    Path path = *this;
    path.m_steps.push_back(std::move(step));
    return path;
}

bool Path::startsWith(const Path &ancestor) const
{
    return ancestor.size() <= size() && std::equal(ancestor.m_steps.begin(), ancestor.m_steps.end(), m_steps.begin());
}

} // namespace pk::yaml
