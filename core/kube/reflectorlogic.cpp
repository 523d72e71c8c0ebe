// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/reflectorlogic.h"

#include <algorithm>

namespace pk::kube {

namespace {

using namespace std::chrono_literals;

constexpr auto internalErrorPatience = 60s;
constexpr auto shortestWatch = 1000ms;

bool isTooLarge(const ApiError &error)
{
    return std::ranges::any_of(
        error.causes, [](const ErrorCause &cause) { return cause.reason == "ResourceVersionTooLarge"; });
}

} // namespace

ReflectorLogic::Next ReflectorLogic::listed(const std::string &resourceVersion, WallTime now)
{
    m_version = resourceVersion;
    m_state = {.phase = WatchState::Phase::Live, .since = now};
    return watchAgain(0ms);
}

ReflectorLogic::Next ReflectorLogic::listFailed(
    const ApiError &apiError, const Error &error, WallTime now, Ticks ticks, double random)
{
    if ((apiError.isExpired() || isTooLarge(apiError)) && !m_version.empty()) {
        m_version.clear(); // The newest state, whatever its version.
        return listAgain(0ms);
    }
    fail(error, now);
    return listAgain(backoff(ticks, random));
}

void ReflectorLogic::watchStarted(WallTime now)
{
    if (m_state.phase != WatchState::Phase::Live)
        m_state = {.phase = WatchState::Phase::Live, .since = now};
}

ReflectorLogic::Next ReflectorLogic::watchEnded(const WatchEnd &end, WallTime now, Ticks ticks, double random)
{
    const bool refused = end.apiError.status != 0 || !end.apiError.reason.empty();
    if (end.sawEvents)
        m_internalSince = {};
    if (refused && end.apiError.isExpired())
        return listAgain(0ms); // With the last version first: it is often still in the server's cache.
    if (!refused && end.error.message.empty()) {
        if (end.sawEvents || end.duration >= shortestWatch)
            return watchAgain(0ms); // The server ends every watch after some minutes.
        fail({.code = Error::Code::Unavailable, .message = "the watch ended at once", .id = "kube.watch-short"}, now);
        return watchAgain(backoff(ticks, random));
    }
    fail(refused ? toError(end.apiError) : end.error, now);
    auto delay = backoff(ticks, random);
    if (end.apiError.retryAfterSeconds)
        delay = std::max<std::chrono::milliseconds>(delay, std::chrono::seconds(*end.apiError.retryAfterSeconds));
    const int status = end.apiError.status;
    if (end.isErrorEvent && (status == 500 || end.apiError.reason == "InternalError")) {
        if (m_internalSince == Ticks())
            m_internalSince = ticks;
        return ticks - m_internalSince > internalErrorPatience ? listAgain(delay) : watchAgain(delay);
    }
    const bool mustList = status >= 400 && status < 500 && status != 429;
    return mustList ? listAgain(delay) : watchAgain(delay);
}

std::chrono::milliseconds ReflectorLogic::backoff(Ticks ticks, double random)
{
    if (m_lastFailure != Ticks() && ticks - m_lastFailure > m_spec.goodAfter)
        m_failures = 0;
    m_lastFailure = ticks;
    // Somebody who may not look will not be allowed to within a second.
    const bool forbidden = m_state.phase == WatchState::Phase::Forbidden;
    const auto doubled = m_spec.firstBackoff * (1 << std::min(m_failures++, 16));
    const auto most = forbidden ? m_spec.longestBackoff : std::min(doubled, m_spec.longestBackoff);
    return std::chrono::milliseconds(std::int64_t(double(most.count()) * (forbidden ? (1 + random) / 2 : random)));
}

void ReflectorLogic::fail(const Error &error, WallTime now)
{
    const bool denied = error.code == Error::Code::Denied && error.id != "http.certificate";
    const auto phase = denied                         ? WatchState::Phase::Forbidden
        : m_state.phase == WatchState::Phase::Loading ? WatchState::Phase::Loading
                                                      : WatchState::Phase::Stale;
    if (phase != m_state.phase || m_state.since == WallTime())
        m_state.since = now;
    m_state.phase = phase;
    m_state.error = error;
}

} // namespace pk::kube
