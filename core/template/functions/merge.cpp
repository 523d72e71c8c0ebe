// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/functions/merge.h"

#include "template/functions/support.h"

namespace pk::tmpl::sprig {

namespace {

constexpr int MaxDepth = 1000; ///< Maps that contain themselves end here; in Go they overflow the stack.

Result<void> mergeLevel(CallContext &context, Map &target, const Map &source, bool overwrite, int depth)
{
    if (&target == &source || depth > MaxDepth)
        return {};
    if (Result<void> done = limitsOf(context).work(8 * (source.size() + 1)); !done)
        return done;
    // By copy: a nested map may be shared between the two and change on the way.
    const std::vector<Map::Entry> entries(source.begin(), source.end());
    for (const Map::Entry &entry : entries) {
        // By copy, too: merging below may change the target when the two hold each other.
        const Value *const found = target.find(entry.key);
        const Value before = found ? *found : Value();
        if (entry.value.isNil()) {
            if (overwrite)
                target.set(entry.key, entry.value);
            continue;
        }
        const bool bothMaps = before.isMap() && entry.value.isMap();
        if (bothMaps) {
            Result<void> done = mergeLevel(context, before.asMap(), entry.value.asMap(), overwrite, depth + 1);
            if (!done)
                return done;
        }
        const bool empty = isEmpty(before);
        if (bothMaps && !empty)
            continue;
        if (overwrite || empty)
            target.set(entry.key, entry.value);
    }
    return {};
}

} // namespace

Result<void> merge(CallContext &context, Map &target, const Map &source, bool overwrite)
{
    return mergeLevel(context, target, source, overwrite, 0);
}

} // namespace pk::tmpl::sprig
