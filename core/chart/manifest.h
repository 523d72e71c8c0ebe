// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chart/levels.h"
#include "value/value.h"

#include <compare>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pk::chart {

/// One document of a rendered file or of a stored manifest.
struct ManifestObject
{
    std::string source; ///< The template's full path, "chart/templates/a.yaml".
    std::string text; ///< Without the `---` and `# Source:` lines.
    std::string apiVersion; ///< Empty with `kind` in a document of comments only.
    std::string kind;
    std::string name;
    std::string namespaceName; ///< metadata.namespace as rendered; often empty.
    std::size_t begin = 0; ///< Offset of `text` in the whole manifest text.
    std::size_t end = 0;
    int line = 0; ///< 1-based line of `begin` in the manifest text.
    std::size_t sourceOffset = 0; ///< Offset of `text` in the rendered file.
};

/// A document with the annotation helm.sh/hook.
struct Hook
{
    std::string name;
    std::string kind;
    std::string path;
    std::string manifest;
    std::vector<std::string> events; ///< "pre-install", "test", ... as a release record writes them.
    std::int64_t weight = 0;
    std::vector<std::string> deletePolicies;
    std::vector<std::string> outputLogPolicies;
};

enum class KindOrder { Install, Uninstall };

/// Where a kind stands in an order, to be compared. Kinds that Helm does not know come last, by their names.
struct KindPlace
{
    int rank = 0;
    std::string_view unknown = {}; ///< The name of such a kind; points into what was asked for.

    auto operator<=>(const KindPlace &) const = default;
};
KindPlace placeOfKind(std::string_view kind, KindOrder order, const Levels &levels);

/// Cuts a text of YAML documents as Helm does at this level; without the empty ones. Views into `text`.
std::vector<std::string_view> splitDocuments(std::string_view text, const Levels &levels);

/// Rendered files sorted into objects and hooks, each in install order.
struct SortedManifests
{
    std::vector<ManifestObject> objects;
    std::vector<Hook> hooks;
    std::vector<std::string> warnings;
};

/// What was read of documents before, by their text: an edit changes few of them. One thread at a time.
class HeadCache
{
public:
    HeadCache();
    ~HeadCache();
    HeadCache(const HeadCache &) = delete;
    HeadCache &operator=(const HeadCache &) = delete;
    struct Impl;
    std::unique_ptr<Impl> impl;
};

/// Splits, reads the head of and sorts rendered files (path and content, in any order). Errors are Helm's
/// ("YAML parse error on FILE: ..."), their place is one of the rendered file.
Result<SortedManifests> sortManifests(
    const std::vector<std::pair<std::string, std::string>> &files, const Levels &levels, HeadCache *cache = nullptr);

/// The manifest text of a release: for each object `---`, `# Source: PATH` and its text. Sets their begin, end and
/// line.
std::string writeManifest(std::vector<ManifestObject> &objects);

/// The objects of a stored manifest text in its order, with the `# Source:` path where there is one. Documents that are
/// not YAML have only a text.
std::vector<ManifestObject> readManifest(std::string_view manifest, const Levels &levels);

} // namespace pk::chart
