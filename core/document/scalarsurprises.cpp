// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/scalarsurprises.h"

#include "base/ascii.h"
#include "document/secretplaces.h"
#include "yaml/gofloat.h"
#include "yaml/resolve.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

namespace pk::document {

namespace {

using yaml::Node;
using yaml::Resolved;
using yaml::Style;
using Severity = Problem::Severity;
using Kind = Wanted::Kind;

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

bool isLetterOrDigit(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) || static_cast<unsigned char>(c) >= 0x80;
}

std::string lower(std::string_view text)
{
    std::string out(text);
    std::ranges::transform(
        out, out.begin(), [](char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); });
    return out;
}

bool isTrueOrFalse(std::string_view word)
{
    return lower(word) == "true" || lower(word) == "false";
}

double numberOf(const Value &value)
{
    switch (value.kind()) {
    case Value::Kind::Uint64:
        return static_cast<double>(value.toUint());
    case Value::Kind::Float64:
        return value.toDouble();
    default:
        return static_cast<double>(value.toInt());
    }
}

/// As toYaml and toJson write it: without an exponent up to 21 digits.
std::string plainNumber(double number)
{
    std::string out;
    yaml::appendJsonFloat(out, number);
    return out;
}

/// As {{ .Values.x }} and quote write it.
std::string printedNumber(double number)
{
    std::string out;
    yaml::appendGoFloat(out, number);
    return out;
}

/// Digits behind a sign, and nothing else.
std::string_view digitsOf(std::string_view text)
{
    if (!text.empty() && (text[0] == '-' || text[0] == '+'))
        text.remove_prefix(1);
    return std::ranges::all_of(text, ascii::isDigit) ? text : std::string_view();
}

/// Every number of a values file is a float64, which keeps about 16 digits.
bool losesDigits(std::string_view digits, double number)
{
    if (digits.size() < 16 || digits[0] == '0')
        return false;
    std::array<char, 400> exact{};
    const int length = std::snprintf(exact.data(), exact.size(), "%.0f", std::abs(number));
    return std::string_view(exact.data(), static_cast<std::size_t>(length)) != digits;
}

/// Modes of files are written as octals on purpose, and Kubernetes wants the decimal that YAML makes of them.
bool isMode(std::string_view key, std::string_view digits)
{
    const std::string name = lower(key);
    return (digits.size() == 4 || digits.size() == 5)
        && (name.find("mode") != std::string::npos || name.find("umask") != std::string::npos);
}

/// Names whose zeros count: 1.10 is not 1.1 there.
bool isVersion(std::string_view key)
{
    const std::string name = lower(key);
    return name.ends_with("version") || name.ends_with("tag");
}

class Finder
{
public:
    explicit Finder(const ScalarPlace &scalar) : m_scalar(scalar), m_node(scalar.node), m_wanted(scalar.wanted.kind())
    {
    }

    std::optional<Problem> run() const
    {
        if (!m_node.tag.empty())
            return {}; // Its writer said what it is.
        switch (m_node.style) {
        case Style::Plain:
            return plain();
        case Style::SingleQuoted:
        case Style::DoubleQuoted:
            return quoted();
        case Style::Literal:
        case Style::Folded:
            return block();
        default:
            return {};
        }
    }

private:
    std::optional<Problem> plain() const
    {
        if (m_node.value.empty() || m_node.value == "~")
            return nothing();
        const Resolved resolved = yaml::mayResolve(m_node.value) ? yaml::resolvePlain(m_node.value) : Resolved{};
        switch (resolved.tag) {
        case Resolved::Tag::Bool:
            return word(resolved.value.toBool());
        case Resolved::Tag::Int:
        case Resolved::Tag::Float:
            return number(resolved.tag, numberOf(resolved.value));
        case Resolved::Tag::String:
            return string();
        default:
            return {}; // The word null is written on purpose; dates stay what they are.
        }
    }

    /// The country code NO, a switch that wants "on".
    std::optional<Problem> word(bool value) const
    {
        if (isTrueOrFalse(m_node.value) || m_wanted == Kind::Bool)
            return {};
        Problem problem =
            changed(m_wanted == Kind::Text ? Severity::Warning : Severity::Hint, "yaml.word", value ? "true" : "false");
        problem.fix = quote();
        return problem;
    }

