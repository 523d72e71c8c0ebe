// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "value/value.h"

#include <string>
#include <string_view>

namespace pk::tmpl::sprig {

/// TOML as BurntSushi/toml writes it: plain keys first, then tables, nested ones indented by two spaces; nil entries
/// are left out. Errors have its words ("toml: cannot encode array with nil element").
Result<std::string> toToml(const Value &value);

/// A TOML text as a map: integers are int64, dates time.Time. Errors begin "toml: line N"; their further words are not
/// those of Go's library.
Result<Value> fromToml(std::string_view text);

} // namespace pk::tmpl::sprig
