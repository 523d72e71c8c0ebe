// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace pk::yaml {

/// Go's unicode.IsLetter.
bool isLetter(char32_t code);

} // namespace pk::yaml
