// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/strvals.h"

#include "base/ascii.h"
#include "base/inputerror.h"
#include "chart/gotext.h"
#include "yaml/json.h"

#include <algorithm>

namespace pk::chart {

namespace {

constexpr int maxIndex = 65536;
constexpr int maxNesting = 30;
constexpr int maxListsInLists = 1000; // ours: Go has a stack without end

enum class Mode { Typed, Strings, Json, File, Literal };

Value typedValue(std::string_view text)
{
    if (ascii::equalFold(text, "true"))
        return Value::boolean(true);
    if (ascii::equalFold(text, "false"))
        return Value::boolean(false);
    if (ascii::equalFold(text, "null"))
        return {};
    if (text == "0")
        return Value::integer(0);
    if (!text.empty() && text.front() != '0') {
        if (const auto number = parseGoInt(text))
            return Value::integer(*number);
    }
    return Value::string(std::string(text));
}

/// Go's panic text when a value is not of the type that the parser takes for granted.
std::string conversionPanic(const Value &value, std::string_view wanted)
{
    const std::string type = value.isNil() ? "nil" : value.typeName();
    return "unable to parse key: interface conversion: interface {} is " + type + ", not " + std::string(wanted);
}

/// What a step of the parser comes back with: go on, end of the text (Go's io.EOF), a failure with its text, or a Go
/// panic, which the nearest key() turns into a failure.
struct Outcome
{
    enum class Kind { Done, End, Failed, Panicked };
    Kind kind = Kind::Done;
    std::string message = {};

    bool done() const { return kind == Kind::Done; }
};

Outcome failed(std::string message)
{
    return {Outcome::Kind::Failed, std::move(message)};
}

Outcome panicked(const Value &value, std::string_view wanted)
{
    return {Outcome::Kind::Panicked, conversionPanic(value, wanted)};
}

const Outcome atEnd{Outcome::Kind::End, "EOF"};

class Parser
{
public:
    Parser(std::string_view text, Mode mode, const Levels &levels, const FileReader *read) :
        m_text(text), m_mode(mode), m_levels(levels), m_read(read)
    {
    }

    Result<void> run(Map &target)
    {
        while (true) {
            const Outcome outcome = key(target, 0);
            if (outcome.done())
                continue;
            if (outcome.kind == Outcome::Kind::End)
                return {};
            return inputError(outcome.message);
        }
    }

private:
    struct Piece
    {
        std::string text;
        char stop = 0; ///< 0: the text ended.
    };

    Piece until(std::string_view stops)
    {
        Piece piece;
        while (m_at < m_text.size()) {
            const char c = m_text[m_at++];
            if (stops.find(c) != std::string_view::npos) {
                piece.stop = c;
                return piece;
            }
            if (c == '\\' && m_mode != Mode::Literal) {
                if (m_at == m_text.size())
                    return piece;
                piece.text += m_text[m_at++];
            } else {
                piece.text += c;
            }
        }
        return piece;
    }

    static void assign(Map &map, const std::string &name, Value value)
    {
        if (!name.empty())
            map.set(name, std::move(value));
    }

    Outcome key(Map &map, int nesting)
    {
        Outcome outcome = keyOrPanic(map, nesting);
        if (outcome.kind == Outcome::Kind::Panicked)
            outcome.kind = Outcome::Kind::Failed;
        return outcome;
    }

    Outcome keyOrPanic(Map &map, int nesting)
    {
        const Piece piece = until(m_mode == Mode::Literal ? "=[." : "=[,.");
        switch (piece.stop) {
        case 0:
            if (piece.text.empty())
                return atEnd;
            return failed("key " + goQuote(piece.text) + " has no value");
        case '[':
            return indexed(map, piece.text, nesting);
        case '=':
            return assigned(map, piece.text);
        case '.':
            return nested(map, piece.text, nesting + 1);
        default:
            assign(map, piece.text, Value::string(""));
            return failed("key " + goQuote(piece.text) + " has no value (cannot end with ,)");
        }
    }

