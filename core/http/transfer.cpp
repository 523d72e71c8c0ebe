// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/transfer.h"

#include "base/log.h"
#include "http/curlerror.h"

#include <algorithm>
#include <cctype>

namespace pk::http {

namespace {

constexpr std::size_t maxHeaderBytes = 256u << 10;
constexpr std::size_t maxHeaders = 200;

bool sameName(std::string_view a, std::string_view b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
        [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

std::string_view trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t\r\n");
    return first == text.npos ? std::string_view() : text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

Error badRequest(std::string message)
{
    return {.code = Error::Code::InvalidInput, .message = std::move(message), .id = "http.request"};
}

/// A line end or NUL in a header would start another header.
bool isCleanHeader(std::string_view text)
{
    return text.find_first_of(std::string_view("\r\n\0", 3)) == text.npos;
}

void append(CurlList &list, const std::string &line)
{
    curl_slist *longer = curl_slist_append(list.get(), line.c_str());
    (void)list.release();
    list.reset(longer);
}

std::string part(CURLU *url, CURLUPart what, unsigned flags = 0)
{
    char *text = nullptr;
    if (curl_url_get(url, what, &text, flags) != CURLUE_OK)
        return {};
    std::string copy(text);
    curl_free(text);
    return copy;
}

bool isThisMachine(std::string_view host)
{
    return host == "localhost" || host.ends_with(".localhost") || host.starts_with("127.") || host == "[::1]";
}

/// True for headers whose values may be logged.
bool isLoggable(std::string_view line)
{
    const auto name = line.substr(0, line.find(':'));
    const auto hidden = [name](std::string_view secret) { return sameName(name, secret); };
    return !hidden("authorization") && !hidden("proxy-authorization") && !hidden("cookie") && !hidden("set-cookie")
        && !(name.size() > 12 && sameName(name.substr(0, 12), "impersonate-"));
}

} // namespace

const std::string *findHeader(const Headers &headers, std::string_view name)
{
    const auto found =
        std::ranges::find_if(headers, [name](const auto &header) { return sameName(header.first, name); });
    return found == headers.end() ? nullptr : &found->second;
}

Result<void> Transfer::prepare(const std::string &userAgent, bool trace)
{
    m_easy.reset(curl_easy_init());
    curl_slist *lines = nullptr;
    const auto url = prepareUrl(lines);
    m_headerLines.reset(lines);
    if (!url)
        return url;
    if (const auto headers = prepareHeaders(); !headers)
        return headers;
    prepareBody();
    prepareTls();
    prepareProxy();
    set(CURLOPT_ERRORBUFFER, m_errorText);
    set(CURLOPT_USERAGENT, userAgent.c_str());
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_TCP_KEEPALIVE, 1L);
    set(CURLOPT_HTTP_VERSION, long(m_request.http1Only ? CURL_HTTP_VERSION_1_1 : CURL_HTTP_VERSION_2TLS));
    set(CURLOPT_PIPEWAIT, 1L);
    set(CURLOPT_TIMEOUT_MS, long(m_request.timeout.count()));
    set(CURLOPT_CONNECTTIMEOUT_MS, long(m_request.connectTimeout.count()));
    set(CURLOPT_FOLLOWLOCATION, m_request.maxRedirects > 0 ? 1L : 0L);
    set(CURLOPT_MAXREDIRS, long(m_request.maxRedirects));
    set(CURLOPT_UNRESTRICTED_AUTH, 0L);
    if (m_request.compressed)
        set(CURLOPT_ACCEPT_ENCODING, "gzip");
    set(CURLOPT_HEADERFUNCTION, &Transfer::onHeader);
    set(CURLOPT_HEADERDATA, this);
    set(CURLOPT_WRITEFUNCTION, &Transfer::onBody);
    set(CURLOPT_WRITEDATA, this);
    set(CURLOPT_PRIVATE, this);
    if (trace) {
        set(CURLOPT_VERBOSE, 1L);
        set(CURLOPT_DEBUGFUNCTION, &Transfer::onDebug);
    }
    return {};
}

Result<void> Transfer::prepareUrl(curl_slist *&headers)
{
    const CurlUrl url(curl_url());
    if (curl_url_set(url.get(), CURLUPART_URL, m_request.url.c_str(), 0) != CURLUE_OK)
        return badRequest("not a URL: " + m_request.url.substr(0, 200));
    const std::string scheme = part(url.get(), CURLUPART_SCHEME);
    const std::string host = part(url.get(), CURLUPART_HOST);
    if ((scheme != "https" && scheme != "http") || host.empty())
        return badRequest("not an http or https URL with a host");
    if (!part(url.get(), CURLUPART_USER).empty() || !part(url.get(), CURLUPART_PASSWORD).empty())
        return badRequest("a URL must not hold a user or a password");
    const std::string port = part(url.get(), CURLUPART_PORT, CURLU_DEFAULT_PORT);
    m_host = host + ":" + port;
    // Nothing may lead from https to http.
    set(CURLOPT_PROTOCOLS_STR, scheme == "https" ? "https" : "http,https");
    set(CURLOPT_REDIR_PROTOCOLS_STR, scheme == "https" ? "https" : "http,https");
    if (m_request.tls.serverName.empty() || scheme != "https") {
        set(CURLOPT_URL, m_request.url.c_str());
        return {};
    }
    // curl verifies the URL's host, so the name goes there, and the connection is led to where the server really is.
    if (curl_url_set(url.get(), CURLUPART_HOST, m_request.tls.serverName.c_str(), 0) != CURLUE_OK)
        return badRequest("not a host name: " + m_request.tls.serverName.substr(0, 200));
    append(m_connectTo, m_request.tls.serverName + ":" + port + ":" + m_host);
    set(CURLOPT_CONNECT_TO, m_connectTo.get());
    set(CURLOPT_URL, part(url.get(), CURLUPART_URL).c_str());
    const std::string given = part(url.get(), CURLUPART_PORT);
    headers = curl_slist_append(headers, ("Host: " + host + (given.empty() ? "" : ":" + given)).c_str());
    return {};
}

Result<void> Transfer::prepareHeaders()
{
    for (const auto &[name, value] : m_request.headers) {
        if (!isCleanHeader(name) || !isCleanHeader(value))
            return badRequest("a line end in the header " + name.substr(0, 40));
        append(m_headerLines, name + ": " + value);
    }
    for (const auto &[name, secret] : m_request.secretHeaders) {
        if (!isCleanHeader(name) || !isCleanHeader(secret.reveal()))
            return badRequest("a line end in the header " + name.substr(0, 40));
        std::string line = name + ": " + secret.reveal();
        append(m_headerLines, line);
        OPENSSL_cleanse(line.data(), line.size());
    }
    append(m_headerLines, "Expect:"); // No 100-continue: it costs a round trip, and some proxies never answer it.
    if (!findHeader(m_request.headers, "Content-Type"))
        append(m_headerLines, "Content-Type:");
    set(CURLOPT_HTTPHEADER, m_headerLines.get());
    return {};
}

void Transfer::prepareBody()
{
    if (!m_request.body.empty() || m_request.method == "POST" || m_request.method == "PUT") {
        set(CURLOPT_POST, 1L);
        set(CURLOPT_POSTFIELDS, m_request.body.c_str());
        set(CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(m_request.body.size()));
    }
    if (m_request.method == "HEAD")
        set(CURLOPT_NOBODY, 1L);
    else if (m_request.method != "GET" || !m_request.body.empty())
        set(CURLOPT_CUSTOMREQUEST, m_request.method.c_str());
}

void Transfer::prepareTls()
{
    const Tls &tls = m_request.tls;
    const auto blob = [](const std::string &text) {
        return curl_blob{const_cast<char *>(text.data()), text.size(), CURL_BLOB_COPY};
    };
    set(CURLOPT_SSLVERSION, long(CURL_SSLVERSION_TLSv1_2));
    set(CURLOPT_SSL_VERIFYPEER, tls.insecure ? 0L : 1L);
    set(CURLOPT_SSL_VERIFYHOST, tls.insecure ? 0L : 2L);
    if (!tls.caPem.empty()) {
        curl_blob ca = blob(tls.caPem);
        set(CURLOPT_CAINFO_BLOB, &ca);
        // The blob replaces only CAINFO: without this, the system's folder of roots would still be trusted.
        set(CURLOPT_CAPATH, static_cast<const char *>(nullptr));
    }
    if (!tls.clientCertificatePem.empty()) {
        curl_blob certificate = blob(tls.clientCertificatePem);
        curl_blob key = blob(tls.clientKeyPem.reveal());
        set(CURLOPT_SSLCERT_BLOB, &certificate);
        set(CURLOPT_SSLCERTTYPE, "PEM");
        set(CURLOPT_SSLKEY_BLOB, &key);
        set(CURLOPT_SSLKEYTYPE, "PEM");
    }
}

void Transfer::prepareProxy()
{
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    if (!m_request.proxy.empty()) {
        // Go lets the SOCKS proxy resolve names; curl calls that socks5h.
        const std::string &proxy = m_request.proxy;
        set(CURLOPT_PROXY, (proxy.starts_with("socks5://") ? "socks5h" + proxy.substr(6) : proxy).c_str());
        set(CURLOPT_NOPROXY, "");
    } else if (isThisMachine(m_host.substr(0, m_host.rfind(':')))) {
        set(CURLOPT_NOPROXY, "*");
    }
}

std::size_t Transfer::onHeader(char *data, std::size_t size, std::size_t count, void *self)
{
    return static_cast<Transfer *>(self)->takeHeader({data, size * count}) ? size * count : 0;
}

std::size_t Transfer::onBody(char *data, std::size_t size, std::size_t count, void *self)
{
    return static_cast<Transfer *>(self)->takeBody({data, size * count}) ? size * count : 0;
}

bool Transfer::takeHeader(std::string_view line)
{
    ++activity;
    if (aborted)
        return false;
    m_headerBytes += line.size();
    if (m_headerBytes > maxHeaderBytes || m_response.headers.size() >= maxHeaders) {
        m_tooLarge = true;
        return false;
    }
    if (line.starts_with("HTTP/")) {
        m_response.headers.clear();
        return true;
    }
    if (const auto colon = line.find(':'); colon != line.npos) {
        m_response.headers.emplace_back(trimmed(line.substr(0, colon)), trimmed(line.substr(colon + 1)));
        return true;
    }
    if (!trimmed(line).empty() || m_started)
        return true; // Trailers of a chunked body, or a folded line.
    long status = 0;
    curl_easy_getinfo(m_easy.get(), CURLINFO_RESPONSE_CODE, &status);
    const bool redirected =
        m_request.maxRedirects > 0 && status / 100 == 3 && findHeader(m_response.headers, "Location") != nullptr;
    if (status < 200 || redirected)
        return true;
    m_response.status = int(status);
    m_started = true;
    if (!m_sink->started(m_response.status, m_response.headers))
        m_stoppedBySink = true;
    return !m_stoppedBySink && !aborted;
}

bool Transfer::takeBody(std::string_view bytes)
{
    ++activity;
    if (aborted)
        return false;
    if (!m_started)
        return true; // The body of a redirect.
    m_bodyBytes += bytes.size();
    if (m_request.bodyLimit > 0 && m_bodyBytes > m_request.bodyLimit) {
        m_tooLarge = true;
        return false;
    }
    if (!m_sink->received(bytes))
        m_stoppedBySink = true;
    return !m_stoppedBySink && !aborted;
}

int Transfer::onDebug(CURL *, curl_infotype type, char *data, std::size_t size, void *)
{
    const std::string_view text(data, size);
    if (type == CURLINFO_TEXT)
        log::write(log::Level::Debug, "http", "* " + std::string(trimmed(text)));
    if (type != CURLINFO_HEADER_IN && type != CURLINFO_HEADER_OUT)
        return 0; // Bodies hold Secrets.
    for (std::size_t begin = 0; begin < size;) {
        const auto end = std::min(text.find('\n', begin), size);
        const auto line = trimmed(text.substr(begin, end - begin));
        begin = end + 1;
        if (!line.empty())
            log::write(log::Level::Debug, "http",
                (type == CURLINFO_HEADER_IN ? "< " : "> ")
                    + (isLoggable(line) ? std::string(line)
                                        : std::string(line.substr(0, line.find(':'))) + ": (hidden)"));
    }
    return 0;
}

void Transfer::finish(CURLcode code)
{
    if (m_tooLarge)
        return fail({.code = Error::Code::LimitExceeded,
            .message = "the answer is larger than " + std::to_string(m_request.bodyLimit) + " bytes",
            .id = "http.too-large",
            .parameters = {{"host", m_host}, {"limit", std::to_string(m_request.bodyLimit)}}});
    if (m_stoppedBySink)
        return fail({.code = Error::Code::Cancelled, .message = "the receiver wanted no more", .id = "http.stopped"});
    if (code != CURLE_OK)
        return fail(errorOf(code, m_errorText, m_host));
    if (!m_started) // curl is content with half a head.
        return fail(errorOf(CURLE_GOT_NOTHING, "the connection was closed within the head of the answer", m_host));
    curl_off_t sent = 0, first = 0;
    curl_easy_getinfo(m_easy.get(), CURLINFO_PRETRANSFER_TIME_T, &sent);
    curl_easy_getinfo(m_easy.get(), CURLINFO_STARTTRANSFER_TIME_T, &first);
    m_response.latency = std::chrono::milliseconds(std::max<curl_off_t>(0, first - sent) / 1000);
    const char *url = nullptr;
    curl_easy_getinfo(m_easy.get(), CURLINFO_EFFECTIVE_URL, &url);
    m_response.url = m_request.maxRedirects > 0 && url ? url : m_request.url;
    m_sink->finished(std::move(m_response));
}

void Transfer::fail(Error error)
{
    m_sink->finished(std::move(error));
}

} // namespace pk::http
