// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to core/release.
#include "value/value.h"

namespace pk::release {

/// A map with the same entries, shallow; an empty map for anything else. What is set in it is not set in the original,
/// which others may hold.
inline Value copyOf(const Value &map)
{
    Value copy = Value::map();
    if (map.isMap()) {
        for (const Map::Entry &entry : map.asMap())
            copy.asMap().set(entry.key, entry.value);
    }
    return copy;
}

} // namespace pk::release