    std::optional<Problem> number(Resolved::Tag tag, double number) const
    {
        if (!std::isfinite(number))
            return {}; // Helm refuses it.
        const std::string &written = m_node.value;
        const std::string_view digits = digitsOf(written);
        const std::string plainForm = plainNumber(number);
        if (losesDigits(digits, number)) {
            Problem problem = changed(Severity::Warning, "yaml.digits", printedNumber(number));
            problem.fix = quote();
            return problem;
        }
        if (digits.size() > 1 && digits[0] == '0')
            return leadingZero(tag, digits, plainForm);
        if (written != plainForm)
            return notation(plainForm);
        if (std::string printed = printedNumber(number); printed.find('e') != std::string::npos) {
            Problem problem = changed(Severity::Warning, "yaml.exponent", printed);
            problem.parameters.emplace_back("printed", std::move(printed));
            problem.fix = quote();
            return problem;
        }
        return {};
    }

    /// 010 is 8; 089, which is no octal, is 89.
    std::optional<Problem> leadingZero(Resolved::Tag tag, std::string_view digits, const std::string &plainForm) const
    {
        if (isMode(m_scalar.key, digits) || digits.find_first_not_of('0') == std::string_view::npos)
            return {};
        const bool octal = tag == Resolved::Tag::Int;
        Problem problem = changed(Severity::Warning, octal ? "yaml.octal" : "yaml.number", plainForm);
        if (m_wanted != Kind::Number) {
            problem.fix = quote();
        } else if (octal) {
            const std::string decimal(digits.substr(digits.find_first_not_of('0')));
            problem.parameters.emplace_back("plain", decimal);
            problem.fix = {.yaml = decimal, .id = "fix.write"};
        }
        return problem;
    }

    /// 1e6, 0x1F, 1_000, 1.10: told where text is wanted, and where nothing is known and it looks like text.
    std::optional<Problem> notation(const std::string &plainForm) const
    {
        if (m_wanted == Kind::Number)
            return {};
        const bool decimal = m_node.value.find_first_not_of("0123456789.-") == std::string::npos;
        const bool text = m_wanted == Kind::Text || isVersion(m_scalar.key);
        if (decimal && !text)
            return {};
        Problem problem = changed(text ? Severity::Warning : Severity::Hint, "yaml.number", plainForm);
        problem.fix = quote();
        return problem;
    }

    /// `key:` with nothing behind it, and `~`.
    std::optional<Problem> nothing() const
    {
        if (m_node.value.empty()) {
            if (std::optional<Problem> comment = commentWithin())
                return comment;
        }
        if (m_scalar.key.empty() || !m_scalar.wanted.hasDefault())
            return {};
        const bool tilde = !m_node.value.empty();
        Problem problem = problemOf(Severity::Hint, tilde ? "yaml.tilde" : "yaml.empty", m_node);
        problem.parameters = {{"key", std::string(m_scalar.key)}};
        problem.fix = {.remove = true, .id = "fix.use-default"};
        return problem;
    }

    std::optional<Problem> string() const
    {
        if (std::optional<Problem> odd = oddCharacters(m_scalar.text, m_node))
            return odd;
        if (m_wanted == Kind::Map) {
            if (const auto colon = m_node.value.find(':'); colon != std::string::npos && colon > 0) {
                Problem problem = problemOf(Severity::Warning, "yaml.no-space", m_node);
                problem.parameters = {{"key", m_node.value.substr(0, colon)}};
                return problem;
            }
        }
        return commentWithin();
    }

