// SPDX-License-Identifier: GPL-3.0-or-later
#include "repo/httpweb.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>

namespace pk::repo {

namespace {

/// Work for a thread that does nothing but wait for it.
class WaitingRoom final : public http::Dispatcher
{
public:
    void post(std::function<void()> work) override
    {
        const std::lock_guard lock(m_mutex);
        m_work.push_back(std::move(work));
        m_news.notify_one();
    }

    /// Runs one piece of work; false when `stop` came first.
    bool runOne(const std::stop_token &stop)
    {
        std::unique_lock lock(m_mutex);
        if (!m_news.wait(lock, stop, [this] { return !m_work.empty(); }))
            return false;
        const auto work = std::move(m_work.front());
        m_work.pop_front();
        lock.unlock();
        work();
        return true;
    }

private:
    std::mutex m_mutex;
    std::condition_variable_any m_news;
    std::deque<std::function<void()>> m_work;
};

/// A server that hangs up right after the handshake (it wants a client certificate) may be gone before curl has asked
/// for the connection's address; curl then keeps that text instead of the server's alert. Nothing was answered yet.
bool lostItsReason(const Result<http::Response> &answer)
{
    return !answer && answer.error().message.find("getpeername() failed") != std::string::npos;
}

} // namespace

Result<http::Response> HttpWeb::send(http::Request request)
{
    constexpr int Tries = 4;
    Result<http::Response> answer = sendOnce(request);
    for (int tries = 1; tries < Tries && lostItsReason(answer); ++tries)
        answer = sendOnce(request);
    return answer;
}

Result<http::Response> HttpWeb::sendOnce(http::Request request)
{
    const auto room = std::make_shared<WaitingRoom>();
    std::optional<Result<http::Response>> answer;
    const http::Call call = m_io.send(
        std::move(request), room, [&answer](Result<http::Response> result) { answer.emplace(std::move(result)); });
    while (!answer) {
        if (m_stop.stop_requested() || !room->runOne(m_stop))
            return Error{.code = Error::Code::Cancelled, .message = "context canceled"};
    }
    return *std::move(answer);
}

} // namespace pk::repo
