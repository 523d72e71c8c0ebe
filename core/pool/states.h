// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace pk::pool {

/// What a worker (one pod of a pool) is doing, in the words of UI.md section 3.
enum class WorkerState { Ready, Starting, Waiting, Ending, NotReady, Failing, Evicted, NearEviction, Unknown };

/// One square per container.
enum class ContainerState { Running, Starting, Waiting, CrashLooping, Failed, Ended, None };

enum class ClaimState { Bound, Pending, Growing, Lost, LeftOver, Ending };

enum class NodeState { Ready, DiskPressure, Closed, NotReady, Unknown };

/// Names for tests, logs and ids of texts: "ready", "not-ready", "crash-looping", "left-over".
const char *nameOf(WorkerState state);
const char *nameOf(ContainerState state);
const char *nameOf(ClaimState state);
const char *nameOf(NodeState state);

using Parameters = std::vector<std::pair<std::string, std::string>>;

/// Something worth saying about a pool, worker, claim or node: the id of a sentence in gui/texts with what fills it,
/// and the cluster's own words behind it. All ids are listed by newsIds().
struct News
{
    std::string id; ///< "worker.image-cannot-be-pulled"; empty: nothing to say.
    Parameters parameters = {};
    std::string quote = {}; ///< Kubernetes' own words, untrusted plain text.
    bool operator==(const News &) const = default;
};

/// Every id that a News of this library can have, so that a test finds those without a sentence.
const std::vector<std::string> &newsIds();

/// Order of "worst" in UI.md section 3: smaller is worse. Waiting counts as bad only after two minutes.
int badness(WorkerState state, bool waitsLong = false);
int badness(ClaimState state);
int badness(NodeState state);

} // namespace pk::pool
