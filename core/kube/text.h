// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace pk::kube {

/// A duration in kubectl's words: "45s", "3m20s", "5h12m", "3d4h", "2y40d"; "<invalid>" below -1 s.
std::string humanDuration(std::chrono::seconds duration);

/// Reads an RFC 3339 time ("2026-01-02T03:04:05Z", fractions and offsets allowed).
std::optional<WallTime> parseTime(std::string_view text);

/// UTC, whole seconds: "2026-01-02T03:04:05Z".
std::string formatTime(WallTime time);

/// Text from a cluster or a plugin made safe to show: valid UTF-8 (else U+FFFD), without control characters (line
/// feeds and tabs stay), terminal escapes and bidirectional overrides, cut behind `maxBytes` with "…" at the end.
std::string cleanText(std::string_view text, std::size_t maxBytes = 4096);

} // namespace pk::kube
