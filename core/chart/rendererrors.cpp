// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/rendererrors.h"

#include "base/unicode.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace pk::chart {

namespace {

/// One error of the chain as a block of three indented lines.
struct Block
{
    std::string location;
    std::string executed;
    std::string message;
    bool operator==(const Block &) const = default;

    std::string text() const
    {
        std::string out;
        if (!location.empty())
            out += location + "\n  ";
        if (!executed.empty())
            out += executed + "\n    ";
        if (!message.empty())
            out += message + "\n";
        return out;
    }
};

std::string beforeInner(std::string_view message)
{
    return std::string(message.substr(0, message.find(" template:")));
}

/// `F:L:C: executing "T" at <CONTEXT>: MESSAGE`
std::optional<Block> executingBlock(std::string_view text)
{
    static constexpr std::string_view executing = ": executing ";
    static constexpr std::string_view at = " at <";
    const auto start = text.find(executing);
    if (start == std::string_view::npos)
        return std::nullopt;
    std::string_view rest = text.substr(start + executing.size());
    if (!rest.starts_with('"'))
        return std::nullopt;
    const auto quote = rest.find('"', 1);
    if (quote == std::string_view::npos)
        return std::nullopt;
    const std::string_view name = rest.substr(1, quote - 1);
    rest.remove_prefix(quote + 1);
    if (!rest.starts_with(at))
        return std::nullopt;
    rest.remove_prefix(at.size());
    const auto end = rest.find(">: ");
    if (end == std::string_view::npos)
        return std::nullopt;
    return Block{std::string(text.substr(0, start)),
        "executing \"" + std::string(name) + "\" at <" + std::string(rest.substr(0, end)) + ">:",
        beforeInner(rest.substr(end + 3))};
}

std::optional<Block> blockOf(std::string_view text)
{
    static constexpr std::string_view prefix = "template: ";
    if (!text.starts_with(prefix))
        return std::nullopt;
    const std::string_view rest = text.substr(prefix.size());
    if (rest.starts_with("no template "))
        return Block{{}, {}, std::string(text)};
    if (auto block = executingBlock(rest))
        return block;
    const auto colon = rest.rfind(": ");
    if (colon == std::string_view::npos)
        return std::nullopt;
    return Block{std::string(rest.substr(0, colon)), {}, beforeInner(rest.substr(colon + 2))};
}

std::vector<std::string_view> charactersOf(std::string_view text)
{
    std::vector<std::string_view> characters;
    for (std::size_t at = 0, end = 0; at < text.size(); at = end) {
        end = at + 1;
        while (end < text.size() && isContinuation(text[end]))
            ++end;
        characters.push_back(text.substr(at, end - at));
    }
    return characters;
}

bool isBlank(std::string_view character)
{
    return character == " " || character == "\t";
}

} // namespace

std::string excerpt(std::string_view line, const SourceSpan &at, std::size_t width)
{
    static constexpr std::string_view more = "\u2026";
    if (trimSpace(line).empty())
        return {};
    const auto column = std::min(static_cast<std::size_t>(std::max(at.column, 0)), line.size());
    const std::vector<std::string_view> characters = charactersOf(line);
    const std::size_t caret = charactersOf(line.substr(0, column)).size();
    std::size_t first = 0;
    std::size_t last = characters.size();
    bool cut = false;
    if (width > 0) {
        while (first < last && isBlank(characters[first]))
            ++first;
        cut = last - first > width && caret > first + width * 2 / 3;
        if (cut)
            first = caret - width * 2 / 3;
        last = std::min(last, first + width);
    }
    const std::string number = std::to_string(at.line);
    std::string out = number + " | " + std::string(cut ? more : "");
    std::string below = std::string(number.size(), ' ') + " | " + (cut ? " " : "");
    for (std::size_t i = first; i < last; ++i) {
        const bool tab = characters[i] == "\t";
        out += tab && width > 0 ? " " : characters[i];
        if (i < caret)
            below += tab && width == 0 ? '\t' : ' ';
    }
    out += std::string(last < characters.size() ? more : "") + "\n";
    return at.column > 0 ? out + below + "^\n" : out;
}

std::string parseFailure(const std::string &file, const std::string &message)
{
    const auto first = message.find(": ");
    if (first == std::string::npos)
        return "parse error in (" + file + "): " + message;
    const auto second = message.find(": ", first + 2);
    const std::string location = message.substr(first + 2, second - first - 2);
    return "parse error at (" + location + "): " + message.substr(message.rfind(": ") + 2);
}

std::string executionFailure(const tmpl::ExecError &error, const Levels &levels)
{
    const std::string &text = error.text;
    const auto first = text.find(": ");
    const auto second = first == std::string::npos ? first : text.find(": ", first + 2);
    if (second == std::string::npos)
        return text;
    const auto start = text.find(failureStart, second);
    const auto end = text.rfind(failureEnd);
    if (start != std::string::npos && end != std::string::npos && end >= start) {
        const auto from = start + failureStart.size();
        return "execution error at (" + text.substr(first + 2, second - first - 2)
            + "): " + text.substr(from, end - from);
    }
    if (!levels.blockErrors)
        return text;
    std::vector<Block> blocks;
    for (const std::string &link : error.chain()) {
        auto block = blockOf(link);
        if (!block)
            return text;
        if (blocks.empty() || blocks.back() != *block)
            blocks.push_back(*std::move(block));
    }
    std::string out;
    for (const Block &block : blocks)
        out += block.text();
    return std::string(trimSpace(out));
}

} // namespace pk::chart
