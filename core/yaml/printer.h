// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "value/value.h"

#include <string>
#include <string_view>

namespace pk::yaml {

/// Appends `value` as Helm's toYaml prints it: sigs.k8s.io/yaml's Marshal (through JSON, then go-yaml v2's emitter)
/// *without its final newline*. Fails with Go's words on what JSON cannot hold (NaN, infinities, cycles, characters
/// that YAML refuses); `out` is unchanged then.
Result<void> appendYaml(std::string &out, const Value &value);

/// As appendYaml(), in go-yaml v3's style with an indent of 2: lists indented under their key, no line folded.
Result<void> appendYamlPretty(std::string &out, const Value &value);

/// appendYaml() into a new string, with Helm's answer to what cannot be printed: an empty text.
std::string toYaml(const Value &value);
std::string toYamlPretty(const Value &value);

} // namespace pk::yaml
