// SPDX-License-Identifier: GPL-3.0-or-later
#include "repo/registry.h"

#include "base/ascii.h"
#include "base/encoding.h"
#include "base/quote.h"
#include "repo/files.h"
#include "template/printf.h"
#include "yaml/json.h"

#include <algorithm>

namespace pk::repo {

namespace {

constexpr std::string_view configType = "application/vnd.cncf.helm.config.v1+json";
constexpr std::string_view archiveType = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";
constexpr std::string_view oldArchiveType = "application/tar+gzip";
constexpr std::string_view provenanceType = "application/vnd.cncf.helm.chart.provenance.v1.prov";
constexpr const char *manifestTypes =
    "application/vnd.docker.distribution.manifest.v2+json, application/vnd.docker.distribution.manifest.list.v2+json, "
    "application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json, "
    "application/vnd.oci.artifact.manifest.v1+json";

constexpr const char *underscoreNews = R"(
OCI artifact references (e.g. tags) do not support the plus sign (+). To support
storing semantic versions, Helm adopts the convention of changing plus (+) to
an underscore (_) in chart version tags when pushing to a registry and back to
a plus (+) when pulling from a registry.)";

Error failure(std::string text, Error::Code code = Error::Code::InvalidInput)
{
    return {.code = code, .message = std::move(text)};
}

std::string wordsOf(const Value &error)
{
    std::string code = ascii::toLower(error.get("code").stringOr());
    std::ranges::replace(code, '_', ' ');
    const std::string message = error.get("message").stringOr();
    if (message.empty())
        return code;
    const Value detail = error.get("detail");
    return code + ": " + message + (detail.isNil() ? "" : ": " + tmpl::sprint({&detail, 1}));
}

/// The next page of a listing, from its Link header; empty when there is none.
std::string nextPage(const http::Response &answer, const std::string &url)
{
    const std::string *link = http::findHeader(answer.headers, "Link");
    if (!link || !link->starts_with('<') || link->find('>') == link->npos)
        return {};
    const std::string target = link->substr(1, link->find('>') - 1);
    const auto to = WebUrl::parse(target);
    const auto from = WebUrl::parse(url);
    if (!to || !from || (to->isAbsolute() && !to->sameServer(*from)))
        return {};
    return to->isAbsolute() ? target : from->scheme + "://" + from->host + target;
}

} // namespace

Error registryError(const std::string &method, const std::string &url, const http::Response &answer)
{
    std::string words(statusText(answer.status));
    if (const auto tree = yaml::parseJson(answer.body); tree && tree->get("errors").isList()) {
        std::string joined;
        for (const Value &error : tree->get("errors").asList().items)
            joined += (joined.empty() ? "" : "; ") + wordsOf(error);
        if (!joined.empty())
            words = joined;
    }
    const bool denied = answer.status == 401 || answer.status == 403;
    return failure(
        method + " " + goQuote(url) + ": response status code " + std::to_string(answer.status) + ": " + words,
        denied                     ? Error::Code::Denied
            : answer.status == 404 ? Error::Code::NotFound
                                   : Error::Code::Unavailable);
}

Result<ChartManifest> ChartManifest::parse(std::string_view json)
{
    const auto tree = yaml::parseJson(json);
    if (!tree)
        return tree.error();
    ChartManifest out;
    std::vector<Value> parts;
    if (tree->get("config").isMap())
        parts.push_back(tree->get("config"));
    if (const Value layers = tree->get("layers"); layers.isList())
        parts.insert(parts.end(), layers.asList().items.begin(), layers.asList().items.end());
    for (const Value &part : parts) {
        const std::string type = part.get("mediaType").stringOr();
        const auto size = static_cast<std::size_t>(std::max<std::int64_t>(0, part.get("size").integerOr(0)));
        const Part named{part.get("digest").stringOr(), size};
        if (type == configType)
            out.config = named;
        else if (type == archiveType || type == oldArchiveType)
            out.archive = named, out.deprecatedType = type == oldArchiveType;
        else if (type == provenanceType)
            out.provenance = named;
    }
    return out;
}

std::string Registry::base(const OciReference &reference) const
{
    return (m_options.plainHttp ? "http://" : "https://") + reference.host() + "/v2/" + reference.repository;
}

http::Request Registry::requestFor(const std::string &method, const std::string &url, const std::string &accept) const
{
    http::Request request;
    request.method = method;
    request.url = url;
    request.tls = m_options.tls;
    request.compressed = false;
    request.maxRedirects = 10;
    request.timeout = std::chrono::minutes(10);
    request.bodyLimit = smallLimit;
    if (!accept.empty())
        request.headers.emplace_back("Accept", accept);
    return request;
}

