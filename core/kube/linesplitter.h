// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/json.h"

#include <string>
#include <string_view>

namespace pk::kube {

/// Cuts a stream into lines, wherever its pieces are cut. Empty lines are left out; "\r\n" ends a line too.
class LineSplitter
{
public:
    explicit LineSplitter(std::size_t limit) : m_limit(limit) { }

    /// Calls `line` with each line that is now complete; jsonPadding bytes behind it may be read. Stops and returns
    /// false when `line` returns false, or a line is longer than the limit.
    template <class Callback> bool add(std::string_view bytes, Callback line)
    {
        while (!bytes.empty()) {
            const auto end = bytes.find('\n');
            m_line.append(bytes.substr(0, end));
            if (m_line.size() > m_limit)
                return false;
            if (end == bytes.npos)
                return true;
            bytes.remove_prefix(end + 1);
            if (!flush(line))
                return false;
        }
        return true;
    }

    /// The last line, which no line end closed.
    template <class Callback> bool finish(Callback line) { return flush(line); }

    bool isEmpty() const { return m_line.empty(); }

private:
    template <class Callback> bool flush(Callback &line)
    {
        if (m_line.ends_with('\r'))
            m_line.pop_back();
        if (m_line.empty())
            return true;
        m_line.reserve(m_line.size() + jsonPadding);
        const bool more = line(std::string_view(m_line));
        m_line.clear();
        return more;
    }

    std::size_t m_limit;
    std::string m_line;
};

} // namespace pk::kube
