// SPDX-License-Identifier: GPL-3.0-or-later
#include "yaml/printer.h"

#include "base/encoding.h"
#include "base/gonumber.h"
#include "base/unicode.h"
#include "yaml/gofloat.h"
#include "yaml/nesting.h"
#include "yaml/reader.h"
#include "yaml/scalarstyle.h"

#include <algorithm>
#include <cmath>

namespace pk::yaml {

namespace {

constexpr int foldWidth = 80;
constexpr std::size_t longestSimpleKey = 128;
constexpr std::size_t longestJsonKey = 1024; // libyaml's limit, met on the way back from JSON
constexpr int maxDepth = 10000;

void appendDoubleQuotedEscape(std::string &out, char32_t code)
{
    out += '\\';
    constexpr std::string_view codes = std::string_view("\0\a\b\t\n\v\f\r\x1b\"\\", 11);
    constexpr std::string_view letters = "0abtnvfre\"\\";
    if (code < 0x80 && codes.find(static_cast<char>(code)) != std::string_view::npos) {
        out += letters[codes.find(static_cast<char>(code))];
        return;
    }
    int digits = 8;
    switch (code) {
    case 0x85:
        out += 'N';
        return;
    case 0xA0:
        out += '_';
        return;
    case 0x2028:
        out += 'L';
        return;
    case 0x2029:
        out += 'P';
        return;
    default:
        break;
    }
    if (code <= 0xFF) {
        out += 'x';
        digits = 2;
    } else if (code <= 0xFFFF) {
        out += 'u';
        digits = 4;
    } else {
        out += 'U';
    }
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4)
        out += "0123456789ABCDEF"[(code >> shift) & 0xF];
}

/// What a string is after json.Marshal and go-yaml's reader: bad bytes repaired; a NEL, which JSON leaves alone, folded
/// like a line end. False for characters that the reader refuses.
bool throughJson(std::string_view text, std::string &out)
{
    out.clear();
    for (std::size_t i = 0; i < text.size();) {
        const Decoded rune = decodeRune(text, i);
        const char32_t code = rune.code;
        if ((code >= 0x7F && code < 0xA0 && code != 0x85) || code == 0xFFFE || code == 0xFFFF)
            return false;
        if (code == 0x85) {
            out.resize(out.find_last_not_of(' ') + 1);
            int breaks = 0;
            while (i < text.size()) {
                const Decoded next = decodeRune(text, i);
                if (next.code == 0x85)
                    ++breaks;
                else if (next.code != ' ')
                    break;
                i += next.width;
            }
            out.append(breaks > 1 ? std::string(static_cast<std::size_t>(breaks) - 1, '\n') : " ");
            continue;
        }
        appendRune(out, code);
        i += rune.width;
    }
    return true;
}

class Printer
{
public:
    Printer(std::string &out, Dialect dialect) : m_out(out), m_dialect(dialect), m_lineStart(out.size()) { }

    bool print(const Value &value)
    {
        if (!writeNode(value, {.indent = -1}))
            return false;
        if (m_out.size() > m_lineStart || m_out.empty())
            newLine();
        return true;
    }

    const std::string &problem() const { return m_problem; }

private:
    /// Where a node is written.
    struct Place
    {
        int indent = -1; ///< Of the collection around it; -1 at the root.
        bool inMapping = false; ///< It is the value of a key.
        bool isKey = false; ///< It is a key of one line.
        bool afterIndicator = false; ///< Behind the `- `, `? ` or `: ` of its own line.
    };

    bool fail(std::string problem)
    {
        m_problem = std::move(problem);
        return false;
    }

    int column() const
    {
        // Columns count code points, and only long lines are asked for.
        int count = 0;
        for (std::size_t i = m_lineStart; i < m_out.size(); ++i)
            count += !isContinuation(m_out[i]);
        return count;
    }
    bool isBeyondWidth() const
    {
        return m_dialect == Dialect::V2 && m_out.size() - m_lineStart > foldWidth && column() > foldWidth;
    }

    void newLine()
    {
        m_out += '\n';
        m_lineStart = m_out.size();
    }

