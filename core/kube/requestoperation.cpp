// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/requestoperation.h"

#include "kube/retry.h"
#include "kube/text.h"

#include <random>

namespace pk::kube {

namespace {

constexpr std::size_t maxErrorBody = 1u << 20;

/// The texts of the Warning headers with code 299: `299 - "text"`.
std::vector<std::string> warningsOf(const http::Headers &headers)
{
    std::vector<std::string> warnings;
    for (const auto &[name, value] : headers) {
        if (name != "Warning" && name != "warning")
            continue;
        const auto begin = value.find('"'), end = value.rfind('"');
        if (!value.starts_with("299") || begin == value.npos || end <= begin)
            continue;
        std::string text;
        for (std::size_t i = begin + 1; i < end; ++i)
            if (value[i] != '\\' || ++i < end)
                text += value[i];
        warnings.push_back(cleanText(text));
    }
    return warnings;
}

double randomFraction()
{
    thread_local std::minstd_rand engine(std::random_device{}());
    return std::uniform_real_distribution<>(0, 1)(engine);
}

} // namespace

class RequestOperation::TrySink : public http::Sink
{
public:
    explicit TrySink(RequestOperation &operation) : m_operation(operation) { }
    bool started(int status, const http::Headers &headers) override { return m_operation.started(status, headers); }
    bool received(std::string_view bytes) override { return m_operation.received(bytes); }
    void finished(Result<http::Response> response) override { m_operation.finished(std::move(response)); }

private:
    RequestOperation &m_operation; ///< Ends the transfer before it dies.
};

RequestOperation::RequestOperation(http::IoCore &core, std::shared_ptr<Session> session, Sending sending, int maxTries,
    Waiting waiting, Body body, Done done) :
    m_core(core),
    m_session(std::move(session)), m_sending(std::move(sending)), m_maxTries(maxTries), m_waiting(std::move(waiting)),
    m_body(std::move(body)), m_done(std::move(done))
{
}

RequestOperation::~RequestOperation()
{
    m_core.stopTimer(m_timer);
}

std::weak_ptr<RequestOperation> RequestOperation::start(http::IoCore &core, std::shared_ptr<Session> session,
    Sending sending, int maxTries, Waiting waiting, Body body, Done done)
{
    const std::shared_ptr<RequestOperation> operation(new RequestOperation(
        core, std::move(session), std::move(sending), maxTries, std::move(waiting), std::move(body), std::move(done)));
    operation->m_kept = core.keep(operation);
    operation->tryOnce();
    return operation;
}

std::weak_ptr<RequestOperation> RequestOperation::startWhole(http::IoCore &core, std::shared_ptr<Session> session,
    Sending sending, int maxTries, Waiting waiting,
    std::function<void(Result<std::string> body, const AnswerInfo &info, const http::Headers &headers)> done)
{
    const auto text = std::make_shared<std::string>();
    Body body{.restart = [text] { text->clear(); },
        .bytes =
            [text](std::string_view bytes) {
                text->append(bytes);
                return true;
            }};
    return start(core, std::move(session), std::move(sending), maxTries, std::move(waiting), std::move(body),
        [text, done = std::move(done)](Result<void> result, const AnswerInfo &info, const http::Headers &headers) {
            done(result ? Result<std::string>(std::move(*text)) : Result<std::string>(result.error()), info, headers);
        });
}

void RequestOperation::cancel()
{
    m_core.release(std::exchange(m_kept, 0));
}

void RequestOperation::tryOnce()
{
    m_errorBody.clear();
    m_info.apiError = {};
    m_info.status = 0;
    if (std::exchange(m_dirty, false))
        m_body.restart();
    m_transmission = std::make_unique<Transmission>(m_core, m_session, m_sending, std::make_shared<TrySink>(*this));
    if (m_transmission->isWaitingForPlugin() && m_waiting)
        m_waiting(std::chrono::milliseconds(0), "plugin");
}

bool RequestOperation::started(int status, const http::Headers &headers)
{
    m_info.status = status;
    m_headers = headers;
    m_info.warnings = warningsOf(headers);
    return true;
}

bool RequestOperation::received(std::string_view bytes)
{
    if (m_info.status / 100 == 2) {
        m_dirty = true;
        m_bodyRefused = !m_body.bytes(bytes);
        return !m_bodyRefused;
    }
    m_errorBody.append(bytes.substr(0, maxErrorBody - std::min(maxErrorBody, m_errorBody.size())));
    return m_errorBody.size() < maxErrorBody;
}

void RequestOperation::finished(Result<http::Response> response)
{
    const auto self = shared_from_this();
    FailedTry failed{.method = m_sending.method, .tries = m_info.tries, .maxTries = m_maxTries};
    if (response) {
        m_info.latency = response->latency;
        m_session->setLatency(response->latency);
    }
    // A refusal whose body broke off is still a refusal.
    if (m_info.status / 100 == 2 && response)
        return finish({});
    if (m_bodyRefused)
        return finish(Error{.code = Error::Code::LimitExceeded,
            .message = "the answer has an object that is too large, or is no list",
            .id = "kube.body"});
    if (m_info.status >= 300) {
        failed.apiError = m_info.apiError = parseApiError(m_info.status, m_headers, m_errorBody);
        failed.error = toError(m_info.apiError);
        if (m_info.status == 401 && renewCredentials())
            return;
    } else {
        failed.error = response.error();
    }
    const auto delay = retryDelay(failed, randomFraction());
    if (!delay)
        return finish(failed.error);
    ++m_info.tries;
    if (m_waiting)
        m_waiting(*delay, failed.apiError.status ? "server" : "connection");
    m_timer = m_core.startTimer(*delay, [this] { tryOnce(); });
}

bool RequestOperation::renewCredentials()
{
    if (m_renewed || !m_session->credentials().invalidate(m_core.clock(), m_transmission->generation()))
        return false;
    m_renewed = true;
    m_timer = m_core.startTimer(std::chrono::milliseconds(0), [this] { tryOnce(); });
    return true;
}

void RequestOperation::finish(Result<void> result)
{
    m_core.release(std::exchange(m_kept, 0));
    m_done(std::move(result), m_info, m_headers);
}

} // namespace pk::kube
