// SPDX-License-Identifier: GPL-3.0-or-later
#include "yaml/textstyle.h"

#include "yaml/json.h"
#include "yaml/printer.h"

#include <algorithm>

namespace pk::yaml {

namespace {

std::string spaces(int count)
{
    return std::string(static_cast<std::size_t>(std::max(count, 0)), ' ');
}

/// Finds the first nested map and the first list below a key.
struct StyleFinder
{
    int step = 0;
    int listsIndented = -1;

    void look(const Node &node)
    {
        if (step > 0 && listsIndented >= 0)
            return;
        for (std::size_t i = 0; i < node.size() && node.style == Style::Block; ++i) {
            const Node &value = node.valueAt(i);
            const bool isBlock = value.style == Style::Block && (value.isMapping() || value.isSequence());
            if (isBlock && node.isMapping() && value.isMapping() && step == 0)
                step = value.column - node.column;
            if (isBlock && node.isMapping() && value.isSequence() && listsIndented < 0)
                listsIndented = value.column > node.column;
            look(value);
        }
    }
};

std::string singleQuoted(std::string_view text)
{
    std::string out = "'";
    for (const char c : text) {
        out += c;
        if (c == '\'')
            out += '\'';
    }
    return out + "'";
}

bool isPrintableLine(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return (c >= 0x20 && c < 0x7F); });
}

/// The printer's own form: plain, quoted, or for several lines a literal block.
std::string printed(const Value &value)
{
    std::string out;
    const Result<void> done = value.isString() ? appendYamlPretty(out, value) : appendYaml(out, value);
    return done ? out : toJson(value, HtmlEscape::Off);
}

std::string doubleQuoted(std::string_view text)
{
    return toJson(Value::string(std::string(text)), HtmlEscape::Off);
}

/// A literal block behind its key or dash, its lines at `column`; empty when the text cannot be one.
std::string renderLiteral(const std::string &text, int column, const TextStyle &style)
{
    const std::string block = printed(Value::string(text));
    const std::size_t headerEnd = block.find('\n');
    // With a hint of its own the block would depend on the indentation around it; CR would be lost in CRLF files.
    if (block[0] != '|' || headerEnd == std::string::npos || block.find('2') < headerEnd)
        return {};
    std::string out = block.substr(0, headerEnd);
    for (std::size_t at = headerEnd; at < block.size();) {
        const std::size_t next = std::min(block.find('\n', at + 1), block.size());
        std::string_view line = std::string_view(block).substr(at + 1, next - at - 1);
        out += style.lineEnd;
        if (line.size() >= 2)
            out += spaces(column) + std::string(line.substr(2));
        at = next;
    }
    // The final line end belongs to the text around.
    if (text.ends_with('\n') && out.ends_with(style.lineEnd))
        out.resize(out.size() - style.lineEnd.size());
    return out;
}

} // namespace

bool isFilled(const Value &value)
{
    return (value.isMap() && !value.asMap().isEmpty()) || (value.isList() && !value.asList().items.empty());
}

TextStyle styleOf(std::string_view text, const Node &root)
{
    TextStyle style;
    const std::size_t lineEnd = text.find('\n');
    if (lineEnd != std::string_view::npos && lineEnd > 0 && text[lineEnd - 1] == '\r')
        style.lineEnd = "\r\n";
    StyleFinder finder;
    finder.look(root);
    if (finder.step > 0)
        style.step = finder.step;
    if (finder.listsIndented >= 0)
        style.indentedLists = finder.listsIndented == 1;
    return style;
}

std::string renderInline(const Value &value, Style like, bool inFlow)
{
    if (!value.isString())
        return printed(value);
    const std::string &text = value.toString();
    if (text.find('\n') != std::string::npos || like == Style::DoubleQuoted)
        return doubleQuoted(text);
    if (like == Style::SingleQuoted && isPrintableLine(text))
        return singleQuoted(text);
    std::string out = printed(value);
    if (out.find('\n') != std::string::npos
        || (inFlow && out == text && out.find_first_of(",[]{}?:#&*!|>%@`") != std::string::npos))
        return doubleQuoted(text);
    return out;
}

std::string renderKey(std::string_view key, bool inFlow)
{
    return renderInline(Value::string(std::string(key)), Style::Plain, inFlow);
}

std::string renderFlow(const Value &value)
{
    std::string out;
    if (value.isList()) {
        for (const Value &item : value.asList().items)
            out += (out.empty() ? "" : ", ") + renderFlow(item);
        return "[" + out + "]";
    }
    if (value.isMap()) {
        for (const Map::Entry &entry : value.asMap())
            out += (out.empty() ? "" : ", ") + renderKey(entry.key, true) + ": " + renderFlow(entry.value);
        return "{" + out + "}";
    }
    return renderInline(value, Style::Plain, true);
}

std::string renderBlock(const Value &value, int column, const TextStyle &style)
{
    std::string out;
    const std::string between = style.lineEnd + spaces(column);
    if (value.isList()) {
        for (const Value &item : value.asList().items)
            out += (out.empty() ? "" : between) + "-" + renderAfterDash(item, column, style);
        return out;
    }
    for (const Map::Entry &entry : value.asMap()) {
        out += (out.empty() ? "" : between) + renderKey(entry.key, false) + ":"
            + renderAfterColon(entry.value, Style::Plain, column, style);
    }
    return out;
}

std::string renderAfterColon(const Value &value, Style like, int column, const TextStyle &style)
{
    if (isFilled(value)) {
        const int inner = column + (value.isList() && !style.indentedLists ? 0 : style.step);
        return style.lineEnd + spaces(inner) + renderBlock(value, inner, style);
    }
    if (value.isString() && value.toString().find('\n') != std::string::npos && like != Style::DoubleQuoted) {
        const std::string literal = renderLiteral(value.toString(), column + style.step, style);
        if (!literal.empty())
            return " " + literal;
    }
    return " " + renderInline(value, like, false);
}

std::string renderAfterDash(const Value &value, int column, const TextStyle &style)
{
    if (isFilled(value))
        return " " + renderBlock(value, column + 2, style);
    return renderAfterColon(value, Style::Plain, column, style);
}

} // namespace pk::yaml
