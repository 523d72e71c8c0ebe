// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/scriptedserver.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>

namespace pk::test {

namespace {

struct SslFree
{
    void operator()(SSL_CTX *context) const { SSL_CTX_free(context); }
    void operator()(SSL *ssl) const { SSL_free(ssl); }
    void operator()(BIO *bio) const { BIO_free(bio); }
    void operator()(X509 *certificate) const { X509_free(certificate); }
    void operator()(EVP_PKEY *key) const { EVP_PKEY_free(key); }
};

using Context = std::unique_ptr<SSL_CTX, SslFree>;

Context makeContext(const ScriptedServer::TlsFiles &tls)
{
    const auto reader = [](const std::string &pem) {
        return std::unique_ptr<BIO, SslFree>(BIO_new_mem_buf(pem.data(), int(pem.size())));
    };
    Context context(SSL_CTX_new(TLS_server_method()));
    const std::unique_ptr<X509, SslFree> certificate(
        PEM_read_bio_X509(reader(tls.certificate.pem).get(), nullptr, nullptr, nullptr));
    const std::unique_ptr<EVP_PKEY, SslFree> key(
        PEM_read_bio_PrivateKey(reader(tls.certificate.keyPem).get(), nullptr, nullptr, nullptr));
    SSL_CTX_use_certificate(context.get(), certificate.get());
    SSL_CTX_use_PrivateKey(context.get(), key.get());
    if (!tls.clientAuthorityPem.empty()) {
        const std::unique_ptr<X509, SslFree> authority(
            PEM_read_bio_X509(reader(tls.clientAuthorityPem).get(), nullptr, nullptr, nullptr));
        X509_STORE_add_cert(SSL_CTX_get_cert_store(context.get()), authority.get());
        SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    }
    return context;
}

std::string peerName(SSL *ssl)
{
    const std::unique_ptr<X509, SslFree> certificate(SSL_get1_peer_certificate(ssl));
    char name[256] = {};
    if (certificate)
        X509_NAME_get_text_by_NID(X509_get_subject_name(certificate.get()), NID_commonName, name, sizeof name);
    return name;
}

bool sameName(std::string_view a, std::string_view b)
{
    return std::ranges::equal(a, b, [](char x, char y) { return std::tolower(x) == std::tolower(y); });
}

/// Reads the head of a request; true when it is complete.
bool parseHead(std::string_view head, ServerRequest &request)
{
    const auto lineEnd = head.find("\r\n");
    const auto line = head.substr(0, lineEnd);
    const auto first = line.find(' '), second = line.rfind(' ');
    if (first == line.npos || first == second)
        return false;
    request.method = line.substr(0, first);
    request.target = line.substr(first + 1, second - first - 1);
    for (std::size_t at = lineEnd + 2; at < head.size();) {
        const auto end = std::min(head.find("\r\n", at), head.size());
        const auto header = head.substr(at, end - at);
        if (const auto colon = header.find(": "); colon != header.npos)
            request.headers.emplace_back(header.substr(0, colon), header.substr(colon + 2));
        at = end + 2;
    }
    return true;
}

} // namespace

std::string ServerRequest::header(std::string_view name) const
{
    const auto found =
        std::ranges::find_if(headers, [name](const auto &header) { return sameName(header.first, name); });
    return found == headers.end() ? std::string() : found->second;
}

std::optional<std::string> ServerRequest::query(std::string_view key) const
{
    const auto begin = target.find('?');
    std::string_view rest = begin == target.npos ? std::string_view() : std::string_view(target).substr(begin + 1);
    while (!rest.empty()) {
        const auto part = rest.substr(0, rest.find('&'));
        rest.remove_prefix(std::min(part.size() + 1, rest.size()));
        if (part.substr(0, part.find('=')) == key)
            return std::string(part.substr(std::min(part.find('=') + 1, part.size())));
    }
    return std::nullopt;
}

void ServerConnection::respond(int status, std::string_view body, std::string_view type, std::string_view moreHeaders)
{
    std::string text = "HTTP/1.1 " + std::to_string(status) + " X\r\nContent-Type: " + std::string(type)
        + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
    text.append(moreHeaders).append("\r\n").append(body);
    send(text);
}

void ServerConnection::beginStream(int status, std::string_view type)
{
    send("HTTP/1.1 " + std::to_string(status) + " X\r\nContent-Type: " + std::string(type)
        + "\r\nTransfer-Encoding: chunked\r\n\r\n");
}

bool ServerConnection::chunk(std::string_view bytes)
{
    char size[20];
    std::snprintf(size, sizeof size, "%zx\r\n", bytes.size());
    return send(std::string(size) + std::string(bytes) + "\r\n");
}

void ServerConnection::endChunks()
{
    send("0\r\n\r\n");
}

/// One accepted socket, plain or TLS. Used by its own thread; only stop() comes from another one.
class ScriptedServer::Connection : public ServerConnection
{
public:
    Connection(int fd, const std::optional<TlsFiles> &tls) : m_fd(fd)
    {
        if (tls)
            m_context = makeContext(*tls);
    }
    ~Connection() override
    {
        m_ssl.reset();
        close(m_fd);
    }

