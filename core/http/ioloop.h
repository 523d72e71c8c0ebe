// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/mailbox.h"
#include "http/curlhandles.h"
#include "http/iothread.h"
#include "http/transfer.h"

#include <map>
#include <unordered_map>

namespace pk::http {

using IoTask = std::function<void(IoCore &)>;

/// The loop that the I/O thread runs: tasks, timers, transfers, descriptors.
class IoLoop : public IoCore
{
public:
    IoLoop(IoThread::Options options, std::shared_ptr<const Clock> clock, CURLM *multi);
    ~IoLoop() override;

    /// Returns after stop().
    void run(Mailbox<IoTask> &tasks);
    void stop() { m_stopping = true; }

    Id startTransfer(Request request, std::shared_ptr<Sink> sink) override;
    void abortTransfer(Id id) override;
    Id startTimer(std::chrono::milliseconds delay, std::function<void()> task) override;
    void stopTimer(Id id) override;
    Id watchReadable(int fd, std::function<void()> ready) override;
    void unwatch(Id id) override;
    Id keep(std::shared_ptr<void> object) override;
    void release(Id id) override;
    const Clock &clock() const override { return *m_clock; }

private:
    using Ticks = std::chrono::steady_clock::time_point;
    struct Watched
    {
        int fd;
        std::shared_ptr<std::function<void()>> ready;
    };

    void runTimers();
    void addTransfers();
    void finishTransfers();
    void sweepAborted();
    void wait();
    void watchSilence(Id id, std::size_t activity);
    std::unique_ptr<Transfer> take(Id id);

    IoThread::Options m_options;
    std::shared_ptr<const Clock> m_clock;
    CURLM *m_multi;
    bool m_stopping = false;
    Id m_nextId = 1;
    std::unordered_map<Id, std::unique_ptr<Transfer>> m_transfers;
    std::unordered_map<CURL *, Id> m_running;
    std::vector<Id> m_toStart; ///< curl takes no new handle while it calls us back.
    std::vector<Id> m_toDrop; ///< and lets none go.
    std::map<std::pair<Ticks, Id>, std::function<void()>> m_timers;
    std::unordered_map<Id, Ticks> m_timerTimes;
    std::map<Id, Watched> m_watched;
    std::unordered_map<Id, std::shared_ptr<void>> m_kept;
};

} // namespace pk::http
