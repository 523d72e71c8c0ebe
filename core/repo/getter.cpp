// SPDX-License-Identifier: GPL-3.0-or-later
#include "repo/getter.h"

#include "base/encoding.h"
#include "base/files.h"
#include "base/quote.h"

#include <array>

namespace pk::repo {

namespace {

struct Words
{
    std::string_view curls; ///< Part of curl's or OpenSSL's text.
    const char *gos;
};

/// What Go says where curl and OpenSSL say something else; the rest passes in curl's words.
constexpr Words knownWords[] = {
    {"unable to get local issuer certificate",
        "tls: failed to verify certificate: x509: certificate signed by unknown authority"},
    {"self-signed certificate", "tls: failed to verify certificate: x509: certificate signed by unknown authority"},
    {"self signed certificate", "tls: failed to verify certificate: x509: certificate signed by unknown authority"},
    {"wrong version number", "http: server gave HTTP response to HTTPS client"},
    {"packet length too long", "http: server gave HTTP response to HTTPS client"},
    {"certificate required", "remote error: tls: certificate required"},
    {"unknown ca", "remote error: tls: unknown certificate authority"},
};

bool isAddress(const std::string &host)
{
    return host.find_first_not_of("0123456789.") == host.npos || host.find(':') != host.npos;
}

std::string words(const Error &error, const WebUrl &url)
{
    if (error.id == "http.connect" && error.code == Error::Code::Unavailable && isAddress(url.hostName())) {
        const std::string port = url.scheme == "https" ? ":443" : ":80";
        const bool given = url.host.rfind(':') != url.host.npos && !url.host.ends_with(']');
        return "dial tcp " + url.host + (given ? "" : port) + ": connect: connection refused";
    }
    for (const Words &known : knownWords) {
        if (error.message.find(known.curls) != std::string::npos)
            return known.gos;
    }
    return error.message;
}

Result<std::string> pemOf(const std::string &file, const std::string &prefix)
{
    auto text = readFile(file);
    if (!text)
        return text.error().wrapped(prefix);
    return text;
}

} // namespace

Result<http::Tls> tlsOf(const Access &access)
{
    http::Tls tls;
    std::string problems; // Go joins them line by line.
    const auto fail = [&problems](const Error &error) { problems += (problems.empty() ? "" : "\n") + error.message; };
    if (!access.certFile.empty() || !access.keyFile.empty()) {
        const auto pem = pemOf(access.certFile, "unable to read cert file: " + goQuote(access.certFile) + ": ");
        if (!pem) {
            fail(pem.error());
        } else if (auto key = pemOf(access.keyFile, "unable to read key file: " + goQuote(access.keyFile) + ": ");
                   !key) {
            fail(key.error());
        } else {
            tls.clientCertificatePem = *pem;
            tls.clientKeyPem = Redacted(*std::move(key));
        }
    }
    if (!access.caFile.empty()) {
        if (auto ca = pemOf(access.caFile, "can't read CA file: " + goQuote(access.caFile) + ": "); ca)
            tls.caPem = *std::move(ca);
        else
            fail(ca.error());
    }
    const auto wrong = [](std::string text) {
        return Error{.code = Error::Code::InvalidInput, .message = std::move(text)};
    };
    if (!problems.empty())
        return wrong(problems);
    if (!access.caFile.empty() && tls.caPem.find("-----BEGIN CERTIFICATE-----") == std::string::npos)
        return wrong("failed to append certificates from pem block");
    if (!access.certFile.empty()) {
        if (tls.clientCertificatePem.find("-----BEGIN CERTIFICATE-----") == std::string::npos)
            return wrong("unable to load cert from key pair: tls: failed to find any PEM data in certificate input");
        if (tls.clientKeyPem.reveal().find("-----BEGIN ") == std::string::npos)
            return wrong("unable to load cert from key pair: tls: failed to find any PEM data in key input");
    }
    tls.insecure = access.insecure;
    return tls;
}

bool mayPassCredentials(const Access &access, const WebUrl &wanted, const WebUrl &repository)
{
    return !access.username.empty() && !access.password.isEmpty()
        && (access.passCredentials || wanted.sameServer(repository));
}

Result<std::string> getFile(Web &web, const Wanted &wanted, const Access &access)
{
    const auto url = WebUrl::parse(wanted.url);
    if (!url)
        return url.error();
    const auto repository = WebUrl::parse(wanted.repositoryUrl);
    if (!repository)
        return repository.error().wrapped("unable to parse getter URL: ");
    const bool wantsTls = (!access.certFile.empty() && !access.keyFile.empty()) || !access.caFile.empty();
    http::Request request;
    if (wantsTls || access.insecure) {
        auto tls = tlsOf(access);
        if (!tls)
            return tls.error().wrapped("can't create TLS config for client: ");
        request.tls = *std::move(tls);
    }
    request.url = url->withoutUser();
    request.compressed = false;
    request.maxRedirects = 10;
    request.timeout = std::chrono::seconds(120);
    request.bodyLimit = wanted.limit;
    if (!wanted.accept.empty())
        request.headers.emplace_back("Accept", wanted.accept);
    const bool pass = mayPassCredentials(access, *url, *repository);
    if (pass || url->hasUser) {
        const std::string pair =
            pass ? access.username + ":" + access.password.reveal() : url->user + ":" + url->password;
        request.secretHeaders.emplace_back("Authorization", Redacted("Basic " + base64Encode(pair)));
    }
    auto answer = web.send(request);
    if (!answer)
        return transportError(answer.error(), "Get", request.url);
    if (answer->status != 200)
        return Error{.code = answer->status == 401 || answer->status == 403 ? Error::Code::Denied
                : answer->status == 404                                     ? Error::Code::NotFound
                                                                            : Error::Code::Unavailable,
            .message = "failed to fetch " + request.url + " : " + statusLine(answer->status)};
    return std::move(answer->body);
}

Error transportError(const Error &error, const std::string &method, const std::string &url)
{
    const auto parsed = WebUrl::parse(url);
    Error out = error;
    if (error.code != Error::Code::Cancelled && parsed)
        out = {.code = error.code, .message = method + " " + goQuote(url) + ": " + words(error, *parsed)};
    return out;
}

std::string_view statusText(int status)
{
    struct Known
    {
        int status;
        std::string_view text;
    };
    static constexpr std::array<Known, 30> known = {{{200, "OK"}, {201, "Created"}, {202, "Accepted"},
        {204, "No Content"}, {206, "Partial Content"}, {301, "Moved Permanently"}, {302, "Found"}, {303, "See Other"},
        {304, "Not Modified"}, {307, "Temporary Redirect"}, {308, "Permanent Redirect"}, {400, "Bad Request"},
        {401, "Unauthorized"}, {402, "Payment Required"}, {403, "Forbidden"}, {404, "Not Found"},
        {405, "Method Not Allowed"}, {406, "Not Acceptable"}, {407, "Proxy Authentication Required"},
        {408, "Request Timeout"}, {409, "Conflict"}, {410, "Gone"}, {413, "Request Entity Too Large"},
        {418, "I'm a teapot"}, {429, "Too Many Requests"}, {500, "Internal Server Error"}, {501, "Not Implemented"},
        {502, "Bad Gateway"}, {503, "Service Unavailable"}, {504, "Gateway Timeout"}}};
    for (const Known &entry : known) {
        if (entry.status == status)
            return entry.text;
    }
    return {};
}

std::string statusLine(int status)
{
    return std::to_string(status) + " " + std::string(statusText(status));
}

} // namespace pk::repo
