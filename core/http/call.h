// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/dispatcher.h"

#include <atomic>
#include <memory>
#include <utility>

namespace pk::http {

/// What a Call and the work behind it share. `callback` is only touched on the receiver's thread, so that what it
/// captures dies there too.
class CallState
{
public:
    virtual ~CallState() = default;
    /// On the receiver's thread: forgets the callback and asks the I/O thread to stop.
    void cancel()
    {
        dropCallback();
        if (!m_cancelled.exchange(true) && m_abort)
            m_abort();
    }
    /// From any thread; the I/O thread looks at it to spare work whose result nobody will see.
    bool isCancelled() const { return m_cancelled.load(); }
    /// Before the state is shared: how to stop the work. Called at most once, on the receiver's thread.
    void setAbort(std::function<void()> abort) { m_abort = std::move(abort); }
    virtual bool isWaiting() const = 0;

protected:
    virtual void dropCallback() = 0;

private:
    std::atomic<bool> m_cancelled{false};
    std::function<void()> m_abort;
};

/// The owner of one pending call. When it dies, or at cancel(), the work is stopped and no callback comes any more:
/// keep it as a member of whoever the callback touches. Made, used and destroyed on the receiver's thread. A callback
/// may destroy its own Call.
class [[nodiscard]] Call
{
public:
    Call() = default;
    explicit Call(std::shared_ptr<CallState> state) : m_state(std::move(state)) { }
    Call(Call &&other) noexcept = default;
    Call &operator=(Call &&other) noexcept
    {
        if (this != &other) {
            cancel();
            m_state = std::move(other.m_state);
        }
        return *this;
    }
    ~Call() { cancel(); }

    void cancel()
    {
        if (const auto state = std::exchange(m_state, nullptr))
            state->cancel();
    }
    /// True until the (last) callback was run or the call was cancelled.
    bool isActive() const { return m_state && m_state->isWaiting(); }

private:
    std::shared_ptr<CallState> m_state;
};

/// A callback on its way to the receiver's thread.
template <class... Args> class Delivery : public CallState, public std::enable_shared_from_this<Delivery<Args...>>
{
public:
    using Callback = std::function<void(Args...)>;

    Delivery(std::shared_ptr<Dispatcher> dispatcher, Callback callback) :
        m_dispatcher(std::move(dispatcher)), m_callback(std::move(callback))
    {
    }

    /// The one answer: runs the callback on the receiver's thread, unless the call was cancelled by then.
    void finish(Args... args) { post(true, std::move(args)...); }
    /// One of several answers.
    void report(Args... args) { post(false, std::move(args)...); }
    bool isWaiting() const override { return m_callback != nullptr; }

protected:
    void dropCallback() override { m_callback = nullptr; }

private:
    void post(bool last, Args... args)
    {
        m_dispatcher->post([self = this->shared_from_this(), last, ... held = std::move(args)]() mutable {
            if (!self->m_callback)
                return;
            // A copy, since the callback may destroy its Call, and with it m_callback.
            const Callback callback = last ? std::exchange(self->m_callback, nullptr) : self->m_callback;
            callback(std::move(held)...);
        });
    }

    std::shared_ptr<Dispatcher> m_dispatcher;
    Callback m_callback;
};

} // namespace pk::http
