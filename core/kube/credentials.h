// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/request.h"
#include "kube/execapproval.h"
#include "kube/execplugin.h"

#include <map>

namespace pk::kube {

/// What goes into every request of one user to one cluster.
struct Credentials
{
    http::Tls tls = {};
    std::vector<std::pair<std::string, Redacted>> headers = {}; ///< Authorization, Impersonate-*
    unsigned generation = 0; ///< For CredentialSource::invalidate().
};

/// Where the credentials of a context come from: its entries, files that are read again now and then (tokens after 50
/// seconds, certificates after 5 minutes; a failed reading keeps the last good one), or a plugin, which runs once at a
/// time and whose answer is kept in memory until it expires or the server refuses it. Only used on the I/O thread.
class CredentialSource
{
public:
    using Done = std::function<void(Result<Credentials>)>;
    using Ticket = unsigned;

    CredentialSource(ContextConfig context, std::shared_ptr<ExecApprovals> approvals, PluginEnvironment environment);

    /// Calls `done`, at once unless a plugin must be waited for.
    Ticket get(http::IoCore &core, Done done);
    /// `done` of that ticket is not called any more; nobody waiting ends the plugin.
    void cancel(Ticket ticket);
    bool isWaitingForPlugin() const { return m_plugin != nullptr; }
    /// The server refused credentials of that generation (401). True when new ones can be had; what a plugin gave a
    /// moment ago is not asked for again, or a login page would pop up at every try.
    bool invalidate(const Clock &clock, unsigned generation);

private:
    using Ticks = std::chrono::steady_clock::time_point;
    struct File
    {
        std::string content = {};
        Ticks readAt = {};
        bool valid = false;
    };

    Result<std::string> read(const Clock &clock, const std::string &path, std::chrono::seconds lifetime);
    Result<http::Tls> clusterTls(const Clock &clock);
    Result<Credentials> fromEntries(const Clock &clock, http::Tls tls);
    Result<void> addAuthorization(const Clock &clock, Credentials &credentials);
    Result<void> addOidc(const Clock &clock, Credentials &credentials) const;
    void addImpersonation(Credentials &credentials) const;
    Credentials fromPlugin(http::Tls tls) const;
    void startPluginRun(http::IoCore &core, const http::Tls &tls);
    void pluginDone(http::IoCore &core, const http::Tls &tls, Result<PluginCredentials> answer);

    ContextConfig m_context;
    std::shared_ptr<ExecApprovals> m_approvals;
    PluginEnvironment m_environment;
    std::map<std::string, File> m_files;
    std::optional<PluginCredentials> m_fromPlugin;
    std::optional<Error> m_pluginError; ///< Kept for a moment, so that many requests do not run it one after another.
    Ticks m_pluginRanAt = {};
    std::unique_ptr<ChildProcess> m_plugin;
    std::map<Ticket, Done> m_waiting;
    Ticket m_lastTicket = 0;
    unsigned m_generation = 1;
};

} // namespace pk::kube
