// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QCoreApplication;

namespace pk::gui {

/// Gives `application` the words of the desktop's language, or English, which at least counts: "1 edit", "4 edits". To
/// be called before the first sentence is made; a second call does nothing. The translator belongs to `application`.
void installTranslations(QCoreApplication &application);

} // namespace pk::gui
