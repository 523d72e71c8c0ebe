// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace pk::tmpl::sprig {

/// "foo_bar" -> "FooBar", by the rules of xstrings.ToPascalCase ("HTTP_server" -> "HttpServer").
std::string pascalCase(std::string_view text);

/// "HTTPServer" -> "http_server" for the connector '_', by the rules of xstrings.ToSnakeCase.
std::string joinedWords(std::string_view text, char connector);

/// Breaks a line at blanks so that no piece is longer than `width` bytes; a longer word is broken only if `breakWords`.
std::string wrapped(std::string_view text, std::int64_t width, std::string_view newline, bool breakWords);

} // namespace pk::tmpl::sprig
