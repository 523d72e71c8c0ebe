// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

// The places that schemas name each other by: URLs and JSON pointers, as Go's net/url and Helm's library take them.
namespace pk::chart::schema {

/// What stands before and behind the first '#'.
std::pair<std::string_view, std::string_view> splitFragment(std::string_view reference);

/// `reference` (without a fragment) seen from `base`: RFC 3986. Nothing when it is no URL.
std::optional<std::string> joinUrl(std::string_view base, std::string_view reference);

/// "http" of "http://x"; empty when there is none.
std::string_view schemeOf(std::string_view url);

/// %41 becomes A; nothing when a % is followed by anything else.
std::optional<std::string> percentDecoded(std::string_view text);

/// A pointer as it stands behind the '#' of a place that is shown.
std::string encodedPointer(std::string_view pointer);

/// ~ and / in a key become ~0 and ~1.
std::string escapePointer(std::string_view key);
/// The key again; nothing when a ~ is followed by anything else.
std::optional<std::string> unescapePointer(std::string_view token);

} // namespace pk::chart::schema
