// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/redacted.h"
#include "base/result.h"
#include "value/value.h"

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pk::kube {

/// A command that prints credentials (client.authentication.k8s.io).
struct ExecConfig
{
    std::string apiVersion = {};
    std::string command = {}; ///< Absolute, or a bare name to be found in PATH.
    std::vector<std::string> arguments = {};
    std::vector<std::pair<std::string, Redacted>> environment = {};
    std::string interactiveMode = {}; ///< "Never", "IfAvailable", "Always"
    std::string installHint = {};
    bool provideClusterInfo = false;
};

struct ClusterEntry
{
    std::string name = {};
    std::string file = {}; ///< Where the entry stands.
    std::string server = {};
    std::string tlsServerName = {};
    std::string caFile = {}; ///< Absolute.
    std::string caPem = {}; ///< certificate-authority-data, decoded.
    std::string proxyUrl = {};
    bool insecure = false;
    bool disableCompression = false;
    Value execExtension = {}; ///< Extension client.authentication.k8s.io/exec.
    std::vector<std::string> faults = {}; ///< Why the entry cannot be read.
};

struct UserEntry
{
    std::string name = {};
    std::string file = {};
    std::string clientCertificateFile = {};
    std::string clientCertificatePem = {};
    std::string clientKeyFile = {};
    Redacted clientKeyPem = {};
    Redacted token = {};
    std::string tokenFile = {};
    std::string username = {};
    Redacted password = {};
    std::string impersonate = {};
    std::string impersonateUid = {};
    std::vector<std::string> impersonateGroups = {};
    std::vector<std::pair<std::string, std::vector<std::string>>> impersonateExtra = {};
    std::string authProvider = {}; ///< "oidc", "gcp", "azure", ...
    Redacted oidcIdToken = {};
    std::optional<ExecConfig> exec = {};
    std::vector<std::string> faults = {};
};

struct ContextEntry
{
    std::string name = {};
    std::string file = {};
    std::string cluster = {};
    std::string user = {};
    std::string nameSpace = {}; ///< As written; empty means "default".
    std::vector<std::string> faults = {};
};

/// What a list of contexts shows of one.
struct ContextInfo
{
    std::string name = {};
    std::string cluster = {};
    std::string user = {};
    std::string nameSpace = {}; ///< "default" when the entry names none.
    std::string server = {};
    std::string file = {}; ///< The file that the context stands in.
    bool current = false;
    bool needsExec = false; ///< Using it runs a program.
    bool insecure = false; ///< TLS is not verified, or there is none.
    std::vector<Error> problems = {}; ///< Why it cannot be used; empty when it can, as far as can be told unconnected.
};

/// Everything that is needed to talk to one cluster as one user. A plain value; holds secrets.
struct ContextConfig
{
    std::string name = {};
    std::string nameSpace = {}; ///< Never empty.
    ClusterEntry cluster = {};
    UserEntry user = {};
};

/// The person's kubeconfig: one file, or several merged as kubectl merges them (the first entry of a name wins, whole
/// entries, never field by field). Reading is lenient: what is broken is listed with the reason, and the rest works.
class Kubeconfig
{
public:
    /// Which files are meant: `explicitFile` alone, else those of $KUBECONFIG, else ~/.kube/config.
    struct Origin
    {
        std::string explicitFile = {};
        std::optional<std::string> kubeconfigVariable = {};
        std::string home = {};
        static Origin fromEnvironment();
    };

    /// Reads and merges. Never fails as a whole; see errors(). Reads small local files on the caller's thread.
    static Kubeconfig load(const Origin &origin);
    /// One file's text, for tests and for dropped files. Relative paths are resolved against the folder of `fileName`.
    static Kubeconfig parse(std::string_view text, const std::string &fileName);

    /// Files that cannot be read or decoded ("kube.config-file", parameters "file", "reason"), or
    /// "kube.config-missing".
    const std::vector<Error> &errors() const { return m_errors; }
    /// The files that were asked for, in order of precedence, whether they exist or not.
    const std::vector<std::string> &files() const { return m_files; }
    bool isEmpty() const { return m_clusters.empty() && m_users.empty() && m_contexts.empty(); }
    const std::string &currentContext() const { return m_currentContext; }
    /// All contexts by name, also the broken ones.
    std::vector<ContextInfo> contexts() const;

    /// What is needed to use a context, or the first of problems(). Reads the files that it names, to tell what is
    /// missing; they are read again when they are used.
    Result<ContextConfig> resolve(std::string_view context) const;
    /// Everything that is wrong with a context (ids "kube.context-...", "kube.cluster-...", "kube.user-...",
    /// "kube.exec-..."; parameters "context", "cluster", "user", "file", "reason"). Never holds the value of a secret.
    std::vector<Error> problems(std::string_view context) const;

private:
    void merge(Kubeconfig &&next);

    std::map<std::string, ClusterEntry, std::less<>> m_clusters;
    std::map<std::string, UserEntry, std::less<>> m_users;
    std::map<std::string, ContextEntry, std::less<>> m_contexts;
    std::string m_currentContext;
    std::vector<std::string> m_files;
    std::vector<Error> m_errors;

    friend class KubeconfigReader;
};

/// Reads a file that a kubeconfig names: regular files up to 1 MiB only, no devices or FIFOs.
Result<std::string> readNamedFile(const std::string &path);

} // namespace pk::kube
