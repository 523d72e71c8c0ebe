// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/quote.h"
#include "template/lexer.h"

namespace pk::tmpl {

bool Lexer::isAlphaNumeric(Rune rune)
{
    return rune == '_' || isLetter(rune) || isDigit(rune);
}

bool Lexer::accept(std::string_view valid)
{
    if (m_pos >= m_input.size() || valid.find(m_input[m_pos]) == std::string_view::npos)
        return false;
    ++m_pos;
    return true;
}

void Lexer::acceptRun(std::string_view valid)
{
    while (accept(valid)) { }
}

bool Lexer::scanNumber()
{
    accept("+-");
    std::string_view digits = "0123456789_";
    bool decimal = true;
    bool hex = false;
    if (accept("0")) {
        if (accept("xX")) {
            digits = "0123456789abcdefABCDEF_";
            hex = true;
        } else if (accept("oO")) {
            digits = "01234567_";
        } else if (accept("bB")) {
            digits = "01_";
        }
        decimal = digits.size() == 11;
    }
    acceptRun(digits);
    if (accept("."))
        acceptRun(digits);
    if ((decimal && accept("eE")) || (hex && accept("pP"))) {
        accept("+-");
        acceptRun("0123456789_");
    }
    accept("i");
    if (isAlphaNumeric(peek())) {
        take();
        return false;
    }
    return true;
}

Lexer::Step Lexer::lexNumber()
{
    const auto bad = [this] { return fail("bad number syntax: " + goQuote(m_input.substr(m_start, m_pos - m_start))); };
    if (!scanNumber())
        return bad();
    if (const Rune sign = peek(); sign == '+' || sign == '-') {
        if (!scanNumber() || m_input[m_pos - 1] != 'i')
            return bad();
        return emit(TokenType::Complex);
    }
    return emit(TokenType::Number);
}

Lexer::Step Lexer::lexQuoted(char quote, TokenType type, const char *message)
{
    for (;;) {
        Rune rune = take();
        if (rune == '\\') {
            rune = take();
            if (rune != endOfInput && rune != '\n')
                continue;
        }
        if (rune == endOfInput || rune == '\n')
            return fail(message);
        if (rune == quote)
            return emit(type);
    }
}

Lexer::Step Lexer::lexRawQuote()
{
    for (;;) {
        const Rune rune = take();
        if (rune == endOfInput)
            return fail("unterminated raw quoted string");
        if (rune == '`')
            return emit(TokenType::RawString);
    }
}

} // namespace pk::tmpl
