// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/functions/families.h"
#include "template/functions/support.h"
#include "template/functions/unicode.h"
#include "template/functions/words.h"

namespace pk::tmpl {

using namespace sprig;

namespace {

Value fromText(std::string text)
{
    return Value::string(std::move(text));
}

Result<Value> upper(CallContext &, Arguments a)
{
    return fromText(mapRunes(a[0].toString(), upperOf));
}

Result<Value> lower(CallContext &, Arguments a)
{
    return fromText(mapRunes(a[0].toString(), lowerOf));
}

/// What strings.Title takes for the border of a word.
bool isSeparator(char32_t code)
{
    if (code < 0x80)
        return !isLetter(code) && !isDigit(code) && code != '_';
    return !isLetter(code) && !isDigit(code) && isSpace(code);
}

Result<Value> title(CallContext &, Arguments a)
{
    char32_t before = ' ';
    return fromText(mapRunes(a[0].toString(), [&before](char32_t code) {
        const bool first = isSeparator(before);
        before = code;
        return first ? titleOf(code) : code;
    }));
}

Result<Value> untitle(CallContext &, Arguments a)
{
    bool first = true;
    return fromText(mapRunes(a[0].toString(), [&first](char32_t code) {
        if (isSpace(code)) {
            first = true;
            return code;
        }
        return std::exchange(first, false) ? lowerOf(code) : code;
    }));
}

Result<Value> swapcase(CallContext &, Arguments a)
{
    bool afterSpace = true;
    return fromText(mapRunes(a[0].toString(), [&afterSpace](char32_t code) {
        if (isUpper(code) || isTitle(code)) {
            afterSpace = false;
            return lowerOf(code);
        }
        if (isLower(code))
            return std::exchange(afterSpace, false) ? titleOf(code) : upperOf(code);
        afterSpace = isSpace(code);
        return code;
    }));
}

// The library behind nospace and initials takes each byte for a character, which garbles what is not ASCII.
Result<Value> nospace(CallContext &, Arguments a)
{
    std::string kept;
    std::size_t count = 0;
    for (const char byte : a[0].toString()) {
        if (isSpace(static_cast<unsigned char>(byte)))
            continue;
        appendRune(kept, static_cast<unsigned char>(byte));
        ++count;
    }
    return count == a[0].toString().size() ? a[0] : fromText(std::move(kept));
}

Result<Value> initials(CallContext &, Arguments a)
{
    std::string letters;
    bool afterSpace = true;
    for (const char byte : a[0].toString()) {
        const bool space = isSpace(static_cast<unsigned char>(byte));
        if (!space && afterSpace)
            appendRune(letters, static_cast<unsigned char>(byte));
        afterSpace = space;
    }
    return fromText(std::move(letters));
}

std::string abbreviated(std::string_view text, std::int64_t offset, std::int64_t width)
{
    const auto size = static_cast<std::int64_t>(text.size());
    if (width < 4 || text.empty())
        return {};
    if (size <= width)
        return std::string(text);
    offset = std::min(offset, size);
    if (size - offset < width - 3)
        offset = size - (width - 3);
    if (offset <= 4)
        return std::string(text.substr(0, static_cast<std::size_t>(width - 3))) + "...";
    if (width < 7)
        return {};
    if (offset + width - 3 < size)
        return "..." + abbreviated(text.substr(static_cast<std::size_t>(offset)), 0, width - 3);
    return "..." + std::string(text.substr(static_cast<std::size_t>(size - (width - 3))));
}

Result<Value> abbrev(CallContext &, Arguments a)
{
    return a[0].toInt() < 4 ? a[1] : fromText(abbreviated(a[1].toString(), 0, a[0].toInt()));
}

Result<Value> abbrevboth(CallContext &, Arguments a)
{
    const std::int64_t left = a[0].toInt();
    const std::int64_t right = a[1].toInt();
    if (right < 4 || (left > 0 && right < 7))
        return a[2];
    return fromText(abbreviated(a[2].toString(), left, right));
}

Result<Value> wrap(CallContext &, Arguments a)
{
    return fromText(wrapped(a[1].toString(), a[0].toInt(), "\n", false));
}

Result<Value> wrapWith(CallContext &context, Arguments a)
{
    const std::uint64_t lines =
        a[2].toString().size() / static_cast<std::uint64_t>(std::max<std::int64_t>(a[0].toInt(), 1));
    if (const Result<void> can = limitsOf(context).afford(lines * a[1].toString().size()); !can)
        return can.error();
    return fromText(wrapped(a[2].toString(), a[0].toInt(), a[1].toString(), true));
}

Result<Value> camelcase(CallContext &, Arguments a)
{
    return fromText(pascalCase(a[0].toString()));
}

Result<Value> snakecase(CallContext &, Arguments a)
{
    return fromText(joinedWords(a[0].toString(), '_'));
}

Result<Value> kebabcase(CallContext &, Arguments a)
{
    return fromText(joinedWords(a[0].toString(), '-'));
}

} // namespace

std::span<const Function> casingFunctions()
{
    static const Function family[] = {
        {"abbrev", {Param::Int, Param::String}, false, abbrev},
        {"abbrevboth", {Param::Int, Param::Int, Param::String}, false, abbrevboth},
        {"camelcase", {Param::String}, false, camelcase},
        {"initials", {Param::String}, false, initials},
        {"kebabcase", {Param::String}, false, kebabcase},
        {"lower", {Param::String}, false, lower},
        {"nospace", {Param::String}, false, nospace},
        {"snakecase", {Param::String}, false, snakecase},
        {"swapcase", {Param::String}, false, swapcase},
        {"title", {Param::String}, false, title},
        {"untitle", {Param::String}, false, untitle},
        {"upper", {Param::String}, false, upper},
        {"wrap", {Param::Int, Param::String}, false, wrap},
        {"wrapWith", {Param::Int, Param::String, Param::String}, false, wrapWith},
    };
    return family;
}

} // namespace pk::tmpl
