// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/execplugin.h"

#include "base/encoding.h"
#include "base/timestamp.h"
#include "kube/json.h"
#include "kube/kubeconfigproblems.h"
#include "kube/text.h"
#include "yaml/json.h"

#include <algorithm>

namespace pk::kube {

namespace {

Error pluginError(const char *id, const std::string &command, std::string message, const std::string &reason = {})
{
    return {.code = Error::Code::Denied,
        .message = std::move(message),
        .id = id,
        .parameters = {{"command", cleanText(command)}, {"reason", reason}}};
}

Error badAnswer(const ExecConfig &exec, const std::string &reason)
{
    return pluginError("kube.exec-answer", exec.command, reason, reason);
}

Error notFound(const ExecConfig &exec, const PluginEnvironment &environment)
{
    std::string searched;
    for (const std::string &folder : environment.searchPath)
        searched += (searched.empty() ? "" : "\n") + cleanText(folder);
    Error error =
        pluginError("kube.exec-not-found", exec.command, "exec: executable " + cleanText(exec.command) + " not found");
    error.code = Error::Code::NotFound;
    error.parameters.emplace_back("hint", cleanText(exec.installHint));
    error.parameters.emplace_back("searched", searched);
    return error;
}

Error failed(const ExecConfig &exec, const ChildProcess::Outcome &outcome)
{
    Error error = pluginError("kube.exec-failed", exec.command,
        "exec: executable " + cleanText(exec.command) + " failed with exit code " + std::to_string(outcome.exitCode));
    error.parameters.emplace_back("code", std::to_string(outcome.exitCode));
    // Its stdout may hold a token; only what it said to a person is shown.
    error.parameters.emplace_back("output", redact(cleanText(outcome.errors)));
    return error;
}

/// Our variables without those that are set anew.
std::vector<std::string> environmentOf(
    const ExecConfig &exec, const PluginEnvironment &environment, const std::string &info)
{
    std::vector<std::string> variables = environment.variables;
    const auto set = [&variables](const std::string &name, const std::string &value) {
        std::erase_if(variables, [&](const std::string &old) { return old.starts_with(name + "="); });
        variables.push_back(name + "=" + value);
    };
    for (const auto &[name, value] : exec.environment)
        set(name, value.reveal());
    set("KUBERNETES_EXEC_INFO", info);
    return variables;
}

} // namespace

std::string execInfo(const ExecConfig &exec, const ClusterEntry &cluster, const std::string &caPem)
{
    Value spec = Value::map({{"interactive", Value::boolean(false)}});
    if (exec.provideClusterInfo) {
        Value info = Value::map({{"server", Value::string(serverUrl(cluster))}});
        const auto set = [&info](const char *key, const std::string &text) {
            if (!text.empty())
                info.asMap().set(key, Value::string(text));
        };
        set("tls-server-name", cluster.tlsServerName);
        set("certificate-authority-data", base64Encode(caPem));
        set("proxy-url", cluster.proxyUrl);
        if (cluster.insecure)
            info.asMap().set("insecure-skip-tls-verify", Value::boolean(true));
        if (cluster.disableCompression)
            info.asMap().set("disable-compression", Value::boolean(true));
        info.asMap().set("config", cluster.execExtension);
        spec.asMap().set("cluster", info);
    }
    return yaml::toJson(Value::map(
        {{"apiVersion", Value::string(exec.apiVersion)}, {"kind", Value::string("ExecCredential")}, {"spec", spec}}));
}

Result<PluginCredentials> parseExecCredential(std::string_view output, const ExecConfig &exec)
{
    const auto answer = parseObject(output);
    if (!answer)
        return badAnswer(exec, "decoding stdout: " + answer.error().message);
    const std::string version = answer->get("apiVersion").stringOr();
    if (version != exec.apiVersion || answer->get("kind").stringOr() != "ExecCredential")
        return badAnswer(exec,
            "exec plugin is configured to use API version " + exec.apiVersion + ", plugin returned version "
                + cleanText(version, 100));
    const Value status = answer->get("status");
    if (!status.isMap())
        return badAnswer(exec, "exec plugin didn't return a status field");
    PluginCredentials credentials{.token = Redacted(status.get("token").stringOr()),
        .certificatePem = status.get("clientCertificateData").stringOr(),
        .keyPem = Redacted(status.get("clientKeyData").stringOr())};
    if (credentials.token.isEmpty() && credentials.certificatePem.empty() && credentials.keyPem.isEmpty())
        return badAnswer(exec, "exec plugin didn't return a token or cert/key pair");
    if (credentials.certificatePem.empty() != credentials.keyPem.isEmpty())
        return badAnswer(exec, "exec plugin returned only certificate or key, not both");
    const std::string expires = status.get("expirationTimestamp").stringOr();
    credentials.expires = parseTimestamp(expires);
    if (!expires.empty() && !credentials.expires)
        return badAnswer(exec, "decoding stdout: expirationTimestamp is not a time");
    return credentials;
}

Result<std::unique_ptr<ChildProcess>> startPlugin(http::IoCore &core, const UserEntry &user,
    const ClusterEntry &cluster, const std::string &caPem, const PluginEnvironment &environment,
    std::function<void(Result<PluginCredentials>)> done)
{
    const ExecConfig &exec = *user.exec;
    if (exec.interactiveMode == "Always")
        return pluginError("kube.exec-interactive", exec.command,
            "exec plugin cannot support interactive mode: standard input is not a terminal");
    const std::string program = findProgram(exec.command, environment.searchPath);
    if (program.empty())
        return notFound(exec, environment);
    return ChildProcess::start(core,
        {.program = program,
            .arguments = exec.arguments,
            .environment = environmentOf(exec, environment, execInfo(exec, cluster, caPem)),
            .timeout = environment.timeout},
        [exec, done = std::move(done)](Result<ChildProcess::Outcome> outcome) {
            if (!outcome && outcome.error().code == Error::Code::Timeout) {
                Error error = outcome.error();
                error.id = "kube.exec-timeout";
                error.parameters = {{"command", cleanText(exec.command)}};
                return done(std::move(error));
            }
            if (!outcome)
                return done(outcome.error());
            if (outcome->exitCode != 0)
                return done(failed(exec, *outcome));
            done(parseExecCredential(outcome->output, exec));
        });
}

} // namespace pk::kube
