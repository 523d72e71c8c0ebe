// SPDX-License-Identifier: GPL-3.0-or-later
#include "value/value.h"

#include <algorithm>

namespace pk {

namespace {

bool byKey(const Map::Entry &entry, std::string_view key)
{
    return entry.key < key;
}

} // namespace

Ref<Map> Map::fromEntries(std::vector<Entry> entries, MapType type)
{
    const auto less = [](const Entry &a, const Entry &b) { return a.key < b.key; };
    if (!std::is_sorted(entries.begin(), entries.end(), less))
        std::stable_sort(entries.begin(), entries.end(), less);
    auto map = Ref<Map>::make(type);
    map->m_entries.reserve(entries.size());
    for (Entry &entry : entries) {
        if (!map->m_entries.empty() && map->m_entries.back().key == entry.key)
            map->m_entries.back().value = std::move(entry.value);
        else
            map->m_entries.push_back(std::move(entry));
    }
    return map;
}

const Value *Map::find(std::string_view key) const
{
    const auto at = std::lower_bound(m_entries.begin(), m_entries.end(), key, byKey);
    return at != m_entries.end() && at->key == key ? &at->value : nullptr;
}

Value *Map::find(std::string_view key)
{
    return const_cast<Value *>(std::as_const(*this).find(key));
}

void Map::set(std::string_view key, Value value)
{
    if (m_entries.empty() || m_entries.back().key < key) {
        m_entries.push_back({std::string(key), std::move(value)});
        return;
    }
    const auto at = std::lower_bound(m_entries.begin(), m_entries.end(), key, byKey);
    if (at->key == key)
        at->value = std::move(value);
    else
        m_entries.insert(at, {std::string(key), std::move(value)});
}

bool Map::erase(std::string_view key)
{
    const auto at = std::lower_bound(m_entries.begin(), m_entries.end(), key, byKey);
    if (at == m_entries.end() || at->key != key)
        return false;
    m_entries.erase(at);
    return true;
}

} // namespace pk
