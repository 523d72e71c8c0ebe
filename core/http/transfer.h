// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/curlhandles.h"
#include "http/request.h"

#include <memory>
#include <string>

namespace pk::http {

/// One request on its way: the curl handle with all that it points into. Lives on the I/O thread and never moves.
class Transfer
{
public:
    Transfer(Request request, std::shared_ptr<Sink> sink) : m_request(std::move(request)), m_sink(std::move(sink)) { }
    Transfer(const Transfer &) = delete;
    Transfer &operator=(const Transfer &) = delete;

    /// Makes the handle ready for curl_multi_add_handle(), or says what is wrong with the request.
    Result<void> prepare(const std::string &userAgent, bool trace);
    CURL *handle() const { return m_easy.get(); }
    const Request &request() const { return m_request; }

    /// Tells the sink how it ended: `code` is curl's.
    void finish(CURLcode code);
    void fail(Error error);

    /// Set by whoever no longer wants it; the sink hears nothing from then on.
    bool aborted = false;
    /// Grows with every byte that arrives, so that silence can be told.
    std::size_t activity = 0;

private:
    static std::size_t onHeader(char *data, std::size_t size, std::size_t count, void *self);
    static std::size_t onBody(char *data, std::size_t size, std::size_t count, void *self);
    static int onDebug(CURL *easy, curl_infotype type, char *data, std::size_t size, void *self);
    bool takeHeader(std::string_view line);
    bool takeBody(std::string_view bytes);
    Result<void> prepareUrl(curl_slist *&headers);
    Result<void> prepareHeaders();
    void prepareBody();
    void prepareTls();
    void prepareProxy();
    template <class T> void set(CURLoption option, T value) { curl_easy_setopt(m_easy.get(), option, value); }

    Request m_request;
    std::shared_ptr<Sink> m_sink;
    CurlList m_headerLines;
    CurlList m_connectTo;
    CurlEasy m_easy; ///< After the lists, so that it goes before them.
    std::string m_host;
    Response m_response;
    std::size_t m_headerBytes = 0;
    std::size_t m_bodyBytes = 0;
    bool m_started = false;
    bool m_tooLarge = false;
    bool m_stoppedBySink = false;
    char m_errorText[CURL_ERROR_SIZE] = {};
};

} // namespace pk::http