    /// `secret #1`: what reads as a value with a number in it ends before the `#`. A comment of one word that follows
    /// closely looks like that; other comments do not.
    std::optional<Problem> commentWithin() const
    {
        const std::string_view text = m_scalar.text;
        if (m_scalar.inFlow || m_wanted == Kind::Bool || m_wanted == Kind::Number)
            return {};
        std::size_t at = m_node.span.end;
        while (at < text.size() && (isBlank(text[at]) || (text[at] == ':' && m_node.value.empty())))
            ++at;
        if (at >= text.size() || text[at] != '#' || at == 0 || text[at - 1] != ' ')
            return {};
        const std::size_t lineEnd = std::min(text.find_first_of("\r\n", at), text.size());
        const std::string_view word = text.substr(at, lineEnd - at);
        if (word.size() < 2 || !isLetterOrDigit(word[1]) || word.find_first_of(" \t") != std::string_view::npos)
            return {};
        const bool empty = m_node.value.empty();
        if (!empty && at != m_node.span.end + 1)
            return {};
        Problem problem = problemOf(m_scalar.secret || empty ? Severity::Warning : Severity::Hint,
            empty ? "yaml.comment-only" : "yaml.comment", m_node);
        problem.parameters = {{"written", m_scalar.secret ? "#" : std::string(word)}};
        problem.at = placeIn(text, m_node, at, lineEnd);
        return problem;
    }

    /// A space at the end within quotes: nobody sees it, and a password with it is another one.
    std::optional<Problem> quoted() const
    {
        const std::string &value = m_node.value;
        if (value.size() < 2)
            return {};
        const std::string_view raw = m_scalar.text.substr(m_node.span.begin, m_node.span.end - m_node.span.begin);
        const std::size_t open = raw.find_first_of("'\"");
        if (open == std::string_view::npos || raw.size() < open + 4)
            return {};
        const std::string_view inner = raw.substr(open + 1, raw.size() - open - 2);
        const std::size_t first = value.find_first_not_of(" \t");
        if (first == std::string::npos)
            return {};
        const std::size_t last = value.find_last_not_of(" \t");
        // Separators and prefixes end so on purpose: ", " and "- ".
        const bool before = first > 0 && isBlank(inner.front()) && isLetterOrDigit(value[first]);
        const bool behind = last + 1 < value.size() && isBlank(inner.back()) && isLetterOrDigit(value[last]);
        if (!before && !behind)
            return {};
        Problem problem = problemOf(m_scalar.secret ? Severity::Warning : Severity::Hint, "yaml.space", m_node);
        const std::size_t innerBegin = m_node.span.begin + open + 1;
        const std::size_t innerEnd = innerBegin + inner.size();
        const std::size_t blanks =
            behind ? inner.size() - inner.find_last_not_of(" \t") - 1 : inner.find_first_not_of(" \t");
        problem.at = behind ? placeIn(m_scalar.text, m_node, innerEnd - blanks, innerEnd)
                            : placeIn(m_scalar.text, m_node, innerBegin, innerBegin + blanks);
        problem.fix = {.id = "fix.trim"};
        return problem;
    }

    std::optional<Problem> block() const
    {
        const std::string &value = m_node.value;
        const auto newline = value.find('\n');
        if (newline != std::string::npos && newline + 1 == value.size() && newline > 0
            && (m_scalar.secret || m_scalar.key == "value")) {
            // Of a text of one line nobody expects a line end; scripts and certificates of many lines want theirs.
            Problem problem = problemOf(m_scalar.secret ? Severity::Warning : Severity::Hint, "yaml.line-end", m_node);
            problem.fix = {.id = "fix.trim"};
            return problem;
        }
        if (m_node.style != Style::Literal)
            return {};
        const auto blank = std::min(value.find(" \n"), value.find("\t\n"));
        if (blank == std::string::npos)
            return {};
        return blanksAtLineEnd();
    }

    std::optional<Problem> blanksAtLineEnd() const
    {
        const std::string_view text = m_scalar.text;
        std::size_t line = text.find('\n', m_node.span.begin);
        while (line < m_node.span.end) {
            const std::size_t begin = line + 1;
            line = std::min(text.find('\n', begin), text.size());
            std::size_t end = line;
            if (end > begin && text[end - 1] == '\r')
                --end;
            std::size_t blank = end;
            while (blank > begin && isBlank(text[blank - 1]))
                --blank;
            if (blank == end || blank == begin)
                continue;
            Problem problem = problemOf(Severity::Hint, "yaml.block-space", m_node);
            problem.at = placeIn(text, m_node, blank, end);
            return problem;
        }
        return {};
    }

