// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pk::chart {

/// A kind that a CustomResourceDefinition brings, at one of the versions that it serves.
struct CrdKind
{
    std::string group; ///< "monitoring.coreos.com"
    std::string version; ///< "v1"
    std::string kind; ///< "ServiceMonitor"
    std::string plural; ///< "servicemonitors"
    bool namespaced = true;
    bool scales = false; ///< It has the subresource scale.

    bool operator==(const CrdKind &) const = default;
};

/// What a file of a chart's crds/ brings. Documents that cannot be read, or are something else, bring nothing: whoever
/// applies them hears of it.
std::vector<CrdKind> kindsOfCrds(std::string_view text);

} // namespace pk::chart
