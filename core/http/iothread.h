// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "http/call.h"
#include "http/request.h"

#include <cstdint>
#include <functional>
#include <memory>

namespace pk::http {

class IoCore;

/// The I/O thread: all transfers (libcurl), timers and pipes of Poolkeeper run on it, multiplexed over as few
/// connections as the servers allow. The destructor stops all of them without calling anybody back and joins.
class IoThread
{
public:
    struct Options
    {
        std::string userAgent = "poolkeeper";
        /// Log category "http", level debug: connection news and headers without the secret ones.
        bool trace = false;
        std::shared_ptr<const Clock> clock = {}; ///< For wall times and timers; empty: the machine's.
    };

    IoThread();
    explicit IoThread(Options options);
    ~IoThread();
    IoThread(const IoThread &) = delete;
    IoThread &operator=(const IoThread &) = delete;

    /// Sends a request; `done` gets the whole answer, whatever its status, on the thread of `dispatcher`.
    Call send(Request request, std::shared_ptr<Dispatcher> dispatcher, std::function<void(Result<Response>)> done);

    /// Runs `task` on the I/O thread. From any thread. Dropped when the thread is stopping.
    void post(std::function<void(IoCore &)> task) const;

    /// The same as post() for objects that may outlive this one.
    std::function<void(std::function<void(IoCore &)>)> poster() const;

    const Clock &clock() const { return *m_clock; }

private:
    struct Shared;
    std::shared_ptr<const Clock> m_clock;
    std::shared_ptr<Shared> m_shared;
};

/// What can be done on the I/O thread itself; only ever used there. Ids are never 0.
class IoCore
{
public:
    using Id = std::uint64_t;

    virtual ~IoCore() = default;
    /// `sink` is kept until its finished() was called or the transfer was aborted. It may abort itself and start
    /// others.
    virtual Id startTransfer(Request request, std::shared_ptr<Sink> sink) = 0;
    /// Ends a transfer; its sink hears nothing any more. Unknown ids are ignored.
    virtual void abortTransfer(Id id) = 0;
    /// Calls `task` once after `delay`.
    virtual Id startTimer(std::chrono::milliseconds delay, std::function<void()> task) = 0;
    virtual void stopTimer(Id id) = 0;
    /// Calls `ready` whenever `fd` can be read (or has come to its end), until unwatch(). `fd` stays the caller's.
    virtual Id watchReadable(int fd, std::function<void()> ready) = 0;
    virtual void unwatch(Id id) = 0;
    /// The loop owns what runs on it: keeps `object` until release(), and drops it when the loop ends, while the other
    /// functions can still be called.
    virtual Id keep(std::shared_ptr<void> object) = 0;
    virtual void release(Id id) = 0;
    virtual const Clock &clock() const = 0;
};

} // namespace pk::http
