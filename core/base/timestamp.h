// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"

#include <optional>
#include <string>
#include <string_view>

namespace pk {

/// Reads an RFC 3339 time ("2026-11-23T14:31:07.25+01:00"); nothing for anything else, and for years outside
/// 1678..2261, which nanoseconds in 64 bits cannot hold.
std::optional<WallTime> parseTimestamp(std::string_view text);

/// "2026-11-23T13:31:07Z", as Kubernetes writes a metav1.Time.
std::string formatTimestamp(WallTime time);

/// "2026-11-23T13:31:07.25Z": up to nine digits without trailing zeros, as Go's RFC3339Nano writes a UTC time.
std::string formatTimestampNano(WallTime time);

} // namespace pk
