// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/request.h"

#include <functional>
#include <string>

namespace pk::repo {

/// The outside world of this module: one request, one answer, and the calling thread waits for it.
class Web
{
public:
    virtual ~Web() = default;
    /// Any answer is a success, whatever its status. Cancelled when nobody wants it any more.
    virtual Result<http::Response> send(http::Request request) = 0;
};

/// Takes what helm writes on standard error beside its errors: warnings, "Pulled: ..." lines. Whole lines with their
/// line end.
using Note = std::function<void(const std::string &line)>;

} // namespace pk::repo
