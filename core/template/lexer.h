// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/unicode.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace pk::tmpl {

/// What the lexer tells apart. The keywords stand behind Keyword, since error messages print them differently.
enum class TokenType : std::uint8_t {
    Error, ///< `text` is the message.
    Bool,
    Char, ///< A printable ASCII character without a meaning of its own, such as a comma.
    CharConstant,
    Complex,
    Assign, ///< =
    Declare, ///< :=
    Eof,
    Field, ///< .name
    Identifier,
    LeftDelim,
    LeftParen,
    Number,
    Pipe,
    RawString, ///< With its backquotes.
    RightDelim,
    RightParen,
    Space, ///< A run of spaces between arguments.
    String, ///< With its quotes.
    Text,
    Variable, ///< $ or $name
    Keyword, ///< No token: all behind it are keywords.
    Block,
    Break,
    Continue,
    Dot,
    Define,
    Else,
    End,
    If,
    Nil,
    Range,
    Template,
    With,
};

struct Token
{
    TokenType type = TokenType::Eof;
    std::size_t pos = 0; ///< Byte offset in the template.
    std::string_view text = {}; ///< Lives as long as the lexer and its input.
    int line = 0; ///< 1-based.

    /// As error messages name it: `"text"`, `<end>`, `EOF`.
    std::string describe() const;
};

/// Cuts a template into tokens, on demand. Comments are skipped, spaces at trim markers are cut off here.
class Lexer
{
public:
    /// `input` must outlive the lexer.
    explicit Lexer(std::string_view input) : m_input(input) { }

    /// The next token; Eof for ever after the end or an Error.
    Token next();

private:
    enum class Step { Done, Text, LeftDelim, Comment, RightDelim, InsideAction };

    static constexpr Rune endOfInput = -1;
    static bool isAlphaNumeric(Rune rune);

    Step run(Step step);
    Step lexText();
    Step lexLeftDelim();
    Step lexComment();
    Step lexRightDelim();
    Step lexInsideAction();
    Step lexPunctuation(Rune rune);
    Step lexSpace();
    Step lexIdentifier();
    Step lexFieldOrVariable(TokenType type);
    Step lexNumber();
    Step lexQuoted(char quote, TokenType type, const char *message);
    Step lexRawQuote();

    Rune take();
    Rune peek() const;
    void backup();
    bool accept(std::string_view valid);
    void acceptRun(std::string_view valid);
    bool scanNumber();
    bool atTerminator() const;
    bool atRightDelim(bool &trims) const;
    std::string_view rest() const { return m_input.substr(m_pos); }
    void countLines();
    void ignore();
    Token cut(TokenType type);
    Step emit(TokenType type);
    Step fail(std::string message);

    std::string_view m_input;
    std::size_t m_pos = 0;
    std::size_t m_start = 0; ///< Of the token being cut.
    std::size_t m_lastWidth = 0; ///< Of the rune that backup() gives back.
    bool m_atEof = false;
    bool m_insideAction = false;
    int m_parenDepth = 0;
    int m_line = 1;
    int m_startLine = 1;
    Token m_token;
    std::string m_error; ///< Text of the Error token.
};

} // namespace pk::tmpl
