// SPDX-License-Identifier: GPL-3.0-or-later
#include "repo/helmpaths.h"

#include <unistd.h>

#include <cstdlib>

namespace pk::repo {

namespace {

std::string firstOf(std::string first, std::string second)
{
    return first.empty() ? std::move(second) : std::move(first);
}

/// The older file of public keys when it is there, else GnuPG's keybox, else the name of the older one.
std::string keyringIn(const std::string &folder)
{
    const std::string legacy = folder + "/pubring.gpg";
    const std::string keybox = folder + "/pubring.kbx";
    return ::access(legacy.c_str(), F_OK) != 0 && ::access(keybox.c_str(), F_OK) == 0 ? keybox : legacy;
}

} // namespace

HelmPaths HelmPaths::of(const std::function<std::string(const char *)> &lookup)
{
    const std::string home = lookup("HOME");
    const auto base = [&](const char *helm, const char *xdg, const char *fallback) {
        const std::string own = lookup(helm);
        return own.empty() ? firstOf(lookup(xdg), home + fallback) + "/helm" : own;
    };
    const std::string config = base("HELM_CONFIG_HOME", "XDG_CONFIG_HOME", "/.config");
    const std::string cache = base("HELM_CACHE_HOME", "XDG_CACHE_HOME", "/.cache");
    return {.repositoryConfig = firstOf(lookup("HELM_REPOSITORY_CONFIG"), config + "/repositories.yaml"),
        .repositoryCache = firstOf(lookup("HELM_REPOSITORY_CACHE"), cache + "/repository"),
        .registryConfig = firstOf(lookup("HELM_REGISTRY_CONFIG"), config + "/registry/config.json"),
        .contentCache = firstOf(lookup("HELM_CONTENT_CACHE"), cache + "/content"),
        .dockerConfig = firstOf(lookup("DOCKER_CONFIG"), home + "/.docker") + "/config.json",
        .keyring = keyringIn(firstOf(lookup("GNUPGHOME"), home + "/.gnupg"))};
}

HelmPaths HelmPaths::fromEnvironment()
{
    return of([](const char *name) {
        const char *text = std::getenv(name);
        return std::string(text ? text : "");
    });
}

std::string indexFile(const std::string &cache, const std::string &repository)
{
    return cache + "/" + repository + "-index.yaml";
}

std::string chartsFile(const std::string &cache, const std::string &repository)
{
    return cache + "/" + repository + "-charts.txt";
}

} // namespace pk::repo
