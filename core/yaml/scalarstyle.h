// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace pk::yaml {

/// The two printers of Helm: go-yaml v2 behind toYaml, v3 behind toYamlPretty.
enum class Dialect : std::uint8_t { V2, V3 };

/// What go-yaml's emitter finds out about a text before it writes it.
struct ScalarFacts
{
    bool multiline = false; ///< Holds a line break of any kind, Unicode's included.
    bool plainAllowed = true;
    bool singleQuotedAllowed = true;
    bool literalAllowed = true;
};

ScalarFacts analyzeScalar(std::string_view text, Dialect dialect);

/// A line break in YAML 1.1: CR, LF, NEL, LS, PS. `width` gets its bytes.
bool isBreak(std::string_view text, std::size_t at, std::size_t &width);

/// go-yaml's order of keys: numbers inside of names by their value.
bool keyLess(std::string_view a, std::string_view b, Dialect dialect);

} // namespace pk::yaml