    void writeIndent(int indent)
    {
        if (m_out.size() > m_lineStart)
            newLine();
        m_out.append(static_cast<std::size_t>(std::max(indent, 0)), ' ');
    }

    /// Before a scalar or an opening bracket: a space unless the line only has indentation so far.
    void writeGap()
    {
        if (m_out.size() > m_lineStart && m_out.back() != ' ')
            m_out += ' ';
    }

    bool writeNode(const Value &value, const Place &place)
    {
        switch (value.kind()) {
        case Value::Kind::Nil:
            return writeWord("null");
        case Value::Kind::Bool:
            return writeWord(value.toBool() ? "true" : "false");
        case Value::Kind::Int:
        case Value::Kind::Int64:
            return writeWord(std::to_string(value.toInt()));
        case Value::Kind::Uint64:
        case Value::Kind::Uint8:
            return writeWord(std::to_string(value.toUint()));
        case Value::Kind::Float64:
            return writeFloat(value.toDouble());
        case Value::Kind::String:
            return writeString(value.toString(), place);
        case Value::Kind::Bytes:
            return writeBytes(value.toString(), place);
        case Value::Kind::List:
            return writeList(value.asList(), place);
        case Value::Kind::Map:
            return writeMap(value.asMap(), place);
        case Value::Kind::Object:
            return writeNode(value.asObject().toTree(), place);
        }
        return true;
    }

    bool writeWord(std::string_view word)
    {
        writeGap();
        m_out += word;
        return true;
    }

    bool writeFloat(double number)
    {
        if (m_dialect == Dialect::V3) {
            std::string text;
            appendYamlFloat(text, number);
            return writeWord(text);
        }
        std::string json;
        appendJsonFloat(json, number);
        if (!std::isfinite(number))
            return fail("error marshaling into JSON: json: unsupported value: " + json);
        if (json == "-0")
            return writeWord("0");
        // JSON's text is read again: what has the form of an integer of 64 bits stays one.
        if (json.find_first_of(".e") == std::string::npos && fitsInteger(json))
            return writeWord(json);
        std::string text;
        appendGoFloat(text, number);
        return writeWord(text);
    }

    static bool fitsInteger(std::string_view digits)
    {
        std::int64_t whole = 0;
        std::uint64_t positive = 0;
        return parseInt(digits, 10, whole) == Parsed::Ok || parseUint(digits, 10, positive) == Parsed::Ok;
    }

    bool writeBytes(const std::string &bytes, const Place &place)
    {
        if (m_dialect == Dialect::V2)
            return writeString(base64Encode(bytes), place);
        // v3 prints a Go slice of numbers as what it is.
        std::vector<Value> items;
        for (const char byte : bytes)
            items.push_back(Value::unsignedInteger(static_cast<unsigned char>(byte), Value::Kind::Uint8));
        return writeList(List(std::move(items)), place);
    }

