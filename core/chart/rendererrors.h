// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chart/render.h"
#include "template/execerror.h"

#include <string>
#include <string_view>

// How Helm tells that a template failed, and how we show the place.
namespace pk::chart {

/// What fail and required put around their message, so that it is found in Go's chain of errors.
inline constexpr std::string_view failureStart = "HELM_ERR_START";
inline constexpr std::string_view failureEnd = "HELM_ERR_END";

/// "parse error at (FILE:LINE): MESSAGE" of Go's message for a template that does not parse.
std::string parseFailure(const std::string &file, const std::string &message);

/// The text of a failed execution: the message of fail and required alone, else blocks or Go's one line.
std::string executionFailure(const tmpl::ExecError &error, const Levels &levels);

/// A line of a text with its number and, where the column is known, a caret below the character:
///     12 | image: {{ .Values.a.b }}
///        |                  ^
/// At most `width` characters of it (0: all), those around the caret, without its indentation. Empty for an empty line.
std::string excerpt(std::string_view line, const SourceSpan &at, std::size_t width = 0);

} // namespace pk::chart
