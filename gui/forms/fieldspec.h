// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chart/schema.h"
#include "value/value.h"
#include "yaml/path.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace pk::gui {

/// How a value is edited.
enum class FieldKind {
    Switch, ///< bool
    Number, ///< integer
    Decimal, ///< any number, as it is typed
    Choice, ///< one of a few words
    Text,
    Quantity, ///< 100Gi, 500m
    Secret, ///< masked, see SecretEditor
    StringList,
    StringMap,
    ObjectList, ///< list of objects of single values, see FieldSpec::columns
    Environment, ///< list of {name, value | valueFrom}
    Yaml, ///< everything else, in place
    Storage, ///< the three ways to hold a worker's data, over several keys
};

/// A key of the objects in a list.
struct FieldColumn
{
    enum class Type { Text, Integer, Switch };

    std::string key;
    QString label;
    Type type = Type::Text;
    QStringList choices = {}; ///< Edited by choosing.
    bool required = false;

    bool operator==(const FieldColumn &) const = default;
};

/// One field of a form: a value of the chart with all that its schema says about it.
struct FieldSpec
{
    yaml::Path path;
    FieldKind kind = FieldKind::Text;
    QString label; ///< a noun in words
    QString help; ///< one sentence, may be empty
    QString unit; ///< behind a number
    QStringList choices; ///< FieldKind::Choice
    std::optional<int> minimum;
    std::optional<int> maximum;
    QString pattern; ///< what a text must match; empty: anything

    bool wrapsPem = false; ///< FieldKind::Secret: a PEM text is written as its base64
    std::vector<FieldColumn> columns = {}; ///< FieldKind::ObjectList
    std::vector<yaml::Path> also = {}; ///< More keys that the field edits.

    /// All keys that the field edits, `path` first.
    std::vector<yaml::Path> paths() const;
    /// How many steps of `at` one of the field's keys takes; 0 when it edits nothing there.
    std::size_t covers(const yaml::Path &at) const;
    bool operator==(const FieldSpec &) const = default;

    QString key() const { return QString::fromStdString(path.toString()); }
};

/// A group of fields, in the order of UI.md 1: General, Credentials, Launcher, Docker in Docker, Storage, Scheduling,
/// Metadata, Everything else.
struct FieldGroup
{
    QString id; ///< "general", "launcher", ...
    QString title;
    std::vector<FieldSpec> fields;

    bool operator==(const FieldGroup &) const = default;
};

/// The form of a chart from what formSchema() gives. In the groups of the design where the schema names them; else an
/// object of several values is a group. Groups without fields are left out.
std::vector<FieldGroup> formOf(const chart::SchemaNode &schema, const std::vector<std::string> &unknown = {});

/// Paths of a person's values, at every level, that no field of formOf() edits. formOf() shows each: beside its
/// siblings where the schema allows keys of that kind, else as YAML in place under "Everything else".
std::vector<std::string> unknownKeys(const chart::SchemaNode &schema, const Value &user);

} // namespace pk::gui
