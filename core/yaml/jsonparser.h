// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "value/value.h"

#include <string_view>

namespace pk::yaml {

/// The careful half of parseJson(): reads what simdjson refuses (numbers beyond 64 bits, lone surrogates, invalid
/// UTF-8, which Go accepts), and finds Go's words for what is wrong. Depth up to 10000. A number that is too large for
/// a float64 is an error, but Go reads the rest all the same, with a nil in its place: `despite` gets that.
Result<Value> parseJsonCarefully(std::string_view text, Value *despite = nullptr);

} // namespace pk::yaml
