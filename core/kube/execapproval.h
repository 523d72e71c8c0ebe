// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "kube/kubeconfig.h"

#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace pk::kube {

/// Which credential plugins may run: a kubeconfig from somebody else can name any program, so the first run of each
/// needs the person's consent. Shared by all clients; from any thread.
class ExecApprovals
{
public:
    enum class Policy {
        Ask, ///< Those that were approved.
        AllowAll,
        Allowlist, ///< Those whose command is on the list, and those that were approved.
        DenyAll,
    };

    /// SHA-256 over file, user, command, arguments and names and values of the environment, hex. What a caller keeps.
    static std::string hashOf(const UserEntry &user);

    void setPolicy(Policy policy, std::vector<std::string> allowedCommands = {});
    void approve(const std::string &hash);
    void revoke(const std::string &hash);

    /// Refused: "kube.exec-needs-approval" with parameters "hash", "user", "file", "command", "arguments" (one a line)
    /// and "environment" (names, one a line), or "kube.exec-denied". Never holds the environment's values.
    Result<void> check(const UserEntry &user) const;

private:
    mutable std::mutex m_mutex;
    Policy m_policy = Policy::Ask;
    std::set<std::string> m_approved;
    std::vector<std::string> m_allowedCommands;
};

} // namespace pk::kube
