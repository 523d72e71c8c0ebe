// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/valuecomments.h"

#include "yaml/path.h"
#include "yaml/reader.h"

#include <algorithm>
#include <cctype>
#include <vector>

namespace pk::document {

namespace {

constexpr std::size_t Longest = 300; ///< Bytes of one help; what is longer ends with its last whole sentence.

std::string_view trimmed(std::string_view text)
{
    const std::size_t begin = text.find_first_not_of(" \t\r");
    return begin == text.npos ? std::string_view() : text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

std::vector<std::string_view> linesOf(std::string_view text)
{
    std::vector<std::string_view> lines;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        lines.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return lines;
}

/// The words of a comment line without its marks.
std::string_view wordsOf(std::string_view line)
{
    std::string_view words = trimmed(line);
    words.remove_prefix(std::min(words.find_first_not_of('#'), words.size()));
    return trimmed(words);
}

bool isName(std::string_view word)
{
    return !word.empty() && std::ranges::all_of(word, [](unsigned char c) {
        return std::isalnum(c) || c == '_' || c == '-' || c == '.' || c == '/';
    });
}

/// "- item", "key:" or "key: value": a setting that somebody commented out.
bool isSetting(std::string_view words)
{
    if (words.starts_with("- ") || words.starts_with('{') || words.starts_with('['))
        return true;
    const std::size_t colon = words.find(':');
    const bool ends = colon + 1 == words.size() || (colon != words.npos && words[colon + 1] == ' ');
    return ends && isName(words.substr(0, colon));
}

std::string shortened(std::string text)
{
    if (text.size() <= Longest)
        return text;
    const std::size_t sentence = text.rfind(". ", Longest - 1);
    if (sentence != text.npos)
        return text.substr(0, sentence + 1);
    const std::size_t word = text.rfind(' ', Longest - 4);
    return text.substr(0, word == text.npos ? 0 : word) + " …";
}

/// "(int) text" and "[string] text" name a type, which the field shows by itself.
std::string_view withoutType(std::string_view words)
{
    if (!words.starts_with('(') && !words.starts_with('['))
        return words;
    const std::size_t end = words.find(words.front() == '(' ? ')' : ']');
    return end == words.npos ? words : trimmed(words.substr(end + 1));
}

class Reader
{
public:
    explicit Reader(std::string_view text) : m_lines(linesOf(text)) { }

    std::map<std::string, std::string> read(const yaml::Node &root)
    {
        walk(root, {});
        for (const std::string_view line : m_lines)
            takeParameter(wordsOf(line), trimmed(line));
        return std::move(m_found);
    }

private:
    void walk(const yaml::Node &node, const yaml::Path &path)
    {
        for (std::size_t i = 0; node.isMapping() && i < node.size(); ++i) {
            const yaml::Path at = path.child(node.key(i).value);
            std::string text = above(node.key(i));
            if (text.empty())
                text = behind(node.valueAt(i));
            if (!text.empty())
                m_found.emplace(at.toString(), shortened(std::move(text)));
            walk(node.valueAt(i), at);
        }
    }

    std::string_view line(int number) const
    {
        const auto index = static_cast<std::size_t>(number - 1);
        return number >= 1 && index < m_lines.size() ? m_lines[index] : std::string_view();
    }

    std::string above(const yaml::Node &key) const
    {
        int first = key.line;
        while (line(first - 1).find_first_not_of(' ') == static_cast<std::size_t>(key.column)
            && trimmed(line(first - 1)).starts_with('#'))
            --first;
        std::string text;
        bool settings = false;
        for (int number = first; number < key.line; ++number) {
            std::string_view words = wordsOf(line(number));
            if (words.starts_with("-- ")) {
                text.clear(); // What stood before is no part of the description.
                settings = false;
                words = withoutType(trimmed(words.substr(3)));
            } else if (words.starts_with('@') || isSetting(words)) {
                settings = settings || !words.starts_with('@');
                continue;
            } else if (words.empty()) {
                settings = settings || !text.empty();
                continue;
            }
            if (!settings)
                text += (text.empty() ? "" : " ") + std::string(words);
        }
        return text;
    }

    std::string behind(const yaml::Node &value) const
    {
        if (!value.isScalar() || value.style == yaml::Style::Literal || value.style == yaml::Style::Folded)
            return {};
        const std::string_view whole = line(value.line);
        const std::size_t end = static_cast<std::size_t>(value.column) + value.span.end - value.span.begin;
        const std::string_view rest = end < whole.size() ? trimmed(whole.substr(end)) : std::string_view();
        return rest.starts_with('#') ? std::string(wordsOf(rest)) : std::string();
    }

    /// `## @param image.tag [string] Text`
    void takeParameter(std::string_view words, std::string_view whole)
    {
        constexpr std::string_view mark = "@param ";
        if (!whole.starts_with('#') || !words.starts_with(mark))
            return;
        words = trimmed(words.substr(mark.size()));
        const std::size_t space = words.find(' ');
        if (space == words.npos || !isName(words.substr(0, space)))
            return;
        const std::string_view text = withoutType(trimmed(words.substr(space)));
        const auto path = yaml::Path::parse(words.substr(0, space));
        if (path && !text.empty())
            m_found.insert_or_assign(path->toString(), shortened(std::string(text)));
    }

    std::vector<std::string_view> m_lines;
    std::map<std::string, std::string> m_found;
};

} // namespace

std::map<std::string, std::string> commentsOf(std::string_view valuesText)
{
    const auto stream = yaml::parse(valuesText);
    if (!stream || stream->empty())
        return {};
    return Reader(valuesText).read(stream->front().root);
}

} // namespace pk::document
