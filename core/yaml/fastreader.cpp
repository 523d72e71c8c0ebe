// SPDX-License-Identifier: GPL-3.0-or-later
#include "yaml/fastreader.h"

#include "base/ascii.h"
#include "base/unicode.h"
#include "yaml/reader.h"
#include "yaml/resolve.h"

#include <array>
#include <cmath>
#include <cstdint>

namespace pk::yaml {

namespace {

constexpr int maxDepth = 200;
constexpr std::size_t maxKey = 1000; // libyaml's limit for a key on one line is 1024 characters

/// True when no character of `text` has a meaning that this reader does not know: tabs, carriage returns, controls,
/// the line breaks of Unicode, byte order marks.
bool isOrdinary(std::string_view text)
{
    for (std::size_t i = 0; i < text.size();) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte < 0x80) {
            if ((byte < 0x20 && byte != '\n') || byte == 0x7F)
                return false;
            ++i;
            continue;
        }
        const Decoded rune = decodeRune(text, i);
        const char32_t code = rune.code;
        if (!rune.isValid() || code < 0xA0 || code == 0x2028 || code == 0x2029 || code == 0xFEFF || code == 0xFFFE
            || code == 0xFFFF)
            return false;
        i += rune.width;
    }
    return true;
}

enum CharClass : std::uint8_t {
    StartsPlain = 1, ///< May begin a plain scalar wherever it stands.
    InFlowPlain = 2, ///< May stand in a plain scalar of a flow collection.
};

constexpr std::array<std::uint8_t, 256> makeClasses()
{
    std::array<std::uint8_t, 256> classes{};
    for (int c = 0x21; c < 256; ++c)
        classes[static_cast<std::size_t>(c)] = StartsPlain;
    for (const char c : std::string_view("-?:,[]{}#&*!|>'\"%@`"))
        classes[static_cast<unsigned char>(c)] = 0;
    for (int c = '0'; c <= 'z'; ++c) {
        if (ascii::isAlphanumeric(static_cast<char>(c)))
            classes[static_cast<std::size_t>(c)] |= InFlowPlain;
    }
    for (const char c : std::string_view("_./$()+=-"))
        classes[static_cast<unsigned char>(c)] |= InFlowPlain;
    return classes;
}
constexpr std::array<std::uint8_t, 256> classes = makeClasses();

/// Every member returns false for "not ours".
class FastReader
{
public:
    explicit FastReader(std::string_view text) : m_at(text.data()), m_end(text.data() + text.size()) { }

    bool readDocument(Value &value)
    {
        m_line = m_at;
        if (!toContent())
            return false;
        if (m_column == 0 && startsWith("---")) {
            m_at += 3;
            if (!toLineEnd() || !toContent())
                return false;
        }
        if (m_at == m_end)
            return true;
        return readBlock(value, -1) && m_at == m_end;
    }

private:
    bool startsWith(std::string_view word) const
    {
        return static_cast<std::size_t>(m_end - m_at) >= word.size() && std::string_view(m_at, word.size()) == word;
    }

    bool atBlank() const { return m_at == m_end || *m_at == ' ' || *m_at == '\n'; }
    bool atDash() const { return *m_at == '-' && (m_at + 1 == m_end || m_at[1] == ' ' || m_at[1] == '\n'); }
    void skipSpaces()
    {
        while (m_at != m_end && *m_at == ' ')
            ++m_at;
    }

    /// From the start of a line to the first character of the next line with content, past blank and comment lines.
    bool toContent()
    {
        while (m_at != m_end) {
            m_line = m_at;
            skipSpaces();
            if (m_at == m_end)
                break;
            if (*m_at == '#') {
                while (m_at != m_end && *m_at != '\n')
                    ++m_at;
            }
            if (m_at == m_end)
                break;
            if (*m_at != '\n') {
                m_column = static_cast<int>(m_at - m_line);
                // Document markers and directives change what a text means.
                return m_column > 0 || !(startsWith("...") || *m_at == '%' || (startsWith("---") && m_seenContent));
            }
            ++m_at;
        }
        m_column = -1;
        return true;
    }

