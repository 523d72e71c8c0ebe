// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pk::kube {

/// Text from a cluster or a plugin made safe to show: valid UTF-8 (else U+FFFD), without control characters (line
/// feeds and tabs stay), terminal escapes and bidirectional overrides, cut behind `maxBytes` with "…" at the end.
std::string cleanText(std::string_view text, std::size_t maxBytes = 4096);

} // namespace pk::kube
