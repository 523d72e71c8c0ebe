// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "value/value.h"
#include "yaml/path.h"

#include <vector>

namespace pk::document {

/// One value that differs between two trees. Nil on a side where there is none.
struct Difference
{
    yaml::Path path;
    Value before;
    Value after;
};

/// What differs, by leaves: maps are walked, lists compared as a whole. In the order of the keys' bytes.
std::vector<Difference> differences(const Value &before, const Value &after);

/// The value at a path; nil when there is none.
Value valueAt(const Value &tree, const yaml::Path &path);

} // namespace pk::document
