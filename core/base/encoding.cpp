// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/encoding.h"

#include "base/ascii.h"

#include <cstdint>

namespace pk {

namespace {

constexpr std::string_view Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

int digitOf(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    if (c == '+')
        return 62;
    return c == '/' ? 63 : -1;
}

bool isLineBreak(char c)
{
    return c == '\n' || c == '\r';
}

} // namespace

std::string base64Encode(std::string_view bytes)
{
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t group = 0;
        for (std::size_t k = 0; k < 3; ++k)
            group = group << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0u);
        for (std::size_t k = 0; k < 4; ++k)
            out.push_back(i + k > bytes.size() ? '=' : Alphabet[group >> (18 - 6 * k) & 63]);
    }
    return out;
}

bool base64Decode(std::string_view text, std::string &bytes, std::size_t &badAt)
{
    bytes.clear();
    bytes.reserve(text.size() / 4 * 3);
    std::uint32_t group = 0;
    int digits = 0;
    std::size_t at = 0;
    for (; at < text.size(); ++at) {
        if (isLineBreak(text[at]))
            continue;
        const int digit = digitOf(text[at]);
        if (digit < 0)
            break;
        group = group << 6 | static_cast<std::uint32_t>(digit);
        if (++digits == 4) {
            bytes.push_back(static_cast<char>(group >> 16 & 0xff));
            bytes.push_back(static_cast<char>(group >> 8 & 0xff));
            bytes.push_back(static_cast<char>(group & 0xff));
            digits = 0;
            group = 0;
        }
    }
    if (at == text.size()) {
        // Go names the start of the incomplete group.
        badAt = text.size() - static_cast<std::size_t>(digits);
        return digits == 0;
    }
    badAt = at;
    if (text[at] != '=' || digits < 2)
        return false;
    std::size_t next = at + 1;
    if (digits == 2) {
        while (next < text.size() && isLineBreak(text[next]))
            ++next;
        badAt = next;
        if (next == text.size() || text[next] != '=')
            return false;
        ++next;
    }
    while (next < text.size() && isLineBreak(text[next]))
        ++next;
    badAt = next;
    if (next != text.size())
        return false;
    group <<= digits == 2 ? 12 : 6;
    bytes.push_back(static_cast<char>(group >> 16 & 0xff));
    if (digits == 3)
        bytes.push_back(static_cast<char>(group >> 8 & 0xff));
    return true;
}

void appendHex(std::string &out, unsigned char byte)
{
    static constexpr std::string_view digits = "0123456789abcdef";
    out += digits[byte >> 4U];
    out += digits[byte & 0xFU];
}

std::string hexEncode(std::string_view bytes)
{
    std::string out;
    out.reserve(2 * bytes.size());
    for (const char byte : bytes)
        appendHex(out, static_cast<unsigned char>(byte));
    return out;
}

void appendPercent(std::string &out, unsigned char byte)
{
    static constexpr std::string_view digits = "0123456789ABCDEF";
    out += '%';
    out += digits[byte >> 4U];
    out += digits[byte & 0xFU];
}

std::string percentEncode(std::string_view text, std::string_view kept)
{
    std::string out;
    for (const char c : text) {
        if (ascii::isAlphanumeric(c) || kept.find(c) != std::string_view::npos)
            out += c;
        else
            appendPercent(out, static_cast<unsigned char>(c));
    }
    return out;
}

std::string queryEscape(std::string_view text)
{
    std::string out = percentEncode(text, "-_.~ ");
    for (char &c : out)
        c = c == ' ' ? '+' : c;
    return out;
}

} // namespace pk
