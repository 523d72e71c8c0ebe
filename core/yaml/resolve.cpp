// SPDX-License-Identifier: GPL-3.0-or-later
#include "yaml/resolve.h"

#include "base/ascii.h"
#include "base/gonumber.h"
#include "yaml/gofloat.h"
#include "yaml/reader.h"

#include <array>
#include <limits>
#include <optional>

namespace pk::yaml {

namespace {

enum class Hint : std::uint8_t { None, Word, Number, Dot };

constexpr std::array<Hint, 256> makeHints()
{
    std::array<Hint, 256> hints{};
    for (const char c : std::string_view("yYnNtTfFoO~"))
        hints[static_cast<unsigned char>(c)] = Hint::Word;
    for (const char c : std::string_view("+-0123456789"))
        hints[static_cast<unsigned char>(c)] = Hint::Number;
    hints['.'] = Hint::Dot;
    return hints;
}
constexpr std::array<Hint, 256> hints = makeHints();

/// The three ways in which YAML 1.1 lets a word be written: yes, Yes, YES.
bool isWord(std::string_view text, std::string_view lower)
{
    if (text.size() != lower.size())
        return false;
    const auto upperAt = [&](std::size_t i) { return static_cast<char>(lower[i] - 'a' + 'A'); };
    if (text[0] == lower[0])
        return text == lower;
    if (text[0] != upperAt(0))
        return false;
    if (text.substr(1) == lower.substr(1))
        return true;
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i] != upperAt(i))
            return false;
    }
    return true;
}

std::optional<Resolved> resolveWord(std::string_view text)
{
    if (text.size() > 5)
        return {};
    if (text.empty() || text == "~" || isWord(text, "null"))
        return Resolved{Resolved::Tag::Null, {}};
    for (const std::string_view word : {"y", "yes", "true", "on"}) {
        if (isWord(text, word))
            return Resolved{Resolved::Tag::Bool, Value::boolean(true)};
    }
    for (const std::string_view word : {"n", "no", "false", "off"}) {
        if (isWord(text, word))
            return Resolved{Resolved::Tag::Bool, Value::boolean(false)};
    }
    return {};
}

std::optional<Resolved> resolveInfinity(std::string_view text)
{
    const bool negative = text[0] == '-';
    std::string_view word = text;
    if (text[0] == '+' || text[0] == '-')
        word.remove_prefix(1);
    if (word.size() != 4 || word[0] != '.')
        return {};
    word.remove_prefix(1);
    constexpr double infinity = std::numeric_limits<double>::infinity();
    if (isWord(word, "inf"))
        return Resolved{Resolved::Tag::Float, Value::number(negative ? -infinity : infinity)};
    if (text[0] == '.' && (word == "nan" || word == "NaN" || word == "NAN"))
        return Resolved{Resolved::Tag::Float, Value::number(std::numeric_limits<double>::quiet_NaN())};
    return {};
}

/// [-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?
bool hasFloatForm(std::string_view text)
{
    std::size_t i = 0;
    const auto skipDigits = [&] {
        const std::size_t begin = i;
        while (i < text.size() && ascii::isDigit(text[i]))
            ++i;
        return i - begin;
    };
    if (i < text.size() && (text[i] == '+' || text[i] == '-'))
        ++i;
    const std::size_t whole = skipDigits();
    if (i < text.size() && text[i] == '.') {
        ++i;
        if (skipDigits() == 0 && whole == 0)
            return false;
    } else if (whole == 0) {
        return false;
    }
    if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
        ++i;
        if (i < text.size() && (text[i] == '+' || text[i] == '-'))
            ++i;
        if (skipDigits() == 0)
            return false;
    }
    return i == text.size();
}

/// A text that has the form of a decimal float; nothing when it is too big.
std::optional<Resolved> resolveFloat(std::string_view text)
{
    double number = 0;
    if (!hasFloatForm(text) || parseFloat(text, number) != Parsed::Ok)
        return {};
    return Resolved{Resolved::Tag::Float, Value::number(number)};
}

std::optional<Resolved> resolveNumber(std::string_view text)
{
    std::string stripped;
    if (text.find('_') != std::string_view::npos) {
        stripped = text;
        std::erase(stripped, '_');
        text = stripped;
    }
    if (text.empty())
        return {};
    std::int64_t integer = 0;
    const Parsed parsed = parseInt(text, 0, integer);
    if (parsed == Parsed::Ok)
        return Resolved{Resolved::Tag::Int, Value::integer(integer)};
    std::uint64_t large = 0;
    if (parsed == Parsed::Range && parseUint(text, 0, large) == Parsed::Ok)
        return Resolved{Resolved::Tag::Int, Value::unsignedInteger(large)};
    return resolveFloat(text);
}

/// Reads dates and times by the rules of Go's time.Parse for the four layouts that go-yaml tries.
class TimeReader
{
public:
    explicit TimeReader(std::string_view text) : m_rest(text) { }

    bool readAll()
    {
        if (!readDate())
            return false;
        if (m_rest.empty())
            return true;
        if (m_rest[0] == 'T' || m_rest[0] == 't') {
            m_rest.remove_prefix(1);
            return readClock() && readZone() && m_rest.empty();
        }
        if (m_rest[0] != ' ')
            return false;
        while (!m_rest.empty() && m_rest[0] == ' ')
            m_rest.remove_prefix(1);
        return readClock() && m_rest.empty();
    }

private:
    bool skip(char c)
    {
        if (m_rest.empty() || m_rest[0] != c)
            return false;
        m_rest.remove_prefix(1);
        return true;
    }

