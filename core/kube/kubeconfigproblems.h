// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/kubeconfig.h"

namespace pk::kube {

/// The server's URL with the scheme that Kubernetes' clients add when there is none, and without a slash at the end.
std::string serverUrl(const ClusterEntry &cluster);

/// True when a plugin gives the credentials: a certificate, token or password in the entry comes first.
bool usesExec(const UserEntry &user);

Error missingContext(const std::string &name);

/// Everything that is wrong with a context and what it names; null for entries that do not exist.
std::vector<Error> problemsOf(const ContextEntry &context, const ClusterEntry *cluster, const UserEntry *user);

} // namespace pk::kube
