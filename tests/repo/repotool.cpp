// SPDX-License-Identifier: GPL-3.0-or-later

// repotool add NAME URL [--force] | update [NAME...] | search [WORDS] [--devel] [--versions] [--version RANGE] |
// remove NAME | pull REFERENCE FOLDER | lock FOLDER: what core/repo does, told in helm's words, so that
// tests/repo/compare can lay it beside what helm does. Flags as helm's: --username --password --ca-file --cert-file
// --key-file --pass-credentials
// --insecure-skip-tls-verify --version --plain-http --verify --keyring.

#include "base/files.h"
#include "repo/chartfetcher.h"
#include "repo/files.h"
#include "repo/httpweb.h"
#include "repo/lockverdict.h"
#include "repo/updates.h"
#include "yaml/json.h"

#include <algorithm>
#include <cstdio>
#include <map>

using namespace pk;

namespace {

struct Arguments
{
    std::vector<std::string> words;
    std::map<std::string, std::string> flags;

    Arguments(int count, char **texts)
    {
        const std::vector<std::string> switches = {"--force-update", "--devel", "--versions", "--pass-credentials",
            "--insecure-skip-tls-verify", "--plain-http", "--verify"};
        for (int i = 1; i < count; ++i) {
            const std::string text = texts[i];
            if (!text.starts_with("--"))
                words.push_back(text);
            else if (std::ranges::find(switches, text) != switches.end() || i + 1 == count)
                flags[text] = "on";
            else
                flags[text] = texts[++i];
        }
    }
    bool on(const char *name) const { return flags.contains(name); }
    std::string text(const char *name) const { return on(name) ? flags.at(name) : std::string(); }
    repo::Access access() const
    {
        return {.username = text("--username"),
            .password = Redacted(text("--password")),
            .certFile = text("--cert-file"),
            .keyFile = text("--key-file"),
            .caFile = text("--ca-file"),
            .insecure = on("--insecure-skip-tls-verify"),
            .passCredentials = on("--pass-credentials")};
    }
};

int fail(const Error &error)
{
    std::fprintf(stderr, "Error: %s\n", error.message.c_str());
    return 1;
}

const repo::Note note = [](const std::string &line) { std::fputs(line.c_str(), stderr); };

int add(repo::Web &web, const repo::HelmPaths &paths, const Arguments &arguments)
{
    const repo::Repository added{arguments.words[1], arguments.words[2], arguments.access()};
    const auto verdict = repo::addRepository(web, paths, added, arguments.on("--force-update"), {}, note);
    if (!verdict)
        return fail(verdict.error());
    std::printf(*verdict == repo::AddVerdict::Unchanged
            ? "\"%s\" already exists with the same configuration, skipping\n"
            : "\"%s\" has been added to your repositories\n",
        added.name.c_str());
    return 0;
}

int update(repo::Web &web, const repo::HelmPaths &paths, const Arguments &arguments)
{
    bool told = false;
    const auto done = repo::updateRepositories(
        web, paths, {arguments.words.begin() + 1, arguments.words.end()},
        [&told](const repo::UpdateStep &step) {
            if (!std::exchange(told, true))
                std::puts("Hang tight while we grab the latest from your chart repositories...");
            if (step.state == repo::UpdateStep::State::Failed)
                std::printf("...Unable to get an update from the \"%s\" chart repository (%s):\n\t%s\n",
                    step.repository.c_str(), step.url.c_str(), step.why.c_str());
            if (step.state == repo::UpdateStep::State::Done)
                std::printf(
                    "...Successfully got an update from the \"%s\" chart repository\n", step.repository.c_str());
        },
        note);
    if (!done)
        return fail(done.error());
    std::puts("Update Complete. ⎈Happy Helming!⎈");
    return 0;
}

int search(const repo::HelmPaths &paths, const Arguments &arguments)
{
    const auto indexes = repo::loadIndexes(paths, note);
    if (!indexes)
        return fail(indexes.error());
    repo::Query query{.words = {},
        .constraint = arguments.text("--version"),
        .devel = arguments.on("--devel"),
        .allVersions = arguments.on("--versions")};
    for (std::size_t i = 1; i < arguments.words.size(); ++i)
        query.words += (i > 1 ? " " : "") + arguments.words[i];
    const auto matches = repo::search(*indexes, query);
    if (!matches)
        return fail(matches.error());
    std::string out;
    for (const repo::Match &match : *matches) {
        const auto &metadata = match.version->metadata;
        const auto text = [](const std::string &value) { return yaml::toJson(Value::string(value)); };
        out += (out.empty() ? "" : ",") + ("{\"name\":" + text(match.name)) + ",\"version\":" + text(metadata.version)
            + ",\"app_version\":" + text(metadata.appVersion) + ",\"description\":" + text(metadata.description) + "}";
    }
    std::printf("[%s]\n", out.c_str());
    return 0;
}

int pull(repo::Web &web, const repo::HelmPaths &paths, const Arguments &arguments)
{
    repo::FetchOptions options;
    options.paths = paths;
    options.version = arguments.text("--version");
    options.access = arguments.access();
    options.plainHttp = arguments.on("--plain-http");
    options.verify = arguments.on("--verify");
    if (!arguments.text("--keyring").empty())
        options.paths.keyring = arguments.text("--keyring");
    repo::ChartFetcher fetcher(web, options, note);
    const auto fetched = fetcher.fetch(arguments.words[1]);
    if (!fetched)
        return fail(fetched.error());
    const auto bytes = readFile(fetched->path);
    if (!bytes)
        return fail(bytes.error());
    if (const auto &verified = fetched->verification) {
        for (const std::string &name : verified->signer.names)
            std::printf("Signed by: %s\n", name.c_str());
        std::printf("Using Key With Fingerprint: %s\nChart Hash Verified: %s\n", verified->signer.fingerprint.c_str(),
            verified->digest.c_str());
    }
    const auto written = repo::writeWhole(arguments.words[2] + "/chart.tgz", *bytes, 0644);
    return written ? 0 : fail(written.error());
}

int lock(const Arguments &arguments)
{
    const auto chart = chart::loadFolder(arguments.words[1], chart::levels43());
    if (!chart)
        return fail(chart.error());
    static constexpr const char *words[] = {"no dependencies", "no lock", "out of sync", "in sync"};
    std::puts(words[static_cast<int>(repo::lockVerdict(**chart).state)]);
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    const Arguments arguments(argc, argv);
    const std::string command = arguments.words.empty() ? "" : arguments.words.front();
    const repo::HelmPaths paths = repo::HelmPaths::fromEnvironment();
    http::IoThread io;
    repo::HttpWeb web(io, {});
    if (command == "add" && arguments.words.size() == 3)
        return add(web, paths, arguments);
    if (command == "update")
        return update(web, paths, arguments);
    if (command == "search")
        return search(paths, arguments);
    if (command == "pull" && arguments.words.size() == 3)
        return pull(web, paths, arguments);
    if (command == "lock" && arguments.words.size() == 2)
        return lock(arguments);
    if (command == "remove" && arguments.words.size() == 2) {
        const auto done = repo::removeRepository(paths, arguments.words[1]);
        return done ? 0 : fail(done.error());
    }
    std::fputs("usage: see the top of repotool.cpp\n", stderr);
    return 2;
}
