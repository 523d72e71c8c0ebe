// SPDX-License-Identifier: GPL-3.0-or-later
#include "repo/chartfetcher.h"

#include "base/files.h"
#include "base/gopath.h"
#include "chart/gotext.h"
#include "repo/files.h"
#include "template/functions/semver.h"

#include <algorithm>
#include <chrono>
#include <filesystem>

namespace pk::repo {

namespace {

constexpr const char *archiveTypes = "application/gzip,application/octet-stream";

Error failure(std::string text, Error::Code code = Error::Code::InvalidInput)
{
    return {.code = code, .message = std::move(text)};
}

std::string trimmed(const std::string &text)
{
    return std::string(trimSpace(text));
}

std::string absolute(const std::string &path)
{
    return std::filesystem::absolute(path).lexically_normal().string();
}

/// "name-1.2.3.tgz" for a URL of an archive or "oci://host/path/name:1.2.3".
std::string fileNameOf(const std::string &url)
{
    if (!isOci(url)) {
        const auto parsed = WebUrl::parse(url);
        return std::string(pathBase(parsed ? parsed->path : url));
    }
    const std::string name(pathBase(url));
    const auto colon = name.rfind(':');
    return name.substr(0, colon) + "-" + (colon == name.npos ? "" : name.substr(colon + 1)) + ".tgz";
}

std::int64_t now()
{
    return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

/// A repository's own settings in place of those that were given, where it has some.
Access mergedAccess(Access access, const Access &own)
{
    if (!own.certFile.empty() || !own.keyFile.empty() || !own.caFile.empty()) {
        access.certFile = own.certFile;
        access.keyFile = own.keyFile;
        access.caFile = own.caFile;
    }
    if (!own.username.empty() && !own.password.isEmpty()) {
        access.username = own.username;
        access.password = own.password;
        access.passCredentials = own.passCredentials;
    }
    return access;
}

bool holdsUrl(const Index &index, const std::string &url)
{
    for (const auto &[name, versions] : index.entries()) {
        for (const ChartVersion &version : versions) {
            for (const std::string &each : version.urls) {
                if (sameUrl(url, each))
                    return true;
            }
        }
    }
    return false;
}

Error noCachedIndex(const Error &why)
{
    return why.wrapped("no cached repo found. (try 'helm repo update'): ");
}

} // namespace

ChartFetcher::ChartFetcher(Web &web, FetchOptions options, Note note, std::stop_token stop) :
    m_web(web), m_options(std::move(options)), m_note(std::move(note)), m_stop(std::move(stop)),
    m_cache(m_options.paths.contentCache)
{
    if (!m_note)
        m_note = [](const std::string &) {};
    m_options.version = trimmed(m_options.version);
}

Result<void> ChartFetcher::check() const
{
    const Access &access = m_options.access;
    if (access.caFile.empty() && !access.insecure && (access.certFile.empty() || access.keyFile.empty()))
        return {};
    const auto tls = tlsOf(access);
    if (!tls)
        return tls.error().wrapped("missing registry client: can't create TLS config for client: ");
    return {};
}

Result<FetchedChart> ChartFetcher::fetch(const std::string &reference)
{
    const std::string name = trimmed(reference);
    if (m_options.repoUrl.empty()) {
        if (fileExists(name)) {
            FetchedChart out{.path = absolute(name), .url = {}, .verification = {}};
            if (!m_options.verify)
                return out;
            auto good = verifyChartFile(out.path, out.path + ".prov", m_options.paths.keyring, now());
            if (!good)
                return good.error();
            out.verification = *std::move(good);
            return out;
        }
        if (name.starts_with('/') || name.starts_with('.'))
            return failure("path " + goQuote(name) + " not found", Error::Code::NotFound);
    }
    auto location = m_options.repoUrl.empty() ? resolve(name) : findInRepository(name);
    if (!location)
        return location.error();
    if (const auto made = makeFolders(m_options.paths.repositoryCache); !made)
        return made.error();
    return download(*location);
}

/// --repo: the index is got anew, and only this chart is taken from there.
Result<ChartLocation> ChartFetcher::findInRepository(const std::string &name)
{
    const std::string &repo = m_options.repoUrl;
    const std::string quoted = goQuote(shownUrl(repo));
    const auto parsed = WebUrl::parse(repo);
    if (!parsed)
        return failure("invalid chart URL format: " + repo);
    if (parsed->scheme != "http" && parsed->scheme != "https")
        return failure("could not find protocol handler for: " + parsed->scheme);
    const auto fail = [&quoted](const Error &error) {
        return error.wrapped("looks like " + quoted + " is not a valid chart repository or cannot be reached: ");
    };
    const auto indexUrl = resolveReference(repo, "index.yaml");
    if (!indexUrl)
        return fail(indexUrl.error());
    const auto bytes = getFile(m_web, {.url = *indexUrl, .repositoryUrl = repo, .limit = indexLimit}, m_options.access);
    if (!bytes)
        return fail(bytes.error());
    const auto index = Index::parse(*bytes, shownUrl(repo), m_note);
    if (!index)
        return fail(index.error());
    const std::string &version = m_options.version;
    const std::string what = "chart " + goQuote(name) + (version.empty() ? "" : " version " + goQuote(version));
    const auto found = index->find(name, version, m_note);
    if (!found)
        return failure(what + " not found in " + shownUrl(repo) + " repository", Error::Code::NotFound);
    if ((*found)->urls.empty())
        return failure(what + " has no downloadable URLs");
    auto url = resolveReference(repo, (*found)->urls.front());
    if (!url)
        return url.error().wrapped("failed to make chart URL absolute: ");
    // From here it is a URL as any other, but only its own server, or all when told so, may have the password.
    auto location = resolve(*url);
    if (!location)
        return location;
    const auto to = WebUrl::parse(*url);
    if (location->repositoryUrl == *url && !(m_options.access.passCredentials || (to && to->sameServer(*parsed)))) {
        location->access.username.clear();
        location->access.password = {};
    }
    if (location->digest.empty())
        location->digest = (*found)->digest;
    return location;
}

Result<ChartLocation> ChartFetcher::resolve(const std::string &reference)
{
    const auto url = WebUrl::parse(reference);
    if (!url)
        return failure("invalid chart URL format: " + reference);
    // A scheme in capitals is the same for Helm, except where it looks for tags and tells what it has pulled.
    const std::string lowered = url->scheme + reference.substr(url->scheme.size());
    m_silent = isOci(lowered) && !isOci(reference);
    if (isOci(lowered))
        return resolveOci(lowered, reference);
    const auto known = loadRepositories(m_options.paths.repositoryConfig);
    if (!known)
        return known.error();
    if (url->isAbsolute() && !url->host.empty() && !url->path.empty())
        return resolveUrl(reference, *known);
    const auto slash = url->path.find('/');
    if (slash == std::string::npos)
        return failure("non-absolute URLs should be in form of repo_name/path_to_chart, got: " + lowered);
    const std::string repository = url->path.substr(0, slash), name = url->path.substr(slash + 1);
    const Repository *entry = known->find(repository);
    if (!entry)
        return failure("repo " + repository + " not found", Error::Code::NotFound);
    if (entry->url.empty())
        return failure("no URL found for repository " + repository);
    const auto index = Index::load(indexFile(m_options.paths.repositoryCache, repository), m_note);
    if (!index)
        return noCachedIndex(index.error());
    const auto found = index->find(name, m_options.version, m_note);
    if (!found)
        return found.error().wrapped("chart " + goQuote(name) + " matching " + m_options.version + " not found in "
            + repository + " index. (try 'helm repo update'): ");
    if ((*found)->urls.empty())
        return failure("chart " + goQuote(reference) + " has no downloadable URLs");
    const auto to = resolveReference(entry->url, (*found)->urls.front());
    if (!to)
        return failure("invalid chart URL format: " + reference);
    if (isOci(*to)) {
        auto location = resolveOci(*to, *to);
        if (location && location->digest.empty())
            location->digest = (*found)->digest;
        return location;
    }
    return ChartLocation{*to, (*found)->digest, entry->url, mergedAccess(m_options.access, entry->access)};
}

/// A URL may belong to a repository that has its own certificates and password.
Result<ChartLocation> ChartFetcher::resolveUrl(const std::string &reference, const Repositories &known)
{
    for (const Repository &repository : known.entries) {
        const auto index = Index::load(indexFile(m_options.paths.repositoryCache, repository.name), m_note);
        if (!index)
            return noCachedIndex(index.error());
        if (holdsUrl(*index, reference))
            return ChartLocation{reference, "", repository.url, mergedAccess(m_options.access, repository.access)};
    }
    return ChartLocation{reference, "", reference, m_options.access};
}

Result<ChartLocation> ChartFetcher::resolveOci(const std::string &reference, const std::string &asWritten)
{
    const auto parsed = OciReference::parse(reference);
    if (!parsed)
        return parsed.error();
    const auto client = registry();
    if (!client)
        return client.error();
    std::string version = m_options.version.empty() ? parsed->tag : m_options.version;
    if (!m_options.version.empty() && !parsed->tag.empty() && parsed->tag != version)
        return failure("chart reference and version mismatch: " + version + " is not " + parsed->tag);
    const std::string path = std::string(ociScheme) + parsed->registry + "/" + parsed->repository;
    ChartLocation out{.url = {}, .digest = {}, .repositoryUrl = reference, .access = m_options.access};
    if (!parsed->digest.empty()) {
        out.url = path + "@" + parsed->digest;
        if (version.empty())
            return out;
        OciReference tagged = *parsed;
        tagged.tag = version;
        std::ranges::replace(tagged.tag, '+', '_');
        const auto digest = (*client)->resolve(tagged); // It need not be tagged.
        if (digest && *digest != parsed->digest)
            return failure("chart reference digest mismatch: " + *digest + " is not " + parsed->digest);
        return out;
    }
    if (!tmpl::Version::parse(version)) {
        if (const auto strict = OciReference::parse(asWritten, true); !strict)
            return strict.error();
        const auto tags = (*client)->tags(*parsed);
        if (!tags)
            return tags.error();
        const std::vector<std::string> versions = versionsOfTags(*tags);
        if (versions.empty())
            return failure("unable to locate any tags in provided repository: " + reference);
        const auto chosen = chooseTag(versions, version);
        if (!chosen)
            return chosen.error();
        version = *chosen;
    }
    out.url = path + ":" + version;
    return out;
}

Result<Registry *> ChartFetcher::registry()
{
    if (!m_registry) {
        Registry::Options options{.plainHttp = m_options.plainHttp,
            .username = m_options.access.username,
            .password = m_options.access.password};
        auto tls = tlsOf(m_options.access);
        if (!tls)
            return tls.error();
        options.tls = *std::move(tls);
        options.credentials = [this](const std::string &host) {
            return findCredential(
                {m_options.paths.registryConfig, m_options.paths.dockerConfig}, host, programHelper(m_stop));
        };
        m_registry =
            std::make_unique<Registry>(m_web, std::move(options), m_silent ? Note([](const std::string &) {}) : m_note);
    }
    return m_registry.get();
}

Result<std::string> ChartFetcher::get(const ChartLocation &location, bool provenance)
{
    if (isOci(location.url)) {
        const auto reference = OciReference::parse(location.url);
        if (!reference)
            return reference.error();
        const auto client = registry();
        if (!client)
            return client.error();
        auto pulled = (*client)->pull(*reference, provenance ? Registry::What::Provenance : Registry::What::Chart);
        if (!pulled)
            return pulled.error();
        return std::move(provenance ? pulled->provenance : pulled->archive);
    }
    const auto url = WebUrl::parse(location.url);
    if (!url || (url->scheme != "http" && url->scheme != "https"))
        return failure("scheme " + goQuote(url ? url->scheme : "") + " not supported");
    Wanted wanted{.url = location.url,
        .repositoryUrl = location.repositoryUrl,
        .accept = archiveTypes,
        .limit = provenance ? smallLimit : chartLimit};
    if (provenance)
        wanted.url += ".prov";
    return getFile(m_web, wanted, location.access);
}

Result<FetchedChart> ChartFetcher::download(const ChartLocation &location)
{
    const auto digits = digestDigits(location.digest);
    if (!digits)
        return digits.error();
    FetchedChart out{.path = {}, .url = shownUrl(location.url), .verification = {}};
    std::string digest = *digits;
    const auto cached = digest.empty() ? std::nullopt : m_cache.find(digest, ContentCache::What::Chart);
    if (cached) {
        out.path = *cached;
    } else {
        const auto bytes = get(location, false);
        if (!bytes)
            return bytes.error();
        const std::string actual = sha256Hex(*bytes);
        if (!digest.empty() && digest != actual)
            return Error{.code = Error::Code::Denied,
                .message = "chart " + out.url + " is not what the index promises: sha256 is " + actual + ", expected "
                    + digest,
                .id = "repo.digest",
                .parameters = {{"url", out.url}, {"expected", digest}, {"actual", actual}}};
        digest = actual;
        auto stored = m_cache.put(digest, *bytes, ContentCache::What::Chart);
        if (!stored)
            return stored.error();
        out.path = *std::move(stored);
    }
    out.path = absolute(out.path);
    if (m_options.verify) {
        auto good = verified(location, digest, out.path);
        if (!good)
            return good.error();
        out.verification = *std::move(good);
    }
    return out;
}

Result<Verification> ChartFetcher::verified(
    const ChartLocation &location, const std::string &digest, const std::string &path)
{
    auto stored = m_cache.find(digest, ContentCache::What::Provenance);
    if (!stored) {
        const auto bytes = get(location, true);
        if (!bytes)
            return bytes.error().code == Error::Code::Cancelled
                ? bytes.error()
                : Error{.code = Error::Code::Denied,
                    .message = "failed to fetch provenance " + goQuote(shownUrl(location.url) + ".prov")};
        auto put = m_cache.put(digest, *bytes, ContentCache::What::Provenance);
        if (!put)
            return put.error();
        stored = *std::move(put);
    }
    const auto keyring = Keyring::load(m_options.paths.keyring);
    if (!keyring)
        return keyring.error().wrapped("failed to load keyring: ");
    const auto archive = readFile(path);
    const auto provenance = readFile(*stored);
    if (!archive)
        return archive.error();
    if (!provenance)
        return provenance.error();
    return verifyProvenance(*keyring, *provenance, *archive, fileNameOf(location.url), now());
}

Result<std::string> ChartFetcher::readUrl(const std::string &url)
{
    if (!isOci(url)) // Helm sends no password and no certificate for values.
        return getFile(m_web, {.url = url, .repositoryUrl = url, .limit = smallLimit}, {});
    return get({.url = url, .digest = {}, .repositoryUrl = url, .access = m_options.access}, false);
}

Result<std::vector<std::string>> ChartFetcher::ociVersions(const std::string &reference)
{
    const auto parsed = OciReference::parse(reference);
    if (!parsed)
        return parsed.error();
    const auto client = registry();
    if (!client)
        return client.error();
    const auto tags = (*client)->tags(*parsed);
    if (!tags)
        return tags.error();
    return versionsOfTags(*tags);
}

} // namespace pk::repo