    Problem changed(Severity severity, const char *id, std::string read) const
    {
        Problem problem = problemOf(severity, id, m_node);
        const bool hide = m_scalar.secret;
        problem.parameters = {
            {"written", hide ? "(hidden)" : m_node.value}, {"read", hide ? "(hidden)" : std::move(read)}};
        return problem;
    }

    Problem::Fix quote() const
    {
        if (m_wanted == Kind::Number)
            return {}; // A text would be refused there.
        return {.yaml = inQuotes(m_node.value), .id = "fix.quote"};
    }

    const ScalarPlace &m_scalar;
    const Node &m_node;
    Kind m_wanted;
};

struct OddCharacter
{
    std::string_view bytes;
    const char *code;
};
/// What a web page or a chat puts in the place of a space, or between letters.
constexpr OddCharacter oddSpaces[] = {{"\xC2\xA0", "U+00A0"}, {"\xE2\x80\xAF", "U+202F"}, {"\xE2\x80\x87", "U+2007"},
    {"\xE2\x80\x8B", "U+200B"}, {"\xE2\x81\xA0", "U+2060"}, {"\xEF\xBB\xBF", "U+FEFF"}};
constexpr std::string_view openQuotes[] = {"\xE2\x80\x9C", "\xE2\x80\x9E", "\xE2\x80\x98", "\xE2\x80\x9A"};
constexpr std::string_view closeQuotes[] = {"\xE2\x80\x9D", "\xE2\x80\x9C", "\xE2\x80\x99", "\xE2\x80\x98"};

} // namespace

std::optional<Problem> surpriseOf(const ScalarPlace &scalar)
{
    return Finder(scalar).run();
}

std::optional<Problem> oddCharacters(std::string_view text, const yaml::Node &node)
{
    const std::string &value = node.value;
    if (std::ranges::all_of(value, [](char c) { return static_cast<unsigned char>(c) < 0x80; }))
        return {};
    for (const OddCharacter &odd : oddSpaces) {
        const std::size_t at = text.substr(0, node.span.end).find(odd.bytes, node.span.begin);
        if (at == std::string_view::npos)
            continue;
        Problem problem = problemOf(Severity::Warning, "yaml.invisible", node);
        problem.parameters = {{"code", odd.code}};
        problem.at = placeIn(text, node, at, at + odd.bytes.size());
        return problem;
    }
    const auto begins = [&value](std::string_view quote) { return value.starts_with(quote); };
    const auto ends = [&value](std::string_view quote) { return value.ends_with(quote); };
    if (value.size() > 6 && std::ranges::any_of(openQuotes, begins) && std::ranges::any_of(closeQuotes, ends)) {
        Problem problem = problemOf(Severity::Warning, "yaml.quotes", node);
        problem.fix = {.yaml = inQuotes(value.substr(3, value.size() - 6)), .id = "fix.straight-quotes"};
        return problem;
    }
    return {};
}

Problem problemOf(Problem::Severity severity, const char *id, const yaml::Node &node)
{
    Problem problem;
    problem.severity = severity;
    problem.source = Problem::Source::Yaml;
    problem.id = id;
    problem.at = {.begin = node.span.begin, .end = node.span.end, .line = node.line, .column = node.column};
    return problem;
}

SourceSpan placeIn(std::string_view text, const yaml::Node &node, std::size_t begin, std::size_t end)
{
    const std::size_t newline = text.substr(0, begin).rfind('\n');
    const std::size_t lineBegin = newline == std::string_view::npos ? 0 : newline + 1;
    const std::string_view between = text.substr(node.span.begin, begin - node.span.begin);
    return {.begin = begin,
        .end = end,
        .line = node.line + static_cast<int>(std::ranges::count(between, '\n')),
        .column = static_cast<int>(begin - lineBegin)};
}

std::string inQuotes(std::string_view text)
{
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            out += '\\';
        out += c;
    }
    return out + '"';
}

} // namespace pk::document
