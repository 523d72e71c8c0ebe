// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chart/crds.h"
#include "chart/render.h"
#include "release/clusterapi.h"

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace pk::release {

/// What a server told of itself, for one connection: what charts are rendered for, and the kinds that it knows. Never
/// changed once it is there, so that threads share it.
struct ClusterFacts
{
    chart::Capabilities capabilities;
    kube::ResourceCatalog catalog;
    kube::ObjectReader reader; ///< What `lookup` asks with; empty: it finds nothing.
};
using ClusterFactsPtr = std::shared_ptr<const ClusterFacts>;

/// .Capabilities as helm makes them of a server's answers.
chart::Capabilities capabilitiesOf(const kube::ServerVersion &version, const kube::ResourceCatalog &catalog);

/// `catalog` with the kinds that these files (path and text) of a chart's crds/ bring: what it will be once an install
/// has applied them.
kube::ResourceCatalog withCrds(
    const kube::ResourceCatalog &catalog, const std::vector<std::pair<std::string, std::string>> &crds);
/// The files of crds/ of a chart and all its subcharts, as Rendered::crds has those of the enabled ones.
std::vector<std::pair<std::string, std::string>> crdsOf(const chart::Chart &chart);

/// Asks for version and kinds at once. APIs that do not answer are left out, as helm leaves them out.
http::Call readClusterFacts(ClusterApi &api, std::function<void(Result<ClusterFactsPtr>)> done);

} // namespace pk::release
