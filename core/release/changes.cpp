// SPDX-License-Identifier: GPL-3.0-or-later
#include "release/changes.h"

#include <algorithm>
#include <map>
#include <set>

namespace pk::release {

namespace {

constexpr std::size_t maxPaths = 50;

bool isPlainKey(std::string_view key)
{
    return !key.empty() && key.find_first_of(".[]\"") == std::string_view::npos;
}

std::string under(const std::string &path, std::string_view key)
{
    if (!isPlainKey(key))
        return path + "[\"" + std::string(key) + "\"]";
    return path.empty() ? std::string(key) : path + '.' + std::string(key);
}

/// Nil, {} and [] mean the same to the API: nothing is asked for.
bool isNothing(const Value &value)
{
    return value.isNil() || (value.isMap() && value.asMap().isEmpty())
        || (value.isList() && value.asList().items.empty());
}

void collectPaths(const Value &before, const Value &after, const std::string &path, std::vector<std::string> &paths)
{
    if (paths.size() >= maxPaths || before.sameContent(after) || (isNothing(before) && isNothing(after)))
        return;
    if (before.isMap() && after.isMap()) {
        std::set<std::string> keys;
        for (const Map::Entry &entry : before.asMap())
            keys.insert(entry.key);
        for (const Map::Entry &entry : after.asMap())
            keys.insert(entry.key);
        for (const std::string &key : keys)
            collectPaths(before.get(key), after.get(key), under(path, key), paths);
        return;
    }
    if (before.isList() && after.isList() && before.asList().items.size() == after.asList().items.size()) {
        for (std::size_t i = 0; i < before.asList().items.size(); ++i)
            collectPaths(
                before.asList().items[i], after.asList().items[i], path + '[' + std::to_string(i) + ']', paths);
        return;
    }
    paths.push_back(path);
}

bool startsWith(const std::string &path, std::string_view prefix)
{
    return path.starts_with(prefix)
        && (path.size() == prefix.size() || path[prefix.size()] == '.' || path[prefix.size()] == '[');
}

/// Fields of a StatefulSet's spec that may change (since Kubernetes 1.33; before, one less).
constexpr std::string_view mutableOfStatefulSet[] = {"spec.replicas", "spec.ordinals", "spec.template",
    "spec.updateStrategy", "spec.revisionHistoryLimit", "spec.persistentVolumeClaimRetentionPolicy",
    "spec.minReadySeconds"};

bool anyPrefix(const std::string &path, auto &&prefixes)
{
    return std::ranges::any_of(prefixes, [&](std::string_view prefix) { return startsWith(path, prefix); });
}

/// The table of immutable fields (spec: helm.md 7.3).
bool isRefused(const std::string &kind, const std::string &path, const Value &before)
{
    if (kind == "StatefulSet")
        return startsWith(path, "spec") && !anyPrefix(path, mutableOfStatefulSet);
    if (kind == "Deployment" || kind == "DaemonSet" || kind == "ReplicaSet")
        return startsWith(path, "spec.selector");
    if (kind == "Job")
        return startsWith(path, "spec.template") || startsWith(path, "spec.selector")
            || startsWith(path, "spec.completionMode");
    if (kind == "Service")
        return startsWith(path, "spec.clusterIP") || startsWith(path, "spec.clusterIPs");
    if (kind == "PersistentVolumeClaim")
        return startsWith(path, "spec") && !startsWith(path, "spec.resources")
            && !startsWith(path, "spec.volumeAttributesClassName");
    if (kind == "RoleBinding" || kind == "ClusterRoleBinding")
        return startsWith(path, "roleRef");
    if (kind == "StorageClass")
        return startsWith(path, "parameters") || startsWith(path, "provisioner") || startsWith(path, "reclaimPolicy")
            || startsWith(path, "volumeBindingMode");
    if (kind == "Secret" && startsWith(path, "type"))
        return true;
    if (kind == "Secret" || kind == "ConfigMap")
        return before.get("immutable").boolOr(false)
            && (startsWith(path, "data") || startsWith(path, "stringData") || startsWith(path, "binaryData")
                || startsWith(path, "immutable"));
    return false;
}

bool isWorkload(const std::string &kind)
{
    return kind == "StatefulSet" || kind == "Deployment" || kind == "DaemonSet";
}

int replicasOf(const Value &tree)
{
    return static_cast<int>(tree.at({"spec", "replicas"}).integerOr(1));
}

/// Claims that ordinals [from, to) of a set own.
std::vector<std::string> claimsOf(const Object &set, int from, int to)
{
    std::vector<std::string> claims;
    const Value templates = set.tree.at({"spec", "volumeClaimTemplates"});
    if (set.kind != "StatefulSet" || !templates.isList())
        return claims;
    const int start = static_cast<int>(set.tree.at({"spec", "ordinals", "start"}).integerOr(0));
    for (int ordinal = from; ordinal < to && claims.size() < 1000; ++ordinal) {
        for (const Value &claim : templates.asList().items)
            claims.push_back(
                claim.at({"metadata", "name"}).stringOr() + '-' + set.name + '-' + std::to_string(start + ordinal));
    }
    return claims;
}

bool deletesClaims(const Object &set, std::string_view when)
{
    return set.tree.at({"spec", "persistentVolumeClaimRetentionPolicy", when}).stringOr() == "Delete";
}

ObjectChange about(const Object &object, Consequence consequence)
{
    return {.consequence = consequence, .kind = object.kind, .ns = object.ns, .name = object.name, .key = object.key()};
}

/// Two workloads that run the same pods: same selector's instance, another name or kind.
const Object *replacementOf(const Object &gone, const std::vector<Object> &after, const std::set<std::string> &known)
{
    if (!isWorkload(gone.kind))
        return nullptr;
    const Value instance = gone.tree.at({"spec", "selector", "matchLabels", "app.kubernetes.io/instance"});
    for (const Object &candidate : after) {
        if (!isWorkload(candidate.kind) || known.contains(candidate.key()))
            continue;
        if (candidate.tree.at({"spec", "selector", "matchLabels", "app.kubernetes.io/instance"}) == instance)
            return &candidate;
    }
    return nullptr;
}

ObjectChange classifyGone(const Object &gone, const std::vector<Object> &after, const std::set<std::string> &known)
{
    if (isKept(gone.tree))
        return about(gone, Consequence::Kept);
    ObjectChange change = about(gone, Consequence::Deleted);
    if (isWorkload(gone.kind)) {
        change.restarts = replicasOf(gone.tree);
        if (!deletesClaims(gone, "whenDeleted"))
            change.leftBehind = claimsOf(gone, 0, change.restarts);
    }
    if (const Object *next = replacementOf(gone, after, known)) {
        change.consequence = Consequence::Replaced;
        change.replacedBy = next->title();
    }
    return change;
}

} // namespace

const char *nameOf(Consequence consequence)
{
    switch (consequence) {
    case Consequence::Refused:
        return "refused";
    case Consequence::Replaced:
        return "replaced";
    case Consequence::Deleted:
        return "deleted";
    case Consequence::Restarts:
        return "restarts";
    case Consequence::Created:
        return "created";
    case Consequence::Changed:
        return "changed";
    case Consequence::LabelsOnly:
        return "labels-only";
    case Consequence::Kept:
        return "kept";
    case Consequence::Unchanged:
        break;
    }
    return "unchanged";
}

ObjectChange classifyObject(const Object &before, const Object &after)
{
    ObjectChange change = about(after, Consequence::Unchanged);
    collectPaths(before.tree, after.tree, {}, change.paths);
    if (isWorkload(after.kind) && after.kind != "DaemonSet") {
        const int from = replicasOf(before.tree);
        const int to = replicasOf(after.tree);
        if (from != to) {
            change.scaledFrom = from;
            change.scaledTo = to;
            if (to < from && !deletesClaims(after, "whenScaled"))
                change.leftBehind = claimsOf(before, to, from);
        } else {
            // 1 and absent are the same to the API.
            std::erase(change.paths, "spec.replicas");
        }
    }
    if (change.paths.empty())
        return change;

    for (const std::string &path : change.paths) {
        if (isRefused(after.kind, path, before.tree))
            change.refusedPaths.push_back(path);
    }
    const auto all = [&](auto &&test) { return std::ranges::all_of(change.paths, test); };
    const auto any = [&](auto &&test) { return std::ranges::any_of(change.paths, test); };
    if (!change.refusedPaths.empty()) {
        change.consequence = Consequence::Refused;
        change.canRecreate = isWorkload(after.kind)
            && std::ranges::none_of(
                change.refusedPaths, [](const std::string &path) { return startsWith(path, "spec.selector"); });
    } else if (isWorkload(after.kind)
        && any([](const std::string &path) { return startsWith(path, "spec.template"); })) {
        change.consequence = Consequence::Restarts;
        const bool onDelete = after.tree.at({"spec", "updateStrategy", "type"}).stringOr() == "OnDelete";
        change.restarts = onDelete ? 0 : std::min(replicasOf(before.tree), replicasOf(after.tree));
    } else if (all([](const std::string &path) {
                   return startsWith(path, "metadata.labels") || startsWith(path, "metadata.annotations");
               })) {
        change.consequence = Consequence::LabelsOnly;
    } else {
        change.consequence = Consequence::Changed;
    }
    if (change.scaledTo >= 0 && change.scaledTo < change.scaledFrom)
        change.restarts += change.scaledFrom - change.scaledTo;
    change.needsRestart =
        (after.kind == "Secret" || after.kind == "ConfigMap") && change.consequence == Consequence::Changed;
    return change;
}

std::vector<ObjectChange> classifyChange(const std::vector<Object> &before, const std::vector<Object> &after)
{
    std::map<std::string, const Object *> old;
    std::set<std::string> oldKeys, newKeys;
    for (const Object &object : before) {
        old.emplace(object.key(), &object);
        oldKeys.insert(object.key());
    }
    std::vector<ObjectChange> changes;
    for (const Object &object : after)
        newKeys.insert(object.key());
    for (const Object &object : before) {
        if (newKeys.contains(object.key()))
            continue;
        changes.push_back(classifyGone(object, after, oldKeys));
    }
    for (const Object &object : after) {
        const auto known = old.find(object.key());
        if (known != old.end())
            changes.push_back(classifyObject(*known->second, object));
        else
            changes.push_back(about(object, Consequence::Created));
    }
    // A rolling restart reads the new Secret; without one its pods keep the old.
    const bool restarts = std::ranges::any_of(changes, [](const ObjectChange &change) {
        return change.consequence == Consequence::Restarts || change.consequence == Consequence::Replaced;
    });
    for (ObjectChange &change : changes)
        change.needsRestart = change.needsRestart && !restarts;
    std::ranges::stable_sort(changes, {}, &ObjectChange::consequence);
    return changes;
}

UninstallPreview previewUninstall(const std::vector<Object> &objects)
{
    UninstallPreview preview;
    for (const Object &object : objects) {
        (isKept(object.tree) ? preview.stays : preview.goes).push_back(object);
        if (!isKept(object.tree) && !deletesClaims(object, "whenDeleted")) {
            for (std::string &claim : claimsOf(object, 0, replicasOf(object.tree)))
                preview.claims.push_back(std::move(claim));
        }
    }
    return preview;
}

} // namespace pk::release
