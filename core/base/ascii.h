// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// Classes of ASCII characters; everything beyond ASCII is in none of them, whatever the locale.
namespace pk::ascii {

constexpr bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

constexpr bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

constexpr bool isAlphanumeric(char c)
{
    return isDigit(c) || isLetter(c);
}

/// The value of a hexadecimal digit; -1: it is none.
constexpr int hexOf(char c)
{
    if (isDigit(c))
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

} // namespace pk::ascii
