// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chart/levels.h"
#include "value/value.h"

#include <functional>
#include <string>
#include <string_view>

namespace pk::chart {

/// Reads the content of the file that a --set-file names; an error is in the system's words as Go tells them.
using FileReader = std::function<Result<std::string>(const std::string &path)>;

// The --set family: each parses one argument and changes `values`, a map, in place (`a.b=1,c[0]=x,d={1,2}`). Errors are
// Helm's, without its prefix "failed parsing --set data: ".

/// --set: numbers, booleans and null are recognised.
Result<void> setValues(std::string_view argument, const Value &values, const Levels &levels);
/// --set-string: every value is a string.
Result<void> setStringValues(std::string_view argument, const Value &values, const Levels &levels);
/// --set-json for `key=JSON,...`; a whole object is the caller's business (mergeUserValues()).
Result<void> setJsonValues(std::string_view argument, const Value &values, const Levels &levels);
/// --set-file: the value is the content of the file of that name.
Result<void> setFileValues(
    std::string_view argument, const Value &values, const Levels &levels, const FileReader &read);
/// --set-literal: all behind the first = is the string.
Result<void> setLiteralValue(std::string_view argument, const Value &values, const Levels &levels);

} // namespace pk::chart
