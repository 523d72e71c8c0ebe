// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/dispatcher.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>

namespace pk::test {

/// The receiver's thread of a test: work that was posted runs when the test asks for it.
class ManualLoop : public http::Dispatcher
{
public:
    void post(std::function<void()> work) override
    {
        const std::lock_guard lock(m_mutex);
        m_work.push_back(std::move(work));
        m_news.notify_one();
    }

    /// Runs work until `done` says so; false when that takes longer than `limit`.
    template <class Done> bool runUntil(Done done, std::chrono::milliseconds limit = std::chrono::seconds(20))
    {
        const auto end = std::chrono::steady_clock::now() + limit;
        while (!done()) {
            std::unique_lock lock(m_mutex);
            if (!m_news.wait_until(lock, end, [this] { return !m_work.empty(); }))
                return done();
            auto work = std::move(m_work.front());
            m_work.pop_front();
            lock.unlock();
            work();
        }
        return true;
    }

    /// Runs what is there, without waiting.
    void runPending()
    {
        std::unique_lock lock(m_mutex);
        while (!m_work.empty()) {
            auto work = std::move(m_work.front());
            m_work.pop_front();
            lock.unlock();
            work();
            lock.lock();
        }
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_news;
    std::deque<std::function<void()>> m_work;
};

} // namespace pk::test
