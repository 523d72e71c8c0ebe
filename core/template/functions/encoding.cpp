// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/encoding.h"

#include "template/functions/families.h"
#include "template/functions/support.h"

namespace pk::tmpl {

using namespace sprig;

namespace {

constexpr std::string_view Base32Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

Result<Value> b64enc(CallContext &, Arguments a)
{
    return Value::string(base64Encode(a[0].toString()));
}

Result<Value> b64dec(CallContext &, Arguments a)
{
    std::string bytes;
    std::size_t badAt = 0;
    if (!base64Decode(a[0].toString(), bytes, badAt))
        return Value::string("illegal base64 data at input byte " + std::to_string(badAt));
    return Value::string(std::move(bytes));
}

Result<Value> b32enc(CallContext &, Arguments a)
{
    std::string text;
    std::uint64_t bits = 0;
    int count = 0;
    for (const char byte : a[0].toString()) {
        bits = (bits << 8) | static_cast<unsigned char>(byte);
        for (count += 8; count >= 5; count -= 5)
            text += Base32Digits[(bits >> (count - 5)) & 31];
    }
    if (count > 0)
        text += Base32Digits[(bits << (5 - count)) & 31];
    while (text.size() % 8 != 0)
        text += '=';
    return Value::string(std::move(text));
}

/// Go's decoder of base32: whole groups of eight, padded. Returns false with the offset that Go names.
bool base32Decode(std::string_view text, std::string &bytes, std::size_t &badAt)
{
    for (std::size_t at = 0; at < text.size();) {
        std::uint64_t bits = 0;
        std::size_t length = 0;
        bool end = false;
        while (length < 8 && !end) {
            if (at == text.size()) {
                badAt = text.size() - length;
                return false;
            }
            const char digit = text[at++];
            const std::size_t left = text.size() - at;
            if (digit == '=' && length >= 2 && left < 8) {
                if (left + length < 7) {
                    badAt = text.size();
                    return false;
                }
                for (std::size_t k = 0; k < 7 - length; ++k) {
                    if (left > k && text[at + k] != '=') {
                        badAt = at + k - 1;
                        return false;
                    }
                }
                if (length == 3 || length == 6) {
                    badAt = at - 1;
                    return false;
                }
                end = true;
            } else if (const std::size_t value = Base32Digits.find(digit); value != Base32Digits.npos) {
                bits = (bits << 5) | value;
                ++length;
            } else {
                badAt = at - 1;
                return false;
            }
        }
        const std::size_t count = length * 5 / 8;
        for (std::size_t i = 0; i < count; ++i)
            bytes += static_cast<char>(bits >> (length * 5 - 8 * (i + 1)));
        if (end)
            break;
    }
    return true;
}

Result<Value> b32dec(CallContext &, Arguments a)
{
    std::string text = a[0].toString();
    std::erase_if(text, [](char c) { return c == '\r' || c == '\n'; });
    std::string bytes;
    std::size_t badAt = 0;
    if (!base32Decode(text, bytes, badAt))
        return Value::string("illegal base32 data at input byte " + std::to_string(badAt));
    return Value::string(std::move(bytes));
}

} // namespace

std::span<const Function> encodingFunctions()
{
    static const Function family[] = {
        {"b32dec", {Param::String}, false, b32dec},
        {"b32enc", {Param::String}, false, b32enc},
        {"b64dec", {Param::String}, false, b64dec},
        {"b64enc", {Param::String}, false, b64enc},
    };
    return family;
}

} // namespace pk::tmpl
