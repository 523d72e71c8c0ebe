// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/ioloop.h"

#include <algorithm>

namespace pk::http {

namespace {
constexpr std::chrono::milliseconds longestWait{60'000};
}

IoLoop::IoLoop(IoThread::Options options, std::shared_ptr<const Clock> clock, CURLM *multi) :
    m_options(std::move(options)), m_clock(std::move(clock)), m_multi(multi)
{
}

IoLoop::~IoLoop()
{
    // What dies here still calls us to stop its timers and transfers.
    std::exchange(m_kept, {}).clear();
    std::exchange(m_timers, {}).clear();
    std::exchange(m_watched, {}).clear();
    for (const auto &[easy, id] : m_running)
        curl_multi_remove_handle(m_multi, easy);
    std::exchange(m_transfers, {}).clear();
}

void IoLoop::run(Mailbox<IoTask> &tasks)
{
    while (!m_stopping) {
        for (const IoTask &task : tasks.takeAll())
            task(*this);
        runTimers();
        addTransfers();
        int running = 0;
        curl_multi_perform(m_multi, &running);
        finishTransfers();
        sweepAborted();
        addTransfers();
        if (!m_stopping)
            wait();
    }
}

IoCore::Id IoLoop::startTransfer(Request request, std::shared_ptr<Sink> sink)
{
    const Id id = m_nextId++;
    m_transfers.emplace(id, std::make_unique<Transfer>(std::move(request), std::move(sink)));
    m_toStart.push_back(id);
    return id;
}

void IoLoop::abortTransfer(Id id)
{
    const auto found = m_transfers.find(id);
    if (found == m_transfers.end() || found->second->aborted)
        return;
    found->second->aborted = true;
    m_toDrop.push_back(id);
}

IoCore::Id IoLoop::startTimer(std::chrono::milliseconds delay, std::function<void()> task)
{
    const Id id = m_nextId++;
    const Ticks due = m_clock->ticks() + delay;
    m_timers.emplace(std::pair(due, id), std::move(task));
    m_timerTimes.emplace(id, due);
    return id;
}

void IoLoop::stopTimer(Id id)
{
    const auto found = m_timerTimes.find(id);
    if (found == m_timerTimes.end())
        return;
    m_timers.erase({found->second, id});
    m_timerTimes.erase(found);
}

IoCore::Id IoLoop::watchReadable(int fd, std::function<void()> ready)
{
    const Id id = m_nextId++;
    m_watched.emplace(id, Watched{fd, std::make_shared<std::function<void()>>(std::move(ready))});
    return id;
}

void IoLoop::unwatch(Id id)
{
    m_watched.erase(id);
}

IoCore::Id IoLoop::keep(std::shared_ptr<void> object)
{
    const Id id = m_nextId++;
    m_kept.emplace(id, std::move(object));
    return id;
}

void IoLoop::release(Id id)
{
    const auto node = m_kept.extract(id); // Dies when the table is in order again.
}

void IoLoop::runTimers()
{
    const Ticks now = m_clock->ticks();
    while (!m_timers.empty() && m_timers.begin()->first.first <= now) {
        auto timer = m_timers.extract(m_timers.begin());
        m_timerTimes.erase(timer.key().second);
        timer.mapped()();
    }
}

void IoLoop::addTransfers()
{
    // finished() of a bad request may start another one.
    while (!m_toStart.empty()) {
        for (const Id id : std::exchange(m_toStart, {})) {
            Transfer &transfer = *m_transfers.at(id);
            if (transfer.aborted)
                continue;
            if (const auto ready = transfer.prepare(m_options.userAgent, m_options.trace); !ready) {
                take(id)->fail(ready.error());
                continue;
            }
            m_running.emplace(transfer.handle(), id);
            curl_multi_add_handle(m_multi, transfer.handle());
            if (transfer.request().idleTimeout.count() > 0)
                watchSilence(id, 0);
        }
        sweepAborted();
    }
}

void IoLoop::watchSilence(Id id, std::size_t activity)
{
    const auto limit = m_transfers.at(id)->request().idleTimeout;
    startTimer(limit, [this, id, activity, limit] {
        const auto found = m_transfers.find(id);
        if (found == m_transfers.end() || found->second->aborted)
            return;
        if (found->second->activity != activity)
            return watchSilence(id, found->second->activity);
        take(id)->fail({.code = Error::Code::Timeout,
            .message = "nothing came for " + std::to_string(limit.count() / 1000) + " seconds",
            .id = "http.silent"});
    });
}

std::unique_ptr<Transfer> IoLoop::take(Id id)
{
    auto node = m_transfers.extract(id);
    if (m_running.erase(node.mapped()->handle()) > 0)
        curl_multi_remove_handle(m_multi, node.mapped()->handle());
    return std::move(node.mapped());
}

void IoLoop::finishTransfers()
{
    int left = 0;
    while (const CURLMsg *message = curl_multi_info_read(m_multi, &left)) {
        if (message->msg != CURLMSG_DONE)
            continue;
        const CURLcode code = message->data.result;
        const auto found = m_running.find(message->easy_handle);
        if (found == m_running.end())
            continue;
        const auto transfer = take(found->second);
        if (!transfer->aborted)
            transfer->finish(code);
    }
}

void IoLoop::sweepAborted()
{
    for (const Id id : std::exchange(m_toDrop, {}))
        if (m_transfers.contains(id))
            take(id);
}

void IoLoop::wait()
{
    auto timeout = longestWait;
    if (!m_timers.empty()) {
        const auto left = m_timers.begin()->first.first - m_clock->ticks();
        timeout = std::clamp(std::chrono::ceil<std::chrono::milliseconds>(left), std::chrono::milliseconds(0), timeout);
    }
    std::vector<curl_waitfd> fds;
    std::vector<Id> ids;
    for (const auto &[id, watched] : m_watched) {
        fds.push_back({watched.fd, CURL_WAIT_POLLIN, 0});
        ids.push_back(id);
    }
    int ready = 0;
    curl_multi_poll(m_multi, fds.data(), unsigned(fds.size()), int(timeout.count()), &ready);
    for (std::size_t i = 0; i < fds.size(); ++i) {
        if (fds[i].revents == 0)
            continue;
        if (const auto found = m_watched.find(ids[i]); found != m_watched.end()) {
            const auto call = found->second.ready; // It may unwatch itself.
            (*call)();
        }
    }
}

} // namespace pk::http
