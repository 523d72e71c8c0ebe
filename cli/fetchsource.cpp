// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/chartsource.h"
#include "repo/chartfetcher.h"
#include "repo/httpweb.h"

namespace pk::cli {

namespace {

repo::FetchOptions optionsOf(const FetchFlags &flags)
{
    repo::FetchOptions options;
    options.paths = repo::HelmPaths::fromEnvironment();
    const auto given = [](const std::string &flag, std::string &path) {
        if (!flag.empty())
            path = flag;
    };
    given(flags.repositoryConfig, options.paths.repositoryConfig);
    given(flags.repositoryCache, options.paths.repositoryCache);
    given(flags.registryConfig, options.paths.registryConfig);
    given(flags.contentCache, options.paths.contentCache);
    options.version = flags.version.empty() && flags.devel ? ">0.0.0-0" : flags.version;
    options.repoUrl = flags.repo;
    options.access = {.username = flags.username,
        .password = Redacted(flags.password),
        .certFile = flags.certFile,
        .keyFile = flags.keyFile,
        .caFile = flags.caFile,
        .insecure = flags.insecure,
        .passCredentials = flags.passCredentials};
    options.plainHttp = flags.plainHttp;
    options.verify = flags.verify;
    if (flags.hasKeyring)
        options.paths.keyring = flags.keyring;
    return options;
}

class FetchSource final : public ChartSource
{
public:
    FetchSource(const FetchFlags &flags, Streams &streams) :
        m_web(m_io, {}),
        m_fetcher(m_web, optionsOf(flags), [&streams](const std::string &line) { streams.err += line; })
    {
    }

    Result<void> check() override { return m_fetcher.check(); }
    Result<std::string> locate(const std::string &reference) override
    {
        auto fetched = m_fetcher.fetch(reference);
        if (!fetched)
            return fetched.error();
        return std::move(fetched->path);
    }
    Result<std::string> readUrl(const std::string &url) override { return m_fetcher.readUrl(url); }

private:
    http::IoThread m_io;
    repo::HttpWeb m_web;
    repo::ChartFetcher m_fetcher;
};

} // namespace

std::unique_ptr<ChartSource> makeChartSource(const FetchFlags &flags, Streams &streams)
{
    return std::make_unique<FetchSource>(flags, streams);
}

} // namespace pk::cli
