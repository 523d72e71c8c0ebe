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
    Choice, ///< one of a few words
    Text,
    Quantity, ///< 100Gi, 500m
    Secret, ///< masked, see SecretEditor
    StringList,
    StringMap,
    Environment, ///< list of {name, value | valueFrom}
    Yaml, ///< everything else, in place
    Storage, ///< the three ways to hold a worker's data, over several keys
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

/// The form of a chart. From its schema where it has one; `defaults` (the chart's values) give the types of what the
/// schema leaves open and, for a chart without a schema (`schema` null), everything. Groups without fields are left
/// out.
std::vector<FieldGroup> formOf(
    const chart::SchemaNode *schema, const Value &defaults, const std::vector<std::string> &unknown = {});

/// Paths of a person's values, at every level, that no field of formOf() edits. formOf() shows each: beside its
/// siblings where the schema allows keys of that kind, else as YAML in place under "Everything else".
std::vector<std::string> unknownKeys(const chart::SchemaNode *schema, const Value &defaults, const Value &user);

} // namespace pk::gui
