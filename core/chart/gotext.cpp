// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/gotext.h"

#include "base/gonumber.h"

#include <algorithm>
#include <climits>
#include <optional>
#include <vector>

namespace pk::chart {

std::string goQuoteRunes(std::string_view text)
{
    std::string out = "[";
    while (!text.empty()) {
        const Decoded next = decodeRune(text);
        text.remove_prefix(next.width);
        out += (out.size() > 1 ? " " : "") + goQuoteRune(next.code);
    }
    return out + "]";
}

std::optional<std::int64_t> parseGoInt(std::string_view text)
{
    std::int64_t number = 0;
    return parseInt(text, 10, number) == Parsed::Ok ? std::optional(number) : std::nullopt;
}

bool goAtoi(std::string_view text, int &number, std::string &error)
{
    std::int64_t wide = 0;
    const Parsed parsed = parseInt(text, 10, wide);
    // An int of Go has 64 bits; anything that does not fit ours is refused by its size later.
    number = static_cast<int>(std::clamp<std::int64_t>(wide, INT_MIN, INT_MAX));
    if (parsed == Parsed::Ok)
        return true;
    error = "strconv.Atoi: parsing " + goQuote(text)
        + (parsed == Parsed::Range ? ": value out of range" : ": invalid syntax");
    return false;
}

std::size_t jsonLength(std::string_view text)
{
    std::size_t at = 0;
    const auto skipSpace = [&] {
        while (at < text.size() && std::string_view(" \t\r\n").find(text[at]) != std::string_view::npos)
            ++at;
    };
    skipSpace();
    int depth = 0;
    bool inString = false;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (inString) {
            if (c == '\\')
                ++at;
            else if (c == '"')
                inString = false;
            if (!inString && depth == 0)
                return at + 1;
        } else if (c == '"') {
            inString = true;
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if (c == '}' || c == ']') {
            if (--depth <= 0)
                return at + 1;
        } else if (depth == 0 && (c == ',' || c == ' ' || c == '\t' || c == '\n' || c == '\r')) {
            return at;
        }
    }
    return text.size();
}

namespace {

/// Matches one `[...]` at the start of `pattern` against `c`; false with `bad` when it is malformed.
bool classMatch(std::string_view &pattern, char32_t c, bool &bad)
{
    pattern.remove_prefix(1);
    const bool negated = pattern.starts_with('^');
    if (negated)
        pattern.remove_prefix(1);
    const auto take = [&](char32_t &out) {
        if (pattern.empty() || pattern.front() == '-' || pattern.front() == ']') {
            bad = true;
            return false;
        }
        if (pattern.front() == '\\') {
            pattern.remove_prefix(1);
            if (pattern.empty()) {
                bad = true;
                return false;
            }
        }
        const Decoded next = decodeRune(pattern);
        out = static_cast<char32_t>(next.code);
        pattern.remove_prefix(next.width);
        if (pattern.empty())
            bad = true;
        return !bad;
    };
    bool matched = false;
    for (bool first = true;; first = false) {
        if (!first && pattern.starts_with(']'))
            break;
        char32_t low = 0;
        if (!take(low))
            return false;
        char32_t high = low;
        if (pattern.starts_with('-')) {
            pattern.remove_prefix(1);
            if (!take(high))
                return false;
        }
        matched = matched || (low <= c && c <= high);
    }
    pattern.remove_prefix(1);
    return matched != negated;
}

/// A piece of a pattern without stars, and whether stars stand before it.
struct Piece
{
    std::string_view text;
    bool afterStar = false;
};

Piece takePiece(std::string_view &pattern)
{
    Piece piece;
    for (; pattern.starts_with('*'); pattern.remove_prefix(1))
        piece.afterStar = true;
    bool inClass = false;
    std::size_t end = 0;
    for (; end < pattern.size() && (pattern[end] != '*' || inClass); ++end) {
        if (pattern[end] == '\\' && end + 1 < pattern.size())
            ++end;
        else if (pattern[end] == '[' || pattern[end] == ']')
            inClass = pattern[end] == '[';
    }
    piece.text = pattern.substr(0, end);
    pattern.remove_prefix(end);
    return piece;
}

/// What is left of `name` behind the piece at its start. After a mismatch the piece is still read, so that a malformed
/// one is told.
std::optional<std::string_view> matchPiece(std::string_view piece, std::string_view name, bool &bad)
{
    bool matches = true;
    while (!piece.empty() && !bad) {
        matches = matches && !name.empty();
        std::size_t width = 1;
        if (piece.front() == '[') {
            const Decoded next = matches ? decodeRune(name) : Decoded{0, 0};
            width = next.width;
            matches = classMatch(piece, static_cast<char32_t>(next.code), bad) && matches;
        } else if (piece.front() == '?') {
            matches = matches && name.front() != '/';
            width = matches ? decodeRune(name).width : 0;
            piece.remove_prefix(1);
        } else {
            if (piece.front() == '\\')
                piece.remove_prefix(1);
            bad = piece.empty();
            matches = matches && !bad && name.front() == piece.front();
            piece.remove_prefix(bad ? 0 : 1);
        }
        if (matches)
            name.remove_prefix(width);
    }
    if (bad || !matches)
        return std::nullopt;
    return name;
}

/// As filepath.Match of Go. A star takes the least that lets the next piece match, and never more for the sake of a
/// later one.
bool matchPattern(std::string_view pattern, std::string_view name, bool &bad)
{
    while (!pattern.empty()) {
        const Piece piece = takePiece(pattern);
        if (piece.afterStar && piece.text.empty())
            return name.find('/') == std::string_view::npos;
        bool found = false;
        for (std::size_t skipped = 0; !found && !bad; ++skipped) {
            const auto rest = matchPiece(piece.text, name.substr(skipped), bad);
            found = rest && (rest->empty() || !pattern.empty());
            if (found)
                name = *rest;
            else if (!piece.afterStar || skipped == name.size() || name[skipped] == '/')
                break;
        }
        if (!found)
            return false;
    }
    return name.empty();
}

} // namespace

bool globMatch(std::string_view pattern, std::string_view name, bool *bad)
{
    bool malformed = false;
    const bool matched = matchPattern(pattern, name, malformed);
    if (bad)
        *bad = malformed;
    return matched && !malformed;
}

std::string logPair(std::string_view key, std::string_view value)
{
    bool plain = !value.empty();
    for (std::string_view rest = value; plain && !rest.empty();) {
        const Decoded next = decodeRune(rest);
        plain = isPrintable(next.code) && next.isValid() && next.code != ' ' && next.code != '"' && next.code != '=';
        rest.remove_prefix(next.width);
    }
    return std::string(key) + "=" + (plain ? std::string(value) : goQuote(value));
}

std::string without(std::string text, std::string_view what)
{
    std::size_t at = text.find(what);
    if (at == std::string::npos)
        return text;
    std::string out;
    out.reserve(text.size());
    std::size_t from = 0;
    for (; at != std::string::npos; at = text.find(what, from)) {
        out.append(text, from, at - from);
        from = at + what.size();
    }
    return out.append(text, from);
}

} // namespace pk::chart
