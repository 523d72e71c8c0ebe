// SPDX-License-Identifier: GPL-3.0-or-later
#include "forms/fieldspec.h"

#include "document/secrets.h"
#include "forms/formschema.h"
#include "widgets/strings.h"
#include "yaml/printer.h"

#include <QCoreApplication>

#include <algorithm>
#include <limits>

namespace pk::gui {

namespace {

using chart::SchemaNode;

constexpr int DeepestObject = 4; ///< Below it an object is edited as YAML.
constexpr int MostFields = 2000;
constexpr std::size_t MostColumns = 6; ///< Objects of more keys are edited as YAML.

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

bool fitsInt(const std::optional<double> &number)
{
    return !number || (*number >= std::numeric_limits<int>::min() && *number <= std::numeric_limits<int>::max());
}

/// Single values only, and more than a name beside anything.
bool isFlatObject(const SchemaNode &node)
{
    const auto isSingle = [](const SchemaNode &property) {
        return hasType(property, "string") || hasType(property, "integer") || hasType(property, "boolean");
    };
    return hasType(node, "object") && !node.properties.empty() && node.properties.size() <= MostColumns
        && (!node.allowsUnknown || node.properties.size() > 1)
        && std::all_of(node.properties.begin(), node.properties.end(), isSingle);
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
        return fitsInt(node.minimum) && fitsInt(node.maximum) ? FieldKind::Number : FieldKind::Decimal;
    if (hasType(node, "string"))
        return FieldKind::Text;
    if (hasType(node, "number"))
        return FieldKind::Decimal;
    if (isEnvironment(node))
        return FieldKind::Environment;
    if (hasType(node, "array") && !node.items.empty() && hasType(node.items.front(), "string"))
        return FieldKind::StringList;
    if (hasType(node, "array") && !node.items.empty() && isFlatObject(node.items.front()))
        return FieldKind::ObjectList;
    return isStringMap(node) ? FieldKind::StringMap : FieldKind::Yaml;
}

/// "cpu" is written "CPU".
QString withAcronyms(QString words)
{
    static const QStringList acronyms = {QStringLiteral("cpu"), QStringLiteral("dns"), QStringLiteral("id"),
        QStringLiteral("ip"), QStringLiteral("tls"), QStringLiteral("url")};
    QStringList list = words.split(QLatin1Char(' '));
    for (QString &word : list) {
        if (acronyms.contains(word, Qt::CaseInsensitive))
            word = word.toUpper();
    }
    return list.join(QLatin1Char(' '));
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
    return withAcronyms(words);
}

QString titleOf(const SchemaNode &node)
{
    return node.title.empty() ? wordsOf(node.name) : qs(node.title);
}

/// True of an object whose keys are fields of their own; of another one the whole is edited as YAML.
bool isTakenApart(const SchemaNode &node, int depth)
{
    const bool knowsItsKeys = !node.allowsUnknown || !node.additional.empty();
    return depth < DeepestObject && kindOf(node) == FieldKind::Yaml && hasType(node, "object")
        && !node.properties.empty() && knowsItsKeys;
}

std::vector<FieldColumn> columnsOf(const SchemaNode &item)
{
    std::vector<FieldColumn> columns;
    for (const SchemaNode &property : item.properties) {
        FieldColumn column{property.name, titleOf(property)};
        if (hasType(property, "boolean")) {
            column.type = FieldColumn::Type::Switch;
            column.choices = {QStringLiteral("true"), QStringLiteral("false")};
        } else if (hasType(property, "integer")) {
            column.type = FieldColumn::Type::Integer;
        }
        for (const Value &word : property.enumeration)
            column.choices.append(qs(word.stringOr()));
        column.required = property.required;
        if (!column.required && !column.choices.isEmpty() && !column.choices.contains(QString()))
            column.choices.prepend(QString()); // Chosen to take it away.
        columns.push_back(std::move(column));
    }
    return columns;
}

/// A value at that place would be a secret, whatever it says.
bool isSecretPlace(const yaml::Path &path)
{
    Value value = Value::string("x");
    for (auto step = path.steps().rbegin(); step != path.steps().rend(); ++step)
        value = Value::map({{std::get<std::string>(*step), value}});
    return !document::findSecrets(yaml::toYaml(value)).empty();
}

/// Collects the fields below one node into a group.
class Collector
{
public:
    /// `namesTop`: labels of fields within an object at the top begin with its title, else the group says it.
    explicit Collector(FieldGroup &group, bool namesTop = false) : m_group(group), m_namesTop(namesTop) { }

