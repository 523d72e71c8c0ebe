// SPDX-License-Identifier: GPL-3.0-or-later
#include "template/origin.h"

#include <algorithm>
#include <iterator>

namespace pk::tmpl {

OriginTable::OriginTable()
{
    m_entries.resize(3); // none, root, varying
}

OriginId OriginTable::add(Entry entry)
{
    m_entries.push_back(std::move(entry));
    return static_cast<OriginId>(m_entries.size() - 1);
}

OriginId OriginTable::child(OriginId parent, std::string_view key)
{
    if (!isPath(parent))
        return parent;
    const auto known = m_children.find({parent, key});
    if (known != m_children.end())
        return known->second;
    const OriginId id = add({parent, std::string(key), {}});
    m_children.emplace(ChildKey{parent, m_entries[id].key}, id);
    return id;
}

OriginId OriginTable::unionOf(std::vector<OriginId> members)
{
    std::string bytes(reinterpret_cast<const char *>(members.data()), members.size() * sizeof(OriginId));
    if (const auto known = m_unions.find(bytes); known != m_unions.end())
        return known->second;
    const OriginId id = add({none, {}, std::move(members)});
    m_unions.emplace(std::move(bytes), id);
    return id;
}

OriginId OriginTable::derived(OriginId id)
{
    return isPath(id) ? unionOf({id}) : id;
}

OriginId OriginTable::unite(OriginId a, OriginId b)
{
    if (a == b || b == none)
        return a;
    if (a == none)
        return b;
    if (a > b)
        std::swap(a, b);
    const std::uint64_t pair = std::uint64_t(a) << 32 | b;
    if (const auto known = m_pairs.find(pair); known != m_pairs.end())
        return known->second;
    const auto membersOf = [this](OriginId id) {
        const std::vector<OriginId> &many = m_entries[id].members;
        return many.empty() ? std::vector<OriginId>{id} : many;
    };
    const std::vector<OriginId> left = membersOf(a);
    const std::vector<OriginId> right = membersOf(b);
    std::vector<OriginId> all;
    std::set_union(left.begin(), left.end(), right.begin(), right.end(), std::back_inserter(all));
    const OriginId id = unionOf(std::move(all));
    m_pairs.emplace(pair, id);
    return id;
}

bool OriginTable::varies(OriginId id) const
{
    const std::vector<OriginId> &many = m_entries[id].members;
    return id == varying || std::binary_search(many.begin(), many.end(), varying);
}

std::vector<OriginId> OriginTable::paths(OriginId id) const
{
    if (id == none || id == varying)
        return {};
    const std::vector<OriginId> &many = m_entries[id].members;
    if (many.empty())
        return {id};
    std::vector<OriginId> result;
    std::copy_if(
        many.begin(), many.end(), std::back_inserter(result), [](OriginId member) { return member != varying; });
    return result;
}

std::vector<std::string> OriginTable::keys(OriginId path) const
{
    std::vector<std::string> result;
    for (; path != root && path != none; path = m_entries[path].parent)
        result.push_back(m_entries[path].key);
    std::reverse(result.begin(), result.end());
    return result;
}

std::string OriginTable::text(OriginId path) const
{
    std::string result;
    for (const std::string &key : keys(path)) {
        if (!result.empty())
            result += '.';
        result += key;
    }
    return result;
}

} // namespace pk::tmpl
