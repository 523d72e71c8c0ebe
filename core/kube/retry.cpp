// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/retry.h"

#include <algorithm>

namespace pk::kube {

namespace {

constexpr int longestRetryAfter = 60; // Seconds; a person waits.

std::optional<int> secondsToWait(const FailedTry &failed)
{
    const ApiError &refused = failed.apiError;
    if (refused.status == 0)
        return failed.method == "GET" && failed.error.id == "http.broken" ? std::optional(1) : std::nullopt;
    if (std::ranges::any_of(
            refused.causes, [](const ErrorCause &cause) { return cause.reason == "ResourceVersionTooLarge"; }))
        return std::max(1, refused.retryAfterSeconds.value_or(1));
    if (refused.status == 429 || refused.status >= 500)
        return refused.retryAfterSeconds;
    return std::nullopt;
}

} // namespace

std::optional<std::chrono::milliseconds> retryDelay(const FailedTry &failed, double random)
{
    const auto seconds = secondsToWait(failed);
    if (!seconds || failed.tries >= failed.maxTries || *seconds > longestRetryAfter
        || toError(failed.apiError).id == "kube.not-accepted")
        return std::nullopt;
    return std::chrono::milliseconds(int(double(*seconds * 1000) * (1.0 + random / 5)));
}

} // namespace pk::kube
