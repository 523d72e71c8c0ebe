// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/split.h"
#include "base/unicode.h"
#include "chart/coalesce.h"
#include "template/functions/semver.h"

#include <algorithm>
#include <set>

namespace pk::chart {

namespace {

/// The value at a dotted path; null when there is none, or when a table stands there (Helm's PathValue).
const Value *scalarAt(const Value &values, std::string_view path)
{
    const Value *current = &values;
    for (const std::string_view step : split(path, ".")) {
        if (!current->isMap())
            return nullptr;
        current = std::as_const(current->asMap()).find(step);
        if (!current)
            return nullptr;
    }
    return current->isMap() ? nullptr : current;
}

const Value *tableAt(const Value &values, std::string_view path)
{
    const Value *current = &values;
    for (const std::string_view step : split(path, ".")) {
        current = current->isMap() ? std::as_const(current->asMap()).find(step) : nullptr;
        if (!current || !current->isMap())
            return nullptr;
    }
    return current;
}

ResolvedChart resolvedOf(const ChartPtr &chart)
{
    ResolvedChart out;
    out.chart = chart;
    out.name = chart->metadata.name;
    out.values = chart->values;
    out.declared = chart->metadata.dependencies;
    out.isRoot = false;
    for (const ChartPtr &sub : chart->dependencies)
        out.dependencies.push_back(resolvedOf(sub));
    return out;
}

class Resolver
{
public:
    Resolver(const Levels &levels, Warnings warnings) : m_levels(levels), m_warnings(warnings) { }

    /// Leaves the subcharts that conditions and tags enable. `values` are those of the parents; `path` is the prefix of
    /// conditions.
    Result<void> enable(ResolvedChart &chart, const Value &values, const std::string &path)
    {
        if (chart.declared.empty())
            return {};
        takeDeclared(chart);
        for (Dependency &dependency : chart.declared)
            dependency.enabled = true;
        const auto computed = layerValues(chart, values, Nulls::Remove, m_levels, nullptr);
        if (!computed)
            return computed.error();
        applyTags(chart.declared, *computed);
        applyConditions(chart.declared, *computed, path);
        std::set<std::string> disabled;
        for (const Dependency &dependency : chart.declared) {
            if (!dependency.enabled)
                disabled.insert(dependency.name);
        }
        std::erase_if(chart.dependencies, [&](const ResolvedChart &sub) { return disabled.contains(sub.name); });
        std::erase_if(chart.declared, [&](const Dependency &item) { return disabled.contains(item.name); });
        for (ResolvedChart &sub : chart.dependencies) {
            if (const auto done = enable(sub, *computed, path + sub.name + "."); !done)
                return done;
        }
        return {};
    }

    /// Takes values of subcharts into the defaults of their parents, children first.
    Result<void> importValues(ResolvedChart &chart)
    {
        for (ResolvedChart &sub : chart.dependencies) {
            if (const auto done = importValues(sub); !done)
                return done;
        }
        if (chart.declared.empty())
            return {};
        const auto defaults = layerValues(chart, {}, Nulls::Keep, m_levels, m_warnings);
        if (!defaults)
            return defaults.error();
        const Value imported = Value::map();
        for (Dependency &dependency : chart.declared)
            importFrom(dependency, *defaults, imported);
        chart.values = defaults->deepCopy();
        const Value below = imported.deepCopy();
        layerTables(chart.values.asMap(), below.asMap(), {}, Nulls::Keep, m_levels, m_warnings);
        return {};
    }

private:
    bool satisfies(const Dependency &dependency, const ResolvedChart &chart) const
    {
        const bool limits = m_levels.dialect.semverLimits;
        const auto version = tmpl::Version::parse(chart.chart->metadata.version, limits);
        const auto constraint = tmpl::Constraint::parse(dependency.version, limits);
        return version && constraint && constraint->accepts(*version);
    }

    /// Subcharts that nobody declared stay; of the declared ones there is one copy for each declaration.
    void takeDeclared(ResolvedChart &chart) const
    {
        std::vector<ResolvedChart> taken;
        for (const ResolvedChart &sub : chart.dependencies) {
            const bool declared = std::ranges::any_of(chart.declared, [&](const Dependency &dependency) {
                return dependency.name == sub.name && satisfies(dependency, sub);
            });
            if (!declared)
                taken.push_back(sub);
        }
        for (Dependency &dependency : chart.declared) {
            const auto found = std::ranges::find_if(chart.dependencies,
                [&](const ResolvedChart &sub) { return sub.name == dependency.name && satisfies(dependency, sub); });
            if (found != chart.dependencies.end()) {
                taken.push_back(*found);
                if (!dependency.alias.empty())
                    taken.back().name = dependency.alias;
            }
            if (!dependency.alias.empty())
                dependency.name = dependency.alias;
        }
        chart.dependencies = std::move(taken);
    }

