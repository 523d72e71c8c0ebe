// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "repo/getter.h"

#include <string>
#include <vector>

namespace pk::repo {

/// One entry of repositories.yaml.
struct Repository
{
    std::string name;
    std::string url;
    Access access = {};
    bool operator==(const Repository &) const = default;
};

/// Spacelift's own repository, offered ready-made.
Repository spaceliftRepository();

/// repositories.yaml, read.
struct Repositories
{
    std::vector<Repository> entries;
    bool exists = false;

    const Repository *find(const std::string &name) const;
};

/// Reads the text of repositories.yaml as helm does; unknown keys are none of its business.
Result<Repositories> parseRepositories(const std::string &text);
/// A file that is not there is an empty one.
Result<Repositories> loadRepositories(const std::string &path);

/// What adding a repository means. Pure.
enum class AddVerdict { Add, Replace, Unchanged };
/// Refuses in Helm's words: a slash in the name, a name that is taken by another configuration (unless `force`),
/// repositories that are gone for good.
Result<AddVerdict> judgeAdding(const Repositories &known, const Repository &added, bool force);

/// The text of repositories.yaml with `entry` added or put in place of the one with its name. A text that helm wrote
/// becomes what helm would write, byte for byte; in any other, comments and keys that helm does not know stay.
Result<std::string> withRepository(const std::string &text, const Repository &entry);
/// The same without the entry of that name.
Result<std::string> withoutRepository(const std::string &text, const std::string &name);

} // namespace pk::repo
