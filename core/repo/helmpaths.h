// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>

namespace pk::repo {

/// Where the user's own Helm keeps things. Poolkeeper uses the same files, so that what one adds the other knows.
struct HelmPaths
{
    std::string repositoryConfig; ///< repositories.yaml
    std::string repositoryCache; ///< Folder of NAME-index.yaml and NAME-charts.txt.
    std::string registryConfig; ///< Credentials of registries, in docker's format.
    std::string contentCache; ///< Folder of archives, named by their digest (Helm 4).
    std::string dockerConfig; ///< Docker's own config.json, asked when registryConfig knows nothing.
    std::string keyring; ///< Public keys of GnuPG that --verify uses unless told otherwise.

    /// As helm 4.3 finds them: HELM_* for each, else HELM_CONFIG_HOME and HELM_CACHE_HOME, else XDG's folders, else
    /// those below HOME. `lookup` answers for the environment: empty when a variable is not set.
    static HelmPaths of(const std::function<std::string(const char *)> &lookup);
    static HelmPaths fromEnvironment();
};

/// The index of a repository in the cache folder, and beside it the names of its charts.
std::string indexFile(const std::string &cache, const std::string &repository);
std::string chartsFile(const std::string &cache, const std::string &repository);

} // namespace pk::repo
