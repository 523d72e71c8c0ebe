// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/certificates.h"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace pk::test {

/// A request as the scripted server got it.
struct ServerRequest
{
    std::string method;
    std::string target; ///< Path with query.
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    std::string clientName; ///< Common name of the client's certificate.

    std::string path() const { return target.substr(0, target.find('?')); }
    /// The first header of that name, as it was written; empty when there is none.
    std::string header(std::string_view name) const;
    /// The value of a query key, still escaped; nothing when it is not there.
    std::optional<std::string> query(std::string_view key) const;
};

/// The other end of a connection, for scripts: they write whatever they like, also what no real server would.
class ServerConnection
{
public:
    virtual ~ServerConnection() = default;
    /// Bytes as they are. False when the client is gone.
    virtual bool send(std::string_view bytes) = 0;
    /// Ends the connection, at once.
    virtual void cut() = 0;
    /// Returns when the client has closed, or the server is stopped; false after `limit`.
    virtual bool waitForEnd(std::chrono::milliseconds limit) = 0;

    void respond(int status, std::string_view body, std::string_view type = "application/json",
        std::string_view moreHeaders = {});
    /// Head of an endless answer; chunk() adds to it, endChunks() ends it politely.
    void beginStream(int status = 200, std::string_view type = "application/json");
    bool chunk(std::string_view bytes);
    void endChunks();
};

/// A small HTTP/1.1 server on loopback for what a real API server will not do on demand: cut streams, half objects,
/// storms of 429, wrong types, TLS faults, silence. One thread a connection; the script runs there.
class ScriptedServer
{
public:
    using Script = std::function<void(const ServerRequest &request, ServerConnection &connection)>;
    struct TlsFiles
    {
        Certificate certificate;
        std::string clientAuthorityPem = {}; ///< Not empty: a client certificate is asked for and verified.
    };

    explicit ScriptedServer(Script script, std::optional<TlsFiles> tls = {});
    ~ScriptedServer();

    int port() const { return m_port; }
    std::string url(const std::string &host = "127.0.0.1") const;
    std::vector<ServerRequest> requests() const;
    int connections() const;
    /// Waits until `count` requests have come.
    bool waitForRequests(std::size_t count, std::chrono::milliseconds limit = std::chrono::seconds(20)) const;

private:
    class Connection;
    void accept();
    void serve(Connection &connection);

    Script m_script;
    std::optional<TlsFiles> m_tls;
    int m_listener = -1;
    int m_port = 0;
    mutable std::mutex m_mutex;
    mutable std::condition_variable m_news;
    std::vector<ServerRequest> m_requests;
    std::list<std::shared_ptr<Connection>> m_connections;
    std::vector<std::thread> m_threads;
    bool m_stopping = false;
    std::thread m_acceptor;
};

} // namespace pk::test
