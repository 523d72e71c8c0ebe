// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

// The formats that Helm's JSON Schema library checks. Each gives what is wrong with a text, or an empty text.
namespace pk::chart::schema {

/// "invalid character 'é'" for the first character of a text.
std::string invalidCharacter(std::string_view text);

std::string checkIpv4(std::string_view text);
std::string checkIpv6(std::string_view text);
std::string checkHostname(std::string_view text);
std::string checkEmail(std::string_view text);
std::string checkUri(std::string_view text);
std::string checkUriReference(std::string_view text);
std::string checkUriTemplate(std::string_view text);

} // namespace pk::chart::schema
