// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFontMetrics>
#include <QStringList>

namespace pk::gui {

/// `text` in lines of at most `room` pixels, broken between words; a word that is longer than a line is broken inside.
/// Its own line ends stay. For those who paint lines and cannot wrap: annotations of Scintilla.
QStringList wordWrapped(const QString &text, const QFontMetrics &metrics, int room);

} // namespace pk::gui
