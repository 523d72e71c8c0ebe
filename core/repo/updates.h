// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "repo/helmpaths.h"
#include "repo/repositories.h"
#include "repo/search.h"

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace pk::repo {

/// What can be seen while repositories are updated.
struct UpdateStep
{
    enum class State { Started, Done, Failed };
    std::string repository;
    std::string url; ///< Without user and password.
    State state = State::Started;
    std::string why = {}; ///< For Failed, in Helm's words.
};
using Progress = std::function<void(const UpdateStep &)>;

/// Gets the index of a repository, looks whether it is one, and stores it with the list of its charts in the cache, as
/// helm names them. Nothing of what was there is lost when it fails.
Result<Index> downloadIndex(Web &web, const Repository &repository, const std::string &cache, const Note &note = {});

/// `helm repo add`: under helm's lock; the file is only written when the index could be had.
Result<AddVerdict> addRepository(Web &web, const HelmPaths &paths, const Repository &added, bool force,
    const std::stop_token &stop = {}, const Note &note = {});

/// `helm repo remove`: the entry and what the cache has of it.
Result<void> removeRepository(const HelmPaths &paths, const std::string &name, const std::stop_token &stop = {});

/// `helm repo update`: those named, or all. One that fails does not stop the others; the error then names their URLs as
/// helm does.
Result<void> updateRepositories(Web &web, const HelmPaths &paths, const std::vector<std::string> &names,
    const Progress &progress, const Note &note = {});

/// The cached indexes of all repositories; one that is missing or broken is left out with a note.
Result<std::vector<NamedIndex>> loadIndexes(const HelmPaths &paths, const Note &note = {});

} // namespace pk::repo
