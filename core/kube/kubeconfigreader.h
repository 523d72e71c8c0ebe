// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/kubeconfig.h"

namespace pk::kube {

/// Decodes one kubeconfig file: YAML or JSON, unknown fields ignored, apiVersion and kind optional.
class KubeconfigReader
{
public:
    /// Fails when the file as a whole is useless: not YAML, a list that is none, a name that occurs twice in a list.
    static Result<Kubeconfig> read(std::string_view text, const std::string &fileName);
};

} // namespace pk::kube
