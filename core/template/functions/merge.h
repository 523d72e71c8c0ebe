// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "template/function.h"

namespace pk::tmpl::sprig {

/// What dario.cat/mergo does to maps: fills what is empty in `target` (nil, 0, "", false, [], {}) from `source`; with
/// `overwrite` the source wins. Maps that are only in the source become *shared* with it, as in Go.
Result<void> merge(CallContext &context, Map &target, const Map &source, bool overwrite);

} // namespace pk::tmpl::sprig
