// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace pk::tmpl {

/// Names where a value came from: a path from the root dot ("Values.launcher.image"), or a union of several paths.
/// 0 means that nothing is known; it is what literals have.
using OriginId = std::uint32_t;

/// Interns paths and unions of paths, so that a value in flight carries one number. Grows only.
class OriginTable
{
public:
    static constexpr OriginId none = 0;
    static constexpr OriginId root = 1; ///< The dot that a render starts with.
    static constexpr OriginId varying = 2; ///< Random bytes or the time; no path, but a member of unions.

    OriginTable();

    /// The entry `key` below `parent`. Below a union it stays that union; below nothing, nothing.
    OriginId child(OriginId parent, std::string_view key);
    /// Everything that `a` or `b` names.
    OriginId unite(OriginId a, OriginId b);

    /// What was made from the value at `id`, and is not that value: its entries do not lie below the path.
    OriginId derived(OriginId id);

    /// Ids are less than this.
    std::size_t size() const { return m_entries.size(); }
    /// One path, and not a union or nothing.
    bool isPath(OriginId id) const { return id != none && id != varying && m_entries[id].members.empty(); }
    /// Whether random bytes or the time are in it.
    bool varies(OriginId id) const;
    /// The paths that `id` stands for, each the id of a path; none for 0.
    std::vector<OriginId> paths(OriginId id) const;
    /// The keys of a path from the root on.
    std::vector<std::string> keys(OriginId path) const;
    /// keys() with dots between, as a person writes it after the first dot: "Values.launcher.image"; "" for the root.
    std::string text(OriginId path) const;

private:
    struct Entry
    {
        OriginId parent = none;
        std::string key;
        std::vector<OriginId> members; ///< Sorted; of a union only.
    };
    struct ChildKey
    {
        OriginId parent;
        std::string_view key; ///< Of the entry itself.
        bool operator==(const ChildKey &) const = default;
    };
    struct ChildHash
    {
        std::size_t operator()(const ChildKey &child) const
        {
            return std::hash<std::string_view>()(child.key) * 31 + child.parent;
        }
    };

    OriginId add(Entry entry);
    OriginId unionOf(std::vector<OriginId> members);

    std::deque<Entry> m_entries; ///< Never moved: the keys below point into them.
    std::unordered_map<ChildKey, OriginId, ChildHash> m_children;
    std::unordered_map<std::string, OriginId> m_unions; ///< By the bytes of the members.
    std::unordered_map<std::uint64_t, OriginId> m_pairs; ///< unite() answered before.
};

} // namespace pk::tmpl
