// SPDX-License-Identifier: GPL-3.0-or-later
#include "release/objects.h"

#include "chart/manifest.h"
#include "release/shallow.h"
#include "yaml/json.h"
#include "yaml/reader.h"

namespace pk::release {

namespace {

constexpr std::string_view managedBy = "app.kubernetes.io/managed-by";
constexpr std::string_view releaseName = "meta.helm.sh/release-name";
constexpr std::string_view releaseNamespace = "meta.helm.sh/release-namespace";

Error noMatches(const Object &object)
{
    return {.code = Error::Code::NotFound,
        .message = "resource mapping not found for name: \"" + object.name + "\" namespace: \"" + object.ns
            + "\" from \"\": no matches for kind \"" + object.kind + "\" in version \"" + object.apiVersion
            + "\"\nensure CRDs are installed first",
        .id = "release.unknown-kind",
        .parameters = {{"kind", object.kind}, {"version", object.apiVersion}}};
}

kube::Resource unplaced(const std::string &apiVersion, const std::string &kind)
{
    const auto slash = apiVersion.find('/');
    kube::Resource resource{.kind = kind};
    resource.group = slash == std::string::npos ? std::string() : apiVersion.substr(0, slash);
    resource.version = apiVersion.substr(slash == std::string::npos ? 0 : slash + 1);
    return resource;
}

/// Adds one object, or the items of a List.
Result<void> addObjects(const Value &tree, const std::string &source, std::string_view releaseNs,
    const kube::ResourceCatalog *catalog, UnknownKinds unknown, std::vector<Object> &objects)
{
    const std::string kind = tree.get("kind").stringOr();
    const std::string apiVersion = tree.get("apiVersion").stringOr();
    if (const Value items = tree.get("items"); kind.ends_with("List") && items.isList()) {
        for (const Value &item : items.asList().items) {
            if (auto added = addObjects(item, source, releaseNs, catalog, unknown, objects); !added)
                return added;
        }
        return {};
    }
    Object object{.apiVersion = apiVersion,
        .kind = kind,
        .name = tree.at({"metadata", "name"}).stringOr(),
        .ns = tree.at({"metadata", "namespace"}).stringOr(),
        .source = source,
        .tree = tree};
    const kube::Resource *found = catalog ? catalog->find(apiVersion, kind) : nullptr;
    if (found)
        object.resource = *found;
    else if (auto known = kube::knownResource(apiVersion, kind))
        object.resource = *known;
    else if (unknown == UnknownKinds::Refuse)
        return noMatches(object);
    else
        object.resource = unplaced(apiVersion, kind);
    if (!object.resource.namespaced)
        object.ns.clear();
    else if (object.ns.empty())
        object.ns = releaseNs;
    if (object.resource.namespaced) {
        object.tree = copyOf(tree);
        Value metadata = copyOf(tree.get("metadata"));
        metadata.asMap().set("namespace", Value::string(object.ns));
        object.tree.asMap().set("metadata", std::move(metadata));
    }
    objects.push_back(std::move(object));
    return {};
}

/// Helm's words for one key that must have a value; empty when it has.
std::string mismatch(const Value &map, const char *what, std::string_view key, std::string_view wanted)
{
    const Value current = map.get(key);
    const std::string named = std::string(what) + " validation error: ";
    if (!current.isString())
        return named + "missing key \"" + std::string(key) + "\": must be set to \"" + std::string(wanted) + '"';
    if (current.toString() != wanted)
        return named + "key \"" + std::string(key) + "\" must equal \"" + std::string(wanted)
            + "\": current value is \"" + current.toString() + '"';
    return {};
}

/// fieldsV1 sets are maps of maps: their union.
Value unite(const Value &a, const Value &b)
{
    if (!a.isMap())
        return b;
    if (!b.isMap())
        return a;
    Value both = copyOf(a);
    for (const Map::Entry &entry : b.asMap())
        both.asMap().set(entry.key, unite(a.get(entry.key), entry.value));
    return both;
}

bool isEntry(const Value &entry, std::string_view operation)
{
    return entry.get("manager").stringOr() == "helm" && entry.get("operation").stringOr() == operation
        && entry.get("subresource").stringOr().empty();
}

} // namespace

std::string Object::key() const
{
    return group() + '/' + kind + '/' + ns + '/' + name;
}

std::string Object::groupVersionKind() const
{
    return (apiVersion.find('/') == std::string::npos ? '/' + apiVersion : apiVersion) + ", Kind=" + kind;
}

Result<std::vector<Object>> readObjects(
    std::string_view manifest, std::string_view releaseNs, const kube::ResourceCatalog *catalog, UnknownKinds unknown)
{
    std::vector<Object> objects;
    for (const chart::ManifestObject &document : chart::readManifest(manifest, chart::levels43())) {
        auto tree = yaml::toValue(document.text);
        if (!tree)
            return tree.error().wrapped(document.source + ": ");
        if (!tree->isMap() || tree->asMap().isEmpty())
            continue; // Only comments.
        if (auto added = addObjects(*tree, document.source, releaseNs, catalog, unknown, objects); !added)
            return added.error();
    }
    return objects;
}

Value withOwnership(const Value &tree, std::string_view release, std::string_view ns)
{
    Value marked = copyOf(tree);
    Value metadata = copyOf(tree.get("metadata"));
    Value labels = copyOf(metadata.get("labels"));
    labels.asMap().set(managedBy, Value::string("Helm"));
    Value annotations = copyOf(metadata.get("annotations"));
    annotations.asMap().set(releaseName, Value::string(std::string(release)));
    annotations.asMap().set(releaseNamespace, Value::string(std::string(ns)));
    metadata.asMap().set("labels", std::move(labels));
    metadata.asMap().set("annotations", std::move(annotations));
    marked.asMap().set("metadata", std::move(metadata));
    return marked;
}

std::string ownershipProblem(const Value &live, std::string_view release, std::string_view ns)
{
    const Value labels = live.at({"metadata", "labels"});
    const Value annotations = live.at({"metadata", "annotations"});
    std::string problems;
    for (const std::string &problem :
        {mismatch(labels, "label", managedBy, "Helm"), mismatch(annotations, "annotation", releaseName, release),
            mismatch(annotations, "annotation", releaseNamespace, ns)}) {
        if (!problem.empty())
            problems += (problems.empty() ? "" : "; ") + problem;
    }
    return problems;
}

Error adoptionRefused(const Object &object, std::string_view problem, bool isInstall)
{
    return {.code = Error::Code::AlreadyExists,
        .message = std::string("unable to continue with ") + (isInstall ? "install" : "update") + ": " + object.kind
            + " \"" + object.name + "\" in namespace \"" + object.ns
            + "\" exists and cannot be imported into the current release: invalid ownership metadata; "
            + std::string(problem),
        .id = "release.not-owned",
        .parameters = {{"kind", object.kind}, {"name", object.name}, {"namespace", object.ns}}};
}

bool isKept(const Value &tree)
{
    std::string policy = tree.at({"metadata", "annotations", "helm.sh/resource-policy"}).stringOr();
    const auto first = policy.find_first_not_of(" \t");
    const auto last = policy.find_last_not_of(" \t");
    policy = first == std::string::npos ? std::string() : policy.substr(first, last - first + 1);
    for (char &c : policy)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return policy == "keep";
}

Value ownershipMigration(const Value &live)
{
    const Value fields = live.at({"metadata", "managedFields"});
    if (!fields.isList())
        return {};
    Value united;
    Value applied; // helm's own applier entry when it has one already, else what the first update entry becomes.
    Value firstUpdate;
    std::vector<Value> others;
    for (const Value &entry : fields.asList().items) {
        if (isEntry(entry, "Update")) {
            if (firstUpdate.isNil())
                firstUpdate = entry;
            united = unite(united, entry.get("fieldsV1"));
        } else if (isEntry(entry, "Apply")) {
            applied = entry;
            united = unite(united, entry.get("fieldsV1"));
        } else {
            others.push_back(entry);
        }
    }
    if (firstUpdate.isNil())
        return {};
    Value merged = copyOf(applied.isMap() ? applied : firstUpdate);
    merged.asMap().set("operation", Value::string("Apply"));
    merged.asMap().set("fieldsV1", united);
    others.insert(others.begin(), std::move(merged));
    const auto replace = [](const char *path, Value value) {
        return Value::map(
            {{"op", Value::string("replace")}, {"path", Value::string(path)}, {"value", std::move(value)}});
    };
    return Value::list({replace("/metadata/managedFields", Value::list(std::move(others))),
        replace("/metadata/resourceVersion", live.at({"metadata", "resourceVersion"}))});
}

} // namespace pk::release
