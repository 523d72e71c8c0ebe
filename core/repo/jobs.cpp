// SPDX-License-Identifier: GPL-3.0-or-later
#include "repo/jobs.h"

#include <atomic>

namespace pk::repo {

Jobs::~Jobs()
{
    for (Thread &each : m_threads)
        each.stop.request_stop();
    for (Thread &each : m_threads)
        each.thread.join();
}

void Jobs::start(std::stop_source stop, std::function<void()> work)
{
    const std::lock_guard lock(m_mutex);
    std::erase_if(m_threads, [](Thread &each) {
        if (!each.over->load())
            return false;
        each.thread.join();
        return true;
    });
    auto over = std::make_shared<std::atomic<bool>>(false);
    std::thread thread([work = std::move(work), over] {
        work();
        over->store(true);
    });
    m_threads.push_back({std::move(thread), std::move(stop), std::move(over)});
}

} // namespace pk::repo
