// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/functions/goaddress.h"

#include "base/ascii.h"
#include "base/quote.h"

#include <cstdint>

namespace pk::tmpl::sprig {

namespace {

/// net/netip's ParseAddr.
class AddressParser
{
public:
    explicit AddressParser(std::string_view text) : m_text(text) { }

    /// What is wrong; empty: nothing.
    std::string problem(AddressKind &kind) const
    {
        for (const char c : m_text) {
            kind.isShort = c == '.';
            if (c == '.')
                return shortAddress(m_text);
            if (c == ':')
                return longAddress(kind.hasZone);
            if (c == '%')
                return complaint("missing IPv6 address");
        }
        return complaint("unable to parse IP");
    }

private:
    std::string complaint(std::string_view what, std::string_view at = {}) const
    {
        std::string out = "ParseAddr(" + goQuote(m_text) + "): " + std::string(what);
        return at.empty() ? out : out + " (at " + goQuote(at) + ")";
    }

    std::string shortAddress(std::string_view text) const
    {
        int value = 0;
        int digits = 0;
        int fields = 0;
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (ascii::isDigit(text[i])) {
                if (digits == 1 && value == 0)
                    return complaint("IPv4 field has octet with leading zero");
                value = value * 10 + (text[i] - '0');
                ++digits;
                if (value > 255)
                    return complaint("IPv4 field has value >255");
            } else if (text[i] == '.') {
                if (i == 0 || i + 1 == text.size() || text[i - 1] == '.')
                    return complaint("IPv4 field must have at least one digit", text.substr(i));
                if (fields == 3)
                    return complaint("IPv4 address too long");
                ++fields;
                value = 0;
                digits = 0;
            } else {
                return complaint("unexpected character", text.substr(i));
            }
        }
        return fields < 3 ? complaint("IPv4 address too short") : std::string();
    }

    /// One group of hexadecimal digits; `length` is how long it is.
    std::string group(std::string_view rest, std::size_t &length) const
    {
        std::uint32_t value = 0;
        for (length = 0; length < rest.size() && ascii::hexOf(rest[length]) >= 0; ++length) {
            value = value * 16 + static_cast<std::uint32_t>(ascii::hexOf(rest[length]));
            if (length > 3)
                return complaint("each group must have 4 or less digits", rest);
            if (value > 0xFFFF)
                return complaint("IPv6 field has value >=2^16", rest);
        }
        return length == 0 ? complaint("each colon-separated field must have at least one digit", rest) : std::string();
    }

    std::string longAddress(bool &zoned) const
    {
        constexpr int bytes = 16;
        const auto percent = m_text.find('%');
        zoned = percent != std::string_view::npos;
        if (zoned && percent + 1 == m_text.size())
            return complaint("zone must be a non-empty string");
        std::string_view rest = m_text.substr(0, percent);
        int gap = -1; // Where :: stands.
        if (rest.starts_with("::")) {
            gap = 0;
            rest.remove_prefix(2);
            if (rest.empty())
                return {};
        }
        int at = 0;
        while (at < bytes) {
            std::size_t length = 0;
            if (const std::string wrong = group(rest, length); !wrong.empty())
                return wrong;
            if (length < rest.size() && rest[length] == '.') {
                if (gap < 0 && at != bytes - 4)
                    return complaint("embedded IPv4 address must replace the final 2 fields of the address", rest);
                if (at + 4 > bytes)
                    return complaint("too many hex fields to fit an embedded IPv4 at the end of the address", rest);
                if (const std::string wrong = shortAddress(rest); !wrong.empty())
                    return wrong;
                rest = {};
                at += 4;
                break;
            }
            at += 2;
            rest.remove_prefix(length);
            if (rest.empty())
                break;
            if (rest.front() != ':')
                return complaint("unexpected character, want colon", rest);
            if (rest.size() == 1)
                return complaint("colon must be followed by more characters", rest);
            rest.remove_prefix(1);
            if (rest.front() != ':')
                continue;
            if (gap >= 0)
                return complaint("multiple :: in address", rest);
            gap = at;
            rest.remove_prefix(1);
            if (rest.empty())
                break;
        }
        if (!rest.empty())
            return complaint("trailing garbage after address", rest);
        if (at < bytes)
            return gap < 0 ? complaint("address string too short") : std::string();
        return gap >= 0 ? complaint("the :: must expand to at least one field of zeros") : std::string();
    }

    std::string_view m_text;
};

} // namespace

std::string addressProblem(std::string_view text, AddressKind &kind)
{
    return AddressParser(text).problem(kind);
}

} // namespace pk::tmpl::sprig