    static bool isPlainAscii(std::string_view text)
    {
        return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0 && c != 0x7F; });
    }

    bool writeString(std::string_view text, const Place &place)
    {
        if (isPlainAscii(text))
            return writeScalar(text, place);
        if (m_dialect == Dialect::V2) {
            std::string repaired;
            if (!throughJson(text, repaired))
                return fail("yaml: control characters are not allowed");
            return writeScalar(repaired, place);
        }
        if (!isValidUtf8(text)) {
            writeGap();
            m_out += "!!binary ";
            return writeScalar(base64Encode(text), place);
        }
        return writeScalar(text, place);
    }

    bool writeScalar(std::string_view text, const Place &place)
    {
        const ScalarFacts facts = analyzeScalar(text, m_dialect);
        const int indent = place.indent < 0 ? 2 : place.indent + 2;
        const bool canFold = !place.isKey;
        writeGap();
        if (text.find('\n') != std::string_view::npos) {
            if (facts.literalAllowed && !place.isKey)
                writeLiteral(text, indent);
            else
                writeDoubleQuoted(text, indent, canFold);
        } else if (!resolvesToString(text) || (place.isKey && facts.multiline)) {
            writeDoubleQuoted(text, indent, canFold);
        } else if (facts.plainAllowed) {
            writePlain(text, indent, canFold);
        } else if (facts.singleQuotedAllowed) {
            writeSingleQuoted(text, indent, canFold);
        } else {
            writeDoubleQuoted(text, indent, canFold);
        }
        return true;
    }

    void writePlain(std::string_view text, int indent, bool canFold)
    {
        if (!canFold || text.size() + (m_out.size() - m_lineStart) <= foldWidth) {
            m_out += text;
            return;
        }
        bool spaces = false;
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (text[i] != ' ') {
                m_out += text[i];
                spaces = false;
                continue;
            }
            if (!spaces && text[i + 1] != ' ' && isBeyondWidth())
                writeIndent(indent);
            else
                m_out += ' ';
            spaces = true;
        }
    }

    void writeSingleQuoted(std::string_view text, int indent, bool canFold)
    {
        m_out += '\'';
        bool spaces = false;
        bool breaks = false;
        for (std::size_t i = 0; i < text.size();) {
            std::size_t width = 1;
            if (text[i] == ' ') {
                const bool inside = i > 0 && i + 1 < text.size();
                if (canFold && !spaces && inside && text[i + 1] != ' ' && isBeyondWidth())
                    writeIndent(indent);
                else
                    m_out += ' ';
                spaces = true;
            } else if (isBreak(text, i, width)) {
                m_out += text.substr(i, width);
                m_lineStart = m_out.size();
                breaks = true;
            } else {
                if (breaks)
                    writeIndent(indent);
                if (text[i] == '\'')
                    m_out += '\'';
                m_out += text.substr(i, width);
                spaces = breaks = false;
            }
            i += width;
        }
        m_out += '\'';
    }

    void writeDoubleQuoted(std::string_view text, int indent, bool canFold)
    {
        m_out += '"';
        bool spaces = false;
        // go-yaml asks whether the whole text begins with a byte order mark where it means the character.
        const bool escapeAll = text.starts_with(byteOrderMark);
        for (std::size_t i = 0; i < text.size();) {
            const Decoded rune = decodeRune(text, i);
            const char32_t code = rune.code;
            const bool raw = !escapeAll
                && ((code >= 0x20 && code <= 0x7E && code != '"' && code != '\\')
                    || (code >= 0xA0 && code <= 0xFFFD && code != 0x2028 && code != 0x2029 && code != 0xFEFF));
            if (!raw) {
                appendDoubleQuotedEscape(m_out, code);
                spaces = false;
            } else if (code == ' ') {
                if (canFold && !spaces && i > 0 && i + 1 < text.size() && isBeyondWidth()) {
                    writeIndent(indent);
                    if (text[i + 1] == ' ')
                        m_out += '\\';
                } else {
                    m_out += ' ';
                }
                spaces = true;
            } else {
                m_out += text.substr(i, rune.width);
                spaces = false;
            }
            i += rune.width;
        }
        m_out += '"';
    }

    void writeLiteral(std::string_view text, int indent)
    {
        m_out += '|';
        std::size_t width = 1;
        if (text[0] == ' ' || isBreak(text, 0, width))
            m_out += '2';
        writeChomping(text);
        newLine();
        bool breaks = true;
        for (std::size_t i = 0; i < text.size(); i += width) {
            if (isBreak(text, i, width)) {
                m_out += text.substr(i, width);
                m_lineStart = m_out.size();
                breaks = true;
            } else {
                if (breaks)
                    writeIndent(indent);
                m_out += text.substr(i, width);
                breaks = false;
            }
        }
    }

    static std::size_t lastRune(std::string_view text)
    {
        std::size_t at = text.size() - 1;
        while (at > 0 && isContinuation(text[at]))
            --at;
        return at;
    }

    void writeChomping(std::string_view text)
    {
        std::size_t width = 1;
        const std::size_t last = lastRune(text);
        if (!isBreak(text, last, width)) {
            m_out += '-';
        } else if (last == 0 || isBreak(text, lastRune(text.substr(0, last)), width)) {
            m_out += '+';
        }
    }

    bool enter(const void *container, const char *type)
    {
        switch (m_nesting.enter(container)) {
        case Nesting::Verdict::Cycle:
            return fail(
                std::string("error marshaling into JSON: json: unsupported value: encountered a cycle via ") + type);
        case Nesting::Verdict::TooDeep:
            return fail("yaml: exceeded max depth of 10000");
        case Nesting::Verdict::Fine:
            break;
        }
        return true;
    }

    bool writeList(const List &list, const Place &place)
    {
        if (list.items.empty())
            return writeWord(list.null ? "null" : "[]");
        if (!enter(&list, "[]interface {}"))
            return false;
        const bool sameColumn = m_dialect == Dialect::V2 && place.inMapping && !place.afterIndicator;
        const int indent = place.indent < 0 ? 0 : place.indent + (sameColumn ? 0 : 2);
        bool compact = place.afterIndicator;
        for (const Value &item : list.items) {
            startEntry(indent, compact);
            m_out += '-';
            if (!writeNode(item, {.indent = indent, .afterIndicator = true}))
                return false;
            compact = false;
        }
        m_nesting.leave();
        return true;
    }

    /// A new line for an entry, or the rest of the line of a dash.
    void startEntry(int indent, bool compact)
    {
        if (compact && column() < indent)
            m_out.append(static_cast<std::size_t>(indent - column()), ' ');
        else
            writeIndent(indent);
    }

    bool writeMap(const Map &map, const Place &place)
    {
        if (map.isEmpty())
            return writeWord(map.null ? "null" : "{}");
        if (!enter(&map, "map[string]interface {}"))
            return false;
        const int indent = place.indent < 0 ? 0 : place.indent + 2;
        std::vector<const Map::Entry *> order;
        order.reserve(map.size());
        for (const Map::Entry &entry : map)
            order.push_back(&entry);
        std::sort(order.begin(), order.end(),
            [this](const Map::Entry *a, const Map::Entry *b) { return keyLess(a->key, b->key, m_dialect); });
        bool compact = place.afterIndicator;
        for (const Map::Entry *entry : order) {
            startEntry(indent, compact);
            compact = false;
            if (!writeEntry(*entry, indent))
                return false;
        }
        m_nesting.leave();
        return true;
    }

    bool writeEntry(const Map::Entry &entry, int indent)
    {
        const bool simple = entry.key.size() <= longestSimpleKey && !analyzeScalar(entry.key, m_dialect).multiline;
        // On one line of JSON, a key that is too long or goes over a line end is none to go-yaml.
        const bool noKeyInJson = entry.key.size() > longestJsonKey || entry.key.find("\xC2\x85") != std::string::npos;
        if (m_dialect == Dialect::V2 && noKeyInJson)
            return fail("yaml: line 1: did not find expected ',' or '}'");
        if (simple) {
            if (!writeString(entry.key, {.indent = indent, .isKey = true}))
                return false;
            m_out += ':';
            return writeNode(entry.value, {.indent = indent, .inMapping = true});
        }
        m_out += '?';
        if (!writeString(entry.key, {.indent = indent, .inMapping = true}))
            return false;
        writeIndent(indent);
        m_out += ':';
        return writeNode(entry.value, {.indent = indent, .inMapping = true, .afterIndicator = true});
    }

    std::string &m_out;
    Dialect m_dialect;
    std::size_t m_lineStart;
    Nesting m_nesting{maxDepth};
    std::string m_problem;
};

Result<void> append(std::string &out, const Value &value, Dialect dialect)
{
    const std::size_t before = out.size();
    Printer printer(out, dialect);
    if (!printer.print(value)) {
        out.resize(before);
        return Error{Error::Code::InvalidInput, printer.problem()};
    }
    out.pop_back();
    return {};
}

std::string textOrNothing(const Value &value, Dialect dialect)
{
    std::string out;
    const Result<void> done = append(out, value, dialect);
    return done ? out : std::string();
}

} // namespace

Result<void> appendYaml(std::string &out, const Value &value)
{
    return append(out, value, Dialect::V2);
}

Result<void> appendYamlPretty(std::string &out, const Value &value)
{
    return append(out, value, Dialect::V3);
}

std::string toYaml(const Value &value)
{
    return textOrNothing(value, Dialect::V2);
}

std::string toYamlPretty(const Value &value)
{
    return textOrNothing(value, Dialect::V3);
}

} // namespace pk::yaml
