// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/iothread.h"
#include "repo/httpweb.h"

#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

namespace pk::repo {

/// What this module does takes its time (indexes of many megabytes, locks, helpers of credentials), so that it runs on
/// threads of its own. Dropping the Call ends the transfer and the work; the callback never comes then. The destructor
/// stops all work and waits for it.
class Jobs
{
public:
    explicit Jobs(http::IoThread &io) : m_io(io) { }
    ~Jobs();
    Jobs(const Jobs &) = delete;
    Jobs &operator=(const Jobs &) = delete;

    /// Runs `work` on a new thread and gives its answer to `done` on the thread of `dispatcher`.
    template <class Answer>
    http::Call run(std::shared_ptr<http::Dispatcher> dispatcher,
        std::function<Answer(Web &, const std::stop_token &)> work, std::function<void(Answer)> done)
    {
        auto delivery = std::make_shared<http::Delivery<Answer>>(std::move(dispatcher), std::move(done));
        std::stop_source stop;
        delivery->setAbort([stop]() mutable { stop.request_stop(); });
        start(stop, [this, delivery, work = std::move(work), token = stop.get_token()] {
            HttpWeb web(m_io, token);
            delivery->finish(work(web, token));
        });
        return http::Call(delivery);
    }

private:
    struct Thread
    {
        std::thread thread;
        std::stop_source stop;
        std::shared_ptr<std::atomic<bool>> over;
    };

    void start(std::stop_source stop, std::function<void()> work);

    http::IoThread &m_io;
    std::mutex m_mutex;
    std::vector<Thread> m_threads;
};

} // namespace pk::repo