    bool handshake()
    {
        if (!m_context)
            return true;
        m_ssl.reset(SSL_new(m_context.get()));
        SSL_set_fd(m_ssl.get(), m_fd);
        return SSL_accept(m_ssl.get()) == 1;
    }

    bool send(std::string_view bytes) override
    {
        while (!bytes.empty()) {
            const long sent = m_ssl ? SSL_write(m_ssl.get(), bytes.data(), int(bytes.size()))
                                    : ::send(m_fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0)
                return false;
            bytes.remove_prefix(std::size_t(sent));
        }
        return true;
    }
    void cut() override { stop(); }
    bool waitForEnd(std::chrono::milliseconds limit) override
    {
        char byte = 0;
        pollfd waiting{m_fd, POLLIN, 0};
        if (poll(&waiting, 1, int(limit.count())) <= 0)
            return false;
        return m_ssl ? SSL_read(m_ssl.get(), &byte, 1) <= 0 : recv(m_fd, &byte, 1, 0) <= 0;
    }
    void stop()
    {
        m_stopped = true;
        shutdown(m_fd, SHUT_RDWR);
    }
    bool isStopped() const { return m_stopped; }

    bool readRequest(ServerRequest &request)
    {
        while (m_input.find("\r\n\r\n") == m_input.npos)
            if (!readMore())
                return false;
        const auto headEnd = m_input.find("\r\n\r\n");
        if (!parseHead(std::string_view(m_input).substr(0, headEnd), request))
            return false;
        m_input.erase(0, headEnd + 4);
        const std::size_t length = std::strtoul(request.header("Content-Length").c_str(), nullptr, 10);
        while (m_input.size() < length)
            if (!readMore())
                return false;
        request.body = m_input.substr(0, length);
        m_input.erase(0, length);
        if (m_ssl)
            request.clientName = peerName(m_ssl.get());
        return true;
    }

private:
    bool readMore()
    {
        char part[16384];
        const long count = m_ssl ? SSL_read(m_ssl.get(), part, sizeof part) : recv(m_fd, part, sizeof part, 0);
        if (count <= 0)
            return false;
        m_input.append(part, std::size_t(count));
        return true;
    }

    int m_fd;
    Context m_context;
    std::unique_ptr<SSL, SslFree> m_ssl;
    std::string m_input;
    std::atomic<bool> m_stopped{false};
};

ScriptedServer::ScriptedServer(Script script, std::optional<TlsFiles> tls) :
    m_script(std::move(script)), m_tls(std::move(tls)), m_listener(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    bind(m_listener, reinterpret_cast<sockaddr *>(&address), sizeof address);
    listen(m_listener, 64);
    socklen_t size = sizeof address;
    getsockname(m_listener, reinterpret_cast<sockaddr *>(&address), &size);
    m_port = ntohs(address.sin_port);
    signal(SIGPIPE, SIG_IGN); // OpenSSL writes to sockets that the client has left.
    m_acceptor = std::thread([this] { accept(); });
}

ScriptedServer::~ScriptedServer()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
        for (const auto &connection : m_connections)
            connection->stop();
    }
    shutdown(m_listener, SHUT_RDWR);
    m_acceptor.join();
    for (std::thread &thread : m_threads)
        thread.join();
    close(m_listener);
}

std::string ScriptedServer::url(const std::string &host) const
{
    return (m_tls ? "https://" : "http://") + host + ":" + std::to_string(m_port);
}

std::vector<ServerRequest> ScriptedServer::requests() const
{
    const std::lock_guard lock(m_mutex);
    return m_requests;
}

int ScriptedServer::connections() const
{
    const std::lock_guard lock(m_mutex);
    return int(m_threads.size());
}

bool ScriptedServer::waitForRequests(std::size_t count, std::chrono::milliseconds limit) const
{
    std::unique_lock lock(m_mutex);
    return m_news.wait_for(lock, limit, [&] { return m_requests.size() >= count; });
}

void ScriptedServer::accept()
{
    for (;;) {
        const int fd = accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        const std::lock_guard lock(m_mutex);
        if (fd < 0 || m_stopping) {
            if (fd >= 0)
                close(fd);
            return;
        }
        const auto connection = std::make_shared<Connection>(fd, m_tls);
        m_connections.push_back(connection);
        m_threads.emplace_back([this, connection] { serve(*connection); });
    }
}

void ScriptedServer::serve(Connection &connection)
{
    if (!connection.handshake())
        return connection.stop();
    for (ServerRequest request; !connection.isStopped() && connection.readRequest(request); request = {}) {
        {
            const std::lock_guard lock(m_mutex);
            m_requests.push_back(request);
            m_news.notify_all();
        }
        m_script(request, connection);
    }
    connection.stop();
}

} // namespace pk::test

#ifdef __SANITIZE_THREAD__
/// Debian's Qt is not instrumented, so that TSan cannot see what its runner's watchdog synchronises. All else counts.
extern "C" const char *__tsan_default_suppressions();
extern "C" const char *__tsan_default_suppressions()
{
    return "race:libQt6Core.so\nrace:libQt6Test.so\n";
}
#endif
