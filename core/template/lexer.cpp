// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/lexer.h"

#include "base/quote.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

namespace pk::tmpl {

namespace {

constexpr std::string_view leftDelim = "{{";
constexpr std::string_view rightDelim = "}}";
constexpr std::string_view spaces = " \t\r\n";
constexpr std::size_t trimMarkerLength = 2; ///< The minus and the space beside it.

bool isSpace(Rune rune)
{
    return rune == ' ' || rune == '\t' || rune == '\r' || rune == '\n';
}

bool hasLeftTrimMarker(std::string_view text)
{
    return text.size() >= 2 && text[0] == '-' && isSpace(text[1]);
}

bool hasRightTrimMarker(std::string_view text)
{
    return text.size() >= 2 && isSpace(text[0]) && text[1] == '-';
}

std::size_t leadingSpaces(std::string_view text)
{
    return std::min(text.find_first_not_of(spaces), text.size());
}

std::size_t trailingSpaces(std::string_view text)
{
    const std::size_t last = text.find_last_not_of(spaces);
    return last == std::string_view::npos ? text.size() : text.size() - last - 1;
}

TokenType keyword(std::string_view word)
{
    static constexpr std::array<std::pair<std::string_view, TokenType>, 11> words = {{
        {"block", TokenType::Block},
        {"break", TokenType::Break},
        {"continue", TokenType::Continue},
        {"define", TokenType::Define},
        {"else", TokenType::Else},
        {"end", TokenType::End},
        {"if", TokenType::If},
        {"nil", TokenType::Nil},
        {"range", TokenType::Range},
        {"template", TokenType::Template},
        {"with", TokenType::With},
    }};
    for (const auto &[name, type] : words) {
        if (name == word)
            return type;
    }
    return word == "true" || word == "false" ? TokenType::Bool : TokenType::Identifier;
}

/// Go's %#U: "U+002D '-'", without the character when it does not print.
std::string unicodeName(Rune rune)
{
    if (rune < 0)
        return "U+FFFFFFFFFFFFFFFF"; // what Go makes of its end-of-input mark
    char number[16];
    std::snprintf(number, sizeof number, "U+%04X", static_cast<unsigned>(rune));
    std::string name = number;
    if (isPrintable(rune)) {
        name += " '";
        appendRune(name, rune);
        name += '\'';
    }
    return name;
}

} // namespace

std::string Token::describe() const
{
    if (type == TokenType::Eof)
        return "EOF";
    if (type == TokenType::Error)
        return std::string(text);
    if (type > TokenType::Keyword)
        return "<" + std::string(text) + ">";
    if (text.size() <= 10)
        return goQuote(text);
    std::size_t end = 0;
    for (int runes = 0; runes < 10 && end < text.size(); ++runes)
        end += decodeRune(text.substr(end)).width;
    return goQuote(text.substr(0, end)) + "...";
}

Token Lexer::next()
{
    m_token = {TokenType::Eof, m_pos, "EOF", m_startLine};
    Step step = m_insideAction ? Step::InsideAction : Step::Text;
    while (step != Step::Done)
        step = run(step);
    return m_token;
}

Lexer::Step Lexer::run(Step step)
{
    switch (step) {
    case Step::Text:
        return lexText();
    case Step::LeftDelim:
        return lexLeftDelim();
    case Step::Comment:
        return lexComment();
    case Step::RightDelim:
        return lexRightDelim();
    case Step::InsideAction:
        return lexInsideAction();
    case Step::Done:
        break;
    }
    return Step::Done;
}

Rune Lexer::take()
{
    if (m_pos >= m_input.size()) {
        m_atEof = true;
        return endOfInput;
    }
    const Decoded next = decodeRune(rest());
    m_lastWidth = next.width;
    m_pos += m_lastWidth;
    if (next.code == '\n')
        ++m_line;
    return next.code;
}

Rune Lexer::peek() const
{
    return m_pos >= m_input.size() ? endOfInput : decodeRune(rest()).code;
}

void Lexer::backup()
{
    if (m_atEof || m_pos == 0)
        return;
    m_pos -= m_lastWidth;
    if (m_input[m_pos] == '\n')
        --m_line;
}

void Lexer::countLines()
{
    m_line += static_cast<int>(std::count(m_input.begin() + static_cast<std::ptrdiff_t>(m_start),
        m_input.begin() + static_cast<std::ptrdiff_t>(m_pos), '\n'));
}

void Lexer::ignore()
{
    countLines();
    m_start = m_pos;
    m_startLine = m_line;
}

Token Lexer::cut(TokenType type)
{
    const Token token{type, m_start, m_input.substr(m_start, m_pos - m_start), m_startLine};
    m_start = m_pos;
    m_startLine = m_line;
    return token;
}

Lexer::Step Lexer::emit(TokenType type)
{
    m_token = cut(type);
    return Step::Done;
}

Lexer::Step Lexer::fail(std::string message)
{
    m_error = std::move(message);
    m_token = {TokenType::Error, m_start, m_error, m_startLine};
    m_input = {};
    m_pos = 0;
    m_start = 0;
    return Step::Done;
}

Lexer::Step Lexer::lexText()
{
    const std::size_t found = m_input.find(leftDelim, m_pos);
    if (found == std::string_view::npos) {
        m_pos = m_input.size();
        if (m_pos == m_start)
            return emit(TokenType::Eof);
        countLines();
        return emit(TokenType::Text);
    }
    if (found > m_pos) {
        std::size_t trimmed = 0;
        if (hasLeftTrimMarker(m_input.substr(found + leftDelim.size())))
            trimmed = trailingSpaces(m_input.substr(m_start, found - m_start));
        m_pos = found - trimmed;
        countLines();
        const Token text = cut(TokenType::Text);
        m_pos += trimmed;
        ignore();
        if (!text.text.empty()) {
            m_token = text;
            return Step::Done;
        }
    }
    return Step::LeftDelim;
}

bool Lexer::atRightDelim(bool &trims) const
{
    const std::string_view text = rest();
    trims = hasRightTrimMarker(text) && text.substr(trimMarkerLength).starts_with(rightDelim);
    return trims || text.starts_with(rightDelim);
}

Lexer::Step Lexer::lexLeftDelim()
{
    m_pos += leftDelim.size();
    const std::size_t marker = hasLeftTrimMarker(rest()) ? trimMarkerLength : 0;
    if (rest().substr(marker).starts_with("/*")) {
        m_pos += marker;
        ignore();
        return Step::Comment;
    }
    m_token = cut(TokenType::LeftDelim);
    m_insideAction = true;
    m_pos += marker;
    ignore();
    m_parenDepth = 0;
    return Step::Done;
}

Lexer::Step Lexer::lexComment()
{
    const std::size_t end = m_input.find("*/", m_pos + 2);
    if (end == std::string_view::npos) {
        m_pos += 2;
        return fail("unclosed comment");
    }
    m_pos = end + 2;
    bool trims = false;
    if (!atRightDelim(trims))
        return fail("comment ends before closing delimiter");
    m_pos += (trims ? trimMarkerLength : 0) + rightDelim.size();
    if (trims)
        m_pos += leadingSpaces(rest());
    ignore();
    return Step::Text;
}

Lexer::Step Lexer::lexRightDelim()
{
    bool trims = false;
    atRightDelim(trims);
    if (trims) {
        m_pos += trimMarkerLength;
        ignore();
    }
    m_pos += rightDelim.size();
    m_token = cut(TokenType::RightDelim);
    if (trims) {
        m_pos += leadingSpaces(rest());
        ignore();
    }
    m_insideAction = false;
    return Step::Done;
}

Lexer::Step Lexer::lexInsideAction()
{
    bool trims = false;
    if (atRightDelim(trims))
        return m_parenDepth == 0 ? Step::RightDelim : fail("unclosed left paren");
    const Rune rune = take();
    if (rune == endOfInput)
        return fail("unclosed action");
    if (isSpace(rune)) {
        backup();
        return lexSpace();
    }
    if (rune == '.' && m_pos < m_input.size() && (m_input[m_pos] < '0' || m_input[m_pos] > '9'))
        return lexFieldOrVariable(TokenType::Field);
    if (rune == '.' || rune == '+' || rune == '-' || (rune >= '0' && rune <= '9')) {
        backup();
        return lexNumber();
    }
    if (isAlphaNumeric(rune)) {
        backup();
        return lexIdentifier();
    }
    return lexPunctuation(rune);
}

Lexer::Step Lexer::lexPunctuation(Rune rune)
{
    switch (rune) {
    case '=':
        return emit(TokenType::Assign);
    case ':':
        return take() == '=' ? emit(TokenType::Declare) : fail("expected :=");
    case '|':
        return emit(TokenType::Pipe);
    case '"':
        return lexQuoted('"', TokenType::String, "unterminated quoted string");
    case '\'':
        return lexQuoted('\'', TokenType::CharConstant, "unterminated character constant");
    case '`':
        return lexRawQuote();
    case '$':
        return atTerminator() ? emit(TokenType::Variable) : lexFieldOrVariable(TokenType::Variable);
    case '(':
        ++m_parenDepth;
        return emit(TokenType::LeftParen);
    case ')':
        return --m_parenDepth < 0 ? fail("unexpected right paren") : emit(TokenType::RightParen);
    default:
        if (rune < 0x80 && isPrintable(rune))
            return emit(TokenType::Char);
        return fail("unrecognized character in action: " + unicodeName(rune));
    }
}

Lexer::Step Lexer::lexSpace()
{
    int count = 0;
    for (; isSpace(peek()); ++count)
        take();
    // The last space may belong to a closing delimiter with a trim marker.
    const std::string_view text = m_input.substr(m_pos - 1);
    if (hasRightTrimMarker(text) && text.substr(trimMarkerLength).starts_with(rightDelim)) {
        backup();
        if (count == 1)
            return Step::RightDelim;
    }
    return emit(TokenType::Space);
}

Lexer::Step Lexer::lexIdentifier()
{
    while (isAlphaNumeric(peek()))
        take();
    if (!atTerminator())
        return fail("bad character " + unicodeName(peek()));
    return emit(keyword(m_input.substr(m_start, m_pos - m_start)));
}

Lexer::Step Lexer::lexFieldOrVariable(TokenType type)
{
    if (atTerminator())
        return emit(type == TokenType::Variable ? TokenType::Variable : TokenType::Dot);
    while (isAlphaNumeric(peek()))
        take();
    if (!atTerminator())
        return fail("bad character " + unicodeName(peek()));
    return emit(type);
}

bool Lexer::atTerminator() const
{
    const Rune rune = peek();
    if (isSpace(rune))
        return true;
    switch (rune) {
    case endOfInput:
    case '.':
    case ',':
    case '|':
    case ':':
    case ')':
    case '(':
        return true;
    default:
        return rest().starts_with(rightDelim);
    }
}

} // namespace pk::tmpl