    /// Behind a value: only spaces and a comment may follow on the line.
    bool toLineEnd()
    {
        const char *begin = m_at;
        skipSpaces();
        if (m_at != m_end && *m_at == '#') {
            if (m_at == begin)
                return false;
            while (m_at != m_end && *m_at != '\n')
                ++m_at;
        }
        if (m_at == m_end)
            return true;
        if (*m_at != '\n')
            return false;
        ++m_at;
        m_seenContent = true;
        return true;
    }

    /// A mapping or list at m_column, which is deeper than `parent`.
    bool readBlock(Value &value, int parent)
    {
        if (m_column <= parent || ++m_depth > maxDepth)
            return false;
        m_seenContent = true;
        const bool done = atDash() ? readList(value) : readMap(value, m_column);
        --m_depth;
        return done;
    }

    bool readList(Value &value)
    {
        const int column = m_column;
        std::vector<Value> items;
        while (m_column == column && m_at != m_end && atDash()) {
            ++m_at;
            const char *dash = m_at;
            skipSpaces();
            if (m_at != m_end && *m_at != '\n' && *m_at != '#') {
                m_column = column + 1 + static_cast<int>(m_at - dash);
                if (!readItem(items.emplace_back(), column))
                    return false;
            } else {
                m_at = dash;
                if (!toLineEnd() || !toContent())
                    return false;
                Value &item = items.emplace_back();
                if (m_column > column && !readBlock(item, column))
                    return false;
            }
        }
        value = Value::list(std::move(items));
        return m_column <= column;
    }

    /// What stands on the line of a dash.
    bool readItem(Value &value, int column)
    {
        if (atDash() || looksLikeKey())
            return readBlock(value, column);
        return readInline(value, column);
    }

    /// True when a key of one line and its colon begin here.
    bool looksLikeKey() const
    {
        const char *at = m_at;
        if (*at == '"' || *at == '\'') {
            const char quote = *at++;
            while (at != m_end && *at != quote && *at != '\n' && *at != '\\')
                ++at;
            return at != m_end && *at == quote && at + 1 != m_end && at[1] == ':';
        }
        if (*at == '[' || *at == '{')
            return false;
        for (; at != m_end && *at != '\n'; ++at) {
            if (*at == ':' && (at + 1 == m_end || at[1] == ' ' || at[1] == '\n'))
                return true;
            if (*at == '#' && at != m_at && at[-1] == ' ')
                return false;
        }
        return false;
    }

    bool readMap(Value &value, int column)
    {
        std::vector<Map::Entry> entries;
        while (m_column == column && m_at != m_end) {
            Map::Entry &entry = entries.emplace_back();
            if (!readKey(entry.key) || !readValue(entry.value, column))
                return false;
        }
        value = Value::of(Map::fromEntries(std::move(entries)));
        return m_column < column;
    }

    bool readKey(std::string &key)
    {
        if (*m_at == '"' || *m_at == '\'') {
            if (!readQuoted(key) || key.size() > maxKey)
                return false;
        } else {
            std::string_view plain;
            if (!readPlain(plain) || plain.size() > maxKey || plain == "<<")
                return false;
            if (!mayResolve(plain))
                key = plain;
            else if (!resolveKey(plain, key))
                return false;
        }
        if (m_at == m_end || *m_at != ':')
            return false;
        ++m_at;
        return atBlank();
    }

    /// Behind the colon of a key in a mapping at `column`.
    bool readValue(Value &value, int column)
    {
        const char *colon = m_at;
        skipSpaces();
        if (m_at != m_end && *m_at != '\n' && *m_at != '#')
            return readInline(value, column);
        m_at = colon;
        if (!toLineEnd() || !toContent())
            return false;
        if (m_at == m_end || m_column < column)
            return true;
        if (m_column > column)
            return (atDash() || looksLikeKey()) && readBlock(value, column);
        if (!atDash())
            return true;
        // A list at the column of its key.
        if (++m_depth > maxDepth || !readList(value))
            return false;
        --m_depth;
        return true;
    }

