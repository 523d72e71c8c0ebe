// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/chart.h"
#include "chart/values.h"
#include "fuzz/fuzz.h"

using namespace pk;

/// Chart.yaml, values.yaml and .helmignore of a chart, and what dependencies, conditions and imports make of them. The
/// chart has one subchart, whose Chart.yaml is the last part.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto files = fuzz::parts(fuzz::textOf(data, size), 5);
    const chart::Levels &levels = size % 2 ? chart::levels43() : chart::levels3();
    if (const Result<chart::IgnoreRules> rules = chart::IgnoreRules::parse(files[2])) {
        for (const char *path : {"templates/a.yaml", ".git", "charts/sub/README.md", "a b/c[d]"})
            (void)(rules->ignores(path, false) && rules->ignores(path, true));
    }
    const Result<chart::ChartPtr> loaded = chart::loadFiles(
        {{"Chart.yaml", std::string(files[0])}, {"values.yaml", std::string(files[1])},
            {"charts/sub/Chart.yaml", std::string(files[4])},
            {"charts/sub/values.yaml", "a: {b: 1}\nexports: {x: {y: 1}}\n"}, {"templates/a.yaml", "a: 1\n"}},
        levels);
    if (!loaded)
        return 0;
    (void)chart::validateMetadata((*loaded)->metadata, levels);
    const Result<Value> user = chart::parseValues(files[3], levels);
    const Value values = user ? *user : Value::map();
    const Value before = values.deepCopy();
    std::vector<std::string> warnings;
    const Result<chart::ResolvedChart> resolved = chart::resolveDependencies(*loaded, values, levels, &warnings);
    if (resolved)
        (void)chart::coalesceValues(*resolved, values, levels, &warnings);
    fuzz::holds(values == before, "a person's values are not changed", fuzz::show(before), fuzz::show(values));
    return 0;
}
