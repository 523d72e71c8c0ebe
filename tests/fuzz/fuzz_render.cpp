// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/render.h"
#include "chart/rules.h"
#include "fuzz/fuzz.h"

#include <algorithm>

using namespace pk;
using fuzz::holds;

namespace {

/// Bytes that are the same each time.
class NoRandom final : public tmpl::RandomSource
{
public:
    void fill(std::span<unsigned char> bytes) override { std::fill(bytes.begin(), bytes.end(), std::uint8_t{7}); }
};

class NoTime final : public Clock
{
public:
    WallTime now() const override { return {}; }
};

chart::Rendered render(chart::Renderer &renderer, const Value &values)
{
    static NoRandom random;
    static const NoTime clock;
    chart::RenderRequest request;
    request.values = values;
    request.keepGoing = true;
    request.recordSpans = true;
    request.budgetBytes = 4U << 20U;
    request.budgetSteps = 50'000;
    request.random = &random;
    request.clock = &clock;
    return renderer.render(request);
}

void check(const chart::Rendered &rendered)
{
    for (const chart::ManifestObject &object : rendered.objects) {
        holds(object.begin <= object.end && object.end <= rendered.manifest.size(), "an object lies in the manifest",
            rendered.manifest);
        holds(rendered.manifest.substr(object.begin, object.end - object.begin) == object.text, "it stands there",
            rendered.manifest, object.text);
    }
    for (const chart::LineOrigin &line : rendered.lines) {
        holds(line.file < std::max<std::size_t>(rendered.templates.size(), 1), "a line comes from a template");
        for (const std::uint32_t path : rendered.pathSets.at(line.read))
            holds(path < rendered.valuePaths.size(), "a line comes from a value");
    }
}

/// A chart of one template, its defaults and a person's values; helpers as of any chart.
void renderSmall(std::string_view text)
{
    const auto files = fuzz::parts(text, 4);
    const chart::Levels &levels = text.size() % 2 ? chart::levels43() : chart::levels3();
    std::vector<chart::ChartFile> chartFiles = {
        {"Chart.yaml", "apiVersion: v2\nname: spacelift-worker\nversion: 1.0.0\n"},
        {"templates/a.yaml", std::string(files[0])}, {"values.yaml", std::string(files[1])}};
    if (!files[3].empty())
        chartFiles.push_back({"values.schema.json", std::string(files[3])});
    const Result<chart::ChartPtr> loaded = chart::loadFiles(chartFiles, levels);
    const Result<Value> user = chart::parseValues(files[2], levels);
    if (!loaded || !user || fuzz::sizeOf(*user, 2000) >= 2000)
        return;
    chart::Renderer renderer(*loaded, levels);
    const chart::Rendered first = render(renderer, *user);
    check(first);
    const chart::Rendered second = render(renderer, *user);
    holds(first.manifest == second.manifest, "a second rendering gives the same", first.manifest, second.manifest);
    if (first.values.isMap())
        (void)chart::checkWorkerValues(**loaded, first.values, *user, "r");
}

/// Our own chart with a person's values: it either renders or says why not.
void renderBuiltin(std::string_view text)
{
    static chart::Renderer renderer(*chart::loadBuiltin("spacelift-worker", chart::levels43()), chart::levels43());
    const Result<Value> user = chart::parseValues(text, chart::levels43());
    if (!user || fuzz::sizeOf(*user, 2000) >= 2000)
        return;
    const chart::Rendered rendered = render(renderer, *user);
    check(rendered);
    holds(!rendered.error || !rendered.problems.empty(), "a failed rendering has a problem to show", text);
    if (rendered.values.isMap())
        (void)chart::checkWorkerValues(*renderer.chart(), rendered.values, *user, "r");
}

} // namespace

/// The first byte says which chart.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    std::string_view text = fuzz::textOf(data, size);
    if (fuzz::takeChoice(text, 2) == 0)
        renderSmall(text);
    else
        renderBuiltin(text);
    return 0;
}
