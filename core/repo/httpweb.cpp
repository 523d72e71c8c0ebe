// SPDX-License-Identifier: GPL-3.0-or-later
#include "repo/httpweb.h"

#include "http/waitingroom.h"

#include <optional>

namespace pk::repo {

namespace {

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
    const auto room = std::make_shared<http::WaitingRoom>();
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
