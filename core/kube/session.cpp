// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/session.h"

#include "kube/kubeconfigproblems.h"

namespace pk::kube {

Session::Session(
    ContextConfig context, std::shared_ptr<ExecApprovals> approvals, PluginEnvironment environment, bool http1Only) :
    m_server(serverUrl(context.cluster)),
    m_proxy(context.cluster.proxyUrl), m_compressed(!context.cluster.disableCompression), m_http1Only(http1Only),
    m_credentials(std::move(context), std::move(approvals), std::move(environment))
{
}

http::Request Session::request(const Sending &sending, const Credentials &credentials) const
{
    http::Request request;
    request.method = sending.method;
    request.url = m_server + sending.path + (sending.query.empty() ? "" : "?" + queryText(sending.query));
    request.headers = {{"Accept", sending.accept}};
    if (!sending.body.empty())
        request.headers.emplace_back("Content-Type", sending.contentType);
    request.secretHeaders = credentials.headers;
    request.body = sending.body;
    request.tls = credentials.tls;
    request.proxy = m_proxy;
    request.timeout = sending.timeout;
    request.idleTimeout = sending.idleTimeout;
    request.bodyLimit = sending.bodyLimit;
    request.compressed = m_compressed;
    request.http1Only = m_http1Only;
    return request;
}

Transmission::Transmission(
    http::IoCore &core, std::shared_ptr<Session> session, Sending sending, std::shared_ptr<http::Sink> sink) :
    m_core(core),
    m_session(std::move(session)), m_sending(std::move(sending)), m_sink(std::move(sink))
{
    m_ticket =
        m_session->credentials().get(core, [this](Result<Credentials> credentials) { ready(std::move(credentials)); });
}

Transmission::~Transmission()
{
    if (m_ticket)
        m_session->credentials().cancel(m_ticket);
    m_core.stopTimer(m_timer);
    m_core.abortTransfer(m_transfer);
}

void Transmission::ready(Result<Credentials> credentials)
{
    if (!credentials) {
        // Later, since whoever made us may not have stored us yet.
        m_timer = m_core.startTimer(
            std::chrono::milliseconds(0), [sink = m_sink, error = credentials.error()] { sink->finished(error); });
        return;
    }
    m_generation = credentials->generation;
    m_transfer = m_core.startTransfer(m_session->request(m_sending, *credentials), m_sink);
}

} // namespace pk::kube
