// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "kube/apierror.h"
#include "kube/watch.h"

namespace pk::kube {

/// How one watch request came to its end.
struct WatchEnd
{
    ApiError apiError = {}; ///< Set when the server refused, or sent an ERROR event.
    bool isErrorEvent = false; ///< `apiError` came as an event within the stream.
    Error error = {}; ///< Set (message not empty) when the connection broke or the stream was no watch.
    bool sawEvents = false;
    std::chrono::milliseconds duration{0};
};

/// Decides what a watch does next: list, watch, or wait; and what its state is. It touches nothing, so that its test is
/// a table. The rules are those of Kubernetes' own reflector.
class ReflectorLogic
{
public:
    using Ticks = std::chrono::steady_clock::time_point;

    struct Next
    {
        enum class Step { List, Watch };
        Step step = Step::List;
        std::string resourceVersion = {}; ///< To list or watch from.
        std::chrono::milliseconds delay{0}; ///< Before the step.
        bool operator==(const Next &) const = default;
    };

    explicit ReflectorLogic(const WatchSpec &spec) : m_spec(spec) { }

    Next start() const { return {.step = Next::Step::List, .resourceVersion = "0"}; }
    Next listed(const std::string &resourceVersion, WallTime now);
    /// `random` is in [0, 1).
    Next listFailed(const ApiError &apiError, const Error &error, WallTime now, Ticks ticks, double random);
    /// The server has answered 200.
    void watchStarted(WallTime now);
    /// An event or a bookmark has come.
    void advanced(const std::string &resourceVersion) { m_version = resourceVersion; }
    Next watchEnded(const WatchEnd &end, WallTime now, Ticks ticks, double random);

    const WatchState &state() const { return m_state; }

private:
    std::chrono::milliseconds backoff(Ticks ticks, double random);
    void fail(const Error &error, WallTime now);
    Next listAgain(std::chrono::milliseconds delay) const { return {Next::Step::List, m_version, delay}; }
    Next watchAgain(std::chrono::milliseconds delay) const { return {Next::Step::Watch, m_version, delay}; }

    WatchSpec m_spec;
    WatchState m_state;
    std::string m_version = "0"; ///< The last one that we know of.
    int m_failures = 0;
    Ticks m_lastFailure = {};
    Ticks m_internalSince = {}; ///< First of a row of InternalErrors.
};

} // namespace pk::kube
