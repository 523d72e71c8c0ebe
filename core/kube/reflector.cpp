// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/reflector.h"

#include "base/log.h"

namespace pk::kube {

namespace {

using namespace std::chrono_literals;

constexpr auto listTimeout = 60s;
constexpr std::size_t maxErrorBody = 64u << 10;

} // namespace

class Reflector::StreamSink : public http::Sink
{
public:
    explicit StreamSink(Reflector &reflector) : m_reflector(reflector) { }
    bool started(int status, const http::Headers &headers) override
    {
        return m_reflector.streamStarted(status, headers);
    }
    bool received(std::string_view bytes) override { return m_reflector.streamReceived(bytes); }
    void finished(Result<http::Response> response) override { m_reflector.streamFinished(std::move(response)); }

private:
    Reflector &m_reflector; ///< Ends the transfer before it dies.
};

Reflector::Reflector(
    http::IoCore &core, std::shared_ptr<Session> session, const WatchSpec &spec, std::shared_ptr<WatchSink> sink) :
    m_core(core),
    m_session(std::move(session)), m_spec(spec), m_sink(std::move(sink)), m_logic(spec),
    m_random(std::random_device{}()), m_lines(spec.lineLimit)
{
}

std::weak_ptr<Reflector> Reflector::start(
    http::IoCore &core, std::shared_ptr<Session> session, const WatchSpec &spec, std::shared_ptr<WatchSink> sink)
{
    const std::shared_ptr<Reflector> reflector(new Reflector(core, std::move(session), spec, std::move(sink)));
    reflector->m_kept = core.keep(reflector);
    reflector->follow(reflector->m_logic.start());
    return reflector;
}

Reflector::~Reflector()
{
    m_core.stopTimer(m_timer);
    if (const auto list = m_list.lock())
        list->cancel();
}

void Reflector::cancel()
{
    m_core.release(std::exchange(m_kept, 0));
}

void Reflector::follow(const ReflectorLogic::Next &next)
{
    // Always by a timer, so that the transfer that has just called us can be let go.
    m_timer = m_core.startTimer(next.delay, [this, next] {
        if (next.step == ReflectorLogic::Next::Step::List)
            list(next.resourceVersion);
        else
            watch(next.resourceVersion);
    });
}

void Reflector::publish()
{
    m_changed = false;
    m_sink->flush(m_logic.state(), std::exchange(m_undecodable, 0));
}

void Reflector::list(const std::string &resourceVersion)
{
    m_stream.reset();
    m_sink->replaceAll();
    ListPlan plan{.path = m_spec.resource.path(m_spec.nameSpace),
        .selection = m_spec.selection,
        .resourceVersion = resourceVersion,
        .pageSize = m_spec.pageSize,
        // Waiting is ours: the state must tell of it.
        .options = {.timeout = listTimeout, .tries = 1}};
    ListTaker taker{.item = [this](std::string_view json) { return takeItem(json); },
        .truncate = [this](std::size_t count) { m_sink->truncate(count); }};
    m_list = ListOperation::start(m_core, m_session, std::move(plan), std::move(taker),
        [this](Result<ListEnd> end, const AnswerInfo &info) { listDone(std::move(end), info); });
}

bool Reflector::takeItem(std::string_view json)
{
    auto key = m_reader.readKey(json);
    return key && m_sink->object(ChangeKind::Added, std::move(*key), json);
}

void Reflector::listDone(Result<ListEnd> end, const AnswerInfo &info)
{
    const WallTime now = m_core.clock().now();
    if (end) {
        m_undecodable = end->undecodable;
        const auto next = m_logic.listed(end->resourceVersion, now);
        publish();
        return follow(next);
    }
    m_sink->discard();
    const auto next = m_logic.listFailed(info.apiError, end.error(), now, m_core.clock().ticks(), random());
    if (next.delay > 0ms)
        publish();
    follow(next);
}

void Reflector::watch(const std::string &resourceVersion)
{
    // Spread over five minutes, so that all watches do not begin again at once.
    const int seconds = 300 + int(300 * random());
    Sending sending{.path = m_spec.resource.path(m_spec.nameSpace),
        .query = {{"watch", "1"}, {"allowWatchBookmarks", "true"}, {"resourceVersion", resourceVersion},
            {"timeoutSeconds", std::to_string(seconds)}},
        .timeout = 0ms,
        .idleTimeout = m_spec.silence};
    if (!m_spec.selection.labels.empty())
        sending.query.emplace_back("labelSelector", m_spec.selection.labels);
    if (!m_spec.selection.fields.empty())
        sending.query.emplace_back("fieldSelector", m_spec.selection.fields);
    m_end = {};
    m_status = 0;
    m_headers.clear();
    m_errorBody.clear();
    m_lines = LineSplitter(m_spec.lineLimit);
    m_startedAt = m_core.clock().ticks();
    m_stream =
        std::make_unique<Transmission>(m_core, m_session, std::move(sending), std::make_shared<StreamSink>(*this));
}

bool Reflector::streamStarted(int status, const http::Headers &headers)
{
    m_status = status;
    m_headers = headers;
    if (status == 200 && m_logic.state().phase != WatchState::Phase::Live) {
        m_logic.watchStarted(m_core.clock().now());
        publish();
    }
    return true;
}

bool Reflector::streamReceived(std::string_view bytes)
{
    if (m_status != 200) {
        m_errorBody.append(bytes.substr(0, maxErrorBody - std::min(maxErrorBody, m_errorBody.size())));
        return true;
    }
    const bool more = m_lines.add(bytes, [this](std::string_view line) { return takeLine(line); });
    if (!more && m_end.error.message.empty() && !m_end.isErrorEvent)
        m_end.error = {.code = Error::Code::LimitExceeded,
            .message = "an event is larger than " + std::to_string(m_spec.lineLimit) + " bytes",
            .id = "kube.watch-line"};
    // All that came with one packet goes out together.
    if (m_changed)
        publish();
    return more;
}

bool Reflector::takeLine(std::string_view line)
{
    auto event = m_reader.read(line);
    if (!event) {
        m_end.error = event.error();
        return false;
    }
    if (event->type == WatchEvent::Type::Error) {
        m_end.isErrorEvent = true;
        m_end.apiError = parseStatus(0, event->object);
        return false;
    }
    m_end.sawEvents = true;
    m_logic.advanced(event->key.resourceVersion);
    if (event->type == WatchEvent::Type::Bookmark)
        return true;
    const auto kind = event->type == WatchEvent::Type::Added ? ChangeKind::Added
        : event->type == WatchEvent::Type::Deleted           ? ChangeKind::Deleted
                                                             : ChangeKind::Updated;
    if (!m_sink->object(kind, std::move(event->key), event->object))
        ++m_undecodable;
    m_changed = true;
    return true;
}

void Reflector::streamFinished(Result<http::Response> response)
{
    const Clock &clock = m_core.clock();
    m_end.duration = std::chrono::duration_cast<std::chrono::milliseconds>(clock.ticks() - m_startedAt);
    if (m_status != 0 && m_status != 200) {
        m_end.apiError = parseApiError(m_status, m_headers, m_errorBody);
        if (m_status == 401)
            m_session->credentials().invalidate(clock, m_stream->generation());
    } else if (!response && !m_end.isErrorEvent && m_end.error.message.empty()) {
        m_end.error = response.error();
    }
    const auto before = m_logic.state().phase;
    const auto next = m_logic.watchEnded(m_end, clock.now(), clock.ticks(), random());
    if (m_logic.state().phase != WatchState::Phase::Live || m_logic.state().phase != before)
        publish();
    if (!m_end.error.message.empty())
        log::write(log::Level::Debug, "kube", "watch of " + m_spec.resource.plural + ": " + m_end.error.message);
    follow(next);
}

} // namespace pk::kube
