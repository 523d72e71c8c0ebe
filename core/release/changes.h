// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "release/objects.h"

#include <string>
#include <utility>
#include <vector>

namespace pk::release {

/// What an upgrade does to one object, most severe first (UI.md 6.4).
enum class Consequence {
    Refused, ///< The API refuses: an immutable field differs.
    Replaced, ///< Deleted and created anew under the same or another name or kind.
    Deleted,
    Restarts, ///< The pod template differs: pods are replaced one after the other.
    Created,
    Changed, ///< Something else differs; no pod is touched.
    LabelsOnly, ///< Only labels and annotations of the object itself.
    Kept, ///< Leaves the release, stays in the cluster (resource-policy keep).
    Unchanged,
};
const char *nameOf(Consequence consequence); ///< "refused", "labels-only"

struct ObjectChange
{
    Consequence consequence = Consequence::Unchanged;
    std::string kind = {}, ns = {}, name = {};
    std::string key = {}; ///< Object::key() of the new object, else of the old one.
    std::string replacedBy = {}; ///< Of Replaced: "StatefulSet/prod-eu".
    std::vector<std::string> paths = {}; ///< That differ, at most 50: "spec.template.spec.containers[0].image".
    std::vector<std::string> refusedPaths = {}; ///< The immutable ones of them.
    std::vector<std::string> varyingPaths = {}; ///< Those that differ with each rendering: markVarying().
    bool onlyVaries = false; ///< It comes from those alone, whatever somebody edited.
    int restarts = 0; ///< Workers that end because of it.
    int scaledFrom = -1, scaledTo = -1; ///< spec.replicas, when it differs (-1 else).
    bool needsRestart = false; ///< A Secret or ConfigMap whose pods do not notice the change.
    bool canRecreate = false; ///< Refused, but deleting it with orphaned pods and applying anew works.
    /// Claims that stay without a user: "launcher-storage-prod-3".
    std::vector<std::string> leftBehind = {};

    bool operator==(const ObjectChange &) const = default;
};

/// From the objects of two manifests. Pure. Sorted by severity, then in manifest order; unchanged ones last.
///
/// It knows what the API defaults (absent and default are the same for replicas), but not what webhooks do: a dry run
/// tells that.
std::vector<ObjectChange> classifyChange(const std::vector<Object> &before, const std::vector<Object> &after);

/// One object that exists on both sides.
ObjectChange classifyObject(const Object &before, const Object &after);

/// What an uninstall takes and leaves.
struct UninstallPreview
{
    std::vector<Object> goes;
    std::vector<Object> stays; ///< helm.sh/resource-policy: keep.
    std::vector<std::string> claims; ///< Of claim templates: never deleted with their StatefulSet.
};
UninstallPreview previewUninstall(const std::vector<Object> &objects);

} // namespace pk::release
