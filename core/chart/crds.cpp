// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/crds.h"

#include "chart/manifest.h"
#include "yaml/reader.h"

namespace pk::chart {

namespace {

void addKinds(const Value &crd, std::vector<CrdKind> &kinds)
{
    if (crd.get("kind").stringOr() != "CustomResourceDefinition")
        return;
    const Value spec = crd.get("spec");
    const CrdKind common{.group = spec.get("group").stringOr(),
        .version = {},
        .kind = spec.at({"names", "kind"}).stringOr(),
        .plural = spec.at({"names", "plural"}).stringOr(),
        .namespaced = spec.get("scope").stringOr() != "Cluster"};
    const Value versions = spec.get("versions");
    if (!versions.isList() || common.group.empty() || common.kind.empty() || common.plural.empty())
        return;
    for (const Value &version : versions.asList().items) {
        CrdKind kind = common;
        kind.version = version.get("name").stringOr();
        kind.scales = version.at({"subresources", "scale"}).isMap();
        if (version.get("served").boolOr(false) && !kind.version.empty())
            kinds.push_back(std::move(kind));
    }
}

} // namespace

std::vector<CrdKind> kindsOfCrds(std::string_view text)
{
    std::vector<CrdKind> kinds;
    for (const std::string_view document : splitDocuments(text, levels43())) {
        if (const auto tree = yaml::toValue(document); tree && tree->isMap())
            addKinds(*tree, kinds);
    }
    return kinds;
}

} // namespace pk::chart
