// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/difflines.h"

namespace pk::gui {

/// A difference that does not count labels and annotations: their removed lines go, their added ones are shown as
/// unchanged. A new version of a chart changes them in every object and hides what matters. Selectors count on.
QVector<DiffLine> withoutLabelChanges(const QVector<DiffLine> &lines);

} // namespace pk::gui
