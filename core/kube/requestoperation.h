// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/answer.h"
#include "kube/session.h"

namespace pk::kube {

/// One call with all its tries. The loop owns it while it runs. Only used on the I/O thread.
class RequestOperation : public std::enable_shared_from_this<RequestOperation>
{
public:
    /// Where the body of a good answer goes. When a try breaks in the middle, restart() precedes the next one.
    struct Body
    {
        std::function<void()> restart;
        std::function<bool(std::string_view bytes)> bytes; ///< False: give up (LimitExceeded).
    };
    using Waiting = std::function<void(std::chrono::milliseconds wait, const std::string &reason)>;
    /// `headers` are those of the last answer.
    using Done = std::function<void(Result<void> result, const AnswerInfo &info, const http::Headers &headers)>;

    static std::weak_ptr<RequestOperation> start(http::IoCore &core, std::shared_ptr<Session> session, Sending sending,
        int maxTries, Waiting waiting, Body body, Done done);
    /// The common case: the body as one text.
    static std::weak_ptr<RequestOperation> startWhole(http::IoCore &core, std::shared_ptr<Session> session,
        Sending sending, int maxTries, Waiting waiting,
        std::function<void(Result<std::string> body, const AnswerInfo &info, const http::Headers &headers)> done);
    /// Ends it without a word.
    void cancel();
    ~RequestOperation();

private:
    class TrySink;

    RequestOperation(http::IoCore &core, std::shared_ptr<Session> session, Sending sending, int maxTries,
        Waiting waiting, Body body, Done done);
    void tryOnce();
    bool started(int status, const http::Headers &headers);
    bool received(std::string_view bytes);
    void finished(Result<http::Response> response);
    bool renewCredentials();
    void finish(Result<void> result);

    http::IoCore &m_core;
    std::shared_ptr<Session> m_session;
    Sending m_sending;
    int m_maxTries;
    Waiting m_waiting;
    Body m_body;
    Done m_done;
    std::unique_ptr<Transmission> m_transmission;
    http::IoCore::Id m_kept = 0;
    http::IoCore::Id m_timer = 0;
    AnswerInfo m_info;
    http::Headers m_headers;
    std::string m_errorBody;
    bool m_bodyRefused = false;
    bool m_renewed = false;
    bool m_dirty = false; ///< The body has got bytes of a try that broke.
};

} // namespace pk::kube
