// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/logstream.h"

#include "base/timestamp.h"
#include "kube/apierror.h"
#include "kube/text.h"

namespace pk::kube {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t maxLine = 1u << 20; // A launcher may print whole files on one line.
constexpr std::size_t shownLine = 64u << 10;
constexpr std::size_t maxErrorBody = 64u << 10;
constexpr int maxFailures = 6; // Half a minute of trying.

} // namespace

LogFeed::LogFeed(std::shared_ptr<http::Dispatcher> dispatcher, std::function<void(LogChunk)> callback) :
    m_callback(std::move(callback)), m_box([this, dispatcher = std::move(dispatcher)] {
        dispatcher->post([self = shared_from_this()] { self->drain(); });
    })
{
}

void LogFeed::drain()
{
    auto chunks = m_box.takeAll();
    if (chunks.empty() || !m_callback)
        return;
    LogChunk all = std::move(chunks.front());
    for (auto next = chunks.begin() + 1; next != chunks.end(); ++next) {
        std::move(next->lines.begin(), next->lines.end(), std::back_inserter(all.lines));
        all.ended = next->ended;
        all.reconnecting = next->reconnecting;
        all.error = std::move(next->error);
    }
    const auto callback = m_callback; // It may destroy its Call.
    if (all.ended)
        m_callback = nullptr;
    callback(std::move(all));
}

LogLine parseLogLine(std::string_view line)
{
    const auto space = line.find(' ');
    const auto time = line.substr(0, space);
    if (!parseTimestamp(time))
        return {.text = std::string(line.substr(0, shownLine))};
    const auto text = space == line.npos ? std::string_view() : line.substr(space + 1);
    return {.time = std::string(time), .text = std::string(text.substr(0, shownLine))};
}

class LogStream::StreamSink : public http::Sink
{
public:
    explicit StreamSink(LogStream &stream) : m_stream(stream) { }
    bool started(int status, const http::Headers &headers) override
    {
        m_stream.m_status = status;
        m_stream.m_headers = headers;
        return true;
    }
    bool received(std::string_view bytes) override { return m_stream.received(bytes); }
    void finished(Result<http::Response> response) override { m_stream.finished(std::move(response)); }

private:
    LogStream &m_stream; ///< Ends the transfer before it dies.
};

LogStream::LogStream(http::IoCore &core, std::shared_ptr<Session> session, const ObjectPath &pod,
    const LogOptions &options, std::shared_ptr<LogFeed> feed) :
    m_core(core),
    m_session(std::move(session)), m_path(pod.resource.path(pod.nameSpace, pod.name, "log")), m_options(options),
    m_feed(std::move(feed)), m_lines(maxLine)
{
}

std::weak_ptr<LogStream> LogStream::start(http::IoCore &core, std::shared_ptr<Session> session, const ObjectPath &pod,
    const LogOptions &options, std::shared_ptr<LogFeed> feed)
{
    const std::shared_ptr<LogStream> stream(new LogStream(core, std::move(session), pod, options, std::move(feed)));
    stream->m_kept = core.keep(stream);
    stream->open();
    return stream;
}

LogStream::~LogStream()
{
    m_core.stopTimer(m_timer);
}

void LogStream::cancel()
{
    m_core.release(std::exchange(m_kept, 0));
}

void LogStream::open()
{
    Sending sending{.path = m_path,
        .query = {{"timestamps", "true"}},
        .accept = "text/plain, */*",
        .timeout = m_options.follow ? 0ms : 60'000ms};
    const auto add = [&sending](const char *key, const std::string &value) {
        if (!value.empty())
            sending.query.emplace_back(key, value);
    };
    add("container", m_options.container);
    add("follow", m_options.follow ? "true" : "");
    add("previous", m_options.previous ? "true" : "");
    const bool resuming = !m_lastTime.empty();
    add("sinceTime", resuming ? m_lastTime : m_options.sinceTime);
    if (m_options.tailLines && !resuming)
        add("tailLines", std::to_string(*m_options.tailLines));
    m_resumedAt = m_lastTime;
    m_seenAtResume = m_atLastTime;
    m_status = 0;
    m_errorBody.clear();
    m_lines = LineSplitter(maxLine);
    m_stream =
        std::make_unique<Transmission>(m_core, m_session, std::move(sending), std::make_shared<StreamSink>(*this));
}

bool LogStream::received(std::string_view bytes)
{
    if (m_status != 200) {
        m_errorBody.append(bytes.substr(0, maxErrorBody - std::min(maxErrorBody, m_errorBody.size())));
        return true;
    }
    m_failures = 0;
    const bool more = m_lines.add(bytes, [this](std::string_view line) { return takeLine(line); });
    if (!m_chunk.lines.empty())
        m_feed->send(std::exchange(m_chunk, {}));
    return more;
}

bool LogStream::takeLine(std::string_view text)
{
    LogLine line = parseLogLine(text);
    if (!line.time.empty() && !m_resumedAt.empty()) {
        // The server counts from whole seconds. RFC 3339 times of one server compare as texts only roughly (trailing
        // zeros are left out), hence as times.
        const auto time = parseTimestamp(line.time), resumed = parseTimestamp(m_resumedAt);
        const auto seen = line.time == m_resumedAt ? m_seenAtResume.find(line.text) : m_seenAtResume.end();
        if (seen != m_seenAtResume.end()) {
            m_seenAtResume.erase(seen);
            return true;
        }
        if (*time < *resumed)
            return true;
    }
    if (line.time != m_lastTime) {
        m_lastTime = line.time.empty() ? m_lastTime : line.time;
        m_atLastTime.clear();
    }
    m_atLastTime.insert(line.text);
    m_chunk.lines.push_back(std::move(line));
    return true;
}

void LogStream::finished(Result<http::Response> response)
{
    const auto self = shared_from_this();
    if (m_status == 401 && !m_renewed && m_session->credentials().invalidate(m_core.clock(), m_stream->generation())) {
        m_renewed = true;
        m_timer = m_core.startTimer(0ms, [this] { open(); });
        return;
    }
    if (m_status != 0 && m_status != 200)
        return end(toError(parseApiError(m_status, m_headers, m_errorBody)));
    if (response) {
        m_lines.finish([this](std::string_view line) { return takeLine(line); });
        return end({});
    }
    const bool denied = response.error().code == Error::Code::Denied;
    if (!m_options.follow || denied || ++m_failures > maxFailures)
        return end(response.error());
    LogChunk news;
    news.reconnecting = true;
    news.error = response.error();
    m_feed->send(std::move(news));
    m_timer = m_core.startTimer(500ms * (1 << m_failures), [this] { open(); });
}

void LogStream::end(std::optional<Error> error)
{
    m_chunk.ended = true;
    m_chunk.error = std::move(error);
    m_feed->send(std::exchange(m_chunk, {}));
    m_core.release(std::exchange(m_kept, 0));
}

} // namespace pk::kube
