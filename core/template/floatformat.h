// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace pk::tmpl {

/// A float64 as Go's strconv.FormatFloat writes it. `verb` is one of b e E f g G x X; `precision` -1 means as few
/// digits as read back to the same number.
std::string formatFloat(double value, char verb, int precision);

} // namespace pk::tmpl