    void applyTags(std::vector<Dependency> &declared, const Value &values) const
    {
        const Value tags = values.get("tags");
        if (!tags.isMap())
            return;
        for (Dependency &dependency : declared) {
            bool anyTrue = false;
            bool anyFalse = false;
            for (const std::string &tag : dependency.tags) {
                const Value *value = std::as_const(tags.asMap()).find(tag);
                if (value && !value->isBool())
                    warn("returned non-bool value", dependency.name, tag);
                else if (value)
                    (value->toBool() ? anyTrue : anyFalse) = true;
            }
            dependency.enabled = anyTrue || !anyFalse;
        }
    }

    void applyConditions(std::vector<Dependency> &declared, const Value &values, const std::string &path) const
    {
        for (Dependency &dependency : declared) {
            for (const std::string_view condition : split(trimSpace(dependency.condition), ",")) {
                const Value *value = condition.empty() ? nullptr : scalarAt(values, path + std::string(condition));
                if (!value)
                    continue;
                if (value->isBool()) {
                    dependency.enabled = value->toBool();
                    break;
                }
                warn("returned non-bool value", dependency.name, condition);
            }
        }
    }

    void importFrom(Dependency &dependency, const Value &defaults, const Value &imported) const
    {
        if (!dependency.importValues.isList())
            return;
        std::vector<Value> shown;
        for (const Value &item : dependency.importValues.asList().items) {
            std::string child;
            std::string parent = ".";
            if (item.isString()) {
                child = "exports." + item.toString();
            } else if (item.isMap()) {
                child = item.get("child").stringOr("<nil>");
                parent = item.get("parent").stringOr("<nil>");
            } else {
                continue;
            }
            const Value row = Value::map(MapType::Strings);
            row.asMap().set("child", Value::string(child));
            row.asMap().set("parent", Value::string(parent));
            shown.push_back(row);
            const Value *table = tableAt(defaults, dependency.name + "." + child);
            if (!table) {
                warn("ImportValues missing table", dependency.name, child);
                continue;
            }
            const Value placed = placedAt(parent, *table);
            layerTables(imported.asMap(), placed.asMap(), {}, Nulls::Keep, m_levels, m_warnings);
        }
        dependency.importValues = Value::list(std::move(shown));
    }

    static Value placedAt(std::string_view path, const Value &table)
    {
        if (path == ".")
            return table;
        Value placed = table;
        auto steps = split(path, ".");
        for (auto step = steps.rbegin(); step != steps.rend(); ++step)
            placed = Value::map({{*step, placed}});
        return placed;
    }

    void warn(std::string_view what, const std::string &chart, std::string_view path) const
    {
        if (m_warnings)
            m_warnings->push_back(std::string(what) + " path=" + std::string(path) + " chart=" + chart);
    }

    const Levels &m_levels;
    Warnings m_warnings;
};

/// `parentPath` of a nested chart keeps the original name below an alias at level 3.
void setPaths(ResolvedChart &chart, const std::string &parentPath, const Levels &levels)
{
    const std::string below = parentPath.empty() ? "" : parentPath + "/charts/";
    chart.path = below + chart.name;
    const bool keepsName = !levels.nestedPerAlias && chart.chart->metadata.dependencies.empty();
    const std::string forNested = keepsName ? below + chart.chart->metadata.name : chart.path;
    for (ResolvedChart &sub : chart.dependencies)
        setPaths(sub, forNested, levels);
}

Result<void> checkPresent(const Chart &chart, const Levels &levels)
{
    std::string missing;
    for (const Dependency &dependency : chart.metadata.dependencies) {
        const bool there = std::ranges::any_of(
            chart.dependencies, [&](const ChartPtr &sub) { return sub->metadata.name == dependency.name; });
        if (!there)
            missing += (missing.empty() ? "" : ", ") + dependency.name;
    }
    if (missing.empty())
        return {};
    const char *start = levels.wording == Wording::Helm3 ? "An" : "an";
    const char quote = levels.wording == Wording::Helm43 ? '\'' : '`';
    return Error{.code = Error::Code::InvalidInput,
        .message = std::string(start) + " error occurred while checking for chart dependencies. You may need to run "
            + quote + "helm dependency build" + quote
            + " to fetch missing dependencies: found in Chart.yaml, but missing in charts/ directory: " + missing};
}

} // namespace

Result<ResolvedChart> resolveDependencies(
    const ChartPtr &chart, const Value &user, const Levels &levels, std::vector<std::string> *warnings)
{
    if (const auto present = checkPresent(*chart, levels); !present)
        return present.error();
    ResolvedChart root = resolvedOf(chart);
    root.isRoot = true;
    Resolver resolver(levels, warnings);
    Result<void> done = resolver.enable(root, user, {});
    if (done)
        done = resolver.importValues(root);
    if (!done)
        return levels.wording == Wording::Helm3 ? done.error()
                                                : done.error().wrapped("chart dependencies processing failed: ");
    setPaths(root, {}, levels);
    return root;
}

} // namespace pk::chart
