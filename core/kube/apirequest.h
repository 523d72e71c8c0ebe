// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/resource.h"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace pk::kube {

using Query = std::vector<std::pair<std::string, std::string>>;

/// An object, or with an empty name all objects of a kind.
struct ObjectPath
{
    Resource resource = {};
    std::string nameSpace = {}; ///< Empty: the whole cluster.
    std::string name = {};
    std::string subresource = {}; ///< "status", "scale", "log", ...

    std::string text() const { return resource.path(nameSpace, name, subresource); }
};

struct Selection
{
    std::string labels = {}; ///< labelSelector
    std::string fields = {}; ///< fieldSelector
};

/// How patient a call is.
struct CallOptions
{
    std::chrono::milliseconds timeout{30'000}; ///< For each try; also sent to the server.
    int tries = 3; ///< 429 and 5xx with Retry-After, and for GET lost connections.
    /// Runs on the receiver's thread when there is something to wait for: `reason` is "server" (it asked to wait so
    /// long), "connection" (lost, and tried again then) or "plugin" (a credential plugin runs; no time is known). Must
    /// not own what may only die on the receiver's thread.
    std::function<void(std::chrono::milliseconds wait, const std::string &reason)> waiting = {};
};

struct WriteOptions
{
    std::string fieldManager = "poolkeeper";
    bool dryRun = false; ///< Admission and validation run, nothing is stored.
    bool strict = true; ///< fieldValidation Strict, else Warn.
    CallOptions call = {};
};

struct ApplyOptions
{
    std::string fieldManager = "poolkeeper"; ///< At most 128 characters.
    bool force = false; ///< Take over fields that another manager owns.
    bool dryRun = false;
    CallOptions call = {};
};

enum class PatchType { Json, Merge, StrategicMerge };

struct DeleteOptions
{
    enum class Propagation { ServerDefault, Background, Foreground, Orphan };
    std::string uid = {}; ///< Precondition; a wrong one is refused as conflict. Always give it when it is known.
    std::string resourceVersion = {}; ///< Precondition.
    Propagation propagation = Propagation::Background;
    std::optional<int> graceSeconds = {};
    bool dryRun = false;
    CallOptions call = {};
};

struct LogOptions
{
    std::string container = {}; ///< Needed when the pod has several.
    bool previous = false;
    bool follow = false;
    std::optional<int> tailLines = {};
    std::string sinceTime = {}; ///< RFC 3339.
};

/// A question to the server's authorizer: may I do this?
struct AccessQuestion
{
    std::string verb = {};
    std::string group = {};
    std::string resource = {}; ///< Plural.
    std::string subresource = {};
    std::string nameSpace = {};
    std::string name = {};
};

} // namespace pk::kube
