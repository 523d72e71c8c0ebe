// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/kubeconfigproblems.h"

#include "kube/text.h"

#include <algorithm>

namespace pk::kube {

namespace {

/// Collects what is wrong with one context, each time with the names that a person needs to find the place.
class Findings
{
public:
    Findings(const ContextEntry &context, std::string file) : m_context(context), m_file(std::move(file)) { }

    void setFile(const std::string &file) { m_file = file; }

    void add(const char *id, std::string message, const std::string &reason = {}, const std::string &named = {})
    {
        m_errors.push_back({.code = Error::Code::InvalidInput,
            .message = std::move(message),
            .id = id,
            .parameters = {{"context", m_context.name}, {"cluster", m_context.cluster}, {"user", m_context.user},
                {"file", m_file}, {"reason", reason}, {"named", named}}});
    }

    /// A file that the entry names: must be readable.
    void checkFile(const char *id, const char *what, const std::string &path, const std::string &owner)
    {
        if (path.empty())
            return;
        if (const auto content = readNamedFile(path); !content)
            add(id,
                "unable to read " + std::string(what) + " " + path + " for " + owner + " due to "
                    + content.error().message,
                content.error().message, path);
    }

    std::vector<Error> take() { return std::move(m_errors); }

private:
    const ContextEntry &m_context;
    std::string m_file;
    std::vector<Error> m_errors;
};

bool isProxyUrl(const std::string &url)
{
    const auto scheme = url.substr(0, url.find("://"));
    return url.find("://") != url.npos && url.size() > scheme.size() + 3
        && (scheme == "http" || scheme == "https" || scheme == "socks5");
}

bool isServerUrl(const std::string &url)
{
    const auto begin = url.find("://");
    const auto scheme = url.substr(0, begin);
    if (begin == url.npos || (scheme != "http" && scheme != "https"))
        return false;
    const auto host = url.substr(begin + 3, url.find('/', begin + 3) - begin - 3);
    return !host.empty() && host.find_first_of(" \t\r\n@?#") == host.npos;
}

void checkCluster(const ClusterEntry &cluster, Findings &findings)
{
    findings.setFile(cluster.file);
    for (const std::string &fault : cluster.faults)
        findings.add("kube.cluster-unreadable", "cluster \"" + cluster.name + "\": " + fault, fault);
    if (cluster.server.empty())
        findings.add("kube.cluster-no-server", "no server found for cluster \"" + cluster.name + "\"");
    else if (!isServerUrl(serverUrl(cluster)))
        findings.add("kube.cluster-server", "invalid server for cluster \"" + cluster.name + "\"", cluster.server);
    if (!cluster.proxyUrl.empty() && !isProxyUrl(cluster.proxyUrl))
        findings.add("kube.cluster-proxy", "invalid 'proxy-url' for cluster \"" + cluster.name + "\"");
    const bool data = !cluster.caPem.empty(), file = !cluster.caFile.empty();
    if (data && file)
        findings.add("kube.cluster-ca-twice",
            "certificate-authority-data and certificate-authority are both specified for " + cluster.name);
    else
        findings.checkFile("kube.cluster-ca-file", "certificate-authority", cluster.caFile, cluster.name);
    if (cluster.insecure && (data || file))
        findings.add(
            "kube.cluster-insecure-ca", "specifying a root certificates file with the insecure flag is not allowed");
}

void checkCertificate(const UserEntry &user, Findings &findings)
{
    const bool data = !user.clientCertificatePem.empty(), file = !user.clientCertificateFile.empty();
    if (!data && !file)
        return;
    if (data && file)
        findings.add(
            "kube.user-certificate-twice", "client-cert-data and client-cert are both specified for " + user.name);
    else
        findings.checkFile("kube.user-certificate-file", "client-cert", user.clientCertificateFile, user.name);
    const bool keyData = !user.clientKeyPem.isEmpty(), keyFile = !user.clientKeyFile.empty();
    if (keyData && keyFile)
        findings.add("kube.user-key-twice", "client-key-data and client-key are both specified for " + user.name);
    else if (!keyData && !keyFile)
        findings.add("kube.user-key-missing", "client-key-data or client-key must be specified for " + user.name);
    else
        findings.checkFile("kube.user-key-file", "client-key", user.clientKeyFile, user.name);
}

void checkExec(const UserEntry &user, Findings &findings)
{
    const ExecConfig &exec = *user.exec;
    const std::string forUser = " for user \"" + user.name + "\" to use exec authentication plugin";
    if (exec.command.empty())
        findings.add("kube.exec-no-command", "command must be specified" + forUser);
    if (exec.apiVersion.empty())
        findings.add("kube.exec-no-version", "apiVersion must be specified" + forUser);
    else if (exec.apiVersion != "client.authentication.k8s.io/v1"
        && exec.apiVersion != "client.authentication.k8s.io/v1beta1")
        findings.add("kube.exec-version", "exec plugin: invalid apiVersion \"" + cleanText(exec.apiVersion, 100) + "\"",
            cleanText(exec.apiVersion, 100));
    if (std::ranges::any_of(exec.environment, [](const auto &variable) { return variable.first.empty(); }))
        findings.add("kube.exec-no-variable", "env variable name must be specified" + forUser);
    const std::string &mode = exec.interactiveMode;
    if (mode.empty() && exec.apiVersion == "client.authentication.k8s.io/v1")
        findings.add("kube.exec-no-mode",
            "interactiveMode must be specified for " + user.name + " to use exec authentication plugin");
    else if (!mode.empty() && mode != "Never" && mode != "IfAvailable" && mode != "Always")
        findings.add("kube.exec-mode", "invalid interactiveMode for " + user.name + ": \"" + cleanText(mode, 40) + "\"",
            cleanText(mode, 40));
    if (!user.authProvider.empty())
        findings.add("kube.exec-and-provider",
            "authProvider cannot be provided in combination with an exec plugin for " + user.name);
}

void checkProvider(const UserEntry &user, Findings &findings)
{
    const std::string &name = user.authProvider;
    if (name.empty() || user.exec)
        return;
    if (name == "gcp" || name == "azure")
        findings.add(
            "kube.provider-gone", "The " + name + " auth plugin has been removed; use an exec plugin instead", name);
    else if (name != "oidc")
        findings.add("kube.provider-unknown", "no Auth Provider found for name \"" + cleanText(name, 100) + "\"",
            cleanText(name, 100));
}

void checkUser(const UserEntry &user, Findings &findings)
{
    findings.setFile(user.file);
    for (const std::string &fault : user.faults)
        findings.add("kube.user-unreadable", "user \"" + user.name + "\": " + fault, fault);
    checkCertificate(user, findings);
    const bool basic = !user.username.empty() || !user.password.isEmpty();
    if (basic && !user.token.isEmpty())
        findings.add("kube.user-methods",
            "more than one authentication method found for " + user.name
                + "; found [token basicAuth], only one is allowed");
    if (!user.tokenFile.empty()) {
        const auto token = readNamedFile(user.tokenFile);
        if (!token)
            findings.checkFile("kube.user-token-file", "tokenFile", user.tokenFile, user.name);
        else if (token->find_first_not_of(" \t\r\n") == std::string::npos)
            findings.add(
                "kube.user-token-file", "token file " + user.tokenFile + " is empty", "is empty", user.tokenFile);
    }
    if (user.impersonate.empty()
        && (!user.impersonateUid.empty() || !user.impersonateGroups.empty() || !user.impersonateExtra.empty()))
        findings.add("kube.user-impersonation",
            "requesting uid, groups or user-extra for " + user.name + " without impersonating a user");
    if (user.exec)
        checkExec(user, findings);
    checkProvider(user, findings);
}

} // namespace

std::string serverUrl(const ClusterEntry &cluster)
{
    std::string url = cluster.server;
    if (!url.empty() && url.find("://") == url.npos) {
        const bool tls = cluster.insecure || !cluster.caFile.empty() || !cluster.caPem.empty();
        url = (tls ? "https://" : "http://") + url;
    }
    while (url.ends_with('/'))
        url.pop_back();
    return url;
}

bool usesExec(const UserEntry &user)
{
    const bool certificate = !user.clientCertificatePem.empty() || !user.clientCertificateFile.empty();
    const bool token = !user.token.isEmpty() || !user.tokenFile.empty();
    return user.exec && !certificate && !token && user.username.empty() && user.password.isEmpty();
}

Error missingContext(const std::string &name)
{
    return {.code = Error::Code::NotFound,
        .message = "context \"" + name + "\" does not exist",
        .id = "kube.context-missing",
        .parameters = {{"context", name}}};
}

std::vector<Error> problemsOf(const ContextEntry &context, const ClusterEntry *cluster, const UserEntry *user)
{
    Findings findings(context, context.file);
    for (const std::string &fault : context.faults)
        findings.add("kube.context-unreadable", "context \"" + context.name + "\": " + fault, fault);
    if (cluster)
        checkCluster(*cluster, findings);
    else
        findings.add("kube.cluster-missing", "cluster \"" + context.cluster + "\" does not exist");
    findings.setFile(context.file);
    if (user)
        checkUser(*user, findings);
    else if (!context.user.empty()) // Without a user requests go out without credentials.
        findings.add("kube.user-missing", "auth info \"" + context.user + "\" does not exist");
    return findings.take();
}

} // namespace pk::kube
