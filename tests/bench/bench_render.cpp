// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench_render CHART [RUNS]: microseconds of one values + render + split in this process, the median of RUNS, as a line
// of JSON. The chart is loaded and its templates are parsed once before, as the window and helm's engine do it too.
#include "chart/render.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>

namespace {

using namespace pk;

double medianOf(chart::Renderer &renderer, const chart::RenderRequest &request, int runs)
{
    std::vector<double> micros;
    for (int i = 0; i < runs; ++i) {
        const auto start = std::chrono::steady_clock::now();
        const chart::Rendered rendered = renderer.render(request);
        const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - start;
        if (rendered.error) {
            std::fprintf(stderr, "bench_render: %s\n", rendered.error->error.message.c_str());
            std::exit(1);
        }
        micros.push_back(took.count());
    }
    std::ranges::sort(micros);
    return micros[micros.size() / 2];
}

} // namespace

int main(int argc, char **argv)
{
    const char *path = argc > 1 ? argv[1] : "builtin:spacelift-worker";
    const int runs = argc > 2 ? std::atoi(argv[2]) : 1000;
    const auto levels = chart::parseLevels("4.3");
    if (!levels || runs < 1)
        return 2;
    const auto loaded = chart::loadChart(path, *levels);
    if (!loaded) {
        std::fprintf(stderr, "bench_render: %s\n", loaded.error().message.c_str());
        return 1;
    }
    chart::Renderer renderer(*loaded, *levels);
    chart::RenderRequest request;
    request.values = Value::map();
    medianOf(renderer, request, std::max(1, runs / 10));
    const double plain = medianOf(renderer, request, runs);
    request.recordSpans = true;
    const double spans = medianOf(renderer, request, runs);
    std::printf("{\"micros\": %.1f, \"microsWithSpans\": %.1f, \"runs\": %d}\n", plain, spans, runs);
    return 0;
}
