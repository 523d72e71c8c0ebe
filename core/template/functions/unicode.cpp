// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/functions/unicode.h"

#include <locale.h>
#include <re2/re2.h>
#include <wctype.h>

#include <algorithm>
#include <iterator>

namespace pk::tmpl::sprig {

std::u32string toRunes(std::string_view text)
{
    std::u32string runes;
    for (std::size_t at = 0; at < text.size();) {
        const Decoded rune = decodeRune(text, at);
        runes += static_cast<char32_t>(rune.code);
        at += rune.width;
    }
    return runes;
}

std::string fromRunes(std::u32string_view runes)
{
    std::string text;
    for (const char32_t rune : runes)
        appendRune(text, static_cast<Rune>(rune));
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
    appendRune(text, static_cast<Rune>(code));
    return RE2::FullMatch(text, category);
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

// Each looks at ASCII before its pattern: compiling one costs as much as rendering the whole bundled chart.

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

} // namespace pk::tmpl::sprig
