// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "kube/watch.h"

#include <memory>
#include <string_view>

namespace pk::kube {

/// One line of a watch.
struct WatchEvent
{
    enum class Type { Added, Modified, Deleted, Bookmark, Error };
    Type type = Type::Added;
    ObjectKey key = {}; ///< For Error empty; for Bookmark only the resourceVersion.
    std::string_view object = {}; ///< Within the line.
};

/// Reads lines of watches and the metadata of objects. Keeps its memory between calls; for one thread.
class WatchEventReader
{
public:
    WatchEventReader();
    ~WatchEventReader();

    /// At least jsonPadding bytes behind `line` must be readable.
    Result<WatchEvent> read(std::string_view line);
    /// The key of one object; same padding.
    Result<ObjectKey> readKey(std::string_view object);

private:
    struct Parser;
    std::unique_ptr<Parser> m_parser;
};

} // namespace pk::kube
