// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "template/functions/zone.h"

#include <optional>
#include <string_view>

namespace pk::tmpl::sprig {

/// What the POSIX rule at the end of a zoneinfo file ("CET-1CEST,M3.5.0,M10.5.0/3") says of a moment behind the last
/// recorded transition at `lastTransition`. Nothing when the rule cannot be read.
std::optional<Zone::Period> periodByRule(std::string_view rule, std::int64_t lastTransition, std::int64_t unixSeconds);

} // namespace pk::tmpl::sprig
