// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pk::kube {

/// A kind of object that a server knows, and its place in the API.
struct Resource
{
    std::string group = {}; ///< Empty for the core group.
    std::string version = {}; ///< "v1"
    std::string kind = {}; ///< "StatefulSet"
    std::string plural = {}; ///< "statefulsets"
    bool namespaced = true;
    std::vector<std::string> verbs = {}; ///< As discovered; empty in knownResource().

    std::string apiVersion() const { return group.empty() ? version : group + "/" + version; }
    /// "/apis/apps/v1/namespaces/NS/statefulsets/NAME/SUB". An empty name means all; an empty `nameSpace` means the
    /// whole cluster (and is ignored for kinds without namespace).
    std::string path(std::string_view nameSpace, std::string_view name = {}, std::string_view subresource = {}) const;
    bool operator==(const Resource &) const = default;
};

/// The kinds that Poolkeeper itself works with ("v1", "Pod"), known without asking a server.
std::optional<Resource> knownResource(std::string_view apiVersion, std::string_view kind);

/// What discovery found.
struct ResourceCatalog
{
    std::vector<Resource> resources = {};
    std::vector<std::string> groupVersions = {}; ///< All that are served, "apps/v1"; also those without a kind.
    std::vector<std::string> subKinds = {}; ///< "v1/Eviction": what only subresources answer with.
    std::vector<std::string> unavailable = {}; ///< "group/version" of aggregated APIs that do not answer.

    const Resource *find(std::string_view apiVersion, std::string_view kind) const;
    /// Every "group/version" and "group/version/Kind" that answers: what .Capabilities.APIVersions holds. Sorted.
    std::vector<std::string> apiVersions() const;
    bool operator==(const ResourceCatalog &) const = default;
};

/// A group, version, kind or plural as the API allows it. What others wrote becomes part of a path and must not lead
/// elsewhere.
bool isApiName(std::string_view text);

/// "a=b&c=d" with everything escaped that a query must not hold.
std::string queryText(const std::vector<std::pair<std::string, std::string>> &query);

/// Everything but letters, digits and -._~ as %XX.
std::string percentEncode(std::string_view text);

} // namespace pk::kube
