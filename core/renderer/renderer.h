// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Poolkeeper's renderer for programs of others: charts in, manifests out, byte for byte what helm template prints. The
/// only header that is needed; docs/renderer.md tells how to build against it.
namespace poolkeeper {

/// What a rendering may differ in.
struct RenderOptions
{
    std::string releaseName = "release-name";
    std::string namespaceName = "default";
    bool isUpgrade = false; ///< .Release.IsUpgrade; else it is an install.
    std::string kubeVersion = {}; ///< "1.31"; empty: what the level assumes.
    bool skipSchema = false; ///< Do not check values against values.schema.json.
    std::uint64_t maxBytes = 256U << 20U; ///< Of output and of what functions build.
    std::uint64_t maxSteps = 200'000'000; ///< Template nodes executed. The templates' time is bounded too, at 30 s.
};

/// One object of a manifest, or one hook.
struct RenderedObject
{
    std::string source; ///< The template, "chart/templates/a.yaml".
    std::string apiVersion; ///< Empty for a hook.
    std::string kind;
    std::string name;
    std::string text; ///< Its YAML, without the `---` line.
};

/// What came of it: with an empty `error` all of it, else what there was until then.
struct Rendering
{
    std::string manifest; ///< In Helm's install order, with `---` and `# Source:` lines; without hooks.
    std::vector<RenderedObject> objects;
    std::vector<RenderedObject> hooks;
    std::string notes; ///< Of NOTES.txt.
    std::vector<std::string> warnings;
    std::string error; ///< Helm's words, behind its "Error: ".
    std::string errorFile; ///< The template of the error; empty when it has no place.
    int errorLine = 0; ///< 1-based; 0 when it has no place.
};

/// One chart, parsed once and rendered as often as one likes. Not for two threads at once; two Renderers do not know
/// each other. Reads the chart only in load(); rendering reads but the files that a values.schema.json refers to and
/// the system's time zones. Asks no network and no cluster: `lookup` finds nothing.
class Renderer
{
public:
    /// The chart at `path`: a folder, a .tgz, or "builtin:spacelift-worker". `level` is the version of Helm to equal:
    /// "4.3", "4.1" or "3". Nothing, and Helm's words in `error`, when it cannot be loaded.
    static std::optional<Renderer> load(const std::string &path, std::string &error, std::string_view level = "4.3");

    Renderer(Renderer &&) noexcept;
    Renderer &operator=(Renderer &&) noexcept;
    ~Renderer();

    std::string chartName() const;
    std::string chartVersion() const;

    /// Renders with values files in YAML, later ones over earlier ones, as -f does.
    Rendering render(const std::vector<std::string> &valuesTexts, const RenderOptions &options = {});

private:
    struct Impl;
    explicit Renderer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace poolkeeper
