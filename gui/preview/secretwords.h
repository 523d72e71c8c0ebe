// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/secretwords.h"

namespace pk::gui {

using document::SecretWords;

} // namespace pk::gui
