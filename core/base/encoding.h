// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pk {

/// Base64 with padding, standard alphabet (RFC 4648 section 4).
std::string base64Encode(std::string_view bytes);

/// Strict base64 as Go's base64.StdEncoding reads it: padding required, CR and LF skipped. On failure returns false,
/// and `badAt` is the offset that Go names in "illegal base64 data at input byte N".
bool base64Decode(std::string_view text, std::string &bytes, std::size_t &badAt);

/// Appends two lower-case hexadecimal digits.
void appendHex(std::string &out, unsigned char byte);
/// Lower-case hexadecimal digits, as Go's encoding/hex.
std::string hexEncode(std::string_view bytes);

/// Appends "%2F" of a slash.
void appendPercent(std::string &out, unsigned char byte);
/// Letters, digits and the characters of `kept` as they are, all other bytes as %XX.
std::string percentEncode(std::string_view text, std::string_view kept);
/// url.QueryEscape: all but letters, digits and -_.~ escaped, blanks as +.
std::string queryEscape(std::string_view text);

} // namespace pk
