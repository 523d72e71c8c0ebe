// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/manifest.h"

#include <algorithm>
#include <array>

namespace pk::chart {

namespace {

using namespace std::string_view_literals;

constexpr std::array installOrder = {"PriorityClass"sv, "Namespace"sv, "NetworkPolicy"sv, "ResourceQuota"sv,
    "LimitRange"sv, "PodSecurityPolicy"sv, "PodDisruptionBudget"sv, "ServiceAccount"sv, "Secret"sv, "SecretList"sv,
    "ConfigMap"sv, "StorageClass"sv, "PersistentVolume"sv, "PersistentVolumeClaim"sv, "CustomResourceDefinition"sv,
    "ClusterRole"sv, "ClusterRoleList"sv, "ClusterRoleBinding"sv, "ClusterRoleBindingList"sv, "Role"sv, "RoleList"sv,
    "RoleBinding"sv, "RoleBindingList"sv, "Service"sv, "DaemonSet"sv, "Pod"sv, "ReplicationController"sv,
    "ReplicaSet"sv, "Deployment"sv, "HorizontalPodAutoscaler"sv, "StatefulSet"sv, "Job"sv, "CronJob"sv,
    "IngressClass"sv, "Ingress"sv, "APIService"sv, "MutatingWebhookConfiguration"sv,
    "ValidatingWebhookConfiguration"sv};

constexpr int unknownRank = static_cast<int>(installOrder.size());

int installRank(std::string_view kind)
{
    const auto found = std::ranges::find(installOrder, kind);
    return static_cast<int>(found - installOrder.begin());
}

bool isWebhook(std::string_view kind)
{
    return kind.ends_with("WebhookConfiguration");
}

} // namespace

KindPlace placeOfKind(std::string_view kind, KindOrder order, const Levels &levels)
{
    const int rank = installRank(kind);
    if (rank == unknownRank || (isWebhook(kind) && !levels.webhooksInOrder))
        return {unknownRank, kind};
    if (order == KindOrder::Install)
        return {rank};
    // Backwards, but Services go right behind the IngressClasses.
    static const int cronJob = installRank("CronJob");
    static const int service = installRank("Service");
    if (rank == service)
        return {unknownRank - 1 - cronJob};
    const int reversed = unknownRank - 1 - rank;
    return {rank <= cronJob && rank > service ? reversed + 1 : reversed};
}

} // namespace pk::chart
