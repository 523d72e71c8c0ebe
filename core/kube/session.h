// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/iothread.h"
#include "kube/apirequest.h"
#include "kube/credentials.h"

#include <atomic>

namespace pk::kube {

/// One request to the API server, before the credentials.
struct Sending
{
    std::string method = "GET";
    std::string path = {};
    Query query = {};
    std::string body = {};
    std::string contentType = "application/json";
    std::string accept = "application/json";
    std::chrono::milliseconds timeout{30'000};
    std::chrono::milliseconds idleTimeout{0};
    std::size_t bodyLimit = 0;
};

/// What all requests of one ApiClient share. On the I/O thread, but for latency.
class Session
{
public:
    Session(
        ContextConfig context, std::shared_ptr<ExecApprovals> approvals, PluginEnvironment environment, bool http1Only);

    http::Request request(const Sending &sending, const Credentials &credentials) const;
    CredentialSource &credentials() { return m_credentials; }
    /// The last discovery; null before the first.
    const std::shared_ptr<const ResourceCatalog> &catalog() const { return m_catalog; }
    void setCatalog(std::shared_ptr<const ResourceCatalog> catalog) { m_catalog = std::move(catalog); }
    void setLatency(std::chrono::milliseconds latency) { m_latency = latency.count(); }
    /// Milliseconds; -1 before the first answer. From any thread.
    std::int64_t latency() const { return m_latency; }

private:
    std::string m_server;
    std::string m_proxy;
    bool m_compressed;
    bool m_http1Only;
    CredentialSource m_credentials;
    std::shared_ptr<const ResourceCatalog> m_catalog;
    std::atomic<std::int64_t> m_latency{-1};
};

/// One try of a request: waits for credentials, then runs the transfer. Its destruction ends both, and the sink hears
/// nothing more. A failure to get credentials comes to the sink's finished() as any other.
class Transmission
{
public:
    Transmission(
        http::IoCore &core, std::shared_ptr<Session> session, Sending sending, std::shared_ptr<http::Sink> sink);
    ~Transmission();
    Transmission(const Transmission &) = delete;
    Transmission &operator=(const Transmission &) = delete;

    /// Of the credentials that were sent.
    unsigned generation() const { return m_generation; }
    /// True as long as a plugin has to be waited for.
    bool isWaitingForPlugin() const { return m_ticket != 0 && m_transfer == 0; }

private:
    void ready(Result<Credentials> credentials);

    http::IoCore &m_core;
    std::shared_ptr<Session> m_session;
    Sending m_sending;
    std::shared_ptr<http::Sink> m_sink;
    CredentialSource::Ticket m_ticket = 0;
    http::IoCore::Id m_transfer = 0;
    http::IoCore::Id m_timer = 0;
    unsigned m_generation = 0;
};

} // namespace pk::kube
