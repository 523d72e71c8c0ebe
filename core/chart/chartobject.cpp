// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/chartobjects.h"
#include "chart/structobject.h"
#include "chart/typedlist.h"

namespace pk::chart {

namespace {

Value text(const std::string &value)
{
    return Value::string(value);
}

Value textList(const std::vector<std::string> &items)
{
    Value list = Value::strings(items);
    list.asList().type = ListType::Interfaces;
    return list;
}

/// []string, which is a nil slice where Chart.yaml has none.
Value strings(const std::vector<std::string> &items)
{
    Value list = Value::strings(items);
    list.asList().null = items.empty();
    return list;
}

Value nilList()
{
    Value list = Value::list();
    list.asList().null = true;
    return list;
}

Value noAnnotations()
{
    Value map = Value::map(MapType::Strings);
    map.asMap().null = true;
    return map;
}

/// .Chart of Helm 4: a map with the names of the fields of chart.Metadata.
Value chartMap(const ResolvedChart &chart)
{
    const Metadata &in = chart.chart->metadata;
    std::vector<Value> maintainers;
    for (const Maintainer &item : in.maintainers)
        maintainers.push_back(
            Value::map({{"Name", text(item.name)}, {"Email", text(item.email)}, {"URL", text(item.url)}}));
    std::vector<Value> dependencies;
    for (const Dependency &item : chart.declared)
        dependencies.push_back(Value::map({{"Name", text(item.name)}, {"Version", text(item.version)},
            {"Repository", text(item.repository)}, {"Condition", text(item.condition)}, {"Tags", textList(item.tags)},
            {"Enabled", Value::boolean(item.enabled)},
            {"ImportValues", item.importValues.isList() ? item.importValues : Value::list()},
            {"Alias", text(item.alias)}}));
    return Value::map({{"Name", text(chart.name)}, {"Home", text(in.home)}, {"Sources", textList(in.sources)},
        {"Version", text(in.version)}, {"Description", text(in.description)}, {"Keywords", textList(in.keywords)},
        {"Maintainers", Value::list(std::move(maintainers))}, {"Icon", text(in.icon)},
        {"APIVersion", text(in.apiVersion)}, {"Condition", text(in.condition)}, {"Tags", text(in.tags)},
        {"AppVersion", text(in.appVersion)}, {"Deprecated", Value::boolean(in.deprecated)},
        {"Annotations", in.annotations.isMap() ? in.annotations : noAnnotations()},
        {"KubeVersion", text(in.kubeVersion)}, {"Dependencies", Value::list(std::move(dependencies))},
        {"Type", text(in.type)}, {"IsRoot", Value::boolean(chart.isRoot)}});
}

Value objectOf(std::string type, std::vector<StructObject::Member> members)
{
    return Value::of(Ref<Object>(new StructObject(std::move(type), std::move(members))));
}

Value typedList(std::string type, std::vector<Value> items)
{
    return Value::of(Ref<Object>(new TypedList(std::move(type), std::move(items))));
}

/// .Chart of Helm 3: a struct, on which an unknown field is an error.
Value chartStruct(const ResolvedChart &chart)
{
    const Metadata &in = chart.chart->metadata;
    std::vector<Value> maintainers;
    for (const Maintainer &item : in.maintainers)
        maintainers.push_back(objectOf("*chart.Maintainer",
            {{"Name", "name", text(item.name), true}, {"Email", "email", text(item.email), true},
                {"URL", "url", text(item.url), true}}));
    std::vector<Value> dependencies;
    for (const Dependency &item : chart.declared)
        dependencies.push_back(objectOf("*chart.Dependency",
            {{"Name", "name", text(item.name)}, {"Version", "version", text(item.version), true},
                {"Repository", "repository", text(item.repository)},
                {"Condition", "condition", text(item.condition), true}, {"Tags", "tags", strings(item.tags), true},
                {"Enabled", "enabled", Value::boolean(item.enabled), true},
                {"ImportValues", "import-values", item.importValues.isList() ? item.importValues : nilList(), true},
                {"Alias", "alias", text(item.alias), true}}));
    std::vector<StructObject::Member> members{{"Name", "name", text(chart.name), true},
        {"Home", "home", text(in.home), true}, {"Sources", "sources", strings(in.sources), true},
        {"Version", "version", text(in.version), true}, {"Description", "description", text(in.description), true},
        {"Keywords", "keywords", strings(in.keywords), true},
        {"Maintainers", "maintainers", typedList("[]*chart.Maintainer", std::move(maintainers)), true},
        {"Icon", "icon", text(in.icon), true}, {"APIVersion", "apiVersion", text(in.apiVersion), true},
        {"Condition", "condition", text(in.condition), true}, {"Tags", "tags", text(in.tags), true},
        {"AppVersion", "appVersion", text(in.appVersion), true},
        {"Deprecated", "deprecated", Value::boolean(in.deprecated), true},
        {"Annotations", "annotations", in.annotations.isMap() ? in.annotations : noAnnotations(), true},
        {"KubeVersion", "kubeVersion", text(in.kubeVersion), true},
        {"Dependencies", "dependencies", typedList("[]*chart.Dependency", std::move(dependencies)), true},
        {"Type", "type", text(in.type), true}};
    const std::size_t embedded = members.size();
    members.push_back({"IsRoot", "IsRoot", Value::boolean(chart.isRoot)});
    Ref<StructObject> object(new StructObject("struct { chart.Metadata; IsRoot bool }", std::move(members)));
    object->setEmbedded(embedded, "chart.Metadata");
    return Value::of(Ref<Object>(object.get()));
}

} // namespace

Value chartObject(const ResolvedChart &chart, const Levels &levels)
{
    return levels.chartIsStruct ? chartStruct(chart) : chartMap(chart);
}

} // namespace pk::chart
