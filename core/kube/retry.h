// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/apierror.h"

#include <chrono>
#include <optional>
#include <string>

namespace pk::kube {

/// One try of a request that failed: either the server refused (`apiError.status` > 0), or nothing came (`error`).
struct FailedTry
{
    std::string method = "GET";
    int tries = 1; ///< So far.
    int maxTries = 3;
    ApiError apiError = {};
    Error error = {};
};

/// How long to wait before the next try; nothing when there is none. The rules are those of Kubernetes' own client:
/// any method when the server asks for it with Retry-After (429 and 5xx), GET also on lost connections, and a version
/// that the server's cache has not reached yet. `random` is in [0, 1): up to a fifth is added, so that clients part.
std::optional<std::chrono::milliseconds> retryDelay(const FailedTry &failed, double random);

} // namespace pk::kube
