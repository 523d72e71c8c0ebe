// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/listsplitter.h"

#include "kube/json.h"

namespace pk::kube {

namespace {
constexpr std::size_t restLimit = 1u << 20;
// Depth 1 is the list, 2 the array of its items, 3 and more are the items.
constexpr int listDepth = 1, itemsDepth = 2;
} // namespace

bool ListSplitter::add(std::string_view bytes)
{
    for (const char c : bytes) {
        take(c);
        if (m_object.size() > m_itemLimit || m_rest.size() > restLimit)
            return false;
    }
    return true;
}

void ListSplitter::take(char c)
{
    const bool inItem = m_inItems && m_depth > itemsDepth;
    if (m_inString) {
        (inItem ? m_object : m_rest) += c;
        if (m_depth == listDepth)
            m_key += c;
        if (m_escaped)
            m_escaped = false;
        else if (c == '\\')
            m_escaped = true;
        else if (c == '"')
            m_inString = false;
        return;
    }
    if (c == '"') {
        m_inString = true;
        if (m_depth == listDepth)
            m_key.clear();
    }
    takeStructure(c);
}

void ListSplitter::takeStructure(char c)
{
    const bool opens = c == '{' || c == '[', closes = c == '}' || c == ']';
    if (opens) {
        if (m_depth == listDepth && c == '[' && m_key == "items\"") {
            m_inItems = true;
            m_rest += c;
            m_depth = itemsDepth;
            return;
        }
        ++m_depth;
    }
    if (m_inItems && m_depth > itemsDepth)
        m_object += c;
    else if (!m_inItems || closes)
        m_rest += c;
    if (!closes)
        return;
    --m_depth;
    if (m_inItems && m_depth == itemsDepth) {
        m_object.reserve(m_object.size() + jsonPadding);
        m_item(m_object);
        m_object.clear();
    } else if (m_depth == listDepth) {
        m_inItems = false;
    }
}

} // namespace pk::kube
