// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "repo/contentcache.h"
#include "repo/getter.h"
#include "repo/helmpaths.h"
#include "repo/index.h"
#include "repo/provenance.h"
#include "repo/registry.h"
#include "repo/repositories.h"

#include <memory>
#include <optional>
#include <stop_token>
#include <string>

namespace pk::repo {

/// Which chart, and how to get it: helm's flags for `template`, `install` and `pull`.
struct FetchOptions
{
    HelmPaths paths = {};
    std::string version = {}; ///< Exact, a range, or empty for the newest stable one.
    std::string repoUrl = {}; ///< --repo: the chart is looked for there, whatever repositories are known.
    Access access = {};
    bool plainHttp = false;
    bool verify = false; ///< Refuse what has no good signature of a key in paths.keyring.
};

/// A chart on this machine.
struct FetchedChart
{
    std::string path; ///< A folder or an archive; in the cache the name is the digest.
    std::string url; ///< Where it came from, without user and password; empty for one that was here.
    std::optional<Verification> verification; ///< Only with `verify`.
};

/// Where a chart is to be had.
struct ChartLocation
{
    std::string url; ///< http, https or oci; may hold user and password.
    std::string digest; ///< Of the index, or empty.
    std::string repositoryUrl; ///< Whose credentials `access` are.
    Access access;
};

/// Finds charts as helm does: a path, REPO/CHART by the user's repositories.yaml and cached indexes, a URL, oci://, or
/// a name in the repository of --repo; and brings them into helm's cache. Blocks the calling thread.
class ChartFetcher
{
public:
    ChartFetcher(Web &web, FetchOptions options, Note note, std::stop_token stop = {});

    /// Reads the TLS files that were given, as helm does before all else.
    Result<void> check() const;
    Result<FetchedChart> fetch(const std::string &reference);
    /// A values file by its URL.
    Result<std::string> readUrl(const std::string &url);
    /// The versions of a chart in a registry, the newest first.
    Result<std::vector<std::string>> ociVersions(const std::string &reference);

private:
    Result<ChartLocation> findInRepository(const std::string &name);
    Result<ChartLocation> resolve(const std::string &reference);
    Result<ChartLocation> resolveUrl(const std::string &reference, const Repositories &known);
    Result<ChartLocation> resolveOci(const std::string &reference, const std::string &asWritten);
    Result<std::string> get(const ChartLocation &location, bool provenance);
    Result<FetchedChart> download(const ChartLocation &location);
    Result<Verification> verified(const ChartLocation &location, const std::string &digest, const std::string &path);
    Result<Registry *> registry();

    Web &m_web;
    FetchOptions m_options;
    Note m_note;
    std::stop_token m_stop;
    ContentCache m_cache;
    bool m_silent = false; ///< The registry has nothing to tell.
    std::unique_ptr<Registry> m_registry;
};

} // namespace pk::repo
