// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/credentials.h"

#include "base/encoding.h"
#include "kube/json.h"
#include "kube/kubeconfigproblems.h"
#include "kube/resource.h"

#include <algorithm>

namespace pk::kube {

namespace {

using namespace std::chrono_literals;

constexpr auto tokenLifetime = 50s; // Kubernetes' client: 60 s minus 10 s of leeway.
constexpr auto certificateLifetime = 300s;
constexpr auto pluginErrorLifetime = 2s;
constexpr auto pluginFreshFor = 10s;

std::string trimmed(const std::string &text)
{
    const auto first = text.find_first_not_of(" \t\r\n");
    return first == text.npos ? std::string() : text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

Redacted bearer(const std::string &token)
{
    return Redacted("Bearer " + token);
}

/// Seconds since 1970 at which a JSON web token ends; nothing when it does not say.
std::optional<std::int64_t> endOfToken(const std::string &token)
{
    const auto first = token.find('.');
    const auto second = token.find('.', first == token.npos ? first : first + 1);
    if (second == token.npos)
        return std::nullopt;
    std::string payload = token.substr(first + 1, second - first - 1);
    std::ranges::replace(payload, '-', '+');
    std::ranges::replace(payload, '_', '/');
    payload.append((4 - payload.size() % 4) % 4, '=');
    std::string json;
    std::size_t badAt = 0;
    if (!base64Decode(payload, json, badAt))
        return std::nullopt;
    const auto claims = parseObject(json);
    const std::int64_t end = claims ? claims->get("exp").integerOr(-1) : -1;
    return end < 0 ? std::nullopt : std::optional(end);
}

/// Header names of extra keys are percent-escaped where HTTP would not allow them.
std::string escapedKey(const std::string &key)
{
    constexpr std::string_view plain = "!#$&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz";
    std::string escaped;
    for (const char c : key)
        escaped += plain.find(c) == plain.npos ? percentEncode({&c, 1}) : std::string(1, c);
    return escaped;
}

} // namespace

CredentialSource::CredentialSource(
    ContextConfig context, std::shared_ptr<ExecApprovals> approvals, PluginEnvironment environment) :
    m_context(std::move(context)),
    m_approvals(std::move(approvals)), m_environment(std::move(environment))
{
}

Result<std::string> CredentialSource::read(const Clock &clock, const std::string &path, std::chrono::seconds lifetime)
{
    File &file = m_files[path];
    if (file.valid && clock.ticks() - file.readAt < lifetime)
        return file.content;
    auto content = readNamedFile(path);
    if (!content && !file.valid)
        return content;
    if (content)
        file.content = std::move(*content);
    file.valid = true;
    file.readAt = clock.ticks();
    return file.content;
}

Result<http::Tls> CredentialSource::clusterTls(const Clock &clock)
{
    const ClusterEntry &cluster = m_context.cluster;
    http::Tls tls{.caPem = cluster.caPem, .serverName = cluster.tlsServerName, .insecure = cluster.insecure};
    if (!cluster.caFile.empty()) {
        auto ca = read(clock, cluster.caFile, certificateLifetime);
        if (!ca)
            return ca.error();
        tls.caPem = std::move(*ca);
    }
    return tls;
}

CredentialSource::Ticket CredentialSource::get(http::IoCore &core, Done done)
{
    const Clock &clock = core.clock();
    auto tls = clusterTls(clock);
    if (!tls) {
        done(tls.error());
        return 0;
    }
    // Credentials never go over a connection that anybody can read, and then a plugin need not run either.
    if (serverUrl(m_context.cluster).starts_with("http://")) {
        done(Credentials{.generation = m_generation});
        return 0;
    }
    if (!usesExec(m_context.user)) {
        done(fromEntries(clock, std::move(*tls)));
        return 0;
    }
    if (m_fromPlugin && m_fromPlugin->expires && clock.now() > *m_fromPlugin->expires)
        m_fromPlugin.reset();
    if (m_fromPlugin) {
        done(fromPlugin(std::move(*tls)));
        return 0;
    }
    if (!m_plugin) {
        const auto allowed = m_approvals ? m_approvals->check(m_context.user) : ExecApprovals().check(m_context.user);
        if (!allowed) {
            done(allowed.error());
            return 0;
        }
        if (m_pluginError && clock.ticks() - m_pluginRanAt < pluginErrorLifetime) {
            done(*m_pluginError);
            return 0;
        }
    }
    const Ticket ticket = ++m_lastTicket;
    m_waiting.emplace(ticket, std::move(done));
    if (!m_plugin)
        startPluginRun(core, *tls);
    return ticket;
}

void CredentialSource::cancel(Ticket ticket)
{
    m_waiting.erase(ticket);
    if (m_waiting.empty())
        m_plugin.reset();
}

void CredentialSource::startPluginRun(http::IoCore &core, const http::Tls &tls)
{
    auto plugin = startPlugin(core, m_context.user, m_context.cluster, tls.caPem, m_environment,
        [this, &core, tls](Result<PluginCredentials> answer) { pluginDone(core, tls, std::move(answer)); });
    if (plugin)
        m_plugin = std::move(*plugin);
    else
        pluginDone(core, tls, plugin.error());
}

void CredentialSource::pluginDone(http::IoCore &core, const http::Tls &tls, Result<PluginCredentials> answer)
{
    const auto ended = std::move(m_plugin); // Dies behind us: it is calling us now.
    m_pluginRanAt = core.clock().ticks();
    m_pluginError.reset();
    if (answer) {
        m_fromPlugin = std::move(*answer);
        ++m_generation;
    } else {
        m_pluginError = answer.error();
    }
    for (const auto &[ticket, done] : std::exchange(m_waiting, {}))
        done(m_pluginError ? Result<Credentials>(*m_pluginError) : fromPlugin(tls));
}

bool CredentialSource::invalidate(const Clock &clock, unsigned generation)
{
    if (generation != m_generation)
        return true; // Somebody else has got new ones since.
    if (m_fromPlugin && clock.ticks() - m_pluginRanAt > pluginFreshFor) {
        m_fromPlugin.reset();
        return true;
    }
    const auto token = m_files.find(m_context.user.tokenFile);
    if (token == m_files.end() || !token->second.valid)
        return false;
    const auto now = readNamedFile(m_context.user.tokenFile);
    if (!now || trimmed(*now).empty() || *now == token->second.content)
        return false;
    token->second = {.content = *now, .readAt = clock.ticks(), .valid = true};
    ++m_generation;
    return true;
}

Credentials CredentialSource::fromPlugin(http::Tls tls) const
{
    Credentials credentials{.tls = std::move(tls), .generation = m_generation};
    credentials.tls.clientCertificatePem = m_fromPlugin->certificatePem;
    credentials.tls.clientKeyPem = m_fromPlugin->keyPem;
    if (!m_fromPlugin->token.isEmpty())
        credentials.headers.emplace_back("Authorization", bearer(m_fromPlugin->token.reveal()));
    addImpersonation(credentials);
    return credentials;
}

Result<Credentials> CredentialSource::fromEntries(const Clock &clock, http::Tls tls)
{
    const UserEntry &user = m_context.user;
    Credentials credentials{.tls = std::move(tls), .generation = m_generation};
    credentials.tls.clientCertificatePem = user.clientCertificatePem;
    credentials.tls.clientKeyPem = user.clientKeyPem;
    if (!user.clientCertificateFile.empty()) {
        auto certificate = read(clock, user.clientCertificateFile, certificateLifetime);
        if (!certificate)
            return certificate.error();
        credentials.tls.clientCertificatePem = std::move(*certificate);
    }
    if (!user.clientKeyFile.empty()) {
        auto key = read(clock, user.clientKeyFile, certificateLifetime);
        if (!key)
            return key.error();
        credentials.tls.clientKeyPem = Redacted(std::move(*key));
    }
    if (const auto added = addAuthorization(clock, credentials); !added)
        return added.error();
    addImpersonation(credentials);
    return credentials;
}

Result<void> CredentialSource::addAuthorization(const Clock &clock, Credentials &credentials)
{
    const UserEntry &user = m_context.user;
    if (!user.tokenFile.empty()) {
        const auto token = read(clock, user.tokenFile, tokenLifetime);
        if (!token)
            return token.error();
        credentials.headers.emplace_back("Authorization", bearer(trimmed(*token)));
    } else if (!user.token.isEmpty()) {
        credentials.headers.emplace_back("Authorization", bearer(user.token.reveal()));
    } else if (!user.username.empty() || !user.password.isEmpty()) {
        credentials.headers.emplace_back(
            "Authorization", Redacted("Basic " + base64Encode(user.username + ":" + user.password.reveal())));
    } else if (user.authProvider == "oidc") {
        return addOidc(clock, credentials);
    }
    return {};
}

Result<void> CredentialSource::addOidc(const Clock &clock, Credentials &credentials) const
{
    const std::string &token = m_context.user.oidcIdToken.reveal();
    const auto end = endOfToken(token);
    if (token.empty() || (end && WallTime(std::chrono::seconds(*end)) <= clock.now()))
        return Error{.code = Error::Code::Denied,
            .message = token.empty() ? "the oidc auth provider has no id-token" : "the oidc id-token has expired",
            .id = "kube.oidc-expired",
            .parameters = {{"user", m_context.user.name}, {"file", m_context.user.file}}};
    credentials.headers.emplace_back("Authorization", bearer(token));
    return {};
}

void CredentialSource::addImpersonation(Credentials &credentials) const
{
    const UserEntry &user = m_context.user;
    const auto add = [&credentials](const std::string &name, const std::string &value) {
        if (!value.empty())
            credentials.headers.emplace_back(name, Redacted(value));
    };
    add("Impersonate-User", user.impersonate);
    add("Impersonate-Uid", user.impersonateUid);
    for (const std::string &group : user.impersonateGroups)
        add("Impersonate-Group", group);
    for (const auto &[key, values] : user.impersonateExtra)
        for (const std::string &value : values)
            add("Impersonate-Extra-" + escapedKey(key), value);
}

} // namespace pk::kube
