// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "value/value.h"

#include <span>
#include <string>
#include <string_view>

namespace pk::tmpl {

/// Go's fmt.Sprintf: all verbs, flags, widths and argument numbers. A wrong verb or number of arguments is told in the
/// text ("%!d(string=x)"), as Go does it.
std::string sprintf(std::string_view format, std::span<const Value> arguments);

/// Appends `value` as %v writes it.
void appendPrinted(std::string &out, const Value &value);
/// fmt.Sprint: a space between two operands when neither is a string.
std::string sprint(std::span<const Value> arguments);
/// fmt.Sprintln: always a space, and a newline at the end.
std::string sprintln(std::span<const Value> arguments);

} // namespace pk::tmpl
