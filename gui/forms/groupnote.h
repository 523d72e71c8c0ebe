// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "forms/formsource.h"

namespace pk::gui {

/// What a folded group of the worker chart holds, in a few words: "from Secret prod-eu-credentials", "5 workers". Empty
/// where there is nothing to say, and for other charts.
QString groupNote(const QString &groupId, const FormSource &source);

} // namespace pk::gui
