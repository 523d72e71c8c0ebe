// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/redacted.h"
#include "base/result.h"

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pk::http {

using Headers = std::vector<std::pair<std::string, std::string>>;

/// The first header of that name (names compare without case), or null.
const std::string *findHeader(const Headers &headers, std::string_view name);

/// Whom to trust and who we are. PEM texts go to the TLS library from memory; there are no temporary files.
struct Tls
{
    std::string caPem = {}; ///< The only roots that count; empty: those of the system.
    std::string clientCertificatePem = {};
    Redacted clientKeyPem = {};
    std::string serverName = {}; ///< Name to verify and to send as SNI instead of the URL's host.
    bool insecure = false; ///< Nothing is verified.
};

/// One HTTP request: a plain value. TLS 1.2 or newer; certificate and host are always verified unless `tls.insecure`.
struct Request
{
    std::string method = "GET";
    std::string url = {}; ///< http or https; no user or password in it.
    Headers headers = {};
    std::vector<std::pair<std::string, Redacted>> secretHeaders = {}; ///< Authorization and the like.
    std::string body = {};
    Tls tls = {};
    std::string proxy = {}; ///< http, https or socks5 URL; empty: from the environment, but never for this machine.
    std::chrono::milliseconds timeout{30'000}; ///< For the whole transfer; 0: none (streams).
    std::chrono::milliseconds connectTimeout{10'000};
    std::chrono::milliseconds idleTimeout{0}; ///< Longest silence of a stream; 0: any.
    std::size_t bodyLimit = 64u << 20; ///< Bytes after decompression; for streams 0: any.
    bool compressed = true; ///< Ask for gzip.
    bool http1Only = false; ///< For proxies that break HTTP/2.
    int maxRedirects = 0; ///< Followed ones; Authorization is not sent to another host.
};

struct Response
{
    int status = 0;
    Headers headers = {}; ///< Of the last answer when redirects were followed.
    std::string body = {};
    std::chrono::milliseconds latency{0}; ///< From sending until the first byte of the answer.
    std::string url = {}; ///< Where the answer came from, after redirects.
};

/// Where the bytes of an answer go. Every call is made on the I/O thread.
class Sink
{
public:
    virtual ~Sink() = default;
    /// Status line and headers are complete. False ends the transfer (Error::Code::Cancelled).
    virtual bool started(int status, const Headers &headers) = 0;
    /// The next bytes of the body, cut anywhere. False ends the transfer (Error::Code::Cancelled).
    virtual bool received(std::string_view bytes) = 0;
    /// Last call, also when the transfer broke. `response.body` is empty.
    virtual void finished(Result<Response> response) = 0;
};

} // namespace pk::http
