// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/waitingroom.h"

namespace pk::http {

void WaitingRoom::post(std::function<void()> work)
{
    const std::lock_guard lock(m_mutex);
    m_work.push_back(std::move(work));
    m_news.notify_one();
}

bool WaitingRoom::runOne(const std::stop_token &stop, Ticks end)
{
    std::unique_lock lock(m_mutex);
    const auto hasWork = [this] { return !m_work.empty(); };
    const bool came =
        end == Ticks::max() ? m_news.wait(lock, stop, hasWork) : m_news.wait_until(lock, stop, end, hasWork);
    if (!came)
        return false;
    const auto work = std::move(m_work.front());
    m_work.pop_front();
    lock.unlock();
    work();
    return true;
}

void WaitingRoom::runPending()
{
    while (runOne({}, Ticks::min())) { }
}

} // namespace pk::http
