// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "value/value.h"

#include <optional>
#include <string_view>

namespace pk::yaml {

/// Reads the plain part of YAML that charts and their manifests are made of (block mappings and lists, scalars of one
/// line, literal blocks, small flow collections) straight into a tree, as toValue() means it. Nothing for whatever
/// else there is, errors included: the caller then asks libyaml, which costs ten times as much.
std::optional<Value> readFast(std::string_view text);

} // namespace pk::yaml
