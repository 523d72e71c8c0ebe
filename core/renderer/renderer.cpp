// SPDX-License-Identifier: GPL-3.0-or-later
#include "renderer/renderer.h"

#include "chart/render.h"

namespace poolkeeper {

namespace chart = pk::chart;

struct Renderer::Impl
{
    chart::Renderer renderer;
};

Renderer::Renderer(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) { }
Renderer::Renderer(Renderer &&) noexcept = default;
Renderer &Renderer::operator=(Renderer &&) noexcept = default;
Renderer::~Renderer() = default;

std::optional<Renderer> Renderer::load(const std::string &path, std::string &error, std::string_view level)
{
    const auto levels = chart::parseLevels(level);
    if (!levels) {
        error = levels.error().message;
        return std::nullopt;
    }
    const auto loaded = chart::loadChart(path, *levels);
    if (!loaded) {
        error = loaded.error().message;
        return std::nullopt;
    }
    return Renderer(std::make_unique<Impl>(Impl{chart::Renderer(*loaded, *levels)}));
}

std::string Renderer::chartName() const
{
    return m_impl->renderer.chart()->metadata.name;
}

std::string Renderer::chartVersion() const
{
    return m_impl->renderer.chart()->metadata.version;
}

namespace {

Rendering failed(const pk::Error &error)
{
    Rendering rendering;
    rendering.error = error.message;
    return rendering;
}

Rendering renderingOf(chart::Rendered rendered)
{
    Rendering rendering;
    rendering.manifest = std::move(rendered.manifest);
    rendering.notes = std::move(rendered.notes);
    rendering.warnings = std::move(rendered.warnings);
    for (chart::ManifestObject &object : rendered.objects)
        rendering.objects.push_back({std::move(object.source), std::move(object.apiVersion), std::move(object.kind),
            std::move(object.name), std::move(object.text)});
    for (chart::Hook &hook : rendered.hooks)
        rendering.hooks.push_back(
            {std::move(hook.path), {}, std::move(hook.kind), std::move(hook.name), std::move(hook.manifest)});
    if (rendered.error) {
        rendering.error = std::move(rendered.error->error.message);
        if (rendering.error.empty())
            rendering.error = "the rendering failed";
        rendering.errorFile = std::move(rendered.error->at.file);
        rendering.errorLine = rendered.error->at.line;
    }
    return rendering;
}

} // namespace

Rendering Renderer::render(const std::vector<std::string> &valuesTexts, const RenderOptions &options)
{
    const chart::Levels &levels = m_impl->renderer.levels();
    chart::UserValues user;
    for (const std::string &text : valuesTexts)
        user.files.push_back({"values", text});
    auto values = chart::mergeUserValues(user, levels);
    if (!values)
        return failed(values.error());
    chart::RenderRequest request;
    request.values = *std::move(values);
    request.release.name = options.releaseName;
    request.release.namespaceName = options.namespaceName;
    request.release.isUpgrade = options.isUpgrade;
    request.capabilities = chart::Capabilities::offline(levels);
    if (!options.kubeVersion.empty()) {
        if (const auto done = request.capabilities.setKubeVersion(options.kubeVersion, levels); !done)
            return failed(done.error());
    }
    request.skipSchema = options.skipSchema;
    request.budgetBytes = options.maxBytes;
    request.budgetSteps = options.maxSteps;
    return renderingOf(m_impl->renderer.render(request));
}

} // namespace poolkeeper
