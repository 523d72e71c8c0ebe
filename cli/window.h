// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace pk::cli {

/// Becomes the window's program, which stands in libexec beside the bin of this one. Returns (an exit code) only when
/// that fails, after saying so.
int startWindow(char **arguments);

} // namespace pk::cli
