// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace pk::cli {

/// The namespace that helm takes when none is given: HELM_NAMESPACE, else that of the current (or given) context of the
/// kubeconfig files, else "default". Files that cannot be read count as empty.
std::string defaultNamespace(const std::string &kubeconfig, const std::string &context);

} // namespace pk::cli
