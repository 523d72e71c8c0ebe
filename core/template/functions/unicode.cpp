// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/functions/unicode.h"

#include "template/quote.h"

#include <locale.h>
#include <re2/re2.h>
#include <wctype.h>

#include <algorithm>
#include <iterator>

namespace pk::tmpl::sprig {

Rune decodeRune(std::string_view text, std::size_t at)
{
    if (at >= text.size())
        return {};
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
    const unsigned char first = byte(0);
    if (first < 0x80)
        return {first, 1};
    const std::size_t size = first >= 0xF0 && first <= 0xF4 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0;
    if (size == 0 || first > 0xF4 || at + size > text.size())
        return {InvalidRune, 1};
    char32_t code = first & (0xFFU >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(i) & 0xC0) != 0x80)
            return {InvalidRune, 1};
        code = (code << 6) | (byte(i) & 0x3F);
    }
    const bool overlong = (size == 3 && code < 0x800) || (size == 4 && code < 0x10000);
    if (overlong || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
        return {InvalidRune, 1};
    return {code, size};
}

Rune decodeLastRune(std::string_view text)
{
    for (std::size_t size = 1; size <= std::min<std::size_t>(4, text.size()); ++size) {
        const Rune rune = decodeRune(text, text.size() - size);
        if (rune.size == size && (rune.code != InvalidRune || size > 1))
            return rune;
    }
    return text.empty() ? Rune{} : Rune{InvalidRune, 1};
}

void appendRune(std::string &text, char32_t code)
{
    if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
        code = InvalidRune;
    if (code < 0x80) {
        text += static_cast<char>(code);
    } else if (code < 0x800) {
        text += static_cast<char>(0xC0 | (code >> 6));
        text += static_cast<char>(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        text += static_cast<char>(0xE0 | (code >> 12));
        text += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
        text += static_cast<char>(0x80 | (code & 0x3F));
    } else {
        text += static_cast<char>(0xF0 | (code >> 18));
        text += static_cast<char>(0x80 | ((code >> 12) & 0x3F));
        text += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
        text += static_cast<char>(0x80 | (code & 0x3F));
    }
}

std::u32string toRunes(std::string_view text)
{
    std::u32string runes;
    for (std::size_t at = 0; at < text.size();) {
        const Rune rune = decodeRune(text, at);
        runes += rune.code;
        at += rune.size;
    }
    return runes;
}

std::string fromRunes(std::u32string_view runes)
{
    std::string text;
    for (char32_t rune : runes)
        appendRune(text, rune);
    return text;
}

namespace {

// glibc has the mappings of UnicodeData in its built-in C.UTF-8; only asked for what is not ASCII.
locale_t unicodeLocale()
{
    static const locale_t locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
    return locale;
}

char32_t mapped(char32_t code, const char *mapping)
{
    if (!unicodeLocale())
        return code;
    const wctrans_t table = wctrans_l(mapping, unicodeLocale());
    return table ? static_cast<char32_t>(towctrans_l(static_cast<wint_t>(code), table, unicodeLocale())) : code;
}

// RE2 carries the general categories that the C library does not tell apart.
bool inCategory(char32_t code, const RE2 &category)
{
    std::string text;
    appendRune(text, code);
    return RE2::FullMatch(text, category);
}

bool isAsciiLetter(char32_t code)
{
    return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z');
}

} // namespace

char32_t upperOf(char32_t code)
{
    if (code < 0x80)
        return code >= 'a' && code <= 'z' ? code - 32 : code;
    return mapped(code, "toupper");
}

char32_t lowerOf(char32_t code)
{
    if (code < 0x80)
        return code >= 'A' && code <= 'Z' ? code + 32 : code;
    return mapped(code, "tolower");
}

char32_t titleOf(char32_t code)
{
    return code < 0x80 ? upperOf(code) : mapped(code, "totitle");
}

bool isSpace(char32_t code)
{
    return (code >= 9 && code <= 13) || code == ' ' || code == 0x85 || code == 0xA0 || code == 0x1680
        || (code >= 0x2000 && code <= 0x200A) || code == 0x2028 || code == 0x2029 || code == 0x202F || code == 0x205F
        || code == 0x3000;
}

// Each looks at ASCII before its pattern: compiling one costs as much as rendering the whole bundled chart.

bool isLetter(char32_t code)
{
    if (code < 0x80)
        return isAsciiLetter(code);
    static const RE2 category("\\pL");
    return inCategory(code, category);
}

bool isDigit(char32_t code)
{
    if (code < 0x80)
        return code >= '0' && code <= '9';
    static const RE2 category("\\p{Nd}");
    return inCategory(code, category);
}

bool isNumber(char32_t code)
{
    if (code < 0x80)
        return code >= '0' && code <= '9';
    static const RE2 category("\\pN");
    return inCategory(code, category);
}

bool isPunctuation(char32_t code)
{
    if (code < 0x80)
        return std::u32string_view(U"!\"#%&'()*,-./:;?@[\\]_{}").find(code) != std::u32string_view::npos;
    static const RE2 category("\\pP");
    return inCategory(code, category);
}

bool isUpper(char32_t code)
{
    if (code < 0x80)
        return code >= 'A' && code <= 'Z';
    static const RE2 category("\\p{Lu}");
    return inCategory(code, category);
}

bool isLower(char32_t code)
{
    if (code < 0x80)
        return code >= 'a' && code <= 'z';
    static const RE2 category("\\p{Ll}");
    return inCategory(code, category);
}

bool isTitle(char32_t code)
{
    if (code < 0x80)
        return false;
    static const RE2 category("\\p{Lt}");
    return inCategory(code, category);
}

std::string_view trimSpace(std::string_view text)
{
    while (!text.empty()) {
        const Rune rune = decodeRune(text);
        if (!isSpace(rune.code))
            break;
        text.remove_prefix(rune.size);
    }
    while (!text.empty()) {
        const Rune rune = decodeLastRune(text);
        if (!isSpace(rune.code))
            break;
        text.remove_suffix(rune.size);
    }
    return text;
}

std::string quoted(std::string_view text)
{
    return tmpl::quoted(text);
}

} // namespace pk::tmpl::sprig