    /// A value that begins on the line of its key or dash; `column` is that of the block around it.
    bool readInline(Value &value, int column)
    {
        switch (*m_at) {
        case '"':
        case '\'': {
            std::string text;
            if (!readQuoted(text))
                return false;
            value = Value::string(std::move(text));
            break;
        }
        case '|':
            return readLiteral(value, column);
        case '[':
        case '{':
            if (!readFlow(value))
                return false;
            break;
        default: {
            std::string_view plain;
            if (!readPlain(plain) || (m_at != m_end && *m_at == ':') || !setPlain(value, plain))
                return false;
            break;
        }
        }
        // Anything deeper on the next line would belong to this value.
        return toLineEnd() && toContent() && m_column <= column;
    }

    /// False for what JSON cannot hold.
    static bool setPlain(Value &value, std::string_view plain)
    {
        if (!mayResolve(plain)) {
            value = Value::string(std::string(plain));
            return true;
        }
        value = asJsonNumber(resolve(plain));
        return value.kind() != Value::Kind::Float64 || std::isfinite(value.toDouble());
    }

    /// Up to a colon with a blank behind it, a comment, or the end of the line.
    bool readPlain(std::string_view &plain)
    {
        const bool isNegative = *m_at == '-' && m_at + 1 != m_end && m_at[1] != ' ' && m_at[1] != '\n';
        if (!isNegative && (classes[static_cast<unsigned char>(*m_at)] & StartsPlain) == 0)
            return false;
        const char *begin = m_at;
        const char *last = m_at;
        for (; m_at != m_end && *m_at != '\n'; ++m_at) {
            if (*m_at == ' ')
                continue;
            if (*m_at == ':' && (m_at + 1 == m_end || m_at[1] == ' ' || m_at[1] == '\n'))
                break;
            if (*m_at == '#' && m_at[-1] == ' ')
                break;
            last = m_at;
        }
        plain = std::string_view(begin, static_cast<std::size_t>(last - begin) + 1);
        if (m_at != m_end && *m_at == ':')
            return last + 1 == m_at; // "key :" is rare
        m_at = last + 1;
        return true;
    }

    bool readQuoted(std::string &text)
    {
        const char quote = *m_at++;
        while (true) {
            const char *begin = m_at;
            while (m_at != m_end && *m_at != quote && *m_at != '\n' && *m_at != '\\')
                ++m_at;
            if (m_at == m_end || *m_at == '\n')
                return false;
            text.append(begin, m_at);
            if (*m_at == '\\' && quote == '"') {
                if (!readEscape(text))
                    return false;
            } else if (*m_at == '\\') {
                text += *m_at++;
            } else if (++m_at != m_end && quote == '\'' && *m_at == quote) {
                text += *m_at++;
            } else {
                return true;
            }
        }
    }

    bool readEscape(std::string &text)
    {
        if (++m_at == m_end)
            return false;
        switch (*m_at++) {
        case 'n':
            text += '\n';
            return true;
        case 't':
            text += '\t';
            return true;
        case '"':
            text += '"';
            return true;
        case '\\':
            text += '\\';
            return true;
        default:
            return false;
        }
    }

    bool readLiteral(Value &value, int column)
    {
        ++m_at;
        char chomping = ' ';
        if (m_at != m_end && (*m_at == '-' || *m_at == '+'))
            chomping = *m_at++;
        if (m_at == m_end || *m_at != '\n')
            return false;
        ++m_at;
        m_seenContent = true;
        std::string text;
        if (!readLiteralLines(text, column))
            return false;
        if (chomping != '+') {
            text.resize(text.find_last_not_of('\n') + 1);
            if (chomping == ' ')
                text += '\n';
        }
        value = Value::string(std::move(text));
        return toContent() && m_column <= column;
    }

