// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/curlerror.h"

namespace pk::http {

namespace {

struct Meaning
{
    Error::Code code;
    const char *id;
};

Meaning meaningOf(CURLcode code)
{
    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
        return {Error::Code::Unavailable, "http.resolve"};
    case CURLE_COULDNT_CONNECT:
        return {Error::Code::Unavailable, "http.connect"};
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_ISSUER_ERROR:
        return {Error::Code::Denied, "http.certificate"};
    case CURLE_SSL_CACERT_BADFILE:
        return {Error::Code::InvalidInput, "http.ca"};
    case CURLE_SSL_CERTPROBLEM:
        return {Error::Code::InvalidInput, "http.client-certificate"};
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CIPHER:
    case CURLE_USE_SSL_FAILED:
        return {Error::Code::Unavailable, "http.tls"};
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_PROXY:
        return {Error::Code::Unavailable, "http.proxy"};
    case CURLE_OPERATION_TIMEDOUT:
        return {Error::Code::Timeout, "http.timeout"};
    case CURLE_URL_MALFORMAT:
    case CURLE_BAD_FUNCTION_ARGUMENT:
    case CURLE_TOO_MANY_REDIRECTS:
        return {Error::Code::InvalidInput, "http.request"};
    default: // Also CURLE_UNSUPPORTED_PROTOCOL: what answers does not speak HTTP.
        return {Error::Code::Unavailable, "http.broken"};
    }
}

} // namespace

Error errorOf(CURLcode code, std::string_view words, const std::string &host)
{
    const Meaning meaning = meaningOf(code);
    return {.code = meaning.code,
        .message = words.empty() ? curl_easy_strerror(code) : std::string(words),
        .id = meaning.id,
        .parameters = {{"host", host}}};
}

} // namespace pk::http
