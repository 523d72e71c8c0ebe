// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to core/release.
#include "http/call.h"

#include <coroutine>
#include <cstddef>
#include <exception>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace pk::release {

/// A step of an operation, written as straight code that waits for answers in between: a coroutine that starts when it
/// is awaited. Whoever holds the Task owns the frame; destroying it while it waits destroys what it waits for too (the
/// http::Call in it stops the request), so nothing comes back to a dead object. One thread.
///
/// GCC 12 destroys some temporaries of a co_await expression twice: name arguments that own something in a local
/// before. Exceptions are not used here; one that escapes ends the program.
template <class T> class [[nodiscard]] Task
{
public:
    struct promise_type
    {
        std::optional<T> value;
        std::coroutine_handle<> next;

        Task get_return_object() { return Task(std::coroutine_handle<promise_type>::from_promise(*this)); }
        std::suspend_always initial_suspend() noexcept { return {}; }
        auto final_suspend() noexcept
        {
            struct Resume
            {
                bool await_ready() noexcept { return false; }
                std::coroutine_handle<> await_suspend(std::coroutine_handle<promise_type> self) noexcept
                {
                    return self.promise().next ? self.promise().next : std::noop_coroutine();
                }
                void await_resume() noexcept { }
            };
            return Resume();
        }
        void return_value(T result) { value = std::move(result); }
        void unhandled_exception() { std::terminate(); }
    };

    Task(Task &&other) noexcept : m_frame(std::exchange(other.m_frame, nullptr)) { }
    Task &operator=(Task &&) = delete;
    ~Task()
    {
        if (m_frame)
            m_frame.destroy();
    }

    bool await_ready() const noexcept { return false; }
    std::coroutine_handle<> await_suspend(std::coroutine_handle<> waiter) noexcept
    {
        m_frame.promise().next = waiter;
        return m_frame;
    }
    T await_resume() { return std::move(*m_frame.promise().value); }

    /// Runs up to its first wait. For the outermost task, which nobody awaits.
    void start() { m_frame.resume(); }

private:
    explicit Task(std::coroutine_handle<promise_type> frame) : m_frame(frame) { }
    std::coroutine_handle<promise_type> m_frame;
};

/// Waits for one callback of a call that is started by `begin`. The callback must not come from within `begin`.
template <class T> class Reply
{
public:
    using Begin = std::function<http::Call(std::function<void(T)>)>;

    explicit Reply(Begin begin) : m_begin(std::move(begin)) { }
    Reply(Reply &&) = default;

    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> waiter)
    {
        m_call = m_begin([this, waiter](T value) {
            m_value = std::move(value);
            waiter.resume();
        });
    }
    T await_resume() { return std::move(*m_value); }

private:
    Begin m_begin;
    std::optional<T> m_value;
    http::Call m_call;
};

/// All tasks at once; their results in order.
template <class T> class All
{
public:
    explicit All(std::vector<Task<T>> tasks) : m_results(tasks.size())
    {
        for (std::size_t i = 0; i < tasks.size(); ++i)
            m_runs.push_back(run(std::move(tasks[i]), i));
    }

    bool await_ready() const noexcept { return m_runs.empty(); }
    bool await_suspend(std::coroutine_handle<> waiter)
    {
        // Held at one until all have been started, so that quick ones do not resume a half started row.
        m_waiting = m_runs.size() + 1;
        for (Task<bool> &task : m_runs)
            task.start();
        if (--m_waiting == 0)
            return false;
        m_waiter = waiter;
        return true;
    }
    std::vector<T> await_resume()
    {
        std::vector<T> results;
        for (std::optional<T> &result : m_results)
            results.push_back(std::move(*result));
        return results;
    }

private:
    Task<bool> run(Task<T> task, std::size_t index)
    {
        m_results[index] = co_await task;
        // The waiter may destroy us, so this coroutine must be suspended by then; it is never resumed.
        if (--m_waiting == 0)
            co_await HandOver{m_waiter};
        co_return true;
    }

    struct HandOver
    {
        std::coroutine_handle<> waiter;
        bool await_ready() noexcept { return false; }
        std::coroutine_handle<> await_suspend(std::coroutine_handle<>) noexcept { return waiter; }
        void await_resume() noexcept { }
    };

    std::vector<std::optional<T>> m_results;
    std::vector<Task<bool>> m_runs;
    std::size_t m_waiting = 0;
    std::coroutine_handle<> m_waiter;
};

} // namespace pk::release
