// SPDX-License-Identifier: GPL-3.0-or-later
#include "yaml/goyaml.h"

#include "base/unicode.h"

#include <algorithm>
#include <array>

namespace pk::yaml {

namespace {

std::string_view nextLine(std::string_view &text)
{
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
}

bool isWhite(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

std::string_view digitsOf(std::string_view &text)
{
    const std::string_view digits = text.substr(0, text.find_first_not_of("0123456789"));
    text.remove_prefix(digits.size());
    return digits;
}

/// Of the part behind "%YAML"; empty also for what libyaml refuses by itself.
std::string problemOfVersion(std::string_view rest)
{
    constexpr std::size_t longest = 2; // go-yaml's limit for a number
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
    const std::string_view major = digitsOf(rest);
    if (major.size() > longest)
        return "found extremely long version number";
    if (major.empty() || !rest.starts_with('.'))
        return {};
    rest.remove_prefix(1);
    const std::string_view minor = digitsOf(rest);
    if (minor.size() > longest)
        return "found extremely long version number";
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
    if (minor.empty() || (!rest.empty() && !rest.starts_with('#')))
        return {};
    const bool known = (major == "1" || major == "01") && (minor == "1" || minor == "01");
    return known ? "" : "found incompatible YAML document";
}

} // namespace

std::string versionProblem(std::string_view text)
{
    if (text.starts_with(byteOrderMark))
        text.remove_prefix(byteOrderMark.size());
    while (!text.empty()) {
        const std::string_view line = nextLine(text);
        const std::size_t start = line.find_first_not_of(" \t");
        if (start == std::string_view::npos || line[start] == '#')
            continue;
        if (!line.starts_with('%'))
            return {};
        if (line.starts_with("%YAML ") || line.starts_with("%YAML\t")) {
            // A second one is another error, which libyaml knows.
            return problemOfVersion(line.substr(5));
        }
    }
    return {};
}

void CharacterBytes::rewind()
{
    m_character = 0;
    m_byte = m_text.starts_with(byteOrderMark) ? byteOrderMark.size() : 0;
}

std::size_t CharacterBytes::byteOf(std::size_t character)
{
    if (character < m_character)
        rewind();
    for (; m_byte < m_text.size() && m_character < character; ++m_character) {
        do
            ++m_byte;
        while (m_byte < m_text.size() && isContinuation(m_text[m_byte]));
    }
    return m_byte;
}

std::string linePrefix(std::size_t line)
{
    return line > 0 ? "line " + std::to_string(line) + ": " : std::string();
}

std::optional<std::size_t> lineOfEscapedSlash(std::string_view text, std::size_t begin, std::size_t end)
{
    for (std::size_t at = begin; at + 1 < end; ++at) {
        if (text[at] != '\\')
            continue;
        if (text[at + 1] == '/')
            return static_cast<std::size_t>(std::ranges::count(text.substr(0, at), '\n'));
        ++at; // What is escaped is no start of an escape.
    }
    return std::nullopt;
}

bool isEmptyFlow(std::string_view text)
{
    if (!text.starts_with('{') && !text.starts_with('['))
        return false;
    std::size_t at = 1;
    while (at < text.size() && (text[at] == '#' || isWhite(text[at])))
        at = text[at] == '#' ? std::min(text.find('\n', at), text.size()) : at + 1;
    return at < text.size() && (text[at] == '}' || text[at] == ']');
}

char lastIndicator(std::string_view text)
{
    while (!text.empty()) {
        const std::size_t start = text.find_last_of('\n') + 1; // 0 on the first line
        std::string_view line = text.substr(start);
        for (std::size_t at = line.find('#'); at != std::string_view::npos; at = line.find('#', at + 1)) {
            if (at == 0 || isWhite(line[at - 1]))
                line = line.substr(0, at);
        }
        while (!line.empty() && isWhite(line.back()))
            line.remove_suffix(1);
        if (!line.empty()) {
            const bool alone = line.size() == 1 || isWhite(line[line.size() - 2]);
            return line.back() == ':' || (alone && (line.back() == '-' || line.back() == '?')) ? line.back() : '\0';
        }
        text = text.substr(0, start == 0 ? 0 : start - 1);
    }
    return '\0';
}

bool Readable::repair(std::string_view problem, std::size_t character)
{
    const std::size_t at = CharacterBytes(m_text).byteOf(character);
    if (problem == "found unknown escape character" && m_text.substr(std::min(at, m_text.size()), 2) == "\\'") {
        if (m_quoteEscape == 0) {
            for (const char letter : {'v', 'a', 'b', 'e'}) {
                if (m_text.find(std::string("\\") + letter) == std::string::npos)
                    m_quoteEscape = letter;
            }
        }
        if (m_quoteEscape != 0)
            m_text[at + 1] = m_quoteEscape;
        return m_quoteEscape != 0;
    }
    if (problem == "found unexpected ':'" && at < m_text.size() && m_text[at] == ':') {
        if (m_colon == 0) {
            for (const char stand : std::string_view("^~=;$+()<>_")) {
                if (m_text.find(stand) == std::string::npos)
                    m_colon = stand;
            }
        }
        if (m_colon != 0)
            m_text[at] = m_colon;
        return m_colon != 0;
    }
    return false;
}

void Readable::restore(std::string &scalar, bool doubleQuoted) const
{
    static constexpr std::array<std::pair<char, char>, 4> escapes = {
        {{'v', '\v'}, {'a', '\a'}, {'b', '\b'}, {'e', '\x1B'}}};
    if (doubleQuoted && m_quoteEscape != 0) {
        const auto meant = std::ranges::find(escapes, m_quoteEscape, &std::pair<char, char>::first);
        std::ranges::replace(scalar, meant->second, '\'');
    }
    if (!doubleQuoted && m_colon != 0)
        std::ranges::replace(scalar, m_colon, ':');
}

} // namespace pk::yaml
