// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/mailbox.h"
#include "kube/apiclient.h"
#include "kube/linesplitter.h"
#include "kube/session.h"

#include <set>

namespace pk::kube {

/// Carries the parts of a log to the receiver's thread; a slow receiver gets fewer, larger ones.
class LogFeed : public http::CallState, public std::enable_shared_from_this<LogFeed>
{
public:
    LogFeed(std::shared_ptr<http::Dispatcher> dispatcher, std::function<void(LogChunk)> callback);

    /// From the I/O thread.
    void send(LogChunk chunk) { m_box.send(std::move(chunk)); }
    bool isWaiting() const override { return m_callback != nullptr; }

protected:
    void dropCallback() override { m_callback = nullptr; }

private:
    void drain();

    std::function<void(LogChunk)> m_callback;
    Mailbox<LogChunk> m_box;
};

/// "2026-01-02T03:04:05.678901234Z text" cut into its parts.
LogLine parseLogLine(std::string_view line);

/// Reads one container's log. A followed log that loses its connection goes on at the second of the last line, without
/// the lines that came already. Only used on the I/O thread; owned by the loop.
class LogStream : public std::enable_shared_from_this<LogStream>
{
public:
    static std::weak_ptr<LogStream> start(http::IoCore &core, std::shared_ptr<Session> session, const ObjectPath &pod,
        const LogOptions &options, std::shared_ptr<LogFeed> feed);
    void cancel();
    ~LogStream();

private:
    class StreamSink;

    LogStream(http::IoCore &core, std::shared_ptr<Session> session, const ObjectPath &pod, const LogOptions &options,
        std::shared_ptr<LogFeed> feed);
    void open();
    bool received(std::string_view bytes);
    bool takeLine(std::string_view line);
    void finished(Result<http::Response> response);
    void end(std::optional<Error> error);

    http::IoCore &m_core;
    std::shared_ptr<Session> m_session;
    std::string m_path;
    LogOptions m_options;
    std::shared_ptr<LogFeed> m_feed;
    http::IoCore::Id m_kept = 0;
    http::IoCore::Id m_timer = 0;
    std::unique_ptr<Transmission> m_stream;
    LineSplitter m_lines;
    LogChunk m_chunk;
    int m_status = 0;
    http::Headers m_headers;
    std::string m_errorBody;
    int m_failures = 0;
    bool m_renewed = false;
    std::string m_lastTime; ///< Of the newest line.
    std::multiset<std::string> m_atLastTime; ///< Texts of the lines with that time.
    std::multiset<std::string> m_seenAtResume; ///< The same, at the moment of the last resumption.
    std::string m_resumedAt;
};

} // namespace pk::kube
