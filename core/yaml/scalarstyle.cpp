// SPDX-License-Identifier: GPL-3.0-or-later
#include "yaml/scalarstyle.h"

#include "base/ascii.h"
#include "base/unicode.h"

#include <vector>

namespace pk::yaml {

namespace {

/// What YAML 1.1 calls printable, as go-yaml checks it: no code point above U+FFFF.
bool isPrintable(char32_t code)
{
    return code == '\n' || (code >= 0x20 && code <= 0x7E) || (code >= 0xA0 && code < 0xD800)
        || (code >= 0xE000 && code <= 0xFFFD && code != 0xFEFF);
}

bool isBreakCode(char32_t code)
{
    return code == '\r' || code == '\n' || code == 0x85 || code == 0x2028 || code == 0x2029;
}

bool isIndicatorAtStart(char c)
{
    return std::string_view("#,[]{}&*!|>'\"%@`").find(c) != std::string_view::npos;
}

/// Gathers what one pass over a text finds.
class Analyzer
{
public:
    Analyzer(std::string_view text, Dialect dialect) : m_text(text), m_dialect(dialect) { }

    ScalarFacts run()
    {
        if (m_text.empty())
            return {.literalAllowed = false};
        if (m_text.starts_with("---") || m_text.starts_with("..."))
            m_indicators = true;
        for (std::size_t i = 0; i < m_text.size();) {
            const Decoded rune = decodeRune(m_text, i);
            look(i, rune);
            i += rune.width;
        }
        return conclude();
    }

private:
    void look(std::size_t at, const Decoded &rune)
    {
        const char32_t code = rune.code;
        const std::size_t next = at + rune.width;
        const bool blankFollows = next >= m_text.size() || m_text[next] == ' ' || m_text[next] == '\t';
        if (at == 0) {
            if (code < 0x80 && isIndicatorAtStart(static_cast<char>(code)))
                m_indicators = true;
            if ((code == '?' || code == ':' || code == '-') && blankFollows)
                m_indicators = true;
        } else if ((code == ':' && blankFollows) || (code == '#' && m_afterBlank)) {
            m_indicators = true;
        }
        if (code == '\t' && m_dialect == Dialect::V3)
            m_tabs = true;
        else if (!isPrintable(code))
            m_special = true;
        const bool first = at == 0;
        const bool last = next == m_text.size();
        const bool isSpace = code == ' ';
        const bool isLineBreak = isBreakCode(code);
        if (isSpace) {
            m_edge |= first || last;
            m_trailingSpace |= last;
            m_breakSpace |= m_afterBreak;
        } else if (isLineBreak) {
            m_facts.multiline = true;
            m_edge |= first || last;
            m_spaceBreak |= m_afterSpace;
        }
        m_afterSpace = isSpace;
        m_afterBreak = isLineBreak;
        m_afterBlank = isSpace || code == '\t' || isLineBreak || code == 0;
    }

    ScalarFacts conclude()
    {
        const bool quotesOnly = m_spaceBreak || m_special || m_tabs;
        m_facts.plainAllowed = !(m_indicators || m_edge || m_breakSpace || quotesOnly || m_facts.multiline);
        m_facts.singleQuotedAllowed = !(m_breakSpace || quotesOnly);
        m_facts.literalAllowed = !(m_trailingSpace || m_spaceBreak || m_special);
        return m_facts;
    }

    std::string_view m_text;
    Dialect m_dialect;
    ScalarFacts m_facts;
    bool m_indicators = false; ///< Something would be read as syntax.
    bool m_special = false;
    bool m_tabs = false;
    bool m_edge = false; ///< A space or break at the start or the end.
    bool m_trailingSpace = false;
    bool m_breakSpace = false;
    bool m_spaceBreak = false;
    bool m_afterSpace = false;
    bool m_afterBreak = false;
    bool m_afterBlank = true;
};

std::vector<Rune> runesOf(std::string_view text)
{
    std::vector<Rune> runes;
    runes.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const Decoded rune = decodeRune(text, i);
        runes.push_back(rune.code);
        i += rune.width;
    }
    return runes;
}

/// The number whose digits begin at `at`, behind a seed of 0 or 1; overflows as Go's int64 does.
std::pair<std::int64_t, std::size_t> numberAt(const std::vector<Rune> &runes, std::size_t at, std::uint64_t seed)
{
    for (; at < runes.size() && isDigit(runes[at]); ++at)
        seed = seed * 10 + static_cast<std::uint64_t>(runes[at] - '0');
    return {static_cast<std::int64_t>(seed), at};
}

bool differentLess(const std::vector<Rune> &a, const std::vector<Rune> &b, std::size_t i, Dialect dialect)
{
    const bool aLetter = isLetter(a[i]);
    const bool bLetter = isLetter(b[i]);
    if (aLetter && bLetter)
        return a[i] < b[i];
    if (aLetter || bLetter) {
        const bool afterDigit = dialect == Dialect::V3 && i > 0 && isDigit(a[i - 1]);
        return afterDigit ? aLetter : bLetter;
    }
    std::uint64_t seed = 0;
    if (a[i] == '0' || b[i] == '0') {
        for (std::size_t j = i; j > 0 && isDigit(a[j - 1]); --j) {
            if (a[j - 1] != '0') {
                seed = 1;
                break;
            }
        }
    }
    const auto [aNumber, aEnd] = numberAt(a, i, seed);
    const auto [bNumber, bEnd] = numberAt(b, i, seed);
    if (aNumber != bNumber)
        return aNumber < bNumber;
    if (aEnd != bEnd)
        return aEnd < bEnd;
    return a[i] < b[i];
}

} // namespace

ScalarFacts analyzeScalar(std::string_view text, Dialect dialect)
{
    return Analyzer(text, dialect).run();
}

bool isBreak(std::string_view text, std::size_t at, std::size_t &width)
{
    const auto byte = static_cast<unsigned char>(text[at]);
    width = 1;
    if (byte == '\n' || byte == '\r')
        return true;
    if (byte != 0xC2 && byte != 0xE2)
        return false;
    const Decoded rune = decodeRune(text, at);
    width = rune.width;
    return isBreakCode(rune.code);
}

bool keyLess(std::string_view a, std::string_view b, Dialect dialect)
{
    // Nearly all keys differ first in two letters of ASCII.
    const std::size_t common = std::min(a.size(), b.size());
    std::size_t i = 0;
    while (i < common && a[i] == b[i])
        ++i;
    if (i == common)
        return a.size() < b.size();
    if (ascii::isLetter(a[i]) && ascii::isLetter(b[i]))
        return a[i] < b[i];
    const std::vector<Rune> aRunes = runesOf(a);
    const std::vector<Rune> bRunes = runesOf(b);
    std::size_t at = 0;
    while (at < aRunes.size() && at < bRunes.size() && aRunes[at] == bRunes[at])
        ++at;
    if (at == aRunes.size() || at == bRunes.size())
        return aRunes.size() < bRunes.size();
    return differentLess(aRunes, bRunes, at, dialect);
}

} // namespace pk::yaml
