// SPDX-License-Identifier: GPL-3.0-or-later
#include "texts/sentences.h"

#include "texts/tables.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace pk::gui::texts {

namespace {

const std::unordered_map<std::string_view, const char *> &table()
{
    static const std::unordered_map<std::string_view, const char *> known = [] {
        std::unordered_map<std::string_view, const char *> all;
        for (const auto &sentences :
            {clusterSentences(), valueSentences(), renderSentences(), releaseSentences(), connectionSentences()}) {
            for (const Sentence &sentence : sentences)
                all.emplace(sentence.id, sentence.text);
        }
        return all;
    }();
    return known;
}

const char *find(std::string_view id)
{
    const auto found = table().find(id);
    return found == table().end() ? nullptr : found->second;
}

struct Range
{
    char32_t first, last;
};

/// Unicode's categories Cc and Cf: what is not seen, and marks of direction, which make one name look like another.
constexpr std::array invisible = {Range{0x00, 0x1F}, Range{0x7F, 0x9F}, Range{0xAD, 0xAD}, Range{0x600, 0x605},
    Range{0x61C, 0x61C}, Range{0x6DD, 0x6DD}, Range{0x70F, 0x70F}, Range{0x890, 0x891}, Range{0x8E2, 0x8E2},
    Range{0x180E, 0x180E}, Range{0x200B, 0x200F}, Range{0x202A, 0x202E}, Range{0x2060, 0x2064}, Range{0x2066, 0x206F},
    Range{0xFEFF, 0xFEFF}, Range{0xFFF9, 0xFFFB}, Range{0x110BD, 0x110BD}, Range{0x110CD, 0x110CD},
    Range{0x13430, 0x1343F}, Range{0x1BCA0, 0x1BCA3}, Range{0x1D173, 0x1D17A}, Range{0xE0001, 0xE0001},
    Range{0xE0020, 0xE007F}};

bool isInvisible(char32_t c)
{
    return std::any_of(
        invisible.begin(), invisible.end(), [c](const Range &range) { return c >= range.first && c <= range.last; });
}

/// The character at the beginning of `text`, and its bytes; 0 for a byte that is none.
char32_t firstOf(std::string_view text, std::size_t &width)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    width = lead < 0x80               ? 1
        : lead >= 0xC2 && lead < 0xE0 ? 2
        : lead >= 0xE0 && lead < 0xF0 ? 3
        : lead >= 0xF0 && lead < 0xF5 ? 4
                                      : 0;
    if (width == 0 || width > text.size()) {
        width = 1;
        return 0;
    }
    char32_t c = width == 1 ? lead : lead & (0x7FU >> width);
    for (std::size_t i = 1; i < width; ++i) {
        if ((byte(i) & 0xC0U) != 0x80) {
            width = 1;
            return 0;
        }
        c = (c << 6U) | (byte(i) & 0x3FU);
    }
    return c;
}

bool isOne(const std::pair<std::string, std::string> &parameter)
{
    return (parameter.first == "count" || parameter.first == "desired") && parameter.second == "1";
}

bool isNear(const std::pair<std::string, std::string> &parameter)
{
    return parameter.first == "nearest";
}

} // namespace

std::vector<std::string> sentenceIds()
{
    std::vector<std::string> all;
    for (const auto &[id, text] : table())
        all.emplace_back(id);
    std::sort(all.begin(), all.end());
    return all;
}

const char *patternOf(std::string_view id, const Parameters &parameters)
{
    // A near name or a single thing changes the whole sentence, not only a part of it.
    if (std::any_of(parameters.begin(), parameters.end(), isNear)) {
        if (const char *near = find(std::string(id) + ".nearest"))
            return near;
    }
    if (std::any_of(parameters.begin(), parameters.end(), isOne)) {
        if (const char *one = find(std::string(id) + ".one"))
            return one;
    }
    return find(id);
}

std::string filled(std::string_view pattern, const Parameters &parameters)
{
    std::string text;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        const std::size_t end = pattern[at] == '{' ? pattern.find('}', at) : std::string_view::npos;
        if (end == std::string_view::npos) {
            text += pattern[at];
            continue;
        }
        const std::string_view name = pattern.substr(at + 1, end - at - 1);
        const auto found = std::find_if(
            parameters.begin(), parameters.end(), [name](const auto &parameter) { return parameter.first == name; });
        if (found != parameters.end())
            text += cleaned(found->second, name == "message" ? LongestMessage : LongestParameter);
        at = end;
    }
    const std::size_t last = text.find_last_not_of(' ');
    return text.substr(0, last == std::string::npos ? 0 : last + 1);
}

std::string cleaned(std::string_view text, std::size_t most)
{
    std::string clean;
    std::size_t count = 0;
    std::size_t width = 0;
    for (; !text.empty(); text.remove_prefix(width)) {
        const char32_t c = firstOf(text, width);
        const bool breaks = c == '\n' || c == '\t' || c == 0x2028 || c == 0x2029;
        if (!breaks && isInvisible(c))
            continue;
        if (breaks && (clean.empty() || clean.back() == ' '))
            continue;
        if (count++ == most)
            return clean + "\u2026";
        if (breaks)
            clean += ' ';
        else
            clean += text.substr(0, width);
    }
    const std::size_t last = clean.find_last_not_of(' ');
    return clean.substr(0, last == std::string::npos ? 0 : last + 1);
}

} // namespace pk::gui::texts
