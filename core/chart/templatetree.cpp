// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/templatetree.h"

#include "base/gopath.h"
#include "chart/chartobjects.h"
#include "chart/gotext.h"

#include <algorithm>

namespace pk::chart {

namespace {

/// `index` counts charts as Scopes does: a chart before its subcharts.
void collect(const ResolvedChart &chart, std::size_t &index, std::map<std::string, TemplateFile> &files)
{
    const std::size_t scope = index++;
    for (const ResolvedChart &sub : chart.dependencies)
        collect(sub, index, files);
    for (const ChartFile &file : chart.chart->templates) {
        if (chart.chart->isLibrary() && !pathBase(file.name).starts_with('_'))
            continue;
        const std::string path = pathClean(chart.path + "/" + file.name);
        files.insert_or_assign(path, TemplateFile{path, chart.path + "/templates", scope, &file});
    }
}

} // namespace

std::vector<TemplateFile> templateFiles(const ResolvedChart &chart)
{
    std::map<std::string, TemplateFile> byPath;
    std::size_t index = 0;
    collect(chart, index, byPath);
    std::vector<TemplateFile> out;
    out.reserve(byPath.size());
    for (auto entry = byPath.rbegin(); entry != byPath.rend(); ++entry)
        out.push_back(std::move(entry->second));
    std::ranges::stable_sort(
        out, std::greater(), [](const TemplateFile &file) { return std::ranges::count(file.path, '/'); });
    return out;
}

void Scopes::build(
    const ResolvedChart &chart, const Value &values, const ReleaseInfo &release, const Capabilities &capabilities)
{
    m_release = Value::map({{"Name", Value::string(release.name)}, {"Namespace", Value::string(release.namespaceName)},
        {"Revision", Value::integer(release.revision, Value::Kind::Int)},
        {"IsInstall", Value::boolean(!release.isUpgrade)}, {"IsUpgrade", Value::boolean(release.isUpgrade)},
        {"Service", Value::string("Helm")}});
    m_capabilities = capabilitiesObject(capabilities, m_levels);
    m_scopes.clear();
    values.asMap().type = valuesType(m_levels);
    add(chart, values);
}

Value Scopes::add(const ResolvedChart &chart, const Value &values)
{
    const std::size_t index = m_scopes.size();
    const Value own = Value::map(valuesType(m_levels));
    m_scopes.push_back(own);
    Value &files = m_files[chart.chart.get()];
    if (files.isNil())
        files = filesMap(*chart.chart);
    const Value subcharts = Value::map();
    for (const ResolvedChart &sub : chart.dependencies) {
        Value below = values.get(sub.name);
        if (below.isMap()) { // One map under two types: the parent sees a plain one.
            below = Value::of(Ref<Map>(&below.asMap()));
            below.asMap().type = valuesType(m_levels);
            values.asMap().set(sub.name, below.asPlainMap());
        }
        const Value scope = add(sub, below.isMap() ? below : Value::map(valuesType(m_levels)));
        subcharts.asMap().set(sub.name, scope.asPlainMap());
    }
    Map &map = m_scopes[index].asMap();
    map.set("Capabilities", m_capabilities);
    map.set("Chart", chartObject(chart, m_levels));
    map.set("Files", files);
    map.set("Release", m_release);
    map.set("Subcharts", subcharts);
    map.set("Values", values);
    return own;
}

} // namespace pk::chart
