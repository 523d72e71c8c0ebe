// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "kube/apirequest.h"
#include "kube/resource.h"
#include "value/value.h"

#include <string>
#include <string_view>
#include <vector>

namespace pk::release {

/// One object of a release's manifest, in manifest order; items of Lists stand for themselves.
struct Object
{
    std::string apiVersion = {}, kind = {}, name = {},
                ns = {}; ///< ns: the release's where the manifest names none; empty: cluster scope.
    std::string source = {}; ///< "chart/templates/a.yaml"
    Value tree = {}; ///< With metadata.namespace set for namespaced kinds.
    kube::Resource resource = {};

    std::string group() const { return resource.group; }
    kube::ObjectPath path() const { return {.resource = resource, .nameSpace = ns, .name = name}; }
    /// "StatefulSet/prod-eu", for a person and for steps.
    std::string title() const { return kind + '/' + name; }
    /// Group, kind, namespace and name: what makes two objects the same across revisions, whatever their version.
    std::string key() const;
    /// "apps/v1, Kind=StatefulSet", as Go prints it.
    std::string groupVersionKind() const;
};

enum class UnknownKinds {
    Refuse, ///< For what is sent.
    Accept, ///< For what is only compared: their objects have a namespace, and no place in the API.
};

/// Reads a stored or rendered manifest. `catalog` knows kinds beyond kube::knownResource(); may be null. Fails on YAML
/// that cannot be read, and on a kind that nobody knows (Helm's words: `no matches for kind "X" in version "g/v"`).
Result<std::vector<Object>> readObjects(std::string_view manifest, std::string_view releaseNs,
    const kube::ResourceCatalog *catalog, UnknownKinds unknown = UnknownKinds::Refuse);

/// Label and annotations that make an object the release's; put on everything that is sent, never into the record.
Value withOwnership(const Value &tree, std::string_view release, std::string_view ns);

/// Helm's words for what `live` lacks to belong to the release ("label validation error: …; annotation validation
/// error: …"); empty when it does.
std::string ownershipProblem(const Value &live, std::string_view release, std::string_view ns);

/// `unable to continue with install: ConfigMap "x" in namespace "ns" exists and cannot be imported …`
Error adoptionRefused(const Object &object, std::string_view problem, bool isInstall);

/// The manifest or the live object says helm.sh/resource-policy: keep.
bool isKept(const Value &tree);

/// The JSON patch that turns what client-side Helm owns (managedFields entries of manager "helm" with operation Update)
/// into fields of the applier "helm", so that a server-side apply neither conflicts with them nor leaves removed ones
/// behind. Nil when there is nothing to move.
Value ownershipMigration(const Value &live);

} // namespace pk::release
