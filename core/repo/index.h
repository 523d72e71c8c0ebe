// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chart/chart.h"
#include "repo/web.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace pk::repo {

/// One version of a chart in an index.
struct ChartVersion
{
    chart::Metadata metadata;
    std::vector<std::string> urls; ///< The first one counts; may be relative to the repository.
    std::string created; ///< RFC 3339; empty when not told.
    std::string digest; ///< SHA-256 of the archive, perhaps with "sha256:" before it; may be empty.
};

/// A repository's index.yaml.
class Index
{
public:
    /// Reads YAML or JSON as helm 4.3 does: entries that are not valid are left out with a note, versions are sorted,
    /// the newest first. `source` is named in notes only.
    static Result<Index> parse(std::string_view text, const std::string &source, const Note &note = {});
    /// The index of a file; errors as helm's LoadIndexFile tells them.
    static Result<Index> load(const std::string &path, const Note &note = {});

    const std::map<std::string, std::vector<ChartVersion>> &entries() const { return m_entries; }

    /// The version that helm takes for `version`: the one of exactly that text, else the newest one that satisfies it
    /// as a constraint; of an empty text the newest stable one.
    Result<const ChartVersion *> find(const std::string &name, const std::string &version, const Note &note = {}) const;

private:
    std::map<std::string, std::vector<ChartVersion>> m_entries;
};

/// True for "^1.2", "1.x", "1 - 2": a text that cannot mean one exact version.
bool isVersionRange(std::string_view version);

} // namespace pk::repo
