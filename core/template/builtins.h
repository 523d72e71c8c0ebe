// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "template/function.h"

#include <span>

namespace pk::tmpl {

/// The functions of text/template itself: and, or, not, len, index, slice, print, printf, println, html, js, urlquery,
/// call, eq, ne, lt, le, gt, ge. Add them first: families added later replace them by name. `and` and `or` evaluate
/// only what they need; the executor does that.
std::span<const Function> builtins();

} // namespace pk::tmpl
