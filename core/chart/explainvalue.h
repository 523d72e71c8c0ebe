// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "template/execerror.h"
#include "value/value.h"

#include <string>
#include <string_view>

// Which value a template failed at.
namespace pk::chart {

struct ValueAt
{
    std::string path = {}; ///< In the values of the root chart, "launcher.image"; empty when it is none of them.
    Value value = {}; ///< What stands there; nil when nothing does.
    std::string shown = {}; ///< The path, else the expression of the template.
};

/// The value whose `field` could not be had, or, for an empty field, the one at which the expression arrives. Found by
/// what the executor knows of its origin, else by the expression itself when that begins at .Values.
ValueAt failingValue(const tmpl::ExecError &error, std::string_view field, const Value &values);

/// "string", "number", "boolean", "list", "map" or "null".
std::string kindName(const Value &value);

/// The same of a type as errors of Go and JSON name it ("float64", "[]interface {}", "array"); others stay as they are.
std::string kindOfGoType(std::string_view type);

} // namespace pk::chart
