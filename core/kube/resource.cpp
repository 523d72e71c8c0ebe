// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/resource.h"

#include <algorithm>
#include <array>

namespace pk::kube {

namespace {

struct Known
{
    std::string_view group, version, kind, plural;
    bool namespaced;
};

constexpr std::array known = {
    Known{"", "v1", "Pod", "pods", true},
    Known{"", "v1", "Service", "services", true},
    Known{"", "v1", "Secret", "secrets", true},
    Known{"", "v1", "ConfigMap", "configmaps", true},
    Known{"", "v1", "ServiceAccount", "serviceaccounts", true},
    Known{"", "v1", "PersistentVolumeClaim", "persistentvolumeclaims", true},
    Known{"", "v1", "Event", "events", true},
    Known{"", "v1", "ResourceQuota", "resourcequotas", true},
    Known{"", "v1", "LimitRange", "limitranges", true},
    Known{"", "v1", "Namespace", "namespaces", false},
    Known{"", "v1", "Node", "nodes", false},
    Known{"", "v1", "PersistentVolume", "persistentvolumes", false},
    Known{"apps", "v1", "StatefulSet", "statefulsets", true},
    Known{"apps", "v1", "Deployment", "deployments", true},
    Known{"apps", "v1", "ReplicaSet", "replicasets", true},
    Known{"apps", "v1", "DaemonSet", "daemonsets", true},
    Known{"apps", "v1", "ControllerRevision", "controllerrevisions", true},
    Known{"batch", "v1", "Job", "jobs", true},
    Known{"batch", "v1", "CronJob", "cronjobs", true},
    Known{"policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets", true},
    Known{"autoscaling", "v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers", true},
    Known{"networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies", true},
    Known{"rbac.authorization.k8s.io", "v1", "Role", "roles", true},
    Known{"rbac.authorization.k8s.io", "v1", "RoleBinding", "rolebindings", true},
    Known{"rbac.authorization.k8s.io", "v1", "ClusterRole", "clusterroles", false},
    Known{"rbac.authorization.k8s.io", "v1", "ClusterRoleBinding", "clusterrolebindings", false},
    Known{"storage.k8s.io", "v1", "StorageClass", "storageclasses", false},
    Known{"storage.k8s.io", "v1", "VolumeAttachment", "volumeattachments", false},
    Known{"coordination.k8s.io", "v1", "Lease", "leases", true},
    Known{"apiextensions.k8s.io", "v1", "CustomResourceDefinition", "customresourcedefinitions", false},
};

} // namespace

std::string Resource::path(std::string_view nameSpace, std::string_view name, std::string_view subresource) const
{
    std::string path = group.empty() ? "/api/" + version : "/apis/" + group + "/" + version;
    if (namespaced && !nameSpace.empty())
        path += "/namespaces/" + percentEncode(nameSpace);
    path += "/" + plural;
    if (!name.empty())
        path += "/" + percentEncode(name);
    if (!subresource.empty())
        path.append("/").append(subresource);
    return path;
}

std::optional<Resource> knownResource(std::string_view apiVersion, std::string_view kind)
{
    const auto slash = apiVersion.find('/');
    const auto group = slash == apiVersion.npos ? std::string_view() : apiVersion.substr(0, slash);
    const auto version = apiVersion.substr(slash == apiVersion.npos ? 0 : slash + 1);
    const auto found = std::ranges::find_if(known,
        [&](const Known &entry) { return entry.kind == kind && entry.group == group && entry.version == version; });
    if (found == known.end())
        return std::nullopt;
    return Resource{.group = std::string(group),
        .version = std::string(version),
        .kind = std::string(kind),
        .plural = std::string(found->plural),
        .namespaced = found->namespaced};
}

const Resource *ResourceCatalog::find(std::string_view apiVersion, std::string_view kind) const
{
    const auto found = std::ranges::find_if(resources,
        [&](const Resource &resource) { return resource.kind == kind && resource.apiVersion() == apiVersion; });
    return found == resources.end() ? nullptr : &*found;
}

std::vector<std::string> ResourceCatalog::apiVersions() const
{
    std::vector<std::string> names = groupVersions;
    names.insert(names.end(), subKinds.begin(), subKinds.end());
    for (const Resource &resource : resources) {
        const std::string apiVersion = resource.apiVersion();
        if (std::ranges::find(unavailable, apiVersion) != unavailable.end())
            continue; // Known from before it stopped answering.
        names.push_back(apiVersion);
        names.push_back(apiVersion + "/" + resource.kind);
    }
    std::ranges::sort(names);
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

bool isApiName(std::string_view text)
{
    return !text.empty() && text.size() <= 253
        && text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.") == text.npos
        && text.find("..") == text.npos;
}

std::string percentEncode(std::string_view text)
{
    constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    constexpr std::string_view hex = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (plain.find(c) != plain.npos)
            encoded += c;
        else
            encoded.append({'%', hex[byte >> 4], hex[byte & 15]});
    }
    return encoded;
}

std::string queryText(const std::vector<std::pair<std::string, std::string>> &query)
{
    std::string text;
    for (const auto &[key, value] : query)
        text += (text.empty() ? "" : "&") + percentEncode(key) + "=" + percentEncode(value);
    return text;
}

} // namespace pk::kube
