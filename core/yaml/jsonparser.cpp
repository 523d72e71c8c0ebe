// SPDX-License-Identifier: GPL-3.0-or-later
#include "yaml/jsonparser.h"

#include "base/ascii.h"
#include "base/gonumber.h"
#include "base/quote.h"
#include "yaml/json.h"

#include <cstdint>

namespace pk::yaml {

namespace {

constexpr int maxDepth = 10000;

class Parser
{
public:
    explicit Parser(std::string_view text) : m_text(text) { }

    Result<Value> run(Value *despite)
    {
        Value value;
        if (!parseValue(value) || !parseEnd())
            return error();
        // Go checks the syntax of the whole text before it looks at the first number.
        if (!m_rangeProblem.empty() && despite)
            *despite = std::move(value);
        if (!m_rangeProblem.empty())
            return Error{Error::Code::InvalidInput, m_rangeProblem};
        return value;
    }

private:
    Error error() const
    {
        Error result{Error::Code::InvalidInput, m_problem};
        result.at.begin = result.at.end = m_at;
        result.at.line = 1;
        for (std::size_t i = 0; i < m_at && i < m_text.size(); ++i) {
            ++result.at.column;
            if (m_text[i] == '\n') {
                ++result.at.line;
                result.at.column = 0;
            }
        }
        return result;
    }

    bool atEnd() const { return m_at >= m_text.size(); }
    char peek() const { return m_text[m_at]; }

    void skipSpace()
    {
        while (!atEnd() && (peek() == ' ' || peek() == '\n' || peek() == '\t' || peek() == '\r'))
            ++m_at;
    }

    /// Go's quoteChar: the byte as if it were a code point.
    static std::string quotedByte(char c)
    {
        if (c == '\'')
            return "'\\''";
        if (c == '"')
            return "'\"'";
        std::string text;
        appendRune(text, static_cast<unsigned char>(c));
        std::string quoted = goQuote(text);
        quoted.front() = quoted.back() = '\'';
        return quoted;
    }

    bool unexpected(const std::string &where)
    {
        m_problem = atEnd() ? "unexpected end of JSON input" : "invalid character " + quotedByte(peek()) + " " + where;
        return false;
    }

    /// The same where a blank would be wrong as well: Go feeds one behind the end of the text to see whether it may
    /// end.
    bool unexpectedInToken(const std::string &where)
    {
        if (!atEnd())
            return unexpected(where);
        m_problem = "invalid character ' ' " + where;
        return false;
    }

    bool parseEnd()
    {
        skipSpace();
        return atEnd() || unexpected("after top-level value");
    }

    bool parseValue(Value &value)
    {
        skipSpace();
        if (atEnd())
            return unexpected({});
        switch (peek()) {
        case '{':
            return parseObject(value);
        case '[':
            return parseArray(value);
        case '"': {
            std::string text;
            if (!parseString(text))
                return false;
            value = Value::string(std::move(text));
            return true;
        }
        case 't':
            value = Value::boolean(true);
            return parseWord("true");
        case 'f':
            value = Value::boolean(false);
            return parseWord("false");
        case 'n':
            value = Value();
            return parseWord("null");
        default:
            break;
        }
        if (peek() == '-' || isDigit())
            return parseNumber(value);
        return unexpected("looking for beginning of value");
    }

    bool parseWord(std::string_view word)
    {
        for (const char expected : word) {
            if (atEnd() || peek() != expected)
                return unexpectedInToken("in literal " + std::string(word) + " (expecting '" + expected + "')");
            ++m_at;
        }
        return true;
    }

    bool isDigit() const { return !atEnd() && ascii::isDigit(peek()); }
    void skipDigits()
    {
        while (isDigit())
            ++m_at;
    }

    bool parseNumber(Value &value)
    {
        const std::size_t begin = m_at;
        if (peek() == '-') {
            ++m_at;
            if (!isDigit())
                return unexpectedInToken("in numeric literal");
        }
        if (peek() == '0')
            ++m_at;
        else
            skipDigits();
        if (!atEnd() && peek() == '.') {
            ++m_at;
            if (!isDigit())
                return unexpectedInToken("after decimal point in numeric literal");
            skipDigits();
        }
        if (!atEnd() && (peek() == 'e' || peek() == 'E')) {
            ++m_at;
            if (!atEnd() && (peek() == '+' || peek() == '-'))
                ++m_at;
            if (!isDigit())
                return unexpectedInToken("in exponent of numeric literal");
            skipDigits();
        }
        convertNumber(m_text.substr(begin, m_at - begin), value);
        return true;
    }