Result<Credential> Registry::credential(const std::string &host) const
{
    if (!m_options.username.empty() && !m_options.password.isEmpty()) {
        Credential given;
        given.username = m_options.username;
        given.password = m_options.password;
        return given;
    }
    return m_options.credentials ? m_options.credentials(host) : Result<Credential>(Credential());
}

Result<std::string> Registry::bearerToken(
    const Challenge &challenge, const std::string &scope, const Credential &credential, const http::Request &refused)
{
    if (!credential.accessToken.isEmpty())
        return credential.accessToken.reveal();
    std::vector<std::string> scopes = {scope};
    if (const auto hinted = challenge.parameters.find("scope"); hinted != challenge.parameters.end()) {
        std::string_view rest = hinted->second;
        while (!rest.empty()) {
            const auto blank = std::min(rest.find(' '), rest.size());
            scopes.emplace_back(rest.substr(0, blank));
            rest.remove_prefix(std::min(blank + 1, rest.size()));
        }
    }
    scopes = cleanScopes(std::move(scopes));
    const auto realm = challenge.parameters.find("realm");
    if (const auto good = checkRealm(realm == challenge.parameters.end() ? "" : realm->second, refused.url); !good)
        return good.error();
    http::Request request = requestFor("GET", tokenUrl(challenge, scopes), "");
    if (!credential.identityToken.isEmpty()) { // OAuth2
        std::string form = "client_id=poolkeeper&grant_type=refresh_token&refresh_token="
            + queryEscape(credential.identityToken.reveal());
        std::string joined;
        for (const std::string &each : scopes)
            joined += (joined.empty() ? "" : " ") + each;
        const auto service = challenge.parameters.find("service");
        form += "&scope=" + queryEscape(joined)
            + "&service=" + queryEscape(service == challenge.parameters.end() ? "" : service->second);
        request = requestFor("POST", realm == challenge.parameters.end() ? "" : realm->second, "");
        request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
        request.body = std::move(form);
    } else if (!credential.username.empty() || !credential.password.isEmpty()) {
        request.secretHeaders.emplace_back("Authorization",
            Redacted("Basic " + base64Encode(credential.username + ":" + credential.password.reveal())));
    }
    const std::string method = request.method, url = request.url;
    const auto answer = m_web.send(std::move(request));
    if (!answer)
        return transportError(answer.error(), method == "GET" ? "Get" : "Post", url);
    if (answer->status != 200)
        return registryError(method, url, *answer);
    const auto tree = yaml::parseJson(answer->body);
    const std::string where = method + " " + goQuote(url) + ": ";
    if (!tree)
        return tree.error().wrapped(where + "failed to decode response: ");
    for (const char *name : {"access_token", "token"}) {
        if (std::string token = tree->get(name).stringOr(); !token.empty())
            return token;
    }
    return failure(where + "empty token returned", Error::Code::Denied);
}

Result<std::string> Registry::authorization(
    const http::Response &refused, const http::Request &request, const OciReference &reference)
{
    const std::string *header = http::findHeader(refused.headers, "WWW-Authenticate");
    const Challenge challenge = Challenge::parse(header ? *header : "");
    if (challenge.scheme == Challenge::Scheme::Unknown)
        return std::string();
    const auto known = credential(reference.host());
    const std::string where = request.method + " " + goQuote(request.url) + ": ";
    if (challenge.scheme == Challenge::Scheme::Basic) {
        if (!known)
            return known.error().wrapped(where + "failed to resolve credential: ");
        if (known->isEmpty())
            return failure(where + "basic credential not found", Error::Code::Denied);
        if (known->username.empty() || known->password.isEmpty())
            return failure(where + "missing username or password for basic auth", Error::Code::Denied);
        return "Basic " + base64Encode(known->username + ":" + known->password.reveal());
    }
    if (!known)
        return known.error().wrapped(where);
    const auto token = bearerToken(challenge, "repository:" + reference.repository + ":pull", *known, request);
    if (!token)
        return token.error().wrapped(where);
    return "Bearer " + *token;
}

Result<http::Response> Registry::send(http::Request request, const OciReference &reference)
{
    const std::string key = reference.host() + " " + reference.repository;
    const http::Request bare = request;
    if (const auto known = m_authorizations.find(key); known != m_authorizations.end())
        request.secretHeaders.emplace_back("Authorization", known->second);
    const std::string verb = bare.method == "HEAD" ? "Head" : "Get";
    auto answer = m_web.send(std::move(request));
    if (!answer)
        return transportError(answer.error(), verb, bare.url);
    const auto asked = WebUrl::parse(bare.url);
    const auto came = WebUrl::parse(answer->url);
    // A server that a redirect led to has no right to our credentials.
    if (answer->status != 401 || (came && asked && !came->sameServer(*asked)))
        return answer;
    auto header = authorization(*answer, bare, reference);
    if (!header)
        return header.error();
    if (header->empty())
        return answer;
    m_authorizations[key] = Redacted(*header);
    http::Request again = bare;
    again.secretHeaders.emplace_back("Authorization", Redacted(*std::move(header)));
    auto second = m_web.send(std::move(again));
    if (!second)
        return transportError(second.error(), verb, bare.url);
    return second;
}

