// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/encoding.h"
#include "template/functions/families.h"
#include "template/functions/support.h"
#include "template/functions/unicode.h"

#include <array>
#include <string>

namespace pk::tmpl {

using namespace sprig;

namespace {

constexpr std::uint64_t StepsPerDraw = 20; ///< Of a random number.

constexpr std::string_view Digits = "0123456789";
constexpr std::string_view Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr std::string_view Alphanumeric = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// Evenly distributed in [0, bound).
std::uint64_t randomBelow(RandomSource &source, std::uint64_t bound)
{
    const std::uint64_t unfair = (0 - bound) % bound; // what would make the small ones more likely
    for (;;) {
        std::array<unsigned char, 8> bytes;
        source.fill(bytes);
        std::uint64_t number = 0;
        for (unsigned char byte : bytes)
            number = (number << 8) | byte;
        if (number >= unfair)
            return number % bound;
    }
}

Result<Value> randomText(CallContext &context, const Value &count, std::string_view characters)
{
    if (count.toInt() <= 0)
        return Value::string("");
    const auto size = static_cast<std::uint64_t>(count.toInt());
    if (const Result<void> can = limitsOf(context).afford(size); !can)
        return can.error();
    if (const Result<void> done = limitsOf(context).work(size * StepsPerDraw); !done)
        return done.error();
    RandomSource &source = context.random();
    std::string text(size, ' ');
    for (char &c : text)
        c = characters[randomBelow(source, characters.size())];
    return Value::string(std::move(text));
}

Result<Value> randAlphaNum(CallContext &context, Arguments a)
{
    return randomText(context, a[0], Alphanumeric);
}

Result<Value> randAlpha(CallContext &context, Arguments a)
{
    return randomText(context, a[0], Letters);
}

Result<Value> randNumeric(CallContext &context, Arguments a)
{
    return randomText(context, a[0], Digits);
}

Result<Value> randAscii(CallContext &context, Arguments a)
{
    std::string printable;
    for (char c = ' '; c < 127; ++c)
        printable += c;
    return randomText(context, a[0], printable);
}

Result<Value> randBytes(CallContext &context, Arguments a)
{
    if (a[0].toInt() < 0)
        return failure("runtime error: makeslice: len out of range");
    const auto size = static_cast<std::uint64_t>(a[0].toInt());
    if (const Result<void> can = limitsOf(context).afford(size); !can)
        return can.error();
    std::vector<unsigned char> bytes(size);
    context.random().fill(bytes);
    return Value::string(base64Encode({reinterpret_cast<const char *>(bytes.data()), bytes.size()}));
}

Result<Value> randInt(CallContext &context, Arguments a)
{
    const auto span = static_cast<std::uint64_t>(a[1].toInt()) - static_cast<std::uint64_t>(a[0].toInt());
    if (static_cast<std::int64_t>(span) <= 0)
        return failure("invalid argument to Intn");
    return intValue(a[0].toInt() + static_cast<std::int64_t>(randomBelow(context.random(), span)));
}

Result<Value> shuffle(CallContext &context, Arguments a)
{
    std::u32string runes = toRunes(a[0].toString());
    if (const Result<void> done = limitsOf(context).work(runes.size() * StepsPerDraw); !done)
        return done.error();
    RandomSource &source = context.random();
    for (std::size_t left = runes.size(); left > 1; --left)
        std::swap(runes[left - 1], runes[randomBelow(source, left)]);
    return Value::string(fromRunes(runes));
}

Result<Value> uuidv4(CallContext &context, Arguments)
{
    std::array<unsigned char, 16> bytes;
    context.random().fill(bytes);
    bytes[6] = (bytes[6] & 0x0F) | 0x40; // version 4
    bytes[8] = (bytes[8] & 0x3F) | 0x80; // variant of RFC 4122
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            text += '-';
        appendHex(text, bytes[i]);
    }
    return Value::string(std::move(text));
}

} // namespace

std::span<const Function> randomFunctions()
{
    static const Function family[] = {
        {"randAlpha", {Param::Int}, false, randAlpha},
        {"randAlphaNum", {Param::Int}, false, randAlphaNum},
        {"randAscii", {Param::Int}, false, randAscii},
        {"randBytes", {Param::Int}, false, randBytes},
        {"randInt", {Param::Int, Param::Int}, false, randInt},
        {"randNumeric", {Param::Int}, false, randNumeric},
        {"shuffle", {Param::String}, false, shuffle},
        {"uuidv4", {}, false, uuidv4},
    };
    return family;
}

} // namespace pk::tmpl
