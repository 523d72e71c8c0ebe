// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <vector>

class QWidget;

namespace pk::gui::fixtures {

/// A page in one state, in the frame that the window gives it. The caller owns what `make` returns.
struct Shot
{
    const char *name;
    std::function<QWidget *()> make;
};
const std::vector<Shot> &shots();

/// Shows it at a size as the window would: with the rail below 1360 px. Dialogs keep their own size.
void showShot(QWidget &widget, int width, int height);

} // namespace pk::gui::fixtures
