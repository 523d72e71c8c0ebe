// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "value/value.h"

#include <cstdint>

namespace pk::tmpl::sprig {

/// spf13/cast's ToInt64, which answers 0 to what it cannot convert: texts by Go's rules for literals ("0x10", "017",
/// "1_000"; ".0" is cut), floats cut, true is 1.
std::int64_t toInt64(const Value &value);

/// spf13/cast's ToFloat64, 0 for what it cannot convert.
double toFloat64(const Value &value);

/// Go's conversion of a float to int64 on amd64: cut, and the smallest int64 for what does not fit.
std::int64_t cutToInt64(double value);

} // namespace pk::tmpl::sprig
