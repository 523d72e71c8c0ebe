// SPDX-License-Identifier: GPL-3.0-or-later
#include "yaml/utf8.h"

#include <cstring>

namespace pk::yaml {

namespace {

const char *const hexDigits = "0123456789abcdef";

bool isContinuation(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

void appendHex(std::string &out, char32_t code, int digits)
{
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4)
        out += hexDigits[(code >> shift) & 0xF];
}

/// Go's table of printable characters is long; what error texts meet in practice are these exceptions.
bool isUnprintable(char32_t code)
{
    return code < 0x20 || (code >= 0x7F && code <= 0xA0) || code == 0xAD || (code >= 0x2000 && code <= 0x200F)
        || (code >= 0x2028 && code <= 0x202F) || (code >= 0x205F && code <= 0x206F) || code == 0x3000
        || (code >= 0xD800 && code <= 0xF8FF) || code == 0xFEFF || (code >= 0xFFF0 && code <= 0xFFFB)
        || (code & 0xFFFE) == 0xFFFE;
}

void appendQuotedRune(std::string &out, char32_t code)
{
    switch (code) {
    case '\a':
        out += "\\a";
        return;
    case '\b':
        out += "\\b";
        return;
    case '\f':
        out += "\\f";
        return;
    case '\n':
        out += "\\n";
        return;
    case '\r':
        out += "\\r";
        return;
    case '\t':
        out += "\\t";
        return;
    case '\v':
        out += "\\v";
        return;
    case '"':
        out += "\\\"";
        return;
    case '\\':
        out += "\\\\";
        return;
    default:
        break;
    }
    if (!isUnprintable(code)) {
        appendRune(out, code);
    } else if (code < 0x20 || code == 0x7F) {
        out += "\\x";
        appendHex(out, code, 2);
    } else if (code < 0x10000) {
        out += "\\u";
        appendHex(out, code, 4);
    } else {
        out += "\\U";
        appendHex(out, code, 8);
    }
}

} // namespace

Rune decodeRune(std::string_view text, std::size_t offset)
{
    const auto byteAt = [&](std::size_t i) { return static_cast<unsigned char>(text[offset + i]); };
    const std::size_t left = text.size() - offset;
    const unsigned char lead = byteAt(0);
    if (lead < 0x80)
        return {lead, 1, true};
    if (lead >= 0xC2 && lead <= 0xDF && left >= 2 && isContinuation(byteAt(1)))
        return {static_cast<char32_t>((lead & 0x1F) << 6 | (byteAt(1) & 0x3F)), 2, true};
    if (lead >= 0xE0 && lead <= 0xEF && left >= 3 && isContinuation(byteAt(1)) && isContinuation(byteAt(2))) {
        const auto code = static_cast<char32_t>((lead & 0x0F) << 12 | (byteAt(1) & 0x3F) << 6 | (byteAt(2) & 0x3F));
        if (code >= 0x800 && (code < 0xD800 || code > 0xDFFF))
            return {code, 3, true};
    }
    if (lead >= 0xF0 && lead <= 0xF4 && left >= 4 && isContinuation(byteAt(1)) && isContinuation(byteAt(2))
        && isContinuation(byteAt(3))) {
        const auto code = static_cast<char32_t>(
            (lead & 0x07) << 18 | (byteAt(1) & 0x3F) << 12 | (byteAt(2) & 0x3F) << 6 | (byteAt(3) & 0x3F));
        if (code >= 0x10000 && code <= 0x10FFFF)
            return {code, 4, true};
    }
    return {};
}

void appendRune(std::string &out, char32_t code)
{
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else if (code < 0x800) {
        out += static_cast<char>(0xC0 | code >> 6);
        out += static_cast<char>(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        out += static_cast<char>(0xE0 | code >> 12);
        out += static_cast<char>(0x80 | (code >> 6 & 0x3F));
        out += static_cast<char>(0x80 | (code & 0x3F));
    } else {
        out += static_cast<char>(0xF0 | code >> 18);
        out += static_cast<char>(0x80 | (code >> 12 & 0x3F));
        out += static_cast<char>(0x80 | (code >> 6 & 0x3F));
        out += static_cast<char>(0x80 | (code & 0x3F));
    }
}

bool isValidUtf8(std::string_view text)
{
    std::size_t i = 0;
    while (i < text.size()) {
        // Eight ASCII bytes at a time: nearly all texts are nothing else.
        std::uint64_t word = 0;
        if (text.size() - i >= sizeof word) {
            std::memcpy(&word, text.data() + i, sizeof word);
            if ((word & 0x8080808080808080ULL) == 0) {
                i += sizeof word;
                continue;
            }
        }
        const Rune rune = decodeRune(text, i);
        if (!rune.valid)
            return false;
        i += rune.width;
    }
    return true;
}

std::string goQuote(std::string_view text)
{
    std::string out = "\"";
    for (std::size_t i = 0; i < text.size();) {
        const Rune rune = decodeRune(text, i);
        if (rune.valid) {
            appendQuotedRune(out, rune.code);
        } else {
            out += "\\x";
            appendHex(out, static_cast<unsigned char>(text[i]), 2);
        }
        i += rune.width;
    }
    return out + '"';
}

} // namespace pk::yaml
