// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "value/value.h"

#include <string>
#include <string_view>

namespace pk::yaml {

/// Reads JSON as Go's encoding/json does into an interface{}: numbers float64, the last of equal keys wins, invalid
/// UTF-8 becomes U+FFFD, nesting up to 10000. Errors have Go's words ("unexpected end of JSON input").
Result<Value> parseJson(std::string_view text);

/// encoding/json's complaint about a value that does not fit where it is to go: "json: cannot unmarshal array into
/// TARGET".
std::string cannotUnmarshal(const Value &value, std::string_view target);

/// What sigs.k8s.io/yaml puts before complaints of encoding/json.
inline constexpr std::string_view decodingJson = "error unmarshaling JSON: while decoding JSON: ";

/// Whether < > & are written as \u003c \u003e \u0026: json.Marshal and toJson do, toRawJson does not.
enum class HtmlEscape { On, Off };

/// Appends `value` as json.Marshal writes it. Fails on NaN and infinities ("json: unsupported value: NaN") and on a
/// tree that contains itself; `out` is unchanged then.
Result<void> appendJson(std::string &out, const Value &value, HtmlEscape escape = HtmlEscape::On);

/// As json.MarshalIndent with an indent of two spaces: toPrettyJson.
Result<void> appendPrettyJson(std::string &out, const Value &value, HtmlEscape escape = HtmlEscape::On);

/// appendJson() into a new string; empty when it fails, as Helm's toJson.
std::string toJson(const Value &value, HtmlEscape escape = HtmlEscape::On);

} // namespace pk::yaml