    Outcome indexed(Map &map, const std::string &name, int nesting)
    {
        int index = 0;
        if (const Outcome outcome = readIndex(index); !outcome.done()) {
            if (outcome.kind == Outcome::Kind::End && m_levels.ignoreOpenIndex)
                return atEnd;
            return failed("error parsing index: " + outcome.message);
        }
        Value list = Value::list();
        if (const Value *old = map.find(name)) {
            if (!old->isList())
                return panicked(*old, "[]interface {}");
            list = Value::list(old->asList().items);
        }
        const Outcome outcome = listItem(list, index, nesting);
        if (outcome.kind != Outcome::Kind::Panicked)
            assign(map, name, list);
        return outcome;
    }

    Outcome nested(Map &map, const std::string &name, int nesting)
    {
        if (nesting > maxNesting)
            return failed("value name nested level is greater than maximum supported nested level of "
                + std::to_string(maxNesting));
        Value inner = Value::map();
        if (const Value *old = map.find(name)) {
            if (!old->isMap())
                return panicked(*old, "map[string]interface {}");
            inner = *old;
        }
        const Outcome outcome = key(inner.asMap(), nesting);
        if (outcome.done() && inner.asMap().isEmpty())
            return failed("key map " + goQuote(name) + " has no value");
        if (!inner.asMap().isEmpty())
            assign(map, name, inner);
        return outcome;
    }

    Outcome assigned(Map &map, const std::string &name)
    {
        Value value;
        bool known = true;
        const Outcome outcome = readValue(value, known);
        if (known)
            assign(map, name, std::move(value));
        return outcome;
    }

    /// Reads what stands behind `=`. `known` is false when Go would not assign anything.
    Outcome readValue(Value &value, bool &known)
    {
        known = true;
        if (m_mode == Mode::Json)
            return jsonValue(value, known);
        if (m_mode == Mode::Literal) {
            value = Value::string(std::string(m_text.substr(m_at)));
            m_at = m_text.size();
            return {};
        }
        if (m_at == m_text.size()) {
            value = Value::string("");
            return atEnd;
        }
        if (m_text[m_at] == '{') {
            ++m_at;
            return listValue(value, known);
        }
        return convert(until(",").text, value);
    }

    Outcome jsonValue(Value &value, bool &known)
    {
        if (skipToValue())
            return {};
        // The first JSON value, as a json.Decoder takes it.
        const std::string_view rest = m_text.substr(m_at);
        const std::size_t end = jsonLength(rest);
        const auto parsed = yaml::parseJson(rest.substr(0, end));
        if (!parsed) {
            known = false;
            return failed(parsed.error().message);
        }
        value = *parsed;
        m_at += end;
        skipToValue();
        return {};
    }

    /// True when nothing stands before the next comma or the end; the comma is taken.
    bool skipToValue()
    {
        while (m_at < m_text.size()) {
            if (m_text[m_at] == ',') {
                ++m_at;
                return true;
            }
            const Decoded next = decodeRune(m_text, m_at);
            if (!isSpace(next.code))
                return false;
            m_at += next.width;
        }
        return true;
    }

    Outcome listValue(Value &value, bool &known)
    {
        std::vector<Value> items;
        while (true) {
            const Piece piece = until(",}");
            if (piece.stop == 0) {
                known = false;
                return failed("list must terminate with '}'");
            }
            Value item;
            const Outcome outcome = convert(piece.text, item);
            if (!outcome.done()) {
                known = false;
                return outcome;
            }
            items.push_back(std::move(item));
            if (piece.stop == '}') {
                if (m_at < m_text.size() && m_text[m_at] == ',')
                    ++m_at;
                value = Value::list(std::move(items));
                return {};
            }
        }
    }

    Outcome convert(const std::string &text, Value &value)
    {
        if (m_mode == Mode::Typed) {
            value = typedValue(text);
        } else if (m_mode == Mode::File) {
            const auto content = (*m_read)(text);
            if (!content)
                return failed(content.error().message);
            value = Value::string(*content);
        } else {
            value = Value::string(text);
        }
        return {};
    }

    Outcome readIndex(int &index)
    {
        const Piece piece = until("]");
        if (piece.stop == 0)
            return atEnd;
        std::string error;
        if (!goAtoi(piece.text, index, error))
            return failed(error);
        return {};
    }

