// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace pk::release {

/// One gzip member at level 9, without name and time, so that equal input gives equal output.
Result<std::string> gzip(std::string_view bytes);

/// Code LimitExceeded when more than `limit` bytes come out.
Result<std::string> gunzip(std::string_view packed, std::size_t limit);

} // namespace pk::release
