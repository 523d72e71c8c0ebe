// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace pk::kube {

/// Cuts the objects out of the body of a list while it arrives, so that 10,000 pods never stand in memory at once.
class ListSplitter
{
public:
    /// Gets one object; jsonPadding bytes behind it may be read.
    using Item = std::function<void(std::string_view json)>;

    explicit ListSplitter(Item item, std::size_t itemLimit = 8u << 20) : m_item(std::move(item)), m_itemLimit(itemLimit)
    {
    }

    /// The next bytes, cut anywhere. False when an object, or the rest of the list, is too large.
    bool add(std::string_view bytes);
    /// The list without its objects: `{"kind":..,"metadata":{..},"items":[]}`.
    const std::string &rest() const { return m_rest; }

private:
    void take(char c);
    void takeStructure(char c);

    Item m_item;
    std::size_t m_itemLimit;
    std::string m_rest;
    std::string m_object;
    std::string m_key; ///< The last string at depth 1.
    int m_depth = 0;
    bool m_inString = false;
    bool m_escaped = false;
    bool m_inItems = false;
};

} // namespace pk::kube
