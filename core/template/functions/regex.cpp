// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/quote.h"
#include "template/functions/families.h"
#include "template/functions/goregex.h"
#include "template/functions/support.h"
#include "template/functions/unicode.h"

namespace pk::tmpl {

using namespace sprig;

namespace {

/// How regexp.MustCompile quotes a pattern: in backquotes where Go's syntax allows it.
std::string quotedPattern(std::string_view pattern)
{
    const bool plain = std::all_of(pattern.begin(), pattern.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte >= ' ' || byte == '\t') && byte != 0x7F && byte != '`';
    });
    const std::u32string runes = toRunes(pattern);
    const bool valid = runes.find(char32_t(runeError)) == runes.npos && runes.find(char32_t(0xFEFF)) == runes.npos;
    return plain && valid ? '`' + std::string(pattern) + '`' : goQuote(pattern);
}

/// The expression of the first argument for the text of the second; `must` tells which of the two ways to fail the
/// function has.
Result<GoRegex> compiled(CallContext &context, Arguments a, bool must)
{
    Result<GoRegex> regex = GoRegex::compile(a[0].toString());
    if (regex) {
        if (const Result<void> done = limitsOf(context).work(regex->stepsFor(a[1].toString())); !done)
            return done.error();
    }
    if (regex || must)
        return regex;
    return regex.error().wrapped("regexp: Compile(" + quotedPattern(a[0].toString()) + "): ");
}

/// Go's functions return a nil slice where they found nothing.
Value found(const std::vector<std::string> &texts)
{
    return texts.empty() ? nilSlice(ListType::Strings) : Value::strings(texts);
}

Result<Value> regexMatch(CallContext &context, Arguments a)
{
    const Result<GoRegex> regex = compiled(context, a, true);
    if (!regex && regex.error().code == Error::Code::LimitExceeded)
        return regex.error();
    return Value::boolean(regex && regex->matches(a[1].toString()));
}

Result<Value> mustRegexMatch(CallContext &context, Arguments a)
{
    const Result<GoRegex> regex = compiled(context, a, true);
    if (!regex)
        return regex.error();
    return Value::boolean(regex->matches(a[1].toString()));
}

template <bool Must> Result<Value> regexFind(CallContext &context, Arguments a)
{
    const Result<GoRegex> regex = compiled(context, a, Must);
    if (!regex)
        return regex.error();
    return Value::string(regex->find(a[1].toString()));
}

template <bool Must> Result<Value> regexFindAll(CallContext &context, Arguments a)
{
    const Result<GoRegex> regex = compiled(context, a, Must);
    if (!regex)
        return regex.error();
    return found(regex->findAll(a[1].toString(), a[2].toInt()));
}

template <bool Must> Result<Value> regexReplaceAll(CallContext &context, Arguments a)
{
    const Result<GoRegex> regex = compiled(context, a, Must);
    if (!regex)
        return regex.error();
    return Value::string(regex->replaceAll(a[1].toString(), a[2].toString(), limitsOf(context).bytesLeft()));
}

template <bool Must> Result<Value> regexReplaceAllLiteral(CallContext &context, Arguments a)
{
    const Result<GoRegex> regex = compiled(context, a, Must);
    if (!regex)
        return regex.error();
    return Value::string(regex->replaceAllLiteral(a[1].toString(), a[2].toString(), limitsOf(context).bytesLeft()));
}

template <bool Must> Result<Value> regexSplit(CallContext &context, Arguments a)
{
    const Result<GoRegex> regex = compiled(context, a, Must);
    if (!regex)
        return regex.error();
    if (a[2].toInt() == 0)
        return nilSlice(ListType::Strings);
    return Value::strings(regex->split(a[1].toString(), a[2].toInt()));
}

Result<Value> regexQuoteMeta(CallContext &, Arguments a)
{
    return Value::string(GoRegex::quoteMeta(a[0].toString()));
}

} // namespace

std::span<const Function> regexFunctions()
{
    static const std::vector<Param> three(3, Param::String);
    static const std::vector<Param> counted = {Param::String, Param::String, Param::Int};
    static const Function family[] = {
        {"mustRegexFind", {Param::String, Param::String}, false, regexFind<true>},
        {"mustRegexFindAll", counted, false, regexFindAll<true>},
        {"mustRegexMatch", {Param::String, Param::String}, false, mustRegexMatch},
        {"mustRegexReplaceAll", three, false, regexReplaceAll<true>},
        {"mustRegexReplaceAllLiteral", three, false, regexReplaceAllLiteral<true>},
        {"mustRegexSplit", counted, false, regexSplit<true>},
        {"regexFind", {Param::String, Param::String}, false, regexFind<false>},
        {"regexFindAll", counted, false, regexFindAll<false>},
        {"regexMatch", {Param::String, Param::String}, false, regexMatch},
        {"regexQuoteMeta", {Param::String}, false, regexQuoteMeta},
        {"regexReplaceAll", three, false, regexReplaceAll<false>},
        {"regexReplaceAllLiteral", three, false, regexReplaceAllLiteral<false>},
        {"regexSplit", counted, false, regexSplit<false>},
    };
    return family;
}

} // namespace pk::tmpl