    void add(const SchemaNode &node, const yaml::Path &path, const QString &parentTitle, int depth)
    {
        if (m_group.fields.size() >= MostFields)
            return;
        const QString own = titleOf(node);
        if (isTakenApart(node, depth)) {
            for (const SchemaNode &property : node.properties)
                add(property, path.child(property.name), depth == 0 && !m_namesTop ? QString() : own, depth + 1);
            return;
        }
        FieldSpec field;
        field.path = path;
        field.kind = kindOf(node);
        if (field.kind == FieldKind::Text && isSecretPlace(path))
            field.kind = FieldKind::Secret;
        field.wrapsPem = node.format == "pool-private-key" || path == yaml::Path{"credentials", "privateKey"};
        field.label = parentTitle.isEmpty() ? own : Words::tr("%1, %2").arg(parentTitle, withAcronyms(own.toLower()));
        field.help = qs(node.description);
        field.unit = qs(node.extensions.get("x-unit").stringOr());
        for (const Value &word : node.enumeration)
            field.choices.append(qs(word.stringOr()));
        if (node.minimum && fitsInt(node.minimum))
            field.minimum = int(*node.minimum);
        if (node.maximum && fitsInt(node.maximum))
            field.maximum = int(*node.maximum);
        field.pattern = qs(node.pattern);
        if (field.kind == FieldKind::ObjectList)
            field.columns = columnsOf(node.items.front());
        m_group.fields.push_back(std::move(field));
    }

private:
    FieldGroup &m_group;
    bool m_namesTop;
};

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

std::vector<FieldGroup> groupsOfDesign(const SchemaNode &root)
{
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
    return groups;
}

/// A chart that says nothing of groups: each object of its values is one, and General has the rest.
std::vector<FieldGroup> groupsByKey(const SchemaNode &root)
{
    FieldGroup general{QStringLiteral("plain"), Words::tr("General"), {}}; // Not the design's: its note counts workers.
    std::vector<FieldGroup> groups;
    for (const SchemaNode &node : root.properties) {
        FieldGroup own{QStringLiteral("key:") + qs(node.name), titleOf(node), {}};
        Collector(own).add(node, yaml::Path{node.name}, {}, 0);
        if (own.fields.size() > 1)
            groups.push_back(std::move(own));
        else
            Collector(general, true).add(node, yaml::Path{node.name}, {}, 0);
    }
    groups.insert(groups.begin(), std::move(general));
    groups.push_back({QStringLiteral("other"), Words::tr("Everything else"), {}});
    return groups;
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
    field.label = Words::tr("%1, %2").arg(titleOf(*parent), field.label);
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

std::vector<FieldGroup> formOf(const SchemaNode &schema, const std::vector<std::string> &unknown)
{
    std::vector<FieldGroup> groups = isGrouped(schema) ? groupsOfDesign(schema) : groupsByKey(schema);
    for (const std::string &key : unknown) {
        if (const auto path = yaml::Path::parse(key); path && !path->isRoot())
            addUnknown(groups, schema, *path);
    }
    std::erase_if(groups, [](const FieldGroup &group) { return group.fields.empty(); });
    return groups;
}

std::vector<std::string> unknownKeys(const SchemaNode &schema, const Value &user)
{
    std::vector<std::string> unknown;
    findUnknown(schema, user, {}, 0, unknown);
    return unknown;
}

} // namespace pk::gui