    /// All lines, each with its line end. The first with content gives the indentation.
    bool readLiteralLines(std::string &text, int column)
    {
        std::ptrdiff_t indent = -1;
        while (m_at != m_end) {
            const char *line = m_at;
            const char *at = m_at;
            while (at != m_end && *at == ' ' && (indent < 0 || at - line < indent))
                ++at;
            if (at == m_end)
                return false;
            const std::ptrdiff_t spaces = at - line;
            if (*at == '\n') {
                // A blank line deeper than the first with content is an error of its own.
                if (indent < 0 && spaces > column + 1)
                    return false;
                text += '\n';
                m_at = at + 1;
                continue;
            }
            if (indent < 0) {
                if (spaces <= column)
                    return false;
                indent = spaces;
            } else if (spaces < indent) {
                break;
            }
            const char *end =
                static_cast<const char *>(std::char_traits<char>::find(at, static_cast<std::size_t>(m_end - at), '\n'));
            if (!end)
                return false; // an unfinished last line has rules of its own
            text.append(at, end + 1);
            m_at = end + 1;
        }
        return indent >= 0;
    }

    bool readFlow(Value &value)
    {
        if (++m_depth > maxDepth)
            return false;
        const char open = *m_at++;
        skipSpaces();
        const bool done = open == '[' ? readFlowList(value) : readFlowMap(value);
        --m_depth;
        return done;
    }

    /// Behind an entry: true with `more` false when the collection ends here.
    bool endEntry(char close, bool &more)
    {
        skipSpaces();
        if (m_at == m_end || (*m_at != ',' && *m_at != close))
            return false;
        more = *m_at++ == ',';
        if (more)
            skipSpaces();
        return m_at != m_end || !more;
    }

    bool readFlowList(Value &value)
    {
        std::vector<Value> items;
        bool more = m_at == m_end || *m_at != ']';
        if (!more)
            ++m_at;
        while (more) {
            if (!readFlowValue(items.emplace_back()) || !endEntry(']', more))
                return false;
        }
        value = Value::list(std::move(items));
        return true;
    }

    bool readFlowMap(Value &value)
    {
        std::vector<Map::Entry> entries;
        bool more = m_at == m_end || *m_at != '}';
        if (!more)
            ++m_at;
        while (more) {
            Map::Entry &entry = entries.emplace_back();
            if (!readFlowKey(entry.key) || !readFlowValue(entry.value) || !endEntry('}', more))
                return false;
        }
        value = Value::of(Map::fromEntries(std::move(entries)));
        return true;
    }

    bool readFlowKey(std::string &key)
    {
        if (m_at == m_end)
            return false;
        if (*m_at == '"') {
            if (!readQuoted(key) || key.size() > maxKey)
                return false;
        } else {
            const std::string_view plain = readFlowPlain();
            if (plain.empty() || plain.size() > maxKey || !resolveKey(plain, key))
                return false;
        }
        if (m_at == m_end || *m_at != ':')
            return false;
        ++m_at;
        if (m_at == m_end || *m_at != ' ')
            return false;
        skipSpaces();
        return true;
    }

    std::string_view readFlowPlain()
    {
        const char *begin = m_at;
        const auto inPlain = [this](const char *at) {
            return at != m_end && (classes[static_cast<unsigned char>(*at)] & InFlowPlain) != 0;
        };
        const bool isOption = m_at != m_end && *m_at == '-' && inPlain(m_at + 1);
        if (m_at != m_end && !isOption && (classes[static_cast<unsigned char>(*m_at)] & StartsPlain) == 0)
            return {};
        while (inPlain(m_at))
            ++m_at;
        return {begin, static_cast<std::size_t>(m_at - begin)};
    }

    bool readFlowValue(Value &value)
    {
        if (m_at == m_end)
            return false;
        if (*m_at == '[' || *m_at == '{')
            return readFlow(value);
        if (*m_at == '"' || *m_at == '\'') {
            std::string text;
            if (!readQuoted(text))
                return false;
            value = Value::string(std::move(text));
            return true;
        }
        const std::string_view plain = readFlowPlain();
        return !plain.empty() && setPlain(value, plain);
    }

    const char *m_at;
    const char *m_end;
    const char *m_line = nullptr;
    int m_column = 0; ///< Of the content at m_at; -1 at the end of the text.
    int m_depth = 0;
    bool m_seenContent = false;
};

} // namespace

std::optional<Value> readFast(std::string_view text)
{
    Value value;
    if (!isOrdinary(text) || !FastReader(text).readDocument(value))
        return {};
    return value;
}

} // namespace pk::yaml
