// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chart/schema.h"
#include "value/value.h"

#include <string_view>

namespace pk::gui {

/// What the form of a chart is made of: its schema (null: it has none) where that says where each value belongs, as
/// x-group does; otherwise the schema with everything that it leaves open taken from the chart's default values, and
/// with the help of their comments. Keys that the schema allows beside the known ones are `additional`.
chart::SchemaNode formSchema(
    const chart::SchemaNode *schema, const Value &defaults, std::string_view defaultsText = {});

/// Whether a schema says to which group of the form its values belong.
bool isGrouped(const chart::SchemaNode &schema);

} // namespace pk::gui
