// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chart/levels.h"
#include "value/value.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace pk::chart {

/// One file of a chart; `name` is its path inside the chart with slashes ("templates/a.yaml").
struct ChartFile
{
    std::string name;
    std::string data;
};

struct Maintainer
{
    std::string name;
    std::string email;
    std::string url;
};

/// A dependency that Chart.yaml declares.
struct Dependency
{
    std::string name;
    std::string version; ///< A constraint.
    std::string repository;
    std::string condition; ///< Comma list of value paths.
    std::vector<std::string> tags;
    bool enabled = false; ///< As written in the file; which one is used is decided by values.
    Value importValues; ///< List of strings or of {child, parent}; nil when absent.
    std::string alias;
};

/// Chart.yaml.
struct Metadata
{
    std::string name;
    std::string home;
    std::vector<std::string> sources;
    std::string version;
    std::string description;
    std::vector<std::string> keywords;
    std::vector<Maintainer> maintainers;
    std::string icon;
    std::string apiVersion;
    std::string condition;
    std::string tags;
    std::string appVersion;
    bool deprecated = false;
    Value annotations; ///< map[string]string, or nil.
    std::string kubeVersion; ///< A constraint on the cluster's version.
    std::vector<Dependency> dependencies;
    std::string type; ///< "", "application" or "library".
};

/// A loaded chart with its subcharts, immutable and shared: everything that depends on a person's values is computed
/// beside it (resolveDependencies(), Renderer).
struct Chart
{
    Metadata metadata;
    Value metadataTree; ///< Chart.yaml as a tree, with keys that Helm does not know.
    std::vector<ChartFile> templates; ///< In the order of the folder or archive.
    std::vector<ChartFile> files; ///< What .Files sees; includes crds/.
    std::string valuesText; ///< values.yaml as it is; empty when there is none.
    bool hasValues = false;
    Value values; ///< Its tree: a map, or nil when there is no values.yaml.
    std::string schema; ///< values.schema.json as it is.
    bool hasSchema = false;
    Value lock; ///< Chart.lock as a tree; nil when there is none.
    std::vector<std::shared_ptr<const Chart>> dependencies; ///< charts/, whether declared or not.

    bool isLibrary() const { return metadata.type == "library"; }
    /// Files of crds/ that are YAML or JSON, as Helm counts them; subcharts not included.
    std::vector<const ChartFile *> crds() const;
    const ChartFile *findFile(std::string_view name) const;
};

using ChartPtr = std::shared_ptr<const Chart>;

/// A .helmignore file: which paths of a chart's folder are left out.
class IgnoreRules
{
public:
    /// Helm's rules with the built-in one for dot files of templates/.
    static Result<IgnoreRules> parse(std::string_view text);
    /// `path` is relative with slashes.
    bool ignores(std::string_view path, bool isFolder) const;

private:
    struct Pattern
    {
        std::string text;
        bool negated = false;
        bool foldersOnly = false;
        bool anchored = false;
        bool wholePath = false;
    };
    std::vector<Pattern> m_patterns;
};

/// Loads what helm loads at `path`: a folder (with .helmignore, symbolic links followed) or a .tgz; or, for
/// "builtin:spacelift-worker", the chart that comes with Poolkeeper. Errors are in Helm's words.
Result<ChartPtr> loadChart(const std::string &path, const Levels &levels);

/// The chart of a folder.
Result<ChartPtr> loadFolder(const std::string &path, const Levels &levels);

/// The chart of a .tgz in memory: one top folder, limits on its unpacked size, no path that leads out of it.
Result<ChartPtr> loadArchive(std::string_view bytes, const Levels &levels);

/// A chart from files in memory, their paths relative to the chart's folder.
Result<ChartPtr> loadFiles(std::vector<ChartFile> files, const Levels &levels);

/// The chart in a release record: `record` is the JSON of its "chart" as a tree (metadata, templates, values, schema,
/// files; data in base64). Subcharts are not in records.
Result<ChartPtr> loadRecord(const Value &record, const Levels &levels);

/// The names that loadBuiltin() knows.
std::vector<std::string_view> builtinCharts();
/// A chart that is linked into the program; nothing is unpacked or read from disk.
Result<ChartPtr> loadBuiltin(std::string_view name, const Levels &levels);

/// Reads Chart.yaml (or the metadata of a record).
Result<Metadata> parseMetadata(const Value &tree);

/// What Helm demands of Chart.yaml before it uses a chart (name, version, dependencies' names, type, ...).
Result<void> validateMetadata(const Metadata &metadata, const Levels &levels);

} // namespace pk::chart
