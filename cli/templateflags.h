// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <string>
#include <vector>

namespace pk::cli {

/// Helm's flags about where a chart comes from.
struct FetchFlags
{
    std::string version, repo, username, password, certFile, keyFile, caFile, keyring;
    std::string registryConfig, repositoryConfig, repositoryCache, contentCache;
    bool verify = false, insecure = false, passCredentials = false, plainHttp = false, devel = false;
    bool hasKeyring = false; ///< --keyring was there, though perhaps with no text.
};

/// What `poolkeeper template` was asked for.
struct TemplateOptions
{
    std::vector<std::string> arguments; ///< [NAME] CHART
    std::vector<std::string> valueFiles, set, setString, setJson, setFile, setLiteral;
    std::string namespaceName, kubeVersion, nameTemplate, outputDir, kubeconfig, kubeContext;
    std::string compat = "4.3";
    std::vector<std::string> apiVersions, showOnly;
    bool includeCrds = false, skipTests = false, noHooks = false, isUpgrade = false, skipSchema = false;
    bool generateName = false, useReleaseName = false, debug = false, enableDns = false, help = false;
    bool subchartNotes = false;
    FetchFlags fetch;
};

/// Reads the command line. Flags of helm that need a cluster or a post-renderer are refused with the reason; those that
/// change nothing in what `template` prints are taken and ignored.
Result<TemplateOptions> parseTemplateOptions(const std::vector<std::string> &arguments);

/// The text of `poolkeeper template --help`.
const char *templateHelp();

} // namespace pk::cli
