// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "repo/challenge.h"
#include "repo/dockercredentials.h"
#include "repo/getter.h"
#include "repo/ocireference.h"

#include <functional>
#include <map>

namespace pk::repo {

/// What a registry holds of one version of a chart.
struct PulledChart
{
    std::string reference; ///< As it was asked for, with its tag.
    std::string manifestDigest; ///< "sha256:..."
    std::string config; ///< Chart.yaml as JSON.
    std::string archive; ///< Empty unless asked for.
    std::string provenance; ///< Empty unless asked for.
};

/// What a manifest names, picked out of it. Pure.
struct ChartManifest
{
    struct Part
    {
        std::string digest;
        std::size_t size = 0;
        bool isThere() const { return !digest.empty(); }
    };
    Part config, archive, provenance;
    bool deprecatedType = false; ///< The archive has the media type of long ago.

    static Result<ChartManifest> parse(std::string_view json);
};

/// A client of OCI registries, as far as Helm's charts need one: tags, manifests, blobs, with Basic and Bearer
/// authentication. Every digest is verified.
class Registry
{
public:
    struct Options
    {
        bool plainHttp = false;
        http::Tls tls = {};
        std::string username = {}; ///< With the password: used for every registry, and no file is asked.
        Redacted password = {};
        std::function<Result<Credential>(const std::string &registry)> credentials = {};
    };

    Registry(Web &web, Options options, Note note) : m_web(web), m_options(std::move(options)), m_note(std::move(note))
    {
    }

    /// All tags, as the registry writes them.
    Result<std::vector<std::string>> tags(const OciReference &reference);
    /// The digest that a tag stands for.
    Result<std::string> resolve(const OciReference &reference);
    /// The chart (or only its signature), told with helm's "Pulled:" lines.
    enum class What { Chart, Provenance };
    Result<PulledChart> pull(const OciReference &reference, What what);

private:
    Result<http::Response> send(http::Request request, const OciReference &reference);
    Result<std::string> authorization(
        const http::Response &refused, const http::Request &request, const OciReference &reference);
    Result<std::string> bearerToken(const Challenge &challenge, const std::string &scope, const Credential &credential,
        const http::Request &request);
    Result<Credential> credential(const std::string &host) const;
    http::Request requestFor(const std::string &method, const std::string &url, const std::string &accept) const;
    std::string base(const OciReference &reference) const;
    Result<std::string> manifest(const OciReference &reference, std::string &digest);
    Result<std::string> blob(const OciReference &reference, const ChartManifest::Part &part, std::size_t limit);

    Web &m_web;
    Options m_options;
    Note m_note;
    std::map<std::string, Redacted> m_authorizations; ///< By host and scope: the header that was taken last time.
};

/// The words of oras for an answer that is an error: `GET "URL": response status code 401: unauthorized: ...`.
Error registryError(const std::string &method, const std::string &url, const http::Response &answer);

} // namespace pk::repo
