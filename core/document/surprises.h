// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/problem.h"
#include "chart/chart.h"
#include "chart/schema.h"
#include "document/secrets.h"
#include "yaml/reader.h"

#include <string>
#include <string_view>
#include <vector>

namespace pk::document {

/// What a chart says of the values that it wants; either may be null.
struct Wishes
{
    const chart::Chart *chart = nullptr; ///< Its defaults, and those of its subcharts.
    const chart::SchemaNode *schema = nullptr;
};

/// What YAML 1.1, as Helm reads it, makes of a values text and its writer may not expect: `y:` that is the key "true",
/// `1.10` that is 1.1, `010` that is 8, an octal, a lost key, a comment that begins within a value. Ids are "yaml.…";
/// each problem has its exact place, and a fix where one value has to change. Warnings are of what surely is a mistake.
/// Silent wherever the chart wants what YAML makes of the text: `yes` for a boolean, 0644 for a mode. No parameter
/// quotes one of `secrets`. Pure; costs no more than the nodes.
///
/// "yaml.exponent" tells of each number that a template may print with an exponent (its parameter `printed`): whether
/// one does is to be seen in what was rendered.
std::vector<Problem> findSurprises(
    std::string_view text, const yaml::Stream &nodes, const Wishes &wishes, const std::vector<SecretPlace> &secrets);

/// Puts surprises among the problems of schema, rules and rendering. What already is an error at that value is not said
/// twice; but a key that the schema does not know because YAML reads it as another is told as that. `rendered` tells
/// which numbers are printed with an exponent.
void addSurprises(
    std::vector<Problem> &problems, std::vector<Problem> surprises, const std::vector<std::string_view> &rendered);

/// Fixes that put quotes around a value keep what stands there: `0644` becomes "0644", not the number that it was read
/// as.
void quoteAsWritten(std::vector<Problem> &problems, const yaml::Stream &nodes);

} // namespace pk::document