    /// One or two digits.
    bool readNumber(int &number, int minimum, int maximum)
    {
        if (m_rest.empty() || !ascii::isDigit(m_rest[0]))
            return false;
        number = 0;
        for (int i = 0; i < 2 && !m_rest.empty() && ascii::isDigit(m_rest[0]); ++i) {
            number = number * 10 + (m_rest[0] - '0');
            m_rest.remove_prefix(1);
        }
        return number >= minimum && number <= maximum;
    }

    bool readDate()
    {
        if (m_rest.size() < 5 || m_rest[4] != '-')
            return false;
        int year = 0;
        for (int i = 0; i < 4; ++i) {
            if (!ascii::isDigit(m_rest[0]))
                return false;
            year = year * 10 + (m_rest[0] - '0');
            m_rest.remove_prefix(1);
        }
        int month = 0;
        int day = 0;
        if (!skip('-') || !readNumber(month, 1, 12) || !skip('-') || !readNumber(day, 1, 31))
            return false;
        const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        constexpr std::array days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
        return day <= days[static_cast<std::size_t>(month) - 1] + (month == 2 && leap ? 1 : 0);
    }

    bool readClock()
    {
        int hour = 0;
        int minute = 0;
        int second = 0;
        if (!readNumber(hour, 0, 23) || !skip(':') || !readNumber(minute, 0, 59) || !skip(':')
            || !readNumber(second, 0, 59))
            return false;
        if (m_rest.size() >= 2 && (m_rest[0] == '.' || m_rest[0] == ',') && ascii::isDigit(m_rest[1])) {
            m_rest.remove_prefix(1);
            while (!m_rest.empty() && ascii::isDigit(m_rest[0]))
                m_rest.remove_prefix(1);
        }
        return true;
    }

    bool readZone()
    {
        if (skip('Z'))
            return true;
        if (m_rest.size() < 6 || (m_rest[0] != '+' && m_rest[0] != '-') || m_rest[3] != ':')
            return false;
        for (const std::size_t i : {1, 2, 4, 5}) {
            if (!ascii::isDigit(m_rest[i]))
                return false;
        }
        const int hours = (m_rest[1] - '0') * 10 + (m_rest[2] - '0');
        const int minutes = (m_rest[4] - '0') * 10 + (m_rest[5] - '0');
        m_rest.remove_prefix(6);
        return hours <= 24 && minutes <= 60;
    }

    std::string_view m_rest;
};

} // namespace

Value asJsonNumber(Value value)
{
    if (value.kind() == Value::Kind::Int64)
        return Value::number(static_cast<double>(value.toInt()));
    return value.kind() == Value::Kind::Uint64 ? Value::number(static_cast<double>(value.toUint())) : value;
}

bool mayResolve(std::string_view text)
{
    return text.empty() || hints[static_cast<unsigned char>(text[0])] != Hint::None;
}

bool isTimestamp(std::string_view text)
{
    return TimeReader(text).readAll();
}

bool isBase60(std::string_view text)
{
    std::size_t i = 0;
    const auto at = [&](std::size_t index) { return index < text.size() ? text[index] : '\0'; };
    if (at(i) == '+' || at(i) == '-')
        ++i;
    if (!ascii::isDigit(at(i)))
        return false;
    while (ascii::isDigit(at(i)) || at(i) == '_')
        ++i;
    int groups = 0;
    while (at(i) == ':' && ascii::isDigit(at(i + 1))) {
        i += at(i + 1) <= '5' && ascii::isDigit(at(i + 2)) ? 3 : 2;
        ++groups;
    }
    if (groups == 0)
        return false;
    if (at(i) == '.') {
        ++i;
        while (ascii::isDigit(at(i)) || at(i) == '_')
            ++i;
    }
    return i == text.size();
}

Resolved resolvePlain(std::string_view text)
{
    const Hint hint = text.empty() ? Hint::Word : hints[static_cast<unsigned char>(text[0])];
    std::optional<Resolved> found;
    switch (hint) {
    case Hint::None:
        break;
    case Hint::Word:
        found = resolveWord(text);
        break;
    case Hint::Dot:
        found = resolveInfinity(text);
        if (!found)
            found = resolveFloat(text);
        break;
    case Hint::Number:
        if (isTimestamp(text))
            return {Resolved::Tag::Timestamp, {}};
        found = resolveInfinity(text);
        if (!found)
            found = resolveNumber(text);
        break;
    }
    return found ? *found : Resolved{};
}

Value resolve(std::string_view plain)
{
    const Resolved resolved = resolvePlain(plain);
    const bool isText = resolved.tag == Resolved::Tag::String || resolved.tag == Resolved::Tag::Timestamp;
    return isText ? Value::string(std::string(plain)) : resolved.value;
}

bool resolvesToString(std::string_view plain)
{
    return !mayResolve(plain) || (resolvePlain(plain).tag == Resolved::Tag::String && !isBase60(plain));
}

bool resolveKey(std::string_view plain, std::string &key)
{
    const Resolved resolved = resolvePlain(plain);
    key.clear();
    switch (resolved.tag) {
    case Resolved::Tag::Null:
        return false;
    case Resolved::Tag::Bool:
        key = resolved.value.toBool() ? "true" : "false";
        return true;
    case Resolved::Tag::Int:
        if (resolved.value.kind() == Value::Kind::Uint64)
            return false;
        key = std::to_string(resolved.value.toInt());
        return true;
    case Resolved::Tag::Float:
        appendYamlFloat32(key, resolved.value.toDouble());
        return true;
    case Resolved::Tag::Timestamp:
    case Resolved::Tag::String:
        key = plain;
        return true;
    }
    return false;
}

} // namespace pk::yaml
