// SPDX-License-Identifier: GPL-3.0-or-later
#include "texts/tables.h"

namespace pk::gui::texts {

namespace {

#define T(text) QT_TRANSLATE_NOOP("texts", text)

/// What an API server, a kubeconfig, a login command or the network refuses. `{message}` is their own words. Ids that
/// only a fault of ours could give (a request that cannot be built, a stream cut by its receiver) have none.
constexpr Sentence sentences[] = {
    {"http.resolve", T("The name {host} cannot be found. Check the network, a VPN, or the server of this context.")},
    {"http.connect", T("{host} does not answer. Check the network, a VPN, or whether the cluster runs.")},
    {"http.timeout", T("{host} did not answer in time. Poolkeeper tries again by itself.")},
    {"http.silent", T("The cluster stopped sending. Poolkeeper asks again by itself.")},
    {"http.broken", T("The connection to {host} broke off. Poolkeeper tries again by itself.")},
    {"http.certificate",
        T("The certificate of {host} is not trusted: {message}. Check certificate-authority of this cluster in the "
          "kubeconfig.")},
    {"http.ca", T("The certificate authority that the kubeconfig gives for {host} cannot be used: {message}")},
    {"http.client-certificate", T("The client certificate of this user cannot be used for {host}: {message}")},
    {"http.tls", T("No secure connection to {host}: {message}")},
    {"http.proxy", T("The proxy on the way to {host} cannot be used: {message}")},
    {"http.too-large", T("The answer of {host} is larger than Poolkeeper reads ({limit} bytes).")},

    {"repo.digest",
        T("{url} is not what its repository promises, and was not taken: its digest is {actual}, not {expected}.")},
    {"repo.locked",
        T("Another program is changing Helm's list of repositories and did not finish within 30 seconds. Try again.")},

    {"kube.anonymous",
        T("The cluster got no credentials and refused an unknown user. Log in with your cloud's tool and try again.")},
    {"kube.unauthorized", T("The cluster does not accept the credentials of this context. Log in again.")},
    {"kube.forbidden", T("Your user may not do this. The cluster says: {message}")},
    {"kube.timeout", T("The cluster did not finish in time. Poolkeeper tries again by itself.")},
    {"kube.busy", T("The cluster is busy and asks to wait. Poolkeeper tries again by itself.")},
    {"kube.server", T("The cluster failed to answer (status {status}): {message}")},
    {"kube.conflict", T("Somebody else changed {name} at the same moment. Look at it again and repeat.")},
    {"kube.field-conflict", T("{manager} owns {field} of {name}. Review the change again, or take the field over.")},
    {"kube.kind-unknown",
        T("The cluster does not know {kind} of {version}. Is its custom resource definition installed?")},
    {"kube.not-json",
        T("What answered is no Kubernetes API. Check the server of this context, and whether a proxy or login page "
          "stands in between.")},
    {"kube.not-a-list", T("The cluster answered with something else than a list. Is there a proxy in between?")},
    {"kube.oidc-expired", T("The login of {user} has expired. Log in again with the tool that wrote {file}.")},

    {"kube.file", T("The file {file} cannot be read: {reason}")},
    {"kube.config-missing", T("The kubeconfig file {file} does not exist.")},
    {"kube.config-file", T("The kubeconfig file {file} cannot be read: {reason}")},
    {"kube.context-missing", T("There is no context {context} in the kubeconfig.")},
    {"kube.context-unreadable", T("Context {context} in {file} cannot be used: {reason}")},
    {"kube.cluster-missing", T("Context {context} names the cluster {cluster}, which the kubeconfig does not have.")},
    {"kube.cluster-unreadable", T("Cluster {cluster} in {file} cannot be used: {reason}")},
    {"kube.cluster-no-server", T("Cluster {cluster} in {file} names no server.")},
    {"kube.cluster-server", T("The server of cluster {cluster} is no address: {reason}")},
    {"kube.cluster-proxy", T("The proxy-url of cluster {cluster} is no address of a proxy.")},
    {"kube.cluster-ca-twice",
        T("Cluster {cluster} gives its certificate authority twice: as a file and as data. Remove one.")},
    {"kube.cluster-ca-file", T("The certificate authority {named} of cluster {cluster} cannot be read: {reason}")},
    {"kube.cluster-insecure-ca",
        T("Cluster {cluster} gives a certificate authority and switches checking off. Remove one.")},
    {"kube.user-missing", T("Context {context} names the user {user}, which the kubeconfig does not have.")},
    {"kube.user-unreadable", T("User {user} in {file} cannot be used: {reason}")},
    {"kube.user-methods", T("User {user} has more than one way to log in. Keep one of them.")},
    {"kube.user-certificate-twice",
        T("User {user} gives the client certificate twice: as a file and as data. Remove one.")},
    {"kube.user-certificate-file", T("The client certificate {named} of user {user} cannot be read: {reason}")},
    {"kube.user-key-twice", T("User {user} gives the client key twice: as a file and as data. Remove one.")},
    {"kube.user-key-missing", T("User {user} has a client certificate, but no key for it.")},
    {"kube.user-key-file", T("The client key {named} of user {user} cannot be read: {reason}")},
    {"kube.user-token-file", T("The token file {named} of user {user} cannot be used: {reason}")},
    {"kube.user-impersonation",
        T("User {user} acts for groups or extras of another user, but names no user to act for.")},
    {"kube.provider-gone",
        T("User {user} logs in with the built-in provider {reason}, which Kubernetes has removed. Use the login "
          "command of your cloud instead.")},
    {"kube.provider-unknown", T("User {user} logs in with the provider {reason}, which nobody knows.")},

    {"kube.exec-needs-approval", T("{user} logs in with the command {command}. It has not been allowed to run yet.")},
    {"kube.exec-denied", T("The settings do not let login commands run. {user} needs {command}.")},
    {"kube.exec-not-found", T("The login command {command} is not installed, or not in the search path. {hint}")},
    {"kube.exec-failed", T("The login command {command} failed with exit code {code}: {output}")},
    {"kube.exec-timeout", T("The login command {command} did not finish in time.")},
    {"kube.exec-interactive",
        T("The login command {command} wants to ask in a terminal. Run it there once, then try again.")},
    {"kube.exec-answer", T("The login command {command} answered with something else than credentials: {reason}")},
    {"kube.exec-no-command", T("The exec entry of user {user} names no command.")},
    {"kube.exec-no-version", T("The exec entry of user {user} has no apiVersion.")},
    {"kube.exec-version", T("The exec entry of user {user} has an apiVersion that is not known: {reason}")},
    {"kube.exec-no-variable", T("The exec entry of user {user} has an environment variable without a name.")},
    {"kube.exec-no-mode", T("The exec entry of user {user} has no interactiveMode, which its apiVersion demands.")},
    {"kube.exec-mode", T("The interactiveMode of user {user} is not known: {reason}")},
    {"kube.exec-and-provider", T("User {user} has both a login command and a login provider. Remove one.")},
    {"kube.process", T("The program {program} cannot be started: {reason}")},
    {"kube.process-timeout", T("The program {program} did not finish in time.")},
    {"kube.process-output", T("The program {program} printed more than Poolkeeper reads.")},

    {"store.unavailable",
        T("Poolkeeper's ledger {path} cannot be used: {message}. Evictions are shown, but not kept.")},
    {"store.locked",
        T("Another program holds Poolkeeper's ledger {path}. Until the next start evictions are shown, but not kept.")},
    {"store.damaged",
        T("Poolkeeper's ledger {path} is damaged: evictions are shown, but not kept. Move the file away to begin a new "
          "one.")},
    {"store.newer",
        T("Poolkeeper's ledger {path} was written by a newer version. With this one evictions are shown, but not "
          "kept.")},
};

#undef T

} // namespace

std::span<const Sentence> connectionSentences()
{
    return sentences;
}

} // namespace pk::gui::texts
