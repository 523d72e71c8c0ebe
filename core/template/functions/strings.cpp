// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/quote.h"
#include "template/functions/families.h"
#include "template/functions/support.h"
#include "template/functions/unicode.h"

#include <limits>
#include <utility>

namespace pk::tmpl {

using namespace sprig;

namespace {

const std::string &text(Arguments arguments, std::size_t i)
{
    return arguments[i].toString();
}

Result<Value> trim(CallContext &, Arguments a)
{
    return Value::string(std::string(trimSpace(text(a, 0))));
}

Result<Value> trimAll(CallContext &, Arguments a)
{
    const std::u32string cutset = toRunes(text(a, 0));
    std::string_view rest = text(a, 1);
    const auto isCut = [&cutset](Decoded rune) { return rune.width > 0 && cutset.find(rune.code) != cutset.npos; };
    while (isCut(decodeRune(rest)))
        rest.remove_prefix(decodeRune(rest).width);
    while (isCut(decodeLastRune(rest)))
        rest.remove_suffix(decodeLastRune(rest).width);
    return Value::string(std::string(rest));
}

Result<Value> trimPrefix(CallContext &, Arguments a)
{
    std::string_view rest = text(a, 1);
    if (rest.starts_with(text(a, 0)))
        rest.remove_prefix(text(a, 0).size());
    return Value::string(std::string(rest));
}

Result<Value> trimSuffix(CallContext &, Arguments a)
{
    std::string_view rest = text(a, 1);
    if (rest.ends_with(text(a, 0)))
        rest.remove_suffix(text(a, 0).size());
    return Value::string(std::string(rest));
}

Result<Value> contains(CallContext &, Arguments a)
{
    return Value::boolean(text(a, 1).find(text(a, 0)) != std::string::npos);
}

Result<Value> hasPrefix(CallContext &, Arguments a)
{
    return Value::boolean(text(a, 1).starts_with(text(a, 0)));
}

Result<Value> hasSuffix(CallContext &, Arguments a)
{
    return Value::boolean(text(a, 1).ends_with(text(a, 0)));
}

Result<Value> trunc(CallContext &, Arguments a)
{
    const std::int64_t count = a[0].toInt();
    const std::string &whole = text(a, 1);
    const auto size = static_cast<std::int64_t>(whole.size());
    if (count < 0 && count > -size)
        return Value::string(whole.substr(static_cast<std::size_t>(size + count)));
    if (count >= 0 && size > count)
        return Value::string(whole.substr(0, static_cast<std::size_t>(count)));
    return a[1];
}

Result<Value> substr(CallContext &, Arguments a)
{
    const std::int64_t start = a[0].toInt();
    const std::int64_t end = a[1].toInt();
    const std::string &whole = text(a, 2);
    const auto size = static_cast<std::int64_t>(whole.size());
    const std::string outOfRange = "runtime error: slice bounds out of range ";
    const auto part = [&whole](std::int64_t from, std::int64_t to) {
        return Value::string(whole.substr(static_cast<std::size_t>(from), static_cast<std::size_t>(to - from)));
    };
    if (start < 0) {
        if (end < 0)
            return failure(outOfRange + "[:" + std::to_string(end) + ']');
        if (end > size)
            return failure(outOfRange + "[:" + std::to_string(end) + "] with length " + std::to_string(size));
        return part(0, end);
    }
    const bool toEnd = end < 0 || end > size;
    if (start > (toEnd ? size : end))
        return failure(outOfRange + '[' + std::to_string(start) + ':' + std::to_string(toEnd ? size : end) + ']');
    return part(start, toEnd ? size : end);
}

/// strings.Repeat, whose result comes out of the budget.
Result<std::string> repeated(CallContext &context, std::string_view unit, std::int64_t count)
{
    if (count < 0)
        return failure("strings: negative Repeat count");
    if (!unit.empty() && static_cast<std::uint64_t>(count) > std::numeric_limits<std::int64_t>::max() / unit.size())
        return failure("strings: Repeat output length overflow");
    if (const Result<void> can = limitsOf(context).afford(static_cast<std::uint64_t>(count) * unit.size()); !can)
        return can.error();
    std::string result;
    if (unit.empty())
        return result;
    result.reserve(static_cast<std::size_t>(count) * unit.size());
    for (std::int64_t i = 0; i < count; ++i)
        result += unit;
    return result;
}

Result<Value> repeat(CallContext &context, Arguments a)
{
    Result<std::string> result = repeated(context, text(a, 1), a[0].toInt());
    if (!result)
        return result.error();
    return Value::string(std::move(*result));
}

/// `lines` with `spaces` before each of them, and `start` before all.
Result<Value> indented(CallContext &context, std::string_view start, std::int64_t spaces, const std::string &lines)
{
    const auto breaks = static_cast<std::uint64_t>(std::count(lines.begin(), lines.end(), '\n'));
    const Result<std::string> pad = repeated(context, " ", spaces);
    if (!pad)
        return pad.error();
    if (const Result<void> can = limitsOf(context).afford(breaks * pad->size() + lines.size()); !can)
        return can.error();
    std::string result;
    result.reserve(start.size() + lines.size() + (breaks + 1) * pad->size());
    result.append(start).append(*pad);
    for (std::size_t from = 0; from < lines.size();) {
        const std::size_t newline = lines.find('\n', from);
        const std::size_t end = newline == lines.npos ? lines.size() : newline + 1;
        result.append(lines, from, end - from);
        if (newline != lines.npos)
            result += *pad;
        from = end;
    }
    return Value::string(std::move(result));
}

Result<Value> indent(CallContext &context, Arguments a)
{
    return indented(context, "", a[0].toInt(), text(a, 1));
}

Result<Value> nindent(CallContext &context, Arguments a)
{
    return indented(context, "\n", a[0].toInt(), text(a, 1));
}

Result<Value> replace(CallContext &context, Arguments a)
{
    if (text(a, 2).find(text(a, 0)) == std::string::npos)
        return a[2];
    // The executor refuses a result that is larger than what is left.
    return Value::string(replaceAll(text(a, 2), text(a, 0), text(a, 1), limitsOf(context).bytesLeft()));
}

Result<Value> plural(CallContext &, Arguments a)
{
    return a[2].toInt() == 1 ? a[0] : a[1];
}

/// The arguments that are not nil with blanks between, each as `write` has it.
template <class Write> Result<Value> joined(Arguments arguments, Write write)
{
    std::string result;
    bool first = true;
    for (const Value &value : arguments) {
        if (value.isNil())
            continue;
        if (!std::exchange(first, false))
            result += ' ';
        result += write(value);
    }
    return Value::string(std::move(result));
}

Result<Value> quote(CallContext &, Arguments a)
{
    return joined(
        a, [](const Value &value) { return value.isString() ? goQuote(value.toString()) : goQuote(strval(value)); });
}

Result<Value> squote(CallContext &, Arguments a)
{
    return joined(a, [](const Value &value) { return '\'' + printed(value) + '\''; });
}

Result<Value> cat(CallContext &, Arguments a)
{
    return joined(a, printed);
}

Result<Value> join(CallContext &context, Arguments a)
{
    const std::vector<std::string> parts = toStrings(a[1]);
    if (const Result<void> can = limitsOf(context).afford(parts.size() * text(a, 0).size()); !can)
        return can.error();
    return Value::string(joinTexts(parts, text(a, 0)));
}

/// What a text of its own takes at least.
constexpr std::uint64_t bytesPerPart = 64;

Value numbered(const std::vector<std::string_view> &parts)
{
    std::vector<Map::Entry> entries;
    for (std::size_t i = 0; i < parts.size(); ++i)
        entries.push_back({'_' + std::to_string(i), Value::string(std::string(parts[i]))});
    return Value::of(Map::fromEntries(std::move(entries), MapType::Strings));
}

Result<Value> split(CallContext &context, Arguments a)
{
    if (const Result<void> paid = context.spend(countOf(text(a, 1), text(a, 0)) * bytesPerPart); !paid)
        return paid.error();
    return numbered(splitText(text(a, 1), text(a, 0)));
}

Result<Value> splitn(CallContext &context, Arguments a)
{
    if (const Result<void> paid = context.spend(countOf(text(a, 2), text(a, 0)) * bytesPerPart); !paid)
        return paid.error();
    return numbered(splitText(text(a, 2), text(a, 0), a[1].toInt()));
}

Result<Value> splitList(CallContext &context, Arguments a)
{
    if (const Result<void> paid = context.spend(countOf(text(a, 1), text(a, 0)) * bytesPerPart); !paid)
        return paid.error();
    std::vector<Value> items;
    for (std::string_view part : splitText(text(a, 1), text(a, 0)))
        items.push_back(Value::string(std::string(part)));
    return Value::list(std::move(items), ListType::Strings);
}

Result<Value> strings(CallContext &, Arguments a)
{
    return Value::strings(toStrings(a[0]));
}

Result<Value> toText(CallContext &, Arguments a)
{
    return a[0].isString() ? a[0] : Value::string(strval(a[0]));
}

Result<Value> hello(CallContext &, Arguments)
{
    return Value::string("Hello!");
}

} // namespace

std::span<const Function> stringFunctions()
{
    static const Function family[] = {
        {"cat", {Param::Any}, true, cat},
        {"contains", {Param::String, Param::String}, false, contains},
        {"hasPrefix", {Param::String, Param::String}, false, hasPrefix},
        {"hasSuffix", {Param::String, Param::String}, false, hasSuffix},
        {"hello", {}, false, hello},
        {"indent", {Param::Int, Param::String}, false, indent},
        {"join", {Param::String, Param::Any}, false, join},
        {"nindent", {Param::Int, Param::String}, false, nindent},
        {"plural", {Param::String, Param::String, Param::Int}, false, plural},
        {"quote", {Param::Any}, true, quote},
        {"repeat", {Param::Int, Param::String}, false, repeat},
        {"replace", {Param::String, Param::String, Param::String}, false, replace},
        {"split", {Param::String, Param::String}, false, split},
        {"splitList", {Param::String, Param::String}, false, splitList},
        {"splitn", {Param::String, Param::Int, Param::String}, false, splitn},
        {"squote", {Param::Any}, true, squote},
        {"substr", {Param::Int, Param::Int, Param::String}, false, substr},
        {"toString", {Param::Any}, false, toText},
        {"toStrings", {Param::Any}, false, strings},
        {"trim", {Param::String}, false, trim},
        {"trimAll", {Param::String, Param::String}, false, trimAll},
        {"trimPrefix", {Param::String, Param::String}, false, trimPrefix},
        {"trimSuffix", {Param::String, Param::String}, false, trimSuffix},
        {"trimall", {Param::String, Param::String}, false, trimAll},
        {"trunc", {Param::Int, Param::String}, false, trunc},
    };
    return family;
}

} // namespace pk::tmpl
