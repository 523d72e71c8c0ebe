// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "value/value.h"

#include <string_view>

namespace pk::kube {

/// Bytes that a decoder may read behind the end of its text (simdjson's padding).
constexpr std::size_t jsonPadding = 64;

/// Reads one object of the API as Kubernetes' own clients do: whole numbers become int64 (yaml::parseJson() makes
/// floats of them), others float64. Depth up to 500. Needs no padding.
Result<Value> parseObject(std::string_view json);

} // namespace pk::kube
