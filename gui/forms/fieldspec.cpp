// SPDX-License-Identifier: GPL-3.0-or-later
#include "forms/fieldspec.h"

#include <QCoreApplication>

#include <algorithm>

namespace pk::gui {

namespace {

using chart::SchemaNode;

constexpr int DeepestObject = 4; ///< Below it an object is edited as YAML.
constexpr int MostFields = 2000;

QString qs(const std::string &text)
{
    return QString::fromStdString(text);
}

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(FieldSpec)
};

bool hasType(const SchemaNode &node, const char *type)
{
    return std::find(node.types.begin(), node.types.end(), type) != node.types.end();
}

bool isStringMap(const SchemaNode &node)
{
    return hasType(node, "object") && node.properties.empty() && node.additional.size() == 1
        && hasType(node.additional.front(), "string");
}

bool isEnvironment(const SchemaNode &node)
{
    if (!hasType(node, "array") || node.items.empty())
        return false;
    const auto has = [&](std::string_view name) {
        return std::any_of(node.items.front().properties.begin(), node.items.front().properties.end(),
            [name](const SchemaNode &property) { return property.name == name; });
    };
    return has("name") && has("value") && has("valueFrom");
}

FieldKind kindOf(const SchemaNode &node)
{
    if (node.extensions.get("x-secret").boolOr(false))
        return FieldKind::Secret;
    if (!node.enumeration.empty()
        && std::all_of(node.enumeration.begin(), node.enumeration.end(), [](const Value &v) { return v.isString(); }))
        return FieldKind::Choice;
    if (hasType(node, "boolean"))
        return FieldKind::Switch;
    if (node.format == "quantity")
        return FieldKind::Quantity;
    if (hasType(node, "integer"))
        return FieldKind::Number;
    if (hasType(node, "string"))
        return FieldKind::Text;
    if (isEnvironment(node))
        return FieldKind::Environment;
    if (hasType(node, "array") && !node.items.empty() && hasType(node.items.front(), "string"))
        return FieldKind::StringList;
    return isStringMap(node) ? FieldKind::StringMap : FieldKind::Yaml;
}

/// "extraVolumeMounts" as words: "Extra volume mounts".
QString wordsOf(const std::string &key)
{
    QString words;
    for (const QChar c : qs(key)) {
        if (c.isUpper() && !words.isEmpty() && words.back().isLower())
            words += QLatin1Char(' ');
        if (c == QLatin1Char('_') || c == QLatin1Char('-'))
            words += QLatin1Char(' ');
        else
            words += words.isEmpty() ? c.toUpper() : c.toLower();
    }
    return words;
}

/// True of an object whose keys are fields of their own; of another one the whole is edited as YAML.
bool isTakenApart(const SchemaNode &node, int depth)
{
    const bool knowsItsKeys = !node.allowsUnknown || !node.additional.empty();
    return depth < DeepestObject && kindOf(node) == FieldKind::Yaml && hasType(node, "object")
        && !node.properties.empty() && knowsItsKeys;
}

/// Collects the fields below one node into a group.
class Collector
{
public:
    explicit Collector(FieldGroup &group) : m_group(group) { }

