// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "forms/fieldspec.h"
#include "forms/formsource.h"

namespace pk::gui {

// What a form says about a field, from its source alone. None of it ever holds a secret.

/// Where a field's value comes from; of several keys the layer nearest to the person.
Origin originOf(const FieldSpec &field, const FormSource &source);
/// Of all the field's keys, errors first.
std::vector<Problem> problemsOf(const FieldSpec &field, const FormSource &source);
/// What counts now is not what counted in the deployed release. False when nothing is deployed.
bool differsFromDeployed(const FieldSpec &field, const FormSource &source);
/// Writes what a layer says, so that it counts again, as one step. ChartDefault removes the person's value.
void useLayer(const FieldSpec &field, FormSource &source, Origin layer);

/// `value` at `path` as text, with "(hidden)" for what is a secret by its place or content.
QString shownValue(const yaml::Path &path, const Value &value);
/// The same as YAML: strings keep their quotes.
QString shownYaml(const yaml::Path &path, const Value &value);
/// One line a layer with its value, for the tooltip of the badge.
QString layersText(const FieldSpec &field, const FormSource &source);
/// What F1 tells: label, key and help of the field, what it takes, and its layers.
QString longHelp(const FieldSpec &field, const FormSource &source);
/// "was 5 in file" for a scalar that was edited, "was 5 in revision 14" where there is no file; else empty.
QString wasText(const FieldSpec &field, const FormSource &source);
/// True when label, key, help or the value as shown hold `words`, whatever their case.
bool matches(const FieldSpec &field, const FormSource &source, const QString &words);

} // namespace pk::gui
