// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "value/value.h"

#include <string>
#include <vector>

namespace pk::yaml {

/// A tree as go-yaml v2 makes it: maps whose keys may be any scalar.
struct GoNode
{
    enum class Kind : std::uint8_t { Scalar, List, Map };
    Kind kind = Kind::Scalar;
    Value scalar;
    std::vector<GoNode> children; ///< List: items. Map: key, value, key, value, ..., of equal keys the last one counts.
};

/// What fmt writes for %#v of the tree, for error texts.
std::string goSyntax(const GoNode &node);

/// %s of the reflect.Type of a scalar that go-yaml resolved.
std::string goTypeOf(const Value &scalar);

} // namespace pk::yaml
