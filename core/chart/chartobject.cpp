// SPDX-License-Identifier: GPL-3.0-or-later
#include "chart/chartobjects.h"

namespace pk::chart {

namespace {

Value text(const std::string &value)
{
    return Value::string(value);
}

Value textList(const std::vector<std::string> &items, ListType type)
{
    Value list = Value::strings(items);
    list.asList().type = type;
    return list;
}

Value noAnnotations()
{
    Value map = Value::map(MapType::Strings);
    map.asMap().null = true;
    return map;
}

/// The field names of chart.Metadata with their names in JSON, in the order of the struct.
Value metadataFields(const ResolvedChart &chart, const Levels &levels)
{
    const Metadata &in = chart.chart->metadata;
    const ListType lists = levels.chartIsStruct ? ListType::Strings : ListType::Interfaces;
    std::vector<Value> maintainers;
    for (const Maintainer &item : in.maintainers)
        maintainers.push_back(
            Value::map({{"Name", text(item.name)}, {"Email", text(item.email)}, {"URL", text(item.url)}}));
    std::vector<Value> dependencies;
    for (const Dependency &item : chart.declared)
        dependencies.push_back(Value::map({{"Name", text(item.name)}, {"Version", text(item.version)},
            {"Repository", text(item.repository)}, {"Condition", text(item.condition)},
            {"Tags", textList(item.tags, lists)}, {"Enabled", Value::boolean(item.enabled)},
            {"ImportValues", item.importValues.isList() ? item.importValues : Value::list()},
            {"Alias", text(item.alias)}}));
    return Value::map({{"Name", text(chart.name)}, {"Home", text(in.home)}, {"Sources", textList(in.sources, lists)},
        {"Version", text(in.version)}, {"Description", text(in.description)},
        {"Keywords", textList(in.keywords, lists)}, {"Maintainers", Value::list(std::move(maintainers))},
        {"Icon", text(in.icon)}, {"APIVersion", text(in.apiVersion)}, {"Condition", text(in.condition)},
        {"Tags", text(in.tags)}, {"AppVersion", text(in.appVersion)}, {"Deprecated", Value::boolean(in.deprecated)},
        {"Annotations", in.annotations.isMap() ? in.annotations : noAnnotations()},
        {"KubeVersion", text(in.kubeVersion)}, {"Dependencies", Value::list(std::move(dependencies))},
        {"Type", text(in.type)}, {"IsRoot", Value::boolean(chart.isRoot)}});
}

/// .Chart of Helm 3: a struct, on which an unknown field is an error.
class ChartStruct final : public Object
{
public:
    explicit ChartStruct(Value fields) : m_fields(std::move(fields)) { }

    std::string typeName() const override { return "struct { chart.Metadata; IsRoot bool }"; }
    std::string print() const override { return "{" + m_fields.get("Name").stringOr() + "}"; }
    bool field(std::string_view name, Value &value) const override
    {
        const Value *found = std::as_const(m_fields.asMap()).find(name);
        if (found)
            value = *found;
        return found != nullptr;
    }
    Value toTree() const override
    {
        Value tree = Value::map();
        for (const auto &[name, value] : m_fields.asMap()) {
            if (value.isTruthy() || name == "IsRoot")
                tree.asMap().set(name == "IsRoot" ? name : jsonName(name), value);
        }
        return tree;
    }

private:
    static std::string jsonName(const std::string &name)
    {
        if (name == "APIVersion")
            return "apiVersion";
        std::string out = name;
        out.front() = static_cast<char>(out.front() + 32);
        return out;
    }

    Value m_fields;
};

} // namespace

Value chartObject(const ResolvedChart &chart, const Levels &levels)
{
    Value fields = metadataFields(chart, levels);
    if (levels.chartIsStruct)
        return Value::of(Ref<Object>(new ChartStruct(std::move(fields))));
    return fields;
}

} // namespace pk::chart
