// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/problem.h"
#include "chart/chart.h"
#include "chart/manifest.h"
#include "chart/schema.h"
#include "chart/values.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace pk::chart {

/// .Release of templates.
struct ReleaseInfo
{
    std::string name = "release-name";
    std::string namespaceName = "default";
    std::int64_t revision = 1;
    bool isUpgrade = false; ///< Else it is an install.
};

/// .Capabilities of templates.
struct Capabilities
{
    std::string version; ///< .KubeVersion.Version, "v1.37.0"
    std::string normalized; ///< Without a vendor's suffix, where .String and constraints want it so.
    std::string major;
    std::string minor;
    std::vector<std::string> apiVersions; ///< "apps/v1", and "apps/v1/Deployment" when they come from a cluster.

    /// What Helm assumes without a cluster.
    static Capabilities offline(const Levels &levels);
    /// Sets the version as --kube-version does; the error is Helm's.
    Result<void> setKubeVersion(std::string_view text, const Levels &levels);
};

/// What `lookup` asks a cluster: the object, or the list for an empty name; an empty map for "not found".
using Lookup = std::function<Result<Value>(
    const std::string &apiVersion, const std::string &kind, const std::string &namespaceName, const std::string &name)>;

/// One rendering.
struct RenderRequest
{
    Value values = {}; ///< What the person gave (mergeUserValues()): a map or nil. Not changed.
    ReleaseInfo release = {};
    Capabilities capabilities = {}; ///< Empty version: Capabilities::offline().
    bool crdsFirst = false; ///< As an install does it: crds/ is applied, then capabilities are asked for.
    bool skipSchema = false;
    bool keepGoing = false; ///< Renders although the schema objects; `error` is set all the same.
    bool subchartNotes = false;
    bool recordSpans = false; ///< Fills Rendered::lines.
    std::uint64_t budgetBytes = 256U << 20U; ///< Of output and of what functions build.
    std::uint64_t budgetSteps = 200'000'000; ///< Nodes executed.
    std::chrono::milliseconds budgetTime{30'000}; ///< Of the templates, by the clock on the wall.
    const std::atomic<bool> *cancel = nullptr; ///< Set by another thread to stop; the error is then Cancelled.
    tmpl::RandomSource *random = nullptr; ///< Null: the system's secure one.
    const Clock *clock = nullptr; ///< Null: the system's.
    Lookup lookup = {}; ///< Empty: no cluster, lookup gives an empty map.
    bool resolveHosts = false; ///< getHostByName asks DNS.
};

/// Why a rendering has no (or no complete) result.
struct RenderError
{
    enum class Stage { Dependencies, Values, Schema, KubeVersion, Template, Manifest, Cancelled };
    Stage stage = Stage::Template;
    /// `message` is what Helm prints behind "Error: "; `id` and `parameters` are a sentence for people who do not know
    /// templates (explainError()).
    Error error = {};
    SourceSpan at = {}; ///< In the template `at.file`, when there is a place.
    std::string sourceLine = {}; ///< That line.
    SourceSpan rendered = {}; ///< Manifest: the place in the rendered file of that name.
    std::string renderedLine = {}; ///< That line.
    std::string valuePath = {}; ///< The value that it is about, "launcher.image"; empty when none is known.
    Problem::Fix fix = {}; ///< Of that value, where one ends it.
    std::string hint = {}; ///< Helm's own hint on the failed text ("Use --debug flag ...").
};

/// Where a line of the manifest comes from.
struct LineOrigin
{
    std::uint32_t file = 0; ///< Index into Rendered::templates.
    std::uint32_t templateLine = 0; ///< 1-based; 0: not known.
    std::uint32_t read = 0; ///< Index into Rendered::pathSets: the values that were read for it.
    bool varies = false; ///< Random or the time went into it: it differs with each rendering.
};

/// What a rendering gives.
struct Rendered
{
    std::string manifest; ///< As a release record stores it: objects in install order, without hooks and notes.
    std::vector<ManifestObject> objects;
    std::vector<Hook> hooks;
    std::string notes;
    std::vector<std::pair<std::string, std::string>> crds; ///< Path ("chart/crds/a.yaml") and text; not in `manifest`.
    std::vector<std::pair<std::string, std::string>>
        files; ///< Every rendered file, by path; also when splitting failed.
    Value values; ///< Computed values, as templates saw them at the start.
    std::vector<LineOrigin> lines; ///< One for each line of `manifest`, when spans were asked for.
    std::vector<std::string> templates; ///< Template names that `lines` refer to.
    std::vector<std::string> valuePaths; ///< Paths under .Values that were read for `lines` ("launcher.image.tag").
    /// Which of them lines have read, in the order of reading: indices into `valuePaths`, the same list once for all
    /// lines. The first list is empty.
    std::vector<std::vector<std::uint32_t>> pathSets;
    std::vector<Problem> problems; ///< Schema failures and the error, with paths and places.
    std::vector<std::string> warnings; ///< What Helm logs.
    std::optional<RenderError> error;
};

/// Renders one chart again and again: templates and schemas are parsed on the first run and kept, each run costs only
/// coalescing, execution and splitting. One thread at a time.
class Renderer
{
public:
    Renderer(ChartPtr chart, Levels levels);
    ~Renderer();
    Renderer(Renderer &&) noexcept;
    Renderer &operator=(Renderer &&) noexcept;

    const ChartPtr &chart() const;
    const Levels &levels() const;

    Rendered render(const RenderRequest &request);

    /// The root chart's schema; null when it has none or it does not compile.
    std::shared_ptr<const Schema> schema();
    /// What it says of the values, made once; null as above. Lives as long as this.
    const SchemaNode *described();

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace pk::chart