    static Outcome setIndex(Value &list, int index, Value value)
    {
        if (index < 0)
            return failed("negative " + std::to_string(index) + " index not allowed");
        if (index > maxIndex)
            return failed("index of " + std::to_string(index) + " is greater than maximum supported index of "
                + std::to_string(maxIndex));
        auto &items = list.asList().items;
        if (items.size() <= static_cast<std::size_t>(index))
            items.resize(static_cast<std::size_t>(index) + 1);
        items[static_cast<std::size_t>(index)] = std::move(value);
        return {};
    }

    Outcome listItem(Value &list, int index, int nesting)
    {
        if (index < 0)
            return failed("negative " + std::to_string(index) + " index not allowed");
        const Piece piece = until("[.=");
        if (!piece.text.empty())
            return failed("unexpected data at end of array index: " + goQuoteRunes(piece.text));
        if (piece.stop == 0)
            return atEnd;
        if (piece.stop == '=')
            return itemAssigned(list, index);
        return piece.stop == '[' ? itemIndexed(list, index, nesting) : itemNested(list, index, nesting);
    }

    Outcome itemAssigned(Value &list, int index)
    {
        Value value;
        bool known = true;
        const Outcome outcome = readValue(value, known);
        if (outcome.kind == Outcome::Kind::Failed || outcome.kind == Outcome::Kind::Panicked)
            return outcome;
        return setIndex(list, index, std::move(value));
    }

    Outcome itemIndexed(Value &list, int index, int nesting)
    {
        int next = 0;
        if (const Outcome outcome = readIndex(next); !outcome.done()) {
            if (outcome.kind == Outcome::Kind::End && m_levels.ignoreOpenIndex)
                return atEnd;
            return failed("error parsing index: " + outcome.message);
        }
        Value inner = Value::list();
        const auto &items = list.asList().items;
        if (items.size() > static_cast<std::size_t>(index) && !items[static_cast<std::size_t>(index)].isNil()) {
            const Value &old = items[static_cast<std::size_t>(index)];
            if (!old.isList())
                return panicked(old, "[]interface {}");
            inner = old;
        }
        if (++m_listsInLists > maxListsInLists)
            return failed("more than " + std::to_string(maxListsInLists) + " lists in lists");
        const Outcome outcome = listItem(inner, next, nesting);
        --m_listsInLists;
        if (!outcome.done())
            return outcome;
        return setIndex(list, index, inner);
    }

    Outcome itemNested(Value &list, int index, int nesting)
    {
        Value inner = Value::map();
        auto &items = list.asList().items;
        if (items.size() > static_cast<std::size_t>(index)) {
            Value &old = items[static_cast<std::size_t>(index)];
            if (!old.isMap())
                old = Value::map(); // Indices came out of order.
            inner = old;
        }
        const Outcome outcome = key(inner.asMap(), nesting);
        if (!outcome.done())
            return outcome;
        return setIndex(list, index, inner);
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    Mode m_mode;
    const Levels &m_levels;
    int m_listsInLists = 0;
    const FileReader *m_read;
};

} // namespace

Result<void> setValues(std::string_view argument, const Value &values, const Levels &levels)
{
    return Parser(argument, Mode::Typed, levels, nullptr).run(values.asMap());
}

Result<void> setStringValues(std::string_view argument, const Value &values, const Levels &levels)
{
    return Parser(argument, Mode::Strings, levels, nullptr).run(values.asMap());
}

Result<void> setJsonValues(std::string_view argument, const Value &values, const Levels &levels)
{
    return Parser(argument, Mode::Json, levels, nullptr).run(values.asMap());
}

Result<void> setFileValues(std::string_view argument, const Value &values, const Levels &levels, const FileReader &read)
{
    return Parser(argument, Mode::File, levels, &read).run(values.asMap());
}

Result<void> setLiteralValue(std::string_view argument, const Value &values, const Levels &levels)
{
    return Parser(argument, Mode::Literal, levels, nullptr).run(values.asMap());
}

} // namespace pk::chart