    void add(const SchemaNode &node, const yaml::Path &path, const QString &parentTitle, int depth)
    {
        if (m_group.fields.size() >= MostFields)
            return;
        const QString own = node.title.empty() ? wordsOf(node.name) : qs(node.title);
        if (isTakenApart(node, depth)) {
            for (const SchemaNode &property : node.properties)
                add(property, path.child(property.name), depth == 0 ? QString() : own, depth + 1);
            return;
        }
        FieldSpec field;
        field.path = path;
        field.kind = kindOf(node);
        field.label = parentTitle.isEmpty() ? own : Words::tr("%1, %2").arg(parentTitle, own.toLower());
        field.help = qs(node.description);
        field.unit = qs(node.extensions.get("x-unit").stringOr());
        for (const Value &word : node.enumeration)
            field.choices.append(qs(word.stringOr()));
        if (node.minimum)
            field.minimum = int(*node.minimum);
        if (node.maximum)
            field.maximum = int(*node.maximum);
        field.pattern = qs(node.pattern);
        m_group.fields.push_back(std::move(field));
    }

private:
    FieldGroup &m_group;
};

/// A chart without a schema: types are those of its default values.
SchemaNode schemaOf(const Value &value, const std::string &name, int depth)
{
    SchemaNode node;
    node.name = name;
    switch (value.kind()) {
    case Value::Kind::Bool:
        node.types = {"boolean"};
        break;
    case Value::Kind::String:
        node.types = {"string"};
        break;
    case Value::Kind::List:
        node.types = {"array"};
        break;
    case Value::Kind::Map:
        node.types = {"object"};
        node.allowsUnknown = value.asMap().isEmpty();
        if (depth < DeepestObject) {
            for (const Map::Entry &entry : value.asMap())
                node.properties.push_back(schemaOf(entry.value, entry.key, depth + 1));
        }
        break;
    default:
        if (value.isNumber())
            node.types = {value.toDouble() == double(value.integerOr(0)) ? "integer" : "number"};
        break;
    }
    return node;
}

std::vector<FieldGroup> emptyGroups()
{
    return {{QStringLiteral("general"), Words::tr("General"), {}},
        {QStringLiteral("credentials"), Words::tr("Credentials"), {}},
        {QStringLiteral("launcher"), Words::tr("Launcher"), {}},
        {QStringLiteral("dind"), Words::tr("Docker in Docker"), {}},
        {QStringLiteral("storage"), Words::tr("Storage"), {}},
        {QStringLiteral("scheduling"), Words::tr("Scheduling"), {}},
        {QStringLiteral("metadata"), Words::tr("Metadata"), {}},
        {QStringLiteral("other"), Words::tr("Everything else"), {}}};
}

/// The worker chart's two keys for storage become one field above the single keys.
void addStorageField(FieldGroup &group)
{
    const auto has = [&group](const char *key) {
        return std::any_of(group.fields.begin(), group.fields.end(),
            [key](const FieldSpec &field) { return field.path == yaml::Path{std::string(key)}; });
    };
    if (!has("storageVolume") || !has("storageVolumeClaimTemplateSpec"))
        return;
    std::erase_if(group.fields, [](const FieldSpec &field) {
        return field.path == yaml::Path{"storageVolume"} || field.path == yaml::Path{"storageVolumeClaimTemplateSpec"};
    });
    FieldSpec storage;
    storage.kind = FieldKind::Storage;
    storage.path = yaml::Path{"storageVolume"};
    storage.also = {yaml::Path{"storageVolumeClaimTemplateSpec"}};
    storage.label = Words::tr("Storage of a worker");
    storage.help = Words::tr("Images and workspaces of all runs. On a node's disk they can get the worker evicted.");
    group.fields.insert(group.fields.begin(), std::move(storage));
}

const SchemaNode *propertyOf(const SchemaNode &node, const std::string &name)
{
    const auto found = std::find_if(node.properties.begin(), node.properties.end(),
        [&name](const SchemaNode &property) { return property.name == name; });
    return found == node.properties.end() ? nullptr : &*found;
}

void findUnknown(
    const SchemaNode &node, const Value &user, const yaml::Path &path, int depth, std::vector<std::string> &unknown)
{
    if (!user.isMap())
        return;
    for (const Map::Entry &entry : user.asMap()) {
        const SchemaNode *known = propertyOf(node, entry.key);
        if (!known)
            unknown.push_back(path.child(entry.key).toString());
        else if (isTakenApart(*known, depth))
            findUnknown(*known, entry.value, path.child(entry.key), depth + 1, unknown);
    }
}

/// A key that no field has: beside its siblings where the schema says what it is ("nvidia.com/gpu" among resources),
/// else as YAML under "Everything else".
void addUnknown(std::vector<FieldGroup> &groups, const SchemaNode &root, const yaml::Path &path)
{
    const SchemaNode *parent = &root;
    for (std::size_t i = 0; parent && i + 1 < path.size(); ++i)
        parent = propertyOf(*parent, std::get<std::string>(path.steps()[i]));
    FieldSpec field;
    field.path = path;
    field.label = qs(std::get<std::string>(path.last()));
    if (!parent || parent->additional.empty() || path.size() == 1) {
        field.kind = FieldKind::Yaml;
        field.help = Words::tr("The chart does not know this value.");
        groups.back().fields.push_back(std::move(field));
        return;
    }
    field.kind = kindOf(parent->additional.front());
    field.label =
        Words::tr("%1, %2").arg(parent->title.empty() ? wordsOf(parent->name) : qs(parent->title), field.label);
    for (FieldGroup &group : groups) {
        const auto sibling = std::find_if(group.fields.rbegin(), group.fields.rend(),
            [&path](const FieldSpec &other) { return other.path.startsWith(path.parent()); });
        if (sibling != group.fields.rend()) {
            group.fields.insert(sibling.base(), std::move(field));
            return;
        }
    }
}

} // namespace

std::vector<yaml::Path> FieldSpec::paths() const
{
    std::vector<yaml::Path> all = {path};
    all.insert(all.end(), also.begin(), also.end());
    return all;
}

std::size_t FieldSpec::covers(const yaml::Path &at) const
{
    std::size_t most = at.startsWith(path) ? path.size() : 0;
    for (const yaml::Path &other : also) {
        if (at.startsWith(other))
            most = std::max(most, other.size());
    }
    return most;
}

std::vector<FieldGroup> formOf(const SchemaNode *schema, const Value &defaults, const std::vector<std::string> &unknown)
{
    const SchemaNode derived = schema ? SchemaNode() : schemaOf(defaults, {}, 0);
    const SchemaNode &root = schema ? *schema : derived;
    std::vector<FieldGroup> groups = emptyGroups();
    for (const SchemaNode &node : root.properties) {
        const QString wanted = qs(node.extensions.get("x-group").stringOr("other"));
        const auto group =
            std::find_if(groups.begin(), groups.end(), [&](const FieldGroup &known) { return known.id == wanted; });
        Collector(group == groups.end() ? groups.back() : *group).add(node, yaml::Path{node.name}, {}, 0);
    }
    for (FieldGroup &group : groups) {
        if (group.id == QLatin1String("storage"))
            addStorageField(group);
    }
    for (const std::string &key : unknown) {
        if (const auto path = yaml::Path::parse(key); path && !path->isRoot())
            addUnknown(groups, root, *path);
    }
    std::erase_if(groups, [](const FieldGroup &group) { return group.fields.empty(); });
    return groups;
}

std::vector<std::string> unknownKeys(const SchemaNode *schema, const Value &defaults, const Value &user)
{
    const SchemaNode derived = schema ? SchemaNode() : schemaOf(defaults, {}, 0);
    std::vector<std::string> unknown;
    findUnknown(schema ? *schema : derived, user, {}, 0, unknown);
    return unknown;
}

} // namespace pk::gui
