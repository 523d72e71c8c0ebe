// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace pk::tmpl::sprig {

/// What callers outside of the functions need of a URL that Go's net/url parsed.
struct GoUrl
{
    bool absolute = false; ///< It has a scheme.
    std::string host; ///< With its port.
    std::string hostname;
    std::string rawPath; ///< Empty when Go would write the path as it is written.
};

/// net/url's Parse; errors with its words ("parse \"%zz\": invalid URL escape \"%zz\"").
Result<GoUrl> parseGoUrl(std::string_view text);

} // namespace pk::tmpl::sprig
