// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace pk::gui {

/// Tells QAccessible how our own widgets read (radio group, table of cells, progress bars). setUpLook() calls it once.
void installAccessibility();

} // namespace pk::gui
