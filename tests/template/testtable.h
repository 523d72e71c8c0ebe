// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "template/function.h"
#include "value/value.h"

#include <QJsonArray>
#include <QJsonValue>

#include <span>
#include <string>

namespace pk::tmpl::test {

/// A table of tests/data/template: expected texts recorded from Go, and the data that its templates see.
struct Table
{
    Value data;
    QJsonArray rows;
};

/// Reads a table; ends the test program when it is not there or is no JSON.
Table readTable(const char *file);

/// A JSON tree as Helm has it: every number is a float64.
Value valueOf(const QJsonValue &json);

/// Small functions of all parameter types, as the recording Go program had them: include, list, dict, strs, bytes,
/// int64, uint64, upper, needInt, two, atleast, zero, boom...
std::span<const Function> functions();

/// The builtins and functions().
const FunctionTable &table();

/// Bytes of a fixed sequence.
class FixedRandom : public RandomSource
{
public:
    void fill(std::span<unsigned char> bytes) override;
};

} // namespace pk::tmpl::test