Result<std::vector<std::string>> Registry::tags(const OciReference &reference)
{
    std::vector<std::string> out;
    std::string url = base(reference) + "/tags/list";
    for (int page = 0; !url.empty() && page < 1000; ++page) {
        const auto answer = send(requestFor("GET", url, ""), reference);
        if (!answer)
            return answer.error();
        if (answer->status != 200)
            return registryError("GET", url, *answer);
        const auto tree = yaml::parseJson(answer->body);
        if (!tree)
            return tree.error().wrapped("GET " + goQuote(url) + ": failed to decode response: ");
        if (const Value list = tree->get("tags"); list.isList()) {
            for (const Value &tag : list.asList().items)
                out.push_back(tag.stringOr());
        }
        url = nextPage(*answer, url);
    }
    return out;
}

Result<std::string> Registry::resolve(const OciReference &reference)
{
    std::string digest;
    const auto text = manifest(reference, digest);
    if (!text)
        return text.error();
    return digest;
}

Result<std::string> Registry::manifest(const OciReference &reference, std::string &digest)
{
    const std::string name = reference.tag.empty() ? reference.digest : reference.tag;
    const std::string url = base(reference) + "/manifests/" + name;
    auto answer = send(requestFor("GET", url, manifestTypes), reference);
    if (!answer)
        return answer.error();
    if (answer->status == 404)
        return failure(reference.toString() + ": not found", Error::Code::NotFound);
    if (answer->status != 200)
        return registryError("GET", url, *answer);
    digest = "sha256:" + sha256Hex(answer->body);
    const std::string *told = http::findHeader(answer->headers, "Docker-Content-Digest");
    const std::string expected = reference.tag.empty() ? reference.digest : told ? *told : digest;
    if (expected != digest)
        return failure("GET " + goQuote(url) + ": invalid response; digest mismatch in Docker-Content-Digest: received "
            + goQuote(expected) + ", expecting " + goQuote(digest));
    return std::move(answer->body);
}

Result<std::string> Registry::blob(const OciReference &reference, const ChartManifest::Part &part, std::size_t limit)
{
    const std::string url = base(reference) + "/blobs/" + part.digest;
    http::Request request = requestFor("GET", url, "");
    request.bodyLimit = limit;
    auto answer = send(std::move(request), reference);
    const auto wrapped = [](const Error &error) { return error.wrapped("failed to perform \"Fetch\" on source: "); };
    if (!answer)
        return wrapped(answer.error());
    if (answer->status == 404)
        return wrapped(failure(part.digest + ": not found", Error::Code::NotFound));
    if (answer->status != 200)
        return wrapped(registryError("GET", url, *answer));
    if (answer->body.size() != part.size)
        return wrapped(failure("GET " + goQuote(url) + ": mismatch Content-Length"));
    if ("sha256:" + sha256Hex(answer->body) != part.digest)
        return failure("failed to perform \"Push\" on destination: mismatched digest");
    return std::move(answer->body);
}

Result<PulledChart> Registry::pull(const OciReference &reference, What what)
{
    PulledChart out;
    const bool wantsChart = what == What::Chart;
    out.reference = reference.toString();
    const auto text = manifest(reference, out.manifestDigest);
    if (!text)
        return text.error().wrapped("failed to perform \"FetchReference\" on source: ");
    const auto parts = ChartManifest::parse(*text);
    if (!parts)
        return parts.error();
    if (!parts->config.isThere())
        return failure("could not load config with mediatype " + std::string(configType));
    const ChartManifest::Part &wanted = wantsChart ? parts->archive : parts->provenance;
    // The manifest itself counts as a descriptor: helm tells a lack only when config and layer are both missing.
    if (!wanted.isThere())
        return failure("manifest does not contain a layer with mediatype "
            + std::string(wantsChart ? archiveType : provenanceType));
    if (wantsChart && parts->deprecatedType)
        m_note("Warning: chart media type application/tar+gzip is deprecated\n");
    auto config = blob(reference, parts->config, smallLimit);
    if (!config)
        return config.error();
    out.config = *std::move(config);
    auto bytes = blob(reference, wanted, wantsChart ? chartLimit : smallLimit);
    if (!bytes)
        return bytes.error();
    (wantsChart ? out.archive : out.provenance) = *std::move(bytes);
    m_note("Pulled: " + out.reference + "\nDigest: " + out.manifestDigest + "\n");
    if (out.reference.find('_') != out.reference.npos)
        m_note(out.reference + " contains an underscore.\n" + underscoreNews + "\n");
    return out;
}

} // namespace pk::repo
