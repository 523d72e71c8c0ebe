// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench_render CHART [RUNS] [NAME=NUMBER]: one values + render + split in this process, RUNS times, as a line of JSON:
// microseconds (median and shortest, without and with the origins of lines), kilobytes that came out, and allocations
// per rendered kilobyte. The chart is loaded and its templates are parsed once before, as the window and helm's engine
// do it too. NAME=NUMBER is a value for the chart.
#include "chart/render.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>

namespace {
std::size_t allocations = 0; ///< One thread only renders here.
}

// What is counted is what the program asks for; libyaml's own mallocs are not among it.
void *operator new(std::size_t size)
{
    ++allocations;
    if (void *memory = std::malloc(size ? size : 1))
        return memory;
    throw std::bad_alloc();
}
void operator delete(void *memory) noexcept
{
    std::free(memory);
}
void operator delete(void *memory, std::size_t /*size*/) noexcept
{
    std::free(memory);
}

namespace {

using namespace pk;

struct Measured
{
    double median = 0;
    double least = 0;
    double allocations = 0; ///< Of one run, the last.
    double kilobytes = 0;
};

Measured measure(chart::Renderer &renderer, const chart::RenderRequest &request, int runs)
{
    std::vector<double> micros;
    Measured out;
    for (int i = 0; i < runs; ++i) {
        const std::size_t before = allocations;
        const auto start = std::chrono::steady_clock::now();
        const chart::Rendered rendered = renderer.render(request);
        const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - start;
        if (rendered.error) {
            std::fprintf(stderr, "bench_render: %s\n", rendered.error->error.message.c_str());
            std::exit(1);
        }
        micros.push_back(took.count());
        out.allocations = double(allocations - before);
        out.kilobytes = double(rendered.manifest.size()) / 1000;
        for (const chart::Hook &hook : rendered.hooks)
            out.kilobytes += double(hook.manifest.size()) / 1000;
    }
    std::ranges::sort(micros);
    out.median = micros[micros.size() / 2];
    out.least = micros[0];
    return out;
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
    if (const char *equals = argc > 3 ? std::strchr(argv[3], '=') : nullptr)
        request.values.asMap().set(
            std::string(argv[3], std::size_t(equals - argv[3])), Value::integer(std::atoi(equals + 1)));
    measure(renderer, request, std::max(1, runs / 10));
    const Measured plain = measure(renderer, request, runs);
    request.recordSpans = true;
    const Measured spans = measure(renderer, request, runs);
    std::printf("{\"micros\": %.1f, \"least\": %.1f, \"microsWithSpans\": %.1f, \"leastWithSpans\": %.1f, "
                "\"kilobytes\": %.1f, \"allocationsPerKilobyte\": %.1f, \"allocationsWithSpans\": %.1f}\n",
        plain.median, plain.least, spans.median, spans.least, plain.kilobytes, plain.allocations / plain.kilobytes,
        spans.allocations / spans.kilobytes);
    return 0;
}
