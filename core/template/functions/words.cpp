// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/functions/words.h"

#include "template/functions/unicode.h"

#include <algorithm>

namespace pk::tmpl::sprig {

namespace {

bool isConnector(char32_t code)
{
    return code == '-' || code == '_' || isSpace(code);
}

/// Letters but for ideographs.
bool isAlphabet(char32_t code)
{
    const bool ideograph = (code >= 0x3400 && code <= 0x4DB5) || (code >= 0x4E00 && code <= 0x9FCC)
        || (code >= 0x20000 && code <= 0x2B81D);
    return isLetter(code) && !ideograph;
}

enum class WordKind { None, Number, Upper, Alphabet, Connector, Punctuation, Other };

struct Word
{
    WordKind kind = WordKind::None;
    std::string_view text;
};

/// The next code point that is valid; what is skipped on the way counts to its size.
Decoded nextValid(std::string_view text, Rune fallback)
{
    std::size_t skipped = 0;
    while (!text.empty()) {
        const Decoded rune = decodeRune(text);
        if (rune.code != runeError)
            return {rune.code, skipped + rune.width};
        skipped += rune.width;
        text.remove_prefix(rune.width);
    }
    return {fallback, skipped};
}

/// How far from `at` the runes satisfy `belongs`.
template <class Predicate> std::size_t endOfRun(std::string_view text, std::size_t at, Rune last, Predicate belongs)
{
    while (at < text.size()) {
        const Decoded rune = nextValid(text.substr(at), last);
        if (!belongs(rune.code))
            break;
        last = rune.code;
        at += rune.width;
    }
    return at;
}

bool isLowerAlphabet(char32_t code)
{
    return isAlphabet(code) && !isUpper(code);
}

/// A word that begins with a capital: "Http", or "HTTP" without the capital that begins the next one.
std::size_t endOfCapitalWord(std::string_view text, Decoded first)
{
    std::size_t at = first.width;
    if (at >= text.size())
        return at;
    const Decoded second = nextValid(text.substr(at), first.code);
    if (!isUpper(second.code))
        return isAlphabet(second.code) ? endOfRun(text, at, first.code, isLowerAlphabet) : at;
    std::size_t previous = at;
    Rune last = first.code;
    while (at < text.size()) {
        const Decoded rune = nextValid(text.substr(at), last);
        if (!isUpper(rune.code))
            return isAlphabet(rune.code) ? previous : at;
        previous = at;
        last = rune.code;
        at += rune.width;
    }
    return at;
}

Word takeWord(std::string_view &rest)
{
    if (rest.empty())
        return {};
    const Decoded first = nextValid(rest, runeError);
    WordKind kind = WordKind::Other;
    std::size_t end = first.width;
    if (first.code == runeError) {
        kind = WordKind::None;
    } else if (isConnector(first.code)) {
        kind = WordKind::Connector;
        end = endOfRun(rest, end, first.code, isConnector);
    } else if (isPunctuation(first.code)) {
        kind = WordKind::Punctuation;
        end = endOfRun(rest, end, first.code, isPunctuation);
    } else if (isUpper(first.code)) {
        kind = WordKind::Upper;
        end = endOfCapitalWord(rest, first);
    } else if (isAlphabet(first.code)) {
        kind = WordKind::Alphabet;
        end = endOfRun(rest, end, first.code, isLowerAlphabet);
    } else if (isNumber(first.code)) {
        kind = WordKind::Number;
        end = endOfRun(rest, end, first.code, isNumber);
    } else {
        end = endOfRun(rest, end, first.code, [](char32_t code) {
            return !isConnector(code) && !isAlphabet(code) && !isNumber(code) && !isPunctuation(code);
        });
    }
    const Word word{kind, rest.substr(0, end)};
    rest.remove_prefix(end);
    return word;
}

void appendWord(std::string &result, const Word &word, char connector)
{
    if (word.kind != WordKind::Upper && word.kind != WordKind::Connector) {
        result += word.text;
        return;
    }
    for (char32_t code : toRunes(word.text)) {
        if (isConnector(code))
            result += connector;
        else
            appendRune(result, isUpper(code) ? lowerOf(code) : code);
    }
}

bool separates(WordKind kind)
{
    return kind == WordKind::Connector || kind == WordKind::Punctuation;
}

/// Writes words and numbers as long as they follow each other directly ("2xx", "20x").
void appendMixed(std::string &result, Word &word, std::string_view &rest, char connector)
{
    while (word.kind == WordKind::Alphabet || word.kind == WordKind::Number) {
        appendWord(result, word, connector);
        word = takeWord(rest);
    }
    if (word.kind != WordKind::None && !separates(word.kind))
        result += connector;
}

} // namespace

std::string joinedWords(std::string_view text, char connector)
{
    std::string result;
    std::string_view rest = text;
    Word word = takeWord(rest);
    while (!rest.empty()) {
        if (word.kind != WordKind::Connector)
            appendWord(result, word, connector);
        const Word before = word;
        word = takeWord(rest);
        if (before.kind == WordKind::Number) {
            appendMixed(result, word, rest, connector);
        } else if (before.kind == WordKind::Connector) {
            appendWord(result, before, connector);
        } else if (before.kind == WordKind::Punctuation) {
            continue;
        } else if (word.kind != WordKind::Number) {
            if (!separates(word.kind))
                result += connector;
        } else if (!rest.empty()) {
            const Word number = word;
            word = takeWord(rest);
            if (word.kind != WordKind::Alphabet) {
                // The number ends the word before it: "Bld4Floor" is bld4_floor.
                appendWord(result, number, connector);
                if (!separates(word.kind))
                    result += connector;
            } else {
                // Small letters follow, so the number begins a word: "HTTP2xx" is http_2xx.
                result += connector;
                appendWord(result, number, connector);
                appendMixed(result, word, rest, connector);
            }
        }
    }
    appendWord(result, word, connector);
    return result;
}

std::string pascalCase(std::string_view text)
{
    const std::u32string runes = toRunes(text);
    std::u32string result;
    std::size_t at = 0;
    while (at < runes.size() && isConnector(runes[at]))
        result += runes[at++];
    if (at == runes.size()) {
        // Of connectors alone the library writes the last one twice.
        if (at > 0)
            result += runes[at - 1];
        return fromRunes(result);
    }
    // A run of capitals at the start of a word keeps only its first one: "HTTP_server" is HttpServer.
    bool inCapitals = isUpper(runes[at]);
    char32_t before = upperOf(runes[at]);
    while (++at < runes.size()) {
        char32_t code = runes[at];
        if (isConnector(before) && isConnector(code)) {
            result += before;
        } else if (isConnector(before)) {
            inCapitals = isUpper(code);
            code = upperOf(code);
        } else {
            if (inCapitals && isUpper(code))
                code = lowerOf(code);
            else
                inCapitals = false;
            result += before;
        }
        before = code;
    }
    result += before;
    return fromRunes(result);
}

std::string wrapped(std::string_view text, std::int64_t width, std::string_view newline, bool breakWords)
{
    const auto limit = static_cast<std::size_t>(std::max<std::int64_t>(width, 1));
    const std::string_view lineBreak = newline.empty() ? "\n" : newline;
    std::string result;
    while (text.size() > limit) {
        if (text[0] == ' ') {
            text.remove_prefix(1);
            continue;
        }
        std::size_t end = text.substr(0, limit + 1).rfind(' ');
        const bool fits = end != text.npos;
        if (!fits)
            end = breakWords ? limit : std::min(text.find(' ', limit), text.size());
        result += text.substr(0, end);
        if (end == text.size())
            return result;
        result += lineBreak;
        text.remove_prefix(breakWords && !fits ? end : end + 1);
    }
    return result += text;
}

} // namespace pk::tmpl::sprig
