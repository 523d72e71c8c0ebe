// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "value/value.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

// How Helm's JSON Schema library writes what stands in its messages.
namespace pk::chart::schema {

/// 'text', escaped as Go does but with single quotes.
std::string quoted(std::string_view text);
/// 'a', 'b'
std::string quotedList(const std::vector<std::string> &items);
/// a, b
std::string commaList(const std::vector<std::string> &items);

/// Names of type bits in the library's order.
std::string typeList(unsigned types, std::string_view separator);

/// A value as fmt's %v prints it; strings in quotes.
std::string displayValue(const Value &value);

/// English grouping: 12,345.
std::string groupedNumber(std::size_t number);
/// A float as golang.org/x/text prints it in English: 20,000.5 and 1.5×10³⁰⁰.
std::string localNumber(double number);

} // namespace pk::chart::schema
