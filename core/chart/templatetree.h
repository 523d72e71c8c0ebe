// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chart/render.h"
#include "template/templateset.h"

#include <map>
#include <string>
#include <vector>

namespace pk::chart {

/// One file of a chart's templates/ as it will be executed.
struct TemplateFile
{
    std::string path; ///< "top/charts/sub/templates/a.yaml": its name as a template.
    std::string basePath; ///< "top/charts/sub/templates"
    std::size_t scope = 0; ///< Index of the chart whose objects it sees, in the order of a walk from the root.
    const ChartFile *file = nullptr;
};

/// All template files of a chart and its subcharts in Helm's order of parsing and executing: deepest paths first, then
/// names backwards. The Charts of `chart` must live on.
std::vector<TemplateFile> templateFiles(const ResolvedChart &chart);

/// The templates of a set of charts, parsed once.
struct ParsedCharts
{
    ParsedCharts(const tmpl::FunctionTable &functions) : templates(functions, "gotpl") { }
    std::vector<TemplateFile> files;
    tmpl::TemplateSet templates;
    std::optional<RenderError> error; ///< Of the first file that does not parse.
};

/// What Go calls the maps that templates see as . and .Values.
inline MapType valuesType(const Levels &levels)
{
    return levels.chartutilTypes ? MapType::ChartutilValues : MapType::Values;
}

/// The dots of one rendering, one for each chart.
class Scopes
{
public:
    Scopes(const Levels &levels, std::map<const Chart *, Value> &files) : m_levels(levels), m_files(files) { }

    /// Makes the objects of `chart` and its subcharts; `values` are the coalesced ones.
    void build(
        const ResolvedChart &chart, const Value &values, const ReleaseInfo &release, const Capabilities &capabilities);
    const Value &at(std::size_t scope) const { return m_scopes[scope]; }

private:
    Value add(const ResolvedChart &chart, const Value &values);

    const Levels &m_levels;
    std::map<const Chart *, Value> &m_files; ///< .Files, kept from one rendering to the next.
    Value m_release;
    Value m_capabilities;
    std::vector<Value> m_scopes;
};

} // namespace pk::chart
