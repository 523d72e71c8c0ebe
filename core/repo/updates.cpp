// SPDX-License-Identifier: GPL-3.0-or-later
#include "repo/updates.h"

#include "base/files.h"
#include "base/quote.h"
#include "chart/gotext.h"
#include "repo/files.h"

#include <algorithm>

namespace pk::repo {

namespace {

Result<void> checkScheme(const std::string &url)
{
    const auto parsed = WebUrl::parse(url);
    const auto wrong = [](std::string text) {
        return Error{.code = Error::Code::InvalidInput, .message = std::move(text)};
    };
    if (!parsed)
        return wrong("invalid chart URL format: " + url);
    if (parsed->scheme != "http" && parsed->scheme != "https" && parsed->scheme != "oci")
        return wrong("could not find protocol handler for: " + parsed->scheme);
    return {};
}

Result<std::string> textOf(const std::string &path)
{
    auto text = readFile(path);
    if (!text && text.error().message.ends_with("no such file or directory"))
        return std::string();
    return text;
}

/// Replaces the text of repositories.yaml by what `change` makes of it, under helm's lock.
template <class Change>
Result<void> changeRepositories(const HelmPaths &paths, const std::stop_token &stop, Change change)
{
    const auto lock = FileLock::take(FileLock::nameFor(paths.repositoryConfig), stop);
    if (!lock)
        return lock.error();
    const auto text = textOf(paths.repositoryConfig);
    if (!text)
        return text.error();
    const Result<std::string> changed = change(*text);
    if (!changed)
        return changed.error();
    return *changed == *text ? Result<void>() : writeWhole(paths.repositoryConfig, *changed, 0600);
}

} // namespace

Result<Index> downloadIndex(Web &web, const Repository &repository, const std::string &cache, const Note &note)
{
    const auto url = resolveReference(repository.url, "index.yaml");
    if (!url)
        return url.error();
    if (url->starts_with("oci://")) // A registry has no index.
        return Error{.code = Error::Code::InvalidInput,
            .message = "failed to perform \"FetchReference\" on source: invalid reference"};
    const auto bytes =
        getFile(web, {.url = *url, .repositoryUrl = repository.url, .limit = indexLimit}, repository.access);
    if (!bytes)
        return bytes.error();
    auto index = Index::parse(*bytes, shownUrl(repository.url), note);
    if (!index)
        return index;
    std::string names;
    for (const auto &[name, versions] : index->entries())
        names += name + "\n";
    if (const auto made = makeFolders(cache); !made)
        return made.error();
    if (const auto written = writeWhole(chartsFile(cache, repository.name), names, 0644); !written)
        return written.error();
    if (const auto written = writeWhole(indexFile(cache, repository.name), *bytes, 0644); !written)
        return written.error();
    return index;
}

Result<AddVerdict> addRepository(Web &web, const HelmPaths &paths, const Repository &added, bool force,
    const std::stop_token &stop, const Note &note)
{
    if (const auto made = makeFolders(parentOf(paths.repositoryConfig)); !made)
        return made.error();
    AddVerdict verdict = AddVerdict::Unchanged;
    const auto changed = changeRepositories(paths, stop, [&](const std::string &text) -> Result<std::string> {
        const auto known = parseRepositories(text);
        if (!known)
            return known.error();
        const auto judged = judgeAdding(*known, added, force);
        if (!judged)
            return judged.error();
        verdict = *judged;
        if (verdict == AddVerdict::Unchanged)
            return text;
        if (const auto good = checkScheme(added.url); !good)
            return good.error();
        if (const auto index = downloadIndex(web, added, paths.repositoryCache, note); !index)
            return index.error().wrapped("looks like " + goQuote(shownUrl(added.url))
                + " is not a valid chart repository or cannot be reached: ");
        return withRepository(text, added);
    });
    if (!changed)
        return changed.error();
    return verdict;
}

Result<void> removeRepository(const HelmPaths &paths, const std::string &name, const std::stop_token &stop)
{
    const auto changed =
        changeRepositories(paths, stop, [&name](const std::string &text) { return withoutRepository(text, name); });
    if (!changed)
        return changed;
    ::unlink(chartsFile(paths.repositoryCache, name).c_str());
    ::unlink(indexFile(paths.repositoryCache, name).c_str());
    return {};
}

Result<void> updateRepositories(
    Web &web, const HelmPaths &paths, const std::vector<std::string> &names, const Progress &progress, const Note &note)
{
    const auto known = loadRepositories(paths.repositoryConfig);
    if (!known)
        return known.error().wrapped("failed loading file: " + paths.repositoryConfig + ": ");
    if (known->entries.empty())
        return Error{
            .code = Error::Code::NotFound, .message = "no repositories found. You must add one before updating"};
    for (const std::string &name : names) {
        if (!known->find(name))
            return Error{.code = Error::Code::NotFound,
                .message = "no repositories found matching '" + name + "'.  Nothing will be updated"};
    }
    std::string failed;
    for (const Repository &repository : known->entries) {
        if (!names.empty() && std::ranges::find(names, repository.name) == names.end())
            continue;
        if (const auto good = checkScheme(repository.url); !good)
            return good;
        const std::string url = shownUrl(repository.url);
        progress({repository.name, url, UpdateStep::State::Started});
        const auto index = downloadIndex(web, repository, paths.repositoryCache, note);
        if (!index && index.error().code == Error::Code::Cancelled)
            return index.error();
        if (!index)
            failed += (failed.empty() ? "" : " ") + url;
        progress({repository.name, url, index ? UpdateStep::State::Done : UpdateStep::State::Failed,
            index ? std::string() : index.error().message});
    }
    if (!failed.empty())
        return Error{.code = Error::Code::Unavailable,
            .message = "failed to update the following repositories: [" + failed + "]"};
    return {};
}

Result<std::vector<NamedIndex>> loadIndexes(const HelmPaths &paths, const Note &note)
{
    const auto known = loadRepositories(paths.repositoryConfig);
    if (!known)
        return known.error();
    std::vector<NamedIndex> out;
    for (const Repository &repository : known->entries) {
        auto index = Index::load(indexFile(paths.repositoryCache, repository.name), note);
        if (index)
            out.push_back({repository.name, std::make_shared<const Index>(*std::move(index))});
        else if (note)
            note("level=WARN msg=\"repo is corrupt or missing\" " + chart::logPair("repo", repository.name) + " "
                + chart::logPair("error", index.error().message) + "\n");
    }
    return out;
}

} // namespace pk::repo
