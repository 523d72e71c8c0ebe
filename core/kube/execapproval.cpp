// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/execapproval.h"

#include "kube/text.h"

#include <openssl/evp.h>

#include <algorithm>

namespace pk::kube {

namespace {

std::string joinedLines(const std::vector<std::string> &lines)
{
    std::string text;
    for (const std::string &line : lines)
        text += (text.empty() ? "" : "\n") + cleanText(line);
    return text;
}

} // namespace

std::string ExecApprovals::hashOf(const UserEntry &user)
{
    std::string bytes;
    // Each part with its length in front, so that no two lists run together to the same bytes.
    const auto add = [&bytes](const std::string &part) { bytes += std::to_string(part.size()) + ":" + part; };
    add(user.file);
    add(user.name);
    if (user.exec) {
        add(user.exec->command);
        add(std::to_string(user.exec->arguments.size()));
        for (const std::string &argument : user.exec->arguments)
            add(argument);
        for (const auto &[name, value] : user.exec->environment) {
            add(name);
            add(value.reveal());
        }
    }
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    EVP_Digest(bytes.data(), bytes.size(), digest, &size, EVP_sha256(), nullptr);
    std::ranges::fill(bytes, '\0');
    constexpr std::string_view digits = "0123456789abcdef";
    std::string hex;
    for (unsigned int i = 0; i < size; ++i)
        hex.append({digits[digest[i] >> 4], digits[digest[i] & 15]});
    return hex;
}

void ExecApprovals::setPolicy(Policy policy, std::vector<std::string> allowedCommands)
{
    const std::lock_guard lock(m_mutex);
    m_policy = policy;
    m_allowedCommands = std::move(allowedCommands);
}

void ExecApprovals::approve(const std::string &hash)
{
    const std::lock_guard lock(m_mutex);
    m_approved.insert(hash);
}

void ExecApprovals::revoke(const std::string &hash)
{
    const std::lock_guard lock(m_mutex);
    m_approved.erase(hash);
}

Result<void> ExecApprovals::check(const UserEntry &user) const
{
    if (!user.exec)
        return {};
    const std::lock_guard lock(m_mutex);
    const std::string hash = hashOf(user);
    const bool listed = m_policy == Policy::Allowlist
        && std::ranges::find(m_allowedCommands, user.exec->command) != m_allowedCommands.end();
    if (m_policy == Policy::AllowAll || (m_policy != Policy::DenyAll && (listed || m_approved.contains(hash))))
        return {};
    std::vector<std::string> names;
    for (const auto &variable : user.exec->environment)
        names.push_back(variable.first);
    const bool denied = m_policy == Policy::DenyAll;
    return Error{.code = Error::Code::Denied,
        .message = denied ? "credential plugins are switched off" : "the credential plugin was not approved yet",
        .id = denied ? "kube.exec-denied" : "kube.exec-needs-approval",
        .parameters = {{"hash", hash}, {"user", user.name}, {"file", user.file},
            {"command", cleanText(user.exec->command)}, {"arguments", joinedLines(user.exec->arguments)},
            {"environment", joinedLines(names)}}};
}

} // namespace pk::kube