    void convertNumber(std::string_view text, Value &value)
    {
        double number = 0;
        const bool tooBig = parseFloat(text, number) == Parsed::Range;
        if (tooBig && m_rangeProblem.empty())
            m_rangeProblem = "json: cannot unmarshal number " + std::string(text) + " into Go value of type float64";
        value = tooBig ? Value() : Value::number(number);
    }

    bool parseHex(std::uint32_t &code)
    {
        code = 0;
        for (int i = 0; i < 4; ++i, ++m_at) {
            const int digit = atEnd() ? -1 : ascii::hexOf(peek());
            if (digit < 0)
                return unexpectedInToken("in \\u hexadecimal character escape");
            code = code * 16 + static_cast<std::uint32_t>(digit);
        }
        return true;
    }

    /// Behind `\u`. Half a surrogate pair becomes U+FFFD.
    bool parseUnicodeEscape(std::string &text)
    {
        std::uint32_t code = 0;
        if (!parseHex(code))
            return false;
        if (code >= 0xD800 && code < 0xE000) {
            const std::size_t behind = m_at;
            std::uint32_t low = 0;
            if (code < 0xDC00 && m_text.substr(m_at, 2) == "\\u") {
                m_at += 2;
                if (!parseHex(low))
                    return false;
            }
            if (low >= 0xDC00 && low < 0xE000) {
                code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
            } else {
                code = 0xFFFD;
                m_at = behind;
            }
        }
        appendRune(text, code);
        return true;
    }

    bool parseEscape(std::string &text)
    {
        const char c = atEnd() ? ' ' : peek();
        const std::string_view letters = "\"\\/bfnrt";
        const std::size_t which = letters.find(c);
        if (c == 'u') {
            ++m_at;
            return parseUnicodeEscape(text);
        }
        if (which == std::string_view::npos)
            return unexpectedInToken("in string escape code");
        text += "\"\\/\b\f\n\r\t"[which];
        ++m_at;
        return true;
    }

    bool parseString(std::string &text)
    {
        ++m_at;
        while (true) {
            if (atEnd())
                return unexpected({});
            const char c = peek();
            if (c == '"') {
                ++m_at;
                return true;
            }
            if (c == '\\') {
                ++m_at;
                if (!parseEscape(text))
                    return false;
            } else if (static_cast<unsigned char>(c) < 0x20) {
                return unexpected("in string literal");
            } else {
                const Decoded rune = decodeRune(m_text, m_at);
                appendRune(text, rune.code);
                m_at += rune.width;
            }
        }
    }

    bool enter()
    {
        if (++m_depth <= maxDepth)
            return true;
        m_problem = "exceeded max depth";
        return false;
    }

    /// What stands between the brackets of a list or a map; `readOne` reads one of its members, `after` tells where a
    /// comma is missing.
    template <class ReadOne> bool parseMembers(char close, const char *after, ReadOne readOne)
    {
        if (!enter())
            return false;
        ++m_at;
        skipSpace();
        bool more = atEnd() || peek() != close;
        if (!more)
            ++m_at;
        while (more) {
            if (!readOne())
                return false;
            skipSpace();
            if (atEnd() || (peek() != ',' && peek() != close))
                return unexpected(after);
            more = m_text[m_at++] == ',';
        }
        --m_depth;
        return true;
    }

    bool parseArray(Value &value)
    {
        std::vector<Value> items;
        if (!parseMembers(']', "after array element", [&] { return parseValue(items.emplace_back()); }))
            return false;
        value = Value::list(std::move(items));
        return true;
    }

    bool parseEntry(Map::Entry &entry)
    {
        skipSpace();
        if (atEnd() || peek() != '"')
            return unexpected("looking for beginning of object key string");
        if (!parseString(entry.key))
            return false;
        skipSpace();
        if (atEnd() || peek() != ':')
            return unexpected("after object key");
        ++m_at;
        return parseValue(entry.value);
    }

    bool parseObject(Value &value)
    {
        std::vector<Map::Entry> entries;
        if (!parseMembers('}', "after object key:value pair", [&] { return parseEntry(entries.emplace_back()); }))
            return false;
        value = Value::of(Map::fromEntries(std::move(entries)));
        return true;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    int m_depth = 0;
    std::string m_problem;
    std::string m_rangeProblem;
};

} // namespace

std::string cannotUnmarshal(const Value &value, std::string_view target)
{
    const std::string_view kind = value.isMap() ? "object"
        : value.isList()                        ? "array"
        : value.isString()                      ? "string"
        : value.isBool()                        ? "bool"
                                                : "number";
    return "json: cannot unmarshal " + std::string(kind) + " into " + std::string(target);
}

Result<Value> parseJsonCarefully(std::string_view text, Value *despite)
{
    return Parser(text).run(despite);
}

} // namespace pk::yaml
