// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/linesplitter.h"
#include "kube/listoperation.h"
#include "kube/reflectorlogic.h"
#include "kube/watchevent.h"

#include <random>

namespace pk::kube {

/// Carries out what ReflectorLogic decides, for one watch. Only used on the I/O thread; owned by the loop.
class Reflector : public std::enable_shared_from_this<Reflector>
{
public:
    static std::weak_ptr<Reflector> start(
        http::IoCore &core, std::shared_ptr<Session> session, const WatchSpec &spec, std::shared_ptr<WatchSink> sink);
    void cancel();
    ~Reflector();

private:
    class StreamSink;

    Reflector(
        http::IoCore &core, std::shared_ptr<Session> session, const WatchSpec &spec, std::shared_ptr<WatchSink> sink);
    void follow(const ReflectorLogic::Next &next);
    void list(const std::string &resourceVersion);
    bool takeItem(std::string_view json);
    void listDone(Result<ListEnd> end, const AnswerInfo &info);
    void watch(const std::string &resourceVersion);
    bool streamStarted(int status, const http::Headers &headers);
    bool streamReceived(std::string_view bytes);
    bool takeLine(std::string_view line);
    void streamFinished(Result<http::Response> response);
    void publish();
    double random() { return std::uniform_real_distribution<>(0, 1)(m_random); }

    http::IoCore &m_core;
    std::shared_ptr<Session> m_session;
    WatchSpec m_spec;
    std::shared_ptr<WatchSink> m_sink;
    ReflectorLogic m_logic;
    WatchEventReader m_reader;
    std::minstd_rand m_random;
    http::IoCore::Id m_kept = 0;
    http::IoCore::Id m_timer = 0;
    std::weak_ptr<ListOperation> m_list;
    std::unique_ptr<Transmission> m_stream;

    // Of the list or stream that runs.
    LineSplitter m_lines;
    WatchEnd m_end;
    int m_status = 0;
    http::Headers m_headers;
    std::string m_errorBody;
    std::chrono::steady_clock::time_point m_startedAt = {};
    int m_undecodable = 0;
    bool m_changed = false; ///< The sink holds something that it has not handed over yet.
};

} // namespace pk::kube
