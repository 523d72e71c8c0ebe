// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "kube/childprocess.h"
#include "kube/kubeconfig.h"

#include <optional>

namespace pk::kube {

/// What a plugin gave.
struct PluginCredentials
{
    Redacted token = {};
    std::string certificatePem = {};
    Redacted keyPem = {};
    std::optional<WallTime> expires = {}; ///< Nothing: never.
};

/// The surroundings of a plugin: a snapshot of our own, made on the thread that owns them.
struct PluginEnvironment
{
    std::vector<std::string> variables = {}; ///< "NAME=value"
    std::vector<std::string> searchPath = {};
    std::chrono::milliseconds timeout{300'000};
};

/// KUBERNETES_EXEC_INFO for a plugin. `caPem` is the content of the cluster's CA, wherever it came from.
std::string execInfo(const ExecConfig &exec, const ClusterEntry &cluster, const std::string &caPem);

/// Reads what a plugin printed. Errors have the words of Kubernetes' own client.
Result<PluginCredentials> parseExecCredential(std::string_view output, const ExecConfig &exec);

/// Starts the plugin; approval was given before. Ids of errors: "kube.exec-interactive" (it wants a terminal),
/// "kube.exec-not-found" (parameters "command", "hint", "searched"), "kube.exec-failed" ("command", "code", "output"),
/// "kube.exec-answer" ("command", "reason"), "kube.exec-timeout".
Result<std::unique_ptr<ChildProcess>> startPlugin(http::IoCore &core, const UserEntry &user,
    const ClusterEntry &cluster, const std::string &caPem, const PluginEnvironment &environment,
    std::function<void(Result<PluginCredentials>)> done);

} // namespace pk::kube
