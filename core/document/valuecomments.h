// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace pk::document {

/// What the comments of a chart's values file say of its keys, by path: the help of a form whose schema has none. Read
/// are the comment right above a key, the one behind its value, and the two conventions that charts document themselves
/// by, `# -- text` and `## @param path text`. Settings that are commented out are no help. Of a text that cannot be
/// read: nothing.
std::map<std::string, std::string> commentsOf(std::string_view valuesText);

} // namespace pk::document
