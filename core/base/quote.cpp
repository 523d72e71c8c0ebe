// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/quote.h"

#include "base/ascii.h"

namespace pk {

namespace {

void appendHex(std::string &out, Rune rune, int digits)
{
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4)
        out.push_back("0123456789abcdef"[(rune >> shift) & 0xF]);
}

/// The letter behind the backslash of a control character that has one, else 0.
char escapeLetter(Rune rune)
{
    switch (rune) {
    case '\a':
        return 'a';
    case '\b':
        return 'b';
    case '\f':
        return 'f';
    case '\n':
        return 'n';
    case '\r':
        return 'r';
    case '\t':
        return 't';
    case '\v':
        return 'v';
    default:
        return 0;
    }
}

void appendEscaped(std::string &out, Rune rune, char quote, bool asciiOnly)
{
    if (rune == quote || rune == '\\') {
        out.push_back('\\');
        out.push_back(static_cast<char>(rune));
    } else if (isPrintable(rune) && (!asciiOnly || rune < 0x80)) {
        appendRune(out, rune);
    } else if (const char letter = escapeLetter(rune)) {
        out.push_back('\\');
        out.push_back(letter);
    } else if (rune < ' ' || rune == 0x7F) {
        out += "\\x";
        appendHex(out, rune, 2);
    } else if (rune < 0x10000) {
        out += "\\u";
        appendHex(out, rune, 4);
    } else {
        out += "\\U";
        appendHex(out, rune, 8);
    }
}

/// How many bytes from the start on stand for themselves in double quotes.
std::size_t plainPrefix(std::string_view text)
{
    std::size_t end = 0;
    while (end < text.size() && text[end] >= ' ' && text[end] < 0x7F && text[end] != '"' && text[end] != '\\')
        ++end;
    return end;
}

/// `count` hexadecimal digits behind \x, \u or \U.
bool readHex(std::string_view &text, int count, Rune &rune)
{
    if (text.size() < static_cast<std::size_t>(count))
        return false;
    std::uint32_t value = 0;
    for (int i = 0; i < count; ++i) {
        const int digit = ascii::hexOf(text[static_cast<std::size_t>(i)]);
        if (digit < 0)
            return false;
        value = value << 4 | static_cast<std::uint32_t>(digit);
    }
    text.remove_prefix(static_cast<std::size_t>(count));
    if (value > static_cast<std::uint32_t>(maxRune) && count == 8)
        return false;
    rune = static_cast<Rune>(value);
    return true;
}

bool readOctal(std::string_view &text, char first, Rune &rune)
{
    rune = first - '0';
    if (text.size() < 2)
        return false;
    for (int i = 0; i < 2; ++i) {
        const int digit = text[static_cast<std::size_t>(i)] - '0';
        if (digit < 0 || digit > 7)
            return false;
        rune = rune << 3 | digit;
    }
    text.remove_prefix(2);
    return rune <= 255;
}

/// What follows a backslash.
bool readEscape(std::string_view &text, char quote, Rune &rune, bool &isByte)
{
    if (text.empty())
        return false;
    const char c = text.front();
    text.remove_prefix(1);
    static constexpr std::string_view letters = "abfnrtv";
    static constexpr std::string_view controls = "\a\b\f\n\r\t\v";
    if (const std::size_t at = letters.find(c); at != std::string_view::npos) {
        rune = static_cast<unsigned char>(controls[at]);
        return true;
    }
    switch (c) {
    case 'x':
        isByte = true;
        return readHex(text, 2, rune);
    case 'u':
    case 'U':
        return readHex(text, c == 'u' ? 4 : 8, rune) && !(rune >= 0xD800 && rune <= 0xDFFF);
    case '\\':
        rune = static_cast<unsigned char>(c);
        return true;
    case '\'':
    case '"':
        rune = static_cast<unsigned char>(c);
        return c == quote;
    default:
        isByte = true;
        return c >= '0' && c <= '7' && readOctal(text, c, rune);
    }
}

} // namespace

std::string goQuote(std::string_view text, bool asciiOnly)
{
    std::string out;
    out.reserve(text.size() + 2);
    out.push_back('"');
    while (true) {
        const std::size_t plain = plainPrefix(text); // Mostly all of it.
        out.append(text.substr(0, plain));
        text.remove_prefix(plain);
        if (text.empty())
            break;
        const Decoded next = decodeRune(text);
        if (next.code == runeError && next.width == 1) {
            out += "\\x";
            appendHex(out, static_cast<unsigned char>(text.front()), 2);
        } else {
            appendEscaped(out, next.code, '"', asciiOnly);
        }
        text.remove_prefix(next.width);
    }
    out.push_back('"');
    return out;
}

std::string goQuoteRune(Rune rune, bool asciiOnly)
{
    if (rune < 0 || rune > maxRune || (rune >= 0xD800 && rune <= 0xDFFF))
        rune = runeError;
    std::string out = "'";
    appendEscaped(out, rune, '\'', asciiOnly);
    out.push_back('\'');
    return out;
}

bool goUnquoteRune(std::string_view &text, char quote, Rune &rune, bool &isByte)
{
    isByte = false;
    if (text.empty())
        return false;
    const char c = text.front();
    if (c == quote && (quote == '\'' || quote == '"'))
        return false;
    if (c == '\\') {
        text.remove_prefix(1);
        return readEscape(text, quote, rune, isByte);
    }
    const Decoded next = decodeRune(text);
    rune = next.code;
    text.remove_prefix(next.width);
    return true;
}

std::optional<std::string> goUnquote(std::string_view literal)
{
    if (literal.size() < 2 || literal.front() != literal.back())
        return std::nullopt;
    const char quote = literal.front();
    std::string_view text = literal.substr(1, literal.size() - 2);
    std::string out;
    out.reserve(text.size());
    if (quote == '`') {
        if (text.find('`') != std::string_view::npos)
            return std::nullopt;
        for (const char c : text) {
            if (c != '\r')
                out.push_back(c);
        }
        return out;
    }
    if (quote != '"' || text.find('\n') != std::string_view::npos)
        return std::nullopt;
    while (!text.empty()) {
        Rune rune = 0;
        bool isByte = false;
        if (!goUnquoteRune(text, quote, rune, isByte))
            return std::nullopt;
        if (isByte)
            out.push_back(static_cast<char>(rune));
        else
            appendRune(out, rune);
    }
    return out;
}

} // namespace pk
