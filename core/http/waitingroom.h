// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/dispatcher.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <stop_token>

namespace pk::http {

/// The receiver's end of a thread that does nothing but wait for its answers. Never for the GUI thread.
class WaitingRoom final : public Dispatcher
{
public:
    using Ticks = std::chrono::steady_clock::time_point;

    void post(std::function<void()> work) override;
    /// Runs one piece of work; false when `stop` or `end` came first.
    bool runOne(const std::stop_token &stop, Ticks end = Ticks::max());
    /// Runs what is there, without waiting.
    void runPending();

private:
    std::mutex m_mutex;
    std::condition_variable_any m_news;
    std::deque<std::function<void()>> m_work;
};

} // namespace pk::http
